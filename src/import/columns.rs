//! How the columns of a table are set: numbers to the right, so that their digits stand below each other.
//!
//! Formats rarely say so, and those that do mostly say "left" of everything; the cells know better. Knows the text of a
//! table only (rows parted by line ends, cells by tabs), no format.

use crate::doc::ColumnAlign;

/// Rows that are looked at.
const LOOKED_AT: usize = 500;
/// Of the cells that say something, one in so many may be something else ("onbekend").
const ONE_IN: usize = 8;
/// Units that may follow a number.
const UNITS: [&str; 22] = [
    "%", "‰", "€", "eur", "euro", "mln", "mld", "miljoen", "miljard", "million", "billion", "fte", "pp", "m", "m2",
    "m²", "km", "km2", "ha", "kg", "x", "uur",
];

/// The alignment of each column of a table; as many as its longest row has. Those that are set to the left and hold
/// numbers, amounts, percentages or dates are set to the right.
pub(super) fn settle(text: &str, header: bool, columns: &[ColumnAlign]) -> Vec<ColumnAlign> {
    let mut seen: Vec<(usize, usize)> = vec![(0, 0); columns.len()];
    let mut count = columns.len();
    for (i, row) in text.split('\n').enumerate() {
        count = count.max(row.split('\t').count());
        if i < usize::from(header) || i >= LOOKED_AT {
            continue;
        }
        for (column, cell) in row.split('\t').enumerate() {
            if column == seen.len() {
                seen.push((0, 0));
            }
            match says(cell) {
                Some(true) => seen[column].0 += 1,
                Some(false) => seen[column].1 += 1,
                None => {}
            }
        }
    }
    let aligns = (0..count).map(|i| {
        let given = columns.get(i).copied().unwrap_or(ColumnAlign::Left);
        let (numbers, others) = seen.get(i).copied().unwrap_or_default();
        let right = given == ColumnAlign::Left && numbers > 0 && others * ONE_IN <= numbers;
        if right { ColumnAlign::Right } else { given }
    });
    aligns.collect()
}

/// Whether a cell is a number; `None` when it says nothing: empty, a dash, "n.v.t.", "p.m.".
fn says(cell: &str) -> Option<bool> {
    let cell = cell.trim().trim_end_matches(is_note_mark).trim_end();
    let quiet = ["n.v.t.", "nvt", "n.b.", "nb", "p.m.", "pm", "n/a", "na", "x", "?", "…", "..."];
    if !cell.chars().any(char::is_alphanumeric) || quiet.iter().any(|q| cell.eq_ignore_ascii_case(q)) {
        return None;
    }
    Some(is_number(cell))
}

fn is_note_mark(c: char) -> bool {
    matches!(c, '*' | '†' | '‡' | '¹' | '²' | '³' | '⁰' | '⁴'..='⁹')
}

/// A sign, a currency, digits with what parts them (`1.234,5`, `35 234`, `3-5-2031`, `2021/22`), a unit.
fn is_number(cell: &str) -> bool {
    let inner = cell.strip_prefix('(').and_then(|c| c.strip_suffix(')')).unwrap_or(cell);
    let signs =
        |c: char| matches!(c, '+' | '-' | '−' | '–' | '±' | '<' | '>' | '≥' | '≤' | '~' | '€' | '$' | '£' | ' ');
    let rest = inner.trim_start_matches(signs);
    let rest = rest.strip_prefix("ca. ").or(rest.strip_prefix("EUR ")).unwrap_or(rest);
    if !rest.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | ' ' | '\'' | '-' | '–' | '−' | '/' | ':');
    let unit = rest.trim_start_matches(part).trim();
    let unit = unit.strip_suffix('.').unwrap_or(unit).to_lowercase();
    unit.is_empty() || UNITS.contains(&unit.as_str()) || is_month_of_date(rest, &unit)
}

/// `3 mei 2031`, `12 October 2030`, `mei 2031` after a day.
fn is_month_of_date(text: &str, after: &str) -> bool {
    let month = after.split(' ').next().unwrap_or("").trim_end_matches('.');
    let starts = [
        "jan", "feb", "maa", "mrt", "mar", "apr", "mei", "may", "jun", "jul", "aug", "sep", "okt", "oct", "nov", "dec",
    ];
    let year = after[month.len()..].trim_start_matches('.').trim();
    let day = text.bytes().take_while(u8::is_ascii_digit).count();
    day <= 2
        && starts.iter().any(|s| month.starts_with(s))
        && month.chars().all(char::is_alphabetic)
        && (year.is_empty() || year.len() == 4 && year.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests;
