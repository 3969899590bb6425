//! The rules, through the operations, with literal times.

mod access;
mod bulk;
mod codes_by_mail;
mod diagnosis;
mod invitations;
mod locks;
mod mail;
mod passwords;
mod records;
mod second_factor;
mod sent_codes;
mod settings;
mod strangers;
mod trusted;
