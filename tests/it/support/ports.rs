//! A port on which nobody listens, and which nobody else gets.

use std::net::{TcpListener, TcpStream};

/// A port that refuses connections as long as this is held. A port that was merely let go of may be a neighbour's a moment
/// later; this one is kept by the two ends of a connection.
pub(crate) struct Unheard {
    pub(crate) port: u16,
    _ends: (TcpStream, TcpStream),
}

impl Unheard {
    pub(crate) fn new() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let near = TcpStream::connect(address).unwrap();
        let (far, _) = listener.accept().unwrap();
        Self {
            port: address.port(),
            _ends: (near, far),
        }
    }
}
