//! Words and rules. Everything here is pure: the time is a parameter, nothing is read or printed.
//!
//! The core is [`admission`]: the only place that decides whether somebody can sign in.

pub mod access;
pub mod account;
pub mod address;
pub mod admission;
pub mod advice;
pub mod clock;
pub mod diagnosis;
pub mod event;
pub mod form;
pub mod key;
pub mod link;
pub mod lockout;
pub mod mail_status;
pub mod old_password;
pub mod origin;
pub mod panel;
pub mod password;
pub mod policy;
pub mod refusal;
pub mod remedy;
pub mod role;
pub mod second_factor;
pub mod session;
pub mod store_policy;
pub mod text;
pub mod trusted_ip;
pub mod weakening;
pub mod when;
