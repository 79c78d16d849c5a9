//! What a wallet keeps, as it is laid out: a change of it must still read what is there.

use super::{
    invitations::KeptInvitations,
    lock::Lock,
    messages::KeptMessages,
    recent::KeptEntries,
    signer::CODE_KEY,
    state::{self as names, WalletState},
};
use crate::{
    device::examples::{keeps, kept},
    time::TimeKeeper,
    wire::InvitationRequest,
};

const ID: &str = "09090909090909090909090909090909";
const DIGEST: &str = "0404040404040404040404040404040404040404040404040404040404040404";

#[test]
fn formats_of_what_a_wallet_keeps() {
    let mut text = String::new();
    let into = &mut text;
    let state = format!(
        r#"{{"server": {{"url": "https://gate.example", "org": "oak", "organisation": "Oakwood", "pin": "{DIGEST}",
                "root": "{DIGEST}"}},
            "account": {{"person": "{ID}", "name": "Mia", "email": "mia@example.org", "role": "member", "token": "t"}},
            "kept": {{"text": "GH1:CODE", "issued_at": 1790000000, "expires_at": 1790000120}},
            "certificate": {{"envelope": "a0", "key": "{DIGEST}", "issued_at": 1790000000, "expires_at": 1790604800}},
            "invalidation": 1790000000000, "last_person": "{ID}",
            "asked": {{"email": "mia@example.org", "monotonic_ms": 7, "boot_id": "b"}}, "superseded_before": 1790000000, "epoch": 3}}"#
    );
    keeps::<WalletState>(into, names::STATE, &state);
    keeps::<WalletState>(into, "wallet, empty", "{}");
    keeps::<TimeKeeper>(into, names::TIME, r#"{"anchor": null, "floor": 1790000000000}"#);
    let last = r#"{"after": 5, "last": {"monotonic_ms": 7, "boot_id": "b"}}"#;
    keeps::<Lock>(into, names::LOCK, last);
    let entry = format!(
        r#"{{"event": "{ID}", "site": 1, "site_name": "North", "at": 1790000000000, "offline_code": true,
            "verdict": "CAUTION", "granted": true}}"#
    );
    let recent =
        format!(r#"{{"person": "{ID}", "cursor": "c", "entries": [{entry}], "as_of": 1790000000000}}"#);
    keeps::<KeptEntries>(into, names::RECENT, &recent);
    let invitation = format!(
        r#"{{"id": "{ID}", "reference": "R-1", "name": "Vera", "host": "Mia", "sites": [1], "from": 1790000000,
            "until": 1790086400, "max_uses": 2, "uses": 1, "status": "accepted", "note": "n"}}"#
    );
    let invitations =
        format!(r#"{{"person": "{ID}", "invitations": [{invitation}], "as_of": 1790000000000}}"#);
    keeps::<KeptInvitations>(into, names::INVITATIONS, &invitations);
    let message = format!(
        r#"{{"id": "{ID}", "severity": "notice", "title": "Pool closed", "body": "Until noon.", "from": 1790000000,
            "until": 1790086400, "sent_at": 1790000000000, "read": true}}"#
    );
    let messages = format!(
        r#"{{"person": "{ID}", "cursor": "c", "messages": [{message}], "as_of": 1790000000000, "untold": ["{ID}"]}}"#
    );
    keeps::<KeptMessages>(into, names::MESSAGES, &messages);
    let wish = format!(
        r#"[{{"request": "{ID}", "name": "Vera", "sites": [1], "from": 1790000000, "until": 1790086400,
            "max_uses": 2, "note": "n"}}]"#
    );
    keeps::<Vec<InvitationRequest>>(into, names::WISHES, &wish);
    text.push_str("# settings that hold signed bytes as they came\n");
    text.push_str(names::KEYS);
    text.push_str("\n\n# in the secret store, by phones without a key in hardware\n");
    text.push_str(CODE_KEY);
    text.push('\n');
    kept("kept-wallet.txt", &text);
}
