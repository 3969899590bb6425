//! The mail server, and how the connection to it is protected.

use std::fmt;
use std::net::IpAddr;

/// How the connection is protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Security {
    /// TLS from the first byte (RFC 8314 §3.3): `smtps://`, port 465.
    Tls,
    /// STARTTLS (RFC 3207), without which nothing is sent: `smtp://`, port 587.
    StartTls,
    /// None, allowed only on this machine: `smtp+plain://`, port 25.
    Plain,
}

/// A mail server.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SmtpServer {
    /// Its name, in ASCII, or its IP without brackets.
    pub host: String,
    /// Its port.
    pub port: u16,
    /// How the connection is protected.
    pub security: Security,
}

/// How a server is written.
const EXAMPLE: &str = "use smtps://mail.example.com, or smtp://mail.example.com:587";

impl SmtpServer {
    /// Parses `smtps://HOST[:PORT]`, `smtp://HOST[:PORT]` or `smtp+plain://HOST[:PORT]`.
    ///
    /// # Errors
    /// What is wrong, in words. Text in the position of a password is never repeated.
    pub fn parse(text: &str) -> Result<Self, String> {
        if text.contains('@') {
            return Err(format!(
                "do not put a user or password here: set `user`, and `password-file` for the file with the password; {EXAMPLE}"
            ));
        }
        let Some((scheme, rest)) = text.split_once("://") else {
            return Err(format!("\"{text}\" does not say how to connect; {EXAMPLE}"));
        };
        let (security, usual) = match scheme {
            "smtps" => (Security::Tls, 465),
            "smtp" => (Security::StartTls, 587),
            "smtp+plain" => (Security::Plain, 25),
            _ => {
                return Err(format!("\"{scheme}\" is not a supported scheme; {EXAMPLE}"));
            }
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        let (host, port) = split_port(rest).ok_or_else(|| {
            format!("\"{rest}\" is not a name or IP, optionally with a port; {EXAMPLE}")
        })?;
        let port = match port {
            None => usual,
            Some(port) => port
                .parse()
                .ok()
                .filter(|&port| port > 0)
                .ok_or_else(|| format!("\"{port}\" is not a port from 1 to 65535"))?,
        };
        let server = Self {
            host: name_or_ip(host)
                .ok_or_else(|| format!("\"{host}\" is not a host name; {EXAMPLE}"))?,
            port,
            security,
        };
        if security == Security::Plain && !server.is_loopback() {
            return Err(format!(
                "smtp+plain:// does not encrypt, so it is allowed only for this machine (localhost, 127.0.0.1, ::1), and {} is another; use smtps:// or smtp://",
                server.host
            ));
        }
        Ok(server)
    }

    /// Whether it is this machine, so that nobody can listen in between.
    pub fn is_loopback(&self) -> bool {
        self.host == "localhost" || self.ip().is_some_and(|ip| ip.is_loopback())
    }

    pub(super) fn ip(&self) -> Option<IpAddr> {
        self.host.parse().ok()
    }
}

/// As it is written in a setting.
impl fmt::Display for SmtpServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let scheme = match self.security {
            Security::Tls => "smtps",
            Security::StartTls => "smtp",
            Security::Plain => "smtp+plain",
        };
        write!(f, "{scheme}://{}", Place(self))
    }
}

/// `mail.example.com:587`, `[::1]:25`.
pub(super) struct Place<'a>(pub(super) &'a SmtpServer);

impl fmt::Display for Place<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let SmtpServer { host, port, .. } = self.0;
        if host.contains(':') {
            write!(f, "[{host}]:{port}")
        } else {
            write!(f, "{host}:{port}")
        }
    }
}

fn split_port(text: &str) -> Option<(&str, Option<&str>)> {
    if let Some(rest) = text.strip_prefix('[') {
        let (ip, behind) = rest.split_once(']')?;
        let port = match behind {
            "" => None,
            _ => Some(behind.strip_prefix(':')?),
        };
        return ip.contains(':').then_some((ip, port));
    }
    match text.split_once(':') {
        None => Some((text, None)),
        Some((_, port)) if port.contains(':') => None,
        Some((host, port)) => Some((host, Some(port))),
    }
}

