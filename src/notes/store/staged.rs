//! What an act writes, put ready before any of it is written: an act is whole or not at all.

use super::super::disk::{Disk, Lock, Refused};
use super::{Change, Store};
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// The changes put ready, and the lock under which they are.
#[derive(Clone)]
pub(in crate::notes) struct Staged {
    changes: Arc<Mutex<Vec<Change>>>,
    _lock: Arc<Lock>,
}

impl std::fmt::Debug for Staged {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.changes().fmt(f)
    }
}

impl Staged {
    fn changes(&self) -> MutexGuard<'_, Vec<Change>> {
        self.changes.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a file will hold; `None` when nothing is put ready for it.
    pub fn text(&self, path: &Path) -> Option<Option<String>> {
        self.changes().iter().find(|c| c.path == path).map(|c| c.after.clone())
    }

    /// Puts a change ready.
    pub fn replace(&self, disk: &Disk, path: &Path, from: Option<&str>, to: Option<&str>) -> Result<(), Refused> {
        let current = match self.text(path) {
            Some(ready) => ready,
            None => disk.read(path).map_err(|e| Refused::Io("read", disk.root.join(path), e))?,
        };
        if current.as_deref() != from {
            return Err(Refused::Changed(None));
        }
        let mut changes = self.changes();
        let after = to.map(str::to_owned);
        match changes.iter_mut().find(|c| c.path == path) {
            Some(change) => change.after = after,
            None => changes.push(Change { path: path.to_owned(), before: current, after }),
        }
        Ok(())
    }
}

impl Store {
    /// The same store, in which everything written is only put ready: [`Store::read`] and [`Store::text`] see it, and
    /// nobody else. Until the last copy of it is dropped no other program writes.
    pub(in crate::notes) fn staged(&self, lock: Lock) -> Store {
        let staged = Staged { changes: Arc::default(), _lock: Arc::new(lock) };
        Store { staged: Some(staged), ..self.clone() }
    }

    /// What was put ready, each file once, without those that stay as they are.
    pub(in crate::notes) fn ready(&self) -> Vec<Change> {
        let mut changes = self.staged.as_ref().map(|s| s.changes().clone()).unwrap_or_default();
        changes.retain(|c| c.before != c.after);
        changes
    }
}
