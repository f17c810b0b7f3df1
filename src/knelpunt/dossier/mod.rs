//! The dossier of a knelpunt: everything the library and the reader's notes say of it, by organisation and year, with
//! where it returns and where it doesn't; and the same as numbers for a heat map.
//!
//! Pure: plain rows go in ([`Material`]), plain data comes out. What is in doubt is never counted as said: a note whose
//! place is uncertain or gone is listed with its state and counted apart, and that something is *not* mentioned is only
//! said of editions that are in the library.

mod alike;
mod counts;
mod grid;
mod make;
mod material;
mod run;

pub use counts::Cell;
pub use grid::{Axis, Column, Grid, GridRow};
pub use material::{Material, Standing, Volume};
pub use run::{Mark, Run, Verdict, YearMark};

use super::register::{StatusAt, meant};
use super::{Ask, Certainty};
use crate::doc::{DocId, Page, TextRange};
use crate::notes::anchor::State;
use crate::notes::{Color, NoteId, NoteKind, PlaceFound, Status};
use jiff::Timestamp;
use material::Index;
use std::collections::BTreeMap;

/// Which knelpunt.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    /// One the reader has made, by its id.
    Made(String),
    /// One found in a report, by its document and id.
    Found(DocId, String),
}

impl Key {
    /// Its id.
    #[must_use]
    pub fn id(&self) -> &str {
        match self {
            Key::Made(id) | Key::Found(_, id) => id,
        }
    }
}

/// Everything known of a knelpunt.
#[derive(Clone, Debug, PartialEq)]
pub struct Dossier {
    /// Which.
    pub key: Key,
    /// "Knelpunt 1"; only of a found one.
    pub label: Option<String>,
    /// Its title.
    pub title: String,
    /// What it is about; empty when nothing is said.
    pub description: String,
    /// Other names.
    pub synonyms: Vec<String>,
    /// The colour of its marks.
    pub colour: Option<Color>,
    /// The made ones it is part of, the outermost first; of a found one the made ones that bring it in.
    pub above: Vec<(String, String)>,
    /// The made ones that are part of it.
    pub children: Vec<Child>,
    /// What belongs to its children is in it.
    pub with_children: bool,
    /// Where it has stood, oldest first.
    pub history: Vec<StatusAt>,
    /// Its saved query.
    pub query: Option<String>,
    /// What there is, by organisation and within that by year, the latest first.
    pub groups: Vec<OrgGroup>,
    /// Notes on the knelpunt itself, on no report.
    pub own: Vec<Entry>,
    /// Sections of other editions that seem to speak of the same thing, though their titles differ: never counted.
    pub near: Vec<FoundIn>,
    /// In which editions of each report it is mentioned, those with most mentions first.
    pub runs: Vec<Run>,
    /// The first year in which it is mentioned.
    pub first: Option<i32>,
    /// The last one.
    pub last: Option<i32>,
    /// How much there is in each year, ascending; without a year last.
    pub by_year: Vec<(Option<i32>, Cell)>,
    /// How much there is of each organisation, by name.
    pub by_org: Vec<(Option<String>, Cell)>,
    /// All of it.
    pub total: Cell,
}

/// A made knelpunt that is part of another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Child {
    /// Its id.
    pub id: String,
    /// Its title.
    pub title: String,
    /// How much there is in it and those below it.
    pub total: Cell,
}

/// What an organisation says.
#[derive(Clone, Debug, PartialEq)]
pub struct OrgGroup {
    /// Which; `None` for reports that name none.
    pub org: Option<String>,
    /// By year, the latest first, without a year last.
    pub years: Vec<YearGroup>,
    /// How much that is.
    pub total: Cell,
}

/// What an organisation says in a year.
#[derive(Clone, Debug, PartialEq)]
pub struct YearGroup {
    /// Which; `None` for reports that name none.
    pub year: Option<i32>,
    /// Sections that the report itself presents as knelpunten.
    pub found: Vec<FoundIn>,
    /// Passages and notes, by report and place.
    pub entries: Vec<Entry>,
    /// How much that is.
    pub total: Cell,
}

/// A knelpunt found in a report, as part of a dossier.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundIn {
    /// Its id.
    pub id: String,
    /// The document.
    pub doc: DocId,
    /// All of it.
    pub range: TextRange,
    /// "Knelpunt 1".
    pub label: Option<String>,
    /// Its title.
    pub title: String,
    /// Title of the report.
    pub report: String,
    /// Publisher of the report.
    pub org: Option<String>,
    /// Year of the report.
    pub year: Option<i32>,
    /// How sure it is that the report presents it as one.
    pub certainty: Certainty,
    /// What is asked there.
    pub asks: Vec<Ask>,
}

