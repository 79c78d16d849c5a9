use gatehouse_core::{
    decision::{OnlineAnswer, code_digest},
    device::{Answer, ClientError, Next, classify, classify_failure},
    id::EntryId,
    wire::{
        CodeRequest, EnrolAnswer, EnrolRequest, EnrolmentCode, EntriesAnswer, EntriesRequest, EntryResult,
        EventView, GenerateIdAnswer, InvitationAnswer, InvitationRequest, InvitationView, KeysAnswer,
        OnSiteVisit, Problem, ShiftAnswer, ShiftRequest, SignInAnswer, SignInRequest, VerifyAnswer,
        VerifyRequest,
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
    let answer = Answer { status, retry_after, upload_offset, content_type, body };
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
    same::<CodeRequest>(data);
    same::<EnrolAnswer>(data);
    same::<EnrolRequest>(data);
    same::<EnrolmentCode>(data);
    same::<EntriesAnswer>(data);
    same::<EntriesRequest>(data);
    same::<EventView>(data);
    same::<GenerateIdAnswer>(data);
    same::<InvitationAnswer>(data);
    same::<InvitationRequest>(data);
    same::<InvitationView>(data);
    same::<KeysAnswer>(data);
    same::<Vec<OnSiteVisit>>(data);
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
