//! An example of every JSON type that crosses a border.

use gatehouse_core::{
    decision::{CheckState, code_digest},
    device::Salvaged,
    id::{MessageId, RequestId},
    journal::EntryKind,
    messages::{Severity, Window},
    visit::InvitationStatus,
    wire::{
        self, CertificateAnswer, CertificateRequest, CodeRequest, EnrolAnswer, EntriesAnswer, EntriesRequest,
        EntryResult, EntryUpload, EventView, Face, FacesAnswer, Finding, GenerateIdAnswer,
        InvalidateIdAnswer, InvitationAnswer, InvitationRequest, InvitationView, KeysAnswer, MemberCode,
        MessagesRead, MyEntries, MyEntry, MyMessage, MyMessages, OnSiteVisit, OrganisationAnswer, Problem,
        ShiftAnswer, ShiftRequest, SignInAnswer, SignInRequest, StandingAnswer, VerifyRequest,
    },
};

use super::*;

/// A JSON example under the name of its type.
pub fn example(into: &mut String, value: &impl serde::Serialize) {
    let name = std::any::type_name_of_val(value).rsplit("::").next().unwrap_or_default();
    let text = serde_json::to_string_pretty(value).expect("written");
    writeln!(into, "# {name}\n{text}\n").expect("written");
}

/// What a member's phone and the server say to each other.
fn member(text: &mut String) {
    let (time, seconds, owned) = (UnixMillis::new(NOW * 1000), at(NOW), str::to_owned);
    let code = MemberCode { url: owned("https://gate.example"), org: org(), root: Digest32([4; 32]) };
    example(text, &code);
    writeln!(text, "# text of a member code\n{}\n", code.to_text()).expect("written");
    let keys = KeysAnswer { root: [1; 32], keys: vec![0xa0, 1], server_time: Some(time) };
    let address = Some(vec![0xa0, 2]);
    example(text, &OrganisationAnswer { name: owned("Oakwood"), keys, address, server_time: time });
    example(text, &InvalidateIdAnswer { superseded_before: seconds, server_time: time });
    example(text, &CertificateRequest { key: vec![7; 32], time: seconds, signature: [8; 64] });
    example(text, &CertificateAnswer { certificate: vec![0xa0], server_time: time });
    let entry = MyEntry {
        event: EntryId(id(9)),
        site: site(1),
        site_name: owned("North"),
        at: time,
        offline_code: true,
        verdict: Some(Verdict::Caution),
        granted: None,
    };
    let cursor = owned("1-1790000000000");
    example(
        text,
        &MyEntries {
            cursor: cursor.clone(),
            entries: Some(vec![entry]),
            superseded_before: Some(at(NOW)),
            server_time: time,
        },
    );
    example(text, &MyEntries { cursor, entries: None, superseded_before: None, server_time: time });
    example(text, &StandingAnswer { superseded_before: Some(at(NOW)), server_time: time });
    messages(text, time);
}

/// What the organisation writes to a member.
fn messages(text: &mut String, time: UnixMillis) {
    let (owned, cursor) = (str::to_owned, || "0102030405060708".to_owned());
    let all = MyMessage {
        id: MessageId(id(9)),
        severity: Severity::Critical,
        title: owned("The gate stays closed"),
        body: owned("The hinge is broken.\nUse the south gate."),
        window: Window { from: Some(at(NOW - 60)), until: Some(at(NOW + 86_400)) },
        sent_at: time,
        read: true,
    };
    let (severity, window) = (Severity::Information, Window::default());
    let least = MyMessage { severity, body: String::new(), window, read: false, ..all.clone() };
    example(text, &MyMessages { cursor: cursor(), messages: Some(vec![all, least]), server_time: time });
    example(text, &MyMessages { cursor: cursor(), messages: None, server_time: time });
    example(text, &MessagesRead { read: vec![MessageId(id(9))] });
}

