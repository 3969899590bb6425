//! Where a request comes from, for counting it against limits (L9): an IPv4 address by itself; an IPv6
//! address with its /64, because a single line has all of that, and with its /48, because a single customer
//! often has all of that.

use std::fmt;
use std::net::{IpAddr, Ipv6Addr};

use super::policy::WIDER_NETWORK;

/// One network that a request counts against.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Its first address.
    pub first: IpAddr,
    /// The length of its prefix; `None` is a single address.
    pub prefix: Option<u8>,
    /// How many times the limit of a single line applies to it.
    pub share: i64,
}

/// The networks that an address counts against, narrowest first.
pub fn origins(ip: IpAddr) -> Vec<Origin> {
    match ip.to_canonical() {
        first @ IpAddr::V4(_) => vec![Origin {
            first,
            prefix: None,
            share: 1,
        }],
        IpAddr::V6(ip) => [(64, 1), (48, WIDER_NETWORK)]
            .map(|(prefix, share)| Origin {
                first: Ipv6Addr::from_bits(ip.to_bits() & (u128::MAX << (128 - prefix))).into(),
                prefix: Some(prefix),
                share,
            })
            .to_vec(),
    }
}

/// A single line is written as its first address, in both families; a wider network has its prefix.
impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.prefix.filter(|_| self.share > 1) {
            Some(prefix) => write!(f, "{}/{prefix}", self.first),
            None => self.first.fmt(f),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(ip: &str) -> Vec<(String, i64)> {
        origins(ip.parse().unwrap())
            .iter()
            .map(|origin| (origin.to_string(), origin.share))
            .collect()
    }

    #[test]
    fn an_ipv4_address_counts_by_itself_however_it_is_written() {
        for ip in ["192.0.2.7", "::ffff:192.0.2.7"] {
            assert_eq!(told(ip), [("192.0.2.7".to_owned(), 1)]);
        }
    }

    #[test]
    fn an_ipv6_address_counts_with_its_64_and_ten_times_as_many_with_its_48() {
        let wanted = [
            ("2001:db8:1:2::".to_owned(), 1),
            ("2001:db8:1::/48".to_owned(), 10),
        ];
        assert_eq!(told("2001:db8:1:2:3:4:5:6"), wanted);
        assert_eq!(told("2001:db8:1:2:ffff:ffff:ffff:ffff"), wanted);
        assert_ne!(told("2001:db8:1:3::")[0], wanted[0]);
        assert_eq!(told("2001:db8:1:ffff::")[1], wanted[1]);
        assert_ne!(told("2001:db8:2:2::")[1], wanted[1]);
    }
}
