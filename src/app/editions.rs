//! Which reports of the library are editions of one another, with what the reader said by hand.

use super::palette::Palette;
use super::{Act, App, Effects, Overlay};
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

    /// Asks which report this one is an edition of.
    pub(super) fn choose_edition(&mut self, entry: Option<&Entry>) {
        match entry.filter(|e| e.summary().is_some_and(|s| s.parts.len() == 1)) {
            Some(entry) => {
                let report = ReportId { doc: entry.id, part: PartId(0) };
                self.overlay = Some(Overlay::Palette(Palette::of_editions(self, report)));
            }
            // which of several is meant can be said on the command line
            None => self.say("editions.not-one"),
        }
    }

    /// Links two reports as editions of one: the earlier one comes first.
    pub(super) fn link_reports(&mut self, one: ReportId, other: ReportId, fx: &mut Effects) {
        let (Some(one), Some(other)) = (self.edition_ref(one), self.edition_ref(other)) else { return };
        let later = one.year.zip(other.year).is_none_or(|(a, b)| a >= b);
        let pair = if later { [one, other] } else { [other, one] };
        self.keep(Act::LinkEditions(Box::new(pair)), fx);
    }

    /// The report of an entry is no edition of the others.
    pub(super) fn part_edition(&mut self, entry: Option<&Entry>, fx: &mut Effects) {
        let parts = entry.and_then(|e| Some((e.id, e.summary()?.parts.len() as u32)));
        let mut ids = parts.into_iter().flat_map(|(doc, n)| (0..n).map(move |p| ReportId { doc, part: PartId(p) }));
        let found = ids.find_map(|id| self.families.family(id).map(|(family, _)| (id, family.clone())));
        let Some((id, family)) = found else {
            self.say("editions.has-none");
            return;
        };
        let others = family.members.iter().map(|m| m.report).filter(|r| *r != id);
        let others: Vec<ReportRef> = others.filter_map(|r| self.edition_ref(r)).collect();
        if let Some(report) = self.edition_ref(id) {
            self.keep(Act::UnlinkEditions(Box::new(report), others), fx);
        }
    }

    fn edition_ref(&self, id: ReportId) -> Option<ReportRef> {
        let entry = self.shelf.entry(id.doc)?;
        Some(report_ref(entry, entry.summary()?.parts.get(id.part.0 as usize)?))
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
