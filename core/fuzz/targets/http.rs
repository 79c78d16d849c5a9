//! Whatever answers an HTTP call in the server's place.

use gatehouse_core::{
    decision::{OnlineAnswer, code_digest},
    device::{Next, classify, classify_answer, classify_batch, classify_failure, classify_photo},
    id::{Digest32, EntryId},
    journal::Head,
    network::{Answer, ClientError},
    wire::{
        CertificateAnswer, CertificateRequest, CodeRequest, EnrolAnswer, EnrolRequest, EnrolmentCode,
        EntriesAnswer, EntriesRequest, EntryResult, EventView, FacesAnswer, GenerateIdAnswer,
        InvalidateIdAnswer, InvitationAnswer, InvitationRequest, InvitationView, KeysAnswer, MemberCode,
        MessagesRead, MyEntries, MyMessages, OnSiteVisit, OrganisationAnswer, Problem, ShiftAnswer,
        ShiftRequest, SignInAnswer, SignInRequest, VerifyAnswer, VerifyRequest,
    },
};
use serde::{Serialize, de::DeserializeOwned};

/// Two bytes of status, lines `Retry-After`, `Upload-Offset` and `Content-Type`, and the body.
pub fn answer(data: &[u8]) {
    let Some((status, rest)) = data.split_first_chunk::<2>() else { return };
    let status = u16::from_be_bytes(*status);
    let mut lines = rest.splitn(4, |byte| *byte == b'\n');
    let mut header = || {
        let line = lines.next().filter(|line| !line.is_empty())?;
        Some(String::from_utf8_lossy(line).into_owned())
    };
    let (retry_after, upload_offset, content_type) = (header(), header(), header());
    let body = lines.next().unwrap_or_default().to_vec();
    let answer = Answer { status, retry_after, upload_offset, content_type, location: None, body };
    match answer.clone().successful() {
        Ok(good) => {
            assert!((200..300).contains(&status) && good == answer);
            successful(&good);
        }
        Err(error) => {
            assert!(!(200..300).contains(&status) || matches!(error, ClientError::NotGatehouse));
            // Whoever answers instead of the server must not look like its refusal.
            let refused = matches!(&error, ClientError::Refused { status: said, .. } if *said == status);
            assert!(refused || matches!(error, ClientError::NotGatehouse), "{error:?}");
            let ours = matches!(error, ClientError::Refused { ours: true, .. });
            assert_eq!(error.is_offline(), !ours);
            assert!(!(refused && (300..400).contains(&status)), "a redirection is none of ours");
            // A call that failed loses no entry: it is neither sent nor set aside.
            assert!(matches!(classify_failure(&error), Next::Retry(_) | Next::Pause), "{error:?}");
            failed(&error, ours);
        }
    }
}

/// What a failure means for a batch and for a photo: only the server's own word sets anything aside or pauses.
fn failed(error: &ClientError, ours: bool) {
    for entries in [1, 2, 200] {
        let next = classify_batch(error, entries);
        match &next {
            Next::Fewer => assert!(entries > 1, "a single entry cannot be fewer: {error:?}"),
            Next::Stuck(code) => assert!(ours && entries == 1 && shown(code), "{error:?}: {code}"),
            Next::Pause => assert!(ours, "{error:?}"),
            Next::Retry(_) => {}
            next => panic!("{error:?} means {next:?}"),
        }
    }
    for named in [false, true] {
        match classify_photo(error, named) {
            Next::Stuck(code) => {
                assert!((ours || named) && shown(&code), "{error:?}: {code}");
            }
            Next::Anew | Next::Pause => assert!(ours, "{error:?}"),
            Next::Fewer | Next::AskAgain | Next::Retry(_) => {}
            next => panic!("{error:?} means {next:?}"),
        }
    }
}