#[test]
fn http() {
    let mut text = String::new();
    let (event, subject, digest) = (EntryId(id(9)), SubjectId(id(2)), Digest32([4; 32]));
    let (time, seconds) = (UnixMillis::new(NOW * 1000), at(NOW));
    let owned = str::to_owned;
    let keys_answer = || KeysAnswer { root: [1; 32], keys: vec![0xa0, 1], server_time: Some(time) };
    example(&mut text, &wire::EnrolRequest { request: vec![0xa0], name: Some(owned("North gate")) });
    example(
        &mut text,
        &EnrolAnswer {
            device: DEVICE,
            token: owned("token"),
            certificate: vec![0xa0],
            organisation: owned("Oakwood"),
            keys: keys_answer(),
            policy: Policy::default(),
            server_time: time,
        },
    );
    example(&mut text, &keys_answer());
    example(&mut text, &CodeRequest { email: owned("grace@oak.example") });
    example(
        &mut text,
        &SignInRequest { email: owned("grace@oak.example"), code: owned("123456"), org: Some(org()) },
    );
    let (token, name, role) = (owned("token"), owned("Grace"), owned("guard"));
    example(&mut text, &SignInAnswer { token, person: PersonId(id(1)), name, role, server_time: time });
    let superseded_before = Some(at(NOW - 5));
    example(
        &mut text,
        &GenerateIdAnswer { code: owned("GH1:"), expires_at: seconds, superseded_before, server_time: time },
    );
    member(&mut text);
    let faces = vec![Face { subject, sha256: digest }];
    example(&mut text, &FacesAnswer { faces });
    let asked =
        VerifyRequest { event, code: owned("GH1:"), site: site(1), leaving: None, closed: Vec::new() };
    example(&mut text, &asked);
    let (leaving, closed) = (Some(EntryId(id(8))), vec![EntryId(id(7))]);
    example(&mut text, &VerifyRequest { leaving, closed, ..asked });
    let good = [Check::Revocation, Check::Access, Check::Site, Check::Uses].map(|check| (check, Code::Ok));
    let least = VerifyAnswer {
        event,
        code_sha256: code_digest("GH1:"),
        server_time: time,
        checks: good.into_iter().collect(),
        name: None,
        host: None,
        last_used: None,
        last_used_site: None,
        last_used_by: None,
        stay: None,
    };
    example(&mut text, &least);
    let used = [(Check::Site, Code::NotAssigned), (Check::Uses, Code::UsedUp)];
    example(
        &mut text,
        &VerifyAnswer {
            checks: least.checks.clone().into_iter().chain(used).collect(),
            name: Some(owned("Vera")),
            host: Some(owned("Hugo")),
            last_used: Some(time),
            last_used_site: Some(site(2)),
            last_used_by: Some(PersonId(id(1))),
            stay: Some(EntryId(id(8))),
            ..least
        },
    );
    example(&mut text, &ShiftRequest { shift: ShiftId(id(3)), site: site(1) });
    example(&mut text, &ShiftAnswer { site_name: owned("North"), server_time: time });
    let inside =
        OnSiteVisit { stay: event, name: None, subject: None, site: site(1), since: time, stale: false };
    example(&mut text, &inside);
    let named = OnSiteVisit { name: Some(owned("Vera")), subject: Some(subject), stale: true, ..inside };
    example(&mut text, &named);
    let upload = EntryUpload { envelope: vec![0x84], key: [6; 32] };
    example(&mut text, &EntriesRequest { entries: vec![upload] });
    let results = vec![
        EntryResult::Accepted,
        EntryResult::Duplicate,
        EntryResult::Missing { expected: 3 },
        EntryResult::Forked,
        EntryResult::Rejected { code: owned("malformed") },
    ];
    let found = Finding { event, verdict: Verdict::Denied, code: Code::Revoked, since: Some(seconds) };
    let answer = EntriesAnswer {
        results,
        receipt: Some(owned("84")),
        photos: vec![digest],
        findings: vec![found],
        server_time: time,
    };
    example(&mut text, &answer);
    let nothing = EntriesAnswer {
        results: Vec::new(),
        receipt: None,
        photos: Vec::new(),
        findings: Vec::new(),
        ..answer
    };
    example(&mut text, &nothing);
    let sites = Some(vec![site(1), site(2)]);
    let (from, until) = (seconds, at(NOW + 900));
    let note = Some(owned("Blue van"));
    let name = || owned("Vera");
    example(
        &mut text,
        &InvitationRequest {
            request: Some(RequestId(id(6))),
            name: name(),
            sites: sites.clone(),
            from,
            until,
            max_uses: Some(2),
            note,
        },
    );
    let reference = || owned("V-0001");
    let made = InvitationAnswer {
        id: subject,
        reference: reference(),
        code: owned("GH1:"),
        name_banned: false,
        name_in_code: None,
    };
    example(&mut text, &made);
    example(&mut text, &InvitationAnswer { name_in_code: Some(name()), ..made });
    example(
        &mut text,
        &InvitationView {
            id: subject,
            reference: reference(),
            name: name(),
            host: Some(owned("Hugo")),
            sites,
            from,
            until,
            max_uses: None,
            uses: 1,
            status: InvitationStatus::Pending,
            host_stopped: None,
            note: String::new(),
        },
    );
    let walk_up = EventView {
        event,
        kind: owned("walk_up"),
        verdict: None,
        code: None,
        granted: None,
        first_granted: None,
        flagged: false,
        name: None,
        site: site(1),
        happened_at: time,
        received_at: time,
        departed_at: None,
        photo: None,
        reported: false,
        judged_again: false,
    };
    example(&mut text, &walk_up);
    example(
        &mut text,
        &EventView {
            kind: owned("visitor"),
            verdict: Some(Verdict::Denied),
            code: Some(Code::Other(owned("of_a_later_version"))),
            granted: Some(true),
            first_granted: Some(false),
            flagged: true,
            name: Some(name()),
            departed_at: Some(time),
            photo: Some(digest),
            reported: true,
            judged_again: true,
            ..walk_up
        },
    );
    let (kind, title, code) = (owned("about:blank"), owned("Too many requests."), owned("too_many_tries"));
    example(&mut text, &Problem { kind, title, status: 429, code });
    kept("http.txt", &text);
}

