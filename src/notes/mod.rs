//! Notes: the reader's words on a passage, a section, a knelpunt or a report.
//!
//! A [`Note`] is a Markdown file with YAML front matter in a folder of the reader's ([`store`]); its [`Target`] says in
//! several independent ways what it is on ([`describe`]), so that it can be found again in another edition, or be shown
//! as not found ([`anchor`]): never silently on another passage. [`history`] undoes and redoes, also after a restart.
//! [`outlines`] keeps in the same folder what the reader says of headings, [`queries`] the queries the reader has saved,
//! [`editions`] which reports are editions of one another where that can't be seen from their names.
//!
//! This module knows documents and files of notes. It must not know how a report is read or searched, what a screen is,
//! which clock gives the time or which thread it runs on: times and random numbers come from the caller.

pub mod anchor;
pub mod describe;
pub mod diff;
mod disk;
mod edit;
pub mod editions;
pub mod export;
mod file;
pub mod history;
mod id;
pub mod kin;
mod located;
mod note;
pub mod outlines;
mod points;
pub mod queries;
pub mod slug;
pub mod store;
mod yaml;

pub use file::{FileError, parse, render, update};
pub use id::{IdMaker, NoteId};
pub use located::{Located, PlaceFound};
pub use note::{
    AcceptedAnchor, Color, Note, NoteKind, Position, Quote, ReportRef, Status, Target, TargetKind, UnknownWord,
};

#[cfg(test)]
mod tests;
