//! Places as other programs count them.
//!
//! The standard has code points of the text file, end exclusive. Programs differ: CR LF as two or as one (ATLAS.ti keeps CR LF
//! in the file and counts one), UTF-16 units, a byte-order mark that counts, an end that is the last character. Which one a
//! project means is told by its own selections: those that carry their words in `@name`, and those that begin and end at
//! the border of a word. Where these say nothing, the standard is right.

use crate::notes::Position;
use std::borrow::Cow;

/// Fewest characters by which the beginning of a quote tells it.
const TELLING: usize = 12;

/// The text of a source.
pub(super) struct Text {
    /// With LF, without byte-order mark.
    pub(super) text: String,
    /// As it stands in the file.
    raw: Raw,
}

struct Raw {
    text: String,
    mark: bool,
}

/// How places are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Dialect {
    /// CR LF is two.
    two: bool,
    /// In UTF-16 units.
    wide: bool,
    /// The byte-order mark is one.
    mark: bool,
    /// The end is the last character itself.
    last: bool,
}

/// A selection to judge by: which text, where it says it is, and its name.
pub(super) struct Sample<'a> {
    pub(super) text: usize,
    pub(super) start: i64,
    pub(super) end: i64,
    pub(super) name: &'a str,
}

impl Text {
    /// Reads the bytes of a text; `false` when they were no UTF-8 or UTF-16 and were taken as Windows-1252.
    pub(super) fn decode(bytes: &[u8]) -> (Text, bool) {
        let marked = encoding_rs::Encoding::for_bom(bytes);
        let (text, sure): (Cow<'_, str>, bool) = match marked {
            Some((encoding, _)) => {
                let (text, _, wrong) = encoding.decode(bytes);
                (text, !wrong)
            }
            None => match std::str::from_utf8(bytes) {
                Ok(text) => (Cow::Borrowed(text), true),
                Err(_) => (encoding_rs::WINDOWS_1252.decode(bytes).0, false),
            },
        };
        (Text::new(text.into_owned(), marked.is_some()), sure)
    }

    /// A text that stands in the project itself.
    pub(super) fn inline(text: &str) -> Text {
        Text::new(text.to_owned(), false)
    }

    fn new(raw: String, mark: bool) -> Text {
        let text = raw.replace("\r\n", "\n").replace('\r', "\n");
        Text { text, raw: Raw { text: raw, mark } }
    }

    /// For each place in this dialect, the place in code points of the text with LF.
    fn map(&self, dialect: Dialect) -> Vec<u32> {
        let mut map = Vec::with_capacity(self.raw.text.len() + 2);
        let mut at = 0u32;
        if dialect.mark && self.raw.mark {
            map.push(0);
        }
        let mut chars = self.raw.text.chars().peekable();
        while let Some(c) = chars.next() {
            let units = if dialect.wide { c.len_utf16() } else { 1 };
            map.extend(std::iter::repeat_n(at, units));
            if c == '\r' && chars.peek() == Some(&'\n') {
                chars.next();
                map.extend(dialect.two.then_some(at));
            }
            at += 1;
        }
        map.push(at);
        map
    }

    /// All ways to count that make a difference here.
    fn dialects(&self) -> impl Iterator<Item = Dialect> {
        let both = |can: bool| if can { [Some(false), Some(true)] } else { [Some(false), None] };
        let (two, wide) = (self.raw.text.contains("\r\n"), self.raw.text.chars().any(|c| c.len_utf16() > 1));
        let mark = self.raw.mark;
        both(two).into_iter().flatten().flat_map(move |two| {
            both(wide).into_iter().flatten().flat_map(move |wide| {
                both(mark)
                    .into_iter()
                    .flatten()
                    .flat_map(move |mark| [false, true].into_iter().map(move |last| Dialect { two, wide, mark, last }))
            })
        })
    }
}

/// The way to count that the selections speak for; on a tie the standard's (`two` says whether CR LF is two in it).
pub(super) fn dialect(texts: &[Option<Text>], samples: &[Sample<'_>], two: bool) -> Dialect {
    let standard = Dialect { two, wide: false, mark: false, last: false };
    let mut all = vec![standard];
    for dialect in texts.iter().flatten().flat_map(Text::dialects) {
        if !all.contains(&dialect) {
            all.push(dialect);
        }
    }
    let mut best = (standard, 0);
    for dialect in all {
        let mut score = 0usize;
        for (i, text) in texts.iter().enumerate() {
            let Some(text) = text else { continue };
            let mut here = samples.iter().filter(|s| s.text == i).peekable();
            if here.peek().is_none() {
                continue;
            }
            let (places, bytes) = (Places::new(text, dialect), bytes_of(&text.text));
            for sample in here {
                let Some(position) = places.place(sample.start, sample.end) else { continue };
                let (start, end) = (bytes[position.start as usize], bytes[position.end as usize]);
                // The words themselves say more than any number of borders.
                score += 1000 * usize::from(names(sample.name, &text.text[start..end]));
                score += usize::from(borders(&text.text, start, end));
            }
        }
        if score > best.1 {
            best = (dialect, score);
        }
    }
    best.0
}

/// The places of one text in one dialect.
pub(super) struct Places {
    map: Vec<u32>,
    last: bool,
}

impl Places {
    pub(super) fn new(text: &Text, dialect: Dialect) -> Places {
        Places { map: text.map(dialect), last: dialect.last }
    }

    /// A place in code points of the text; `None` when it lies outside or holds nothing.
    pub(super) fn place(&self, start: i64, end: i64) -> Option<Position> {
        let end = if self.last { end.checked_add(1)? } else { end };
        let at = |place: i64| self.map.get(usize::try_from(place).ok()?).copied();
        let (start, end) = (at(start)?, at(end)?);
        (start < end).then_some(Position { start, end })
    }
}

/// Where each character begins, and the end of the text, in bytes.
pub(super) fn bytes_of(text: &str) -> Vec<usize> {
    text.char_indices().map(|(at, _)| at).chain([text.len()]).collect()
}

/// Whether a name is the words of the place, or their beginning.
fn names(name: &str, words: &str) -> bool {
    let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let (name, words) = (squeeze(name), squeeze(words));
    let cut = name.trim_end_matches(['.', '…']);
    name == words || (cut.chars().count() >= TELLING && cut.len() < name.len() && words.starts_with(cut))
}

/// Whether a place begins and ends at the border of a word.
fn borders(text: &str, start: usize, end: usize) -> bool {
    let word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let starts = !word(text[..start].chars().next_back()) && !text[start..].starts_with(char::is_whitespace);
    let ends = !word(text[end..].chars().next()) && !text[..end].ends_with(char::is_whitespace);
    starts && ends
}
