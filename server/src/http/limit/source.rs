//! The network address that a request comes from, as guesses are counted by.

use std::{
    convert::Infallible,
    net::{IpAddr, Ipv4Addr, Ipv6Addr},
};

use axum::{extract::FromRequestParts, http::request::Parts};

use crate::{http::App, listen::ClientAddress};

/// Where a request comes from: an IPv4 address, or the /64 of an IPv6 address, which one household has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Source(IpAddr);

/// What one customer of a network can have many sources in: the /16 of an IPv4 address, the /32 of an IPv6 address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Provider(IpAddr);

impl Source {
    /// A place that is not known; all of them are one.
    pub const UNKNOWN: Self = Self(IpAddr::V4(Ipv4Addr::UNSPECIFIED));

    /// The source with this address.
    #[must_use]
    pub fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V6(address) => Self(first_bits(address, 64).into()),
            v4 @ IpAddr::V4(_) => Self(v4),
        }
    }

    /// The network that it is one of many sources of.
    #[must_use]
    pub fn provider(self) -> Provider {
        Provider(match self.0 {
            IpAddr::V6(address) => first_bits(address, 32).into(),
            IpAddr::V4(address) => Ipv4Addr::from(u32::from(address) & 0xffff_0000).into(),
        })
    }
}

fn first_bits(address: Ipv6Addr, bits: u32) -> Ipv6Addr {
    Ipv6Addr::from(u128::from(address) & !(u128::MAX >> bits))
}

impl FromRequestParts<App> for Source {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Infallible> {
        let address = parts.extensions.get::<ClientAddress>();
        Ok(address.map_or(Self::UNKNOWN, |ClientAddress(address)| Self::of(*address)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_household_is_one_source() {
        let of = |text: &str| Source::of(text.parse().expect("an address"));
        assert_eq!(of("2001:db8:0:1::1"), of("2001:db8:0:1:ffff::2"));
        assert_ne!(of("2001:db8:0:1::1"), of("2001:db8:0:2::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
        let provider = |text| of(text).provider();
        assert_eq!(provider("2001:db8:0:1::1"), provider("2001:db8:ffff::1"));
        assert_ne!(provider("2001:db8::1"), provider("2001:db9::1"));
        assert_eq!(provider("192.0.2.1"), provider("192.0.77.9"));
        assert_ne!(provider("192.0.2.1"), provider("192.1.2.1"));
    }
}
