//! Which reports of the library are editions of one another, with what the reader said by hand.

use super::App;
use crate::doc::PartId;
use crate::doc::naming::Named;
use crate::library::editions::{ByHand, Families, ReportId};
use crate::library::{Entry, PartSummary};
use crate::notes::ReportRef;
use crate::notes::editions::{Link, Links, names, report_of};

/// The families of these entries.
#[must_use]
pub fn families(entries: &[Entry], links: &Links) -> Families {
    Families::of(entries, &by_hand(entries, links))
}

/// What a report of the library is called in notes and links.
#[must_use]
pub fn report_ref(entry: &Entry, part: &PartSummary) -> ReportRef {
    let title = part.printed.as_ref().filter(|t| !t.trim().is_empty()).unwrap_or(&part.title);
    let named = Named { title, org: part.org.as_deref(), year: part.year, file: &entry.file, kind: None, lang: None };
    report_of(&named, entry.edition)
}

impl App {
    /// Sees anew which reports are editions of one another.
    pub(super) fn find_families(&mut self) {
        self.families = families(self.shelf.entries(), &self.notebook.links);
    }

    pub(super) fn on_links(&mut self, links: Links) {
        if self.notebook.links != links {
            self.notebook.links = links;
            self.find_families();
        }
    }
}

/// What was said by hand, of the reports of this library: a name may be that of several (its formats).
fn by_hand(entries: &[Entry], links: &Links) -> ByHand {
    if links.together.is_empty() && links.apart.is_empty() {
        return ByHand::default();
    }
    let mut reports = Vec::new();
    for (entry, summary) in entries.iter().filter_map(|e| Some((e, e.summary()?))) {
        let id = |i: usize| ReportId { doc: entry.id, part: PartId(i as u32) };
        reports.extend(summary.parts.iter().enumerate().map(|(i, p)| (id(i), report_ref(entry, p))));
    }
    let ids = |said: &ReportRef| -> Vec<ReportId> {
        reports.iter().filter(|(_, r)| names(said, r)).map(|(id, _)| *id).collect()
    };
    let pairs = |links: &[Link]| {
        let both = |l: &Link| {
            let others = ids(&l.other);
            ids(&l.report).into_iter().flat_map(move |a| others.clone().into_iter().map(move |b| (a, b)))
        };
        links.iter().flat_map(both).collect()
    };
    ByHand { together: pairs(&links.together), apart: pairs(&links.apart) }
}
