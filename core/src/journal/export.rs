//! A journal as text, for anyone to check offline: the head, an entry a line, perhaps a receipt.

use serde::{Deserialize, Serialize};

use super::{Chain, ChainError, DeviceCertificate, EntryKey, Head, Receipt, chain::SignedEntry};
use crate::{
    envelope::{Envelope, PublicKey},
    hex,
    id::{DeviceId, Digest32},
    keys::KeySet,
};

/// The first thing wrong with an export.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExportFault {
    /// Line, from 1, the head included.
    pub line: u64,
    /// The entry's number, once its signature held and its payload was read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub number: Option<u64>,
    /// The stable code.
    pub error: &'static str,
}

/// What an export proves.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Verified {
    /// Number of entries.
    pub entries: u64,
    /// SHA-256 of the last entry's payload.
    pub head: Digest32,
    /// Whether the organisation's keys certify the device; only with keys.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub certified: Option<bool>,
    /// How many entries the receipt covers; only with keys.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub receipted: Option<u64>,
}

/// Writes exports.
#[derive(Debug)]
pub struct Export;

#[derive(Deserialize)]
struct HeadLine {
    device: DeviceId,
    public_key: String,
    #[serde(default, deserialize_with = "present")]
    certificate: Option<String>,
}

/// A member that is there must be text; `null` is not the same as absent.
fn present<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Option<String>, D::Error> {
    String::deserialize(deserializer).map(Some)
}

#[derive(Deserialize)]
struct ReceiptLine {
    receipt: String,
}

impl Export {
    /// The head line.
    #[must_use]
    pub fn head(device: DeviceId, public_key: &[u8; 32], certificate: Option<&[u8]>) -> String {
        let mut head = serde_json::Map::new();
        head.insert("device".into(), device.to_string().into());
        head.insert("public_key".into(), hex::encode(public_key).into());
        if let Some(certificate) = certificate {
            head.insert("certificate".into(), hex::encode(certificate).into());
        }
        serde_json::Value::Object(head).to_string()
    }

    /// The line of an entry, with the key of its sealed part where that is disclosed.
    #[must_use]
    pub fn entry(envelope: &[u8], disclosed: Option<&EntryKey>) -> String {
        match disclosed {
            None => hex::encode(envelope),
            Some(key) => format!("{} {}", hex::encode(envelope), hex::encode(key.as_bytes())),
        }
    }

    /// The receipt line.
    #[must_use]
    pub fn receipt(receipt: &[u8]) -> String {
        format!("{{\"receipt\":\"{}\"}}", hex::encode(receipt))
    }
}

/// Checks an export; with the organisation's keys also its certificate and receipt.
///
/// # Errors
/// The first bad line.
pub fn verify_export(text: &[u8], keys: Option<&KeySet>) -> Result<Verified, ExportFault> {
    let fault = |line: u64, error: &'static str| ExportFault { line, number: None, error };
    let mut lines = split_lines(text);
    let head = lines.next().and_then(parse_head).ok_or_else(|| fault(1, "malformed"))?;
    let certified = match (keys, &head.certificate) {
        (Some(keys), Some(certificate)) => {
            if !certifies(certificate, &head, keys) {
                return Err(fault(1, "bad_certificate"));
            }
            Some(true)
        }
        (Some(_), None) => Some(false),
        (None, _) => None,
    };
    let mut chain = Chain::new(head.device);
    let mut receipt: Option<(u64, Vec<u8>)> = None;
    for (number, line) in (2..).zip(lines) {
        if receipt.is_some() {
            return Err(fault(number, "malformed"));
        }
        if line.first() == Some(&b'{') {
            receipt = Some((number, parse_receipt(line).ok_or_else(|| fault(number, "malformed"))?));
            continue;
        }
        let envelope = parse_entry(line).ok_or_else(|| fault(number, "malformed"))?;
        let signed = SignedEntry::open(&envelope, &head.key)
            .map_err(|error: ChainError| fault(number, error.code()))?;
        chain.push(&signed).map_err(|error| ExportFault {
            line: number,
            number: Some(signed.entry.number),
            error: error.code(),
        })?;
    }
    let receipted = match (keys, &receipt) {
        (Some(keys), Some((line, bytes))) => {
            Some(receipt_reach(bytes, &head, &chain, keys).ok_or_else(|| fault(*line, "bad_receipt"))?)
        }
        (Some(_), None) => Some(0),
        (None, _) => None,
    };
    let Head { number: entries, hash: head } = chain.head();
    Ok(Verified { entries, head, certified, receipted })
}

struct ParsedHead {
    device: DeviceId,
    key: PublicKey,
    certificate: Option<Vec<u8>>,
}

fn parse_head(line: &[u8]) -> Option<ParsedHead> {
    let head: HeadLine = object(line)?;
    let certificate = match head.certificate {
        None => None,
        Some(text) => Some(checked_envelope(&text)?),
    };
    Some(ParsedHead {
        device: head.device,
        key: PublicKey::new(hex::decode_array(&head.public_key)?),
        certificate,
    })
}

fn parse_receipt(line: &[u8]) -> Option<Vec<u8>> {
    let line: ReceiptLine = object(line)?;
    checked_envelope(&line.receipt)
}

/// A JSON object. An array of the same values in order, which serde would also take, is none.
fn object<'a, T: Deserialize<'a>>(line: &'a [u8]) -> Option<T> {
    let first = line.iter().find(|byte| !byte.is_ascii_whitespace())?;
    (*first == b'{').then(|| serde_json::from_slice(line).ok()).flatten()
}

/// The form of a certificate or receipt is checked even where no keys are given to check more.
fn checked_envelope(text: &str) -> Option<Vec<u8>> {
    hex::decode(text).filter(|bytes| Envelope::parse(bytes).is_ok())
}

fn parse_entry(line: &[u8]) -> Option<Vec<u8>> {
    let text = std::str::from_utf8(line).ok()?;
    let envelope = match text.split_once(' ') {
        None => text,
        Some((envelope, key)) => {
            hex::decode_array::<32>(key)?;
            envelope
        }
    };
    hex::decode(envelope)
}

fn certifies(certificate: &[u8], head: &ParsedHead, keys: &KeySet) -> bool {
    DeviceCertificate::open(certificate, keys)
        .is_some_and(|found| found.device == head.device && found.key == *head.key.as_bytes())
}

fn receipt_reach(bytes: &[u8], head: &ParsedHead, chain: &Chain, keys: &KeySet) -> Option<u64> {
    let receipt = Receipt::open(bytes, keys)?;
    let holds = receipt.device == head.device && chain.hash_of(receipt.number) == Some(receipt.hash);
    holds.then_some(receipt.number)
}

/// Lines by LF or CRLF; a last line end is optional.
fn split_lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    let text = text.strip_suffix(b"\n").unwrap_or(text);
    text.split(|byte| *byte == b'\n').map(|line| line.strip_suffix(b"\r").unwrap_or(line))
}
