//! Interprets a server's errors.

use std::error::Error as _;
use std::io;

use postgres::error::SqlState;

use crate::domain::text::shown;
use crate::store::engine::lite::BUSY_SECONDS;
use crate::store::fault::Fault;

/// Whether the connection is lost, so that the result of the last message is unknown.
pub(super) fn is_lost(error: &postgres::Error) -> bool {
    match error.code() {
        // The server is shutting down, crashing or starting up: the connection ends with it.
        Some(code) => goes_away(code),
        None => error.is_closed() || io_cause(error).is_some(),
    }
}

fn goes_away(code: &SqlState) -> bool {
    [
        SqlState::ADMIN_SHUTDOWN,
        SqlState::CRASH_SHUTDOWN,
        SqlState::CANNOT_CONNECT_NOW,
        SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
    ]
    .contains(code)
        || code.code().starts_with("08")
}

fn io_cause(error: &postgres::Error) -> Option<&io::Error> {
    error.source()?.downcast_ref()
}

/// Groups errors by what can be done about them. The server's text may contain values of the row, so it is not passed
/// on for errors about rows.
pub(super) fn fault(error: &postgres::Error, place: &str) -> Fault {
    let place = place.to_owned();
    let Some(server) = error.as_db_error() else {
        return Fault::Unreachable {
            place,
            why: in_words(error),
        };
    };
    let why = shown(server.message()).into_owned();
    let code = server.code();
    let constraint = || shown(server.constraint().unwrap_or("unknown")).into_owned();
    match code {
        _ if goes_away(code) => Fault::Unreachable { place, why },
        code if *code == SqlState::UNIQUE_VIOLATION => Fault::Duplicate(constraint()),
        code if *code == SqlState::FOREIGN_KEY_VIOLATION => Fault::Reference,
        code if *code == SqlState::T_R_SERIALIZATION_FAILURE
            || *code == SqlState::T_R_DEADLOCK_DETECTED =>
        {
            Fault::Retry
        }
        code if *code == SqlState::LOCK_NOT_AVAILABLE => Fault::Busy(BUSY_SECONDS),
        code if *code == SqlState::DISK_FULL => Fault::Full(place),
        code if *code == SqlState::READ_ONLY_SQL_TRANSACTION => Fault::Replica(place),
        code if *code == SqlState::TOO_MANY_CONNECTIONS => Fault::Unreachable { place, why },
        code if *code == SqlState::INVALID_CATALOG_NAME
            || *code == SqlState::INSUFFICIENT_PRIVILEGE
            || code.code().starts_with("28") =>
        {
            Fault::Denied { place, why }
        }
        // The tables of a store do not exist.
        code if *code == SqlState::UNDEFINED_TABLE => Fault::Missing(place),
        code if *code == SqlState::DATA_CORRUPTED || *code == SqlState::INDEX_CORRUPTED => {
            Fault::Corrupt { place, why }
        }
        code => Fault::Other(format!("{} ({why})", code.code())),
    }
}

/// The error and its causes on one line, without the library's own prefix if the cause says everything.
pub(super) fn in_words(error: &postgres::Error) -> String {
    let mut causes = Vec::new();
    let mut next = error.source();
    while let Some(cause) = next {
        let words = cause.to_string();
        // Without the system's number: "Connection refused (os error 111)".
        let words = words.split(" (os error").next().unwrap_or_default();
        causes.push(words.to_owned());
        next = cause.source();
    }
    causes.dedup();
    if causes.is_empty() {
        causes.push(error.to_string());
    }
    shown(&causes.join(": ")).into_owned()
}
