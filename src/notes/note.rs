//! The plain types: what a note is and what it is on.

use super::NoteId;
use crate::doc::{Edition, Page};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use thiserror::Error;

/// A note as its file says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Note {
    /// Its name, also of its file.
    pub id: NoteId,
    /// Words, a mark, or a place.
    pub kind: NoteKind,
    /// When it was made.
    pub created: Timestamp,
    /// When the reader last changed it.
    pub modified: Timestamp,
    /// Ids of the knelpunten, found or made, that it is put to.
    pub knelpunten: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// The colour of its mark; `None` is the theme's.
    pub color: Option<Color>,
    /// Where the matter stands.
    pub status: Option<Status>,
    /// What it is on.
    pub target: Target,
    /// What the reader has said of it in other editions, oldest first: of an edition the last one holds.
    pub anchored: Vec<AcceptedAnchor>,
    /// The words, as Markdown, lines ended by LF, without the last line end.
    pub body: String,
}

impl Note {
    /// What the reader has said of it in this edition, last.
    #[must_use]
    pub fn said_of(&self, edition: Edition) -> Option<&AcceptedAnchor> {
        self.anchored.iter().rev().find(|a| a.edition == edition)
    }
}

/// A word that a closed set does not hold.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{word:?} is not one of: {known}")]
pub struct UnknownWord {
    /// The word.
    pub word: String,
    /// The words of the set, parted by commas.
    pub known: &'static str,
}

/// A closed set of words: the name that is written and the names that are read.
macro_rules! words {
    ($(#[$doc:meta])* $name:ident: $known:literal; $($(#[$vdoc:meta])* $variant:ident = $word:literal $(| $alias:literal)*),+ $(,)?) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }
        impl $name {
            /// All of them, in order.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];
            /// The word in files and JSON, English.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }
        impl std::str::FromStr for $name {
            type Err = UnknownWord;
            /// Reads the English and the Dutch words, whatever their case.
            fn from_str(word: &str) -> Result<Self, UnknownWord> {
                match word.trim().to_lowercase().as_str() {
                    $($word $(| $alias)* => Ok($name::$variant),)+
                    _ => Err(UnknownWord { word: word.to_owned(), known: $known }),
                }
            }
        }
    };
}

words! {
    /// What kind of note.
    NoteKind: "note, highlight, bookmark";
    /// The reader's words.
    Note = "note" | "notitie",
    /// A mark without words.
    Highlight = "highlight" | "markering",
    /// A place without words.
    Bookmark = "bookmark" | "bladwijzer",
}

words! {
    /// Where a matter stands.
    Status: "open, promised, resolved";
    /// Nothing has been done.
    Open = "open",
    /// Somebody has promised to do something.
    Promised = "promised" | "toegezegd",
    /// Done.
    Resolved = "resolved" | "opgelost",
}

words! {
    /// The colour of a mark; the theme says what it looks like.
    Color: "yellow, green, blue, red, purple, orange";
    /// Yellow.
    Yellow = "yellow" | "geel",
    /// Green.
    Green = "green" | "groen",
    /// Blue.
    Blue = "blue" | "blauw",
    /// Red.
    Red = "red" | "rood",
    /// Purple.
    Purple = "purple" | "paars",
    /// Orange.
    Orange = "orange" | "oranje",
}

/// What a note is on: several independent descriptions of one place (the selectors of the W3C Web Annotation model).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The report; `None` only for a note on a knelpunt that the reader has made.
    pub report: Option<ReportRef>,
    /// What of it.
    pub kind: TargetKind,
    /// Labels of the sections it lies in, from the outside in, without the report's own title.
    pub section: Vec<String>,
    /// The page it begins on.
    pub page: Option<Page>,
    /// The place in the edition named by `report`.
    pub position: Option<Position>,
}

impl Target {
    /// The quoted passage; `None` when the target is not a passage.
    #[must_use]
    pub fn quote(&self) -> Option<&Quote> {
        match &self.kind {
            TargetKind::Passage(quote) => Some(quote),
            _ => None,
        }
    }
}

/// What a note can be on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TargetKind {
    /// A passage, by its words.
    Passage(Quote),
    /// The section that [`Target::section`] names.
    Section,
    /// A knelpunt, found or made, by its id.
    Knelpunt(String),
    /// The report as a whole.
    Report,
}

impl TargetKind {
    /// The word in files and JSON.
    #[must_use]
    pub fn name(&self) -> &'static str {
        match self {
            TargetKind::Passage(_) => "passage",
            TargetKind::Section => "section",
            TargetKind::Knelpunt(_) => "knelpunt",
            TargetKind::Report => "report",
        }
    }
}

/// Which report, and which edition of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ReportRef {
    /// Its title; empty when nothing names it.
    pub title: String,
    /// Who published it.
    pub org: Option<String>,
    /// The year it is about.
    pub year: Option<i32>,
    /// The content hash of the file; `None` when the note's file names none that can be read.
    pub edition: Option<Edition>,
    /// Where the file was: a hint for people, never relied on.
    pub file: String,
}

/// A passage with what stands around it.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Quote {
    /// The passage itself, as the normalised text has it.
    pub exact: String,
    /// What stands before it.
    pub prefix: String,
    /// What stands after it.
    pub suffix: String,
    /// How often these very words stood in the report when the note was made, at most [`Quote::MANY`]; `None` when that is
    /// not known. Words that stood there once can be told from others wherever they have gone.
    pub times: Option<u32>,
}

impl Quote {
    /// So often or more: nobody counted on.
    pub const MANY: u32 = 99;
}

/// A place in code points of the normalised text, end exclusive: the unit of files and exports.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Position {
    /// First code point.
    pub start: u32,
    /// One past the last.
    pub end: u32,
}

/// What the reader has said of a note in another edition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AcceptedAnchor {
    /// The edition.
    pub edition: Edition,
    /// The place in it that the reader has accepted; `None`: the note has no place there, and was left as it is.
    pub position: Option<Position>,
    /// When the reader said so.
    pub accepted: Timestamp,
}
