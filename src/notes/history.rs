//! Undo and redo, without limit and across restarts.
//!
//! A journal of JSON lines in `<data>/history/`: each act of the reader's with every text before and after it, and each undo
//! and redo. What can be undone follows from reading it; in memory there are only places in the file. An act that touched
//! many notes is one step. Undoing writes nothing over a file that has changed since: then it says so and does nothing.

use super::store::{Change, Store, StoreError};
use super::store_disk::Lock;
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::PathBuf;
use thiserror::Error;

/// One line of the journal.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Line {
    /// The reader did something.
    Act(Act),
    /// The last act that stood was undone.
    Undo,
    /// The last act that was undone was done again.
    Redo,
}

#[derive(Debug, Serialize, Deserialize)]
struct Act {
    label: String,
    changes: Vec<Change>,
}

/// What an undo or redo did.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What the act was called.
    pub label: String,
    /// The files it changed, relative to the data folder; to be read again.
    pub paths: Vec<PathBuf>,
}

/// Why an undo or redo did not happen, or happened in part.
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
    /// The store refused; the steps before that one stand.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The journal could not be read or written.
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
    path: PathBuf,
    /// How far it was read.
    read: u64,
    /// Where the acts that stand begin, oldest first.
    done: Vec<u64>,
    /// Where the acts that were undone begin, the one to be redone first at the end.
    undone: Vec<u64>,
    damaged: usize,
}

impl History {
    /// The history of this store. The journal is read when it is needed.
    #[must_use]
    pub fn open(store: &Store) -> Self {
        let path = store.data().join("history").join("journal.jsonl");
        History { path, read: 0, done: Vec::new(), undone: Vec::new(), damaged: 0 }
    }

    /// Lines of the journal that were not understood (cut off by a crash) and are passed over.
    #[must_use]
    pub fn damaged(&self) -> usize {
        self.damaged
    }

    /// Keeps an act that has been done: all its changes are one step. An act that changed nothing is no step.
    ///
    /// # Errors
    /// When the journal cannot be written; what was done stands, and cannot be undone.
    pub fn record(&mut self, store: &Store, label: &str, changes: Vec<Change>) -> Result<(), HistoryError> {
        let changes: Vec<_> = changes.into_iter().filter(|c| c.before != c.after).collect();
        if changes.is_empty() {
            return Ok(());
        }
        let lock = store.lock()?;
        self.append(&lock, &Line::Act(Act { label: label.to_owned(), changes }))
    }

    /// Begins an act: everything written in the store this gives is only put ready, and nobody else writes meanwhile.
    /// Dropping it leaves everything as it was.
    ///
    /// # Errors
    /// When the data folder cannot be locked or the journal cannot be used.
    pub fn begin(&mut self, store: &Store) -> Result<Store, HistoryError> {
        let lock = store.lock()?;
        self.catch_up()?;
        Ok(store.staged(lock))
    }

    /// Ends an act: writes what was put ready, as one step. An act that changed nothing is no step.
    ///
    /// # Errors
    /// When the store refuses or the journal cannot be written.
    pub fn commit(&mut self, store: &Store, staged: Store, label: &str) -> Result<(), HistoryError> {
        let changes = staged.ready();
        if changes.is_empty() {
            return Ok(());
        }
        let lock = Lock::held();
        for change in &changes {
            store.replace(&lock, &change.path, change.before.as_deref(), change.after.as_deref())?;
        }
        self.append(&lock, &Line::Act(Act { label: label.to_owned(), changes }))
    }

    /// Takes the last act back; `None` when there is none.
    ///
    /// # Errors
    /// When a file has changed since, the store refuses, or the journal cannot be used.
    pub fn undo(&mut self, store: &Store) -> Result<Option<Step>, HistoryError> {
        let lock = store.lock()?;
        self.catch_up()?;
        let Some(act) = self.done.last().copied().map(|at| self.act(at)).transpose()? else { return Ok(None) };
        // Backwards, so that several changes of one file come out right.
        let backwards = |c: Change| Change { path: c.path, before: c.after, after: c.before };
        let step = apply(store, &lock, act.label, act.changes.into_iter().rev().map(backwards).collect())?;
        self.append(&lock, &Line::Undo)?;
        Ok(Some(step))
    }

