//! Fetches documents and says where notes stand in them; never waits for the index.

use super::Event;
use super::clock::Clock;
use super::exporter::{self, Manner};
use super::librarian::Librarian;
use super::worker::{Worker, drain};
use crate::app::compare::Compared;
use crate::app::{Msg, OpenDoc, Taken};
use crate::compare::align::align;
use crate::doc::{Document, PartId, TextRange};
use crate::library::{Entry, Library};
use crate::notes::Note;
use crate::notes::anchor::Resolver;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::Sender;

/// What the loader is asked for.
pub(super) enum Job {
    /// Load this entry.
    Load(Box<Entry>),
    /// Look through two reports: the entry of each, and the part of it.
    Compare(Box<[(Entry, PartId); 2]>),
    /// Say where these notes stand.
    Anchor(Arc<OpenDoc>, Vec<Note>),
    /// Write notes, places or a dossier to a file.
    Export(Box<Export>),
}

/// What is to be written to a file.
pub(super) struct Export {
    /// What.
    pub taken: Box<Taken>,
    /// Where.
    pub path: PathBuf,
    /// How.
    pub manner: Manner,
    /// The library as the screens know it.
    pub entries: Vec<Entry>,
}

pub(super) fn start(inbox: Sender<Event>, librarian: Arc<Librarian>) -> std::io::Result<Worker<Job>> {
    Worker::start("loader", inbox, move |jobs, inbox| {
        while let Some(batch) = drain(jobs) {
            for job in batch {
                let msg = match job {
                    Job::Load(entry) => load(&librarian, &entry),
                    Job::Compare(both) => compare(&librarian, &both),
                    Job::Anchor(open, notes) => anchor(&open, &notes),
                    Job::Export(export) => {
                        let Export { taken, path, manner, entries } = *export;
                        let library = Library { entries, ..librarian.named() };
                        let said = exporter::export(&librarian, &library, &taken, &path, &manner, &Clock::System);
                        Msg::Answer(said)
                    }
                };
                if inbox.send(Event::Msg(msg)).is_err() {
                    return;
                }
            }
        }
    })
}

/// Loads the document of an entry.
pub(super) fn load(librarian: &Librarian, entry: &Entry) -> Msg {
    librarian.look_at_corrections();
    let doc = librarian.document(entry).map(|doc| Arc::new(open(librarian, entry, doc)));
    Msg::Loaded(entry.id, doc.map_err(|failure| failure.reason))
}

/// Looks through two reports.
pub(super) fn compare(librarian: &Librarian, both: &[(Entry, PartId); 2]) -> Msg {
    librarian.look_at_corrections();
    let fetch = |(entry, part): &(Entry, PartId)| {
        let doc = librarian.document(entry).map_err(|failure| format!("{}: {}", entry.file, failure.reason))?;
        Ok::<_, String>((Arc::new(open(librarian, entry, doc)), *part))
    };
    let compared = || {
        let (old, new) = (fetch(&both[0])?, fetch(&both[1])?);
        let range = |(doc, part): &(Arc<OpenDoc>, PartId)| {
            let outline = doc.doc.outline();
            outline.parts().get(part.0 as usize).map_or(TextRange::at(0), |p| p.range)
        };
        let found = align(&old.0.doc, range(&old), &new.0.doc, range(&new));
        Ok(Arc::new(Compared { old, new, found }))
    };
    Msg::Compared(compared())
}

/// Says where notes stand in a document.
pub(super) fn anchor(open: &OpenDoc, notes: &[Note]) -> Msg {
    let found: Vec<_> = open.found.iter().map(|f| (f.id.clone(), f.range)).collect();
    let resolver = Resolver::new(&open.doc, &found);
    let anchors = resolver.resolve_all(notes.iter().map(|n| (&n.target, n.anchored.as_slice())));
    Msg::Anchored(open.id, notes.iter().map(|n| n.id.clone()).zip(anchors).collect())
}

/// A document with the knelpunten found in it.
pub(super) fn open(librarian: &Librarian, entry: &Entry, doc: Arc<Document>) -> OpenDoc {
    OpenDoc { id: entry.id, file: entry.file.clone(), found: librarian.found_in(&doc), doc }
}

/// The document of an entry as it was read last, without a look at its file; `None` when it isn't kept.
pub(super) fn from_cache(librarian: &Librarian, entry: &Entry) -> Option<OpenDoc> {
    librarian.look_at_corrections();
    let doc = librarian.with_corrections(entry, librarian.reader().cache.load(entry.edition?)?);
    Some(open(librarian, entry, doc))
}
