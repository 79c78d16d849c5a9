//! Texts and bytes of formats: Base45, CBOR, names, enrolment codes.

use gatehouse_core::{
    base45 as b45,
    cbor::{Reader, Value},
    hex,
    name::{FullName, Likeness},
    pass::{Name, invalid_name},
    wire::{EnrolmentCode, MemberCode},
};

pub fn base45(data: &[u8]) {
    assert_eq!(b45::decode(&b45::encode(data)).as_deref(), Some(data));
    assert_eq!(hex::decode(&hex::encode(data)).as_deref(), Some(data));
    let text = String::from_utf8_lossy(data);
    if let Some(bytes) = b45::decode(&text) {
        assert_eq!(b45::encode(&bytes), text, "a second spelling");
        assert!(bytes.len() <= text.len() * 2 / 3);
    }
    if let Some(bytes) = hex::decode(&text) {
        assert_eq!(hex::encode(&bytes), text.to_ascii_lowercase());
    }
}

pub fn cbor(data: &[u8]) {
    let read = Value::from_bytes(data);
    // Skipping an item and reading it agree on what is an item.
    let skipped = Reader::whole(data, |reader| reader.encoded(Reader::skip).map(|(_, bytes)| bytes.len()));
    assert_eq!(skipped, read.as_ref().map(|_| data.len()).map_err(|error| *error));
    let Ok(value) = read else { return };
    assert_eq!(value.to_bytes(), data, "a second spelling");
    assert!(depth(&value) <= 16);
}

fn depth(value: &Value) -> usize {
    match value {
        Value::Array(items) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Map(entries) => 1 + entries.iter().map(|(_, value)| depth(value)).max().unwrap_or(0),
        _ => 0,
    }
}

pub fn name(data: &[u8]) {
    let typed = String::from_utf8_lossy(data);
    assert_eq!(Name::new(&typed).is_ok(), !invalid_name(&typed));
    let code = Name::of(&typed);
    if let Some(name) = &code {
        assert!(!invalid_name(name.as_str()), "{name:?}");
        assert_eq!(Name::of(name.as_str()).as_ref(), Some(name), "made twice, it is another name");
    }
    let Ok(full) = FullName::from_typed(&typed) else { return };
    assert_eq!(FullName::from_typed(full.as_str()).as_ref(), Ok(&full), "made twice, it is another name");
    let code = code.expect("what can be seen whole can be seen in part");
    assert!(full.as_str().starts_with(code.as_str()), "{code:?} of {full:?}");
    assert!(full.as_str().len() > 64 || code.as_str() == full.as_str(), "{code:?} of {full:?}");
    let likeness = Likeness::of(full.as_str());
    assert!(likeness.may_be(&likeness) || !full.as_str().chars().any(char::is_alphanumeric));
}

pub fn enrolment_code(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let Some(code) = EnrolmentCode::parse(&text) else { return };
    assert!(text.trim().len() <= 2048);
    let again = code.to_text();
    // JSON may spell a character shorter than we write it, so what was read is not always short enough again.
    if again.len() <= 2048 {
        assert_eq!(EnrolmentCode::parse(&again), Some(code));
    }
}

pub fn member_code(data: &[u8]) {
    let text = String::from_utf8_lossy(data);
    let Some(code) = MemberCode::parse(&text) else { return };
    assert!(text.trim().len() <= 2048);
    // What hangs on the wall must not enrol a station, and the other way round.
    assert_eq!(EnrolmentCode::parse(&text), None, "one text for two ends");
    let again = code.to_text();
    if again.len() <= 2048 {
        assert_eq!(MemberCode::parse(&again), Some(code));
    }
}
