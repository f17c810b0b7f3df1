//! The plain types of search: what is asked of it and what it answers. No engine in sight; the screens and the command
//! line know only these.

use super::without::Without;
use crate::doc::{DocId, Document, Lines, Page, SectionId, TextRange};
use serde::{Deserialize, Serialize};
use std::path::PathBuf;
use thiserror::Error;

/// What a hit is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum HitKind {
    /// A passage of a report.
    Text,
    /// A note.
    Note,
}

/// Why a passage answers a query.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Why {
    /// The word as it was typed, but for case and accents; or the phrase.
    Exact,
    /// Another form of the word.
    Stem,
    /// A compound the word is part of, the parts of a compound near each other, or words written as one.
    Compound,
    /// An abbreviation of the words, or the words in full.
    Abbreviation,
    /// A word that begins with what was typed.
    Prefix,
    /// A word that the pattern fits.
    Regex,
    /// A word that is spelled nearly so.
    Typo,
}

impl Why {
    /// The name in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Why::Exact => "exact",
            Why::Stem => "stem",
            Why::Compound => "compound",
            Why::Abbreviation => "abbreviation",
            Why::Prefix => "prefix",
            Why::Regex => "regex",
            Why::Typo => "typo",
        }
    }
}

/// A passage or note that answers a query, with all that is needed to show it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Hit {
    /// The document it stands in; `None` for a note whose report is not in the library, or that is on no report.
    pub doc: Option<DocId>,
    /// Passage or note.
    pub kind: HitKind,
    /// The id of the note.
    pub note: Option<String>,
    /// The title of the part it stands in.
    pub report: String,
    /// The part's number in its file, from 0.
    pub part: u32,
    /// Who published the part.
    pub org: Option<String>,
    /// The year the part is about.
    pub year: Option<i32>,
    /// The labels of the sections it lies in, from the outside in, without the part's title.
    pub section: Vec<String>,
    /// The innermost of these.
    pub section_id: Option<SectionId>,
    /// The passage, in the document's text. For a note the place it is on; empty when it is on none.
    pub range: TextRange,
    /// The lines of the source.
    pub lines: Option<Lines>,
    /// The page it begins on.
    pub page: Option<Page>,
    /// How well it answers; comparable within one result only.
    pub score: f32,
    /// Why it answers, the strongest reason first; empty when no word was asked for, only filters.
    pub why: Vec<Why>,
    /// What to show of it, on one line.
    pub snippet: String,
    /// Byte ranges in the snippet of the words that match, ascending.
    pub marks: Vec<TextRange>,
    /// Why each of these matches, in their order.
    pub mark_why: Vec<Why>,
    /// The ids of the knelpunten it lies in or is coded to.
    pub knelpunten: Vec<String>,
    /// Where else (nearly) the same passage stands, best first.
    pub also: Vec<Also>,
}

/// A passage that is (nearly) the same as that of a hit.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Also {
    /// The document it stands in.
    pub doc: DocId,
    /// The title of the part it stands in.
    pub report: String,
    /// The part's number in its file, from 0.
    pub part: u32,
    /// The year the part is about.
    pub year: Option<i32>,
    /// The passage, in the document's text.
    pub range: TextRange,
    /// The lines of the source.
    pub lines: Option<Lines>,
    /// The page it begins on.
    pub page: Option<Page>,
}

/// All that answers, counted by what it can be narrowed to: exact, and of the whole answer, not of the hits shown.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Facets {
    /// By organisation, most first; those without one are left out.
    pub orgs: Vec<(String, u32)>,
    /// By year, ascending; those without one are left out.
    pub years: Vec<(i32, u32)>,
    /// By part of a document, most first.
    pub parts: Vec<((DocId, u32), u32)>,
    /// By the id of a knelpunt, most first.
    pub knelpunten: Vec<(String, u32)>,
}

/// The answer to a query.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Results {
    /// The hits asked for, in order.
    pub hits: Vec<Hit>,
    /// How many passages and notes there are in all, exactly.
    pub total: u64,
    /// In how many reports (parts) they stand, exactly.
    pub reports: u64,
    /// How many there are in each document, exactly; ascending by document.
    pub per_doc: Vec<(DocId, u32)>,
    /// The same by other sides.
    pub facets: Facets,
    /// What else could have been meant, in the query language: shown as "did you mean".
    pub suggestion: Option<String>,
    /// What the index adds to [`Query::said`](super::Query::said): a word in no report, a pattern too wide.
    pub said: Vec<super::Said>,
}

