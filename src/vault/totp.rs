//! [`TotpSecret`]: the secret shared by an authenticator app and the store (RFC 6238).
//!
//! SHA-1, six digits, 30 seconds: many apps read the other parameters of the URI and then ignore them.
//! HMAC-SHA-1 is not affected by SHA-1's collisions (RFC 4226, B.2).

use std::fmt;

use jiff::Timestamp;
use totp_rs::{Builder, Totp};

use super::code::Digits;
use super::{Entropy, Secret, VaultError};
use crate::domain::text::is_hidden;

/// Seconds of a step: how long an authenticator shows the same code.
pub const STEP_SECONDS: i64 = 30;

/// The step of a time: its number since 1970.
pub fn step_at(now: Timestamp) -> i64 {
    // A time between two seconds belongs to the earlier one, before 1970 too.
    let second = now.as_nanosecond().div_euclid(1_000_000_000);
    let step = second.div_euclid(i128::from(STEP_SECONDS));
    i64::try_from(step).unwrap_or(i64::MAX)
}

/// A secret of 160 bits, the length that RFC 4226 (section 4, R6) recommends.
#[derive(Clone)]
pub struct TotpSecret(Secret<[u8; 20]>);

impl TotpSecret {
    /// A new random secret.
    ///
    /// # Errors
    /// [`VaultError::NoRandomness`].
    pub fn random(entropy: &Entropy) -> Result<Self, VaultError> {
        Ok(Self(Secret::new(entropy.bytes()?)))
    }

    /// The decrypted secret.
    ///
    /// # Errors
    /// [`VaultError::BadBox`] unless there are 20 bytes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, VaultError> {
        let bytes = <[u8; 20]>::try_from(bytes).map_err(|_| VaultError::BadBox)?;
        Ok(Self(Secret::new(bytes)))
    }

    /// The 20 bytes, only to be encrypted.
    pub fn as_bytes(&self) -> &[u8; 20] {
        self.0.expose()
    }

    /// The secret as it is typed into an authenticator: 32 characters of base 32 (RFC 4648, 6), upper case,
    /// without padding.
    pub fn base32(&self) -> Secret<String> {
        Secret::new(self.shared().to_base32())
    }

    /// The URI that authenticators read from a QR code
    /// (<https://github.com/google/google-authenticator/wiki/Key-Uri-Format>). Parameters with default values
    /// are left out, so that the QR code stays small.
    ///
    /// A colon separates the two names, so one inside becomes `-`, as do control and other invisible
    /// characters. Without an issuer there is only the account.
    pub fn uri(&self, issuer: &str, account: &str) -> Secret<String> {
        let (issuer, account) = (escaped(issuer), escaped(account));
        let secret = self.base32();
        let parts = if issuer.is_empty() {
            ["otpauth://totp/", &account, "?secret=", secret.as_str()].to_vec()
        } else {
            let label = ["otpauth://totp/", &issuer, ":", &account];
            let query = ["?secret=", secret.as_str(), "&issuer=", &issuer];
            [label, query].concat()
        };
        // One allocation of the right size: nothing secret stays behind in another.
        Secret::new(parts.concat())
    }

    /// The code of a step. Any number is valid: it counts in 64 bits as in RFC 4226, and times before 1970
    /// come last.
    #[cfg(feature = "testing")]
    pub fn code_at(&self, step: i64) -> Digits {
        code(&self.counter(), step)
    }

    /// The step with this code, among those from `step - back` to `step + ahead`. Of several, the one nearest
    /// to `step` is used, and of two equally near the earlier. All of them are always compared, so the time
    /// it takes depends only on their number.
    pub fn find(&self, code: &Digits, step: i64, back: i64, ahead: i64) -> Option<i64> {
        let counter = self.counter();
        let mut found: Option<i64> = None;
        for candidate in step.saturating_sub(back)..=step.saturating_add(ahead) {
            let fits = self::code(&counter, candidate).matches(code);
            let nearer = found.is_none_or(|at| candidate.abs_diff(step) < at.abs_diff(step));
            if fits & nearer {
                found = Some(candidate);
            }
        }
        found
    }

    fn shared(&self) -> totp_rs::Secret {
        totp_rs::Secret::new_stack(*self.as_bytes())
    }

    /// With a step of one second, the time passed in is the counter itself.
    fn counter(&self) -> Totp {
        Builder::new()
            .with_secret(self.shared())
            .with_step_duration(1)
            .build_noncompliant()
    }
}

fn code(counter: &Totp, step: i64) -> Digits {
    Digits::spelt(counter.generate(step.cast_unsigned()))
}

/// Percent-encoded for both halves of the URI: only RFC 3986's unreserved characters stay, because some apps
/// read `+` as a space even in a path.
fn escaped(name: &str) -> String {
    let mut escaped = String::new();
    for c in name.chars() {
        let c = if c == ':' || is_hidden(c) { '-' } else { c };
        if c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~') {
            escaped.push(c);
        } else {
            for byte in c.encode_utf8(&mut [0; 4]).bytes() {
                escaped.push_str(&format!("%{byte:02X}"));
            }
        }
    }
    escaped
}

