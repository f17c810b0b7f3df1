//! Notes that come in from a file: which are new, which report each is on, where its quote stands, which knelpunten are
//! meant. What is there already is never overwritten; what comes in is one step of undo.

use super::chance::random;
use super::clock::Clock;
use super::librarian::Librarian;
use crate::doc::{DocId, Document, PartId, TextRange};
use crate::knelpunt::register::{Made, Register, RegisterError, StatusAt};
use crate::library::{Entry, Library};
use crate::notes::anchor::Resolver;
use crate::notes::describe::{describe, describe_report, describe_section};
use crate::notes::export::{Code, Incoming, IncomingNote};
use crate::notes::history::{History, HistoryError};
use crate::notes::kin::{Kin, kin};
use crate::notes::store::{Store, StoreError};
use crate::notes::{IdMaker, Note, NoteId, Quote, Target, TargetKind};
use rustc_hash::{FxHashMap, FxHashSet};
use std::sync::Arc;
use thiserror::Error;

/// Fewest characters of a quote by which alone a report is known.
const TELLING: usize = 24;

/// What became of what was in a file.
#[derive(Debug, Default)]
pub struct Taken {
    /// Notes that came in.
    pub new: Vec<Note>,
    /// Ids of knelpunten that were made.
    pub made: Vec<String>,
    /// How many notes were here already, and say the same.
    pub same: usize,
    /// How many knelpunten were here already.
    pub known: usize,
    /// Notes that are here already and say something else: they stay as they are.
    pub differing: Vec<NoteId>,
    /// Notes that are in the trash: they stay there.
    pub trashed: Vec<NoteId>,
    /// Notes that could not come in, each by its number in the file (from 1).
    pub refused: Vec<(usize, Refused)>,
}

/// Why a note could not come in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refused {
    /// Nothing says which report it is on, and its quote stands in none.
    NoReport,
    /// Nothing says which report it is on, and its quote stands in several places.
    Several(usize),
}