/// The order of hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Sort {
    /// Best first.
    #[default]
    Score,
    /// Latest year first, within a year best first.
    Year,
    /// As they stand in the library: by document, then by place.
    Order,
}

impl Sort {
    /// The name in files and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Sort::Score => "score",
            Sort::Year => "year",
            Sort::Order => "order",
        }
    }

    /// The order of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Sort> {
        [Sort::Score, Sort::Year, Sort::Order].into_iter().find(|s| s.name() == name)
    }
}

/// How a query is to be answered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// How many hits at most.
    pub limit: usize,
    /// How many to pass over.
    pub offset: usize,
    /// In which order.
    pub sort: Sort,
    /// Whether the last word, if the query ends in it, is still being typed and stands for all words it begins.
    pub last_is_prefix: bool,
    /// Whether the caller wants snippets, marks and reasons; without them `texts` is not asked.
    pub snippets: bool,
    /// Whether (nearly) the same passages become one hit, with the others in [`Hit::also`]. Without it each is a hit of
    /// its own, and names the others all the same.
    pub collapse: bool,
    /// Whether [`Results::facets`] is wanted.
    pub facets: bool,
    /// Steps of the chain that are taken away, to measure what they bring.
    pub without: Without,
}

impl Default for Options {
    fn default() -> Self {
        Options {
            limit: 50,
            offset: 0,
            sort: Sort::Score,
            last_is_prefix: false,
            snippets: true,
            collapse: false,
            facets: false,
            without: Without::default(),
        }
    }
}

/// Where snippets are cut from: the index holds no text.
pub trait Texts {
    /// The text of a range of a document as it was when indexed; `None` when it is no longer to be had.
    fn text(&self, doc: DocId, range: TextRange) -> Option<String>;
}

/// A stretch of a document that belongs to a knelpunt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct KnelpuntRange<'a> {
    /// Where.
    pub range: TextRange,
    /// The knelpunt's id.
    pub id: &'a str,
    /// Its title.
    pub title: &'a str,
}

/// A document to be indexed.
#[derive(Clone, Copy, Debug)]
pub struct DocEntry<'a> {
    /// Its key.
    pub id: DocId,
    /// The document.
    pub doc: &'a Document,
    /// The name shown for a part that has no title.
    pub title: &'a str,
    /// The file's path as shown, relative to what was opened.
    pub file: &'a str,
    /// The knelpunten found in it, and what readers have coded.
    pub knelpunten: &'a [KnelpuntRange<'a>],
}

/// A note to be indexed, as plain fields.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct NoteEntry {
    /// The note's id.
    pub id: String,
    /// The document it is on, if that is in the library.
    pub doc: Option<DocId>,
    /// The title of the report it is on.
    pub report: String,
    /// The part's number, from 0.
    pub part: u32,
    /// Who published the report.
    pub org: Option<String>,
    /// The year the report is about.
    pub year: Option<i32>,
    /// Section labels from the outside in.
    pub section: Vec<String>,
    /// The section it is in.
    pub section_id: Option<SectionId>,
    /// Its place in the document, if it has been found.
    pub range: Option<TextRange>,
    /// The lines of the source.
    pub lines: Option<Lines>,
    /// The page.
    pub page: Option<Page>,
    /// Ids of the knelpunten it is put to, each with its title.
    pub knelpunten: Vec<(String, String)>,
    /// Its tags.
    pub tags: Vec<String>,
    /// Its status by the English name, if any.
    pub status: Option<String>,
    /// What the reader wrote.
    pub body: String,
    /// The passage it is on, as quoted.
    pub quote: String,
}

/// Why searching or indexing failed.
#[derive(Debug, Error)]
pub enum SearchError {
    /// Another running program writes this index; reading goes on.
    #[error("another program is writing the index in {path}")]
    Busy {
        /// The folder of the index.
        path: PathBuf,
    },
    /// The folder cannot be made, read or written.
    #[error("the index in {path} cannot be used: {reason}")]
    Io {
        /// The folder of the index.
        path: PathBuf,
        /// What the system says.
        reason: String,
    },
    /// The folder holds something that is not an index of this program; nothing in it was touched.
    #[error("the folder {path} holds other files and is left as it is")]
    Foreign {
        /// The folder.
        path: PathBuf,
    },
    /// The index is damaged; opening it again makes a fresh one.
    #[error("the index in {path} is damaged: {reason}")]
    Corrupt {
        /// The folder of the index.
        path: PathBuf,
        /// What was found.
        reason: String,
    },
    /// The caller called it off.
    #[error("the search was called off")]
    Cancelled,
}
