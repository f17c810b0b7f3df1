//! Search over passages and notes: the only module that knows the search engine.
//!
//! [`Query`] reads what was typed; [`Index`] keeps one entry for each passage; [`Searcher`] answers with [`Results`].
//! Words come from [`crate::lang`], and marks and reasons from the same tokens, never from looking for strings. The
//! module knows documents but not where they come from: texts for snippets are asked of the caller ([`Texts`]), and
//! notes arrive as plain entries.

mod query;
mod types;
mod unit;

pub use crate::doc::DocId;
pub use query::{Query, Said};
pub use types::{DocEntry, Hit, HitKind, KnelpuntRange, NoteEntry, Options, Results, SearchError, Sort, Texts, Why};
