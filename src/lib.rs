//! `admit` looks after who gets into a panel.
//!
//! The floors of the house, lowest first; each uses only those below it:
//!
//! | floor | module | knows |
//! |---|---|---|
//! | 0 | [`domain`] | words and rules; pure, with time as a parameter |
//! | 1 | [`vault`] | secrets: key file, sealing, tokens, password hashing |
//! | 2 | [`store`] | the only SQL |
//! | 2 | [`mail`] | templates, messages, transports |
//! | 3 | [`ops`] | one file per job: load, decide, save, record, commit |
//! | 4 | [`gate`] | the panel's side |
//! | 5 | [`cli`] | the terminal |

pub mod cli;
pub mod domain;
pub mod gate;
pub mod mail;
pub mod ops;
pub mod store;
pub mod vault;
