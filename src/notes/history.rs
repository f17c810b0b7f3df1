//! Undo and redo, without limit and across restarts.
//!
//! A journal of JSON lines in `<data>/history/`: each act of the reader's with every text before and after it, and each undo
//! and redo. What can be undone follows from reading it. An act that touched many notes is one step.
//!
//! An act is whole or not at all, also when the program is killed or the disk is full in the middle of it: its texts are
//! made ready first, then it is written down, then its files change, then it is closed. Whoever holds the lock and finds
//! an act that isn't closed ends it: what was begun is done to its end, what had not begun is dropped. Undoing writes
//! nothing over a file that has changed since: then it says so and does nothing, and asked once more goes past that act.

mod journal;

use super::disk::{Disk, Lock, Ready, Refused, Touched};
use super::store::{Change, Store, StoreError};
use jiff::Timestamp;
use journal::{Act, JOURNAL, Journal, Line, Open};
use std::collections::BTreeMap;
use std::io;
use std::path::PathBuf;
use thiserror::Error;

/// What an undo or redo did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What the act was called.
    pub label: String,
    /// The files it changed, relative to the data folder; to be read again.
    pub paths: Vec<PathBuf>,
}

/// Why an act, undo or redo did not happen.
#[derive(Debug, Error)]
pub enum HistoryError {
    /// A file isn't what the act left behind; nothing was done.
    #[error("{label:?} cannot be undone or redone: {} changed since", paths.iter().map(|p| p.display().to_string()).collect::<Vec<_>>().join(", "))]
    ChangedElsewhere {
        /// What the act was called.
        label: String,
        /// The files, relative to the data folder.
        paths: Vec<PathBuf>,
    },
    /// The store refused; nothing was done.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The journal could not be read or written; nothing was done.
    #[error("the history in {} cannot be used: {source}", path.display())]
    Journal {
        /// The journal.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

/// The journal of one data folder.
#[derive(Debug)]
pub struct History {
    disk: Disk,
    journal: Journal,
    /// The time that acts are written down with.
    now: Option<Timestamp>,
    /// The act that could not be undone or redone when that was last asked for.
    stuck: Option<u64>,
}

impl History {
    /// The history of this store. The journal is read when it is needed.
    #[must_use]
    pub fn open(store: &Store) -> Self {
        History { disk: store.disk.clone(), journal: Journal::default(), now: None, stuck: None }
    }

    /// From now on acts are written down with this time.
    pub fn at(&mut self, now: Timestamp) -> &mut Self {
        self.now = Some(now);
        self
    }

    /// When the files that were thrown away were, by their paths before; what was not written down is not known.
    #[must_use]
    pub fn thrown_away(&self) -> BTreeMap<PathBuf, Timestamp> {
        let taken = journal::taken(&self.disk).into_iter();
        taken.filter_map(|(path, at)| Some((path, at.parse().ok()?))).collect()
    }

    /// Lines of the journal that were not understood (cut off by a crash) and are passed over.
    #[must_use]
    pub fn damaged(&self) -> usize {
        self.journal.damaged
    }

    /// Ends what a crash has cut off, if anything; the files that it may have changed, to be read again.
    ///
    /// # Errors
    /// When the data folder cannot be locked or the journal cannot be used.
    pub fn mend(&mut self, store: &Store) -> Result<Vec<PathBuf>, HistoryError> {
        if !self.disk.root.join(JOURNAL).exists() {
            return Ok(Vec::new());
        }
        let lock = store.lock()?;
        self.settle(store, &lock)
    }

    /// Begins an act: everything written in the store this gives is only put ready, and nobody else writes meanwhile.
    /// Dropping it leaves everything as it was.
    ///
    /// # Errors
    /// When the data folder cannot be locked or the journal cannot be used.
    pub fn begin(&mut self, store: &Store) -> Result<Store, HistoryError> {
        let lock = store.lock()?;
        self.settle(store, &lock)?;
        Ok(store.staged(lock))
    }

    /// Ends an act: writes what was put ready in the store that [`History::begin`] gave, as one step. An act that changed
    /// nothing is no step.
    ///
    /// # Errors
    /// When a file was changed since, the disk refuses or the journal cannot be written; nothing has changed then.
    pub fn commit(&mut self, store: &Store, staged: Store, label: &str) -> Result<(), HistoryError> {
        let changes = staged.ready();
        if changes.is_empty() {
            return Ok(());
        }
        self.stuck = None;
        let lock = Lock::held();
        let ready = self.ready(store, &lock, &changes)?;
        let act = Act { label: label.to_owned(), at: self.now.map(|t| t.to_string()), changes };
        self.append(&lock, &Line::Plan(act.clone()), true)?;
        let done = self.put(store, &lock, &act.changes, ready);
        let closed = match &done {
            Ok(()) => self.append(&lock, &Line::Done, false),
            Err(stands) => self.append(&lock, &what_stands(act, stands.kept.clone()), true),
        };
        if let Err(error) = closed {
            // whoever comes next sees from the files how it ended
            log::warn!("{error}");
        }
        done.map_err(|stands| stands.error.into())
    }

    /// A whole act: what `act` writes in the store that it is given is one step.
    ///
    /// # Errors
    /// Those of `act`, of [`History::begin`] and of [`History::commit`]; nothing has changed then.
    pub fn act<T, E: From<HistoryError>>(
        &mut self,
        store: &Store,
        label: &str,
        act: impl FnOnce(&Store) -> Result<T, E>,
    ) -> Result<T, E> {
        let staged = self.begin(store)?;
        let done = act(&staged)?;
        self.commit(store, staged, label)?;
        Ok(done)
    }

    /// Takes the last act back; `None` when there is none.
    ///
    /// # Errors
    /// When a file has changed since, the store refuses, or the journal cannot be used.
    pub fn undo(&mut self, store: &Store) -> Result<Option<Step>, HistoryError> {
        self.turn(store, true)
    }

    /// Does the last undone act again; `None` when there is none.
    ///
    /// # Errors
    /// As for [`History::undo`].
    pub fn redo(&mut self, store: &Store) -> Result<Option<Step>, HistoryError> {
        self.turn(store, false)
    }

    fn turn(&mut self, store: &Store, back: bool) -> Result<Option<Step>, HistoryError> {
        let lock = store.lock()?;
        self.settle(store, &lock)?;
        loop {
            let stack = if back { &self.journal.done } else { &self.journal.undone };
            let Some(at) = stack.last().copied() else { return Ok(None) };
            let act = self.read_act(at)?;
            let changes = if back { reversed(&act.changes) } else { act.changes };
            let changed: Vec<_> = changes
                .iter()
                .filter(|c| self.disk.read(&c.path).map_or(true, |text| text != c.before))
                .map(|c| c.path.clone())
                .collect();
            if !changed.is_empty() {
                if self.stuck == Some(at) {
                    self.append(&lock, if back { &Line::Past } else { &Line::Forth }, true)?;
                    self.stuck = None;
                    continue;
                }
                self.stuck = Some(at);
                return Err(HistoryError::ChangedElsewhere { label: act.label, paths: changed });
            }
            self.stuck = None;
            let ready = self.ready(store, &lock, &changes)?;
            self.append(&lock, if back { &Line::Undoing } else { &Line::Redoing }, true)?;
            if let Err(stands) = self.put(store, &lock, &changes, ready) {
                // what could not be taken back of the attempt is taken back or ended by whoever comes next
                if stands.kept.is_empty() {
                    self.append(&lock, &Line::Dropped, true)?;
                }
                return Err(stands.error.into());
            }
            if let Err(error) = self.append(&lock, if back { &Line::Undo } else { &Line::Redo }, false) {
                log::warn!("{error}");
            }
            let paths = changes.into_iter().map(|c| c.path).collect();
            return Ok(Some(Step { label: act.label, paths }));
        }
    }

    fn ready(&self, store: &Store, lock: &Lock, changes: &[Change]) -> Result<Vec<Ready>, HistoryError> {
        let ready = |c: &Change| self.disk.ready(lock, &c.path, c.before.as_deref(), c.after.as_deref());
        changes.iter().map(|c| ready(c).map_err(|e| store.error(e, &c.path).into())).collect()
    }

    /// Puts everything in its place, or nothing.
    fn put(&self, store: &Store, lock: &Lock, changes: &[Change], ready: Vec<Ready>) -> Result<(), Stands> {
        let mut touched = Touched::default();
        let mut refused = None;
        let mut placed = 0;
        for (ready, change) in ready.into_iter().zip(changes) {
            if let Err(error) = self.disk.put(lock, ready, &mut touched) {
                refused = Some((error, &change.path));
                break;
            }
            placed += 1;
        }
        if let Err(error) = self.disk.flush(touched)
            && refused.is_none()
        {
            refused = changes.first().map(|c| (error, &c.path));
        }
        let Some((error, path)) = refused else { return Ok(()) };
        // one that wrote into another program's words stands: theirs are beside it
        let wrote = usize::from(matches!(error, Refused::Changed(Some(_))));
        let mut kept = Vec::new();
        for change in changes[..(placed + wrote).min(changes.len())].iter().rev() {
            if self.disk.replace(lock, &change.path, change.after.as_deref(), change.before.as_deref()).is_err() {
                kept.insert(0, change.clone());
            }
        }
        Err(Stands { kept, error: store.error(error, path) })
    }

    /// Reads on in the journal and ends what is open in it.
    fn settle(&mut self, store: &Store, lock: &Lock) -> Result<Vec<PathBuf>, HistoryError> {
        self.journal.settle(&self.disk, lock).map_err(|e| self.fail(e))?;
        let Some(open) = self.journal.open else { return Ok(Vec::new()) };
        let (at, changes, end) = match open {
            Open::Plan(at) => (Some(at), self.read_act(at)?.changes, Line::Done),
            Open::Undoing => {
                let at = self.journal.done.last().copied();
                (at, at.map_or(Ok(Vec::new()), |at| self.read_act(at).map(|a| reversed(&a.changes)))?, Line::Undo)
            }
            Open::Redoing => {
                let at = self.journal.undone.last().copied();
                (at, at.map_or(Ok(Vec::new()), |at| self.read_act(at).map(|a| a.changes))?, Line::Redo)
            }
        };
        let holds = |c: &Change, text: &Option<String>| self.disk.read(&c.path).is_ok_and(|now| now == *text);
        // nothing happened yet, or all of it was taken back
        let Some(at) = at.filter(|_| changes.iter().any(|c| holds(c, &c.after))) else {
            self.append(lock, &Line::Dropped, true)?;
            return Ok(Vec::new());
        };
        for change in changes.iter().filter(|c| !holds(c, &c.after) && holds(c, &c.before)) {
            let done = self.disk.replace(lock, &change.path, change.before.as_deref(), change.after.as_deref());
            if let Err(error) = done.map_err(|e| store.error(e, &change.path)) {
                log::error!("an act that was cut off cannot be ended: {error}");
            }
        }
        let stand: Vec<_> = changes.iter().filter(|c| holds(c, &c.after)).cloned().collect();
        let line = match end {
            // of an act that cannot be ended, what was done of it is the act
            Line::Done if stand.len() < changes.len() => what_stands(self.read_act(at)?, stand),
            end => end,
        };
        self.append(lock, &line, true)?;
        Ok(changes.into_iter().map(|c| c.path).collect())
    }

    fn read_act(&self, at: u64) -> Result<Act, HistoryError> {
        self.journal.act(&self.disk, at).map_err(|e| self.fail(e))
    }

    fn append(&mut self, lock: &Lock, line: &Line, flush: bool) -> Result<(), HistoryError> {
        self.journal.append(&self.disk, lock, line, flush).map_err(|e| self.fail(e))
    }

    fn fail(&self, source: io::Error) -> HistoryError {
        HistoryError::Journal { path: self.disk.root.join(JOURNAL), source }
    }
}

/// An act that was not done, and what could not be taken back of it.
struct Stands {
    kept: Vec<Change>,
    error: StoreError,
}

fn what_stands(act: Act, kept: Vec<Change>) -> Line {
    if kept.is_empty() { Line::Dropped } else { Line::Act(Act { changes: kept, ..act }) }
}

/// What takes these changes back: backwards, so that several changes of one file come out right.
fn reversed(changes: &[Change]) -> Vec<Change> {
    let back = |c: &Change| Change { path: c.path.clone(), before: c.after.clone(), after: c.before.clone() };
    changes.iter().rev().map(back).collect()
}

#[cfg(test)]
mod tests;
