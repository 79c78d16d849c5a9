//! Guessing at codes: what is counted, for whom, and who is told.

use gatehouse_core::wire::SignInRequest;
use gatehouse_server::service::{Service, ServiceError};

use super::*;

fn wrong(code: &str) -> String {
    code.chars().map(|digit| if digit == '0' { '1' } else { '0' }).collect()
}

#[test]
fn a_code_is_taken_however_it_is_typed_and_what_is_none_is_no_try() {
    let server = Server::start();
    let spell: [fn(&str) -> String; 6] = [
        |code| format!(" {} {}\n", &code[..3], &code[3..]),
        |code| format!("{}-{}", &code[..3], &code[3..]),
        |code| format!("{}\u{a0}{}\u{feff}", &code[..3], &code[3..]),
        |code| code.chars().filter_map(|c| char::from_u32(c as u32 - 0x30 + 0xff10)).collect(),
        |code| code.chars().filter_map(|c| char::from_u32(c as u32 - 0x30 + 0x660)).collect(),
        |code| code.chars().filter_map(|c| char::from_u32(c as u32 - 0x30 + 0x966)).collect(),
    ];
    let _ = server.user("oak", "mia@oak.example", Role::Member);
    let email = "mia@oak.example";
    for spelt in spell {
        let code = server.service().request_code(email).expect("asked").expect("a code");
        for none in ["", "12345", "1234567", "123456789", "o51045", "code"] {
            let refused = try_code(&server, email, none, None);
            assert_eq!((refused.status, refused.code()), (422, "code_malformed"), "{none}");
        }
        let answer = try_code(&server, email, &spelt(&code), None);
        assert_eq!(answer.status, 200, "{:?}: {}", spelt(&code), answer.body);
    }
    // The same in the browser, whose field cuts nothing off.
    let code = server.service().request_code(email).expect("asked").expect("a code");
    let form = format!("email={email}&code=12345");
    let (status, _, text) = channels::page(&server, "POST", "/sign-in/code", "", &form);
    assert!(status == 422 && text.contains("six digits") && !text.contains("pattern="), "{text}");
    let form = format!("email={email}&code={}+{}", &code[..3], &code[3..]);
    assert_eq!(channels::page(&server, "POST", "/sign-in/code", "", &form).0, 303);
}

#[test]
fn asking_twice_is_told_with_the_wait_whoever_is_known() {
    let server = Server::start();
    let _ = server.user("oak", "mia@oak.example", Role::Member);
    for email in ["mia@oak.example", "nobody@oak.example"] {
        let ask = || server.post(path::CODE, "", &serde_json::json!({ "email": email }));
        assert_eq!(ask().status, 202);
        let again = ask();
        assert_eq!((again.status, again.code()), (429, "resend_too_soon"));
        let title = again.body["title"].as_str().expect("words");
        assert!(title.contains("second") && again.headers.contains_key("retry-after"), "{title}");
        let (status, _, text) = channels::page(&server, "POST", "/sign-in", "", &format!("email={email}"));
        assert!(status == 429 && text.contains("Another can be made in") && text.contains("name=\"code\""));
    }
}

/// Bytes in the database's log of writes.
fn written(service: &Service) -> u64 {
    let files = std::fs::read_dir(service.store().dir()).expect("a folder");
    let logs =
        files.filter_map(Result::ok).filter(|file| file.file_name().to_string_lossy().ends_with("-wal"));
    logs.map(|file| file.metadata().expect("a size").len()).sum()
}

#[test]
fn the_disk_is_written_to_alike_whoever_is_known() {
    let server = Server::start();
    let service = server.service();
    let (gone, _) = server.user("oak", "gone@oak.example", Role::Member);
    let _ = server.user("oak", "mia@oak.example", Role::Member);
    service.revoke(&server.scope("oak"), gone).expect("revoked");
    let try_for = |email: &str| {
        let request = SignInRequest { email: email.to_owned(), code: "000000".to_owned(), org: None };
        assert!(matches!(service.sign_in(&request, None), Err(ServiceError::CodeInvalid)));
    };
    // The log is written anew from its start when it is long.
    service.store().write(|tx| Ok::<_, ServiceError>(tx.execute("ANALYZE", [])?)).expect("written");
    let cost = |work: &dyn Fn()| {
        let before = written(service);
        work();
        written(service).checked_sub(before).expect("the log grew")
    };
    let addresses = ["mia@oak.example", "gone@oak.example", "nobody@oak.example", "else@elm.example"];
    let ask = |email: &str| drop(service.request_code(email).expect("asked"));
    ask("first@oak.example");
    let asked = addresses.map(|email| cost(&|| ask(email)));
    let tried = addresses.map(|email| cost(&|| try_for(email)));
    for costs in [asked, tried] {
        assert!(costs[0] > 0, "something is written");
        assert_eq!(costs, [costs[0]; 4]);
    }
}