#[test]
fn words() {
    let mut text = String::new();
    let mut table = |title: &str, words: Vec<String>| {
        writeln!(text, "# {title}\n{}\n", words.join("\n")).expect("written");
    };
    let verdicts = [Verdict::Verified, Verdict::Caution, Verdict::Denied];
    let numbered = |number: u64, word: &str| format!("{number} {word}");
    table("verdicts", verdicts.iter().map(|verdict| numbered(verdict.number(), verdict.word())).collect());
    table("checks", Check::ALL.iter().map(|check| numbered(check.number(), check.word())).collect());
    table("codes", Code::ALL.iter().map(|code| code.word().to_owned()).collect());
    let kinds = (1..=20).filter_map(EntryKind::from_number);
    table("kinds of entries", kinds.map(|kind| numbered(kind.number(), &format!("{kind:?}"))).collect());
    let statuses = InvitationStatus::ALL.iter().map(|status| status.word().to_owned());
    table("statuses of invitations", statuses.collect());
    table(
        "severities of messages",
        Severity::ALL.iter().map(|severity| severity.word().to_owned()).collect(),
    );
    let roles = gatehouse_core::role::Role::ALL.iter().map(|role| numbered(role.level().into(), role.word()));
    table("roles", roles.collect());
    kept("words.txt", &text);
}

