//! Walking folders: what is there, without opening any of it.
//!
//! Hidden names are left out, links are followed once (each folder is walked one time, by its canonical path, so
//! loops end), and whatever is no file is listed with its reason and never opened.

use super::Failure;
use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use rustc_hash::FxHashSet;
use serde::{Deserialize, Serialize};
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// When a file was last changed, as the file system says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, Default)]
pub struct Mtime {
    /// Seconds since 1970, UTC.
    pub secs: i64,
    /// Nanoseconds on top, for files of our own time; 0 before 1970.
    pub nanos: u32,
}

impl From<SystemTime> for Mtime {
    fn from(t: SystemTime) -> Self {
        match t.duration_since(UNIX_EPOCH) {
            Ok(d) => Mtime { secs: d.as_secs() as i64, nanos: d.subsec_nanos() },
            Err(e) => Mtime { secs: -(e.duration().as_secs() as i64), nanos: 0 },
        }
    }
}

impl Mtime {
    /// The time of a file; the beginning of time where the system keeps none.
    #[must_use]
    pub fn of(meta: &Metadata) -> Self {
        meta.modified().map(Mtime::from).unwrap_or_default()
    }
}

/// What to walk and what to leave out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScanOptions {
    /// Globs a file must match one of, on its path relative to the folder given or on its name; empty: every file.
    pub include: Vec<String>,
    /// Globs of files and folders to leave out.
    pub exclude: Vec<String>,
    /// Files larger than this are listed, not read. Bytes.
    pub max_bytes: u64,
}

/// A file a scan came upon; or something that is none, with the reason.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Canonical, as far as it could be found out.
    pub path: PathBuf,
    /// Relative to the folder given, with `/`; its own name when it was given itself.
    pub file: String,
    /// Bytes.
    pub size: u64,
    /// Last change.
    pub mtime: Mtime,
    /// Why it can't be read, when that is known already.
    pub problem: Option<Failure>,
}

/// All that a scan found, by the order of the paths given, then by path.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scan {
    /// Files, and what could not be read.
    pub found: Vec<Found>,
}

/// The globs, compiled.
struct Filter {
    include: Option<GlobSet>,
    exclude: GlobSet,
    max_bytes: u64,
}

/// Checks a glob of the config.
///
/// # Errors
/// With the reason, when it is none.
pub fn check_glob(glob: &str) -> Result<(), String> {
    compile(glob).map(drop)
}

fn compile(glob: &str) -> Result<globset::Glob, String> {
    GlobBuilder::new(glob).literal_separator(true).build().map_err(|e| e.kind().to_string())
}

/// Globs that are none are passed over: `config` has reported them.
fn glob_set(globs: &[String]) -> GlobSet {
    let mut set = GlobSetBuilder::new();
    for glob in globs.iter().filter_map(|g| compile(g).ok()) {
        set.add(glob);
    }
    set.build().unwrap_or_else(|_| GlobSet::empty())
}

impl Filter {
    fn new(options: &ScanOptions) -> Self {
        Filter {
            include: (!options.include.is_empty()).then(|| glob_set(&options.include)),
            exclude: glob_set(&options.exclude),
            max_bytes: options.max_bytes,
        }
    }

    fn leaves_out(&self, relative: &str, name: &str) -> bool {
        self.exclude.is_match(relative) || self.exclude.is_match(name)
    }

    fn takes(&self, relative: &str, name: &str) -> bool {
        self.include.as_ref().is_none_or(|set| set.is_match(relative) || set.is_match(name))
    }
}

/// Walks these files and folders. A file given by hand is taken whatever the globs say.
#[must_use]
pub fn scan(roots: &[PathBuf], options: &ScanOptions) -> Scan {
    let mut walk = Walk {
        filter: Filter::new(options),
        folders: FxHashSet::default(),
        files: FxHashSet::default(),
        found: Vec::new(),
    };
    for root in roots {
        let name = name_of(root);
        match fs::canonicalize(root).and_then(|path| Ok((fs::metadata(&path)?, path))) {
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
                let path = std::path::absolute(root).unwrap_or_else(|_| root.clone());
                walk.list(
                    path,
                    name,
                    Failure::passing("there is no such file or folder", "look at how the path is spelled"),
                );
            }
            Err(error) => walk.list(root.clone(), name, Failure::io(&error)),
            Ok((meta, path)) if meta.is_dir() => walk.folder(path),
            Ok((meta, path)) => walk.file(path, name, &meta),
        }
    }
    Scan { found: walk.found }
}

