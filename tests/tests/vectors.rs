//! The public vectors, through the command line as a stranger would run them.

use std::{fs, io::Write};

use gatehouse_tests::{here, json_lines, run};
use serde_json::{Value, json};

fn pass_vectors() -> Value {
    let text = fs::read_to_string(here().join("vectors/pass.json")).expect("vectors");
    serde_json::from_str(&text).expect("JSON")
}

fn bytes(hex: &Value) -> Vec<u8> {
    let hex = hex.as_str().expect("hex text");
    (0..hex.len()).step_by(2).map(|at| u8::from_str_radix(&hex[at..at + 2], 16).expect("hex")).collect()
}

fn file(content: &[u8]) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().expect("a file");
    file.write_all(content).expect("written");
    file
}

fn path(file: &tempfile::NamedTempFile) -> &str {
    file.path().to_str().expect("UTF-8")
}

// covers: S0-126, S4-20, S4-52, S4-57, S4-58, S4-59, S4-60, S4-63
#[test]
fn every_pass_vector_has_its_verdict() {
    let vectors = pass_vectors();
    let root = vectors["root"].as_str().expect("root");
    let cases = vectors["cases"].as_array().expect("cases");
    assert_eq!(cases.len(), 341);
    let (with_keys, batch): (Vec<_>, Vec<_>) = cases.iter().partition(|case| case.get("keys").is_some());

    let keys = file(&bytes(&vectors["keys"]));
    let lines: String = batch
        .iter()
        .map(|case| {
            let mut line = json!({"id": case["id"], "code": case["code"], "at": case["at"]});
            if let Some(site) = case.get("site") {
                line["site"] = site.clone();
            }
            if let Some(pack) = case.get("pack") {
                line["pack"] = vectors["packs"][pack.as_str().expect("name")].clone();
            }
            format!("{line}\n")
        })
        .collect();
    let batch_file = file(lines.as_bytes());
    let output = run(&["verify", "--root", root, "--keys", path(&keys), "--batch", path(&batch_file)]);
    assert!(output.status.success(), "{output:?}");
    let answers = json_lines(&output);
    assert_eq!(answers.len(), batch.len());
    let mut wrong = Vec::new();
    for (case, answer) in batch.iter().zip(&answers) {
        if !agrees(case, answer, true) {
            wrong.push(format!("{}: {answer}", case["id"]));
        }
    }
    for case in &with_keys {
        let keys = file(&bytes(&vectors["keysets"][case["keys"].as_str().expect("name")]));
        let (at, code) = (case["at"].to_string(), case["code"].as_str().expect("text"));
        let output = run(&["verify", "--root", root, "--keys", path(&keys), "--at", &at, "--code", code]);
        let good = match case.get("error") {
            Some(error) => {
                output.status.code() == Some(2)
                    && String::from_utf8_lossy(&output.stderr).starts_with(error.as_str().expect("code"))
            }
            None => agrees(case, &json_lines(&output)[0], false),
        };
        if !good {
            wrong.push(format!("{}: {output:?}", case["id"]));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

fn agrees(case: &Value, answer: &Value, repeats_id: bool) -> bool {
    let id = if repeats_id { answer["id"] == case["id"] } else { answer.get("id").is_none() };
    id && match case.get("error") {
        Some(error) => answer["error"] == *error && answer.get("verdict").is_none(),
        None => {
            let checks = answer["checks"].as_array().map_or(0, Vec::len);
            let denied_early = answer.get("subject").is_none();
            answer["verdict"] == case["verdict"]
                && answer["code"] == case["expect"]
                && checks == 13
                // Nothing of a code that is not ours is shown.
                && (answer["verdict"] == "DENIED" || !denied_early)
        }
    }
}

#[test]
fn a_denied_code_names_the_check_and_shows_nothing() {
    let vectors = pass_vectors();
    let keys = file(&bytes(&vectors["keys"]));
    let root = vectors["root"].as_str().expect("root");
    let case = |id: &str| {
        let cases = vectors["cases"].as_array().expect("cases");
        let case = cases.iter().find(|case| case["id"] == id).expect("the case").clone();
        let (at, code) = (case["at"].to_string(), case["code"].as_str().expect("text").to_owned());
        let output = run(&["verify", "--root", root, "--keys", path(&keys), "--at", &at, "--code", &code]);
        (output.status.code(), json_lines(&output).remove(0))
    };
    let (status, answer) = case("other organisation, expired");
    assert_eq!(status, Some(20));
    let states: Vec<_> =
        answer["checks"].as_array().expect("checks").iter().map(|check| &check["state"]).collect();
    assert_eq!(states[..4], ["passed", "passed", "failed", "skipped"]);
    assert!(answer.get("kind").is_none() && answer.get("name").is_none(), "{answer}");
    let (status, answer) = case("member");
    assert_eq!(status, Some(10));
    assert_eq!(answer["kind"], "member");
    assert!(answer["subject"].as_str().is_some_and(|subject| subject.len() == 32));
}

#[test]
fn every_journal_vector_has_its_answer() {
    let folder = here().join("vectors/journal");
    let expected: Value =
        serde_json::from_str(&fs::read_to_string(folder.join("expect.json")).expect("expectations"))
            .expect("JSON");
    let root = fs::read_to_string(folder.join("root.hex")).expect("root");
    let keys = folder.join("keys.bin");
    let mut wrong = Vec::new();
    let journals = expected.as_object().expect("an object");
    assert_eq!(journals.len(), 52);
    for (name, expect) in journals {
        let journal = folder.join(format!("{name}.journal"));
        let mut args = vec!["journal", "verify", journal.to_str().expect("UTF-8")];
        let mut expect = expect.clone();
        if expect.as_object_mut().and_then(|expect| expect.remove("with_keys")).is_some() {
            args.extend(["--root", root.trim(), "--keys", keys.to_str().expect("UTF-8")]);
        }
        let output = run(&args);
        let status = if expect["ok"] == true { 0 } else { 1 };
        if json_lines(&output) != [expect.clone()] || output.status.code() != Some(status) {
            wrong.push(format!("{name}: {output:?}\n  not {expect}"));
        }
    }
    assert!(wrong.is_empty(), "{} wrong:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn a_head_that_is_no_object_is_malformed() {
    let text = fs::read_to_string(here().join("vectors/journal/one.journal")).expect("a journal");
    let (head, rest) = text.split_once('\n').expect("lines");
    let head: Value = serde_json::from_str(head).expect("JSON");
    let journal = file(format!("{}\n{rest}", json!([head["device"], head["public_key"]])).as_bytes());
    let output = run(&["journal", "verify", path(&journal)]);
    assert_eq!(json_lines(&output), [json!({"ok": false, "line": 1, "error": "malformed"})]);
}

#[test]
fn a_bad_receipt_is_found_before_what_stands_behind_it() {
    let folder = here().join("vectors/journal");
    let text = fs::read_to_string(folder.join("keys-receipt-by-stranger.journal")).expect("a journal");
    let journal = file(format!("{}\njunk\n", text.trim_end()).as_bytes());
    let root = fs::read_to_string(folder.join("root.hex")).expect("root");
    let keys = folder.join("keys.bin");
    let output = run(&[
        "journal",
        "verify",
        path(&journal),
        "--root",
        root.trim(),
        "--keys",
        keys.to_str().expect("UTF-8"),
    ]);
    assert_eq!(json_lines(&output), [json!({"ok": false, "line": 62, "error": "bad_receipt"})]);
}

#[test]
fn speccheck_accepts_only_its_one_good_signature() {
    use gatehouse_core::{envelope::PublicKey, hex};
    let text = fs::read_to_string(here().join("vectors/speccheck.json")).expect("vectors");
    let cases: Vec<Value> = serde_json::from_str(&text).expect("JSON");
    let field = |case: &Value, name: &str| hex::decode(case[name].as_str().expect("hex")).expect("hex");
    let accepted: Vec<usize> = (0..cases.len())
        .filter(|index| {
            let case = &cases[*index];
            let key = PublicKey::new(field(case, "pub_key").try_into().expect("32 bytes"));
            key.verifies(&field(case, "message"), &field(case, "signature").try_into().expect("64 bytes"))
        })
        .collect();
    assert_eq!((cases.len(), accepted), (12, vec![3]));
}

#[test]
fn what_is_no_batch_line_is_answered_as_such() {
    let vectors = pass_vectors();
    let keys = file(&bytes(&vectors["keys"]));
    let batch = file(b"{}\n\nnot json\n{\"id\":\"a\",\"code\":1}\n{\"id\":\"b\",\"code\":\"\",\"at\":-1}\n[\"x\",\"\",0,null,null]\n{\"id\":\"c\",\"code\":\"\"}");
    let root = vectors["root"].as_str().expect("root");
    let output = run(&["verify", "--root", root, "--keys", path(&keys), "--batch", path(&batch)]);
    let answers = json_lines(&output);
    assert_eq!(answers.len(), 7);
    assert!(answers[..6].iter().all(|answer| *answer == json!({"error": "malformed"})), "{answers:?}");
    assert_eq!((&answers[6]["id"], &answers[6]["code"]), (&json!("c"), &json!("malformed")));
    assert_eq!(output.status.code(), Some(0));
}
