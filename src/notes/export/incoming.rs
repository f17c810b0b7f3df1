//! What a file of notes says, whatever its form: plain data that can become notes.
//!
//! Readers fill this in from bytes alone. They don't know which reports, notes and knelpunten there are already: who
//! imports decides what is new, which report a note is on, and where its quote stands.

use super::Code;
use crate::doc::Edition;
use crate::notes::note::{AcceptedAnchor, ReportRef, Target, TargetKind};
use crate::notes::{Color, Note, NoteId, NoteKind, Position, Status};
use jiff::Timestamp;
use thiserror::Error;

/// What a file held.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Incoming {
    /// Knelpunten, parents before children, each id once. A file without ids (another program's) gets the slugs of titles.
    pub codes: Vec<Code>,
    /// Notes, in the order of the file.
    pub notes: Vec<IncomingNote>,
    /// Texts that the notes are on.
    pub sources: Vec<IncomingSource>,
    /// What was not taken over, or not as it stands there: a sentence each, in English, with how many of them.
    pub said: Vec<String>,
}

/// A note from a file.
#[derive(Clone, Debug, PartialEq)]
pub struct IncomingNote {
    /// The id that it has or can have: the same whenever the same file is read. `None` when nothing in the file names it.
    pub id: Option<NoteId>,
    /// Words, a mark, or a place.
    pub kind: NoteKind,
    /// When it was made.
    pub created: Option<Timestamp>,
    /// When it was last changed.
    pub modified: Option<Timestamp>,
    /// Ids of knelpunten: of [`Incoming::codes`], or that kantlijn had given before.
    pub knelpunten: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// The colour of its mark.
    pub color: Option<Color>,
    /// Where the matter stands.
    pub status: Option<Status>,
    /// The words, as Markdown.
    pub body: String,
    /// What it is on, as far as the file says: `report` holds hints (an empty title when there are none), `position` is in
    /// the edition that `report` names and is there only together with it.
    pub target: Target,
    /// Places that the reader has accepted in other editions.
    pub anchored: Vec<AcceptedAnchor>,
    /// The text it is on, as an index into [`Incoming::sources`].
    pub source: Option<usize>,
    /// Its place in that text.
    pub at: Option<Position>,
}

/// A text from a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IncomingSource {
    /// Its title.
    pub title: String,
    /// Its publisher.
    pub org: Option<String>,
    /// The year it is about.
    pub year: Option<i32>,
    /// The content it was taken from, when kantlijn wrote the file.
    pub edition: Option<Edition>,
    /// Where it came from, as far as the file says: a path or an address; else empty.
    pub file: String,
    /// The text itself, with LF and without byte-order mark; `None` when the file doesn't hold it.
    pub text: Option<String>,
}

/// Why a file could not be read at all.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ImportFault {
    /// It is another form than was expected.
    #[error("{0}")]
    AnotherForm(String),
    /// It is of the form, but damaged.
    #[error("{0}")]
    Broken(String),
    /// It asks for more than is given to one file, or holds what no such file needs.
    #[error("{0}")]
    Refused(String),
}

impl IncomingNote {
    /// A note of which nothing is known yet but what it is on.
    #[must_use]
    pub fn on(target: Target) -> Self {
        IncomingNote {
            id: None,
            kind: NoteKind::Note,
            created: None,
            modified: None,
            knelpunten: Vec::new(),
            tags: Vec::new(),
            color: None,
            status: None,
            body: String::new(),
            target,
            anchored: Vec::new(),
            source: None,
            at: None,
        }
    }
}

impl From<Note> for IncomingNote {
    /// The whole note, as kantlijn wrote it.
    fn from(note: Note) -> Self {
        IncomingNote {
            id: Some(note.id),
            kind: note.kind,
            created: Some(note.created),
            modified: Some(note.modified),
            knelpunten: note.knelpunten,
            tags: note.tags,
            color: note.color,
            status: note.status,
            body: note.body,
            target: note.target,
            anchored: note.anchored,
            source: None,
            at: None,
        }
    }
}

impl IncomingNote {
    /// The note itself, when the file says everything that a note needs: an id, when it was made, and the report (or the
    /// knelpunt that lies in none).
    #[must_use]
    pub fn whole(&self) -> Option<Note> {
        let placed = self.target.report.is_some() || matches!(self.target.kind, TargetKind::Knelpunt(_));
        let created = self.created.filter(|_| placed)?;
        Some(Note {
            id: self.id.clone()?,
            kind: self.kind,
            created,
            modified: self.modified.unwrap_or(created),
            knelpunten: self.knelpunten.clone(),
            tags: self.tags.clone(),
            color: self.color,
            status: self.status,
            target: self.target.clone(),
            anchored: self.anchored.clone(),
            body: self.body.clone(),
        })
    }
}

impl IncomingSource {
    /// The report that a note on this text names.
    #[must_use]
    pub fn report(&self) -> ReportRef {
        ReportRef {
            title: self.title.clone(),
            org: self.org.clone(),
            year: self.year,
            edition: self.edition,
            file: self.file.clone(),
        }
    }
}
