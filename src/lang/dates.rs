//! Dates in one form: `3 mei 2027`, `3-5-2027` and `2027-05-03` are the same day.

use super::fold::fold;
use super::number::{continues_as_word, digits};

/// The months by their first letters, Dutch and English; long enough to tell them apart.
const MONTHS: [&[&str]; 12] = [
    &["januari", "january", "jan"],
    &["februari", "february", "feb"],
    &["maart", "march", "mrt"],
    &["april", "apr"],
    &["mei", "may"],
    &["juni", "june", "jun"],
    &["juli", "july", "jul"],
    &["augustus", "august", "aug"],
    &["september", "sept", "sep"],
    &["oktober", "october", "okt", "oct"],
    &["november", "nov"],
    &["december", "dec"],
];

/// A date read at the start of a text.
pub(super) struct Date {
    /// Bytes it takes.
    pub len: usize,
    /// `YYYY-MM-DD`.
    pub form: String,
    /// Its words or figures, as byte ranges.
    pub parts: [(usize, usize); 3],
}

/// Reads a date at the start of `text`.
pub(super) fn date(text: &str) -> Option<Date> {
    let bytes = text.as_bytes();
    let first = digits(bytes, 0);
    match (first, bytes.get(first)?) {
        (4, b'-') => figures(text, first, b'-', true),
        (1 | 2, &sep @ (b'-' | b'/' | b'.')) => figures(text, first, sep, false),
        (1 | 2, b' ' | 0xc2) => in_words(text, first),
        _ => None,
    }
}

fn figures(text: &str, first: usize, sep: u8, year_first: bool) -> Option<Date> {
    let bytes = text.as_bytes();
    let middle = (first + 1, first + 1 + digits(bytes, first + 1));
    if bytes.get(middle.1) != Some(&sep) {
        return None;
    }
    let last = (middle.1 + 1, middle.1 + 1 + digits(bytes, middle.1 + 1));
    let parts = [(0, first), middle, last];
    let (day, year) = if year_first { (last, (0, first)) } else { ((0, first), last) };
    build(text, parts, day, text[middle.0..middle.1].parse().ok()?, year)
}

fn in_words(text: &str, first: usize) -> Option<Date> {
    let blank =
        |at: usize| text[at..].chars().next().filter(|c| matches!(c, ' ' | '\u{a0}')).map(|c| at + c.len_utf8());
    let from = blank(first)?;
    let to = from + text[from..].find(|c: char| !c.is_ascii_alphabetic())?;
    let word = fold(&text[from..to]);
    let month = MONTHS.iter().position(|names| names.contains(&word.as_str()))? as u32 + 1;
    let dot = to + usize::from(text[to..].starts_with('.'));
    let at = blank(dot)?;
    let year = (at, at + digits(text.as_bytes(), at));
    build(text, [(0, first), (from, to), year], (0, first), month, year)
}

fn build(
    text: &str,
    parts: [(usize, usize); 3],
    day: (usize, usize),
    month: u32,
    year: (usize, usize),
) -> Option<Date> {
    let len = parts[2].1;
    let day_number: u32 = text[day.0..day.1].parse().ok()?;
    let sound = year.1 - year.0 == 4 && (1..=31).contains(&day_number) && (1..=12).contains(&month);
    (sound && !continues_as_word(text, len)).then(|| Date {
        len,
        form: format!("{}-{month:02}-{day_number:02}", &text[year.0..year.1]),
        parts,
    })
}
