//! The dossier of a knelpunt: everything the library and the reader's notes say of it, by organisation and year, with
//! where it returns and where it doesn't; and the same as numbers for a heat map.
//!
//! Pure: plain rows go in ([`Material`]), plain data comes out. What is in doubt is never counted as said: a note whose
//! place is uncertain or gone is listed with its state and counted apart, and that something is *not* mentioned is only
//! said of editions that are in the library.

mod alike;
mod counts;
mod grid;
mod material;
mod run;

pub use counts::Cell;
pub use grid::{Axis, Column, Grid, GridRow};
pub use material::{Material, Standing, Volume};
pub use run::{Mark, Run, Verdict, YearMark};

use super::register::{Made, StatusAt};
use super::{Ask, Certainty, FoundRow};
use crate::doc::{DocId, Page, TextRange};
use crate::notes::anchor::State;
use crate::notes::{Color, Note, NoteId, NoteKind, PlaceFound, Status, TargetKind};
use alike::nearness;
use jiff::Timestamp;
use material::{Index, Own};
use std::cmp::Reverse;

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

impl Dossier {
    /// The dossier of a knelpunt, `with_children`: with what belongs to those below it. `None` when there is no such
    /// knelpunt.
    #[must_use]
    pub fn of(key: &Key, with_children: bool, material: &Material<'_>) -> Option<Dossier> {
        let index = Index::new(material);
        match key {
            Key::Made(id) => {
                let made = material.register.iter().find(|m| m.id == *id)?;
                Some(of_made(made, with_children, &index))
            }
            Key::Found(doc, id) => {
                let at = material.found.iter().position(|r| r.doc == *doc && r.found.id == *id)?;
                Some(of_found(at, &index))
            }
        }
    }

    /// The knelpunt of this id: a made one, else the first found one.
    #[must_use]
    pub fn key_of(id: &str, material: &Material<'_>) -> Option<Key> {
        if material.register.iter().any(|m| m.id == id) {
            return Some(Key::Made(id.to_owned()));
        }
        let row = material.found.iter().find(|r| r.found.id == id)?;
        Some(Key::Found(row.doc, id.to_owned()))
    }

    /// Where it stands; `None` when nothing was said.
    #[must_use]
    pub fn status(&self) -> Option<&StatusAt> {
        self.history.last()
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

fn of_made(made: &Made, with_children: bool, index: &Index<'_>) -> Dossier {
    let register = index.material.register;
    let below = below(made, register);
    let mut members = vec![made];
    if with_children {
        members.extend(&below);
    }
    let ids = ids_of(&members);
    let (notes, found) = (index.notes(&ids), index.found(&ids));
    let children = register.iter().filter(|m| m.parent.as_deref() == Some(&made.id) && m.id != made.id).map(|child| {
        let mut members = vec![child];
        members.extend(self::below(child, register));
        let ids = ids_of(&members);
        let total = Cell::of(&index.mentions(&index.notes(&ids), &index.found(&ids)));
        Child { id: child.id.clone(), title: child.title.clone(), total }
    });
    let head = Dossier {
        key: Key::Made(made.id.clone()),
        label: None,
        title: made.title.clone(),
        description: made.description.clone(),
        synonyms: made.synonyms.clone(),
        colour: made.colour,
        above: above(made, register),
        children: children.collect(),
        with_children,
        history: made.status.clone(),
        query: made.query.clone(),
        ..Dossier::nothing(Key::Made(String::new()))
    };
    head.filled(&notes, &found, index)
}

fn of_found(at: usize, index: &Index<'_>) -> Dossier {
    let rows = index.material.found;
    let row = &rows[at];
    let same = same_title(at, index);
    let ids: Vec<&str> = same.iter().map(|i| rows[*i].found.id.as_str()).collect();
    let mut found = index.found(&ids);
    // this very copy of the report, not the first one
    if let Some(copy) = found.iter_mut().find(|i| rows[**i].found.id == row.found.id) {
        *copy = at;
    }
    let brings_in = index.material.register.iter().filter(|m| m.includes.iter().any(|i| ids.contains(&i.as_str())));
    let head = Dossier {
        label: row.found.label.clone(),
        title: name(row),
        above: brings_in.map(|m| (m.id.clone(), m.title.clone())).collect(),
        near: near(at, index).into_iter().map(|i| FoundIn::of(&rows[i])).collect(),
        ..Dossier::nothing(Key::Found(row.doc, row.found.id.clone()))
    };
    head.filled(&index.notes(&ids), &found, index)
}

/// The found rows that bear the same title in any edition of the same report; always the row itself.
fn same_title(at: usize, index: &Index<'_>) -> Vec<usize> {
    let title = &index.found_titles[at];
    let certainty = |i: usize| index.material.found[i].found.certainty;
    let same = |i: &usize| {
        *i == at || (!title.is_empty() && index.found_titles[*i] == *title && certainty(*i) == certainty(at))
    };
    index.found_beside(at).iter().copied().filter(same).collect()
}

/// Sections of other editions that seem to speak of the same thing: of each edition the two nearest, by year.
fn near(at: usize, index: &Index<'_>) -> Vec<usize> {
    /// More of one edition say more about the words than about the thing.
    const OF_EACH: usize = 2;
    let rows = index.material.found;
    let words = &index.found_words;
    let nearness = |i: &usize| {
        let other = rows[*i].year != rows[at].year && index.found_titles[*i] != index.found_titles[at];
        let score = if other { nearness(&words[at], &words[*i]) } else { 0 };
        (score > 0).then_some((rows[*i].year, Reverse(score), *i))
    };
    let mut all: Vec<_> = index.found_beside(at).iter().filter_map(nearness).collect();
    all.sort_unstable();
    // copies of a report bear the same ids
    all.dedup_by(|b, a| rows[a.2].found.id == rows[b.2].found.id);
    all.chunk_by(|a, b| a.0 == b.0).flat_map(|year| year.iter().take(OF_EACH)).map(|n| n.2).collect()
}

/// The made ones below one, however deep.
fn below<'a>(made: &Made, register: &'a [Made]) -> Vec<&'a Made> {
    let mut out: Vec<&Made> = Vec::new();
    let mut todo = vec![made.id.as_str()];
    while let Some(id) = todo.pop() {
        for child in register.iter().filter(|m| m.parent.as_deref() == Some(id)) {
            // a circle, made by hand in the file, ends where it began
            if child.id != made.id && !out.iter().any(|o| o.id == child.id) {
                out.push(child);
                todo.push(&child.id);
            }
        }
    }
    out
}

