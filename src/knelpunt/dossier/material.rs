//! What dossiers and heat maps are made from, and what of it belongs to which report, year and knelpunt.

use super::alike::{folded, own_words, same_place, without_year};
use crate::doc::{DocId, Page, PartId, TextRange};
use crate::knelpunt::register::Made;
use crate::knelpunt::{Certainty, FoundRow};
use crate::notes::anchor::{Kin, State};
use crate::notes::{Located, Note, PlaceFound, TargetKind};
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// A report in the library: what is needed to say in which years there is one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Volume {
    /// The document.
    pub doc: DocId,
    /// Its part.
    pub part: PartId,
    /// Title of the report.
    pub title: String,
    /// Publisher.
    pub org: Option<String>,
    /// The year it is about.
    pub year: Option<i32>,
    /// What it has in common with its other editions, when somebody knows better than title and publisher tell.
    pub series: Option<String>,
}

/// A note with how it stands in each edition of its report; nothing where that has not been looked for.
#[derive(Clone, Debug)]
pub struct Standing<'a> {
    /// The note.
    pub note: &'a Note,
    /// How it stands, the document it belongs to first.
    pub at: Cow<'a, [Located]>,
}

/// Everything dossiers are made from.
#[derive(Clone, Debug, Default)]
pub struct Material<'a> {
    /// The made knelpunten.
    pub register: &'a [Made],
    /// The knelpunten found in the library.
    pub found: &'a [FoundRow],
    /// The reports of the library.
    pub volumes: &'a [Volume],
    /// All notes.
    pub notes: Vec<Standing<'a>>,
}

/// The editions of one report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Series {
    /// Title, without years.
    pub title: String,
    /// Publisher.
    pub org: Option<String>,
    /// The years of which an edition is in the library.
    pub years: BTreeSet<i32>,
}

/// What one thing says of a knelpunt: in which series and year, and how surely.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    pub series: usize,
    /// By its place among the organisations.
    pub org: usize,
    pub year: Option<i32>,
    pub weight: Weight,
}

/// How much a mention weighs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Weight {
    /// A noted passage, found where it belongs.
    Passage,
    /// The same with an edition that isn't in the library now.
    Unloaded,
    /// A noted passage of another edition that stands here again.
    Again,
    /// A note whose place is in doubt or gone.
    Unsure,
    /// A section that the report itself presents as one.
    Found,
    /// A section of another title that speaks of the same thing.
    Near,
}

/// Where a note belongs.
#[derive(Clone, Debug)]
pub(super) struct Own<'a> {
    pub state: State,
    pub series: Option<usize>,
    pub org: Option<&'a str>,
    pub year: Option<i32>,
    pub report: &'a str,
    pub file: &'a str,
    pub section: &'a [String],
    pub page: Option<&'a Page>,
    pub place: Option<(DocId, &'a PlaceFound)>,
    pub candidates: usize,
    /// Other editions in which its words stand.
    pub again: Vec<(usize, &'a Located)>,
}

/// Everything by what it is looked up by.
pub(super) struct Index<'a> {
    pub material: &'a Material<'a>,
    pub series: Vec<Series>,
    /// The organisations of all that is mentioned.
    pub orgs: Vec<Option<String>>,
    /// The series of each found row.
    pub found_series: Vec<usize>,
    /// The folded title of each found row.
    pub found_titles: Vec<String>,
    /// The organisation of each found row, by its place.
    found_orgs: Vec<usize>,
    /// The organisation of each note and of its places in other editions, by their places.
    note_orgs: Vec<(usize, Vec<usize>)>,
    /// The found rows of each series, in the order of the library.
    pub found_of: Vec<Vec<usize>>,
    /// The words of each found row's title that tell it from the other knelpunten of its edition; none of what its report
    /// doesn't present as one.
    pub found_words: Vec<Vec<String>>,
    /// Found rows by id.
    pub found_by_id: FxHashMap<&'a str, Vec<usize>>,
    /// Notes put to a knelpunt or on it, by its id.
    pub notes_of: FxHashMap<&'a str, Vec<usize>>,
    /// Where each note belongs.
    pub own: Vec<Own<'a>>,
    /// The places of notes in documents, so that the same passage isn't counted twice.
    places: FxHashMap<DocId, Vec<(usize, TextRange)>>,
}

/// The editions of a report, known by its publisher and its title without years.
fn key(title: &str, org: Option<&str>) -> String {
    format!("{}\u{1f}{}", folded(&without_year(title)), folded(org.unwrap_or("")))
}

/// Series by what they are known by.
#[derive(Default)]
struct Keyed {
    all: Vec<Series>,
    by_key: FxHashMap<String, usize>,
}

impl Keyed {
    /// The series of a report of this title and publisher.
    fn of(&mut self, title: &str, org: Option<&str>) -> usize {
        self.known_as(key(title, org), title, org)
    }

    /// The series known by this; of that title and publisher when it is new.
    fn known_as(&mut self, key: String, title: &str, org: Option<&str>) -> usize {
        let all = &mut self.all;
        *self.by_key.entry(key).or_insert_with(|| {
            let org = org.map(str::to_owned);
            all.push(Series { title: without_year(title), org, years: BTreeSet::new() });
            all.len() - 1
        })
    }
}

