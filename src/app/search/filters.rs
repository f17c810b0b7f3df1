//! Filters in the text of a query, as a facet puts them there and takes them away: the box is the only owner of what is
//! asked, so what is chosen is read from its text. Pure functions on text; whatever else stands in it stays as it is.

use crate::doc::Lang;
use std::ops::Range;

/// What hits can be narrowed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Facet {
    /// Who published the report.
    Org,
    /// The year it is about.
    Year,
    /// The report.
    Part,
    /// The knelpunt a passage belongs to.
    Knelpunt,
}

impl Facet {
    /// All facets, in the order in which they are shown.
    pub const ALL: [Facet; 4] = [Facet::Year, Facet::Org, Facet::Part, Facet::Knelpunt];

    /// Names of the filters that narrow by it: English, then Dutch.
    fn names(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Facet::Org => &[("org", "org")],
            Facet::Year => &[("year", "jaar")],
            Facet::Part => &[("report", "rapport"), ("file", "bestand")],
            Facet::Knelpunt => &[("knelpunt", "knelpunt")],
        }
    }
}

/// A filter: the English name and the value.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Clause {
    name: &'static str,
    value: String,
}

impl Clause {
    /// A filter of this English name, with a value on one line and without quotation marks.
    pub fn new(name: &'static str, value: &str) -> Clause {
        let plain: String = value.chars().map(|c| if is_quote(c) || c == '\\' { ' ' } else { c }).collect();
        Clause { name, value: plain.split_whitespace().collect::<Vec<_>>().join(" ") }
    }

    /// What is asked for.
    pub fn value(&self) -> &str {
        &self.value
    }

    /// As it is written in a query, in the language of the screens.
    pub fn text(&self, lang: Lang) -> String {
        let of = |f: Facet| f.names().iter().find(|(english, _)| *english == self.name);
        let (english, dutch) = Facet::ALL.into_iter().find_map(of).copied().unwrap_or((self.name, self.name));
        let name = if lang == Lang::Nl { dutch } else { english };
        let bare = self.value.chars().all(|c| c.is_alphanumeric() || matches!(c, '.' | '-' | '_'));
        if bare { format!("{name}:{}", self.value) } else { format!("{name}:\"{}\"", self.value) }
    }

    /// Whether two filters ask for the same, however the words are written.
    pub fn same(&self, other: &Clause) -> bool {
        self.name == other.name && self.value.to_lowercase() == other.value.to_lowercase()
    }
}

/// A word of a query at its outermost level.
struct Item {
    range: Range<usize>,
    /// The filters it stands for; none when it is something else, or has a sign before it.
    clauses: Vec<Clause>,
}

/// The filters of a facet in a text: alternatives to each other.
#[must_use]
pub fn chosen(text: &str, facet: Facet) -> Vec<Clause> {
    runs(text, facet).into_iter().flat_map(|(_, clauses)| clauses).collect()
}

/// The text without the filters of a facet.
#[must_use]
pub fn without(text: &str, facet: Facet) -> String {
    put(text, facet, &[], Lang::En)
}

/// The text with a filter put to those of its facet, or taken away from them.
#[must_use]
pub fn toggled(text: &str, facet: Facet, clause: &Clause, lang: Lang) -> String {
    let mut clauses = chosen(text, facet);
    match clauses.iter().position(|c| c.same(clause)) {
        Some(at) => drop(clauses.remove(at)),
        None => clauses.push(clause.clone()),
    }
    put(text, facet, &clauses, lang)
}

