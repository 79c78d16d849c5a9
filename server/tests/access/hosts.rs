//! At whose word visitors come in: hosts who are stopped, taken over from, limited; and visitors whose name is banned.

use gatehouse_core::{
    decision::{Check, Code},
    gatepack::{GatePack, List, prefix},
    id::{PersonId, SubjectId, TokenId},
    role::Role,
    wire::{InvitationAnswer, InvitationRequest, InvitationView, path},
};
use gatehouse_server::{
    service::Scope,
    store::{StoreError, invitation::Filter, policy::Chosen},
};

use crate::{
    common::{Device, Server, now},
    event, verify,
};

const DAY: u64 = 86_400;

fn asked(name: &str) -> InvitationRequest {
    InvitationRequest {
        request: None,
        name: name.to_owned(),
        sites: None,
        from: now().to_seconds().minus(60),
        until: now().to_seconds().plus(3600),
        max_uses: Some(5),
        note: None,
    }
}

fn pack(server: &Server) -> GatePack {
    let keys = server.service().keyring(server.scope("oak").org).expect("keys");
    let pack = server.service().gate_pack(&server.scope("oak"), 0).expect("a pack");
    GatePack::open(&pack, &keys.set).expect("it opens")
}

fn set(server: &Server, person: PersonId, column: &'static str, value: Option<u64>) {
    let done: Result<(), StoreError> = server.service().store().write(move |tx| {
        let sql = format!("UPDATE person SET {column} = ?2 WHERE id = ?1");
        tx.execute(&sql, (person.as_bytes(), value))?;
        Ok(())
    });
    done.expect("set");
}

#[test]
fn what_a_host_invited_to_stops_with_the_host_and_goes_on_with_them() {
    let server = Server::start();
    let scope = server.scope("oak");
    let (_, guard) = server.user("oak", "guard@oak.example", Role::Guard);
    let (_, admin) = server.user("oak", "admin@oak.example", Role::Admin);
    let (host, token) = server.user("oak", "host@oak.example", Role::Member);
    let (other, _) = server.user("oak", "other@oak.example", Role::Member);
    let visit: InvitationAnswer = server.post(path::INVITATIONS, &token, &asked("Vera")).read();
    let listed = || {
        let pack = pack(&server).content;
        let key = prefix(visit.id.as_bytes());
        let cancelled = pack.revoked.as_ref().is_some_and(|lists| lists.contains(List::Cancelled, &key));
        (cancelled, pack.invitation(visit.id).is_some())
    };
    let online = || verify(&server, &guard, event(), &visit.code).checks[&Check::Revocation].clone();
    let seen = || {
        let all: Vec<InvitationView> = server.get(path::INVITATIONS, &admin).read();
        all.into_iter().find(|one| one.id == visit.id).expect("there").host_stopped
    };
    let holds = || assert_eq!((online(), listed(), seen()), (Code::Ok, (false, true), None));
    let is_stopped = |why: Code| {
        assert_eq!((online(), listed(), seen()), (Code::Cancelled, (true, false), Some(why)));
        let filter = Filter { host_stopped: true, ..Filter::default() };
        let (found, count) = server.service().invitations(&scope, &filter, None, 10).expect("listed");
        assert_eq!((found.len(), count), (1, 1));
        let (from, until) = (now().to_seconds(), now().to_seconds().plus(60));
        assert!(server.service().expected(&scope, from, until).expect("read").is_empty());
        let hosts = server.service().hosts(&scope).expect("hosts");
        assert!(hosts.iter().all(|one| one.id != host));
    };
    holds();
    set(&server, host, "access_enabled", Some(0));
    is_stopped(Code::AccessDisabled);
    set(&server, host, "access_enabled", Some(1));
    holds();
    set(&server, host, "deleted_at", Some(1));
    is_stopped(Code::Revoked);
    set(&server, host, "deleted_at", None);
    server.service().ban(&scope, host.into(), "noise").expect("banned");
    is_stopped(Code::Banned);
    // Nor does the host get anything new meanwhile.
    for refused in [
        server.post(path::INVITATIONS, &token, &asked("Otto")),
        server.get(&format!("{}/{}", path::INVITATIONS, visit.id), &token),
        server.post(path::GENERATE_ID, &token, &()),
    ] {
        assert!(refused.status == 403 || refused.status == 422, "{} {}", refused.status, refused.body);
    }
    server.service().lift_ban(&scope, host.into()).expect("lifted");
    holds();

    // Revoked for good: somebody else has to answer for the visitor.
    server.service().revoke(&scope, host).expect("revoked");
    is_stopped(Code::Revoked);
    let refused = server.service().take_over_invitation(&scope, visit.id, host).expect_err("stopped");
    assert_eq!(refused.code(), "host_stopped");
    let member = Scope::person(scope.org, other, Role::Member);
    let refused = server.service().take_over_invitation(&member, visit.id, other).expect_err("no admin");
    assert_eq!(refused.code(), "forbidden");
    server.service().take_over_invitation(&scope, visit.id, other).expect("taken over");
    holds();
    let found = server.service().find_invitation(&scope, &visit.reference).expect("there");
    assert_eq!(found.host_id, Some(other));
    server.service().cancel_invitation(&scope, visit.id).expect("cancelled");
    assert_eq!(online(), Code::Cancelled);
    let refused = server.service().take_over_invitation(&scope, visit.id, other).expect_err("cancelled");
    assert_eq!(refused.code(), "cancelled");
}

