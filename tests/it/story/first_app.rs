//! Setting a first authenticator up where a code by mail is asked for already.

use crate::support::world::{PASSWORD, World};

#[test]
fn the_code_by_mail_is_asked_for_first_and_a_wrong_one_sets_nothing_up() {
    let world = World::with_ada();
    world.set_panel("main", "second-factor", "required");
    world.set_panel("main", "methods", "app,mail");
    let before = world.letters();
    let run = world.pipe(
        "self 2fa ada@example.com --show",
        format!("{PASSWORD}\nmail\n000000\n"),
    );
    assert_eq!((run.code, run.stdout.as_str()), (6, ""), "{run}");
    assert!(run.stderr.contains("A code by mail has been sent"), "{run}");
    assert!(run.stderr.contains("(code-invalid)"), "{run}");
    assert_eq!(world.letters(), before + 1);
    assert_ne!(world.mail().letters()[before].code().unwrap(), "000000");
}

#[test]
fn without_a_code_nothing_is_shown() {
    let world = World::with_ada();
    world.set_panel("main", "second-factor", "required");
    world.set_panel("main", "methods", "app,mail");
    let run = world.pipe("self 2fa ada@example.com --show", format!("{PASSWORD}\n"));
    assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{run}");
    assert!(
        run.stderr.contains("Type 'mail' to receive a code"),
        "{run}"
    );
}
