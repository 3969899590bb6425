//! The operator (rule R4): from the operating system, never from a variable or an option.

use std::fmt;
use std::fs;

/// "No login" in `/proc/self/loginuid`.
const UNSET: u32 = u32::MAX;
/// What the kernel shows for a user who does not exist in this namespace.
const UNMAPPED: u32 = 65_534;

/// The name of an operator: that of a user of the operating system, or `#1000` if the user has none.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct OperatorName(String);

impl OperatorName {
    /// Uses a name unchanged.
    pub fn new(name: impl Into<String>) -> Self {
        Self(name.into())
    }

    /// The user of this process: who logged in, which `sudo` and `su` do not change, or else the real user.
    pub(super) fn of_process() -> Self {
        let login = fs::read_to_string("/proc/self/loginuid");
        let uid = login
            .ok()
            .and_then(|text| login_uid(&text))
            .unwrap_or_else(uzers::get_current_uid);
        Self(name_of(uid))
    }

    /// The name.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for OperatorName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The user in the text of a `loginuid` file, unless nobody logged in there.
fn login_uid(text: &str) -> Option<u32> {
    let uid = text.trim().parse().ok()?;
    (uid != UNSET && uid != UNMAPPED).then_some(uid)
}

fn name_of(uid: u32) -> String {
    uzers::get_user_by_uid(uid)
        .and_then(|user| user.name().to_str().map(str::to_owned))
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| format!("#{uid}"))
}

/// The home folder according to the user database.
pub(super) fn home() -> Option<String> {
    use uzers::os::unix::UserExt;
    let user = uzers::get_user_by_uid(uzers::get_effective_uid())?;
    user.home_dir().to_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_login_is_believed_unless_there_was_none() {
        assert_eq!(login_uid("1000\n"), Some(1000));
        assert_eq!(login_uid("0"), Some(0));
        assert_eq!(login_uid("4294967295"), None);
        assert_eq!(login_uid("65534"), None);
        assert_eq!(login_uid(""), None);
        assert_eq!(login_uid("root"), None);
    }

    #[test]
    fn a_user_without_name_gets_the_number() {
        assert_eq!(name_of(0), "root");
        assert_eq!(name_of(3_999_999_999), "#3999999999");
    }
}
