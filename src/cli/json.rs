//! The shapes that several commands write as JSON.

use crate::doc;
use crate::library::{Entry, Place};
use serde::Serialize;

pub use crate::notes::export::jsonl::V;

/// A page.
#[derive(Debug, Serialize)]
pub struct Page<'a> {
    index: u32,
    label: Option<&'a str>,
}

impl<'a> Page<'a> {
    /// A page as it is written.
    pub fn of(page: &'a doc::Page) -> Self {
        Page { index: page.index, label: page.label.as_deref() }
    }
}

/// The absolute path of an entry; `None` for what is not on disk.
pub fn path(entry: &Entry) -> Option<String> {
    (entry.place == Place::Disk).then(|| entry.path.to_string_lossy().into_owned())
}
