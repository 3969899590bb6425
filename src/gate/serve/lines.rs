//! A client that sends JSON lines, as to `stream`.

use std::sync::Arc;

use serde_json::Value;
use tokio::io::AsyncWriteExt as _;
use tokio::net::UnixStream;
use tokio::net::unix::{OwnedReadHalf, OwnedWriteHalf};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};
use zeroize::Zeroizing;

use super::rules::{Peer, Place};
use super::{Either, Shared, first};
use crate::gate::Answer;
use crate::gate::lines::{RawLine, Splitter};
use crate::gate::stream::parsed;

/// So many requests of a connection may be unanswered: beyond that nothing is read.
const UNANSWERED: usize = 64;
/// How much is read at a time.
const CHUNK: usize = 4 * 1024;

/// An answer on its way, with the right to one of the places for what is unanswered.
type Outgoing = (Zeroizing<Vec<u8>>, OwnedSemaphorePermit);

/// Tells a client that there is no room for it.
pub(super) async fn refuse(mut stream: UnixStream) {
    let answer = Answer::unavailable("there are too many connections");
    if let Ok(line) = answer.to_line(Some(&Value::Null)) {
        stream.write_all(&line).await.ok();
    }
}

/// Answers until the client has no more requests, or the server ends: then what was read is still answered.
pub(super) async fn converse(
    stream: UnixStream,
    peer: Peer,
    shared: &Arc<Shared>,
    mut stopped: watch::Receiver<bool>,
    _place: Place,
) {
    let (input, output) = stream.into_split();
    let (answers, outgoing) = unbounded_channel();
    let writer = tokio::spawn(write(output, outgoing));
    let places = Arc::new(Semaphore::new(UNANSWERED));
    let mut splitter = Splitter::default();
    while !answers.is_closed() {
        let read = match first(read(&input, &mut splitter), stopped.changed()).await {
            Either::First(read) => read,
            Either::Second(_) => break,
        };
        let Some(lines) = read else {
            break;
        };
        for line in lines {
            let Ok(place) = Arc::clone(&places).acquire_owned().await else {
                return;
            };
            take(&line, peer, shared, answers.clone(), place);
        }
    }
    // The last answer of all closes the way to the writer.
    drop(answers);
    writer.await.ok();
}

/// The lines that are complete now. None: the end.
async fn read(input: &OwnedReadHalf, splitter: &mut Splitter) -> Option<Vec<RawLine>> {
    loop {
        input.readable().await.ok()?;
        let mut lines = Vec::new();
        // Only while there is something to read: a connection that is idle has no buffer.
        let mut chunk = Zeroizing::new([0; CHUNK]);
        match input.try_read(chunk.as_mut_slice()) {
            Ok(0) => {
                let last = splitter.end()?;
                return Some(vec![last]);
            }
            Ok(count) => splitter.push(&chunk[..count], |line| lines.push(line)),
            Err(error) if error.kind() == std::io::ErrorKind::WouldBlock => {}
            Err(_) => return None,
        }
        if !lines.is_empty() {
            return Some(lines);
        }
    }
}

fn take(
    line: &RawLine,
    peer: Peer,
    shared: &Shared,
    answers: UnboundedSender<Outgoing>,
    place: OwnedSemaphorePermit,
) {
    let (id, request) = parsed(shared.rules().panel.as_deref(), line);
    let reply = move |answer: &Answer| {
        if let Ok(line) = answer.to_line(Some(&id)) {
            answers.send((line, place)).ok();
        }
    };
    match request {
        Ok(request) => shared.submit(peer, request, reply),
        Err(answer) => reply(&answer),
    }
}

async fn write(mut output: OwnedWriteHalf, mut outgoing: UnboundedReceiver<Outgoing>) {
    while let Some((line, _place)) = outgoing.recv().await {
        if output.write_all(&line).await.is_err() {
            return;
        }
    }
}
