//! The service that sends mail, over hours in which things go wrong.

use admit::cli::base::interrupt::Interrupt;
use admit::mail::DeliveryFault;

use crate::support::world::{MINUTE, World};

fn away() -> DeliveryFault {
    DeliveryFault {
        retry: true,
        detail: "cannot reach mx.example.com:587: connection refused".into(),
    }
}

#[test]
fn a_server_that_is_away_for_hours_is_tried_when_each_mail_is_due() {
    let world = World::with_ada();
    world.mail().drain();
    world.mail().fail_with(Some(away()));
    world.run("invite bob@example.com").done();
    let interrupt = Interrupt::manual();
    let mailbox = world.mail().clone();
    world.after(100 * MINUTE, move || mailbox.fail_with(None));
    let ctrl_c = interrupt.clone();
    world.after(3 * 60 * MINUTE, move || ctrl_c.raise());
    let run = world
        .line("mail send --follow -o jsonl")
        .interrupt(interrupt)
        .run();
    assert_eq!(run.code, 0, "{run}");
    let states: Vec<&str> = run
        .stdout
        .lines()
        .map(|line| {
            line.split("\"state\":\"")
                .nth(1)
                .unwrap()
                .split('"')
                .next()
                .unwrap()
        })
        .collect();
    // After 1, 5, 15, 30 and 60 minutes; the last of them finds the server.
    assert_eq!(
        states,
        ["queued", "queued", "queued", "queued", "sent"],
        "{run}"
    );
    assert_eq!(world.letters(), 1);
}
