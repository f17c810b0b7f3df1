//! Rows of tables as passages: a row says little without the heads of its columns, so it is shown with them.

use crate::doc::{Block, BlockKind, Document, TextRange};
use memchr::memchr_iter;

/// The passages of a table: its rows, the first of them with the heads above it, and what its heads are for the others.
pub(super) fn rows_of<'d>(
    doc: &'d Document,
    block: &Block,
) -> Option<impl Iterator<Item = (TextRange, Option<TextRange>)> + 'd> {
    let BlockKind::Table { header, .. } = block.kind else { return None };
    let (start, end) = (block.range.start, block.range.end);
    let mut ends: Vec<u32> =
        memchr_iter(b'\n', doc.slice(block.range).as_bytes()).map(|at| start + at as u32).collect();
    ends.push(end);
    let heads = (header && ends.len() > 2).then(|| TextRange::new(start, ends[0]));
    let joined = usize::from(header && ends.len() > 1);
    let rows = (joined..ends.len()).map(move |i| {
        if i == joined {
            return (TextRange::new(start, ends[i]), None);
        }
        (TextRange::new(ends[i - 1] + 1, ends[i]), heads)
    });
    Some(rows.filter(|(row, _)| !doc.slice(*row).trim().is_empty()))
}

/// A row with its heads: `head: cell`, cells parted by tabs; empty cells are left out.
pub(super) fn with_heads(heads: &str, row: &str) -> String {
    let mut heads = heads.split('\t');
    let mut out = String::with_capacity(row.len() * 2);
    for cell in row.split('\t') {
        let head = heads.next().unwrap_or("").trim();
        if cell.trim().is_empty() {
            continue;
        }
        if !out.is_empty() {
            out.push('\t');
        }
        if !head.is_empty() {
            out.push_str(head);
            out.push_str(": ");
        }
        out.push_str(cell);
    }
    out
}
