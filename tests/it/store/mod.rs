//! The store, function by function, on every engine.

mod accounts;
mod addresses;
mod audit;
mod changes;
mod codes;
mod crowd;
mod erasure;
mod factors;
mod housekeep;
mod links;
mod many;
mod moving;
mod odd_rows;
mod outbox;
mod panels;
mod people;
mod prune;
mod reconcile;
mod rekey;
mod requests;
mod sessions;
mod trusted;
mod upgrade;
mod watch;
mod wrong_ips;