#[test]
fn a_guest_let_in_offline_by_a_stopped_hosts_invitation_is_found() {
    let server = Server::start();
    let scope = server.scope("oak");
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let (host, token) = server.user("oak", "host@oak.example", Role::Member);
    let [early, late]: [InvitationAnswer; 2] =
        ["Vera", "Otto"].map(|name| server.post(path::INVITATIONS, &token, &asked(name)).read());
    let mut device = Device::enrol(&server, "oak", guard);
    let granted = |device: &mut Device, visit: SubjectId, at: u64| {
        let scan = device.offline_scan(2, visit, TokenId([5; 16]));
        let wall = gatehouse_core::time::UnixMillis::new(at);
        let (scan, id) = device.write_at(&scan, wall, true);
        [scan, device.write_at(&device.decision(id, true), wall, true).0]
    };
    let before = now().get();
    server.service().ban(&scope, host.into(), "noise").expect("banned");
    let mut entries = granted(&mut device, early.id, before - 60_000).to_vec();
    entries.extend(granted(&mut device, late.id, now().get() + 1));
    let answer = device.send(&server, entries);
    let found: Vec<_> = answer.findings.iter().map(|found| found.code.clone()).collect();
    assert_eq!(found, [Code::Cancelled], "only the grant after the ban");
    assert!(answer.findings[0].since.is_some());
}

#[test]
fn a_members_invitations_have_limits_and_the_refusal_names_them() {
    let server = Server::start();
    let (_, member) = server.user("oak", "host@oak.example", Role::Member);
    let (_, admin) = server.user("oak", "admin@oak.example", Role::Admin);
    let (now, fair) = (now().to_seconds(), asked("Vera"));
    let refused = |request: &InvitationRequest| {
        let answer = server.post(path::INVITATIONS, &member, request);
        (answer.status, answer.code().to_owned(), answer.body["title"].as_str().unwrap_or("").to_owned())
    };
    let long = InvitationRequest { until: now.plus(399 * DAY), ..fair.clone() };
    let far = InvitationRequest { from: now.plus(91 * DAY), until: now.plus(92 * DAY), ..fair.clone() };
    let often = InvitationRequest { max_uses: Some(51), ..fair.clone() };
    for (request, expected, limit) in [
        (&long, "window_too_long", "14 days"),
        (&far, "window_too_far", "90 days"),
        (&often, "uses_too_many", "50 times"),
    ] {
        let (status, code, title) = refused(request);
        assert_eq!((status, code.as_str()), (422, expected));
        assert!(title.contains(limit), "{title}");
        assert_eq!(server.post(path::INVITATIONS, &admin, request).status, 201, "admins are not bound");
    }
    // Without a number it is as many as there may be, and not any number.
    let open = InvitationRequest { max_uses: None, ..fair.clone() };
    let made: InvitationAnswer = server.post(path::INVITATIONS, &member, &open).read();
    let found = server.service().invitation(&server.scope("oak"), made.id).expect("there");
    assert_eq!(found.max_uses, Some(50));

    let wanted = Chosen {
        invitation_length_days: Some(400),
        invitation_uses: Some(2),
        invitations_open: Some(2),
        ..Chosen::default()
    };
    server.service().set_policy(&server.scope("oak"), &wanted).expect("set");
    assert_eq!(refused(&fair).1, "uses_too_many");
    let long = InvitationRequest { max_uses: Some(2), ..long };
    assert_eq!(server.post(path::INVITATIONS, &member, &long).status, 201);
    let (status, code, title) = refused(&long);
    assert_eq!((status, code.as_str()), (409, "too_many_invitations"));
    assert!(title.contains("2 open"), "{title}");
    let senseless = Chosen { invitations_open: Some(0), ..Chosen::default() };
    assert!(server.service().set_policy(&server.scope("oak"), &senseless).is_err());
}

