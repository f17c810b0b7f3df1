//! Running heads and page numbers: known by coming back with another number, taken out of the text, the numbers kept.

use super::rows::Row;
use super::shape;
use crate::import::structure::label_alone;
use rustc_hash::FxHashMap;

/// A page that begins at a row.
pub(super) struct Label {
    pub(super) row: usize,
    /// Its number as printed.
    pub(super) printed: Option<String>,
}

/// Marks furniture and gives the pages.
pub(super) fn take_out(rows: &mut [Row<'_>]) -> Vec<Label> {
    let mut alike: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    for (at, row) in rows.iter().enumerate().filter(|(_, r)| r.len <= 120) {
        if row.text.ends_with(|c: char| c.is_ascii_digit())
            || row.text.starts_with(|c: char| c.is_ascii_digit())
            || at_border(rows, at)
        {
            alike.entry(masked(row.text)).or_default().push(at);
        }
    }
    let pages = rows.iter().filter(|r| r.page_top).count();
    for (text, places) in alike.into_iter().filter(|(_, p)| p.len() >= 3) {
        let numbered = text.contains('#');
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        let is_running = if numbered {
            let numbers: Vec<u32> = places.iter().filter_map(|at| number_of(rows[*at].text)?.parse().ok()).collect();
            let rising = numbers.len() == places.len() && numbers.windows(2).all(|w| w[0] < w[1]);
            let at_border = places.iter().filter(|at| at_border(rows, **at)).count() * 3 >= places.len() * 2;
            let said = text.starts_with("Pagina #") || text.starts_with("Page #") || text.starts_with("pagina #");
            // Numbers alone may be footnotes; labels alone are headings; figures in a table rise by chance.
            let wordy = letters >= 8
                && text.matches('#').count() == 1
                && !label_alone(rows[places[0]].text)
                && shape::marker(rows[places[0]].text).is_none();
            rising && (said || wordy || (at_border && pages >= 3 && letters < 8))
        } else {
            letters >= 3
                && pages >= 4
                && places.len() * 2 > pages
                && places.iter().filter(|at| at_border(rows, **at)).count() * 10 >= places.len() * 9
        };
        if is_running {
            for at in places {
                rows[at].furniture = true;
            }
        }
    }
    labels(rows)
}

/// Whether a row is the first or the last of its page.
fn at_border(rows: &[Row<'_>], at: usize) -> bool {
    rows[at].page_top || rows.get(at + 1).is_none_or(|r| r.page_top) || at == 0
}

/// The text with each run of digits as `#`, blanks levelled.
fn masked(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let c = if c.is_ascii_digit() { '#' } else { c };
        let again = (c == '#' && out.ends_with('#')) || (c.is_whitespace() && out.ends_with(' '));
        if !again && (c.is_alphanumeric() || matches!(c, '#' | ' ')) {
            out.push(c);
        }
    }
    out
}

/// The number at the end of a text, else the one at its start.
fn number_of(text: &str) -> Option<&str> {
    let end = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let last = &end[end.trim_end_matches(|c: char| c.is_ascii_digit()).len()..];
    let first = &text[..text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len())];
    if !last.is_empty() && last.len() <= 4 { Some(last) } else { (!first.is_empty()).then_some(first) }
}

/// Pages by their tops; where none are marked, the running heads are the borders.
fn labels(rows: &mut [Row<'_>]) -> Vec<Label> {
    let marked = rows.iter().any(|r| r.page_top);
    let mut out: Vec<Label> = Vec::new();
    if marked {
        out.push(Label { row: 0, printed: None });
    }
    let mut carried = false;
    for (at, row) in rows.iter_mut().enumerate() {
        if row.page_top && at > 0 {
            out.push(Label { row: at, printed: None });
        }
        if row.furniture {
            let printed = number_of(row.text).map(str::to_string);
            if !marked {
                out.push(Label { row: at, printed });
            } else if let (Some(last), Some(printed)) = (out.last_mut(), printed) {
                last.printed.get_or_insert(printed);
            }
        }
        // The border must stay where the furniture goes.
        let border = carried || row.page_top;
        carried = border && row.furniture;
        row.page_top = border && !row.furniture;
    }
    out
}