#[cfg(feature = "device")]
#[test]
fn station() {
    use gatehouse_core::decision::{Fact, Reason};
    use gatehouse_core::device::{
        BanNotice, CheckResult, Decided, Enrolled, GuardHere, PackHeld, Pending, ScanResult, ScannedBy,
        ShiftState, SignedIn, StationStatus, SyncReport, Visit,
    };
    let mut text = String::new();
    let (event, time, owned) = (EntryId(id(9)), UnixMillis::new(NOW * 1000), str::to_owned);
    let checks = vec![
        CheckResult { check: Check::Format, state: CheckState::Passed, code: Some(Code::Ok) },
        CheckResult { check: Check::Proof, state: CheckState::Skipped, code: None },
        CheckResult { check: Check::Online, state: CheckState::Failed, code: Some(Code::Offline) },
    ];
    let walk_up = ScanResult {
        event,
        judgement: 1,
        verdict: None,
        code: Code::Ok,
        checks: Vec::new(),
        reasons: Vec::new(),
        kind: ScannedBy::WalkUp,
        name: None,
        host: None,
        subject: None,
        site: site(1),
        expires_at: None,
        at: time,
        online: false,
        last_used: None,
        last_used_site: None,
        last_used_by: None,
        facts_from: None,
        departure_of: None,
        again: false,
        photo: PhotoPolicy::Required,
        has_photo: true,
        face: None,
        bans: Vec::new(),
        station_revoked: false,
    };
    example(&mut text, &walk_up);
    let (as_of, age_s) = (Some(time), Some(60));
    let stale = Reason {
        check: Check::Pack,
        code: Code::PackStale,
        fact: Fact::GatePack,
        as_of,
        age_s,
        number: Some(5),
    };
    let missing = Reason {
        check: Check::Online,
        code: Code::Offline,
        fact: Fact::Missing,
        as_of: None,
        age_s: None,
        number: None,
    };
    let scan = ScanResult {
        verdict: Some(Verdict::Caution),
        code: Code::Offline,
        checks,
        reasons: vec![stale, missing],
        kind: ScannedBy::Visitor,
        name: Some(owned("Vera")),
        host: Some(owned("Hugo")),
        subject: Some(SubjectId(id(2))),
        expires_at: Some(at(NOW + 900)),
        last_used: Some(time),
        last_used_site: Some(owned("South")),
        last_used_by: Some(owned("Grace")),
        facts_from: Some(at(NOW - 60)),
        departure_of: Some(EntryId(id(8))),
        again: true,
        has_photo: false,
        face: Some(Digest32([4; 32])),
        bans: vec![BanNotice { names: vec![owned("Vera")], reason: owned("Threatened a guard") }],
        ..walk_up
    };
    example(&mut text, &scan);
    let kinds = [
        ScannedBy::Member,
        ScannedBy::Visitor,
        ScannedBy::Device,
        ScannedBy::WalkUp,
        ScannedBy::Expected,
        ScannedBy::Unreadable,
    ];
    kinds.iter().for_each(|kind| example(&mut text, kind));
    example(&mut text, &Decided { event, granted: true, flagged: true, on_site: true });
    example(&mut text, &Visit { stay: event, name: Some(owned("Vera")), site: site(1), since: time });
    let moved_from = Some(owned("http://gate.example"));
    example(&mut text, &Enrolled { organisation: owned("Oakwood"), device: DEVICE, moved_from });
    example(&mut text, &SignedIn { person: PersonId(id(1)), name: owned("Grace") });
    example(
        &mut text,
        &GuardHere { person: PersonId(id(1)), name: owned("Grace"), has_pin: true, wait_ms: 500 },
    );
    let shift = ShiftState {
        shift: ShiftId(id(3)),
        site: site(1),
        site_name: owned("North"),
        started: time,
        location: Some(Code::LocationUnknown),
    };
    example(&mut text, &shift);
    let outbox = Pending {
        entries: 9,
        waiting: 2,
        oldest: Some(time),
        stuck: 1,
        photos: 1,
        stuck_photos: 1,
        next_try_in_ms: Some(2_000),
        last_sync: Some(time),
    };
    let salvaged = Salvaged {
        at: time,
        set_aside: owned("station.db.corrupt-1790000000000"),
        entries: 7,
        apart: 1,
        events: 3,
        photos: 1,
        enrolled: true,
        complete: false,
    };
    example(
        &mut text,
        &StationStatus {
            org: Some(org()),
            organisation: Some(owned("Oakwood")),
            server: Some(owned("https://gate.example")),
            device: Some(DEVICE),
            guard: Some(owned("Grace")),
            guard_id: Some(PersonId(id(6))),
            guard_refused: Some(owned("session_ended")),
            locked: false,
            shift: Some(shift),
            outbox,
            keys_version: Some(3),
            pack_seq: Some(5),
            pack_issued_at: Some(at(NOW - 60)),
            pack_age: PackHeld::Fresh,
            clock_trusted: true,
            now: time,
            earliest: Some(time),
            storage_low: true,
            must_enrol_anew: true,
            revoked: true,
            unseen: vec![event],
            salvaged: Some(salvaged),
            clock_ahead_ms: Some(-5),
        },
    );
    let problem = Some(owned("unreachable"));
    example(
        &mut text,
        &SyncReport {
            sent: 7,
            photos: 1,
            waiting: 2,
            stuck: 0,
            stuck_photos: 0,
            pack_seq: Some(5),
            changed: Vec::new(),
            problem,
            retry_after: Some(30),
            next_try_in_ms: Some(30_000),
        },
    );
    kept("station.txt", &text);
}
