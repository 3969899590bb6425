//! Trusted IPs: addresses and networks from which a panel does not ask for a code (X1–X7).

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use ipnet::{IpNet, Ipv4Net, Ipv6Net};
use jiff::{SignedDuration, Timestamp};

/// The shortest prefixes, in bits, that are accepted without `--force` (X5).
pub const WIDEST: (u8, u8) = (8, 32);
/// Prefixes that one site usually has, for IPv4 and IPv6; what is wider is asked about.
const USUAL: (u8, u8) = (24, 48);

/// The longest time that a panel may trust an IP (the range of `trusted-ips`). If a panel has turned that
/// off, its entries are kept this long, in case it is turned on again.
pub const LONGEST: SignedDuration = SignedDuration::from_hours(30 * 24);

/// Why an address says nothing about where somebody is: trusting it would mean trusting everybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Placeless {
    /// The machine itself: with a proxy in between, a panel may see everybody come from there.
    Loopback,
    /// The same numbers on every cable.
    LinkLocal,
    /// The "no address yet" address.
    Unspecified,
    /// An address of many hosts at once.
    Multicast,
    /// The address of all hosts at once.
    Broadcast,
}

/// All networks of such addresses. Private ones are not among them: an office may be known by its 10.0.0.0/8.
const PLACELESS: [(IpNet, Placeless); 9] = [
    (four([0, 0, 0, 0], 8), Placeless::Unspecified),
    (four([127, 0, 0, 0], 8), Placeless::Loopback),
    (four([169, 254, 0, 0], 16), Placeless::LinkLocal),
    (four([224, 0, 0, 0], 4), Placeless::Multicast),
    (four([255, 255, 255, 255], 32), Placeless::Broadcast),
    (six(0, 0, 128), Placeless::Unspecified),
    (six(0, 1, 128), Placeless::Loopback),
    (six(0xfe80, 0, 10), Placeless::LinkLocal),
    (six(0xff00, 0, 8), Placeless::Multicast),
];

const fn four([a, b, c, d]: [u8; 4], prefix: u8) -> IpNet {
    IpNet::V4(Ipv4Net::new_assert(Ipv4Addr::new(a, b, c, d), prefix))
}

const fn six(first: u16, last: u16, prefix: u8) -> IpNet {
    let address = Ipv6Addr::new(first, 0, 0, 0, 0, 0, 0, last);
    IpNet::V6(Ipv6Net::new_assert(address, prefix))
}

impl Placeless {
    /// The word in the audit log and in the gate's `cause`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Loopback => "loopback",
            Self::LinkLocal => "link-local",
            Self::Unspecified => "unspecified",
            Self::Multicast => "multicast",
            Self::Broadcast => "broadcast",
        }
    }
}

/// An address in its one form: IPv4 even if it was mapped into IPv6 (X5).
pub fn canonical(ip: IpAddr) -> IpAddr {
    ip.to_canonical()
}

/// A network, or a single address, in its one form: host bits cleared, IPv4 never mapped into IPv6.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Network(IpNet);

/// What is wrong with a network.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NetworkProblem {
    /// Neither an address nor a network.
    #[error("it is not an IP address, nor a network such as 203.0.113.0/24 or 2001:db8::/32")]
    Unreadable,
    /// A zone id.
    #[error("a zone id is valid only on one machine")]
    Zone,
    /// A name.
    #[error("it looks like a host name; use an IP address or network")]
    HostName,
    /// An octet with a leading zero: some programs read it as octal (CVE-2021-29922).
    #[error("a number with a leading zero is ambiguous")]
    LeadingZero,
    /// Set bits after the prefix.
    #[error("{typed} has host bits set; the network is {network}")]
    HostBits {
        /// As typed.
        typed: String,
        /// The network that contains it.
        network: Network,
    },
    /// An address that no connection can come from.
    #[error("no connection can come from there")]
    Nowhere,
}

impl Network {
    /// The network of one address.
    pub fn of(ip: IpAddr) -> Self {
        Self(IpNet::from(canonical(ip)))
    }

