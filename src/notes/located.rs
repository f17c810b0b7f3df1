//! What became of a note in the library: the plain record that lists, dossiers and exports are made of.
//!
//! `runtime` makes these from the files of notes and the documents (`Resolver`); they are derived, may be thrown away at
//! any time and are never written to a note.

use super::NoteId;
use super::anchor::{Anchor, Kin, State};
use super::note::Position;
use crate::doc::{DocId, Edition, Lines, Page, PartId, SectionId, TextRange};
use serde::{Deserialize, Serialize};

/// A note as it stands in one edition of its report. A note has one of these for the document it belongs to (`home`), and
/// one more for each later edition of the same report in the library.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Located {
    /// Which note.
    pub note: NoteId,
    /// What became of it here. [`State::Skipped`] when no edition of its report is in the library.
    pub state: State,
    /// How the document is related to the report that the note names.
    pub kin: Kin,
    /// Whether this is the document it belongs to: the nearest of kin.
    pub home: bool,
    /// The document; `None` when its report isn't in the library, or the note is on a made knelpunt.
    pub doc: Option<DocId>,
    /// The content of the document.
    pub edition: Option<Edition>,
    /// The file as shown; without a document the note's own hint.
    pub file: String,
    /// The part of the document it lies in.
    pub part: PartId,
    /// Title of the report.
    pub report: String,
    /// Its publisher.
    pub org: Option<String>,
    /// The year it is about.
    pub year: Option<i32>,
    /// Labels of the sections it lies in, from the outside in.
    pub section: Vec<String>,
    /// The innermost of them, if it was found.
    pub section_id: Option<SectionId>,
    /// The page it begins on.
    pub page: Option<Page>,
    /// Where it was found, if it was.
    pub place: Option<PlaceFound>,
    /// Where it might be instead, likeliest first.
    pub candidates: Vec<PlaceFound>,
}

/// A place in the text of a document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlaceFound {
    /// In bytes of the normalised text.
    pub range: TextRange,
    /// In code points of it.
    pub position: Position,
    /// Lines of the source; `None` in formats without lines.
    pub lines: Option<Lines>,
    /// The words there.
    pub text: String,
}

impl Located {
    /// The same as the anchor it was made of.
    #[must_use]
    pub fn anchor(&self) -> Anchor {
        Anchor {
            state: self.state,
            range: self.place.as_ref().map(|p| p.range),
            candidates: self.candidates.iter().map(|c| c.range).collect(),
            places: self.candidates.len().max(usize::from(self.place.is_some())),
        }
    }
}
