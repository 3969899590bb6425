//! Stories: what an operator types, and every word of the answer.

mod audit;
mod bad_input;
mod broken;
mod config;
mod extend;
mod first_app;
mod first_run;
mod formats;
mod help;
mod invite;
mod list;
mod mail;
mod main_job;
mod person;
mod remove;
mod resend;
mod reset;
mod revoke;
mod secrets;
mod show;
mod store;
mod unlock;
mod why;
