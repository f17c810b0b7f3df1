//! Which documents there are: what a scan finds, what is known of it, and parsed documents kept between starts.
//!
//! [`scan()`] walks folders; a [`Library`] (the catalog) remembers each file's size, time, content hash and summary, so
//! that an unchanged file costs one `stat`; [`Cache`] keeps parsed documents; [`Reader`] turns one entry into a
//! document; [`editions`] says which reports are editions of one another. No threads here: `runtime` calls these functions per file. Knows nothing of search, notes and screens.

pub use crate::doc::DocId;

mod cache;
mod catalog;
pub mod demo;
pub mod editions;
mod reader;
pub mod scan;

pub use cache::{Cache, seal, unseal, write_whole};
pub use catalog::{
    Change, Entry, EntryState, KnelpuntCounts, Library, LibraryId, PartSummary, Place, Summary, look, plan,
};
pub use reader::{Import, Read, Reader};
pub use scan::{Found, Mtime, Scan, ScanOptions, scan};

use serde::{Deserialize, Serialize};

/// Why a file was not read, for the reader's eyes. In English; paths are named by whoever shows it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// One line: what is wrong.
    pub reason: String,
    /// One line: what to do about it; may be empty.
    pub hint: String,
    /// Whether another try without a change of the file may do better (rights, a file that vanished).
    pub passing: bool,
    /// Whether a password may open it.
    pub locked: bool,
}

impl Failure {
    /// A failure that lies in the file itself.
    #[must_use]
    pub fn lasting(reason: impl Into<String>, hint: impl Into<String>) -> Self {
        Failure { reason: one_line(&reason.into()), hint: one_line(&hint.into()), passing: false, locked: false }
    }

    /// A file that is protected with a password, and none was given or another one.
    #[must_use]
    pub fn locked(reason: impl Into<String>, hint: impl Into<String>) -> Self {
        Failure { locked: true, ..Failure::lasting(reason, hint) }
    }

    /// A failure that may be over the next time.
    #[must_use]
    pub fn passing(reason: impl Into<String>, hint: impl Into<String>) -> Self {
        Failure { passing: true, ..Failure::lasting(reason, hint) }
    }

    /// An error of the system.
    #[must_use]
    pub fn io(error: &std::io::Error) -> Self {
        use std::io::ErrorKind as K;
        match error.kind() {
            K::PermissionDenied => Failure::passing("no right to read it", "change its rights, or leave it out"),
            K::NotFound => {
                Failure::passing("it vanished while it was being read", "it is looked for again at the next start")
            }
            _ => Failure::passing(format!("could not be read: {error}"), "try again; if it stays, look at the disk"),
        }
    }
}

/// The text without line ends and other control characters.
fn one_line(text: &str) -> String {
    text.split(|c: char| c.is_control()).filter(|s| !s.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