/// Whether a code may be kept and shown as it is.
fn shown(code: &str) -> bool {
    (1..=64).contains(&code.len())
        && code.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// What an answer says of a batch: only what the receipt covers counts as sent, and an answer about something else
/// marks nothing.
fn batch(results: &[EntryResult]) {
    let hash = |number: u64| Digest32::of(&number.to_be_bytes());
    let offered: Vec<Head> =
        (4..).zip(results).map(|(number, _)| Head { number, hash: hash(number) }).collect();
    for reach in [0, 3, 4, 6, u64::MAX] {
        for reach in [Head { number: reach, hash: hash(reach) }, Head { number: reach, hash: hash(0) }] {
            assert!(results.is_empty() || classify_answer(&offered[1..], results, reach).is_none());
            let Some(all) = classify_answer(&offered, results, reach) else { continue };
            assert_eq!(all.len(), results.len());
            for (entry, next) in offered.iter().zip(all) {
                match next {
                    Next::Sent => {
                        assert!(entry.number < reach.number || *entry == reach, "sent beyond the receipt");
                    }
                    Next::ResumeAt(number) => {
                        assert!(
                            number < entry.number && Some(number) == reach.number.checked_add(1),
                            "{number}"
                        );
                    }
                    Next::Stuck(code) => assert!(shown(&code), "{code}"),
                    Next::Forked | Next::Taken => {}
                    next => panic!("an entry is {next:?}"),
                }
            }
        }
    }
}

fn successful(answer: &Answer) {
    if let Ok(bytes) = answer.uploaded() {
        assert_eq!(answer.upload_offset.as_ref().and_then(|text| text.parse().ok()), Some(bytes));
    }
    if let Ok(entries) = answer.json::<EntriesAnswer>() {
        for result in &entries.results {
            let done = matches!(result, EntryResult::Accepted | EntryResult::Duplicate);
            assert_eq!(classify(result) == Next::Sent, done, "{result:?}");
        }
        batch(&entries.results);
    }
    let (event, text) = (EntryId([9; 16]), "GH1:CODE");
    if let Ok(verified) = answer.json::<VerifyAnswer>() {
        let accepted = OnlineAnswer::accept(&verified, event, text).is_some();
        let about = verified.event == event && verified.code_sha256 == code_digest(text);
        assert!(
            !accepted || (about && verified.checks.len() >= 4),
            "an answer about another scan was accepted"
        );
    }
    wire(&answer.body);
}

/// The bytes as each JSON type of the API: what is read is written so that it is read again as the same.
pub fn wire(data: &[u8]) {
    same::<CertificateAnswer>(data);
    same::<CertificateRequest>(data);
    same::<CodeRequest>(data);
    same::<EnrolAnswer>(data);
    same::<EnrolRequest>(data);
    same::<EnrolmentCode>(data);
    same::<EntriesAnswer>(data);
    same::<EntriesRequest>(data);
    same::<EventView>(data);
    same::<FacesAnswer>(data);
    same::<GenerateIdAnswer>(data);
    same::<InvalidateIdAnswer>(data);
    same::<InvitationAnswer>(data);
    same::<InvitationRequest>(data);
    same::<InvitationView>(data);
    same::<KeysAnswer>(data);
    same::<MemberCode>(data);
    same::<MessagesRead>(data);
    same::<MyEntries>(data);
    same::<MyMessages>(data);
    same::<Vec<OnSiteVisit>>(data);
    same::<OrganisationAnswer>(data);
    same::<Problem>(data);
    same::<ShiftAnswer>(data);
    same::<ShiftRequest>(data);
    same::<SignInAnswer>(data);
    same::<SignInRequest>(data);
    same::<VerifyAnswer>(data);
    same::<VerifyRequest>(data);
}

fn same<T: Serialize + DeserializeOwned>(data: &[u8]) {
    let Ok(value) = serde_json::from_slice::<T>(data) else { return };
    let written = serde_json::to_vec(&value).expect("written");
    let again: T = serde_json::from_slice(&written).expect("read again");
    assert_eq!(serde_json::to_vec(&again).expect("written"), written, "{}", std::any::type_name::<T>());
}

pub fn answer_of(status: u16, headers: &str, body: &str) -> Vec<u8> {
    [&status.to_be_bytes(), headers.as_bytes(), body.as_bytes()].concat()
}

/// JSON as server and phone exchange it.
pub fn json() -> Vec<String> {
    let id = "01".repeat(16);
    let digest = "02".repeat(32);
    vec![
        r#"{"email":"a@b.example","code":"123456"}"#.to_owned(),
        r#"{"type":"about:blank","title":"Too many requests.","status":429,"code":"too_many_tries"}"#
            .to_owned(),
        format!(
            r#"{{"results":[{{"result":"accepted"}},{{"result":"duplicate"}},{{"result":"missing","expected":3}},{{"result":"forked"}},{{"result":"rejected","code":"malformed"}}],"receipt":"{digest}","photos":["{digest}"],"server_time":1790000000000,"findings":[{{"event":"{id}","verdict":"DENIED","code":"revoked","since":5}}]}}"#
        ),
        format!(r#"{{"entries":[{{"envelope":"a0","key":"{digest}"}}]}}"#),
        format!(
            r#"{{"event":"{}","code_sha256":"{}","server_time":1790000000000,"checks":{{"revocation":"ok","access":"banned","site":"not_assigned","uses":"new_code"}},"host":"Hugo","last_used":5,"stay":"{id}"}}"#,
            EntryId([9; 16]),
            gatehouse_core::decision::code_digest("GH1:CODE"),
        ),
        format!(r#"{{"event":"{id}","code":"GH1:CODE","site":1,"leaving":"{id}"}}"#),
        format!(r#"{{"shift":"{id}","site":1}}"#),
        r#"{"site_name":"North","server_time":1790000000000}"#.to_owned(),
        format!(r#"[{{"stay":"{id}","name":null,"subject":"{id}","site":1,"since":5,"stale":true}}]"#),
        format!(
            r#"{{"device":"{id}","token":"t","certificate":"a0","organisation":"Oak","keys":{{"root":"{digest}","keys":"a0"}},"policy":{{"deny_expired_pack":true,"deny_absent_pack":false,"deny_expired_keys":true,"online_timeout_ms":1500}},"server_time":9}}"#
        ),
        format!(r#"{{"request":"{digest}","name":"Laptop"}}"#),
        format!(
            r#"{{"event":"{id}","kind":"visitor","verdict":"CAUTION","code":"offline","granted":true,"flagged":false,"name":"Vera","site":1,"happened_at":1,"received_at":2,"departed_at":3,"photo":"{digest}"}}"#
        ),
        r#"{"code":"GH1:CODE","expires_at":1790000000,"server_time":1790000000000}"#.to_owned(),
        r#"{"superseded_before":1790000001,"server_time":1790000000000}"#.to_owned(),
        format!(
            r#"{{"name":"Oakwood","keys":{{"root":"{digest}","keys":"a0"}},"server_time":1790000000000}}"#
        ),
        format!(r#"{{"key":"{digest}","time":1790000000,"signature":"{digest}{digest}"}}"#),
        r#"{"certificate":"a0","server_time":1790000000000}"#.to_owned(),
        format!(
            r#"{{"cursor":"c","entries":[{{"event":"{id}","site":1,"site_name":"North","at":5,"offline_code":true,"verdict":null,"granted":true}}],"server_time":9}}"#
        ),
        format!(
            r#"{{"cursor":"c","messages":[{{"id":"{id}","severity":"critical","title":"Closed","body":"a\nb","from":1,"until":2,"sent_at":5,"read":false}}],"server_time":9}}"#
        ),
        format!(r#"{{"read":["{id}"]}}"#),
        format!(r#"{{"faces":[{{"subject":"{id}","sha256":"{digest}"}}]}}"#),
        format!(r#"{{"url":"https://gate.example","org":"oak","root":"{digest}"}}"#),
        format!(r#"{{"token":"t","person":"{id}","name":"Grace","role":"guard","server_time":9}}"#),
        r#"{"name":"Vera","sites":[1,2],"from":1,"until":2,"max_uses":3,"note":"n"}"#.to_owned(),
        format!(
            r#"{{"id":"{id}","reference":"R-1","name":"Vera","host":null,"sites":null,"from":1,"until":2,"max_uses":null,"uses":0,"status":"pending","note":""}}"#
        ),
    ]
}
