//! `admit` looks after who gets into a panel.
//!
//! The floors of the house, lowest first; each uses only those below it:
//!
//! | floor | module | knows |
//! |---|---|---|
//! | 0 | [`domain`] | words and rules; pure, with time as a parameter |
//! | 1 | [`files`] | files that people name: which are believed, which are never written over |
//! | 2 | [`vault`] | secrets: key file, sealing, tokens, password hashing |
//! | 3 | [`store`] | the only SQL |
//! | 3 | [`mail`] | templates, messages, transports |
//! | 4 | [`ops`] | one file per job: load, decide, save, record, commit |
//! | 5 | [`gate`] | the panel's side |
//! | 6 | [`cli`] | the terminal |

pub mod cli;
pub mod domain;
pub mod files;
pub mod gate;
pub mod mail;
pub mod ops;
pub mod store;
pub mod vault;
