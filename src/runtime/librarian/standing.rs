//! Which indexes of a library there are, which of them answers and which is written.

use super::Librarian;
use crate::library::Library;
use crate::search::{Anew, Index, SearchError, Searcher};
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{MutexGuard, PoisonError};

/// The indexes of a library. Cheap to clone.
#[derive(Clone)]
pub(super) struct Standing {
    /// The one on disk that is written; `None` when there can be none.
    pub(super) disk: Option<Index>,
    /// Whether that holds all it is to hold.
    pub(super) complete: bool,
    /// One on disk of another version, or one that is being replaced: answers until then.
    older: Option<Index>,
    /// What could not be put on disk, over what is there.
    memory: Option<Index>,
    /// Why the one on disk is made anew.
    pub(super) anew: Option<Anew>,
    /// Why something is in memory that should be on disk.
    pub(super) trouble: Option<String>,
}

impl Standing {
    /// Opens the index in a folder; without one, or where it can't be had, in memory.
    fn open(folder: Option<&Path>) -> Result<Standing, SearchError> {
        let mut standing =
            Standing { disk: None, complete: false, older: None, memory: None, anew: None, trouble: None };
        match folder.map(Index::open) {
            Some(Ok(opened)) => {
                standing.disk = Some(opened.index);
                standing.complete = opened.complete;
                standing.older = opened.older;
                standing.anew = opened.anew;
            }
            Some(Err(error)) => standing.trouble = Some(error.to_string()),
            None => {}
        }
        if standing.disk.is_none() {
            standing.memory = Some(Index::in_ram()?);
        }
        Ok(standing)
    }

    /// The one that answers.
    fn answers(&self) -> Option<&Index> {
        let older = self.older.as_ref().filter(|_| !self.complete);
        self.memory.as_ref().or(older).or(self.disk.as_ref())
    }

    /// The one that is to be written: on disk if it can be now; and whether it is that one.
    pub(super) fn to_write(&self) -> Result<(Index, bool), SearchError> {
        match (&self.disk, &self.memory) {
            (Some(disk), None) => Ok((disk.clone(), true)),
            (Some(disk), Some(_)) if disk.is_free() => Ok((disk.clone(), true)),
            (_, Some(memory)) => Ok((memory.clone(), false)),
            (None, None) => Ok((Index::in_ram()?, false)),
        }
    }

    /// One in memory, over what answers from the disk.
    pub(super) fn move_to_memory(&mut self, trouble: &SearchError) -> Result<Index, SearchError> {
        let beneath = self.older.as_ref().filter(|_| !self.complete).or(self.disk.as_ref());
        let index = match beneath {
            Some(beneath) => beneath.above()?,
            None => Index::in_ram()?,
        };
        self.memory = Some(index.clone());
        self.trouble = Some(trouble.to_string());
        Ok(index)
    }

    /// One in memory over the one on disk, where a few documents can be searched before they are written; `None` while
    /// that holds too little to be laid over.
    pub(super) fn over_disk(&mut self) -> Result<Option<Index>, SearchError> {
        let Some(disk) = self.disk.as_ref().filter(|_| self.complete) else { return Ok(None) };
        let over = match self.memory.take() {
            Some(memory) => memory,
            None => disk.above()?,
        };
        Ok(Some(self.memory.insert(over).clone()))
    }

    /// Begins the index on disk anew; the one there is answers meanwhile.
    pub(super) fn begin_anew(&mut self, folder: Option<&Path>) {
        match folder.map(Index::begin) {
            Some(Ok(index)) => {
                let before = self.disk.replace(index).filter(|_| self.complete);
                self.older = self.older.take().or(before);
                (self.complete, self.memory) = (false, None);
            }
            Some(Err(error)) => self.trouble = Some(error.to_string()),
            None => {}
        }
    }

