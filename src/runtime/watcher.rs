//! Hears from the system that files have changed, and has them looked at again. Sleeps otherwise.

use super::indexer::Job;
use crate::knelpunt::register;
use crate::notes::queries;
use notify::{RecommendedWatcher, RecursiveMode, Watcher};
use std::path::PathBuf;
use std::sync::mpsc::Sender;

/// Watches folders and files as long as it lives. What can't be watched is looked at when the reader asks (`R`).
pub(super) fn watch(
    paths: &[PathBuf],
    notes: Option<PathBuf>,
    data: Option<PathBuf>,
    index: Option<PathBuf>,
    jobs: Sender<Job>,
) -> Option<RecommendedWatcher> {
    let also = index.clone();
    let root = data.clone().filter(|d| d.exists());
    // of what lies beside the notes these are told, and nothing else
    let beside = [register::FILE, queries::FILE].map(|file| data.as_ref().map(|d| d.join(file)));
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
        let told = |p: &PathBuf| beside.iter().flatten().any(|file| file == p);
        if event.paths.iter().all(|p| !told(p) && data.as_deref().is_some_and(|d| p.parent() == Some(d))) {
            return;
        }
        let among = |folder: &PathBuf| event.paths.iter().any(|p| p.starts_with(folder));
        let notes = notes.as_ref().is_some_and(among) || event.paths.iter().any(told);
        let _ = jobs.send(Job::Changed { paths: event.paths, notes });
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
    if let Some(root) = root
        && let Err(error) = watcher.watch(&root, RecursiveMode::NonRecursive)
    {
        log::warn!("changes of {} will not be noticed by themselves: {error}", root.display());
    }
    Some(watcher)
}
