//! What the command line prints as JSON of a station and a wallet, and shells are given, beyond the scan itself.

use gatehouse_core::{
    decision::{Fact, UseId},
    device::{
        CodeSent, CodeSource, Erased, Invalidated, Joined, LockAfter, LockState, MemberSignedIn,
        OwnInvitations, OwnMessages, RecentEntries, Retried, SignedOut, SiteHere, StuckEntry, StuckPhoto,
        WalletCode, WalletStatus,
    },
    id::MessageId,
    messages::{Severity, Window},
    visit::InvitationStatus,
    wire::{InvitationView, MyEntry, MyMessage},
};

use super::{json::example, *};

#[test]
fn station_and_wallet() {
    let mut text = String::new();
    let (event, time, owned) = (EntryId(id(9)), UnixMillis::new(NOW * 1000), str::to_owned);
    let stuck = StuckEntry {
        number: 7,
        former: Some(DeviceId(id(7))),
        id: Some(event),
        kind: Some(1),
        written: Some(time),
        code: owned("malformed"),
    };
    example(&mut text, &stuck);
    example(&mut text, &StuckEntry { former: None, id: None, kind: None, written: None, ..stuck });
    example(&mut text, &StuckPhoto { sha256: Digest32([4; 32]), code: owned("photo_damaged") });
    example(&mut text, &Retried { entries: 2, photos: 1, left: 3 });
    let files_set_aside = vec![owned("station.db.before-2")];
    example(&mut text, &Erased { entries: 3, photos: 1, waiting: 1, files_set_aside });
    let here = SiteHere {
        number: site(1),
        name: owned("North"),
        time_zone: owned("Europe/Amsterdam"),
        assigned: true,
        geofence: GeofenceRule::Flag,
        fence: None,
        arrival_photo: PhotoPolicy::Required,
        walk_up_photo: PhotoPolicy::Off,
        show_face: true,
    };
    example(&mut text, &here);

    let joined = Joined { organisation: owned("Oakwood"), org: org(), server: owned("https://gate.example") };
    example(&mut text, &joined);
    example(&mut text, &CodeSent { resend_in_s: 30, good_for_s: 600 });
    let person = PersonId(id(1));
    example(&mut text, &MemberSignedIn { person, name: owned("Mia"), role: owned("member") });
    example(&mut text, &SignedOut { server_told: false });
    let code = WalletCode {
        text: owned("GH1:CODE"),
        source: CodeSource::Online,
        issued_at: at(NOW),
        expires_at: at(NOW + 120),
        seconds_left: 100,
        refresh_in_s: 80,
    };
    example(&mut text, &code);
    [CodeSource::Kept, CodeSource::Offline].iter().for_each(|source| example(&mut text, source));
    example(&mut text, &Invalidated { done: true, before: Some(at(NOW + 1)) });
    let lock = LockState { after: LockAfter::default(), locked: false, locks_in_ms: Some(5_000) };
    let status = WalletStatus {
        org: Some(org()),
        organisation: Some(owned("Oakwood")),
        server: Some(owned("https://gate.example")),
        person: Some(person),
        name: Some(owned("Mia")),
        role: Some(owned("member")),
        code_until: Some(at(NOW + 120)),
        offline_until: Some(at(NOW + 604_800)),
        invalidation_pending: true,
        invalidated_before: Some(at(NOW)),
        lock,
        clock_trusted: true,
        now: time,
    };
    example(&mut text, &status);
    let invitation = InvitationView {
        id: SubjectId(id(2)),
        reference: owned("R-1"),
        name: owned("Vera"),
        host: Some(owned("Mia")),
        sites: Some(vec![site(1)]),
        from: at(NOW),
        until: at(NOW + 86_400),
        max_uses: Some(2),
        uses: 1,
        status: InvitationStatus::Accepted,
        host_stopped: None,
        note: owned("n"),
    };
    let (as_of, age_ms) = (Some(time), Some(5_000));
    example(&mut text, &OwnInvitations { invitations: vec![invitation], as_of, age_ms, live: false });
    let entry = MyEntry {
        event,
        site: site(1),
        site_name: owned("North"),
        at: time,
        offline_code: true,
        verdict: Some(Verdict::Caution),
        granted: Some(true),
    };
    example(&mut text, &RecentEntries { entries: vec![entry], as_of, age_ms, live: true });
    let message = MyMessage {
        id: MessageId(id(9)),
        severity: Severity::Notice,
        title: owned("Pool closed"),
        body: owned("Until noon."),
        window: Window { from: None, until: Some(at(NOW + 86_400)) },
        sent_at: time,
        read: false,
    };
    example(&mut text, &OwnMessages { messages: vec![message], as_of, age_ms, live: true });

    // Whoever adds a fact adds it here: the match says so.
    let word = |fact: Fact| match fact {
        Fact::Code
        | Fact::Server
        | Fact::GatePack
        | Fact::KeySet
        | Fact::OwnRecords
        | Fact::DeviceClock
        | Fact::Location
        | Fact::Guard
        | Fact::Missing => serde_json::to_string(&fact).expect("written"),
    };
    let facts = [
        Fact::Code,
        Fact::Server,
        Fact::GatePack,
        Fact::KeySet,
        Fact::OwnRecords,
        Fact::DeviceClock,
        Fact::Location,
        Fact::Guard,
        Fact::Missing,
    ];
    writeln!(text, "# facts\n{}\n", facts.map(word).join("\n")).expect("written");
    let token = TokenId(id(5));
    let uses = [UseId::Token(token), UseId::Invitation(SubjectId(id(2))), UseId::Proof(token, at(NOW))];
    let uses = uses.map(|counted| hex::encode(&counted.to_bytes()));
    writeln!(text, "# what uses are counted by: a pass, an invitation, a proof\n{}", uses.join("\n"))
        .expect("written");
    kept("shown.txt", &text);
}
