//! What every reader of a format promises.

use super::ImportError;
use super::budget::Budget;
use super::clean::Source;
use super::draft::Draft;

/// A file to be read, and what may be spent on it.
pub(super) struct Job<'a> {
    /// The file as it is.
    pub(super) bytes: &'a [u8],
    /// Its clean lines, in formats that are text; empty in the others.
    pub(super) source: &'a Source,
    pub(super) budget: Budget<'a>,
    pub(super) password: Option<&'a str>,
}

/// A reader of one format: bytes to pieces in reading order. It keeps what the format says (marks, styles, pages, notes)
/// and leaves judging to `structure`. It never panics on any bytes, and what it costs is bounded by [`Job::budget`].
pub(super) trait Reader {
    /// Reads a whole file.
    ///
    /// # Errors
    /// When the file isn't what its first bytes say, when a limit is passed, or when there is no text in it.
    fn read(&self, job: &Job<'_>) -> Result<Draft, ImportError>;
}
