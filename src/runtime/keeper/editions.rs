//! Acts on editions: where notes stand in another one, and which reports are editions of one another.

use super::keeping::Keeping;
use crate::app::{Kept, Msg, Notice, Settled};
use crate::notes::editions::{self, Links, LinksError};
use crate::notes::store::{Change, Stored};
use crate::notes::{AcceptedAnchor, Note, NoteId, ReportRef};
use std::collections::BTreeMap;

impl Keeping {
    /// What the reader says of notes in other editions; of one note it may be said of several.
    pub(super) fn settle(&mut self, all: Vec<Settled>, kept: &mut Kept) -> Result<(), Notice> {
        let now = self.clock.timestamp();
        let mut changed: BTreeMap<NoteId, (Stored, Note)> = BTreeMap::new();
        for Settled { note, edition, position } in all {
            let id = note.note.id.clone();
            let (_, settled) = changed.entry(id).or_insert_with(|| (note.clone(), note.note));
            settled.anchored.push(AcceptedAnchor { edition, position, accepted: now });
        }
        self.save(changed.into_values().collect(), kept)
    }

    /// The first report is an edition that follows the second.
    pub(super) fn link_editions(&mut self, pair: &[ReportRef; 2], kept: &mut Kept) -> Result<(), Notice> {
        let [report, follows] = pair;
        self.links_changed(editions::link(&self.store, report, follows, self.clock.timestamp()), kept)
    }

    /// A report is no edition of these.
    pub(super) fn unlink_editions(
        &mut self,
        report: &ReportRef,
        from: &[ReportRef],
        kept: &mut Kept,
    ) -> Result<(), Notice> {
        self.links_changed(editions::unlink(&self.store, report, from, self.clock.timestamp()), kept)
    }

    /// What was said of editions, as the file holds it now, or what is wrong with it.
    pub(super) fn read_links(&self) -> Msg {
        match editions::load(&self.store) {
            Ok(links) => Msg::Links(links),
            Err(error) => Msg::Notice(Notice::warning(self.words().f("notice.links-unread", &[("reason", &error)]))),
        }
    }

    pub(super) fn links(&self) -> Links {
        editions::load(&self.store).unwrap_or_else(|error| {
            log::error!("{error}");
            Links::default()
        })
    }

    fn links_changed(&self, done: Result<Change, LinksError>, kept: &mut Kept) -> Result<(), Notice> {
        let change = done.map_err(|e| self.failed(&e))?;
        if change.before != change.after {
            kept.links = Some(self.links());
        }
        Ok(())
    }
}
