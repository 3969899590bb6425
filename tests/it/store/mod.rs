//! The store, function by function, on every engine.

mod accounts;
mod audit;
mod changes;
mod codes;
mod crowd;
mod factors;
mod housekeep;
mod links;
mod moving;
mod odd_rows;
mod outbox;
mod panels;
mod people;
mod sessions;
mod trusted;
mod watch;
