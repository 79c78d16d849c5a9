//! A member's phone and a guard's station, each with the real server and without it.

use std::{path::Path, sync::Arc};

use gatehouse_core::device::{
    CodeSource, DeviceSigner, FileSecrets, MemberWallet, SecretStore, SignerError, SystemTime,
};
use gatehouse_tests::{gatehouse, json_lines, server::Server, station::Station};
use p256::ecdsa::{Signature, SigningKey, signature::Signer};
use serde_json::Value;

use super::{GUARD, oakwood, text};

pub const MEMBER: &str = "mia@oakwood.example";
const PATIENCE_MS: u32 = 10_000;

/// A wallet on the command line.
struct Wallet {
    data: std::path::PathBuf,
}

impl Wallet {
    fn run(&self, args: &[&str]) -> std::process::Output {
        let mut command = gatehouse(&["wallet"]);
        command.args(args).arg("--json").arg("--data").arg(&self.data).output().expect("the wallet runs")
    }

    fn answer(&self, args: &[&str]) -> Value {
        let output = self.run(args);
        assert!(output.status.success(), "{args:?}: {output:?}");
        serde_json::from_slice(&output.stdout).expect("JSON")
    }

    fn refused(&self, args: &[&str]) -> String {
        let output = self.run(args);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {output:?}");
        let text = String::from_utf8(output.stderr).expect("text");
        text.split(": ").next().unwrap_or_default().to_owned()
    }
}

/// A P-256 key as a phone's hardware holds it.
struct Hardware(SigningKey);

impl DeviceSigner for Hardware {
    fn public_key(&self) -> Result<Vec<u8>, SignerError> {
        Ok(self.0.verifying_key().to_sec1_point(false).as_bytes().to_vec())
    }

    fn sign(&self, message: Vec<u8>) -> Result<Vec<u8>, SignerError> {
        let signature: Signature = self.0.sign(&message);
        Ok(signature.to_bytes().to_vec())
    }

    fn forget(&self) -> Result<(), SignerError> {
        Ok(())
    }
}

pub fn add_member(server: &Server, email: &str) -> String {
    let member = server.local(&["user", "add", "--email", email, "--role", "member", "--name", "Mia Member"]);
    let id = text(&member, "id").to_owned();
    let _ = server.local(&["user", "assign", &id, "--site", "1"]);
    id
}

pub fn organisations_code(server: &Server) -> String {
    text(&server.local(&["member-code", "--url", &server.url]), "code").to_owned()
}

fn phone_with_hardware(server: &Server, folder: &Path, email: &str) -> MemberWallet {
    let secrets: Arc<dyn SecretStore> = Arc::new(FileSecrets::open(folder.join("secrets")).expect("secrets"));
    let signer = Arc::new(Hardware(SigningKey::from_slice(&[3; 32]).expect("a key")));
    let data = folder.to_str().expect("UTF-8").to_owned();
    let wallet = MemberWallet::open(data, secrets, Arc::new(SystemTime), Some(signer)).expect("a wallet");
    wallet.join(organisations_code(server), PATIENCE_MS).expect("joined");
    wallet.request_code(email.to_owned(), PATIENCE_MS).expect("asked");
    wallet.sign_in(email.to_owned(), server.one_time_code(email), PATIENCE_MS).expect("signed in");
    wallet
}

/// What a station shows of a code: verdict and deciding code.
fn scan(station: &Station, code: &str, online: bool) -> (String, String) {
    let mut command = station.command(&["scan", "--code", code, "--deny"]);
    if !online {
        command.env("GATEHOUSE_FAULT_NETWORK", "down");
    }
    let output = command.output().expect("the station runs");
    let shown = json_lines(&output).into_iter().next().unwrap_or_else(|| panic!("{output:?}"));
    (text(&shown, "verdict").to_owned(), text(&shown, "code").to_owned())
}

fn shown(verdict: &str, code: &str) -> (String, String) {
    (verdict.to_owned(), code.to_owned())
}

