//! What a pass says: its claims, strict both ways.

use std::fmt;

use ed25519_dalek::SigningKey;

use crate::{
    cbor::{CborError, Key, MapReader, Reader, Writer},
    envelope::{self, Purpose},
    id::{OrgCode, SiteNumber, SubjectId, TokenId},
    keys::{org, time},
    name,
    pass::{DeviceKey, PassKind},
    time::UnixSeconds,
};

/// Bytes of a name that a pass can carry.
const LONGEST_NAME: usize = 64;

/// Sites that a pass can name.
pub const MAX_SITES: usize = 16;

/// Key of the private claim (RFC 8392 leaves those below -65536 for private use), as CBOR counts negatives.
const BODY_CLAIM: u64 = 65_536;

/// A name to show: 1 to 64 bytes, no control and no bidirectional control characters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name(String);

impl Name {
    /// Takes a name as it stands.
    ///
    /// # Errors
    /// Empty, above 64 bytes, or with characters that could garble what the guard sees.
    pub fn new(name: &str) -> Result<Self, CborError> {
        if invalid_name(name) { Err(CborError::Unexpected) } else { Ok(Self(name.to_owned())) }
    }

    /// What a code carries of a name: the whole of it, or as many whole words as fit. Nothing if nothing of it can be
    /// seen.
    #[must_use]
    pub fn of(full: &str) -> Option<Self> {
        let full = name::bounded(full)?;
        Self::new(name::shortened(&full, LONGEST_NAME)).ok()
    }

    /// What a code carries of a name that it has no room for; nothing where it carries the whole.
    #[must_use]
    pub fn short_of(full: &str) -> Option<Self> {
        Self::of(full).filter(|name| name.as_str() != full)
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Whether `name` is no legal name of a pass.
#[must_use]
pub fn invalid_name(name: &str) -> bool {
    name.is_empty() || name.len() > LONGEST_NAME || name.chars().any(name::garbles)
}

/// What kind of pass it is, with what only that kind has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Kind {
    /// A member's short-lived access ID.
    Member,
    /// A visitor's invitation, with its most uses if limited.
    Visitor {
        /// 1 to 1,000,000; nothing is unlimited.
        max_uses: Option<u32>,
    },
    /// A certificate for a member's phone; never a code by itself.
    Device(DeviceKey),
}

impl Kind {
    /// Longest life in seconds, from the earlier of nbf and iat to exp.
    #[must_use]
    pub const fn longest_life(&self) -> u64 {
        match self {
            Self::Member => 900,
            Self::Visitor { .. } => 400 * 86_400,
            Self::Device(_) => 30 * 86_400,
        }
    }
}

/// A pass's claims, as signed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claims {
    /// Who issued it.
    pub org: OrgCode,
    /// First second in which it is no longer valid.
    pub expires_at: UnixSeconds,
    /// First second in which it is valid.
    pub not_before: UnixSeconds,
    /// When it was made.
    pub issued_at: UnixSeconds,
    /// This very pass.
    pub token: TokenId,
    /// Its kind.
    pub kind: Kind,
    /// Who or what it speaks for.
    pub subject: SubjectId,
    /// The name to show.
    pub name: Option<Name>,
    /// Sites that it is for, ascending; nothing is any site of the organisation.
    pub sites: Option<Vec<SiteNumber>>,
}

/// What an issuer says of a pass about to be made.
#[derive(Debug, Clone)]
pub struct NewPass<'a> {
    /// The claims; sites beyond the format's number are refused by [`NewPass::issue`].
    pub claims: &'a Claims,
    /// The key that signs, which must be valid at `issued_at`.
    pub key: &'a SigningKey,
}

impl NewPass<'_> {
    /// The text for the QR.
    ///
    /// # Errors
    /// Claims that no reader would accept.
    pub fn issue(&self) -> Result<String, CborError> {
        Ok(super::text_of(&self.envelope()?))
    }

    /// The signed envelope alone, as proofs carry it.
    ///
    /// # Errors
    /// Claims that no reader would accept.
    pub fn envelope(&self) -> Result<Vec<u8>, CborError> {
        let payload = self.claims.to_bytes();
        // An issuer holds itself to what it demands of others.
        Claims::parse(&payload)?;
        Ok(envelope::sign(Purpose::Pass, self.key, &payload))
    }
}

impl Claims {
    /// Reads claims out of a verified envelope's payload.
    ///
    /// # Errors
    /// Whatever the grammar does not allow.
    pub fn parse(payload: &[u8]) -> Result<Self, CborError> {
        let claims = Reader::whole(payload, |reader| reader.map(Self::read))?;
        if claims.not_before >= claims.expires_at || claims.issued_at >= claims.expires_at {
            return Err(CborError::Unexpected);
        }
        Ok(claims)
    }

    fn read(map: &mut MapReader<'_, '_>) -> Result<Self, CborError> {
        let (mut iss, mut exp, mut nbf, mut iat, mut cti, mut body) = (None, None, None, None, None, None);
        while let Some(key) = map.next_key()? {
            match key {
                Key::Uint(1) => iss = Some(org(map)?),
                Key::Uint(4) => exp = Some(time(map)?),
                Key::Uint(5) => nbf = Some(time(map)?),
                Key::Uint(6) => iat = Some(time(map)?),
                Key::Uint(7) => cti = Some(TokenId(map.array_of()?)),
                Key::Negative(BODY_CLAIM) => body = Some(map.map(Body::read)?),
                _ => return Err(CborError::Unexpected),
            }
        }
        let missing = CborError::Unexpected;
        let body = body.ok_or(missing)?;
        Ok(Self {
            org: iss.ok_or(missing)?,
            expires_at: exp.ok_or(missing)?,
            not_before: nbf.ok_or(missing)?,
            issued_at: iat.ok_or(missing)?,
            token: cti.ok_or(missing)?,
            kind: body.kind,
            subject: body.subject,
            name: body.name,
            sites: body.sites,
        })
    }