#[test]
fn wrong_tries_on_a_device_outlive_codes_and_restarts() {
    let start = now();
    let clock = Clock::at(start);
    let server = Server::start_by(clock.clone());
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let device = Device::enrol(&server, "oak", guard);
    let scope = Scope { org: server.scope("oak").org, principal: Principal::Device(device.id), role: None };
    let attempt = |service: &Service, code: &str| {
        let request =
            SignInRequest { email: "guard@oak.example".to_owned(), code: code.to_owned(), org: None };
        service.sign_in(&request, Some(&scope)).map_err(|error| error.code())
    };
    let service = server.service();
    let ask = |service: &Service| {
        service.request_code_on("guard@oak.example", Some(&scope)).expect("asked").expect("a code")
    };
    let code = ask(service);
    for _ in 0..3 {
        assert_eq!(attempt(service, &wrong(&code)).err(), Some("code_invalid"));
    }
    let restarted = Service::new(service.store().clone()).with_clock(clock.clone());
    clock.set(start.plus(31_000));
    let code = ask(&restarted);
    for _ in 0..2 {
        assert_eq!(attempt(&restarted, &wrong(&code)).err(), Some("code_invalid"));
    }
    clock.set(start.plus(62_000));
    let code = ask(&restarted);
    assert_eq!(attempt(&restarted, &code).err(), Some("too_many_tries"));
    // Another device has tries of its own, and so has everyone without one.
    let other = Device::enrol(&server, "oak", guard);
    assert_eq!(other.sign_in(&server, "oak", "guard@oak.example").person, guard);
}

#[test]
fn guessing_a_little_at_everybody_is_slowed_down_and_admins_are_told() {
    let server = Server::start();
    let (guard, _) = server.user("oak", "guard@oak.example", Role::Guard);
    let (_, admin) = server.user("oak", "admin@oak.example", Role::Admin);
    let device = Device::enrol(&server, "oak", guard);
    let (service, scope) = (server.service(), server.scope("oak"));
    let code = service.request_code("admin@oak.example").expect("asked").expect("a code");
    assert_eq!(code.len(), 8);
    assert_eq!(service.request_code("guard@oak.example").expect("asked").expect("a code").len(), 6);
    assert_eq!(service.sign_in_alarm(&scope).expect("asked"), None);
    let guesses = (0..200).map(|at| try_code(&server, &format!("m{at}@oak.example"), "000000", None));
    let (mut bad, mut refused) = (0, None);
    for guess in guesses {
        match guess.code() {
            "code_invalid" => bad += 1,
            _ => {
                refused = Some(guess);
                break;
            }
        }
    }
    let refused = refused.expect("an end");
    assert_eq!((bad, refused.code()), (30, "too_many_tries"));
    assert!(refused.body["title"].as_str().expect("words").contains("wait"));
    // Work goes on, and whoever is responsible sees it.
    assert_eq!(device.sign_in(&server, "oak", "guard@oak.example").person, guard);
    let alarm = service.sign_in_alarm(&scope).expect("asked").expect("an alarm");
    assert_eq!(alarm.wrong, 30);
    let noted = |action: &str| -> u64 {
        let sql = "SELECT count(*) FROM audit WHERE action = ?1";
        service
            .store()
            .read(|db| Ok::<_, ServiceError>(db.query_row(sql, [action], |row| row.get(0))?))
            .expect("read")
    };
    assert_eq!((noted("sign_in.failed"), noted("sign_in.alarm")), (30, 1));
    assert!(noted("session.begin") >= 2);
    let cookie = { service.sign_in_browser("admin@oak.example", &code).expect("signed in").token };
    assert!(channels::page(&server, "GET", "/", &cookie, "").2.contains("wrong one-time codes"));
    assert_eq!(server.post(path::SIGN_OUT, &admin, &()).status, 200);
    assert_eq!(noted("session.end"), 1);
}