    /// Looks whether one on disk is damaged. Then it is given up and a new one begun. Whether that was done.
    pub(super) fn mend(&mut self) -> bool {
        let older = self.older.take_if(|older| older.damage().is_some());
        if let Some(older) = &older {
            give_up(older);
        }
        let Some(disk) = self.disk.clone().filter(|disk| disk.damage().is_some()) else { return older.is_some() };
        give_up(&disk);
        self.anew = Some(Anew::Damage);
        (self.disk, self.complete, self.memory) = (None, false, None);
        self.begin_anew(disk.folder().parent());
        if self.disk.is_none() {
            self.memory = Index::in_ram().ok();
        }
        true
    }

    /// Everything has been put into the index on disk: from now on it answers. Gives it when it was not complete
    /// before.
    pub(super) fn is_whole(&mut self) -> Option<Index> {
        (self.older, self.memory, self.anew, self.trouble) = (None, None, None, None);
        let before = std::mem::replace(&mut self.complete, true);
        self.disk.clone().filter(|_| !before)
    }
}

fn give_up(index: &Index) {
    if let Err(error) = index.give_up() {
        log::warn!("{error}");
    }
}

impl Librarian {
    /// What can be searched now: the index as the last update left it, opened when it wasn't yet. `None` when there is
    /// none that can be read.
    #[must_use]
    pub fn searcher(&self, library: &Library) -> Option<Searcher> {
        match self.standing(library) {
            Ok(standing) => standing.answers().map(Index::searcher),
            Err(error) => {
                log::warn!("{error}");
                None
            }
        }
    }

    /// Why the index has to be made anew, if it has; and whether another one answers for all until that is done.
    #[must_use]
    pub fn anew(&self, library: &Library) -> Option<(Anew, bool)> {
        let standing = self.standing(library).ok()?;
        Some((standing.anew?, standing.older.is_some()))
    }

    /// Takes notice of what another program has committed; whether there was anything.
    pub fn catch_up(&self) -> bool {
        let Some(standing) = self.shared().clone() else { return false };
        let Some(disk) = standing.disk.as_ref().filter(|disk| disk.is_behind()) else { return false };
        // what lies over it in memory goes on hiding what it replaces
        let caught_up = disk.reload().and_then(|()| standing.memory.as_ref().map_or(Ok(()), Index::reload));
        if let Err(error) = &caught_up {
            log::warn!("{error}");
        }
        caught_up.is_ok()
    }

    /// How often something became searchable.
    #[must_use]
    pub fn commits(&self) -> u64 {
        self.commits.load(Ordering::Relaxed)
    }

    /// Looks why a search failed. When the index is damaged the next update makes it anew; whether that is so.
    pub fn mend(&self) -> bool {
        let Some(mut standing) = self.shared().clone() else { return false };
        let mended = standing.mend();
        if mended {
            self.share(standing);
        }
        mended
    }

    /// What is wrong with the index on disk, every file of it read.
    #[must_use]
    pub fn index_damage(&self, library: &Library) -> Option<String> {
        self.standing(library).ok()?.disk?.damage()
    }

    /// The folder of the index on disk.
    #[must_use]
    pub fn index_folder(&self, library: &Library) -> Option<PathBuf> {
        Some(library.folder(self.cache.as_deref()?).join("index"))
    }

    /// The indexes as they stand, opened when they weren't yet.
    pub(super) fn standing(&self, library: &Library) -> Result<Standing, SearchError> {
        let mut shared = self.shared();
        // another program may have made it anew
        let past = |s: &Standing| s.memory.is_none() && s.disk.as_ref().is_some_and(Index::is_past);
        if let Some(standing) = shared.as_ref().filter(|s| !past(s)) {
            return Ok(standing.clone());
        }
        let standing = Standing::open(self.index_folder(library).as_deref())?;
        Ok(shared.insert(standing).clone())
    }

    pub(super) fn share(&self, standing: Standing) {
        *self.shared() = Some(standing);
    }

    /// A panic of another thread leaves it whole: it is only ever replaced.
    fn shared(&self) -> MutexGuard<'_, Option<Standing>> {
        self.standing.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
