//! Filters: their names in Dutch and English, and the values each can have, brought into one form.

use super::Field;
use crate::doc::Lang;
use crate::lang::{fold, tokens};

/// Names of filters as typed; the first one of a field is its canonical name, the second its Dutch one.
const FIELDS: &[(&str, Field)] = &[
    ("report", Field::Report),
    ("rapport", Field::Report),
    ("file", Field::File),
    ("bestand", Field::File),
    ("org", Field::Org),
    ("organisatie", Field::Org),
    ("organisation", Field::Org),
    ("organization", Field::Org),
    ("year", Field::Year),
    ("jaar", Field::Year),
    ("section", Field::Section),
    ("sectie", Field::Section),
    ("heading", Field::Heading),
    ("kop", Field::Heading),
    ("knelpunt", Field::Knelpunt),
    ("tag", Field::Tag),
    ("label", Field::Tag),
    ("status", Field::Status),
    ("page", Field::Page),
    ("blz", Field::Page),
    ("bladzijde", Field::Page),
    ("pagina", Field::Page),
    ("in", Field::In),
    ("lang", Field::Lang),
    ("taal", Field::Lang),
];

/// The names that values of some filters have, each with its canonical one.
const PLACES: &[(&str, &str)] = &[
    ("notes", "notes"),
    ("note", "notes"),
    ("notities", "notes"),
    ("notitie", "notes"),
    ("text", "text"),
    ("tekst", "text"),
];
const STATUSES: &[(&str, &str)] = &[
    ("open", "open"),
    ("promised", "promised"),
    ("toegezegd", "promised"),
    ("resolved", "resolved"),
    ("opgelost", "resolved"),
];
const LANGUAGES: &[(&str, &str)] =
    &[("nl", "nl"), ("nederlands", "nl"), ("dutch", "nl"), ("en", "en"), ("engels", "en"), ("english", "en")];

impl Field {
    /// The field of a name as typed.
    pub fn named(name: &str) -> Option<Field> {
        FIELDS.iter().find(|(n, _)| n.eq_ignore_ascii_case(name)).map(|(_, f)| *f)
    }

    /// Its canonical name.
    pub fn name(self) -> &'static str {
        FIELDS.iter().find(|(_, f)| *f == self).map_or("", |(n, _)| n)
    }
}

/// The name of a filter that is one slip of the finger away, rather one of the given language; `None` for short words,
/// which are near to everything.
pub(super) fn nearly_named(name: &str, lang: Lang) -> Option<&'static str> {
    let name = fold(name);
    let long = |n: &str| n.chars().count() >= 3;
    let mut near = FIELDS.iter().map(|(n, _)| *n).filter(|n| long(&name) && long(n) && one_slip(&name, n));
    match lang {
        Lang::Nl => near.next_back(),
        Lang::En => near.next(),
    }
}

/// Whether one letter more, fewer, other, or two changed round make one word of the other.
fn one_slip(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let front = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let (a, b) = (&a[front..], &b[front..]);
    let back = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count();
    match (&a[..a.len() - back], &b[..b.len() - back]) {
        ([], [_]) | ([_], []) | ([_], [_]) => true,
        ([x, y], [v, w]) => x == w && y == v,
        _ => false,
    }
}

/// What came of a value.
pub(super) enum Value {
    /// In the form it is kept in.
    Sound(String),
    /// Not there yet.
    Empty,
    /// One that the filter cannot have.
    Bad,
}

/// Reads a value; with `last` it stands at the end of what is being typed.
pub(super) fn value(field: Field, text: &str, last: bool) -> Value {
    if text.is_empty() {
        return Value::Empty;
    }
    let any = |sound: bool| if sound { Value::Sound(text.to_owned()) } else { Value::Bad };
    match field {
        Field::Year if last && text.len() < 4 && text.bytes().all(|b| b.is_ascii_digit()) => Value::Empty,
        Field::Year => range(text).map_or(Value::Bad, Value::Sound),
        // a page may be printed as a letter or a Roman number
        Field::Page => range(text).map_or_else(|| any(!text.contains("..")), Value::Sound),
        Field::In => one_of(PLACES, text, last),
        Field::Status => one_of(STATUSES, text, last),
        Field::Lang => one_of(LANGUAGES, text, last),
        Field::Tag | Field::File => any(true),
        _ => {
            let mut words = 0;
            tokens(text, |_| words += 1);
            any(words > 0)
        }
    }
}

/// The canonical name of a value; with `last` its beginning will do, when nothing else begins so.
fn one_of(names: &[(&str, &str)], text: &str, last: bool) -> Value {
    let text = fold(text);
    let mut found = names.iter().filter(|(n, _)| *n == text || last && n.starts_with(&text)).map(|(_, v)| *v);
    match (names.iter().find(|(n, _)| *n == text), found.next()) {
        (Some((_, whole)), _) => Value::Sound((*whole).to_owned()),
        (None, Some(one)) if found.all(|v| v == one) => Value::Sound(one.to_owned()),
        (None, Some(_)) => Value::Empty,
        (None, None) => Value::Bad,
    }
}

/// A range as people write it, in the form that [`numbers`] reads: `2023-2025`, `2023 t/m 2025`, `>=2023`, also the
/// wrong way round.
fn range(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let number = |s: &str| s.parse::<u32>().ok();
    if let Some(rest) = text.strip_prefix(">=") {
        return number(rest).map(|n| format!("{n}.."));
    }
    if let Some(rest) = text.strip_prefix("<=") {
        return number(rest).map(|n| format!("..{n}"));
    }
    if let Some(rest) = text.strip_prefix('>') {
        return number(rest)?.checked_add(1).map(|n| format!("{n}.."));
    }
    if let Some(rest) = text.strip_prefix('<') {
        return number(rest)?.checked_sub(1).map(|n| format!("..{n}"));
    }
    for between in ["...", "..", "t/m", "\u{2026}", "-", "\u{2013}", "\u{2014}"] {
        let Some((from, to)) = text.split_once(between) else { continue };
        return match (from, to) {
            ("", "") => None,
            ("", to) if between != "-" => number(to).map(|n| format!("..{n}")),
            (from, "") => number(from).map(|n| format!("{n}..")),
            (from, to) => {
                let (a, b) = (number(from)?, number(to)?);
                Some(if a == b { a.to_string() } else { format!("{}..{}", a.min(b), a.max(b)) })
            }
        };
    }
    number(&text).map(|n| n.to_string())
}

/// A range of numbers, `2023..2025`, `2023..`, `..2025` or one.
pub(in crate::search) fn numbers(value: &str) -> Option<(u32, u32)> {
    let (from, to) = value.split_once("..").unwrap_or((value, value));
    let read = |s: &str, open: u32| if s.is_empty() { Some(open) } else { s.parse().ok() };
    let range = (read(from, 0)?, read(to, u32::MAX)?);
    (value != ".." && range.0 <= range.1).then_some(range)
}

/// Whether `in:` asks for notes (or for text); `None` when for something else.
pub(in crate::search) fn place(value: &str) -> Option<bool> {
    PLACES.iter().find(|(n, _)| *n == value).map(|(_, v)| *v == "notes")
}
