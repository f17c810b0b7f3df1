//! Where things are on disk: the config file and the folders for data, cache and state.
//!
//! The system's own folders (crate `directories`), each overridden by a flag or its environment variable. This module
//! only names folders; it makes none and reads nothing.

use directories::ProjectDirs;
use std::path::{Path, PathBuf};
use thiserror::Error;

/// What flags and environment say; an empty path counts as not given.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DirOverrides {
    /// `--config FILE`, `KANTLIJN_CONFIG`.
    pub config_file: Option<PathBuf>,
    /// `--data-dir`, `KANTLIJN_DATA_DIR`.
    pub data: Option<PathBuf>,
    /// `--cache-dir`, `KANTLIJN_CACHE_DIR`.
    pub cache: Option<PathBuf>,
    /// `--state-dir`, `KANTLIJN_STATE_DIR`.
    pub state: Option<PathBuf>,
}

/// The folders in use. `None` where the system names no home folder and no flag does either.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Dirs {
    /// The config file (it need not exist); keymap and themes are looked for beside it.
    pub config_file: Option<PathBuf>,
    /// Whether the config file was named by hand: then it must exist.
    pub config_named: bool,
    data: Option<PathBuf>,
    /// Index and parsed documents; without it everything is kept in memory.
    pub cache: Option<PathBuf>,
    /// Last places, history, log; without it nothing of the kind is kept.
    pub state: Option<PathBuf>,
}

/// There is no folder for the reader's own files.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error(
    "no folder for notes: this system names no home folder; give one with --data-dir DIR or KANTLIJN_DATA_DIR \
     (and --cache-dir, --state-dir and --config for the rest)"
)]
pub struct NoDataDir;

impl Dirs {
    /// The folders to use, absolute.
    #[must_use]
    pub fn new(given: &DirOverrides) -> Dirs {
        let system = ProjectDirs::from("", "", "kantlijn");
        let system = system.as_ref();
        let pick = |flag: &Option<PathBuf>, own: Option<PathBuf>| {
            let flag = flag.as_ref().filter(|p| !p.as_os_str().is_empty());
            flag.map(|p| std::path::absolute(p).unwrap_or_else(|_| p.clone())).or(own)
        };
        Dirs {
            config_file: pick(&given.config_file, system.map(|s| s.config_dir().join("config.toml"))),
            config_named: given.config_file.as_ref().is_some_and(|p| !p.as_os_str().is_empty()),
            data: pick(&given.data, system.map(|s| s.data_dir().to_owned())),
            cache: pick(&given.cache, system.map(|s| s.cache_dir().to_owned())),
            state: pick(&given.state, system.map(|s| s.state_dir().unwrap_or(s.data_local_dir()).to_owned())),
        }
    }

    /// The folder of notes, the register and the trash.
    ///
    /// # Errors
    /// When neither the system nor a flag names one.
    pub fn data(&self) -> Result<&Path, NoDataDir> {
        self.data.as_deref().ok_or(NoDataDir)
    }

    /// The folder the config file is in: there `keymap.toml` and `themes/` are looked for.
    #[must_use]
    pub fn config_dir(&self) -> Option<&Path> {
        self.config_file.as_deref().and_then(Path::parent)
    }
}

#[cfg(test)]
mod tests;
