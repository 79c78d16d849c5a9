//! People are corrected, signed out, revoked and restored; tokens are listed and ended.

use gatehouse_server::{
    service::{Principal, Scope, erasure::Whom},
    store::StoreError,
};
use serde_json::{Value, json};

use super::*;

#[test]
fn tokens_and_sessions_are_listed_and_ended() {
    let server = Server::start();
    let (admin, boss) = server.user("oak", "admin@oak.example", Role::Admin);
    let (member, own) = server.user("oak", "mia@oak.example", Role::Member);
    let made: Value =
        server.post("/api/tokens", &boss, &json!({ "person": member, "name": "Lift", "days": 2 })).read();
    let lift = made["token"].as_str().expect("a token").to_owned();
    let life = made["expires_at"].as_u64().expect("a time") - made["created_at"].as_u64().expect("a time");
    assert_eq!(life, 2 * 86_400_000);
    let refused = server.post("/api/tokens", &boss, &json!({ "person": member, "days": 10_000 }));
    assert_eq!(refused.code(), "days_invalid");
    assert_eq!(server.post("/api/tokens", &own, &json!({})).code(), "forbidden");
    assert_eq!(server.post(path::GENERATE_ID, &lift, &()).status, 200);
    let listed = || -> Vec<Value> { server.get("/api/tokens", &boss).read() };
    let named = |name: &str| listed().into_iter().find(|token| token["name"] == name);
    // The last use is noted beside the request.
    while named("Lift").expect("listed")["used_at"].is_null() {
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    assert_eq!(listed().len(), 3);
    assert_eq!(server.get("/api/tokens", &own).read::<Vec<Value>>().len(), 2, "one's own");
    let id = made["id"].as_str().expect("an id");
    let elsewhere = server.get(&format!("/api/tokens?person={admin}"), &own);
    assert_eq!(elsewhere.code(), "forbidden");
    assert_eq!(server.call("DELETE", &format!("/api/tokens/{id}"), &boss, &[], b"").status, 200);
    assert_eq!(server.post(path::GENERATE_ID, &lift, &()).code(), "unauthorized");
    assert_eq!(server.call("DELETE", &format!("/api/tokens/{id}"), &boss, &[], b"").code(), "not_found");
    let out: Value = server.post(&format!("/api/people/{member}/sign-out"), &boss, &()).read();
    assert_eq!(out["ended"], 1);
    assert_eq!(server.post(path::GENERATE_ID, &own, &()).code(), "unauthorized");
}

#[test]
fn the_last_who_can_sign_in_as_an_admin_stays_one_until_there_is_another() {
    let server = Server::start();
    let (boss, token) = server.user("oak", "boss@oak.example", Role::Admin);
    let patch = |body: Value| {
        let body = serde_json::to_vec(&body).expect("JSON");
        let headers = [("content-type", "application/json")];
        server.call("PATCH", &format!("/api/people/{boss}"), &token, &headers, &body)
    };
    let refused = patch(json!({ "role": "guard", "name": "Bo" }));
    assert_eq!((refused.status, refused.code()), (409, "last_admin"));
    assert_eq!(server.post(&format!("/api/people/{boss}/revoke"), &token, &()).code(), "last_admin");
    let people: Value = server.get("/api/people", &token).read();
    assert!(!people.to_string().contains("\"Bo\""), "nothing of what was refused is kept: {people}");
    // Nor does another who cannot sign in again, having no address, erase them.
    let (other, _) = server.user("oak", "other@oak.example", Role::Owner);
    let scope = server.scope("oak");
    let done: Result<(), StoreError> = server.service().store().write(move |tx| {
        tx.execute("UPDATE membership SET identity = NULL WHERE person = ?1", [other.as_bytes()])?;
        Ok(())
    });
    done.expect("set");
    let by_other = Scope { principal: Principal::Person(other), role: Some(Role::Owner), ..scope };
    let refused = server.service().erase(&by_other, Whom::Person(boss)).expect_err("the last");
    assert_eq!(refused.code(), "last_admin");
    assert_eq!(server.get("/api/people", &token).status, 200, "nothing is erased");
    let (_, _) = server.user("oak", "third@oak.example", Role::Owner);
    assert_eq!(patch(json!({ "role": "guard" })).body["role"], "guard");
    // Whoever runs the server may.
    server.add_organisation("elm");
    let (alone, _) = server.user("elm", "alone@elm.example", Role::Admin);
    assert!(server.service().revoke(&scope, boss).is_ok());
    assert!(server.service().revoke(&server.scope("elm"), alone).is_ok());
}

// covers: S4-25, S4-26, S4-27
#[test]
fn a_persons_tokens_end_with_what_they_were_made_for() {
    let server = Server::start();
    let (service, scope) = (server.service(), server.scope("oak"));
    let (_, boss) = server.user("oak", "owner@oak.example", Role::Owner);
    let (other, token) = server.user("oak", "admin@oak.example", Role::Admin);
    let patch = |body: Value| {
        let body = serde_json::to_vec(&body).expect("JSON");
        let headers = [("content-type", "application/json")];
        server.call("PATCH", &format!("/api/people/{other}"), &boss, &headers, &body)
    };
    assert_eq!(patch(json!({ "name": "Ada" })).body["name"], "Ada");
    assert_eq!(server.get("/api/people", &token).status, 200, "a name ends nothing");
    let code = service.request_code("admin@oak.example").expect("asked").expect("a code");
    assert_eq!(patch(json!({ "role": "guard" })).body["role"], "guard");
    assert_eq!(server.get("/api/people", &token).code(), "unauthorized");
    assert!(service.sign_in_browser("admin@oak.example", &code).is_err());
    assert_eq!(patch(json!({ "role": "king" })).status, 400);

    // An address is corrected; the former one is free, and opens nothing.
    assert_eq!(patch(json!({ "email": "Ada@oak.example " })).body["email"], "ada@oak.example");
    assert_eq!(service.request_code("admin@oak.example").expect("asked"), None);
    let code = service.request_code("ada@oak.example").expect("asked").expect("a code");
    assert_eq!(patch(json!({ "email": "owner@oak.example" })).code(), "conflict");

    // Assignments are given and taken back.
    let site = |method: &str, number: u32| {
        server.call(method, &format!("/api/people/{other}/sites/{number}"), &boss, &[], b"")
    };
    assert_eq!(site("PUT", 1).body["sites"], json!([1]));
    assert_eq!(site("DELETE", 1).body["sites"], json!([]));
    let unknown = site("PUT", 7);
    assert_eq!(unknown.code(), "not_found");
    assert!(unknown.body["title"].as_str().expect("words").contains("1 Gate"), "{}", unknown.body);

    // Revoked, restored; added again while revoked.
    let phone = try_code(&server, "ada@oak.example", &code, None).read::<SignInAnswer>().token;
    let post = |what: &str| server.post(&format!("/api/people/{other}/{what}"), &boss, &());
    assert_eq!(post("restore").code(), "not_revoked");
    assert_eq!(post("revoke").body["active"], false);
    assert_eq!(server.post(path::GENERATE_ID, &phone, &()).code(), "unauthorized");
    assert_eq!(post("restore").body["active"], true);
    assert_eq!(server.post(path::GENERATE_ID, &phone, &()).code(), "unauthorized", "signs in anew");
    assert_eq!(sign_in(&server, "ada@oak.example", None).person, other);
    assert_eq!(post("revoke").body["active"], false);
    let (again, _) = server.user("oak", "ada@oak.example", Role::Member);
    assert_ne!(again, other);
    assert_eq!(post("restore").body["email"], Value::Null, "the address is another's now");

    let near = service.find_user(&scope, "owner@oak.exmaple").expect_err("nobody").to_string();
    assert!(near.contains("owner@oak.example"), "{near}");
}

#[test]
fn lists_say_that_they_go_on() {
    let server = Server::start();
    let (_, boss) = server.user("oak", "admin@oak.example", Role::Admin);
    for at in 0..4 {
        let _ = server.user("oak", &format!("m{at}@oak.example"), Role::Member);
        let _ = invite(&server, None);
    }
    for list in ["/api/people", path::INVITATIONS] {
        let (mut next, mut seen) = (Some(format!("{list}?limit=2")), std::collections::HashSet::new());
        while let Some(at) = next {
            let page = server.get(&at, &boss);
            let link = page.headers.get("link").map(|link| link.to_str().expect("text").to_owned());
            let rows: Vec<Value> = page.read();
            assert!(rows.len() <= 2);
            for row in rows {
                assert!(seen.insert(row["id"].to_string()), "{list}: twice");
            }
            next = link.map(|link| link[1..link.find('>').expect("an address")].to_owned());
        }
        assert_eq!(seen.len(), if list == path::INVITATIONS { 4 } else { 6 }, "{list}");
    }
}