/// The text with these filters in the place of those of a facet. They go to its beginning where it has none yet: what is
/// being typed at its end may go on.
fn put(text: &str, facet: Facet, clauses: &[Clause], lang: Lang) -> String {
    let new = clauses.iter().map(|c| c.text(lang)).collect::<Vec<_>>().join(" OR ");
    let runs = runs(text, facet);
    let mut out = String::with_capacity(text.len() + new.len() + 1);
    let mut add = |piece: &str| {
        let piece = if out.is_empty() { piece.trim_start() } else { piece };
        if !out.is_empty() && !out.ends_with(' ') && !piece.is_empty() && !piece.starts_with(' ') {
            out.push(' ');
        }
        out.push_str(if out.ends_with(' ') { piece.trim_start() } else { piece });
    };
    let mut at = 0;
    for (i, (range, _)) in runs.iter().enumerate() {
        add(&text[at..range.start]);
        if i == 0 {
            add(&new);
        }
        at = range.end;
    }
    if runs.is_empty() {
        add(&new);
    }
    add(&text[at..]);
    out
}

/// Where filters of a facet stand side by side or joined by OR, with nothing else in between.
fn runs(text: &str, facet: Facet) -> Vec<(Range<usize>, Vec<Clause>)> {
    let items = items(text, facet);
    let is_or = |i: usize| items.get(i).is_some_and(|item| &text[item.range.clone()] == "OR");
    let mut out = Vec::new();
    let mut i = 0;
    while i < items.len() {
        if items[i].clauses.is_empty() {
            i += 1;
            continue;
        }
        let (first, mut last) = (i, i);
        while is_or(last + 1) && items.get(last + 2).is_some_and(|item| !item.clauses.is_empty()) {
            last += 2;
        }
        // one side of an OR with something else is no filter by itself
        let of_an_or = is_or(last + 1) || first > 0 && is_or(first - 1);
        if !of_an_or {
            let clauses = items[first..=last].iter().flat_map(|item| item.clauses.clone()).collect();
            out.push((items[first].range.start..items[last].range.end, clauses));
        }
        i = last + 1;
    }
    out
}

/// The words of a text, with what stands between quotation marks or parentheses as one.
fn items(text: &str, facet: Facet) -> Vec<Item> {
    let mut out = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let rest = &text[at..];
        let Some(c) = rest.chars().next() else { break };
        if c.is_whitespace() {
            at += c.len_utf8();
            continue;
        }
        let end = at + item_end(rest);
        out.push(Item { range: at..end, clauses: clauses(&text[at..end], facet) });
        at = end;
    }
    out
}

/// Bytes of the first word of a text.
fn item_end(text: &str) -> usize {
    let (mut depth, mut quoted) = (0_usize, false);
    for (i, c) in text.char_indices() {
        match c {
            c if is_quote(c) => {
                quoted = !quoted;
                if !quoted && depth == 0 {
                    return i + c.len_utf8();
                }
            }
            _ if quoted => {}
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            c if c.is_whitespace() && depth == 0 => return i,
            _ => {}
        }
    }
    text.len()
}

/// The filters of a facet that a word is: one, or those of the years of a range.
fn clauses(word: &str, facet: Facet) -> Vec<Clause> {
    /// Longer ranges of years stay as they are.
    const YEARS: i32 = 30;
    let Some((name, value)) = word.split_once(':') else { return Vec::new() };
    let known =
        |(english, dutch): &&(&str, &str)| english.eq_ignore_ascii_case(name) || dutch.eq_ignore_ascii_case(name);
    let Some((english, _)) = facet.names().iter().find(known) else { return Vec::new() };
    let value = value.trim_matches(is_quote).trim();
    if facet == Facet::Year {
        let Some((from, to)) = value.split_once("..") else {
            return value.parse::<i32>().map(|y| Clause::new(english, &y.to_string())).into_iter().collect();
        };
        return match (from.parse::<i32>(), to.parse::<i32>()) {
            (Ok(from), Ok(to)) if from <= to && to - from < YEARS => {
                (from..=to).map(|y| Clause::new(english, &y.to_string())).collect()
            }
            _ => Vec::new(),
        };
    }
    if value.is_empty() { Vec::new() } else { vec![Clause::new(english, value)] }
}

fn is_quote(c: char) -> bool {
    matches!(c, '"' | '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{ab}' | '\u{bb}')
}

#[cfg(test)]
mod tests;
