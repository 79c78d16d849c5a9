//! What a member may invite to, see and cancel, however often a call is sent.

use gatehouse_core::{
    id::{RequestId, SiteNumber},
    role::Role,
    wire::{InvitationAnswer, InvitationRequest, InvitationView, path},
};
use gatehouse_server::store::site::NewSite;

use crate::{
    MEMBER,
    common::{Server, site},
    hour,
    phone::{PATIENCE_MS, Phone, Relay},
};

fn add_second_site(server: &Server) -> SiteNumber {
    let site = NewSite {
        name: "Back".to_owned(),
        time_zone: "UTC".to_owned(),
        geofence: None,
        arrival_photo: Default::default(),
        walk_up_photo: Default::default(),
        show_face: false,
    };
    server.service().add_site(&server.scope("oak"), &site).expect("a site")
}

// covers: S0-8, S0-9
#[test]
fn a_member_invites_to_own_sites_and_sees_and_cancels_only_that() {
    let server = Server::start();
    let back = add_second_site(&server);
    let (_, admin) = server.user("oak", "admin@oak.example", Role::Admin);
    let _ = server.user("oak", MEMBER, Role::Member);
    let _ = server.user("oak", "other@oak.example", Role::Member);
    let (mine, others) = (Phone::new(None), Phone::new(None));
    mine.sign_in(&server, "oak", MEMBER);
    others.sign_in(&server, "oak", "other@oak.example");
    let (from, until) = hour();
    let invite = |phone: &Phone, name: &str, sites| {
        phone.wallet.invite(name.to_owned(), sites, from, until, Some(1), None, PATIENCE_MS)
    };

    let made = invite(&mine, "Vera", None).expect("invited");
    invite(&others, "Otto", Some(vec![site()])).expect("invited");
    assert_eq!(
        invite(&mine, "Vera", Some(vec![site(), back])).expect_err("refused").code(),
        "site_not_yours"
    );
    assert_eq!(invite(&mine, " ", None).expect_err("refused").code(), "invitation_incomplete");
    let listed = mine.wallet.invitations(PATIENCE_MS).expect("listed");
    assert!(listed.live);
    let [only] = listed.invitations.as_slice() else { panic!("{listed:?}") };
    assert_eq!(
        (only.id, only.sites.as_deref(), only.host.as_deref()),
        (made.id, Some([site()].as_slice()), Some("member"))
    );
    let kept = mine.wallet.invitations(0).expect("kept");
    assert_eq!((kept.live, &kept.invitations, kept.age_ms.is_some()), (false, &listed.invitations, true));
    let all: Vec<InvitationView> = server.get(path::INVITATIONS, &admin).read();
    assert_eq!(all.len(), 2, "admins see both");

    assert_eq!(mine.wallet.invitation_code(made.id, PATIENCE_MS).expect("again"), made);
    for refused in [
        others.wallet.invitation_code(made.id, PATIENCE_MS).expect_err("another's"),
        others.wallet.cancel(made.id, PATIENCE_MS).expect_err("another's"),
    ] {
        assert_eq!(refused.code(), "not_found");
    }
    let cancelled = mine.wallet.cancel(made.id, PATIENCE_MS).expect("cancelled");
    assert_eq!(cancelled.status.word(), "cancelled");
}

#[test]
fn one_wish_makes_one_invitation_however_often_it_is_sent() {
    let server = Server::start();
    let (_, member) = server.user("oak", MEMBER, Role::Member);
    let (_, admin) = server.user("oak", "admin@oak.example", Role::Admin);
    let (from, until) = hour();
    let request = InvitationRequest {
        request: Some(RequestId([5; 16])),
        name: "Vera".to_owned(),
        sites: None,
        from,
        until,
        max_uses: None,
        note: None,
    };
    let made: InvitationAnswer = server.post(path::INVITATIONS, &member, &request).read();
    let again: InvitationAnswer = server.post(path::INVITATIONS, &member, &request).read();
    assert_eq!(made, again);
    let other = InvitationRequest { name: "Otto".to_owned(), ..request.clone() };
    let refused = server.post(path::INVITATIONS, &member, &other);
    assert_eq!((refused.status, refused.code()), (409, "request_reused"));
    let admins: InvitationAnswer = server.post(path::INVITATIONS, &admin, &other).read();
    assert_ne!(admins.id, made.id, "names are each person's own");

    // The answer is lost on its way: the same wish again finds what was made.
    let relay = Relay::to(&server);
    let phone = Phone::new(None);
    phone.sign_in_at(&server, &relay.url, "oak", MEMBER);
    let wish = |patience| phone.wallet.invite("Wanda".to_owned(), None, from, until, None, None, patience);
    relay.swallow_answers(true);
    assert_eq!(wish(PATIENCE_MS).expect_err("lost").code(), "unreachable");
    relay.swallow_answers(false);
    let found = wish(PATIENCE_MS).expect("found");
    let all = phone.wallet.invitations(PATIENCE_MS).expect("listed").invitations;
    let wandas: Vec<_> = all.iter().filter(|one| one.name == "Wanda").map(|one| one.id).collect();
    assert_eq!(wandas, [found.id]);
    // Once answered, the same content is another wish.
    assert_ne!(wish(PATIENCE_MS).expect("another").id, found.id);
}

#[test]
fn a_host_has_at_most_two_hundred_open_invitations() {
    let server = Server::start();
    let (_, member) = server.user("oak", MEMBER, Role::Member);
    let (_, admin) = server.user("oak", "admin@oak.example", Role::Admin);
    let (from, until) = hour();
    let invite = |token: &str| {
        let name = "Vera".to_owned();
        let asked =
            InvitationRequest { request: None, name, sites: None, from, until, max_uses: None, note: None };
        server.post(path::INVITATIONS, token, &asked)
    };
    let first: InvitationAnswer = invite(&member).read();
    for _ in 1..100 {
        assert_eq!(invite(&member).status, 201);
    }
    // The rest as if they had been made, without so many calls.
    let outcome: Result<(), gatehouse_server::store::StoreError> =
        server.service().store().write(move |tx| {
            tx.execute(
                "INSERT INTO invitation (org, id, reference, visitor, host, created_by, status, any_site, from_s, until_s,
                     max_uses, note, search, created_at)
                 SELECT org, randomblob(16), 'W' || reference, visitor, host, created_by, status, any_site, from_s, until_s,
                     max_uses, note, search, created_at FROM invitation",
                [],
            )?;
            Ok(())
        });
    outcome.expect("made");
    let refused = invite(&member);
    assert_eq!((refused.status, refused.code()), (409, "too_many_invitations"));
    assert_eq!(invite(&admin).status, 201, "admins are not bound");
    let cancel = format!("{}/{}/cancel", path::INVITATIONS, first.id);
    assert_eq!(server.post(&cancel, &member, &()).status, 200);
    assert_eq!(invite(&member).status, 201);
    assert_eq!(invite(&member).code(), "too_many_invitations");
}