/// A passage or note of a dossier.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    /// Which note.
    pub note: NoteId,
    /// Words, a mark, or a place.
    pub kind: NoteKind,
    /// What became of it.
    pub state: State,
    /// Title of the report.
    pub report: String,
    /// Publisher of the report.
    pub org: Option<String>,
    /// Year of the report.
    pub year: Option<i32>,
    /// The file as shown.
    pub file: String,
    /// Labels of the sections it lies in, from the outside in.
    pub section: Vec<String>,
    /// The page it begins on.
    pub page: Option<Page>,
    /// The words it is on, as they were noted; of a section or report its name.
    pub quote: String,
    /// Whether it is on words, so that `quote` is one.
    pub passage: bool,
    /// Where it stands, with the words there now.
    pub place: Option<Context>,
    /// Where it might stand instead: so many places.
    pub candidates: usize,
    /// The reader's words.
    pub words: String,
    /// Tags.
    pub tags: Vec<String>,
    /// Where the matter stands.
    pub status: Option<Status>,
    /// When it was noted.
    pub created: Timestamp,
    /// The knelpunt of this dossier it is put to, when that isn't the one of the dossier itself.
    pub via: Option<String>,
    /// Other editions of the report in which it stands, or might.
    pub again: Vec<Again>,
}

/// A place in a document, to be read around.
#[derive(Clone, Debug, PartialEq)]
pub struct Context {
    /// Which document.
    pub doc: DocId,
    /// Where in it.
    pub at: PlaceFound,
}

/// A passage in another edition of its report.
#[derive(Clone, Debug, PartialEq)]
pub struct Again {
    /// The year of that edition.
    pub year: Option<i32>,
    /// What became of the passage there.
    pub state: State,
    /// The page there.
    pub page: Option<Page>,
    /// Where it stands there.
    pub place: Option<Context>,
}

impl Entry {
    /// The other editions in which it stands or might; not those in which it was not found, as most are.
    pub fn told_again(&self) -> impl Iterator<Item = &Again> {
        self.again.iter().filter(|a| !matches!(a.state, State::Orphan | State::Skipped))
    }
}

impl Dossier {
    /// The dossier of a knelpunt, `with_children`: with what belongs to those below it. `None` when there is no such
    /// knelpunt.
    #[must_use]
    pub fn of(key: &Key, with_children: bool, material: &Material<'_>) -> Option<Dossier> {
        let index = Index::new(material);
        match key {
            Key::Made(id) => {
                let made = meant(material.register, id)?;
                Some(make::of_made(made, with_children, &index))
            }
            Key::Found(doc, id) => {
                let at = material.found.iter().position(|r| r.doc == *doc && r.found.id == *id)?;
                Some(make::of_found(at, &index))
            }
        }
    }

    /// The knelpunt of this id: a made one, else the first found one.
    #[must_use]
    pub fn key_of(id: &str, material: &Material<'_>) -> Option<Key> {
        if let Some(made) = meant(material.register, id) {
            return Some(Key::Made(made.id.clone()));
        }
        let row = material.found.iter().find(|r| r.found.id == id)?;
        Some(Key::Found(row.doc, id.to_owned()))
    }

    /// Where it stands; `None` when nothing was said.
    #[must_use]
    pub fn status(&self) -> Option<&StatusAt> {
        self.history.last()
    }

    /// Year by year, ascending, from the first edition known to the last, what there is: an empty cell where the report of
    /// that year doesn't mention it, none where there is no report; without a year last.
    #[must_use]
    pub fn years(&self) -> Vec<(Option<i32>, Option<Cell>)> {
        let marks = self.runs.iter().flat_map(|r| &r.years);
        let known: BTreeMap<i32, bool> = marks.fold(BTreeMap::new(), |mut known, y| {
            *known.entry(y.year).or_default() |= y.mark != Mark::Absent;
            known
        });
        let cell = |year: Option<i32>| {
            let near = self.near.iter().filter(|n| n.year == year).count() as u32;
            let cell = self.by_year.iter().find(|(y, _)| *y == year).map(|(_, c)| *c);
            cell.or((near > 0).then(Cell::default)).map(|c| Cell { near, ..c })
        };
        let years = known.iter().map(|(y, known)| (Some(*y), cell(Some(*y)).or(known.then(Cell::default))));
        let undated = cell(None).map(|c| (None, Some(c)));
        years.chain(undated).collect()
    }

    /// All passages and notes, in the order of the groups; those on the knelpunt itself first.
    pub fn entries(&self) -> impl Iterator<Item = &Entry> {
        let grouped = self.groups.iter().flat_map(|g| &g.years).flat_map(|y| &y.entries);
        self.own.iter().chain(grouped)
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.own.is_empty() && self.groups.is_empty()
    }
}

#[cfg(test)]
mod tests;
