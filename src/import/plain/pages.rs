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
    let mut printed: FxHashMap<usize, String> = FxHashMap::default();
    for (text, places) in alike.into_iter().filter(|(_, p)| p.len() >= 3) {
        let numbered = text.contains('#');
        let letters = text.chars().filter(|c| c.is_alphabetic()).count();
        if !numbered {
            let is_running = letters >= 3
                && pages >= 4
                && places.len() * 2 > pages
                && places.iter().filter(|at| at_border(rows, **at)).count() * 10 >= places.len() * 9;
            if is_running {
                places.into_iter().for_each(|at| rows[at].furniture = true);
            }
            continue;
        }
        let Some(count) =
            [said_number as Count, last_number, first_number].into_iter().find(|c| counts(rows, &places, *c))
        else {
            continue;
        };
        let at_border = places.iter().filter(|at| at_border(rows, **at)).count() * 3 >= places.len() * 2;
        let said = count(rows[places[0]].text) == said_number(rows[places[0]].text);
        // Numbers alone may be footnotes; labels alone are headings; figures in a table rise by chance. A head that
        // names a year besides the page must stand by itself.
        let sole = text.matches('#').count() == 1 || places.iter().all(|at| alone(rows, *at));
        let first = rows[places[0]].text;
        let wordy = letters >= 8 && sole && !label_alone(first) && shape::marker(first).is_none();
        if said || wordy || (at_border && pages >= 3 && letters < 8) {
            for at in places {
                rows[at].furniture = true;
                printed.extend(count(rows[at].text).map(|(number, _)| (at, number.to_string())));
            }
        }
    }
    labels(rows, &mut printed)
}

/// Takes a page number off a line: the number, and what is left.
type Count = fn(&str) -> Option<(&str, &str)>;

/// Whether a number rises from place to place and all else stays as it is.
fn counts(rows: &[Row<'_>], places: &[usize], count: Count) -> bool {
    let found: Vec<(u32, Vec<&str>)> = places
        .iter()
        .filter_map(|at| {
            let (number, rest) = count(rows[*at].text)?;
            Some((number.parse().ok()?, rest.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect()))
        })
        .collect();
    found.len() == places.len() && found.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 == w[1].1)
}

/// Whether nothing stands right above or below a row.
fn alone(rows: &[Row<'_>], at: usize) -> bool {
    let above = at == 0 || rows[at].gap > 0 || rows[at].page_top;
    above && rows.get(at + 1).is_none_or(|r| r.gap > 0 || r.page_top)
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

/// The number that is said to be a page's: "Pagina 3", "Page 3 of 10".
fn said_number(text: &str) -> Option<(&str, &str)> {
    let words = ["Pagina ", "pagina ", "Page ", "page ", "Blz. ", "blz. "];
    first_number(words.into_iter().find_map(|w| text.strip_prefix(w))?)
}

/// The number at the end of a text.
fn last_number(text: &str) -> Option<(&str, &str)> {
    let end = text.trim_end_matches(|c: char| !c.is_ascii_digit());
    let rest = end.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = &end[rest.len()..];
    (1..=4).contains(&number.len()).then_some((number, rest))
}

/// The number at its start.
fn first_number(text: &str) -> Option<(&str, &str)> {
    let (number, rest) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    (1..=4).contains(&number.len()).then_some((number, rest))
}

/// Whether the furniture stands at the foot of its pages: the text begins before the first of it and ends before the last.
fn at_the_foot(rows: &[Row<'_>]) -> bool {
    let furniture = |r: &Row<'_>| r.furniture;
    rows.first().is_some_and(|r| !r.furniture) && rows.last().is_some_and(furniture)
}

/// Pages that end at their running feet: each number is that of the text above it.
fn feet(rows: &[Row<'_>], printed: &mut FxHashMap<usize, String>) -> Vec<Label> {
    let mut begins = 0;
    let mut out = Vec::new();
    for at in (0..rows.len()).filter(|at| rows[*at].furniture) {
        if let Some(number) = printed.remove(&at) {
            out.push(Label { row: begins, printed: Some(number) });
            begins = at + 1;
        }
    }
    out
}

/// Pages by their tops; where none are marked, the running heads are the borders.
fn labels(rows: &mut [Row<'_>], printed: &mut FxHashMap<usize, String>) -> Vec<Label> {
    let marked = rows.iter().any(|r| r.page_top);
    if !marked && at_the_foot(rows) {
        return feet(rows, printed);
    }
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
            let printed = printed.remove(&at);
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
