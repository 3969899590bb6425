//! What every command stands on, and what knows of no command: the world, the settings, the streams, and the store as
//! the settings name it.
//!
//! | module | its job |
//! |---|---|
//! | [`mod@env`], [`hardening`], `rights` | the world: streams, clock, variables, who is asking; built once |
//! | [`error`], [`refusals`] | what went wrong, in words, with its exit code |
//! | [`colour`], [`lines`], [`times`] | how a piece of text looks |
//! | [`ui`] | the only writer to the streams |
//! | [`printed`] | commands to paste: the one place that writes them |
//! | [`prompt`], [`progress`], [`interrupt`] | questions, the bar, Ctrl-C |
//! | [`output`] | rows in; a table, JSON, CSV or addresses out |
//! | [`global`], [`early`], [`config`] | options and settings in layers, each knowing where it came from |
//! | [`context`], `opening` | what a command gets, and how it opens the store |

pub mod address;
pub(super) mod beside_key;
pub mod colour;
pub mod complete;
pub mod config;
pub mod context;
pub mod early;
pub mod env;
pub mod error;
pub mod global;
pub mod hardening;
pub mod interrupt;
mod latest_time;
pub mod lines;
pub(super) mod opening;
pub mod output;
pub(super) mod places;
pub mod printed;
pub mod progress;
pub mod prompt;
pub(super) mod reading;
pub(super) mod reason;
pub mod refusals;
mod rights;
pub mod times;
pub mod ui;