    /// Reads an address or a network, strictly.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(typed: &str) -> Result<Self, NetworkProblem> {
        let typed = typed.trim();
        if typed.contains('%') {
            return Err(NetworkProblem::Zone);
        }
        let address = typed.split('/').next().unwrap_or_default();
        if leading_zero(address) {
            return Err(NetworkProblem::LeadingZero);
        }
        let net = match typed.parse::<IpNet>() {
            Ok(net) => net,
            Err(_) => IpNet::from(typed.parse::<IpAddr>().map_err(|_| unreadable(typed))?),
        };
        let network = Self(unwrapped(net));
        if network.0 != network.0.trunc() {
            return Err(NetworkProblem::HostBits {
                typed: typed.to_owned(),
                network: Self(network.0.trunc()),
            });
        }
        let first = network.0.addr();
        let single = network.0.prefix_len() == network.0.max_prefix_len();
        if first.is_multicast() || (single && first.is_unspecified()) {
            return Err(NetworkProblem::Nowhere);
        }
        Ok(network)
    }

    /// Reads what [`Network`]'s `Display` wrote.
    pub fn from_stored(text: &str) -> Option<Self> {
        let network = match text.parse::<IpNet>() {
            Ok(net) => net,
            Err(_) => IpNet::from(text.parse::<IpAddr>().ok()?),
        };
        Some(Self(network))
    }

    /// Whether it is wider than anybody should trust (X5).
    pub fn is_too_wide(self) -> bool {
        self.0.prefix_len() < self.widest()
    }

    /// Whether it is more than one site usually has: wider than /24 (IPv4) or /48 (IPv6).
    pub fn is_wide(self) -> bool {
        let usual = match self.0 {
            IpNet::V4(_) => USUAL.0,
            IpNet::V6(_) => USUAL.1,
        };
        self.0.prefix_len() < usual
    }

    /// The shortest prefix that is accepted without `--force` (X5).
    pub fn widest(self) -> u8 {
        match self.0 {
            IpNet::V4(_) => WIDEST.0,
            IpNet::V6(_) => WIDEST.1,
        }
    }

    /// How many bits are free in it: it has 2 to the power of that many addresses.
    pub fn free_bits(self) -> u8 {
        self.0.max_prefix_len() - self.0.prefix_len()
    }

    /// Its first address.
    pub fn first(self) -> IpAddr {
        self.0.addr()
    }

    /// Whether it contains every address of another network.
    pub fn covers(self, other: Self) -> bool {
        self.0.contains(&other.0)
    }

    /// Whether it is one address.
    pub fn is_single(self) -> bool {
        self.free_bits() == 0
    }

    /// Why an address in it says nothing about where somebody is, if that is so.
    pub fn placeless(self) -> Option<Placeless> {
        PLACELESS
            .iter()
            .find(|(net, _)| self.0.contains(net) || net.contains(&self.0))
            .map(|(_, why)| *why)
    }

    /// Every network that contains an address, narrowest first: 33 of them for IPv4, 129 for IPv6.
    pub fn all_around(ip: IpAddr) -> Vec<Self> {
        match canonical(ip) {
            IpAddr::V4(ip) => (0..=32)
                .rev()
                .filter_map(|bits| Ipv4Net::new(ip, bits).ok())
                .map(|net| Self(IpNet::V4(net.trunc())))
                .collect(),
            IpAddr::V6(ip) => (0..=128)
                .rev()
                .filter_map(|bits| Ipv6Net::new(ip, bits).ok())
                .map(|net| Self(IpNet::V6(net.trunc())))
                .collect(),
        }
    }
}

impl fmt::Display for Network {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.prefix_len() == self.0.max_prefix_len() {
            write!(f, "{}", self.0.addr())
        } else {
            write!(f, "{}", self.0)
        }
    }
}

/// Unmaps IPv4 from IPv6, prefix included.
fn unwrapped(net: IpNet) -> IpNet {
    if let IpNet::V6(six) = net
        && six.prefix_len() >= 96
        && let Some(four) = six.addr().to_ipv4_mapped()
        && let Ok(four) = Ipv4Net::new(four, six.prefix_len() - 96)
    {
        return IpNet::V4(four);
    }
    net
}

fn leading_zero(address: &str) -> bool {
    let dotted = address.rsplit(':').next().unwrap_or_default();
    dotted.contains('.')
        && dotted.split('.').any(|part| {
            part.len() > 1 && part.starts_with('0') && part.bytes().all(|b| b.is_ascii_digit())
        })
}

fn unreadable(typed: &str) -> NetworkProblem {
    let name = typed.split('/').next().unwrap_or_default();
    let like_a_name = name.contains('.')
        && !name.contains(':')
        && name.chars().any(|c| c.is_ascii_alphabetic())
        && name
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'));
    if like_a_name {
        NetworkProblem::HostName
    } else {
        NetworkProblem::Unreadable
    }
}

/// One entry of the list of trusted IPs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trust {
    /// Row id inside this store: its name in commands.
    pub id: i64,
    /// The panel it is for.
    pub panel_id: i64,
    /// The person it is for; `None` means everyone in the panel.
    pub account_id: Option<i64>,
    /// The address or network.
    pub network: Network,
    /// The operator's note.
    pub note: Option<String>,
    /// The operator who created it; empty if the person did.
    pub created_by: String,
    /// When it was created.
    pub created_at: Timestamp,
    /// When the person entered the code that this is based on; `None` for an operator's entry.
    pub code_entered_at: Option<Timestamp>,
    /// When it last made a code unnecessary.
    pub last_used_at: Option<Timestamp>,
    /// Its stated end.
    pub until: Option<Timestamp>,
}

impl Trust {
    /// When it ends, in a panel that trusts for `lifetime` (X4): a person's entry that long after the code
    /// was entered, never extended; an operator's at its stated end, else that long after it was created or
    /// last used.
    pub fn ends_at(&self, lifetime: SignedDuration) -> Timestamp {
        let after = |start: Timestamp| start.checked_add(lifetime).unwrap_or(Timestamp::MAX);
        match (self.code_entered_at, self.until) {
            (Some(entered), until) => after(entered).min(until.unwrap_or(Timestamp::MAX)),
            (None, Some(until)) => until,
            (None, None) => after(self.last_used_at.unwrap_or(self.created_at)),
        }
    }

    /// Whether it can never count again from `now` on in a panel that trusts for `lifetime`, so that it may
    /// be deleted.
    pub fn is_over(&self, lifetime: Option<SignedDuration>, now: Timestamp) -> bool {
        self.ends_at(lifetime.unwrap_or(LONGEST)) <= now
    }

    /// Whether it counts at `now`; never if the panel trusts no IPs.
    pub fn is_live(&self, lifetime: Option<SignedDuration>, now: Timestamp) -> bool {
        lifetime.is_some_and(|lifetime| now < self.ends_at(lifetime))
    }
}

/// Parses a single address, strictly: no zone, no leading zero, no list, no address that no connection can
/// come from.
pub fn parse_ip(typed: &str) -> Option<IpAddr> {
    let network = Network::parse(typed).ok()?;
    (network.0.prefix_len() == network.0.max_prefix_len() && !typed.contains('/'))
        .then(|| network.0.addr())
}

#[cfg(test)]
#[path = "trusted_ip_tests.rs"]
mod tests;
