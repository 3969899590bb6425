//! Files that people name: who else could have written them, which are never overwritten, and how a new one
//! is created.
//!
//! Everything that writes to a path from an option or a setting goes through this module. [`Guard`] knows the
//! files that must not be overwritten (the key, the lists next to it, the store and its logs, settings,
//! passwords) and compares by device and inode, so that no symbolic link and no second name leads to one of
//! them. Only the guard makes a [`Place`], and a [`NewFile`] is created only at a place. [`trust`] is the
//! other direction: before a file that a setting names is used, it has to belong to this user or to root, and
//! nobody else may be able to change or replace it.
//!
//! Nothing here ever opens a file of a store: closing any descriptor of one drops SQLite's locks on it.

mod guard;
mod new;
pub mod trust;
pub mod unfinished;

pub use guard::{Guard, Guarded, Place};
pub use new::{NewFile, Over, Unwritten, folder_of};