/// Why nothing came in.
#[derive(Debug, Error)]
pub enum IntakeError {
    /// The step could not be written down.
    #[error(transparent)]
    History(#[from] HistoryError),
    /// A note could not be written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A knelpunt could not be written.
    #[error(transparent)]
    Register(#[from] RegisterError),
}

/// Takes in what a file held, as one step that can be undone: all of it, or nothing when the disk refuses.
///
/// # Errors
/// When the disk refuses, or the register can't be read.
pub fn take(
    librarian: &Librarian,
    library: &Library,
    store: &Store,
    clock: &Clock,
    incoming: &Incoming,
) -> Result<Taken, IntakeError> {
    let mut shelf = Shelf { librarian, library, open: FxHashMap::default() };
    let here: FxHashMap<NoteId, Note> =
        store.load().notes.iter().map(|s| (s.note.id.clone(), s.note.clone())).collect();
    let trashed: FxHashSet<NoteId> = store.trashed().notes.iter().map(|s| s.note.id.clone()).collect();
    let mut history = History::open(store);
    history.act(store, "import", |staged| {
        let mut taken = Taken::default();
        let mut register = Register::load(staged)?;
        let names = codes(&mut register, staged, &shelf, incoming, clock, &mut taken)?;
        let mut ids = IdMaker::default();
        here.keys().for_each(|id| ids.after(id));
        let mut new: FxHashSet<NoteId> = FxHashSet::default();
        for (number, coming) in (1..).zip(&incoming.notes) {
            let knelpunten: Vec<String> =
                coming.knelpunten.iter().map(|id| names.get(id).unwrap_or(id).clone()).collect();
            let meant = |ids: &[String]| -> Vec<String> {
                ids.iter().map(|id| register.meant(id).map_or(id, |m| &m.id).clone()).collect()
            };
            if let Some(old) = coming.id.as_ref().and_then(|id| here.get(id)) {
                if says_the_same(old, &meant(&old.knelpunten), coming, &meant(&knelpunten)) {
                    taken.same += 1;
                } else {
                    taken.differing.push(old.id.clone());
                }
                continue;
            }
            if let Some(id) = coming.id.as_ref().filter(|id| trashed.contains(*id)) {
                taken.trashed.push(id.clone());
                continue;
            }
            let target = match shelf.target(coming, incoming) {
                Ok(target) => target,
                Err(refused) => {
                    taken.refused.push((number, refused));
                    continue;
                }
            };
            let now = clock.timestamp();
            let created = coming.created.unwrap_or(now);
            let own = coming.id.clone().filter(|id| new.insert(id.clone()));
            let note = Note {
                id: own.unwrap_or_else(|| ids.next(clock.millis(), random())),
                kind: coming.kind,
                created,
                modified: coming.modified.unwrap_or(created),
                knelpunten,
                tags: coming.tags.clone(),
                color: coming.color,
                status: coming.status,
                target,
                anchored: coming.anchored.clone(),
                body: coming.body.clone(),
            };
            taken.new.push(staged.create(&note)?.stored.note);
        }
        Ok(taken)
    })
}

/// Makes the knelpunten that are not here yet; gives what those of the file are called here.
fn codes(
    register: &mut Register,
    store: &Store,
    shelf: &Shelf<'_>,
    incoming: &Incoming,
    clock: &Clock,
    taken: &mut Taken,
) -> Result<FxHashMap<String, String>, RegisterError> {
    let mut names: FxHashMap<String, String> = FxHashMap::default();
    let wanted = incoming.codes.iter().filter(|c| c.made).count();
    let found: FxHashMap<String, String> = if wanted == 0 { FxHashMap::default() } else { shelf.found() };
    for code in incoming.codes.iter().filter(|c| c.made) {
        let title = fold(&code.title);
        let same = register.meant(&code.id).or_else(|| register.made().iter().find(|m| fold(&m.title) == title));
        if let Some(made) = same {
            names.insert(code.id.clone(), made.id.clone());
            taken.known += 1;
            continue;
        }
        // a knelpunt of a report, in a file that doesn't tell them apart
        if found.contains_key(&code.id) {
            continue;
        }
        let (id, _) = register.add(store, made(code, &names, register, clock))?;
        names.insert(code.id.clone(), id.clone());
        taken.made.push(id);
    }
    Ok(names)
}

fn made(code: &Code, names: &FxHashMap<String, String>, register: &Register, clock: &Clock) -> Made {
    let parent = code.parent.as_ref().map(|p| names.get(p).unwrap_or(p)).filter(|p| register.get(p).is_some());
    let said = code.history.iter().map(|s| StatusAt { status: s.status, date: s.date, source: s.source.clone() });
    let mut status: Vec<StatusAt> = said.collect();
    if status.is_empty() {
        let today = clock.timestamp().to_zoned(jiff::tz::TimeZone::UTC).date();
        status.extend(code.status.map(|status| StatusAt { status, date: Some(today), source: None }));
    }
    Made {
        id: code.id.clone(),
        title: code.title.clone(),
        description: code.description.clone(),
        synonyms: code.synonyms.clone(),
        colour: code.color,
        parent: parent.cloned(),
        status,
        includes: code.includes.clone(),
        query: code.query.clone(),
        formerly: code.formerly.clone(),
    }
}

/// Whether a note of the file says what the note here says, as far as it says anything.
fn says_the_same(here: &Note, knelpunten: &[String], coming: &IncomingNote, theirs: &[String]) -> bool {
    let squeezed = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let quote = |t: &Target| t.quote().map(|q| squeezed(&q.exact));
    let placed = coming.target.quote().is_none() || quote(&here.target) == quote(&coming.target);
    placed
        && here.kind == coming.kind
        && here.body.trim_end() == coming.body.trim_end()
        && knelpunten == theirs
        && here.tags == coming.tags
        && here.status == coming.status
        && here.color == coming.color
}

/// The library, with what was read of it.
struct Shelf<'a> {
    librarian: &'a Librarian,
    library: &'a Library,
    open: FxHashMap<DocId, Option<Known>>,
}

#[derive(Clone)]
struct Known {
    doc: Arc<Document>,
    found: Arc<Vec<(String, TextRange)>>,
}

/// A place in a document of the library.
type Place<'a> = (&'a Entry, Known, TextRange);

impl<'a> Shelf<'a> {
    /// Titles of all knelpunten found in the library, by id.
    fn found(&self) -> FxHashMap<String, String> {
        let of = |entry| self.librarian.found(entry).unwrap_or_default();
        self.library.ready().flat_map(|(entry, _)| of(entry)).map(|f| (f.id, f.title)).collect()
    }

    fn open(&mut self, entry: &Entry) -> Option<Known> {
        let librarian = self.librarian;
        let read = || {
            let doc = librarian.document(entry).ok()?;
            let found = librarian.found_in(&doc).into_iter().map(|f| (f.id, f.range)).collect();
            Some(Known { doc, found: Arc::new(found) })
        };
        self.open.entry(entry.id).or_insert_with(read).clone()
    }