    /// The claims as they are signed.
    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        let mut writer = Writer::with_capacity(192);
        writer.map(6).uint(1).text(self.org.as_str()).uint(4).uint(self.expires_at.get());
        writer.uint(5).uint(self.not_before.get()).uint(6).uint(self.issued_at.get());
        writer.uint(7).bytes(self.token.as_bytes()).negative(BODY_CLAIM);
        let max_uses = match self.kind {
            Kind::Visitor { max_uses } => max_uses,
            Kind::Member | Kind::Device(_) => None,
        };
        let device = matches!(self.kind, Kind::Device(_));
        let optional = [self.name.is_some(), self.sites.is_some(), max_uses.is_some(), device];
        writer.map(2 + optional.into_iter().filter(|present| *present).count());
        writer.uint(0).uint(PassKind::from(&self.kind).number()).uint(1).bytes(self.subject.as_bytes());
        if let Some(name) = &self.name {
            writer.uint(2).text(name.as_str());
        }
        if let Some(sites) = &self.sites {
            writer.uint(3).array(sites.len());
            for site in sites {
                writer.uint(u64::from(site.get()));
            }
        }
        if let Some(max_uses) = max_uses {
            writer.uint(5).uint(u64::from(max_uses));
        }
        match &self.kind {
            Kind::Device(DeviceKey::Ed25519(x)) => {
                writer.uint(6).map(3).uint(1).uint(1).negative(0).uint(6).negative(1).bytes(x);
            }
            Kind::Device(DeviceKey::P256 { x, y_odd }) => {
                writer.uint(6).map(4).uint(1).uint(2).negative(0).uint(1).negative(1).bytes(x);
                writer.negative(2).bool(*y_odd);
            }
            Kind::Member | Kind::Visitor { .. } => {}
        }
        writer.finish()
    }
}

struct Body {
    kind: Kind,
    subject: SubjectId,
    name: Option<Name>,
    sites: Option<Vec<SiteNumber>>,
}

impl Body {
    fn read(map: &mut MapReader<'_, '_>) -> Result<Self, CborError> {
        let (mut kind, mut subject, mut name, mut sites, mut max_uses, mut device) =
            (None, None, None, None, None, None);
        while let Some(key) = map.next_uint_key()? {
            match key {
                0 => kind = PassKind::from_number(map.uint()?),
                1 => subject = Some(SubjectId(map.array_of()?)),
                2 => name = Some(Name::new(map.text()?)?),
                3 => sites = Some(map.array(read_sites)?),
                5 => max_uses = Some(read_max_uses(map)?),
                6 => device = Some(map.map(read_device_key)?),
                _ => return Err(CborError::Unexpected),
            }
        }
        let kind = match (kind, max_uses, device) {
            (Some(PassKind::Member), None, None) => Kind::Member,
            (Some(PassKind::Visitor), max_uses, None) => Kind::Visitor { max_uses },
            (Some(PassKind::Device), None, Some(key)) => Kind::Device(key),
            _ => return Err(CborError::Unexpected),
        };
        Ok(Self { kind, subject: subject.ok_or(CborError::Unexpected)?, name, sites })
    }
}

fn read_max_uses(reader: &mut Reader<'_>) -> Result<u32, CborError> {
    match u32::try_from(reader.uint()?) {
        Ok(uses @ 1..=1_000_000) => Ok(uses),
        _ => Err(CborError::Unexpected),
    }
}

fn read_sites(reader: &mut Reader<'_>, count: u64) -> Result<Vec<SiteNumber>, CborError> {
    if count > MAX_SITES as u64 {
        return Err(CborError::Unexpected);
    }
    let mut sites: Vec<SiteNumber> = Vec::with_capacity(MAX_SITES);
    for _ in 0..count {
        let site = SiteNumber::new(reader.uint()?).ok_or(CborError::Unexpected)?;
        if sites.last().is_some_and(|last| *last >= site) {
            return Err(CborError::Unexpected);
        }
        sites.push(site);
    }
    Ok(sites)
}

fn read_device_key(map: &mut MapReader<'_, '_>) -> Result<DeviceKey, CborError> {
    let (mut kty, mut crv, mut x, mut y) = (None, None, None, None);
    while let Some(key) = map.next_key()? {
        match key {
            Key::Uint(1) => kty = Some(map.uint()?),
            Key::Negative(0) => crv = Some(map.uint()?),
            Key::Negative(1) => x = Some(map.array_of()?),
            Key::Negative(2) => y = Some(map.bool()?),
            _ => return Err(CborError::Unexpected),
        }
    }
    match (kty, crv, x, y) {
        (Some(1), Some(6), Some(x), None) => Ok(DeviceKey::Ed25519(x)),
        (Some(2), Some(1), Some(x), Some(y_odd)) => Ok(DeviceKey::P256 { x, y_odd }),
        _ => Err(CborError::Unexpected),
    }
}
