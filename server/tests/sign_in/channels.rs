//! A session is good for the channel that it was made for, and a role acts at a gate only from a station.

use super::*;

/// Asks for a page with this text as the session's cookie. Gives the status, where it leads, and the page.
pub fn page(server: &Server, method: &str, path: &str, cookie: &str, form: &str) -> (u16, String, String) {
    page_in(server, method, path, cookie, form, "")
}

/// The same with a browser that asks for languages.
pub fn page_in(
    server: &Server,
    method: &str,
    path: &str,
    cookie: &str,
    form: &str,
    languages: &str,
) -> (u16, String, String) {
    let agent = ureq::Agent::config_builder().http_status_as_error(false).max_redirects(0);
    let agent = agent.max_redirects_will_error(false).build().new_agent();
    let request = ureq::http::Request::builder()
        .method(method)
        .uri(format!("{}{path}", server.running.url))
        .header("cookie", format!("gatehouse_session={cookie}"))
        .header("content-type", "application/x-www-form-urlencoded")
        .header("accept-language", languages)
        .body(form.as_bytes().to_vec());
    let mut answer = agent.run(request.expect("a request")).expect("an answer");
    let location = answer.headers().get("location").map(|to| to.to_str().expect("text").to_owned());
    let cookie = answer.headers().get("set-cookie").map(|set| set.to_str().expect("text").to_owned());
    let text = answer.body_mut().read_to_string().expect("a page");
    (answer.status().as_u16(), location.or(cookie).unwrap_or_default(), text)
}

pub fn browser(server: &Server, email: &str) -> String {
    let code = server.service().request_code(email).expect("asked").expect("a code");
    server.service().sign_in_browser(email, &code).expect("signed in").token
}

#[test]
fn what_was_made_for_one_channel_opens_no_other() {
    let server = Server::start();
    let (guard, script) = server.user_with_api_token("oak", "guard@oak.example", Role::Guard);
    let (_, admin_script) = server.user("oak", "admin@oak.example", Role::Admin);
    let device = Device::enrol(&server, "oak", guard);
    let station = device.sign_in(&server, "oak", "guard@oak.example").token;
    let phone = sign_in(&server, "guard@oak.example", None).token;
    let (cookie, admin_cookie) =
        (browser(&server, "guard@oak.example"), browser(&server, "admin@oak.example"));
    let code = invite(&server, None).code;
    let scan = || VerifyRequest {
        event: event(),
        code: code.clone(),
        site: site(),
        leaving: None,
        closed: Vec::new(),
    };
    let shift = wire::ShiftRequest { shift: device.actor.shift, site: site() };
    // Per credential: a page's status, reading, a member's code, a scan, a shift, people, a device's call.
    for (what, token, wanted) in [
        ("nothing", "", [303, 401, 401, 401, 401, 401, 401]),
        ("a guard's cookie", &cookie, [403, 401, 401, 401, 401, 401, 401]),
        ("an admin's cookie", &admin_cookie, [200, 401, 401, 401, 401, 401, 401]),
        ("a guard's script", &script, [303, 200, 200, 403, 403, 403, 401]),
        ("an admin's script", &admin_script, [303, 200, 200, 403, 403, 200, 401]),
        ("a guard's own phone", &phone, [303, 403, 200, 403, 403, 403, 401]),
        ("a guard at a station", &station, [303, 200, 200, 200, 200, 403, 401]),
        ("the station itself", &device.token, [303, 401, 401, 401, 401, 401, 200]),
    ] {
        let got = [
            page(&server, "GET", "/activity", token, "").0,
            server.get(path::ON_SITE, token).status,
            server.post(path::GENERATE_ID, token, &()).status,
            server.post(path::VERIFY, token, &scan()).status,
            server.post(path::SHIFTS, token, &shift).status,
            server.get("/api/people", token).status,
            server.get(path::FACES, token).status,
        ];
        assert_eq!(got, wanted, "{what}");
    }
    assert_eq!(server.post(path::VERIFY, &admin_script, &scan()).code(), "not_at_station");
    // Ending a session is a channel's, too.
    assert_eq!(server.post(path::SIGN_OUT, &admin_cookie, &()).status, 200);
    page(&server, "POST", "/sign-out", &admin_script, "");
    assert_eq!(page(&server, "GET", "/activity", &admin_cookie, "").0, 200);
    assert_eq!(server.get(path::EVENTS, &admin_script).status, 200);
    // A member has no business on a station, and ends nobody's shift there.
    let _ = server.user("oak", "member@oak.example", Role::Member);
    let scope = Scope { org: server.scope("oak").org, principal: Principal::Device(device.id), role: None };
    let code =
        server.service().request_code_on("member@oak.example", Some(&scope)).expect("asked").expect("a code");
    let refused = try_code(&server, "member@oak.example", &code, Some(&device));
    // covers: S4-10, S4-11
    assert_eq!((refused.status, refused.code()), (403, "not_a_guard"));
}

