//! REFI-QDA projects (`.qdpx`, version 1.0): reports, notes and knelpunten in one file, for ATLAS.ti, MAXQDA, NVivo, QualCoder and
//! whoever reads that form; and back.
//!
//! A report is a `TextSource` with its text in a file of its own (UTF-8, LF, no byte-order mark). A note with a place in it is a
//! `PlainTextSelection` (in code points, end exclusive) with a `Coding` for each knelpunt and tag; its words are a `Note`, and
//! stand in the description too, where several programs look for them. Notes on a report, on a made knelpunt, and those whose
//! place isn't known are a `Note` only. What the form has no words for stands below the words in a description
//! (`record`), so that export and import lose nothing. Publisher and year are variables of the source.
//!
//! GUIDs are made of what things are, times are those of the notes: the same notes make the same bytes.

mod places;
mod read;
mod write;

pub use read::read;
pub use write::write;

use super::guid::{self, Thing};
use crate::notes::note::{Target, TargetKind};

/// What an export says of itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// The name of the project.
    pub title: String,
    /// The name of the reader, as other programs show it.
    pub user: String,
}

/// The facts about a report that are variables: the name that GUIDs are made of, the name that people see, and the names by
/// which they are known in projects of others.
const ORG: (&str, &str, &[&str]) =
    ("org", "Organisatie", &["organisatie", "organisation", "organization", "publisher", "uitgever"]);
const YEAR: (&str, &str, &[&str]) = ("year", "Jaar", &["jaar", "year"]);

fn variable(name: &str) -> String {
    guid::of(Thing::Variable, name)
}

/// What a note is called when it has no words of its own.
fn label(target: &Target) -> &str {
    let title = || target.report.as_ref().map_or("", |r| r.title.as_str());
    match &target.kind {
        TargetKind::Passage(quote) => &quote.exact,
        TargetKind::Section => target.section.last().map_or_else(title, String::as_str),
        TargetKind::Knelpunt(id) => target.section.last().map_or(id, String::as_str),
        TargetKind::Report => title(),
    }
}

#[cfg(test)]
mod tests;
