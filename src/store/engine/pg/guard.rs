//! A connection without TLS, on which a password is only proven with SCRAM and never sent.
//!
//! Before the server is up, any program on this machine may listen on its port. With SCRAM such a program learns
//! nothing that it could use to sign in, and must itself prove that it knows the password. The driver would also
//! answer a server that asks for the password in plain text, or for its MD5 hash, and has no setting that forbids it.
//! So its stream is watched: a message that asks for either never reaches the driver.

use std::future::{Ready, ready};
use std::io;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use postgres::Socket;
use postgres::tls::{ChannelBinding, MakeTlsConnect, TlsConnect, TlsStream};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};

/// What a server requested instead of SCRAM.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Asked {
    /// The password itself.
    #[error("the password in plain text")]
    Clear,
    /// Its MD5 hash, which is as good as the password.
    #[error("an MD5 hash of the password")]
    Md5,
    /// Something else, by its number in the protocol.
    #[error("another authentication method (number {0})")]
    Other(u32),
}

/// Makes watched connections. The driver takes it for directly negotiated TLS, and so sends nothing before.
#[derive(Clone, Copy, Debug)]
pub(super) struct OnlyScram;

impl MakeTlsConnect<Socket> for OnlyScram {
    type Stream = Watched;
    type TlsConnect = Self;
    type Error = io::Error;

    fn make_tls_connect(&mut self, _: &str) -> io::Result<Self> {
        Ok(Self)
    }
}

impl TlsConnect<Socket> for OnlyScram {
    type Stream = Watched;
    type Error = io::Error;
    type Future = Ready<io::Result<Watched>>;

    fn connect(self, socket: Socket) -> Self::Future {
        ready(Ok(Watched {
            socket,
            watch: RollbackGuard::default(),
        }))
    }
}

/// A connection whose answers are checked until the server accepts the sign-in.
pub(super) struct Watched {
    socket: Socket,
    watch: RollbackGuard,
}

impl AsyncRead for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        into: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = into.filled().len();
        ready!(Pin::new(&mut self.socket).poll_read(context, into))?;
        let came = into.filled().get(before..).unwrap_or_default();
        let verdict = self.watch.look_at(came);
        Poll::Ready(verdict.map_err(|asked| io::Error::new(io::ErrorKind::PermissionDenied, asked)))
    }
}

impl AsyncWrite for Watched {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.socket).poll_write(context, bytes)
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(context)
    }
}

impl TlsStream for Watched {
    fn channel_binding(&self) -> ChannelBinding {
        ChannelBinding::none()
    }
}

/// Reads the server's messages up to the one that accepts the sign-in (PostgreSQL manual, "Message Formats"): a
/// letter, the length of the rest, and for `R` the number of what is requested.
#[derive(Debug, Default)]
struct RollbackGuard {
    head: Vec<u8>,
    /// How many bytes of the current message to skip.
    skip: usize,
    is_in: bool,
}

/// Letter and length.
const HEAD: usize = 5;

impl RollbackGuard {
    fn look_at(&mut self, mut bytes: &[u8]) -> Result<(), Asked> {
        while !self.is_in {
            let skipped = self.skip.min(bytes.len());
            self.skip -= skipped;
            let Some((first, rest)) = bytes.get(skipped..).and_then(<[u8]>::split_first) else {
                break;
            };
            bytes = rest;
            self.head.push(*first);
            if let [letter, a, b, c, d, asked @ ..] = self.head.as_slice() {
                let length = u32::from_be_bytes([*a, *b, *c, *d]) as usize;
                match asked {
                    [] if *letter != b'R' => self.next(length.saturating_sub(HEAD - 1)),
                    [e, f, g, h] => {
                        match u32::from_be_bytes([*e, *f, *g, *h]) {
                            0 => self.is_in = true,
                            // SASL, of which the driver supports only SCRAM, and its next steps.
                            10..=12 => {}
                            3 => return Err(Asked::Clear),
                            5 => return Err(Asked::Md5),
                            other => return Err(Asked::Other(other)),
                        }
                        self.next(length.saturating_sub(HEAD + 3));
                    }
                    _ => {}
                }
            }
        }
        Ok(())
    }

    fn next(&mut self, skip: usize) {
        self.head.clear();
        self.skip = skip;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(letter: u8, body: &[u8]) -> Vec<u8> {
        let length = u32::try_from(body.len() + 4).unwrap();
        [&[letter], length.to_be_bytes().as_slice(), body].concat()
    }

    fn asks(number: u32, more: &[u8]) -> Vec<u8> {
        message(b'R', &[number.to_be_bytes().as_slice(), more].concat())
    }

    /// Looks at it all at once, and byte by byte.
    fn verdict(bytes: &[u8]) -> Result<bool, Asked> {
        let mut watch = RollbackGuard::default();
        let whole = watch.look_at(bytes).map(|()| watch.is_in);
        let mut watch = RollbackGuard::default();
        let parts = bytes
            .iter()
            .try_for_each(|byte| watch.look_at(std::slice::from_ref(byte)))
            .map(|()| watch.is_in);
        assert_eq!(whole, parts);
        whole
    }

    #[test]
    fn who_asks_for_the_password_is_refused() {
        assert_eq!(verdict(&asks(3, b"")), Err(Asked::Clear));
        assert_eq!(verdict(&asks(5, b"salt")), Err(Asked::Md5));
        for other in [2, 6, 7, 8, 9, 13, u32::MAX] {
            assert_eq!(verdict(&asks(other, b"")), Err(Asked::Other(other)));
        }
        // Whatever comes before it.
        let notice = message(b'N', b"Sforged\0\0");
        let version = message(b'v', &[0; 8]);
        let scram = asks(10, b"SCRAM-SHA-256\0\0");
        let clear = asks(3, b"");
        for before in [notice, version, scram] {
            assert_eq!(
                verdict(&[before, clear.clone()].concat()),
                Err(Asked::Clear)
            );
        }
        // A length that is none.
        assert_eq!(
            verdict(&[b"N\0\0\0\0".as_slice(), &clear].concat()),
            Err(Asked::Clear)
        );
        assert_eq!(verdict(b"R\0\0\0\0\0\0\0\x03"), Err(Asked::Clear));
    }

    #[test]
    fn scram_goes_through_and_nothing_is_looked_at_afterwards() {
        let scram = [
            asks(10, b"SCRAM-SHA-256\0\0"),
            asks(11, b"r=nonce,s=salt,i=4096"),
            asks(12, b"v=proof"),
        ]
        .concat();
        assert_eq!(verdict(&scram), Ok(false));
        let inside = [scram, asks(0, b""), asks(3, b""), b"D\0".to_vec()].concat();
        assert_eq!(verdict(&inside), Ok(true));
        assert_eq!(verdict(&message(b'E', b"SFATAL\0\0")), Ok(false));
    }
}