impl fmt::Debug for TotpSecret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("TotpSecret(…)")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The secret of both RFCs' appendices.
    fn rfc() -> TotpSecret {
        TotpSecret::from_bytes(b"12345678901234567890").unwrap()
    }

    #[test]
    fn the_vectors_of_rfc_6238_hold() {
        // Appendix B, SHA-1; the last six of its eight digits.
        for (second, code) in [
            (59, "287082"),
            (1_111_111_109, "081804"),
            (1_111_111_111, "050471"),
            (1_234_567_890, "005924"),
            (2_000_000_000, "279037"),
            (20_000_000_000, "353130"),
        ] {
            let step = step_at(Timestamp::from_second(second).unwrap());
            assert_eq!(rfc().code_at(step).as_str(), code, "{second}");
        }
    }

    #[test]
    fn the_vectors_of_rfc_4226_hold() {
        let codes = [
            "755224", "287082", "359152", "969429", "338314", "254676", "287922", "162583",
            "399871", "520489",
        ];
        for (step, code) in (0..).zip(codes) {
            assert_eq!(rfc().code_at(step).as_str(), code, "{step}");
        }
    }

    #[test]
    fn a_step_begins_every_30_seconds() {
        for (time, step) in [
            ("1970-01-01T00:00:00Z", 0),
            ("1970-01-01T00:00:29.999999999Z", 0),
            ("1970-01-01T00:00:30Z", 1),
            ("1969-12-31T23:59:59.999Z", -1),
            ("1969-12-31T23:59:30Z", -1),
            ("1969-12-31T23:59:29.999Z", -2),
            ("2005-03-18T01:58:29Z", 37_037_036),
            ("2033-05-18T03:33:20Z", 66_666_666),
        ] {
            assert_eq!(step_at(time.parse().unwrap()), step, "{time}");
        }
    }

    #[test]
    fn a_code_is_found_within_the_window_only() {
        let secret = rfc();
        let now = 66_666_666;
        for offset in -21..=21 {
            let code = secret.code_at(now + offset);
            let within =
                |back: i64, ahead| (-back..=ahead).contains(&offset).then_some(now + offset);
            assert_eq!(secret.find(&code, now, 0, 0), within(0, 0), "{offset}");
            assert_eq!(secret.find(&code, now, 1, 0), within(1, 0), "{offset}");
            assert_eq!(secret.find(&code, now, 1, 1), within(1, 1), "{offset}");
            assert_eq!(secret.find(&code, now, 20, 20), within(20, 20), "{offset}");
        }
    }

    /// Two steps of the RFC's secret not far from each other that have the same code.
    const TWINS: (i64, i64) = (153_567, 153_569);

    #[test]
    fn of_two_steps_with_one_code_the_nearest_wins() {
        let (a, b) = TWINS;
        let secret = rfc();
        let code = secret.code_at(a);
        assert_eq!(code.as_str(), secret.code_at(b).as_str());
        let apart = b - a;
        for step in a..=b {
            let nearest = if step - a <= b - step { a } else { b };
            assert_eq!(secret.find(&code, step, apart, apart), Some(nearest));
        }
    }

    #[test]
    fn the_ends_of_time_are_steps_too() {
        let secret = rfc();
        for step in [i64::MIN, -1, 0, i64::MAX] {
            let code = secret.code_at(step);
            assert_eq!(secret.find(&code, step, 1, 1), Some(step));
        }
        let last = Timestamp::MAX;
        assert_eq!(step_at(last), last.as_second() / 30);
    }

    #[test]
    fn a_secret_has_20_bytes_and_32_characters() {
        assert_eq!(rfc().base32().as_str(), "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ");
        assert_eq!(rfc().as_bytes(), b"12345678901234567890");
        for len in [0, 10, 16, 19, 21, 32] {
            let read = TotpSecret::from_bytes(&vec![1; len]);
            assert!(matches!(read, Err(VaultError::BadBox)), "{len}");
        }
        let entropy = Entropy::seeded(1);
        let (a, b) = (
            TotpSecret::random(&entropy).unwrap(),
            TotpSecret::random(&entropy).unwrap(),
        );
        assert_ne!(a.as_bytes(), b.as_bytes());
        assert_eq!(a.as_bytes(), &Entropy::seeded(1).bytes::<20>().unwrap());
    }

    #[test]
    fn the_uri_is_short_and_escaped() {
        assert_eq!(
            rfc().uri("Häuser: Nord", "ada+x@example.com").as_str(),
            "otpauth://totp/H%C3%A4user-%20Nord:ada%2Bx%40example.com\
             ?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=H%C3%A4user-%20Nord"
        );
        assert_eq!(
            rfc().uri("", "a:b\n\u{202e}c").as_str(),
            "otpauth://totp/a-b--c?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
        );
    }

    #[test]
    fn another_implementation_reads_the_uri() {
        let uri = rfc().uri("Häuser: Nord & Süd?", "ada+x/y#%41@example.com");
        let read = Totp::from_url(uri.as_str()).unwrap();
        assert_eq!(read.issuer(), Some("Häuser- Nord & Süd?"));
        assert_eq!(read.account_name(), "ada+x/y#%41@example.com");
        assert_eq!(read.secret().as_bytes(), b"12345678901234567890");
        assert_eq!((read.digits(), read.step()), (6, 30));
        assert_eq!(read.algorithm(), totp_rs::Algorithm::SHA1);
        assert_eq!(read.generate(1_234_567_890).to_string(), "005924");
    }

    #[test]
    fn debug_shows_no_byte() {
        assert_eq!(format!("{:?}", rfc()), "TotpSecret(…)");
    }

    proptest! {
        #[test]
        fn any_names_make_a_uri_that_is_read(
            issuer in "\\PC{1,20}",
            account in "\\PC{1,20}",
            seed: u64,
        ) {
            let secret = TotpSecret::random(&Entropy::seeded(seed)).unwrap();
            let read = Totp::from_url(secret.uri(&issuer, &account).as_str()).unwrap();
            let kept = |name: &str| name.replace(|c| c == ':' || is_hidden(c), "-");
            prop_assert_eq!(read.issuer().unwrap_or_default(), kept(&issuer));
            prop_assert_eq!(read.account_name(), kept(&account));
            prop_assert_eq!(read.secret().as_bytes(), secret.as_bytes());
        }
    }
}
