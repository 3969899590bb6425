//! Stories: what an operator types, and every word of the answer. These run on both engines; those whose point is the
//! wording are in `wording`, and run on a file only.

mod audit;
mod audit_prune;
pub(crate) mod broken;
mod clock;
mod erase;
mod housekeep;
mod invite;
mod list;
mod main_job;
pub(crate) mod moving;
mod panel;
mod rekey;
pub(crate) mod released;
mod second_factor;
mod sent_codes;
mod show;
mod status;
mod store;
mod trust;
mod unlock;
mod why;
