//! Search over passages and notes: the only module that knows the search engine.
//!
//! [`Query`] reads what was typed; [`Index`] keeps one entry for each passage; [`Searcher`] answers with [`Results`].
//! Words come from [`crate::lang`], and marks and reasons from the same tokens, never from looking for strings. The
//! module knows documents but not where they come from: texts for snippets are asked of the caller ([`Texts`]), and
//! notes arrive as plain entries.

mod counts;
mod entry;
mod eval;
#[allow(dead_code, unused_imports, reason = "asked for by the plan of a query")]
mod expand;
mod find;
mod index;
mod likeness;
mod lists;
mod marks;
mod memories;
mod passages;
mod pattern;
mod plan;
mod query;
mod rank;
mod resolve;
mod rows;
mod schema;
mod searcher;
mod segment;
mod shape;
mod terms;
#[cfg(test)]
mod tests;
mod types;
mod unit;
mod without;

pub use crate::doc::DocId;
pub use find::{FindMode, Finding, Sought};
pub use index::{Anew, Index, Opened, Writer};
pub use marks::marks;
pub use pattern::PatternFault;
pub use query::{Query, Said};
pub use searcher::Searcher;
pub use types::{
    Also, DocEntry, Facets, Hit, HitKind, KnelpuntRange, NoteEntry, Options, Results, SearchError, Sort, Texts, Why,
};
pub use without::{Step, Without};
