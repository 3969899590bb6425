//! Reaching a server that has several addresses.

use std::net::{SocketAddr, TcpStream};
use std::time::Duration;

use super::Stopwatch;
use super::server::{Security, SmtpServer};
use super::trouble::Trouble;
use super::wire::trouble;

/// Tries each address in turn. One that never answers, as with broken IPv6, leaves time for the next ones.
pub(super) fn first_that_answers(
    found: &[SocketAddr],
    server: &SmtpServer,
    watch: &Stopwatch,
    until: Duration,
) -> Result<TcpStream, Trouble> {
    let limit = until.saturating_sub(watch());
    let mut last = None;
    let count = u32::try_from(found.len()).unwrap_or(u32::MAX);
    for (remaining, address) in (1..=count).rev().zip(found) {
        // A name may resolve to anything, whatever it is called.
        if server.security == Security::Plain && !address.ip().is_loopback() {
            last = Some(Trouble::Io(format!(
                "{} is {}, which is not this machine",
                server.host,
                address.ip()
            )));
            continue;
        }
        let left = until.saturating_sub(watch());
        if left.is_zero() {
            return Err(Trouble::Slow(limit));
        }
        match TcpStream::connect_timeout(address, left / remaining) {
            Ok(socket) => return Ok(socket),
            Err(error) => last = Some(trouble(&error, limit)),
        }
    }
    Err(last.unwrap_or_else(|| Trouble::Unknown("it has no IP address".into())))
}

#[cfg(test)]
mod tests {
    use std::net::TcpListener;

    use std::sync::Arc;

    use super::*;

    /// A port on which nobody answers, neither yes nor no, as long as this is held.
    fn black_hole() -> (SocketAddr, TcpListener, Vec<TcpStream>) {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let mut waiting = Vec::new();
        // Once nobody else fits into the queue, whoever knocks is not heard.
        while let Ok(socket) = TcpStream::connect_timeout(&address, Duration::from_millis(100)) {
            waiting.push(socket);
        }
        (address, listener, waiting)
    }

    #[test]
    fn an_address_that_does_not_answer_leaves_time_for_the_next() {
        let (hole, _listener, _waiting) = black_hole();
        let good = TcpListener::bind("127.0.0.1:0").unwrap();
        let good = good.local_addr().map(|address| (address, good)).unwrap();
        let server = SmtpServer::parse("smtp+plain://localhost").unwrap();
        // The clock stands still: what a connection may take is its share of the whole.
        let watch: Stopwatch = Arc::new(|| Duration::ZERO);
        let reached = |found: &[SocketAddr]| {
            first_that_answers(found, &server, &watch, Duration::from_millis(600))
        };
        let socket = reached(&[hole, hole, good.0]).unwrap();
        assert_eq!(socket.peer_addr().unwrap(), good.0);
        assert_eq!(
            reached(&[hole]).unwrap_err(),
            Trouble::Slow(Duration::from_millis(600))
        );
        let far: SocketAddr = "192.0.2.1:25".parse().unwrap();
        assert_eq!(
            reached(&[far]).unwrap_err(),
            Trouble::Io("localhost is 192.0.2.1, which is not this machine".into())
        );
    }
}
