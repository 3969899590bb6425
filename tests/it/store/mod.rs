//! The store, function by function, on every engine; and what only a file can suffer.

mod accounts;
mod audit;
mod changes;
mod codes;
mod crowd;
mod damage;
mod factors;
mod housekeep;
mod links;
mod opening;
mod outbox;
mod panels;
mod people;
mod sessions;
mod trusted;
