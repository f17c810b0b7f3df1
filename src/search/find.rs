//! Find in one open report: with the tokens of the search, so that what it finds there it finds here.

use super::marks::Marker;
use super::passages::passages;
use super::plan::Plan;
use super::query::Query;
use crate::doc::{Document, TextRange};

/// Finds a query in an open document: the matching words in order. With `last_is_prefix` the word the query ends in
/// stands for all it begins. Filters and what is excluded play no part.
#[must_use]
pub fn find_in(doc: &Document, query: &Query, last_is_prefix: bool) -> Vec<TextRange> {
    let mut marker = Marker::new(&Plan::new(query, last_is_prefix));
    let mut out = Vec::new();
    for p in passages(doc) {
        let lang = doc.outline().part(p.part).lang;
        let found = marker.marks(doc.slice(p.range), lang);
        out.extend(found.iter().map(|m| TextRange::new(p.range.start + m.range.start, p.range.start + m.range.end)));
    }
    out
}
