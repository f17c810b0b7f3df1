//! `kantlijn note list --trash` and `note restore`: what was thrown away, and back.

use super::{by_id, write_stored};
use crate::cli::Done;
use crate::cli::session::Session;
use crate::notes::anchor::State;
use crate::notes::history::History;
use crate::notes::store::{Store, Stored};
use crate::runtime::clock::Clock;
use crate::runtime::locator::nowhere;

/// What is in the trash.
pub fn list(session: &mut Session) -> anyhow::Result<Done> {
    let all = trashed(&session.store()?);
    for stored in &all {
        write_stored(session, stored, &nowhere(&stored.note, State::Skipped), None)?;
    }
    Ok(if all.is_empty() { Done::Nothing } else { Done::Found })
}

/// Notes back out of the trash: all or none.
pub fn restore(session: &mut Session, ids: &[String]) -> anyhow::Result<Done> {
    let store = session.store()?;
    let there = trashed(&store);
    let all = ids.iter().map(|id| by_id(session, &there, id).cloned()).collect::<anyhow::Result<Vec<_>>>()?;
    let back = |store: &Store| -> anyhow::Result<Vec<Stored>> {
        all.iter().map(|stored| Ok(store.restore(stored)?.stored)).collect()
    };
    let back = History::open(&store).at(Clock::System.timestamp()).act(&store, "restore", back)?;
    for stored in &back {
        session.out.line(&session.words.f("note.restored", &[("id", &stored.note.id.as_str())]))?;
    }
    Ok(Done::Found)
}

fn trashed(store: &Store) -> Vec<Stored> {
    let loaded = store.trashed();
    loaded.notes.into_iter().chain(loaded.conflicts).collect()
}
