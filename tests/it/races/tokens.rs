//! One token, many processes: exactly one wins (I4, P3).

use serde_json::{Value, json};

use super::{
    PASSWORD, Process, World, address_link, at_once, invitation, registered, reset_link, rounds,
    sign_in, turn,
};

const PROCESSES: usize = 16;
const ROUNDS: usize = rounds(100);

/// Sends the requests at once and gives the number of the one winner; everybody else hears `link-used`.
fn one_winner(streams: &mut [Process], requests: &[Value]) -> usize {
    let lines: Vec<String> = requests
        .iter()
        .map(|request| format!("{request}\n"))
        .collect();
    at_once(streams, &lines);
    let answers: Vec<Value> = streams.iter().map(Process::answer).collect();
    let winners: Vec<usize> = (0..answers.len())
        .filter(|&at| answers[at]["ok"] == true)
        .collect();
    assert_eq!(winners.len(), 1, "{answers:?}");
    for (at, answer) in answers.iter().enumerate() {
        assert_eq!(answer["id"], requests[at]["id"]);
        if at != winners[0] {
            assert_eq!(answer["reason"], "link-used", "{answer}");
        }
    }
    winners[0]
}

/// Who finds the link used when looking it up is recorded (D1). If that were all the losers, nobody would ever have
/// hashed a password while somebody else did, and there would have been no race.
fn assert_some_came_close(world: &World) {
    let losers = i64::try_from(ROUNDS * (PROCESSES - 1)).unwrap();
    assert!(world.entries("link-refused") < losers);
}

fn all_end_well(streams: Vec<Process>) {
    for stream in streams {
        assert_eq!(stream.end().code(), Some(0));
    }
}

#[test]
fn one_invitation_token_registers_exactly_once() {
    let _turn = turn();
    let world = World::new();
    let mut store = world.store();
    let mut streams = world.streams(PROCESSES);
    for round in 0..ROUNDS {
        let who = format!("person{round}@example.com");
        let token = invitation(&mut store, &who, "main", false);
        let request =
            json!({"op": "register", "id": round, "token": token.as_str(), "password": PASSWORD});
        one_winner(&mut streams, &vec![request; PROCESSES]);
        assert_eq!(world.details(&who, "registered").len(), 1);
        let with_password = "select count(*) from account where password_hash is not null";
        assert_eq!(
            world.count(with_password, &[]),
            i64::try_from(round).unwrap() + 1
        );
        assert_eq!(
            world.entries("registered"),
            i64::try_from(round).unwrap() + 1
        );
    }
    assert_some_came_close(&world);
    all_end_well(streams);
    world.assert_whole();
}

#[test]
fn one_reset_token_sets_exactly_one_password() {
    let _turn = turn();
    let world = World::new();
    let mut store = world.store();
    let mut streams = world.streams(PROCESSES);
    let who = "ada@example.com";
    registered(&mut store, who);
    let mut before = PASSWORD.to_owned();
    for round in 0..ROUNDS {
        let token = reset_link(&mut store, who);
        let password = |at: usize| format!("password of process {at} in round {round}");
        let request = |at| json!({"op": "reset-password", "id": at, "token": token.as_str(), "password": password(at)});
        let requests: Vec<Value> = (0..PROCESSES).map(request).collect();
        let winner = one_winner(&mut streams, &requests);
        assert_eq!(world.details(who, "password-set").len(), round + 1);
        // Now and then two losers and the password of before, and always the winner; each through another process.
        let loser = |turn: usize| password((winner + turn) % PROCESSES);
        if round % 5 == 0 {
            let others = [loser(1), loser(2 + round % 13), before];
            for (at, wrong) in others.iter().enumerate() {
                streams[at].write(&format!("{}\n", sign_in(at, who, wrong)));
            }
            for stream in &streams[..others.len()] {
                assert_eq!(stream.answer()["reason"], "invalid-credentials");
            }
        }
        before = password(winner);
        let stream = &mut streams[(winner + 1) % PROCESSES];
        stream.write(&format!("{}\n", sign_in(winner, who, &before)));
        assert_eq!(stream.answer()["answer"], "signed-in");
    }
    assert_some_came_close(&world);
    all_end_well(streams);
    world.assert_whole();
}

#[test]
fn one_token_changes_an_address_exactly_once() {
    let _turn = turn();
    let world = World::new();
    let mut store = world.store();
    let mut streams = world.streams(PROCESSES);
    let mut who = "ada@example.com".to_owned();
    registered(&mut store, &who);
    for round in 0..ROUNDS {
        let new = format!("ada{round}@example.com");
        let token = address_link(&mut store, &who, &new);
        let request = json!({"op": "confirm-address", "id": round, "token": token.as_str()});
        one_winner(&mut streams, &vec![request; PROCESSES]);
        assert_eq!(
            world.entries("address-changed"),
            i64::try_from(round).unwrap() + 1
        );
        let holds = "select count(*) from account where address = $1";
        assert_eq!(world.count(holds, &[(&new).into()]), 1);
        who = new;
    }
    all_end_well(streams);
    world.assert_whole();
}
