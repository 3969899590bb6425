//! Ctrl-C.
//!
//! Ordinarily it ends the process at once, as everywhere: a transaction that was not committed is rolled back.
//! Around a loop over many people, and while a question is open, it is *armed*: then the first one only raises a
//! flag, so that the loop can stop between two people and report what was done. The second ends the process.
//! A service is ended by SIGTERM, which then does the same.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, OnceLock};

use signal_hook::consts::{SIGINT, SIGTERM};
use signal_hook::flag;

/// A handle on Ctrl-C; clones share one state.
#[derive(Clone, Debug, Default)]
pub struct Interrupt {
    state: Arc<State>,
}

#[derive(Debug)]
struct State {
    /// Somebody pressed Ctrl-C while it was armed.
    raised: Arc<AtomicBool>,
    /// The next one ends the process: true unless armed and not yet raised.
    deadly: Arc<AtomicBool>,
    /// Whether this is about the real signal.
    real: bool,
    registered: OnceLock<bool>,
    service: OnceLock<bool>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            raised: Arc::default(),
            deadly: Arc::new(AtomicBool::new(true)),
            real: false,
            registered: OnceLock::new(),
            service: OnceLock::new(),
        }
    }
}

impl Interrupt {
    /// One that only [`Interrupt::raise`] raises, for tests.
    #[cfg(feature = "testing")]
    pub fn manual() -> Self {
        Self::default()
    }

    /// The one of this process. Nothing is touched until it is armed for the first time.
    pub fn of_process() -> Self {
        static PROCESS: OnceLock<Interrupt> = OnceLock::new();
        PROCESS
            .get_or_init(|| Self {
                state: Arc::new(State {
                    real: true,
                    ..State::default()
                }),
            })
            .clone()
    }

    /// From now until the guard is dropped Ctrl-C raises the flag instead of ending the process.
    pub fn arm(&self) -> Guard {
        let state = &self.state;
        if state.real {
            state.registered.get_or_init(|| register(state, SIGINT));
        }
        state.raised.store(false, Ordering::SeqCst);
        state.deadly.store(false, Ordering::SeqCst);
        Guard {
            interrupt: self.clone(),
        }
    }

    /// The same for a service: SIGTERM raises the flag as well.
    pub fn arm_service(&self) -> Guard {
        if self.state.real {
            let state = &self.state;
            state.service.get_or_init(|| register(state, SIGTERM));
        }
        self.arm()
    }

    /// Whether Ctrl-C was pressed since it was armed.
    pub fn is_raised(&self) -> bool {
        self.state.raised.load(Ordering::SeqCst)
    }

    /// What Ctrl-C does while armed.
    #[cfg(feature = "testing")]
    pub fn raise(&self) {
        self.state.deadly.store(true, Ordering::SeqCst);
        self.state.raised.store(true, Ordering::SeqCst);
    }
}

/// Handlers run in the order of registration: look whether this one is deadly, then make the next one so. They
/// stay for good, since a removed handler would leave the signal ignored; unarmed they behave like the default.
fn register(state: &State, signal: i32) -> bool {
    flag::register_conditional_default(signal, Arc::clone(&state.deadly))
        .and_then(|_| flag::register(signal, Arc::clone(&state.deadly)))
        .and_then(|_| flag::register(signal, Arc::clone(&state.raised)))
        .is_ok()
}

/// Keeps Ctrl-C armed; dropping it makes Ctrl-C end the process again.
#[derive(Debug)]
#[must_use = "Ctrl-C is armed only as long as the guard lives"]
pub struct Guard {
    interrupt: Interrupt,
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.interrupt.state.deadly.store(true, Ordering::SeqCst);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_deadly_unless_armed_and_after_the_first() {
        let interrupt = Interrupt::manual();
        let deadly = || interrupt.state.deadly.load(Ordering::SeqCst);
        assert!(deadly());
        let guard = interrupt.arm();
        assert!(!deadly() && !interrupt.is_raised());
        interrupt.raise();
        assert!(deadly() && interrupt.is_raised());
        drop(guard);
        assert!(deadly() && interrupt.is_raised());
        let _guard = interrupt.arm();
        assert!(!interrupt.is_raised());
    }
}