// covers: S4-1, S4-18, S4-19, S4-29, S4-30
#[test]
fn a_members_codes_hold_online_and_offline_until_they_are_invalidated() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = oakwood(folder.path());
    add_member(&server, MEMBER);
    let station = Station::at_work(&server, &folder.path().join("station"), GUARD);
    let wallet = Wallet { data: folder.path().join("wallet") };
    assert_eq!(wallet.refused(&["sign-in", "--email", MEMBER]), "not_joined");

    // The organisation's code as a picture on the wall.
    let picture = folder.path().join("join.png");
    let picture = picture.to_str().expect("UTF-8");
    let _ = server.local(&["member-code", "--url", &server.url, "--png", picture]);
    wallet.answer(&["sign-in", "--join", picture, "--email", MEMBER]);
    assert_eq!(wallet.refused(&["code"]), "not_signed_in");
    wallet.answer(&["sign-in", "--email", MEMBER, "--code", &server.one_time_code(MEMBER)]);

    let drawn = folder.path().join("code.png");
    let drawn = drawn.to_str().expect("UTF-8");
    let code = wallet.answer(&["code", "--png", drawn]);
    assert_eq!(text(&code, "source"), "online");
    let output = station.run(&["scan", "--image", drawn, "--grant"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let fresh = wallet.answer(&["code", "--fresh"]);
    let own = wallet.answer(&["code", "--offline"]);
    assert_eq!(text(&own, "source"), "offline");
    assert_eq!(scan(&station, text(&fresh, "text"), false), shown("CAUTION", "offline"));
    assert_eq!(scan(&station, text(&own, "text"), true), shown("VERIFIED", "ok"));

    // Where the code was used, to the one whose it is.
    station.done(&["sync"]);
    let recent = wallet.answer(&["recent"]);
    let entries = recent["entries"].as_array().expect("entries");
    assert_eq!(entries.len(), 3, "{recent}");
    let oldest = &entries[2];
    assert_eq!((text(oldest, "site_name"), &oldest["granted"]), ("Main gate", &Value::Bool(true)));

    // One tap, and every earlier code fails: online at once, offline as soon as the gate pack says so.
    let elsewhere = wallet.answer(&["code", "--fresh"]);
    let own_elsewhere = wallet.answer(&["code", "--offline"]);
    assert_eq!(wallet.answer(&["invalidate"])["done"], true);
    assert_eq!(scan(&station, text(&elsewhere, "text"), false), shown("CAUTION", "offline"));
    assert_eq!(scan(&station, text(&fresh, "text"), true), shown("DENIED", "superseded"));
    station.done(&["sync"]);
    for gone in [&elsewhere, &own_elsewhere, &own] {
        assert_eq!(scan(&station, text(gone, "text"), false), shown("DENIED", "superseded"));
    }
    let after = wallet.answer(&["code"]);
    assert_eq!(scan(&station, text(&after, "text"), true), shown("VERIFIED", "ok"));
    let own = wallet.answer(&["code", "--offline"]);
    assert_eq!(scan(&station, text(&own, "text"), false), shown("CAUTION", "offline"));

    wallet.answer(&["sign-out"]);
    assert_eq!(wallet.refused(&["code", "--offline"]), "not_signed_in");
    assert_eq!(wallet.answer(&["status"])["name"], Value::Null);
}

#[test]
fn a_code_shown_a_second_time_is_not_taken_for_new() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = oakwood(folder.path());
    add_member(&server, MEMBER);
    let station = Station::at_work(&server, &folder.path().join("station"), GUARD);
    let second = server.local(&["user", "add", "--email", "gil@oakwood.example", "--role", "guard"]);
    let _ = server.local(&["user", "assign", text(&second, "id"), "--site", "1"]);
    let other = Station::at_work(&server, &folder.path().join("other"), "gil@oakwood.example");
    let wallet = phone_with_hardware(&server, &folder.path().join("phone"), MEMBER);
    let grant = |station: &Station, code: &str, network: &str| {
        let mut command = station.command(&["scan", "--code", code, "--grant"]);
        command.env("GATEHOUSE_FAULT_NETWORK", network);
        let shown = json_lines(&command.output().expect("the station runs")).remove(0);
        (text(&shown, "verdict").to_owned(), text(&shown, "code").to_owned(), shown)
    };
    let (up, down) = ("up", "down");

    // A screenshot, by the same gate and by another: the server knows of the scan, and sooner or later of the grant.
    let code = wallet.fresh_code(PATIENCE_MS).expect("a code").text;
    let (verdict, why, _) = grant(&station, &code, up);
    assert_eq!((verdict, why), shown("VERIFIED", "ok"));
    for gate in [&station, &other] {
        let (verdict, why, scan) = grant(gate, &code, up);
        assert_eq!((verdict, why), shown("CAUTION", "already_used"));
        assert!(scan["last_used"].as_u64().is_some(), "{scan}");
        if gate.data == station.data {
            assert_eq!(text(&scan, "last_used_site"), "Main gate");
            assert!(scan["last_used_by"].is_string(), "{scan}");
        }
    }

    // Without a network a phone knows of its own grants, also of a code that a member's phone minted.
    let minted = wallet.offline_code().expect("a code").text;
    for code in [wallet.fresh_code(PATIENCE_MS).expect("a code").text, minted] {
        let (verdict, why, _) = grant(&station, &code, down);
        assert_eq!((verdict, why), shown("CAUTION", "offline"));
        let (verdict, why, scan) = grant(&station, &code, down);
        assert_eq!((verdict, why), shown("CAUTION", "already_used"), "{scan}");
        assert!(scan["last_used_site"].is_string() && scan["last_used_by"].is_string(), "{scan}");
    }
}

