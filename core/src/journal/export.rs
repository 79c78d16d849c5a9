//! A journal as text, for anyone to check offline: the head, an entry a line, perhaps a receipt.

use std::io::{self, BufRead, Read};

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

impl ExportFault {
    const fn new(line: u64, error: &'static str) -> Self {
        Self { line, number: None, error }
    }
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

/// Longest line that is looked at; the longest legal entry is far shorter. Bytes.
const LONGEST_LINE: u64 = 1 << 20;

/// Checks an export in memory; with the organisation's keys also its certificate and receipt.
///
/// # Errors
/// The first bad line.
pub fn verify_export(text: &[u8], keys: Option<&KeySet>) -> Result<Verified, ExportFault> {
    // Reading from memory cannot fail; if it did, nothing would be proven.
    verify_export_from(text, keys).unwrap_or_else(|_| Err(ExportFault::new(1, "malformed")))
}

/// Checks an export of any length, line by line.
///
/// # Errors
/// Input that cannot be read; within, the first bad line.
pub fn verify_export_from(
    mut input: impl BufRead,
    keys: Option<&KeySet>,
) -> io::Result<Result<Verified, ExportFault>> {
    let mut line = Vec::new();
    read_line(&mut input, &mut line)?;
    let mut check = match Checking::begin(&line, keys) {
        Ok(check) => check,
        Err(fault) => return Ok(Err(fault)),
    };
    for number in 2.. {
        if !read_line(&mut input, &mut line)? {
            break;
        }
        if let Err(fault) = check.line(number, &line) {
            return Ok(Err(fault));
        }
    }
    Ok(Ok(check.finish()))
}

/// Reads the next line without its LF or CRLF; false at the end. One that is too long is cut, and no entry either way.
fn read_line(input: &mut impl BufRead, line: &mut Vec<u8>) -> io::Result<bool> {
    line.clear();
    let read = input.by_ref().take(LONGEST_LINE).read_until(b'\n', line)?;
    if line.pop_if(|last| *last == b'\n').is_some() {
        line.pop_if(|last| *last == b'\r');
    }
    Ok(read > 0)
}

/// An export being checked.
struct Checking<'a> {
    keys: Option<&'a KeySet>,
    head: ParsedHead,
    chain: Chain,
    receipted: Option<u64>,
    receipt_seen: bool,
}

impl<'a> Checking<'a> {
    fn begin(line: &[u8], keys: Option<&'a KeySet>) -> Result<Self, ExportFault> {
        let head = parse_head(line).ok_or(ExportFault::new(1, "malformed"))?;
        if let (Some(keys), Some(certificate)) = (keys, &head.certificate)
            && !certifies(certificate, &head, keys)
        {
            return Err(ExportFault::new(1, "bad_certificate"));
        }
        let chain = Chain::new(head.device);
        Ok(Self { keys, head, chain, receipted: keys.map(|_| 0), receipt_seen: false })
    }

    fn line(&mut self, number: u64, line: &[u8]) -> Result<(), ExportFault> {
        let malformed = ExportFault::new(number, "malformed");
        if self.receipt_seen {
            return Err(malformed);
        }
        if line.first() == Some(&b'{') {
            let receipt = parse_receipt(line).ok_or(malformed)?;
            self.receipt_seen = true;
            if let Some(keys) = self.keys {
                let reach = receipt_reach(&receipt, &self.head, &self.chain, keys);
                self.receipted = Some(reach.ok_or(ExportFault::new(number, "bad_receipt"))?);
            }
            return Ok(());
        }
        let envelope = parse_entry(line).ok_or(malformed)?;
        let signed = SignedEntry::open(&envelope, &self.head.key)
            .map_err(|error| ExportFault::new(number, error.code()))?;
        let fault = |error: ChainError| ExportFault {
            number: Some(signed.entry.number),
            ..ExportFault::new(number, error.code())
        };
        self.chain.push(&signed).map_err(fault)
    }

    fn finish(self) -> Verified {
        let Head { number: entries, hash: head } = self.chain.head();
        let certified = self.keys.map(|_| self.head.certificate.is_some());
        Verified { entries, head, certified, receipted: self.receipted }
    }
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
