//! The words of a query as the tokeniser takes them: what covers the same place is one unit with several readings.

use crate::doc::TextRange;
use crate::lang::{Reading, tokens};

/// One word to the tokeniser; a date in words or a chain of hyphens is one too.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Unit {
    /// Where it is written.
    pub range: TextRange,
    /// Its first position.
    pub position: u32,
    /// One past its last position.
    pub end: u32,
    /// What it is known by.
    pub readings: Vec<Form>,
}

/// A reading a query asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Form {
    pub text: String,
    pub position: u32,
    pub span: u32,
}

/// The units of a text.
pub(super) fn units(text: &str) -> Vec<Unit> {
    let mut out: Vec<Unit> = Vec::new();
    tokens(text, |t| {
        let form =
            (t.reading != Reading::Piece).then(|| Form { text: t.text.to_owned(), position: t.position, span: t.span });
        let mut unit = Unit { range: t.range, position: t.position, end: t.position + t.span, readings: Vec::new() };
        // a reading over several words comes right after them and draws them together
        while let Some(before) = out.pop_if(|u| u.end > unit.position) {
            unit.range = unit.range.union(before.range);
            unit.position = unit.position.min(before.position);
            unit.end = unit.end.max(before.end);
            unit.readings.splice(0..0, before.readings);
        }
        unit.readings.extend(form);
        out.push(unit);
    });
    out
}
