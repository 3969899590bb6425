//! Where a key may be, and what it may be called.

use super::*;

#[test]
fn a_key_whose_folder_others_may_write_to_is_neither_made_nor_read() {
    for (mode, good) in [
        (0o700, true),
        (0o755, true),
        (0o777, false),
        (0o1777, false),
    ] {
        let place = made();
        set_mode(place.folder.path(), mode);
        let other = place.folder.path().join("other");
        assert_eq!(load(&place.key).is_ok(), good, "{mode:o}");
        assert_eq!(create(&other, &Entropy::os()).is_ok(), good, "{mode:o}");
        assert_eq!(other.exists(), good);
        if !good {
            let text = load(&place.key).unwrap_err().to_string();
            assert!(
                text.contains("is not trusted: other users can write to the folder"),
                "{text}"
            );
        }
    }
}

#[test]
fn a_key_is_not_called_like_a_list_beside_it() {
    for name in ["seen", "erased"] {
        let place = made();
        let path = place.folder.path().join(name);
        assert!(create(&path, &Entropy::os()).is_err());
        assert!(!path.exists());
        fs::rename(&place.key, &path).unwrap();
        let error = load(&path).unwrap_err();
        assert!(matches!(error, KeyFileError::Reserved { .. }), "{error}");
    }
}
