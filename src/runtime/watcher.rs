//! Hears from the system that files have changed, and has them looked at again. Sleeps otherwise.

use super::indexer::Job;
use crate::knelpunt::register;
use crate::notes::{editions, outlines, queries};
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::path::{Path, PathBuf};
use std::sync::mpsc::Sender;

/// Where notes are: the reader's own data folder, and those of others.
pub(super) struct Notes {
    /// The data folder.
    pub data: Option<PathBuf>,
    /// Folders of others.
    pub others: Vec<PathBuf>,
}

impl Notes {
    /// Whether a path is in one of them.
    fn holds(&self, path: &Path) -> bool {
        self.data.iter().chain(&self.others).any(|folder| path.starts_with(folder))
    }

    /// Whether a change of this path is one of notes or of what the reader has made beside them: not a draft, not the trash
    /// or the history, not a file that is still being written.
    fn tells(&self, path: &Path) -> bool {
        if path.file_name().is_some_and(|n| n.to_string_lossy().starts_with('.')) {
            return false;
        }
        match self.data.as_ref().and_then(|data| path.strip_prefix(data).ok()) {
            Some(inside) => TELL.iter().any(|name| inside.starts_with(name)),
            None => true,
        }
    }
}

/// What of the data folder is shown.
const TELL: [&str; 5] = ["notes", register::FILE, queries::FILE, outlines::FOLDER, editions::FILE];

/// Watches folders and files as long as it lives. What can't be watched is looked at when the reader asks (`R`).
pub(super) fn watch(
    paths: &[PathBuf],
    notes: Notes,
    index: Option<PathBuf>,
    jobs: Sender<Job>,
) -> Option<RecommendedWatcher> {
    let also = index.clone();
    let heard = move |event: notify::Result<notify::Event>| {
        let Ok(event) = event else { return };
        // to look at a file is no change of it: what we read ourselves is heard too
        if !(event.kind.is_create() || event.kind.is_modify() || event.kind.is_remove()) {
            return;
        }
        if index.as_ref().is_some_and(|folder| event.paths.iter().all(|p| p.starts_with(folder))) {
            // of all that a commit writes this comes last
            if event.paths.iter().any(|p| p.ends_with("meta.json")) {
                let _ = jobs.send(Job::Committed);
            }
            return;
        }
        let (own, other): (Vec<PathBuf>, Vec<PathBuf>) = event.paths.into_iter().partition(|p| notes.holds(p));
        let notes = own.iter().any(|p| notes.tells(p));
        let paths: Vec<PathBuf> = own.into_iter().filter(|_| notes).chain(other).collect();
        if !paths.is_empty() {
            let _ = jobs.send(Job::Changed { paths, notes });
        }
    };
    let mut watcher = match notify::recommended_watcher(heard) {
        Ok(watcher) => watcher,
        Err(error) => {
            log::warn!("changes will not be noticed by themselves: {error}");
            return None;
        }
    };
    for path in paths.iter().chain(&also) {
        if let Err(error) = watcher.watch(path, RecursiveMode::Recursive) {
            log::warn!("changes of {} will not be noticed by themselves: {error}", path.display());
        }
    }
    Some(watcher)
}
