//! What each scope may call, whatever the handler in front of it asked before.

use gatehouse_core::{
    id::{Digest32, PersonId},
    role::Role,
    wire::InvitationAnswer,
};
use gatehouse_server::{
    service::{Principal, Scope, ServiceError, invitations::NewVisit},
    store::invitation::Filter,
};

use crate::{
    common::{Device, Server, now},
    invite,
};

fn code<T>(outcome: Result<T, ServiceError>) -> Option<&'static str> {
    outcome.err().map(|error| error.code())
}

#[test]
fn a_member_reads_no_list_of_the_organisation_and_nobody_elses_invitation() {
    let server = Server::start();
    let (service, admin) = (server.service(), server.scope("oak"));
    let (host, _) = server.user("oak", "host@oak.example", Role::Member);
    let (mia, _) = server.user("oak", "mia@oak.example", Role::Member);
    let (grace, _) = server.user("oak", "grace@oak.example", Role::Guard);
    let scope = |person, role| Scope::person(admin.org, person, role);
    let (by_host, by_mia) = (scope(host, Role::Member), scope(mia, Role::Member));
    let visit = NewVisit {
        name: "Vera".to_owned(),
        email: None,
        host: Some(host),
        sites: None,
        from: now().to_seconds(),
        until: now().to_seconds().plus(3600),
        max_uses: None,
        note: String::new(),
    };
    let hosted: InvitationAnswer = service.invite(&admin, &visit).expect("invited");
    let unhosted = invite(&server, None);

    for (id, seen) in [(hosted.id, true), (unhosted.id, false)] {
        let expected = (!seen).then_some("not_found");
        assert_eq!(code(service.invitation(&by_host, id)), expected);
        assert_eq!(code(service.find_invitation(&by_host, &id.to_string())), expected);
        assert_eq!(code(service.invitation_code(&by_host, id)), expected);
        assert_eq!(code(service.invitation(&by_mia, id)), Some("not_found"));
        assert_eq!(code(service.invitation_code(&by_mia, id)), Some("not_found"));
        // Guards see whom to let in, and show nobody's code.
        let guard = scope(grace, Role::Guard);
        assert_eq!(code(service.invitation(&guard, id)), None);
        assert_eq!(code(service.invitation_code(&guard, id)), Some("not_found"));
    }
    let listed =
        |scope: &Scope, filter: &Filter| service.invitations(scope, filter, None, 10).expect("a list").1;
    let of_host = Filter { host: Some(host), ..Filter::default() };
    assert_eq!(listed(&by_host, &Filter::default()), 1);
    assert_eq!(listed(&by_mia, &of_host), 0, "whatever is asked for, only one's own");
    assert_eq!(listed(&scope(grace, Role::Guard), &Filter::default()), 2);
    assert_eq!(code(service.place_in_list(&by_mia, &Filter::default(), hosted.id)), Some("not_found"));

    for below in [by_mia, scope(grace, Role::Guard)] {
        let refused = Some("forbidden");
        assert_eq!(code(service.users(&below, Role::Member)), refused);
        assert_eq!(code(service.find_user(&below, "host@oak.example")), refused);
        assert_eq!(code(service.person(&below, host)), refused);
        assert_eq!(code(service.devices(&below)), refused);
        assert_eq!(code(service.sites(&below)), refused);
        assert_eq!(code(service.policy(&below)), refused);
        assert_eq!(code(service.member_code(&below, "https://oak.example")), refused);
        assert_eq!(code(service.photo(&below, Digest32([1; 32]))), refused);
        assert_eq!(code(service.photo_progress(&below, Digest32([1; 32]))), refused);
        assert_eq!(code(service.faces(&below)), refused);
        assert_eq!(code(service.face(&below, Digest32([1; 32]))), refused);
        assert_eq!(code(service.gate_pack(&below, 0)), refused);
    }
    assert_eq!(code(service.expected(&by_mia, visit.from, visit.until)), Some("forbidden"));
    let own = service.person(&by_mia, mia).expect("oneself");
    assert_eq!((own.id, code(service.sites_of(&by_mia, &own))), (mia, None));
}

#[test]
fn a_device_fetches_what_a_gate_needs_and_no_list_of_people() {
    let server = Server::start();
    let (service, admin) = (server.service(), server.scope("oak"));
    let (grace, _) = server.user("oak", "grace@oak.example", Role::Guard);
    let device = Device::enrol(&server, "oak", grace);
    let scope = Scope { principal: Principal::Device(device.id), role: None, ..admin };
    let visit = invite(&server, None);
    assert_eq!(code(service.faces(&scope)), None);
    assert_eq!(code(service.gate_pack(&scope, 0)), None);
    assert_eq!(code(service.photo_progress(&scope, Digest32([1; 32]))), Some("photo_unknown"));
    assert_eq!(code(service.photo(&scope, Digest32([1; 32]))), Some("forbidden"));
    assert_eq!(code(service.users(&scope, Role::Member)), Some("forbidden"));
    assert_eq!(code(service.person(&scope, PersonId([1; 16]))), Some("forbidden"));
    assert_eq!(code(service.invitation(&scope, visit.id)), Some("not_found"));
    assert_eq!(code(service.invitations(&scope, &Filter::default(), None, 10)), Some("forbidden"));
    assert_eq!(code(service.invitation_code(&scope, visit.id)), Some("not_found"));
}
