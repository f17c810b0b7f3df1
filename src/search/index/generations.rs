//! The folder of an index: generations of it, one of which is complete and answers.
//!
//! `<folder>/<number>/` is a generation: the engine's files; the stamp, which says whose index this is and of which
//! version; `held`, locked by everybody who has it open; and `damaged`, when it is not to be used any more.
//! `<folder>/current` names the one that was complete last. Another version, damage, or the reader's wish begins a new
//! generation beside the old; when it is complete the name changes at once, and what nobody holds is removed. A
//! generation that was broken off goes on where it was.

use super::{Index, READING, SHAPE, damaged, failed};
use crate::search::memories::Memories;
use crate::search::schema::schema;
use crate::search::types::SearchError;
use std::ffi::OsStr;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tantivy::IndexSettings;

/// Says whose index this is and of which version.
const STAMP: &str = "kantlijn-index";
/// Names the generation that is complete.
const CURRENT: &str = "current";
const HELD: &str = "held";
const DAMAGED: &str = "damaged";

/// The index of a folder, opened.
pub struct Opened {
    /// The index of this version: complete, or still to be filled.
    pub index: Index,
    /// One of another version that answers until then.
    pub older: Option<Index>,
    /// Whether `index` holds all it is to hold.
    pub complete: bool,
    /// Why it is being made anew, if there was another before.
    pub anew: Option<Anew>,
}

/// Why an index is made anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anew {
    /// It was of another version of the program.
    Version,
    /// It was damaged.
    Damage,
}

/// A generation on disk.
struct Generation {
    number: u32,
    path: PathBuf,
    /// Shape and reading, when it has a stamp of ours.
    stamp: Option<(u32, u32)>,
    damaged: bool,
}

impl Index {
    /// The name of a file in the folder of an index that is its owner's, and goes when the index goes.
    pub const STATE: &str = "state";

    /// Opens the index in a folder, or makes one there. Whatever is there of another version or damaged is no error: a
    /// new one is begun beside it.
    ///
    /// # Errors
    /// [`SearchError::Io`] when the folder cannot be made, read or (if need be) written, [`SearchError::Foreign`] when
    /// it holds other files.
    pub fn open(folder: &Path) -> Result<Opened, SearchError> {
        let io = |e: io::Error| io_error(folder, &e);
        fs::create_dir_all(folder).map_err(io)?;
        let all = generations(folder)?;
        let current = current(folder);
        let mut anew = all.iter().any(|g| g.damaged).then_some(Anew::Damage);
        let mut found: Option<(u32, Index)> = None;
        let mut ours: Vec<&Generation> =
            all.iter().filter(|g| g.stamp == Some((SHAPE, READING)) && !g.damaged).collect();
        // the complete one, else the one begun last
        ours.sort_by_key(|g| (Some(g.number) != current, u32::MAX - g.number));
        for generation in ours {
            match Index::existing(&generation.path) {
                Ok(index) => {
                    found = Some((generation.number, index));
                    break;
                }
                Err(error @ SearchError::Corrupt { .. }) => {
                    log::warn!("{error}; making it anew");
                    // where that can't be written it is found out again the next time
                    let _ = set_damaged(&generation.path);
                    anew = Some(Anew::Damage);
                }
                Err(error) => return Err(error),
            }
        }
        if let Some((number, index)) = found.take_if(|(number, _)| Some(*number) == current) {
            sweep(folder, number);
            return Ok(Opened { index, older: None, complete: true, anew: None });
        }
        let readable = |g: &&Generation| {
            Some(g.number) == current && !g.damaged && g.stamp.is_some_and(|s| s.0 == SHAPE && s.1 != READING)
        };
        let older = all.iter().find(readable).and_then(|g| Index::existing(&g.path).ok());
        if anew.is_none() && all.iter().any(|g| g.stamp.is_some_and(|s| s != (SHAPE, READING))) {
            anew = Some(Anew::Version);
        }
        let index = match found {
            Some((_, index)) => index,
            None => Index::begin(folder)?,
        };
        Ok(Opened { index, older, complete: false, anew })
    }

    /// Begins a new, empty generation in a folder.
    ///
    /// # Errors
    /// [`SearchError::Io`] when the folder cannot be written.
    pub fn begin(folder: &Path) -> Result<Index, SearchError> {
        let mut number = generations(folder)?.last().map_or(1, |g| g.number + 1);
        let path = loop {
            let path = folder.join(number.to_string());
            match fs::create_dir(&path) {
                Ok(()) => break path,
                // another program begins one at this moment
                Err(e) if e.kind() == io::ErrorKind::AlreadyExists => number += 1,
                Err(e) => return Err(io_error(folder, &e)),
            }
        };
        let held = hold(&path);
        let (schema, fields) = schema();
        let create = tantivy::Index::builder().schema(schema).settings(IndexSettings::default()).create_in_dir(&path);
        let inner = create.map_err(|e| failed(&path, e))?;
        // last: without it the generation counts as not begun
        fs::write(path.join(STAMP), stamp(SHAPE, READING)).map_err(|e| io_error(&path, &e))?;
        Index::with(inner, fields, &path, held, Memories::default())
    }

    fn existing(path: &Path) -> Result<Index, SearchError> {
        let held = hold(path);
        let inner = tantivy::Index::open_in_dir(path).map_err(|e| damaged(path, e))?;
        let (schema, fields) = schema();
        if inner.schema() != schema {
            return Err(SearchError::Corrupt { path: path.to_owned(), reason: "other fields".into() });
        }
        Index::with(inner, fields, path, held, Memories::default())
    }

