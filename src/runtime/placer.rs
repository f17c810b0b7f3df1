//! Which file of a library a note belongs to, and where in it the note stands.

use super::librarian::Librarian;
use crate::doc::{Document, TextRange};
use crate::library::{Entry, Library};
use crate::notes::anchor::{Anchor, Kin, Resolver, kin};
use crate::notes::{Note, ReportRef};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// Finds files and places of notes. Documents are loaded when a note may belong to them, each once.
pub struct Placer<'a> {
    librarian: &'a Librarian,
    /// Documents that were read.
    entries: Vec<&'a Entry>,
    /// Take every file as an edition of the report of this title.
    taken_as: Option<&'a str>,
    documents: FxHashMap<usize, Option<Known>>,
}

/// Where a note stands.
#[derive(Clone, Debug)]
pub struct Placed<'a> {
    /// The file.
    pub entry: &'a Entry,
    /// Its document.
    pub doc: Arc<Document>,
    /// The place in it.
    pub anchor: Anchor,
}

/// A document, with what resolving needs of it.
#[derive(Clone)]
struct Known {
    doc: Arc<Document>,
    found: Arc<Vec<(String, TextRange)>>,
}

impl<'a> Placer<'a> {
    /// For the documents of a library. With `taken_as` all of them count as editions of the report of that title.
    #[must_use]
    pub fn new(librarian: &'a Librarian, library: &'a Library, taken_as: Option<&'a str>) -> Self {
        let entries = library.ready().map(|(entry, _)| entry).collect();
        Placer { librarian, entries, taken_as, documents: FxHashMap::default() }
    }

    /// Where a note stands; `None` when its report isn't in the library, or it is on none.
    pub fn place(&mut self, note: &Note) -> Option<Placed<'a>> {
        let (at, known) = self.file_of(note.target.report.as_ref()?)?;
        let anchor = Resolver::new(&known.doc, &known.found).resolve(&note.target, &note.anchored);
        Some(Placed { entry: self.entries[at], doc: known.doc, anchor })
    }

    /// The document that a report is, or is nearest to; of equals the one at the path the note remembers.
    fn file_of(&mut self, report: &ReportRef) -> Option<(usize, Known)> {
        let named = self.taken_as.is_some_and(|title| same(title, &report.title));
        let mut best: Option<(Kin, bool, usize)> = None;
        for (at, entry) in self.entries.clone().into_iter().enumerate() {
            let likely = entry.edition == report.edition
                || entry.summary().is_some_and(|s| {
                    s.parts.iter().any(|p| {
                        same(&p.title, &report.title) || p.printed.as_ref().is_some_and(|t| same(t, &report.title))
                    })
                });
            if !likely && !named {
                continue;
            }
            let Some(known) = self.known(at) else { continue };
            let kin = kin(report, &known.doc);
            let rank = (kin, entry.file == report.file);
            if (kin > Kin::Stranger || named) && best.is_none_or(|(k, f, _)| rank > (k, f)) {
                best = Some((rank.0, rank.1, at));
            }
        }
        let (_, _, at) = best?;
        Some((at, self.known(at)?))
    }

    fn known(&mut self, at: usize) -> Option<Known> {
        let (librarian, entry) = (self.librarian, self.entries[at]);
        let load = || {
            let doc = librarian.document(entry).ok()?;
            let found = librarian.found_in(&doc).into_iter().map(|f| (f.id, f.range)).collect();
            Some(Known { doc, found: Arc::new(found) })
        };
        self.documents.entry(at).or_insert_with(load).clone()
    }
}

/// Whether two titles are the same but for case and white space.
fn same(a: &str, b: &str) -> bool {
    let fold = |text: &str| text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ");
    fold(a) == fold(b)
}
