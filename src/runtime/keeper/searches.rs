//! Acts on saved queries.

use super::keeping::Keeping;
use crate::app::{Kept, Msg, Notice};
use crate::notes::queries::{self, QueriesError, SavedQuery};
use crate::notes::store::Change;

impl Keeping {
    /// A query under a name, in place of the one of that name if there is one.
    pub(super) fn save_query(&mut self, mut query: SavedQuery, kept: &mut Kept) -> Result<(), Notice> {
        query.created = Some(self.clock.timestamp());
        self.queries_changed(queries::save(&self.store, &query), kept)
    }

    /// Another name for a saved query.
    pub(super) fn rename_query(&mut self, from: &str, to: &str, kept: &mut Kept) -> Result<(), Notice> {
        self.queries_changed(queries::rename(&self.store, from, to), kept)
    }

    /// A saved query is no longer wanted.
    pub(super) fn drop_query(&mut self, name: &str, kept: &mut Kept) -> Result<(), Notice> {
        self.queries_changed(queries::remove(&self.store, name), kept)
    }

    /// The saved queries as the file holds them now, or what is wrong with it.
    pub fn read_queries(&self) -> Msg {
        match queries::load(&self.store) {
            Ok(all) => Msg::Queries(all),
            Err(error) => Msg::Notice(Notice::warning(self.words().f("notice.queries-unread", &[("reason", &error)]))),
        }
    }

    pub(super) fn queries(&self) -> Vec<SavedQuery> {
        queries::load(&self.store).unwrap_or_else(|error| {
            log::error!("{error}");
            Vec::new()
        })
    }

    fn queries_changed(&self, done: Result<Change, QueriesError>, kept: &mut Kept) -> Result<(), Notice> {
        done.map_err(|e| self.failed(&e))?;
        kept.queries = Some(self.queries());
        Ok(())
    }
}
