//! Files that people name: who else could have written them, which are never written over, and how a new one is made.
//!
//! Everything that writes to a path from an option or a setting goes through here. [`Guard`] knows the files that must
//! stay as they are (the key, the lists beside it, the store and its logs, settings, passwords) and compares by device and
//! inode, so that no symbolic link and no second name leads to one of them. Only the guard makes a [`Place`], and only at a
//! place is a [`NewFile`] made. [`trust`] is the other direction: before a file that a setting names is believed, it has to
//! belong to this user or to root, and nobody else may be able to change or exchange it.
//!
//! Nothing here ever opens a file of a store: closing any descriptor of one drops SQLite's locks on it.

mod guard;
mod new;
pub mod trust;
pub mod unfinished;

pub use guard::{Guard, Guarded, Place};
pub use new::{NewFile, Over, Unwritten, folder_of};