/// Organisations by their names, whatever their case.
#[derive(Default)]
struct Orgs {
    all: Vec<Option<String>>,
    by_name: FxHashMap<Option<String>, usize>,
}

impl Orgs {
    fn of(&mut self, name: Option<&str>) -> usize {
        let all = &mut self.all;
        *self.by_name.entry(name.map(str::to_lowercase)).or_insert_with(|| {
            all.push(name.map(str::to_owned));
            all.len() - 1
        })
    }
}

impl<'a> Index<'a> {
    pub(super) fn new(material: &'a Material<'a>) -> Self {
        // those merged into another are known by that one's id
        let merged: FxHashMap<&str, &str> =
            material.register.iter().flat_map(|m| m.formerly.iter().map(|f| (f.as_str(), m.id.as_str()))).collect();
        let ids: FxHashSet<&str> = material.register.iter().map(|m| m.id.as_str()).collect();
        let known =
            |id: &'a str| -> &'a str { if ids.contains(id) { id } else { merged.get(id).copied().unwrap_or(id) } };
        let mut series = Keyed::default();
        let mut by_part: FxHashMap<(DocId, PartId), usize> = FxHashMap::default();
        for v in material.volumes {
            let (title, org) = (v.title.as_str(), v.org.as_deref());
            let at = series.known_as(v.series.clone().unwrap_or_else(|| key(title, org)), title, org);
            // a note that names this report finds its series, also when that is known by something else
            series.by_key.entry(key(title, org)).or_insert(at);
            series.all[at].years.extend(v.year);
            by_part.insert((v.doc, v.part), at);
        }
        let mut found_series = Vec::with_capacity(material.found.len());
        let mut found_by_id: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        for (i, row) in material.found.iter().enumerate() {
            let org = row.org.as_deref();
            let at = by_part.get(&(row.doc, row.found.part)).copied();
            found_series.push(at.unwrap_or_else(|| series.of(&row.report, org)));
            found_by_id.entry(row.found.id.as_str()).or_default().push(i);
        }
        let found_titles: Vec<String> = material.found.iter().map(|r| folded(&r.found.title)).collect();
        let mut found_of = vec![Vec::new(); series.all.len()];
        found_series.iter().enumerate().for_each(|(i, s)| found_of[*s].push(i));
        let found_words = words_of(material.found, &found_of, &found_titles);
        let own: Vec<Own<'a>> = material.notes.iter().map(|s| Own::of(s, &mut series, &by_part)).collect();
        let mut orgs = Orgs::default();
        let found_orgs = material.found.iter().map(|r| orgs.of(r.org.as_deref())).collect();
        let each = own.iter().map(|o| {
            let again = o.again.iter().map(|(_, l)| orgs.of(l.org.as_deref())).collect();
            (orgs.of(o.org), again)
        });
        let note_orgs = each.collect();
        let mut notes_of: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
        let mut places: FxHashMap<DocId, Vec<(usize, TextRange)>> = FxHashMap::default();
        for (i, standing) in material.notes.iter().enumerate() {
            let note = standing.note;
            let on = match &note.target.kind {
                TargetKind::Knelpunt(id) => Some(id),
                _ => None,
            };
            for id in note.knelpunten.iter().chain(on) {
                let of = notes_of.entry(known(id)).or_default();
                if of.last() != Some(&i) {
                    of.push(i);
                }
            }
            if let Some((doc, place)) = own[i].place {
                places.entry(doc).or_default().push((i, place.range));
            }
        }
        Index {
            material,
            series: series.all,
            orgs: orgs.all,
            found_orgs,
            note_orgs,
            found_series,
            found_titles,
            found_of,
            found_words,
            found_by_id,
            notes_of,
            own,
            places,
        }
    }

    /// The notes of these knelpunten, each once, in the order of the notes.
    pub(super) fn notes(&self, ids: &[&str]) -> Vec<usize> {
        let of = ids.iter().filter_map(|id| self.notes_of.get(id)).flatten().copied();
        of.collect::<BTreeSet<_>>().into_iter().collect()
    }

    /// The found rows of these ids; of several copies of a report the first.
    pub(super) fn found(&self, ids: &[&str]) -> Vec<usize> {
        let mut seen = FxHashSet::default();
        let all = ids.iter().filter_map(|id| self.found_by_id.get(id)).flatten().copied();
        all.filter(|i| seen.insert((self.found_series[*i], self.material.found[*i].found.id.as_str()))).collect()
    }

