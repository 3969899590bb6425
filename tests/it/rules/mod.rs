//! The rules, through the operations, with literal times.

mod access;
mod bulk;
mod codes_by_mail;
mod diagnosis;
mod edit;
mod erase;
mod invitations;
mod lock_by_hand;
mod locks;
mod mail;
mod passwords;
mod records;
mod roles;
mod second_factor;
mod sent_codes;
mod settings;
mod strangers;
mod trusted;
mod wrong_ip;