/// The made ones that one is part of, the outermost first.
fn above(made: &Made, register: &[Made]) -> Vec<(String, String)> {
    let mut out: Vec<(String, String)> = Vec::new();
    let mut at = made.parent.as_deref();
    while let Some(parent) = at.and_then(|id| register.iter().find(|m| m.id == id)) {
        if parent.id == made.id || out.iter().any(|(id, _)| *id == parent.id) {
            break;
        }
        out.insert(0, (parent.id.clone(), parent.title.clone()));
        at = parent.parent.as_deref();
    }
    out
}

/// The ids by which notes and found ones belong to these.
fn ids_of<'a>(members: &[&'a Made]) -> Vec<&'a str> {
    let of = |m: &&'a Made| {
        let m: &'a Made = m;
        std::iter::once(m.id.as_str()).chain(m.includes.iter().map(String::as_str))
    };
    members.iter().flat_map(of).collect()
}

impl Dossier {
    fn nothing(key: Key) -> Dossier {
        Dossier {
            key,
            label: None,
            title: String::new(),
            description: String::new(),
            synonyms: Vec::new(),
            colour: None,
            above: Vec::new(),
            children: Vec::new(),
            with_children: false,
            history: Vec::new(),
            query: None,
            groups: Vec::new(),
            own: Vec::new(),
            near: Vec::new(),
            runs: Vec::new(),
            first: None,
            last: None,
            by_year: Vec::new(),
            by_org: Vec::new(),
            total: Cell::default(),
        }
    }

    /// Puts notes and found knelpunten into it.
    fn filled(mut self, notes: &[usize], found: &[usize], index: &Index<'_>) -> Dossier {
        let mentions = index.mentions(notes, found);
        let mut entries: Vec<Entry> = Vec::new();
        for i in notes {
            let (note, own) = (index.material.notes[*i].note, &index.own[*i]);
            let entry = Entry::of(note, own, self.key.id(), index);
            if own.series.is_some() { entries.push(entry) } else { self.own.push(entry) }
        }
        let found: Vec<FoundIn> = found.iter().map(|i| FoundIn::of(&index.material.found[*i])).collect();
        self.groups = grouped(entries, found);
        counts::count_groups(&mut self.groups, &mentions, index);
        self.runs = run::runs(&mentions, index);
        let seen = self.runs.iter().flat_map(Run::seen);
        (self.first, self.last) = (seen.clone().min(), seen.max());
        self.by_year = counts::by_year(&mentions);
        self.by_org = counts::by_org(&mentions, index);
        self.total = Cell::of(&mentions);
        self
    }
}

