//! The reader's corrections of headings, laid over documents on their way from the cache to everybody else.

use super::Librarian;
use crate::doc::{Correction, DocId, Document};
use crate::library::{Entry, Library, Place};
use crate::notes::outlines::{Known, Outlines};
use std::sync::{Arc, PoisonError};

impl Librarian {
    /// Reads the corrections as they are kept now: what is loaded from here on has them.
    pub fn look_at_corrections(&self) {
        let Some(store) = self.store() else { return };
        let outlines = Outlines::load(store);
        for (path, reason) in &outlines.unreadable {
            log::warn!("{}: {reason}", path.display());
        }
        // a panic of another thread leaves it whole: it is only ever replaced
        *self.outlines.lock().unwrap_or_else(PoisonError::into_inner) = Arc::new(outlines);
    }

    fn outlines(&self) -> Arc<Outlines> {
        self.outlines.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// A document as imported, with the corrections kept for it.
    #[must_use]
    pub fn with_corrections(&self, entry: &Entry, doc: Arc<Document>) -> Arc<Document> {
        let corrections = self.outlines().of(&Known::of(lasting_name(entry), &doc));
        if corrections.is_empty() {
            return doc;
        }
        match doc.corrected(&corrections) {
            Ok(corrected) => Arc::new(corrected),
            Err(error) => {
                log::error!("{}: {error}", entry.file);
                doc
            }
        }
    }

    /// Documents that were read with other corrections than there are now, and are not to be read anyway.
    pub(super) fn corrected_since(&self, library: &Library, todo: &[DocId]) -> Vec<DocId> {
        self.look_at_corrections();
        let outlines = self.outlines();
        let ready = library.ready().filter(|(entry, _)| !todo.contains(&entry.id));
        let stale = ready.filter(|(entry, summary)| {
            let titles = summary.parts.iter().map(|p| (p.printed.as_ref().unwrap_or(&p.title).as_str(), p));
            let reports = titles.map(|(title, p)| (title, p.org.as_deref(), p.year)).collect();
            let known = Known { document: lasting_name(entry), edition: entry.edition, reports };
            Correction::stamp(&outlines.of(&known)) != summary.corrections
        });
        stale.map(|(entry, _)| entry.id).collect()
    }
}

/// The name of an entry by which it is known the next time: what comes from standard input has none.
fn lasting_name(entry: &Entry) -> Option<DocId> {
    (entry.place != Place::Input).then_some(entry.id)
}
