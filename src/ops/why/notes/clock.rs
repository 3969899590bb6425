//! A phone whose clock differs from this machine's (T7): whose clock is wrong.

use super::Notes;
use crate::domain::remedy::Remedy;
use crate::domain::second_factor::clock_in_words;

impl Notes<'_> {
    pub(super) fn wrong_clock(&mut self) {
        let Some(clock) = self.evidence.clock else {
            return;
        };
        let (steps, seen) = (clock.steps, self.at(clock.seen));
        let off = clock_in_words(steps);
        let typed = if clock.setting_up {
            "the first code of a set-up, entered"
        } else {
            "a code entered"
        };
        if clock.others > 0 {
            let phones = match clock.others {
                1 => "1 other person".to_owned(),
                others => format!("{others} other people"),
            };
            let off = clock_in_words(-steps);
            self.note(
                "machine-clock",
                format!(
                    "the clock of the machine that checks the codes is most likely {off}: {typed} {seen} would have been correct then, and the phones of {phones} are off by the same time",
                ),
                vec![Remedy::word(
                    "set the clock of that machine, not the phones: `timedatectl` shows whether it is synchronised",
                )],
            );
            self.clock_refused(format!(
                "the clock of the machine that checks the codes is most likely {off}"
            ));
        } else {
            self.note(
                "phone-clock",
                format!("the phone's clock is {off}: {typed} {seen} would have been correct then"),
                vec![Remedy::word(
                    "only the person can fix it: set the phone's clock to automatic, then use the next code",
                )],
            );
            self.clock_refused(format!("the phone's clock is {off}"));
        }
    }

    /// A set-up that is not required does not keep anybody out.
    fn clock_refused(&mut self, because: String) {
        let (factor, policy) = (&self.room.factor, &self.room.panel.policy);
        if let Some(clock) = self.evidence.clock
            && (!clock.setting_up || factor.is_missing(policy))
        {
            self.refused(clock.seen, because);
        }
    }
}