    /// Says that this generation is complete: it is the one that is opened from now on, and the others are removed as
    /// soon as nobody has them open.
    ///
    /// # Errors
    /// When that can't be written.
    pub fn take_over(&self) -> Result<(), SearchError> {
        let Some((folder, number)) = self.place() else { return Ok(()) };
        let name = || -> io::Result<()> {
            let mut file = tempfile::NamedTempFile::new_in(folder)?;
            write!(file, "{number}")?;
            file.as_file().sync_all()?;
            file.persist(folder.join(CURRENT))?;
            Ok(())
        };
        name().map_err(|e| io_error(folder, &e))?;
        sweep(folder, number);
        Ok(())
    }

    /// Whether another generation has become the one that is opened: another program has made the index anew.
    #[must_use]
    pub fn is_past(&self) -> bool {
        let current = self.place().and_then(|(folder, own)| Some((current(folder)?, own)));
        current.is_some_and(|(current, own)| current > own)
    }

    /// Has this generation not be opened any more.
    ///
    /// # Errors
    /// When that can't be written.
    pub fn give_up(&self) -> Result<(), SearchError> {
        let path = self.folder();
        set_damaged(path).map_err(|e| io_error(path, &e))
    }

    /// Its folder of generations and its number there.
    fn place(&self) -> Option<(&Path, u32)> {
        let path = self.folder();
        Some((path.parent()?, number(path.file_name()?)?))
    }
}

/// The generation that is complete.
fn current(folder: &Path) -> Option<u32> {
    fs::read_to_string(folder.join(CURRENT)).ok()?.trim().parse().ok()
}

fn stamp(shape: u32, reading: u32) -> String {
    format!("kantlijn index {shape}.{reading}\n")
}

fn read_stamp(path: &Path) -> Option<(u32, u32)> {
    let text = fs::read_to_string(path.join(STAMP)).ok()?;
    let (shape, reading) = text.strip_prefix("kantlijn index ")?.trim_end().split_once('.')?;
    Some((shape.parse().ok()?, reading.parse().ok()?))
}

fn number(name: &OsStr) -> Option<u32> {
    name.to_str()?.parse().ok()
}

/// The generations in a folder, ascending.
fn generations(folder: &Path) -> Result<Vec<Generation>, SearchError> {
    let io = |e: io::Error| io_error(folder, &e);
    let (mut all, mut foreign) = (Vec::new(), false);
    for file in fs::read_dir(folder).map_err(io)? {
        let file = file.map_err(io)?;
        let path = file.path();
        match number(&file.file_name()).filter(|_| path.is_dir()) {
            Some(number) => {
                let (stamp, damaged) = (read_stamp(&path), path.join(DAMAGED).exists());
                all.push(Generation { number, path, stamp, damaged });
            }
            // what else is ours is of the layout before generations
            None => foreign |= !is_ours(&file.file_name()) && file.file_name() != CURRENT,
        }
    }
    if all.is_empty() && foreign {
        return Err(SearchError::Foreign { path: folder.to_owned() });
    }
    all.sort_by_key(|g| g.number);
    Ok(all)
}

/// Whether a name is one that an index has.
fn is_ours(name: &OsStr) -> bool {
    let name = name.to_string_lossy();
    let segment =
        name.split_once('.').is_some_and(|(id, _)| id.len() == 32 && id.bytes().all(|b| b.is_ascii_hexdigit()));
    segment
        || matches!(&*name, "meta.json" | ".managed.json" | ".tantivy-writer.lock" | ".tantivy-meta.lock" | STAMP)
        // being written when the program ended
        || name.starts_with(".tmp")
}

/// Removes all generations but one that nobody holds, and what is left of the layout before generations.
fn sweep(folder: &Path, keep: u32) {
    wipe(folder, &[]);
    for generation in generations(folder).unwrap_or_default() {
        if generation.number == keep {
            continue;
        }
        let held = File::options().create(true).truncate(false).write(true).open(generation.path.join(HELD));
        let free = held.as_ref().is_ok_and(|h| h.try_lock().is_ok());
        drop(held);
        if free {
            wipe(&generation.path, &[HELD, DAMAGED, Index::STATE]);
            // stays when the reader keeps something of their own there
            let _ = fs::remove_dir(&generation.path);
        }
    }
}

/// Removes the files of an index and those of these names, and nothing else, from a folder. What can't be removed is in nobody's way.
fn wipe(folder: &Path, too: &[&str]) {
    for file in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = file.file_name();
        if (is_ours(&name) || too.iter().any(|t| name == *t)) && !file.path().is_dir() {
            let _ = fs::remove_file(file.path());
        }
    }
}

/// Locks a generation as one that is in use. Where that can't be it is used all the same: then nobody can remove it.
fn hold(path: &Path) -> Option<Arc<File>> {
    let path = path.join(HELD);
    let file =
        File::options().create(true).truncate(false).write(true).open(&path).or_else(|_| File::open(&path)).ok()?;
    file.lock_shared().ok()?;
    Some(Arc::new(file))
}

fn set_damaged(path: &Path) -> io::Result<()> {
    fs::write(path.join(DAMAGED), "")
}

fn io_error(path: &Path, e: &io::Error) -> SearchError {
    SearchError::Io { path: path.to_owned(), reason: e.to_string() }
}
