//! A found knelpunt with the report it stands in: what lists, dossiers and heat maps know of it without its document.

use super::Found;
use crate::doc::DocId;

/// A knelpunt found somewhere in the library, without its document.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct FoundRow {
    /// Which document.
    pub doc: DocId,
    /// Title of its part.
    pub report: String,
    /// Publisher of its part.
    pub org: Option<String>,
    /// Year of its part.
    pub year: Option<i32>,
    /// What was found.
    pub found: Found,
}
