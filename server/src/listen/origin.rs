//! Who is at the other end: the peer, or whoever a proxy that is trusted says is behind it.

use std::{
    net::{IpAddr, SocketAddr},
    str::FromStr,
};

use axum::http::HeaderMap;
use ipnet::IpNet;

const FORWARDED_FOR: &str = "x-forwarded-for";

/// The address that a request comes from. Every request carries it among its extensions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct ClientAddress(pub IpAddr);

/// The proxies whose `X-Forwarded-For` counts, by address or network.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TrustedProxies(Vec<IpNet>);

/// Text that names neither an address nor a network.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("a proxy is an address or a network, like 127.0.0.1 or 10.0.0.0/8")]
pub struct NoNetwork;

/// One address or network, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Proxy(IpNet);

impl FromStr for Proxy {
    type Err = NoNetwork;

    fn from_str(text: &str) -> Result<Self, NoNetwork> {
        let text = text.trim();
        let net = text.parse::<IpNet>().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
        net.map(Self).map_err(|_| NoNetwork)
    }
}

impl FromIterator<Proxy> for TrustedProxies {
    fn from_iter<I: IntoIterator<Item = Proxy>>(all: I) -> Self {
        Self(all.into_iter().map(|Proxy(net)| net).collect())
    }
}

impl TrustedProxies {
    /// Whether an address is one of them.
    #[must_use]
    pub fn contain(&self, address: IpAddr) -> bool {
        let address = address.to_canonical();
        self.0.iter().any(|net| net.contains(&address))
    }

    /// Whether a neighbour in one's own network says for whom it asks and is not one of them: most likely a proxy that
    /// nobody named. From elsewhere anyone may write so.
    #[must_use]
    pub fn overlook(&self, peer: IpAddr, headers: &HeaderMap) -> bool {
        let peer = peer.to_canonical();
        let is_near = match peer {
            IpAddr::V4(v4) => v4.is_loopback() || v4.is_private() || v4.is_link_local(),
            IpAddr::V6(v6) => v6.is_loopback() || v6.is_unique_local() || v6.is_unicast_link_local(),
        };
        is_near && headers.contains_key(FORWARDED_FOR) && !self.contain(peer)
    }

    /// Who asks. Each proxy adds at the end of the list whom it saw, so the list counts from its end as far as
    /// trusted proxies reach; what stands before that, anyone may have written.
    #[must_use]
    pub fn client(&self, peer: IpAddr, headers: &HeaderMap) -> ClientAddress {
        let mut client = peer.to_canonical();
        let lines = headers.get_all(FORWARDED_FOR).into_iter().collect::<Vec<_>>();
        let entries = lines.iter().rev().flat_map(|line| line.to_str().unwrap_or("?").rsplit(','));
        for entry in entries {
            if !self.contain(client) {
                break;
            }
            // A proxy that does not say whom it saw is the last that is known of.
            let Some(address) = address(entry.trim()) else { break };
            client = address;
        }
        ClientAddress(client)
    }
}

/// An address as proxies write it: some add the port.
fn address(text: &str) -> Option<IpAddr> {
    let bare = text.strip_prefix('[').and_then(|text| text.strip_suffix(']')).unwrap_or(text);
    let address = bare.parse().or_else(|_| text.parse::<SocketAddr>().map(|address| address.ip()));
    address.ok().map(|address: IpAddr| address.to_canonical())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn client(peer: &str, trusted: &[&str], lines: &[&str]) -> String {
        let trusted: TrustedProxies =
            trusted.iter().map(|text| text.parse::<Proxy>().expect("a network")).collect();
        let mut headers = HeaderMap::new();
        for line in lines {
            headers.append(FORWARDED_FOR, line.parse().expect("a header"));
        }
        trusted.client(peer.parse().expect("an address"), &headers).0.to_string()
    }

    #[test]
    fn a_proxy_that_nobody_named_is_overlooked_only_nearby() {
        let trusted: TrustedProxies =
            ["10.0.0.1"].iter().map(|text| text.parse::<Proxy>().expect("one")).collect();
        let (mut forwarded, plain) = (HeaderMap::new(), HeaderMap::new());
        forwarded.append(FORWARDED_FOR, "198.51.100.1".parse().expect("a header"));
        let overlooked = |peer: &str, headers| trusted.overlook(peer.parse().expect("an address"), headers);
        assert!(["10.0.0.2", "127.0.0.1", "::1", "fd00::7"].iter().all(|peer| overlooked(peer, &forwarded)));
        assert!(!["10.0.0.1", "203.0.113.9"].iter().any(|peer| overlooked(peer, &forwarded)));
        assert!(!overlooked("10.0.0.2", &plain));
    }

    #[test]
    fn only_a_trusted_proxy_says_who_is_behind_it() {
        let ours = ["10.0.0.0/8", "127.0.0.1"];
        assert_eq!(client("203.0.113.9", &ours, &["198.51.100.1"]), "203.0.113.9");
        assert_eq!(client("127.0.0.1", &[], &["198.51.100.1"]), "127.0.0.1");
        assert_eq!(client("127.0.0.1", &ours, &["198.51.100.1"]), "198.51.100.1");
        // What the client wrote itself stands before what our proxies saw.
        assert_eq!(client("127.0.0.1", &ours, &["1.1.1.1, 198.51.100.1, 10.1.2.3"]), "198.51.100.1");
        assert_eq!(client("127.0.0.1", &ours, &["1.1.1.1", "198.51.100.1"]), "198.51.100.1");
        assert_eq!(client("::ffff:127.0.0.1", &ours, &["[2001:db8::7]:443"]), "2001:db8::7");
        assert_eq!(client("127.0.0.1", &ours, &["198.51.100.1:5000"]), "198.51.100.1");
        assert_eq!(client("127.0.0.1", &ours, &["198.51.100.1, unknown"]), "127.0.0.1");
        assert_eq!(client("127.0.0.1", &ours, &[]), "127.0.0.1");
    }

    #[test]
    fn a_proxy_is_named_by_address_or_network() {
        assert!("proxy.example.org".parse::<Proxy>().is_err());
        assert!("10.0.0.0/33".parse::<Proxy>().is_err());
        assert!("fd00::/8".parse::<Proxy>().is_ok());
    }
}
