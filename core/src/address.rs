//! A server's address, and the server's signed word that it is to be found there.
//!
//! A phone learns an address from a code that it was shown. Another address counts only with such a notice: codes can
//! be printed by anyone, and whoever is asked at the new address is sent what proves who asks.

use ed25519_dalek::SigningKey;

use crate::{
    cbor::{CborError, Reader, Writer},
    envelope::{self, Envelope, Purpose},
    id::OrgCode,
    keys::{KeySet, org, time},
    time::UnixSeconds,
};

/// How old a notice may be, by the time of whoever reads it: an address that was given up may be another's now.
const LONGEST_LIFE_S: u64 = 30 * 86_400;
/// Longest address that is read, in bytes.
const LONGEST: usize = 512;

/// A server's address: scheme, host and port, without path, query or a slash at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address(String);

impl Address {
    /// Reads an address as people write it, with or without slashes at its end.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().trim_end_matches('/');
        let (scheme, host) = text.split_once("://")?;
        let scheme = scheme.to_ascii_lowercase();
        let sound = text.len() <= LONGEST
            && matches!(scheme.as_str(), "http" | "https")
            && !host.is_empty()
            && !host.contains(|c: char| c.is_whitespace() || c.is_control() || "/?#@\"'\\".contains(c));
        sound.then(|| Self(format!("{scheme}://{host}")))
    }

    /// The address as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Host and port.
    #[must_use]
    pub fn host(&self) -> &str {
        self.0.split_once("://").map_or("", |(_, host)| host)
    }

    /// Whether everything on the way can read along and answer: http to anywhere but this machine.
    #[must_use]
    pub fn is_open_to_others(&self) -> bool {
        self.0.starts_with("http://") && !self.is_this_machine()
    }

    /// Whether it leads to the machine that asks, and from no other machine to the server.
    #[must_use]
    pub fn is_this_machine(&self) -> bool {
        let host = self.host();
        // An address of version 6 stands in brackets, since it holds colons.
        let name = match host.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
            Some((name, _)) => name,
            None => host.rsplit_once(':').map_or(host, |(name, _)| name),
        };
        name.eq_ignore_ascii_case("localhost")
            || name.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
    }
}

/// The server's word that it is to be found at an address.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddressNotice {
    /// Whose server.
    pub org: OrgCode,
    /// Where.
    pub url: String,
    /// When.
    pub issued_at: UnixSeconds,
}

impl AddressNotice {
    /// Reads a notice and checks that a key of purpose 2, valid at its time and of its organisation, signed it.
    #[must_use]
    pub fn open(bytes: &[u8], keys: &KeySet) -> Option<Self> {
        let envelope = Envelope::parse(bytes).ok()?;
        keys.verify_packed(&envelope, Purpose::Address, Self::read, |notice| notice.issued_at)
            .filter(|notice| notice.org == keys.org)
    }

    /// The notice, signed.
    #[must_use]
    pub fn sign(&self, key: &SigningKey) -> Vec<u8> {
        let mut writer = Writer::new();
        writer.map(3).uint(1).text(self.org.as_str()).uint(2).text(&self.url);
        writer.uint(3).uint(self.issued_at.get());
        envelope::sign(Purpose::Address, key, &writer.finish())
    }

    /// Whether it says that the server is at `address`, as of now.
    #[must_use]
    pub fn vouches_for(&self, address: &Address, now: UnixSeconds) -> bool {
        self.url == address.as_str() && now < self.issued_at.plus(LONGEST_LIFE_S)
    }

    fn read(reader: &mut Reader<'_>) -> Result<Self, CborError> {
        reader.map(|map| {
            map.expect_key(1)?;
            let org = org(map)?;
            map.expect_key(2)?;
            let url = map.text()?.to_owned();
            map.expect_key(3)?;
            Ok(Self { org, url, issued_at: time(map)? })
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_read_as_people_write_them() {
        let read = |text| Address::parse(text).map(|address| address.as_str().to_owned());
        assert_eq!(read(" HTTPS://gate.example.org/ "), Some("https://gate.example.org".to_owned()));
        assert_eq!(read("http://[::1]:8080"), Some("http://[::1]:8080".to_owned()));
        for wrong in [
            "gate.example.org",
            "ftp://gate",
            "https://",
            "https://a/b",
            "https://a?b",
            "https://a@b",
            "http://a b",
        ] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        let open = |text| Address::parse(text).expect("an address").is_open_to_others();
        assert!(
            open("http://gate.example.org")
                && open("http://127.0.0.1.example.org")
                && open("http://10.0.0.1:80")
        );
        assert!(!open("https://gate.example.org") && !open("http://127.0.0.1:8080"));
        assert!(!open("http://[::1]:80") && !open("http://localhost:80") && !open("http://127.9.9.9"));
    }
}