/// Entries and found ones by organisation and year.
fn grouped(entries: Vec<Entry>, found: Vec<FoundIn>) -> Vec<OrgGroup> {
    let mut groups: Vec<OrgGroup> = Vec::new();
    let fold = |org: &Option<String>| org.as_deref().map(str::to_lowercase);
    let mut year_of = |org: &Option<String>, year: Option<i32>| -> (usize, usize) {
        let at = groups.iter().position(|g| fold(&g.org) == fold(org)).unwrap_or_else(|| {
            groups.push(OrgGroup { org: org.clone(), years: Vec::new(), total: Cell::default() });
            groups.len() - 1
        });
        let years = &mut groups[at].years;
        let y = years.iter().position(|y| y.year == year).unwrap_or_else(|| {
            years.push(YearGroup { year, found: Vec::new(), entries: Vec::new(), total: Cell::default() });
            years.len() - 1
        });
        (at, y)
    };
    let placed: Vec<_> = entries.into_iter().map(|e| (year_of(&e.org, e.year), e)).collect();
    let placed_found: Vec<_> = found.into_iter().map(|f| (year_of(&f.org, f.year), f)).collect();
    placed.into_iter().for_each(|((g, y), e)| groups[g].years[y].entries.push(e));
    placed_found.into_iter().for_each(|((g, y), f)| groups[g].years[y].found.push(f));
    for group in &mut groups {
        group.years.sort_by_key(|y| Reverse(y.year));
        for year in &mut group.years {
            year.found.sort_by(|a, b| (&a.report, a.doc, a.range).cmp(&(&b.report, b.doc, b.range)));
            year.entries.sort_by_cached_key(|e| {
                let place = e.place.as_ref().map(|p| (p.doc, p.at.range));
                // what has no place comes after what has
                (e.report.clone(), place.is_none(), place, e.created, e.note.clone())
            });
        }
    }
    groups.sort_by_cached_key(|g| (g.org.is_none(), fold(&g.org)));
    groups
}

/// The name of a found knelpunt: its title, or what numbers it.
fn name(row: &FoundRow) -> String {
    let label = || row.found.label.clone().unwrap_or_default();
    if row.found.title.is_empty() { label() } else { row.found.title.clone() }
}

impl FoundIn {
    fn of(row: &FoundRow) -> FoundIn {
        FoundIn {
            id: row.found.id.clone(),
            doc: row.doc,
            range: row.found.range,
            label: row.found.label.clone(),
            title: name(row),
            report: row.report.clone(),
            org: row.org.clone(),
            year: row.year,
            certainty: row.found.certainty,
            asks: row.found.asks.clone(),
        }
    }
}

impl Entry {
    fn of(note: &Note, own: &Own<'_>, dossier: &str, index: &Index<'_>) -> Entry {
        let on_found = |id: &str| {
            let row = index.found_by_id.get(id).map(|rows| &index.material.found[rows[0]].found.title);
            row.or(note.target.section.last()).cloned().unwrap_or_else(|| id.to_owned())
        };
        let quote = match &note.target.kind {
            TargetKind::Passage(quote) => quote.exact.trim().to_owned(),
            TargetKind::Section => own.section.last().cloned().unwrap_or_default(),
            TargetKind::Knelpunt(id) => {
                let made = index.material.register.iter().find(|m| m.id == *id);
                made.map_or_else(|| on_found(id), |m| m.title.clone())
            }
            TargetKind::Report => own.report.to_owned(),
        };
        let on_it = |id: &str| matches!(&note.target.kind, TargetKind::Knelpunt(k) if k == id);
        let direct = note.knelpunten.iter().any(|k| k == dossier) || on_it(dossier);
        let again = own.again.iter().map(|(_, l)| Again {
            year: l.year,
            state: l.state,
            page: l.page.clone(),
            place: l.place.as_ref().and_then(|at| Some(Context { doc: l.doc?, at: at.clone() })),
        });
        Entry {
            note: note.id.clone(),
            kind: note.kind,
            state: own.state,
            report: own.report.to_owned(),
            org: own.org.map(str::to_owned),
            year: own.year,
            file: own.file.to_owned(),
            section: own.section.to_vec(),
            page: own.page.cloned(),
            quote,
            passage: note.target.quote().is_some(),
            place: own.place.map(|(doc, at)| Context { doc, at: at.clone() }),
            candidates: own.candidates,
            words: note.body.trim().to_owned(),
            tags: note.tags.clone(),
            status: note.status,
            created: note.created,
            via: if direct { None } else { via(note, index) },
            again: again.collect(),
        }
    }
}

/// The knelpunt that brings a note into a dossier of which it isn't itself: the first one it names that is known.
fn via(note: &Note, index: &Index<'_>) -> Option<String> {
    let on = match &note.target.kind {
        TargetKind::Knelpunt(id) => Some(id),
        _ => None,
    };
    let known = |id: &&String| {
        index.found_by_id.contains_key(id.as_str()) || index.material.register.iter().any(|m| m.id == **id)
    };
    note.knelpunten.iter().chain(on).find(known).cloned()
}

#[cfg(test)]
mod tests;
