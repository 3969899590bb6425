//! The rules, through the operations, with literal times.

mod access;
mod backup_codes;
mod bulk;
mod codes_by_mail;
mod counts;
mod diagnosis;
mod edit;
pub(crate) mod erase;
mod floods;
mod invitations;
mod lock_by_hand;
mod locks;
mod mail;
mod passwords;
mod reconcile;
mod records;
mod reset_2fa;
mod roles;
mod same_cost;
mod second_factor;
mod sent_codes;
mod settings;
mod strangers;
mod trust_by_code;
mod trusted;
mod wrong_codes;
mod wrong_ip;
