//! Stories whose point is the wording: what they do to a store is tested on both engines by `rules`, `store` and the
//! other stories, so running them again on a server would only compare the same sentences twice.

#[path = "story/bad_input.rs"]
mod bad_input;
#[path = "story/config.rs"]
mod config;
#[path = "story/edit.rs"]
mod edit;
#[path = "story/extend.rs"]
mod extend;
#[path = "story/file_rows.rs"]
mod file_rows;
#[path = "story/file_shapes.rs"]
mod file_shapes;
#[path = "story/first_app.rs"]
mod first_app;
#[path = "story/formats.rs"]
mod formats;
#[path = "story/help.rs"]
mod help;
#[path = "story/lock.rs"]
mod lock;
#[path = "story/mail.rs"]
mod mail;
#[path = "story/mail_follow.rs"]
mod mail_follow;
#[path = "story/new_phone.rs"]
mod new_phone;
#[path = "story/office.rs"]
mod office;
#[path = "story/person.rs"]
mod person;
#[path = "story/phone_clock.rs"]
mod phone_clock;
#[path = "story/remove.rs"]
mod remove;
#[path = "story/resend.rs"]
mod resend;
#[path = "story/reset.rs"]
mod reset;
#[path = "story/revoke.rs"]
mod revoke;
#[path = "story/role_of.rs"]
mod role_of;
#[path = "story/same_person.rs"]
mod same_person;
#[path = "story/secrets.rs"]
mod secrets;
#[path = "story/wrong_act.rs"]
mod wrong_act;
#[path = "story/wrong_ip.rs"]
mod wrong_ip;