    /// What a note is on. One that is described well enough stays as it is; else its place is looked for and described
    /// anew. A note whose place isn't found keeps what it says, and is shown as not found.
    fn target(&mut self, coming: &IncomingNote, incoming: &Incoming) -> Result<Target, Refused> {
        let mut target = coming.target.clone();
        let described =
            target.position.is_some() || target.quote().is_some_and(|q| !q.prefix.is_empty() || !q.suffix.is_empty());
        let lies_nowhere = target.report.is_none() && matches!(target.kind, TargetKind::Knelpunt(_));
        let named = target.report.as_ref().is_some_and(|r| !r.title.trim().is_empty() || r.edition.is_some());
        if lies_nowhere || (described && named) {
            return Ok(target);
        }
        if !named {
            // the text it is on may say what the note doesn't
            let source = coming.source.and_then(|s| incoming.sources.get(s)).map(|s| s.report());
            target.report = source.filter(|r| !r.title.trim().is_empty() || r.edition.is_some()).or(target.report);
        }
        let entries = self.documents_of(&target);
        let Some(quote) = target.quote().cloned() else { return self.whole(target, &entries) };
        let mut places = self.places(&quote, &entries, target.section.last().map(String::as_str));
        if places.is_empty() {
            let all: Vec<&Entry> = self.library.ready().map(|(entry, _)| entry).collect();
            // a few words stand anywhere
            let telling = quote.exact.trim().chars().count() >= TELLING;
            if telling && entries.is_empty() {
                places = self.places(&quote, &all, None);
            }
        }
        let titled = target.report.as_ref().is_some_and(|r| !r.title.trim().is_empty());
        match places.as_slice() {
            [(entry, known, range)] => Ok(describe(&known.doc, *range, &entry.file)),
            // it will be shown as uncertain or not found, under the report that it names
            _ if titled => Ok(target),
            [] => Err(Refused::NoReport),
            several => Err(Refused::Several(several.len())),
        }
    }

    /// A note on a section or a report as a whole.
    fn whole(&mut self, target: Target, entries: &[&'a Entry]) -> Result<Target, Refused> {
        let titled = target.report.as_ref().is_some_and(|r| !r.title.trim().is_empty());
        let known = match entries {
            [entry] => self.open(entry).map(|known| (*entry, known)),
            _ => None,
        };
        let Some((entry, Known { doc, .. })) = known else {
            return if titled { Ok(target) } else { Err(Refused::NoReport) };
        };
        let label = target.section.last().map(|s| fold(s));
        let section =
            doc.outline().iter().find(|(_, s)| Some(fold(&s.label())) == label || Some(fold(&s.title)) == label);
        Ok(match (&target.kind, section) {
            (TargetKind::Section, Some((id, _))) => describe_section(&doc, id, &entry.file),
            (TargetKind::Report, _) => describe_report(&doc, PartId(0), &entry.file),
            _ => target,
        })
    }

    /// The documents that a target may mean: the nearest of kin to the report it names, or of that file's name.
    fn documents_of(&mut self, target: &Target) -> Vec<&'a Entry> {
        let Some(report) = &target.report else { return Vec::new() };
        let entries: Vec<&'a Entry> = self.library.ready().map(|(entry, _)| entry).collect();
        let mut near: Vec<(Kin, &'a Entry)> = Vec::new();
        for entry in &entries {
            if let Some(known) = self.open(entry) {
                near.push((kin(report, &known.doc), entry));
            }
        }
        let best = near.iter().map(|(kin, _)| *kin).max().filter(|k| *k > Kin::Series);
        let of_kin: Vec<&Entry> = near.iter().filter(|(kin, _)| Some(*kin) == best).map(|(_, e)| *e).collect();
        if !of_kin.is_empty() {
            return of_kin;
        }
        let name = |path: &str| fold(path.rsplit(['/', '\\']).next().unwrap_or(path));
        let wanted = [name(&report.file), name(&report.title)];
        let bare = |file: &str| file.rsplit_once('.').map(|(stem, _)| stem.to_owned());
        let named = |entry: &&&'a Entry| {
            let file = name(&entry.file);
            wanted.iter().any(|w| {
                !w.is_empty()
                    && (*w == file || bare(w).is_some() && bare(w) == bare(&file) || Some(w.clone()) == bare(&file))
            })
        };
        entries.iter().filter(named).copied().collect()
    }

    fn places(&mut self, quote: &Quote, entries: &[&'a Entry], section: Option<&str>) -> Vec<Place<'a>> {
        let mut out = Vec::new();
        for entry in entries {
            let Some(known) = self.open(entry) else { continue };
            let resolver = Resolver::new(&known.doc, &known.found);
            let mut here = resolver.places(quote, None);
            if here.len() > 1 && section.is_some() {
                here = resolver.places(quote, section);
            }
            out.extend(here.into_iter().map(|range| (*entry, known.clone(), range)));
        }
        out
    }
}

fn fold(text: &str) -> String {
    text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}
