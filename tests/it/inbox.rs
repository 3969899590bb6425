//! A support inbox: what people write, what `why` names as the cause, and what the first command does that it prints.
//!
//! In each situation the command is pasted into a terminal on the same store; then the person does what is left for
//! them to do, and has to be in. [`table`] has the situations, [`scenes`] makes the stores.

mod scenes;
mod table;

use admit::cli::base::prompt::Answer;
use serde_json::Value;

use crate::support::judge::{document, split};
use crate::support::world::{PASSWORD, Run, World};

/// What people set as their new password.
const NEW: &str = "nine blue bottles stand over here";

/// One letter to the support desk.
struct Situation {
    /// What they write.
    says: &'static str,
    make: fn() -> World,
    /// What the operator types behind `admit why`.
    asks: &'static str,
    /// What `why` names first: the reason of the first obstacle, or the kind of the note that explains it.
    cause: &'static str,
    /// What becomes of it once the first command was pasted.
    then: Then,
}

/// What happens after the command.
#[derive(Clone, Copy)]
enum Then {
    /// They are in with the password they have; if more is in the way, the first command of that was pasted too.
    In,
    /// This password is accepted, and a code is asked for.
    AskedForCode(&'static str),
    /// They register with the link in their newest mail, and are in.
    Registers,
    /// They set a new password with the link in their newest mail, and are in with it.
    Resets,
    /// They confirm the new address with the link that went there, and are in with it.
    Confirms(&'static str),
    /// The password is accepted, and a new second factor is set up.
    SetsUp,
    /// The command only shows where to look, and what it shows holds this.
    Shows(&'static str),
    /// No command helps: the person has to act, and is told what to do with these words.
    Told(&'static str),
}

impl Situation {
    fn why(&self, world: &World) -> Value {
        let words = split(&format!("why {} -o json", self.asks)).unwrap();
        document(&world.words(words).run().stdout).unwrap()["results"][0].clone()
    }

    /// The obstacle or note that is the cause, and the first way out that is printed from there on. An obstacle is in the
    /// way of everything else, so it must be the first.
    fn cause(&self, why: &Value) -> Option<Value> {
        let is = |found: &Value| {
            [&found["reason"], &found["kind"]]
                .iter()
                .any(|word| **word == self.cause)
        };
        let obstacles = why["obstacles"].as_array().unwrap();
        let notes = why["notes"].as_array().unwrap();
        let (cause, rest) = if let Some(first) = obstacles.first() {
            (is(first).then_some(first), &[][..])
        } else {
            let at = notes.iter().position(is)?;
            (notes.get(at), &notes[at..])
        };
        let mut told = cause?.clone();
        if told["remedies"] == Value::Array(vec![]) {
            let next = rest.iter().find(|note| note["remedies"][0].is_object());
            told["remedies"] = next?["remedies"].clone();
        }
        Some(told)
    }

    /// The panel that was named, as an option of `self sign-in`.
    fn signs_in(&self, world: &World, password: &str) -> Run {
        let (address, panel) = self.asks.split_once(' ').unwrap_or((self.asks, ""));
        world.sign_in(&format!("{address} {panel}"), password)
    }

    /// Goes from the letter to the end, or says what went wrong.
    fn plays(&self) -> Result<(), String> {
        let world = (self.make)();
        let why = self.why(&world);
        let cause = self
            .cause(&why)
            .ok_or_else(|| format!("{} is not named: {why:#}", self.cause))?;
        let remedies = cause["remedies"].as_array().unwrap();
        let first = remedies
            .first()
            .ok_or_else(|| format!("no way out: {cause:#}"))?;
        if first["command"].is_null() {
            let effect = first["effect"].as_str().unwrap();
            return match self.then {
                Then::Told(words) if effect.contains(words) => Ok(()),
                _ => Err(format!("no command: {effect}")),
            };
        }
        let run = Self::pastes(&world, first)?;
        // As it is stored, however it was typed.
        let address = why["target"].as_str().unwrap();
        self.ends(&world, address, &run)
            .map_err(|fault| format!("{}: {fault}", first["command"]))
    }

    /// Pastes the command of a remedy at a terminal, where a reason is asked for and given.
    fn pastes(world: &World, remedy: &Value) -> Result<Run, String> {
        let command = remedy["command"]
            .as_str()
            .ok_or_else(|| format!("no command: {remedy}"))?;
        let words = split(command).unwrap();
        let run = world
            .words(words.into_iter().skip(1))
            .person(200, 40, |question, _| match question {
                "Phone number" => Answer::Text("+15005550006".into()),
                asked if asked.contains('?') => Answer::Yes,
                _ => Answer::Text("case 4711".into()),
            })
            .run();
        match run.code {
            0 => Ok(run),
            _ => Err(format!("{command}\n{run}")),
        }
    }

    /// Pastes the first command of what else is in the way, one after another.
    fn clears_the_rest(&self, world: &World) -> Result<(), String> {
        for _ in 0..3 {
            let why = self.why(world);
            let Some(first) = why["obstacles"].get(0) else {
                return Ok(());
            };
            Self::pastes(world, &first["remedies"][0]).map(drop)?;
        }
        Err("it does not end".to_owned())
    }

    fn ends(&self, world: &World, address: &str, run: &Run) -> Result<(), String> {
        let token = || world.token(address);
        let entered = match self.then {
            Then::In => {
                self.clears_the_rest(world)?;
                self.signs_in(world, PASSWORD)
            }
            Then::AskedForCode(password) => {
                let run = self.signs_in(world, password);
                let asked = ["Code from ", "Type '"].iter().any(|asked| {
                    let missing = format!("error: missing on standard input: {asked}");
                    run.stderr.starts_with(&missing)
                });
                return if asked { Ok(()) } else { Err(run.to_string()) };
            }
            Then::Registers => {
                world
                    .pipe("self register", format!("{}\n{PASSWORD}\n", token()))
                    .done();
                self.signs_in(world, PASSWORD)
            }
            Then::Resets => {
                world
                    .pipe("self password", format!("{}\n{NEW}\n", token()))
                    .done();
                world.keep_secret(NEW);
                self.signs_in(world, NEW)
            }
            Then::Confirms(new) => {
                let request = format!(r#"{{"token":"{}"}}"#, world.token(new));
                let confirmed = world.pipe("gate confirm-address", request);
                if confirmed.code != 0 {
                    return Err(confirmed.to_string());
                }
                world.sign_in(new, PASSWORD)
            }
            Then::SetsUp => {
                world.with_phone(address, "");
                return Ok(());
            }
            Then::Shows(words) if run.stdout.contains(words) => return Ok(()),
            Then::Shows(_) | Then::Told(_) => {
                return Err(format!("it is not what was wanted\n{run}"));
            }
        };
        match entered.code {
            0 => Ok(()),
            _ => Err(format!("they are not in: {entered}")),
        }
    }
}

#[test]
fn in_sixty_situations_the_cause_is_named_and_the_first_command_works() {
    let mut bad = Vec::new();
    let mut good = 0;
    for situation in table::SITUATIONS {
        match situation.plays() {
            Ok(()) => good += 1,
            Err(fault) => bad.push(format!(
                "“{}” ({})\n{fault}",
                situation.says, situation.asks
            )),
        }
    }
    assert!(
        bad.is_empty(),
        "{} of them\n\n{}",
        bad.len(),
        bad.join("\n\n")
    );
    assert!(good >= 60, "{good}");
}

#[test]
fn no_letter_is_in_the_table_twice() {
    let mut letters: Vec<_> = table::SITUATIONS.iter().map(|it| it.says).collect();
    letters.sort_unstable();
    letters.dedup();
    assert_eq!(letters.len(), table::SITUATIONS.len());
}
