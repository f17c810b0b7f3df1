//! The journal: JSON lines that only grow, and what follows from them.
//!
//! Each act is written down before any of its files changes (`plan`) and closed after (`done`), so that what a crash has
//! cut off is known at the next start. In memory there are only places in the file.

use super::super::disk::{Disk, Lock};
use super::super::store::Change;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Seek, SeekFrom};
use std::path::{Path, PathBuf};

/// Where it lies in the data folder.
pub(super) const JOURNAL: &str = "history/journal.jsonl";

/// One line.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Line {
    /// An act begins: these changes are made ready and will now be put in their places.
    Plan(Act),
    /// The act that was planned is done.
    Done,
    /// Nothing came of what was planned or begun.
    Dropped,
    /// The reader did this; of what was planned, only this.
    Act(Act),
    /// The last act that stands is being undone.
    Undoing,
    /// It was.
    Undo,
    /// The last act that was undone is being done again.
    Redoing,
    /// It was.
    Redo,
    /// The last act that stands cannot be undone, and the reader goes past it.
    Past,
    /// The last act that was undone cannot be done again, and the reader goes past it.
    Forth,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Act {
    pub label: String,
    /// When, as RFC 3339; unknown in journals of before it was written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    pub changes: Vec<Change>,
}

/// What was begun and is not known to have ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Open {
    /// The act that is planned here.
    Plan(u64),
    Undoing,
    Redoing,
}

/// What the journal says, as far as it was read.
#[derive(Debug, Default)]
pub(super) struct Journal {
    /// How far it was read.
    read: u64,
    /// Where the acts that stand begin, oldest first.
    pub done: Vec<u64>,
    /// Where the acts that were undone begin, the one to be redone first at the end.
    pub undone: Vec<u64>,
    pub open: Option<Open>,
    pub damaged: usize,
}

impl Journal {
    /// Writes a line, and reads all there are since.
    pub fn append(&mut self, disk: &Disk, lock: &Lock, line: &Line, flush: bool) -> io::Result<()> {
        disk.append(lock, Path::new(JOURNAL), &format!("{}\n", serde_json::to_string(line)?), flush)?;
        self.catch_up(disk)
    }

    /// Ends a line that a crash has cut off, and reads what was added since, also by another running program.
    pub fn settle(&mut self, disk: &Disk, lock: &Lock) -> io::Result<()> {
        self.catch_up(disk)?;
        match std::fs::metadata(disk.root.join(JOURNAL)) {
            Ok(meta) if meta.len() > self.read => {
                disk.append(lock, Path::new(JOURNAL), "\n", false)?;
                self.catch_up(disk)
            }
            _ => Ok(()),
        }
    }

    /// Reads what was added since.
    pub fn catch_up(&mut self, disk: &Disk) -> io::Result<()> {
        let mut file = match File::open(disk.root.join(JOURNAL)) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                *self = Journal::default();
                return Ok(());
            }
            file => file?,
        };
        if file.metadata()?.len() < self.read {
            // it is another one: somebody brought it back from a copy
            *self = Journal::default();
        }
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
            match serde_json::from_slice::<Kind>(&line) {
                Ok(kind) => self.take(kind, at),
                Err(_) if line == b"\n" => {}
                Err(_) => self.damaged += 1,
            }
        }
    }

    fn take(&mut self, kind: Kind, at: u64) {
        let open = self.open.take();
        match kind {
            Kind::Plan(_) => {
                // the end of the one before is lost; what is in doubt can at least be undone
                if let Some(Open::Plan(before)) = open {
                    self.stands(before);
                }
                self.open = Some(Open::Plan(at));
            }
            Kind::Done => {
                if let Some(Open::Plan(at)) = open {
                    self.stands(at);
                }
            }
            Kind::Dropped => {}
            Kind::Act(_) => self.stands(at),
            Kind::Undoing => self.open = Some(Open::Undoing),
            Kind::Undo => self.undone.extend(self.done.pop()),
            Kind::Redoing => self.open = Some(Open::Redoing),
            Kind::Redo => self.done.extend(self.undone.pop()),
            Kind::Past => drop(self.done.pop()),
            Kind::Forth => drop(self.undone.pop()),
        }
    }

    fn stands(&mut self, at: u64) {
        self.done.push(at);
        self.undone.clear();
    }

    /// The act that is written down at this place.
    pub fn act(&self, disk: &Disk, at: u64) -> io::Result<Act> {
        let mut file = File::open(disk.root.join(JOURNAL))?;
        file.seek(SeekFrom::Start(at))?;
        let mut line = String::new();
        BufReader::new(file).read_line(&mut line)?;
        match serde_json::from_str(&line)? {
            Line::Act(act) | Line::Plan(act) => Ok(act),
            _ => Err(io::Error::other("changed by another program")),
        }
    }
}

/// An act as far as is needed to know what it took away.
#[derive(Deserialize)]
struct Taken {
    at: Option<String>,
    changes: Vec<Gone>,
}

#[derive(Deserialize)]
struct Gone {
    path: PathBuf,
    after: Option<serde::de::IgnoredAny>,
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum TakenLine {
    Plan(Taken),
    Act(Taken),
}

/// When the files that acts took away were last taken, by path. Of journals that cannot be read nothing is known.
pub(super) fn taken(disk: &Disk) -> BTreeMap<PathBuf, String> {
    let mut out = BTreeMap::new();
    let Ok(file) = File::open(disk.root.join(JOURNAL)) else { return out };
    for line in BufReader::new(file).split(b'\n').map_while(Result::ok) {
        let Ok(TakenLine::Plan(act) | TakenLine::Act(act)) = serde_json::from_slice(&line) else { continue };
        let Some(at) = act.at else { continue };
        out.extend(act.changes.into_iter().filter(|c| c.after.is_none()).map(|c| (c.path, at.clone())));
    }
    out
}

/// A line as far as is needed to follow the journal: its texts are passed over.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Kind {
    Plan(serde::de::IgnoredAny),
    Done,
    Dropped,
    Act(serde::de::IgnoredAny),
    Undoing,
    Undo,
    Redoing,
    Redo,
    Past,
    Forth,
}