#[test]
fn a_banned_name_cautions_on_an_invitation_and_its_admin_is_told() {
    let server = Server::start();
    let scope = server.scope("oak");
    let (_, token) = server.user("oak", "guard@oak.example", Role::Guard);
    let (_, admin) = server.user("oak", "admin@oak.example", Role::Admin);
    let (_, member) = server.user("oak", "host@oak.example", Role::Member);
    server.service().ban_by_name(&scope, &["Véra van Dam".to_owned()], "noise").expect("banned");
    let told: InvitationAnswer = server.post(path::INVITATIONS, &admin, &asked("DAM, Vera van")).read();
    let untold: InvitationAnswer = server.post(path::INVITATIONS, &member, &asked("Vera van Dam")).read();
    let other: InvitationAnswer = server.post(path::INVITATIONS, &admin, &asked("Otto")).read();
    assert_eq!([told.name_banned, untold.name_banned, other.name_banned], [true, false, false]);
    // covers: S0-4
    for made in [&told, &untold, &other] {
        let found = server.service().find_invitation(&scope, &made.reference).expect("there");
        assert_eq!(found.id, made.id);
    }
    let access = |code: &str| verify(&server, &token, event(), code).checks[&Check::Access].clone();
    assert_eq!([access(&other.code), access(&told.code)], [Code::Ok, Code::NameBanned]);
    // It cautions and does not deny: a use is held for the event.
    let one = InvitationRequest { max_uses: Some(1), ..asked("Vera van Dam") };
    let one: InvitationAnswer = server.post(path::INVITATIONS, &admin, &one).read();
    assert_eq!(access(&one.code), Code::NameBanned);
    assert_eq!(verify(&server, &token, event(), &one.code).checks[&Check::Uses], Code::UsedUp);
    // The ban of a member or an invitation by its id goes by that person's name, too.
    server.service().ban(&scope, other.id, "fence").expect("banned");
    let again: InvitationAnswer = server.post(path::INVITATIONS, &admin, &asked("otto")).read();
    assert!(again.name_banned);
}

#[test]
fn a_host_lets_in_only_where_they_may_still_go() {
    let server = Server::start();
    let scope = server.scope("oak");
    server.add_site("oak");
    let second = gatehouse_core::id::SiteNumber::new(2).expect("a number");
    let (_, guard) = server.user("oak", "guard@oak.example", Role::Guard);
    let (_, admin) = server.user("oak", "admin@oak.example", Role::Admin);
    let (host, token) = server.user("oak", "host@oak.example", Role::Member);
    server.service().assign(&scope, host, &[second]).expect("assigned");
    let own: InvitationAnswer = server.post(path::INVITATIONS, &token, &asked("Vera")).read();
    // An admin's word holds wherever the host may go.
    let visit = gatehouse_server::service::invitations::NewVisit {
        name: "Kim".to_owned(),
        email: None,
        host: Some(host),
        sites: None,
        from: now().to_seconds().minus(60),
        until: now().to_seconds().plus(3600),
        max_uses: None,
        note: String::new(),
    };
    let admins = server.service().invite(&scope, &visit).expect("invited");
    let stands = |id: SubjectId, code: &str| {
        let pack = pack(&server).content;
        let key = prefix(id.as_bytes());
        let cancelled = pack.revoked.as_ref().is_some_and(|lists| lists.contains(List::Cancelled, &key));
        let all: Vec<InvitationView> = server.get(path::INVITATIONS, &admin).read();
        let seen = all.into_iter().find(|one| one.id == id).expect("there").host_stopped;
        let online = verify(&server, &guard, event(), code).checks[&Check::Revocation].clone();
        assert_eq!(cancelled, seen.is_some());
        assert_eq!(online == Code::Cancelled, cancelled);
        seen
    };
    let code = admins.code.clone();
    assert_eq!(stands(own.id, &own.code), None);
    server.service().unassign(&scope, host, &[second]).expect("taken back");
    assert_eq!(stands(own.id, &own.code), Some(Code::AccessDisabled), "it named both sites");
    assert_eq!(stands(admins.id, &code), None);
    server.service().assign(&scope, host, &[second]).expect("given back");
    assert_eq!(stands(own.id, &own.code), None);
}