    /// What notes and found knelpunten say, together.
    pub(super) fn mentions(&self, notes: &[usize], found: &[usize]) -> Vec<Mention> {
        let mut out = Vec::new();
        let among: FxHashSet<usize> = notes.iter().copied().collect();
        for i in notes {
            let own = &self.own[*i];
            let Some(series) = own.series else { continue };
            let weight = match own.state {
                State::Exact | State::Moved | State::Changed => Weight::Passage,
                State::Skipped => Weight::Unloaded,
                State::Uncertain | State::Orphan => Weight::Unsure,
            };
            let (org, orgs_again) = &self.note_orgs[*i];
            out.push(Mention { series, org: *org, year: own.year, weight });
            for ((series, at), org) in own.again.iter().zip(orgs_again) {
                let weight = match (at.state, &at.place, at.doc) {
                    (State::Exact | State::Moved, Some(place), Some(doc)) => {
                        if self.noted_there(&among, doc, place.range) {
                            continue;
                        }
                        Weight::Again
                    }
                    // what is not the same words there is nothing that edition says
                    _ => continue,
                };
                out.push(Mention { series: *series, org: *org, year: at.year, weight });
            }
        }
        for i in found {
            let (series, year) = (self.found_series[*i], self.material.found[*i].year);
            out.push(Mention { series, org: self.found_orgs[*i], year, weight: Weight::Found });
        }
        out
    }

    /// Whether one of these notes has a place of its own there.
    fn noted_there(&self, among: &FxHashSet<usize>, doc: DocId, range: TextRange) -> bool {
        let there = self.places.get(&doc);
        there.is_some_and(|p| p.iter().any(|(i, r)| same_place(*r, range) && among.contains(i)))
    }

    /// The mention of a found one that only seems to speak of the same thing.
    pub(super) fn near(&self, at: usize) -> Mention {
        let year = self.material.found[at].year;
        Mention { series: self.found_series[at], org: self.found_orgs[at], year, weight: Weight::Near }
    }

    /// The found rows of the series of one.
    pub(super) fn found_beside(&self, at: usize) -> &[usize] {
        // a series that only notes name has none
        self.found_of.get(self.found_series[at]).map_or(&[], Vec::as_slice)
    }
}

/// The words of each found row that tell it from the others of its edition.
fn words_of(rows: &[FoundRow], found_of: &[Vec<usize>], titles: &[String]) -> Vec<Vec<String>> {
    let mut out = vec![Vec::new(); rows.len()];
    for of_series in found_of {
        let explicit = |i: &&usize| rows[**i].found.certainty == Certainty::Explicit;
        let mut by_year: FxHashMap<Option<i32>, Vec<usize>> = FxHashMap::default();
        of_series.iter().filter(explicit).for_each(|i| by_year.entry(rows[*i].year).or_default().push(*i));
        for edition in by_year.values() {
            for i in edition {
                let others = edition.iter().map(|j| titles[*j].as_str()).filter(|t| *t != titles[*i]);
                out[*i] = own_words(&titles[*i], &others.collect::<Vec<_>>());
            }
        }
    }
    out
}

impl<'a> Own<'a> {
    fn of(standing: &'a Standing<'a>, series: &mut Keyed, by_part: &FxHashMap<(DocId, PartId), usize>) -> Self {
        let note = standing.note;
        let series_of = |l: &Located, series: &mut Keyed| {
            let known = l.doc.and_then(|d| by_part.get(&(d, l.part)).copied());
            known.unwrap_or_else(|| series.of(&l.report, l.org.as_deref()))
        };
        let there = |l: &&'a Located| l.doc.is_some() && l.state != State::Skipped;
        // another year's edition is not the report a note is on, also when that one is not in the library
        let home = standing.at.iter().find(|l| l.home && l.kin != Kin::Series).filter(there);
        let mut again: Vec<(usize, &Located)> = Vec::new();
        for l in standing.at.iter().filter(there).filter(|l| l.kin == Kin::Series) {
            again.push((series_of(l, series), l));
        }
        let report = note.target.report.as_ref();
        if let Some(l) = home {
            // in a file of several parts only a place says which of them is meant
            let named = report.filter(|_| l.place.is_none());
            return Own {
                state: l.state,
                series: Some(match named {
                    Some(r) => series.of(&r.title, r.org.as_deref()),
                    None => series_of(l, series),
                }),
                org: named.map_or(l.org.as_deref(), |r| r.org.as_deref()),
                year: named.map_or(l.year, |r| r.year),
                report: named.map_or(&l.report, |r| if r.title.is_empty() { &r.file } else { &r.title }),
                file: &l.file,
                section: if l.section.is_empty() { &note.target.section } else { &l.section },
                page: l.page.as_ref().or(note.target.page.as_ref()),
                place: l.place.as_ref().and_then(|p| Some((l.doc?, p))),
                candidates: l.candidates.len(),
                again,
            };
        }
        Own {
            // a note on a made knelpunt is where it is
            state: if report.is_some() { State::Skipped } else { State::Exact },
            series: report.map(|r| series.of(&r.title, r.org.as_deref())),
            org: report.and_then(|r| r.org.as_deref()),
            year: report.and_then(|r| r.year),
            report: report.map_or("", |r| if r.title.is_empty() { &r.file } else { &r.title }),
            file: report.map_or("", |r| r.file.as_str()),
            section: &note.target.section,
            page: note.target.page.as_ref(),
            place: None,
            candidates: 0,
            again,
        }
    }
}
