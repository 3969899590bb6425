//! The store, function by function, on every engine; and what only a file can suffer.

mod accounts;
mod addresses;
mod audit;
mod changes;
mod codes;
mod crowd;
mod damage;
mod erasure;
mod factors;
mod housekeep;
mod links;
mod opening;
mod outbox;
mod panels;
mod people;
mod prune;
mod sessions;
mod trusted;
mod wrong_ips;