#[test]
fn whoever_is_no_admin_finds_a_page_of_their_own() {
    let server = Server::start();
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let cookie = browser(&server, "guard@oak.example");
    let (status, to, _) = page(&server, "GET", "/", &cookie, "");
    assert_eq!((status, to.as_str()), (303, "/account"));
    // covers: S4-9, S4-85
    let _ = server.user("oak", "mia@oak.example", Role::Member);
    let _ = server.user("oak", "admin@oak.example", Role::Admin);
    let (mia, admin) = (browser(&server, "mia@oak.example"), browser(&server, "admin@oak.example"));
    for path in ["/activity", "/on-site", "/invitations"] {
        let seen = [&cookie, &mia, &admin].map(|cookie| page(&server, "GET", path, cookie, "").0);
        assert_eq!(seen, [403, 403, 200], "{path}");
    }
    let (status, _, text) = page(&server, "GET", "/account", &cookie, "");
    assert_eq!(status, 200);
    for words in ["start your shift", "guard@oak.example", "Sign out everywhere", "This browser"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert_eq!(page(&server, "POST", "/account/sign-out", &cookie, "").0, 303);
    assert_eq!(page(&server, "GET", "/account", &cookie, "").1, "/sign-in");
    assert!(server.service().sessions(&server.scope("oak"), Some(guard)).expect("a list").is_empty());
}

#[test]
fn the_apps_are_linked_where_they_are_served_and_to_whom_they_are_for() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = Server::start_with_app(folder.path());
    let people = [Role::Member, Role::Guard, Role::Admin].map(|role| {
        let email = format!("{role:?}@oak.example").to_lowercase();
        let _ = server.user("oak", &email, role);
        browser(&server, &email)
    });
    // How often either app is linked on each one's own page.
    let links = || {
        let counted = |cookie: &String| {
            let (_, _, text) = page(&server, "GET", "/account", cookie, "");
            ["href=\"/gate/\"", "href=\"/id/\""].map(|link| text.matches(link).count())
        };
        people.each_ref().map(counted)
    };
    assert_eq!(links(), [[0, 0]; 3]);
    for name in ["gatehouse_web.js", "gatehouse_web_bg.wasm"] {
        std::fs::write(folder.path().join(name), "a part of the program").expect("written");
    }
    // In the menu, and beside the words about where work is done.
    assert_eq!(links(), [[0, 2], [2, 1], [1, 1]]);
}

#[test]
fn a_link_is_the_only_one_and_its_secret_reaches_no_log() {
    let server = Server::start();
    let (service, scope) = (server.service(), server.scope("oak"));
    let printed = server.running.first_admin_links.first().expect("a link").1.clone();
    let (address, secret) = printed.split_once("#token=").expect("behind the #");
    assert_eq!(address, format!("{}/sign-in/link", server.running.url));
    assert_eq!(service.peek_link(secret).expect("asked").expect("someone").1, "Oak");
    let newer = service.first_admin_link(scope.org).expect("asked").expect("a link");
    assert!(service.peek_link(secret).expect("asked").is_none(), "a newer one ends it");
    let (status, _, text) = page(&server, "GET", "/sign-in/link", "", "");
    assert!(status == 200 && text.contains("name=\"token\"") && !text.contains("ghl_"));
    // As a whole, as people paste it.
    let pasted = format!("token={address}%23token%3D{newer}");
    let (status, cookie, said) = page(&server, "POST", "/sign-in/link/whose", "", &pasted);
    assert_eq!((status, cookie.as_str(), said.contains("First admin")), (200, "", true));
    assert_eq!(page(&server, "POST", "/sign-in/link", "", &pasted).0, 303);
    assert_eq!(page(&server, "POST", "/sign-in/link", "", &pasted).0, 410, "once");

    // An account without an address gets one, and can come back.
    let third = service.first_admin_link(scope.org).expect("asked").expect("a link");
    let session = service.use_link(&third).expect("signed in");
    assert!(page(&server, "GET", "/", &session.token, "").2.contains("Give an address"));
    let form = "name=Olga&email=Olga%40oak.example";
    assert_eq!(page(&server, "POST", "/account", &session.token, form).0, 303);
    assert_eq!(service.first_admin_link(scope.org).expect("asked"), None);
    let code = service.request_code("olga@oak.example").expect("asked").expect("a code");
    assert_eq!(service.sign_in_browser("olga@oak.example", &code).expect("back").signed_in.role, Role::Owner);

    // Revoked, replaced, or with another admin there: none stays good.
    let olga = session.signed_in.person;
    let mine = service.sign_in_link(&scope, olga).expect("a link");
    service.revoke(&scope, olga).expect("revoked");
    assert!(service.use_link(&mine).is_err());
    let waiting = service.first_admin_link(scope.org).expect("asked").expect("a link");
    let _ = server.user("oak", "admin@oak.example", Role::Admin);
    assert!(service.use_link(&waiting).is_err());
}