// covers: S4-19
#[test]
fn hardware_mints_codes_offline_until_the_members_access_ends() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = oakwood(folder.path());
    let member = add_member(&server, MEMBER);
    let station = Station::at_work(&server, &folder.path().join("station"), GUARD);
    let wallet = phone_with_hardware(&server, &folder.path().join("phone"), MEMBER);
    assert_eq!(wallet.code(PATIENCE_MS).expect("a code").source, CodeSource::Online);
    let own = wallet.offline_code().expect("a code");
    assert_eq!(scan(&station, &own.text, false), shown("CAUTION", "offline"));
    assert_eq!(scan(&station, &own.text, true), shown("VERIFIED", "ok"));

    let _ = server.local(&["user", "revoke", &member]);
    assert_eq!(scan(&station, &own.text, true), shown("DENIED", "revoked"));
    station.done(&["sync"]);
    assert_eq!(scan(&station, &own.text, false), shown("DENIED", "revoked"));
    assert_eq!(wallet.renew_certificate(PATIENCE_MS).expect_err("none").code(), "session_ended");
    assert_eq!(wallet.offline_code().expect_err("none").code(), "not_signed_in");
}

// covers: S0-5, S0-39, S0-40
#[test]
fn a_members_guest_arrives() {
    let folder = tempfile::tempdir().expect("a folder");
    let server = oakwood(folder.path());
    add_member(&server, MEMBER);
    let station = Station::at_work(&server, &folder.path().join("station"), GUARD);
    let wallet = Wallet { data: folder.path().join("wallet") };
    wallet.answer(&["sign-in", "--join", &organisations_code(&server), "--email", MEMBER]);
    wallet.answer(&["sign-in", "--email", MEMBER, "--code", &server.one_time_code(MEMBER)]);
    assert_eq!(wallet.refused(&["invite", "--name", "Vera", "--site", "2"]), "site_not_yours");
    let made = wallet.answer(&["invite", "--name", "Vera Visitor", "--max-uses", "1"]);
    station.done(&["sync"]);

    let output = station.run(&["scan", "--code", text(&made, "code"), "--grant"]);
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let arrival = json_lines(&output).remove(0);
    assert_eq!((text(&arrival, "name"), text(&arrival, "host")), ("Vera Visitor", "Mia Member"));
    station.done(&["sync"]);
    let listed = wallet.answer(&["invitations"]);
    assert_eq!(
        (text(&listed["invitations"][0], "status"), &listed["invitations"][0]["uses"]),
        ("accepted", &1.into())
    );
    wallet.answer(&["cancel", text(&made, "id")]);
    assert_eq!(text(&wallet.answer(&["invitations"])["invitations"][0], "status"), "cancelled");
}
