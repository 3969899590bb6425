//! One request, one answer: `admit gate sign-in` and its like.

use std::io::{self, Read, Write};

use zeroize::Zeroizing;

use crate::domain::policy::MAIL_IS_LATE;
use crate::store::Store;

use super::{Answer, GateContext, LIMIT, Request, Verb, Verdict, answer_in_turn, unharmed};

/// Reads a request to its end, answers it with one line, and returns the exit code. An invalid request is
/// answered without opening anything.
pub fn serve(
    verb: Verb,
    input: &mut dyn Read,
    output: &mut dyn Write,
    gate: &GateContext<'_>,
) -> u8 {
    let answer = unharmed(|| match read(input) {
        Ok(bytes) => match Request::parse(verb, gate.panel, &bytes) {
            Ok(request) => match (gate.open)() {
                Ok(mut store) => {
                    let answer = answer_in_turn(gate, &mut store, request);
                    with_late_mail(gate, &mut store, answer)
                }
                Err(cause) => Answer::unavailable(cause),
            },
            Err(bad) => Answer::bad_request(&bad),
        },
        Err(error) => Answer::unavailable(format!("the request cannot be read: {}", error.kind())),
    });
    tell(&answer, output)
}

/// This process sends no mail, and ends. Where nobody else sends it either, the panel's log says so.
fn with_late_mail(gate: &GateContext<'_>, store: &mut Store, answer: Answer) -> Answer {
    let now = (gate.op)().now;
    match store.read(|tx| tx.waiting_mail()) {
        Ok((count, Some(since))) if now.duration_since(since) > MAIL_IS_LATE => {
            answer.and_because(&format!(
                "{count} mails wait since {since}: gate stream or mail send --follow sends them"
            ))
        }
        _ => answer,
    }
}

/// Writes an answer and returns the exit code: a yes that could not be written is a no.
pub fn tell(answer: &Answer, output: &mut dyn Write) -> u8 {
    let told = answer.to_line(None).and_then(|line| {
        output.write_all(&line)?;
        output.flush()
    });
    match told {
        Ok(()) => answer.verdict().exit_code(),
        Err(_) => Verdict::CannotTell.exit_code(),
    }
}

/// All of it, or one byte more than allowed.
fn read(input: &mut dyn Read) -> io::Result<Zeroizing<Vec<u8>>> {
    // Allocated at full size: growing would leave a copy behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(LIMIT + 1));
    input.take(LIMIT as u64 + 1).read_to_end(&mut bytes)?;
    Ok(bytes)
}