fn name_or_ip(host: &str) -> Option<String> {
    if let Ok(ip) = host.parse::<IpAddr>() {
        return Some(ip.to_string());
    }
    let ascii = idna::domain_to_ascii(host).ok()?;
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b == b'-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    // Some would read a last label with only digits as an IP.
    let numeric = ascii
        .rsplit('.')
        .next()
        .is_some_and(|last| last.bytes().all(|b| b.is_ascii_digit()));
    (ascii.len() <= 253 && !numeric && ascii.split('.').all(label)).then_some(ascii)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_ways_are_read_with_their_usual_ports() {
        for (text, host, port, security) in [
            (
                "smtps://mail.example.com",
                "mail.example.com",
                465,
                Security::Tls,
            ),
            (
                "smtps://mail.example.com:8465/",
                "mail.example.com",
                8465,
                Security::Tls,
            ),
            (
                "smtp://Mail.Example.com",
                "mail.example.com",
                587,
                Security::StartTls,
            ),
            (
                "smtp://192.0.2.1:2525",
                "192.0.2.1",
                2525,
                Security::StartTls,
            ),
            (
                "smtp://[2001:db8::1]:25",
                "2001:db8::1",
                25,
                Security::StartTls,
            ),
            (
                "smtps://müller.example",
                "xn--mller-kva.example",
                465,
                Security::Tls,
            ),
            (
                "smtp+plain://127.0.0.1:25",
                "127.0.0.1",
                25,
                Security::Plain,
            ),
            ("smtp+plain://127.9.9.9", "127.9.9.9", 25, Security::Plain),
            ("smtp+plain://[::1]", "::1", 25, Security::Plain),
            (
                "smtp+plain://localhost:1025",
                "localhost",
                1025,
                Security::Plain,
            ),
        ] {
            let server = SmtpServer::parse(text).unwrap();
            assert_eq!(
                server,
                SmtpServer {
                    host: host.into(),
                    port,
                    security
                },
                "{text}"
            );
        }
    }

    #[test]
    fn plain_leads_only_to_this_machine() {
        for text in [
            "smtp+plain://mail.example.com",
            "smtp+plain://192.168.1.2:25",
            "smtp+plain://[::2]",
            "smtp+plain://localhost.example.com",
            "smtp+plain://0.0.0.0",
            "smtp+plain://[::ffff:127.0.0.1]",
        ] {
            let problem = SmtpServer::parse(text).unwrap_err();
            assert!(problem.contains("does not encrypt"), "{text}: {problem}");
        }
    }

    #[test]
    fn what_is_no_server_is_refused_with_an_example() {
        for (text, why) in [
            (
                "mail.example.com",
                "\"mail.example.com\" does not say how to connect",
            ),
            (
                "http://mail.example.com",
                "\"http\" is not a supported scheme",
            ),
            (
                "smtp+tls://mail.example.com",
                "\"smtp+tls\" is not a supported scheme",
            ),
            ("smtp://", "\"\" is not a host name"),
            ("smtp://a b", "\"a b\" is not a host name"),
            (
                "smtp://mail.example.com/path",
                "\"mail.example.com/path\" is not a host name",
            ),
            (
                "smtp://mail.example.com?tls=no",
                "\"mail.example.com?tls=no\" is not a host name",
            ),
            (
                "smtp://2001:db8::1",
                "\"2001:db8::1\" is not a name or IP, optionally with a port",
            ),
            ("smtp://127.1", "\"127.1\" is not a host name"),
        ] {
            let problem = SmtpServer::parse(text).unwrap_err();
            assert!(problem.starts_with(why), "{text}: {problem}");
            assert!(problem.contains("smtps://mail.example.com"), "{problem}");
        }
        for port in ["0", "65536", "", "smtp", "-1"] {
            let problem =
                SmtpServer::parse(&format!("smtp://mail.example.com:{port}")).unwrap_err();
            assert_eq!(problem, format!("\"{port}\" is not a port from 1 to 65535"));
        }
    }

    #[test]
    fn a_password_in_it_is_refused_and_not_repeated() {
        for text in [
            "smtps://panel:hunter2@mail.example.com",
            "smtps://hunter2@mail.example.com",
            "hunter2@mail.example.com",
        ] {
            let problem = SmtpServer::parse(text).unwrap_err();
            assert!(problem.contains("password-file"), "{problem}");
            assert!(!problem.contains("hunter2"), "{problem}");
        }
    }

    #[test]
    fn it_is_shown_as_it_is_written() {
        for text in [
            "smtps://mail.example.com:465",
            "smtp://[2001:db8::1]:587",
            "smtp+plain://127.0.0.1:25",
        ] {
            assert_eq!(SmtpServer::parse(text).unwrap().to_string(), text);
        }
    }
}
