//! Codes as real authenticators make them.

use std::process::Command;

use admit::vault::{Entropy, STEP_SECONDS, TotpSecret};

use super::{end, required};

#[test]
fn oathtool_shows_the_same_codes() {
    required("oathtool", "oathtool");
    let entropy = Entropy::seeded(6238);
    for round in 0..200 {
        let secret = TotpSecret::random(&entropy).unwrap();
        // From 1970 to 2106, and on the first and last second of a step in turn.
        let step = i64::from(u32::from_le_bytes(entropy.bytes().unwrap())) / STEP_SECONDS;
        let second = step * STEP_SECONDS + if round % 2 == 0 { 0 } else { STEP_SECONDS - 1 };
        let mut oathtool = Command::new("oathtool");
        oathtool
            .args(["--totp", "-d", "6", "--now", &format!("@{second}")])
            .args(["-b", secret.base32().as_str()]);
        let ended = end(oathtool, b"");
        assert_eq!(ended.code, Some(0), "{ended}");
        assert_eq!(
            ended.stdout.trim_end(),
            secret.code_at(step).as_str(),
            "second {second} of secret {round}"
        );
    }
}
