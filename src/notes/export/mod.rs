//! Notes going out and coming in: what every form of export is made of, and one file for each form.
//!
//! A [`Bundle`] holds everything that a form may need, as plain data; a form is a pure function from it to bytes. Nothing
//! here reads files, looks for places or knows a screen: `runtime` gathers the bundle and writes what comes out.

pub mod citation;
mod codes;
pub mod csv;
mod form;
mod guid;
mod incoming;
pub mod jsonl;
pub mod jsonld;
pub mod markdown;
pub mod qdc;
pub mod qdpx;
mod record;
mod tally;
mod xml_in;
mod xml_out;
mod zipped;

pub use form::{ExportFault, Form, Settings, read};
pub use incoming::{ImportFault, Incoming, IncomingNote, IncomingSource};

use super::note::Color;
use super::{Located, Note, NoteId, Status};
use crate::doc::{DocId, Document, Edition, Lang, Page, PartId};
use jiff::civil::Date;
use std::collections::BTreeMap;
use std::sync::Arc;

/// How exchange forms name the program that wrote them.
const ORIGIN: &str = concat!("kantlijn ", env!("CARGO_PKG_VERSION"));

/// Everything to be exported.
#[derive(Clone, Debug, Default)]
pub struct Bundle {
    /// The notes, in the order in which they are to stand: by report, then by place.
    pub items: Vec<Item>,
    /// The made knelpunten, and the found ones that notes name, parents before children.
    pub codes: Vec<Code>,
    /// The reports that the notes are on, each part of a document once.
    pub sources: Vec<Source>,
    /// Sections of reports that a made knelpunt of `codes` brings together, in the order of `items`.
    pub found: Vec<FoundPassage>,
    /// The id of the knelpunt whose dossier this is; `None` when it is of no single one.
    pub about: Option<String>,
    /// Whose notes are not the reader's own.
    pub owners: BTreeMap<NoteId, String>,
}

impl Bundle {
    /// Whose note it is, when it isn't the reader's own.
    #[must_use]
    pub fn owner(&self, note: &NoteId) -> Option<&str> {
        self.owners.get(note).map(String::as_str)
    }
}

/// A section of a report that presents a knelpunt, brought together with others in one that the reader made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FoundPassage {
    /// The id of the found knelpunt.
    pub id: String,
    /// The id of the made one.
    pub made: String,
    /// Its name in the report: label and title.
    pub title: String,
    /// What is asked there.
    pub asks: Vec<String>,
    /// Title of the report; the file's name when it has none.
    pub report: String,
    /// Its publisher.
    pub org: Option<String>,
    /// The year it is about.
    pub year: Option<i32>,
    /// Labels of the sections it lies in, from the outside in, and its own.
    pub section: Vec<String>,
    /// The page it begins on.
    pub page: Option<Page>,
    /// The file as shown.
    pub file: String,
}

/// A note with where it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// The note.
    pub note: Note,
    /// Where it stands in the document it belongs to.
    pub at: Located,
}

/// A knelpunt as a code of a codebook.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Code {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is about; empty when nothing is said.
    pub description: String,
    /// Other names.
    pub synonyms: Vec<String>,
    /// Its colour.
    pub color: Option<Color>,
    /// The id of the one it is part of.
    pub parent: Option<String>,
    /// Where it stands.
    pub status: Option<Status>,
    /// Where it has stood, oldest first; the last one is `status`.
    pub history: Vec<StatusSaid>,
    /// The ids of the found ones that it brings together.
    pub includes: Vec<String>,
    /// A saved query.
    pub query: Option<String>,
    /// Ids of those that were merged into it: what a note still calls by one of them is this one.
    pub formerly: Vec<String>,
    /// Whether the reader made it; else it was found in a report.
    pub made: bool,
}

impl Code {
    /// The one that an id in a note means: of this id, or that it was merged into.
    #[must_use]
    pub fn meant<'a>(codes: &'a [Code], id: &str) -> Option<&'a Code> {
        codes.iter().find(|c| c.id == id).or_else(|| codes.iter().find(|c| c.formerly.iter().any(|f| f == id)))
    }
}

/// Where a knelpunt stood from some day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusSaid {
    /// Where it stood.
    pub status: Status,
    /// From when.
    pub date: Option<Date>,
    /// What says so.
    pub source: Option<String>,
}

/// A report that notes are on.
#[derive(Clone, Debug)]
pub struct Source {
    /// Which document.
    pub doc: DocId,
    /// The report in it.
    pub part: PartId,
    /// Its content.
    pub edition: Edition,
    /// Its title; the file's name when it has none.
    pub title: String,
    /// Its publisher.
    pub org: Option<String>,
    /// The year it is about.
    pub year: Option<i32>,
    /// Its language.
    pub lang: Option<Lang>,
    /// The file as shown.
    pub file: String,
    /// The document as read.
    pub text: Arc<Document>,
}

#[cfg(test)]
mod tests;
