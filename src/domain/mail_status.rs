//! Explains a mail server's status to people who do not run mail servers.

/// What the first enhanced status (`5.1.1`, RFC 3463) in a server's reply means, and what helps; `None` if it
/// says no more than the server's own text does.
///
/// Of temporary refusals only a full mailbox is explained: servers use the others for "come back later" too.
pub fn meaning(reply: &str) -> Option<&'static str> {
    let (class, subject, detail) = status(reply)?;
    match (class, subject, detail) {
        (5, 1, 7 | 8) => Some(
            "the server rejects the sender's address: check `sender` under [mail], or the panel's",
        ),
        (5, 1, _) => Some("that mail server does not know the address: check it for typing errors"),
        (5, 2, 1) => Some("the mailbox is disabled: only its mail administrator can fix that"),
        (4 | 5, 2, 2) => Some("the mailbox is full: the person has to free some space"),
        (5, 4, _) => Some("no mail server found for that domain: check the part after the @"),
        (5, 7, _) => Some(
            "blocked by a rule: the server does not relay mail to this domain, or a firewall blocks the sender's domain; ask the mail administrator",
        ),
        _ => None,
    }
}

/// Whether the address may be mistyped: the status says so, or no status says anything else.
pub fn may_be_mistyped(reply: &str) -> bool {
    match status(reply) {
        Some((5, 1, detail)) => !matches!(detail, 7 | 8),
        Some((5, 4, _)) | None => true,
        Some(_) => false,
    }
}

/// Class, subject and detail of the first status after a reply code of the same class.
fn status(reply: &str) -> Option<(u8, u16, u16)> {
    let words: Vec<&str> = reply.split_ascii_whitespace().collect();
    words.windows(2).find_map(|pair| {
        let [code, status] = pair else { return None };
        let is_code = code.len() == 3 && code.bytes().all(|b| b.is_ascii_digit());
        let mut parts = status.split('.').map(str::parse::<u16>);
        match (parts.next(), parts.next(), parts.next(), parts.next()) {
            (Some(Ok(class @ (4 | 5))), Some(Ok(subject)), Some(Ok(detail)), None)
                if is_code && code.starts_with(char::from(b"45"[usize::from(class - 4)])) =>
            {
                Some((u8::try_from(class).ok()?, subject, detail))
            }
            _ => None,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_found_where_a_server_puts_it() {
        for (reply, wanted) in [
            (
                "mx refuses a@b.c: 550 5.1.1 <a@b.c>: unknown",
                Some((5, 1, 1)),
            ),
            ("mx refuses: 552 5.2.2 full / 5.7.1 more", Some((5, 2, 2))),
            ("451 4.7.650 later", Some((4, 7, 650))),
            ("550 no status", None),
            ("550 4.1.1 of another class", None),
            ("its address is 5.1.1 there", None),
            ("550 5.1.1.1 an IP", None),
            ("550 5.1.99999999999 nonsense", None),
            ("250 2.0.0 Ok", None),
            ("5.1.1", None),
            ("", None),
        ] {
            assert_eq!(status(reply), wanted, "{reply}");
        }
    }

    #[test]
    fn what_helps_is_told_and_nothing_is_guessed() {
        for (reply, words) in [
            (
                "550 5.1.1 User unknown in virtual mailbox table",
                Some("typing error"),
            ),
            ("550 5.1.10 null MX", Some("typing error")),
            ("553 5.1.8 sender", Some("`sender` under [mail]")),
            (
                "550 5.2.1 disabled",
                Some("disabled: only its mail administrator"),
            ),
            ("552 5.2.2 full", Some("the mailbox is full")),
            ("452 4.2.2 full", Some("the mailbox is full")),
            ("450 4.2.0 Greylisted", None),
            ("450 4.1.1 try again", None),
            ("451 4.7.1 Greylisted", None),
            ("554 5.4.4 no route", Some("after the @")),
            ("554 5.7.1 Relay access denied", Some("firewall")),
            ("554 5.6.0 odd", None),
            ("550 gone", None),
        ] {
            match (meaning(reply), words) {
                (None, None) => {}
                (Some(said), Some(words)) => assert!(said.contains(words), "{reply}: {said}"),
                (said, _) => panic!("{reply}: {said:?}"),
            }
        }
    }

    #[test]
    fn an_address_is_doubted_only_where_it_may_be_wrong() {
        for (reply, wanted) in [
            ("550 5.1.1 unknown", true),
            ("550 no such user", true),
            ("550 5.4.4 no route", true),
            ("550 5.1.8 sender", false),
            ("552 5.2.2 full", false),
            ("554 5.7.1 spam", false),
        ] {
            assert_eq!(may_be_mistyped(reply), wanted, "{reply}");
        }
    }
}
