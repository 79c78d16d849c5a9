//! What a station keeps of itself, as it is laid out: a change of it must still read what is there.

use super::{
    NEXT_JOURNAL_KEY,
    guards::KnownGuard,
    knowledge::{self as names, Enrolment, Guard, Shift},
    refusal::Refusal,
    result::EventRecord,
};
use crate::{
    device::{
        Backoff, Salvaged,
        examples::{keeps, kept},
        store::JOURNAL_KEY,
    },
    gatepack::Policy,
    time::{TimeKeeper, UnixMillis},
};

const ID: &str = "09090909090909090909090909090909";
const DIGEST: &str = "0404040404040404040404040404040404040404040404040404040404040404";

#[test]
fn formats_of_what_a_station_keeps() {
    let mut text = String::new();
    let into = &mut text;
    let enrolment = format!(
        r#"{{"url": "https://gate.example", "org": "oak", "organisation": "Oakwood", "device": "{ID}", "token": "t",
            "certificate": "a0", "key": "{DIGEST}", "pin": "{DIGEST}", "root": "{DIGEST}"}}"#
    );
    keeps::<Enrolment>(into, names::ENROLMENT, &enrolment);
    keeps::<Policy>(
        into,
        names::POLICY,
        r#"{"deny_expired_pack": true, "deny_absent_pack": false, "deny_expired_keys": false,
            "online_timeout_ms": 1500}"#,
    );
    let guard = format!(r#"{{"person": "{ID}", "name": "Grace", "token": "t", "device": "{ID}"}}"#);
    keeps::<Guard>(into, names::GUARD, &guard);
    let hash = format!(r#"{{"salt": "{ID}", "hash": "{DIGEST}"}}"#);
    let tries = r#"{"wrong": 5, "not_before": 1790000030000}"#;
    let known = format!(
        r#"[{{"person": "{ID}", "name": "Grace", "token": "t", "pin": {hash}, "tries": {tries}}},
            {{"person": "{ID}", "name": "Gil", "token": "u"}}]"#
    );
    keeps::<Vec<KnownGuard>>(into, names::GUARDS, &known);
    keeps::<Refusal>(into, names::GUARD_REFUSED, r#"{"token": "t", "code": "session_ended"}"#);
    let shift = format!(
        r#"{{"id": "{ID}", "guard": "{ID}", "site": 1, "site_name": "North", "started": 1790000000000,
            "location": "outside_geofence"}}"#
    );
    keeps::<Shift>(into, names::SHIFT, &shift);
    let boot = r#""boot_id": "b", "monotonic_ms": 7"#;
    let time = format!(
        r#"{{"anchor": {{"server": 1790000000000, {boot}}}, "floor": 1790000000000, "floor_read": {{{boot}}},
            "seen": {{"boot_id": "b", "offset_ms": -5}}}}"#
    );
    keeps::<TimeKeeper>(into, names::TIME, &time);
    let backoff = format!(
        r#"{{"failures": 3, "paused": false,
            "wait": {{"ms": 8000, "from": {{"wall": 1790000000000, {boot}}}, "refresh": true}}}}"#
    );
    keeps::<Backoff>(into, names::BACKOFF, &backoff);
    keeps::<UnixMillis>(into, names::LAST_SYNC, "1790000000000");
    keeps::<UnixMillis>(into, names::FACES_LISTED, "1790000000000");
    keeps::<bool>(into, names::MUST_ENROL_ANEW, "true");
    keeps::<UnixMillis>(into, names::REVOKED, "1790000000000");
    let salvaged = r#"{"at": 1790000000000, "set_aside": "station.db.corrupt-1", "entries": 7, "apart": 1, "events": 3,
        "photos": 1, "enrolled": true, "complete": false}"#;
    keeps::<Salvaged>(into, names::SALVAGED, salvaged);
    let event = format!(
        r#"{{"event": "{ID}", "judgement": 2, "verdict": "CAUTION", "code": "offline",
            "checks": [{{"check": "online", "state": "failed", "code": "offline"}}],
            "reasons": [{{"check": "online", "code": "offline", "fact": "gate_pack", "as_of": 1790000000000,
                "age_s": 60, "number": 5}}],
            "kind": "visitor", "name": "Vera", "host": "Hugo", "subject": "{ID}", "site": 1,
            "expires_at": 1790000900, "at": 1790000000000, "online": false, "last_used": 1790000000000,
            "last_used_site": "South", "last_used_by": "Grace",
            "facts_from": 1789999940, "departure_of": "{ID}", "again": false, "photo": "required",
            "has_photo": false, "face": "{DIGEST}", "bans": [{{"names": ["Vera"], "reason": "Threatened a guard"}}],
            "bearer": {{"subject": "{ID}", "token": "{ID}", "issued_at": 1790000000}},
            "station_revoked": true,
            "grounds": {{"pack": "{DIGEST}", "keys": 3, "revoked": true, "trusted": true,
                "fix": {{"latitude_e6": 52370216, "longitude_e6": 4895168, "accuracy_m": 8}},
                "answer": {{"codes": [["access", "ok"]], "server_time": 1790000000000}},
                "shown": {{"code": {{"text": "{DIGEST}",
                    "pass": {{"claims": "a0", "key": "{DIGEST}", "proof_time": 1790000000}}}}}}}},
            "judged": ["revoked", 1790000000], "reported": true, "corrected": true, "decided_by": "{ID}",
            "used_by": "{ID}"}}"#
    );
    keeps::<EventRecord>(into, "an event", &event);
    // As the first version wrote it.
    let least = format!(
        r#"{{"event": "{ID}", "code": "ok", "checks": [], "kind": "walk_up", "site": 1, "at": 1790000000000,
            "online": false}}"#
    );
    keeps::<EventRecord>(into, "an event, with the least", &least);
    text.push_str("# settings that hold signed bytes as they came\n");
    text.push_str(&[names::KEYS, names::PACK, names::PACK_CONTENT].join("\n"));
    text.push_str("\n\n# in the secret store\n");
    text.push_str(&[JOURNAL_KEY, NEXT_JOURNAL_KEY].join("\n"));
    text.push('\n');
    kept("kept-station.txt", &text);
}