    /// Does the last undone act again; `None` when there is none.
    ///
    /// # Errors
    /// As for [`History::undo`].
    pub fn redo(&mut self, store: &Store) -> Result<Option<Step>, HistoryError> {
        let lock = store.lock()?;
        self.catch_up()?;
        let Some(act) = self.undone.last().copied().map(|at| self.act(at)).transpose()? else { return Ok(None) };
        let step = apply(store, &lock, act.label, act.changes)?;
        self.append(&lock, &Line::Redo)?;
        Ok(Some(step))
    }

    fn fail(&self) -> impl FnOnce(io::Error) -> HistoryError {
        let path = self.path.clone();
        move |source| HistoryError::Journal { path, source }
    }

    fn append(&mut self, _lock: &Lock, line: &Line) -> Result<(), HistoryError> {
        self.write(line).map_err(self.fail())?;
        self.catch_up()
    }

    fn write(&self, line: &Line) -> io::Result<()> {
        if let Some(folder) = self.path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        let mut file = File::options().create(true).read(true).append(true).open(&self.path)?;
        let mut text = serde_json::to_string(line)?;
        text.push('\n');
        // A line that a crash has cut off must not swallow this one.
        let mut last = [b'\n'];
        if file.seek(SeekFrom::End(0))? > 0 {
            file.seek(SeekFrom::End(-1))?;
            file.read_exact(&mut last)?;
        }
        if last != [b'\n'] {
            text.insert(0, '\n');
        }
        file.write_all(text.as_bytes())?;
        file.sync_data()
    }

    /// Reads what was added since, also by another running program.
    fn catch_up(&mut self) -> Result<(), HistoryError> {
        let file = match File::open(&self.path) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                (self.read, self.damaged) = (0, 0);
                self.done.clear();
                self.undone.clear();
                return Ok(());
            }
            file => file.map_err(self.fail())?,
        };
        self.read_from(file).map_err(self.fail())
    }

    fn read_from(&mut self, mut file: File) -> io::Result<()> {
        file.seek(SeekFrom::Start(self.read))?;
        let mut reader = BufReader::new(file);
        let mut line = Vec::new();
        loop {
            line.clear();
            let len = reader.read_until(b'\n', &mut line)? as u64;
            if line.last() != Some(&b'\n') {
                return Ok(()); // The end, or a line that is not whole (yet).
            }
            let at = self.read;
            self.read += len;
            match serde_json::from_slice::<Line>(&line) {
                Ok(Line::Act(_)) => {
                    self.done.push(at);
                    self.undone.clear();
                }
                Ok(Line::Undo) => self.undone.extend(self.done.pop()),
                Ok(Line::Redo) => self.done.extend(self.undone.pop()),
                Err(_) if line == b"\n" => {}
                Err(_) => self.damaged += 1,
            }
        }
    }

    fn act(&self, at: u64) -> Result<Act, HistoryError> {
        let read = || {
            let mut file = File::open(&self.path)?;
            file.seek(SeekFrom::Start(at))?;
            let mut line = String::new();
            BufReader::new(file).read_line(&mut line)?;
            match serde_json::from_str(&line)? {
                Line::Act(act) => Ok(act),
                Line::Undo | Line::Redo => Err(io::Error::other("changed by another program")),
            }
        };
        read().map_err(self.fail())
    }
}

/// Makes all changes of an act, or none of them when a file isn't what it should be.
fn apply(store: &Store, lock: &Lock, label: String, changes: Vec<Change>) -> Result<Step, HistoryError> {
    let mut seen: Vec<(&PathBuf, Option<&String>)> = Vec::new();
    let mut changed = Vec::new();
    for change in &changes {
        // What an earlier change of the same act will have left there counts.
        let left = seen.iter().rev().find(|(path, _)| *path == &change.path).map(|(_, text)| text.cloned());
        let current = left.map_or_else(|| store.disk.read(&change.path).map_err(drop), Ok);
        if current.as_ref() != Ok(&change.before) {
            changed.push(change.path.clone());
        }
        seen.push((&change.path, change.after.as_ref()));
    }
    if !changed.is_empty() {
        return Err(HistoryError::ChangedElsewhere { label, paths: changed });
    }
    for change in &changes {
        store.replace(lock, &change.path, change.before.as_deref(), change.after.as_deref())?;
    }
    Ok(Step { label, paths: changes.into_iter().map(|c| c.path).collect() })
}
