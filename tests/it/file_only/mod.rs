//! What only a file can suffer. Everything else of the store, the rules and the stories runs on a server as well
//! (`tests/postgres`).
//!
//! | Here | Why a server has no such thing |
//! |---|---|
//! | `audit` | the whole text of a trigger is compared only in a file, where it is kept as it was written |
//! | `broken`, `damage`, `opening` | the bytes, the permissions, the kind and the place of a file; its header |
//! | `changes` | every byte stays in a dry run; a file opened for reading; a draft left behind; the forms of a path |
//! | `control` | the proof that the harness of the races finds one needs tables of its own, on whatever engine |
//! | `copies` | a copy of a file, and whether the file that it was made from is still there |
//! | `erase` | a reader that keeps the log beside the file from being emptied |
//! | `helpers` | tables that other tools make in a file |
//! | `moving` | a file that is there is put aside when another takes its place |
//! | `places` | files that are never written over, by device and inode |
//! | `rekey` | one run makes a key and changes over to it; on a server these are two |
//! | `mail_follow` | a file that is moved away, or replaced by another, while a service holds it open |
//! | `same_cost` | the time on a processor is that of the thread that asks; a server does its part elsewhere |
//! | `first_run`, `races` | the first command makes the file by itself; a server is given its store by `store init` |

mod audit;
mod broken;
mod changes;
mod control;
mod copies;
mod damage;
mod erase;
mod first_run;
mod helpers;
mod leftovers;
mod locks;
mod mail_follow;
mod moving;
mod opening;
mod places;
mod races;
mod rekey;
mod same_cost;
