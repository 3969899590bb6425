//! "Did you mean …?"

/// The candidate that is most like a word, if one is like enough for it to be a slip of the finger.
pub fn nearest<'a, I>(word: &str, candidates: I) -> Option<&'a str>
where
    I: IntoIterator<Item = &'a str>,
{
    let limit = 1 + word.chars().count() / 4;
    let lower = word.to_lowercase();
    candidates
        .into_iter()
        .map(|candidate| {
            let distance = strsim::damerau_levenshtein(&lower, &candidate.to_lowercase());
            (distance, candidate)
        })
        .filter(|(distance, _)| *distance <= limit)
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_found_and_other_words_are_not() {
        let words = ["store", "key-file", "panel", "output"];
        assert_eq!(nearest("stoer", words), Some("store"));
        assert_eq!(nearest("keyfile", words), Some("key-file"));
        assert_eq!(nearest("PANEL", words), Some("panel"));
        assert_eq!(nearest("password", words), None);
    }
}
