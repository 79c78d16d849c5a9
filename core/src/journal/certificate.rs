//! The server's word that a journal key is a certain device's.

use ed25519_dalek::SigningKey;

use crate::{
    cbor::{CborError, Reader, Writer},
    envelope::{self, Envelope, PublicKey, Purpose},
    id::{DeviceId, Digest32, OrgCode},
    keys::{KeySet, org, time},
    time::UnixSeconds,
};

/// The server's word that a journal key is a certain device's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DeviceCertificate {
    /// Whose device.
    pub org: OrgCode,
    /// Which.
    pub device: DeviceId,
    /// Its journal key.
    pub key: [u8; 32],
    /// When it was enrolled.
    pub enrolled_at: UnixSeconds,
}

impl DeviceCertificate {
    /// Reads a certificate and checks that a key of purpose 2, valid at its time and of its organisation, signed it.
    #[must_use]
    pub fn open(bytes: &[u8], keys: &KeySet) -> Option<Self> {
        let envelope = Envelope::parse(bytes).ok()?;
        keys.verify_packed(&envelope, Purpose::Device, Self::read, |certificate| certificate.enrolled_at)
            .filter(|certificate| certificate.org == keys.org)
    }

    /// The certificate, signed.
    #[must_use]
    pub fn sign(&self, key: &SigningKey) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.map(4).uint(1).text(self.org.as_str()).uint(2).bytes(self.device.as_bytes());
        writer.uint(3).bytes(&self.key).uint(4).uint(self.enrolled_at.get());
        envelope::sign(Purpose::Device, key, &writer.finish())
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, CborError> {
        reader.map(|map| {
            map.expect_key(1)?;
            let org = org(map)?;
            map.expect_key(2)?;
            let device = DeviceId(map.array_of()?);
            map.expect_key(3)?;
            let key = map.array_of()?;
            map.expect_key(4)?;
            Ok(Self { org, device, key, enrolled_at: time(map)? })
        })
    }
}

/// The server's word on how far a journal reached.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Whose device.
    pub org: OrgCode,
    /// Which.
    pub device: DeviceId,
    /// The last entry's number.
    pub number: u64,
    /// SHA-256 of that entry's payload.
    pub hash: Digest32,
    /// When.
    pub time: UnixSeconds,
}

impl Receipt {
    /// Reads a receipt and checks that a key of purpose 2, valid at its time and of its organisation, signed it.
    #[must_use]
    pub fn open(bytes: &[u8], keys: &KeySet) -> Option<Self> {
        let envelope = Envelope::parse(bytes).ok()?;
        keys.verify_packed(&envelope, Purpose::Receipt, Self::read, |receipt| receipt.time)
            .filter(|receipt| receipt.org == keys.org)
    }

    /// The receipt, signed.
    #[must_use]
    pub fn sign(&self, key: &SigningKey) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.map(5).uint(1).text(self.org.as_str()).uint(2).bytes(self.device.as_bytes());
        writer.uint(3).uint(self.number).uint(4).bytes(self.hash.as_bytes()).uint(5).uint(self.time.get());
        envelope::sign(Purpose::Receipt, key, &writer.finish())
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, CborError> {
        reader.map(|map| {
            map.expect_key(1)?;
            let org = org(map)?;
            map.expect_key(2)?;
            let device = DeviceId(map.array_of()?);
            map.expect_key(3)?;
            let number = map.uint()?;
            map.expect_key(4)?;
            let hash = Digest32(map.array_of()?);
            map.expect_key(5)?;
            Ok(Self { org, device, number, hash, time: time(map)? })
        })
    }
}

/// A phone's request to enrol, signed by the journal key that it asks to have certified.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EnrolRequest {
    /// The organisation to join.
    pub org: OrgCode,
    /// SHA-256 of the one-time code on the admin's screen.
    pub code_hash: Digest32,
    /// The journal key.
    pub key: [u8; 32],
    /// The phone's time.
    pub time: UnixSeconds,
}

impl EnrolRequest {
    /// Reads a request and checks that the key in it signed it.
    #[must_use]
    pub fn open(bytes: &[u8]) -> Option<Self> {
        let envelope = Envelope::parse(bytes).ok()?;
        let request = Reader::whole(envelope.payload, Self::read).ok()?;
        envelope.verify(Purpose::Enrol, &PublicKey::new(request.key)).then_some(request)
    }

    /// The request, signed by the journal key, whose public half replaces `key`.
    #[must_use]
    pub fn sign(&self, key: &SigningKey) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.map(4).uint(1).text(self.org.as_str()).uint(2).bytes(self.code_hash.as_bytes());
        writer.uint(3).bytes(&key.verifying_key().to_bytes()).uint(4).uint(self.time.get());
        envelope::sign(Purpose::Enrol, key, &writer.finish())
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, CborError> {
        reader.map(|map| {
            map.expect_key(1)?;
            let org = org(map)?;
            map.expect_key(2)?;
            let code_hash = Digest32(map.array_of()?);
            map.expect_key(3)?;
            let key = map.array_of()?;
            map.expect_key(4)?;
            Ok(Self { org, code_hash, key, time: time(map)? })
        })
    }
}