/// One walk over all roots: nothing is visited twice.
struct Walk {
    filter: Filter,
    folders: FxHashSet<PathBuf>,
    files: FxHashSet<PathBuf>,
    found: Vec<Found>,
}

impl Walk {
    fn list(&mut self, path: PathBuf, file: String, problem: Failure) {
        if self.files.insert(path.clone()) {
            self.found.push(Found { path, file, size: 0, mtime: Mtime::default(), problem: Some(problem) });
        }
    }

    fn file(&mut self, path: PathBuf, file: String, meta: &Metadata) {
        if !self.files.insert(path.clone()) {
            return;
        }
        let max = self.filter.max_bytes;
        let problem = if !meta.is_file() {
            Some(Failure::lasting(format!("not a file but {}", kind_of(meta)), "only files and folders are read"))
        } else if meta.len() > max {
            Some(too_large(meta.len(), max))
        } else {
            None
        };
        self.found.push(Found { path, file, size: meta.len(), mtime: Mtime::of(meta), problem });
    }

    /// Depth first with a stack of our own: a deep tree must not end the program.
    fn folder(&mut self, root: PathBuf) {
        let first = self.found.len();
        // canonical path, and the path relative to the root as it is shown
        let mut todo = vec![(root, String::new())];
        while let Some((path, shown)) = todo.pop() {
            if !self.folders.insert(path.clone()) {
                continue;
            }
            let entries = match fs::read_dir(&path) {
                Ok(entries) => entries,
                Err(error) => {
                    let shown = if shown.is_empty() { name_of(&path) } else { shown };
                    self.list(path, shown, Failure::io(&error));
                    continue;
                }
            };
            for entry in entries {
                match entry {
                    Ok(entry) => self.entry(&entry, &shown, &mut todo),
                    Err(error) => self.list(path.clone(), shown.clone(), Failure::io(&error)),
                }
            }
        }
        self.found[first..].sort_by(|a, b| a.file.cmp(&b.file).then_with(|| a.path.cmp(&b.path)));
    }

    fn entry(&mut self, entry: &fs::DirEntry, parent: &str, todo: &mut Vec<(PathBuf, String)>) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let shown = if parent.is_empty() { name.clone() } else { format!("{parent}/{name}") };
        if name.starts_with('.') || self.filter.leaves_out(&shown, &name) {
            return;
        }
        let link = entry.file_type().is_ok_and(|t| t.is_symlink());
        let (path, meta) = if link {
            let path = fs::canonicalize(entry.path());
            (path.as_ref().map_or_else(|_| entry.path(), PathBuf::clone), path.and_then(fs::metadata))
        } else {
            (entry.path(), entry.metadata())
        };
        match meta {
            Ok(meta) if meta.is_dir() => todo.push((path, shown)),
            Ok(meta) => {
                if self.filter.takes(&shown, &name) {
                    self.file(path, shown, &meta);
                }
            }
            Err(error) if link && error.kind() == std::io::ErrorKind::NotFound => {
                self.list(path, shown, Failure::passing("a link that leads nowhere", "mend or remove the link"));
            }
            Err(error) if link => {
                self.list(
                    path,
                    shown,
                    Failure::passing(format!("a link that can't be followed: {error}"), "mend or remove the link"),
                );
            }
            Err(error) => self.list(path, shown, Failure::io(&error)),
        }
    }
}

/// A file over the limit.
pub(super) fn too_large(size: u64, max: u64) -> Failure {
    let mb = |bytes: u64| bytes.div_ceil(1 << 20);
    Failure::lasting(
        format!("{} MB, more than the limit of {} MB", mb(size), mb(max)),
        "raise limits.file_mb in the config to read it",
    )
}

/// The last name of a path; the whole of it when it has none.
fn name_of(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned())
}

#[cfg(unix)]
fn kind_of(meta: &Metadata) -> &'static str {
    use std::os::unix::fs::FileTypeExt;
    let kind = meta.file_type();
    if kind.is_fifo() {
        "a pipe (FIFO)"
    } else if kind.is_socket() {
        "a socket"
    } else if kind.is_block_device() || kind.is_char_device() {
        "a device"
    } else {
        "something else"
    }
}

#[cfg(not(unix))]
fn kind_of(_: &Metadata) -> &'static str {
    "something else"
}
