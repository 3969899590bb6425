//! How safe a password is, for an operator who is about to leave it as the only protection of an account (T6).

use crate::cli::base::times::TimeFormat;
use crate::ops::reset_2fa::PasswordSafety;

/// Lines for people.
pub fn lines(safety: &PasswordSafety, times: &TimeFormat) -> Vec<String> {
    let account = &safety.account;
    let password = account.password.map_or_else(
        || "none".to_owned(),
        |password| match password.voided_at {
            Some(at) => format!("void since {}", times.at(at)),
            None => format!("set {}", times.at(password.set_at)),
        },
    );
    let status = if account.lock.permanent_at.is_some() {
        ", permanently locked"
    } else if account.lock.locked_at.is_some() {
        ", locked now"
    } else {
        ""
    };
    let mut lines = vec![
        format!("{}: how safe is the password?", account.address),
        format!("  password       {password}"),
        format!(
            "  last 30 days   {}, {}{status}",
            count(safety.wrong_lately, "wrong attempt", "wrong attempts"),
            count(safety.locks_lately, "lock", "locks"),
        ),
    ];
    if safety.last_sign_ins.is_empty() {
        lines.push("  last sign-ins  none yet".to_owned());
    }
    for (place, (at, ip)) in safety.last_sign_ins.iter().enumerate() {
        let label = if place == 0 { "last sign-ins" } else { "" };
        let from = ip
            .as_deref()
            .unwrap_or("an IP that the panel did not report");
        lines.push(format!("  {label:<14} {}, from {from}", times.at(*at)));
    }
    lines
}

fn count(number: usize, one: &str, many: &str) -> String {
    match number {
        0 => format!("no {many}"),
        1 => format!("1 {one}"),
        number => format!("{number} {many}"),
    }
}
