//! Helpers shared by the unit tests of this module.

use std::io::{self, Write};
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::cli::base::env::{Clock, Env, OperatorName, Terminal};
use crate::cli::base::interrupt::Interrupt;
use crate::cli::base::prompt::NoPrompter;
use crate::vault::Entropy;

/// A stream that is kept.
#[derive(Clone, Default)]
pub(crate) struct Stream(Arc<Mutex<Vec<u8>>>);

impl Stream {
    pub(crate) fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Stream {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }
    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A clock that stops until somebody waits.
#[derive(Default)]
pub(crate) struct ManualClock(Mutex<i64>);

impl Clock for ManualClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millisecond(*self.0.lock().unwrap()).unwrap()
    }
    fn elapsed(&self) -> Duration {
        Duration::from_millis(u64::try_from(self.now().as_millisecond()).unwrap())
    }
    fn pause(&self, time: Duration) {
        *self.0.lock().unwrap() += i64::try_from(time.as_millis()).unwrap();
    }
}

pub(crate) fn terminal(yes: bool) -> Terminal {
    Terminal {
        stdin: yes,
        stdout: yes,
        stderr: yes,
        width: 80,
        height: None,
        utf8: true,
    }
}

/// A world in a folder, with no terminal, and its two streams.
pub(crate) fn env(home: &Path) -> (Env, Stream, Stream) {
    let (out, err) = (Stream::default(), Stream::default());
    let env = Env {
        stdin: Box::new(io::empty()),
        stdout: Box::new(out.clone()),
        stderr: Box::new(err.clone()),
        terminal: terminal(false),
        clock: Arc::new(ManualClock::default()),
        entropy: Entropy::os(),
        vars: [("HOME".to_owned(), home.to_str().unwrap().to_owned())].into(),
        operator: OperatorName::new("ada"),
        tz: TimeZone::UTC,
        prompter: Box::new(NoPrompter),
        interrupt: Interrupt::manual(),
        system_config: home.join("etc/admit/config.toml"),
        mailbox: None,
    };
    (env, out, err)
}
