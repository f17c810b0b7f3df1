//! Official gazettes, and judgments by their European identifier.

use super::cursor::Cursor;
use super::{Kind, Read};

const SITE: &str = "https://zoek.officielebekendmakingen.nl";

/// A gazette: the words that name it, its usual name, how its addresses begin, and the first year of which each number
/// has one.
struct Gazette {
    words: &'static [&'static str],
    name: &'static str,
    address: Option<(&'static str, u16)>,
}

const GAZETTES: [Gazette; 5] = [
    Gazette { words: &["stb", "staatsblad"], name: "Stb.", address: Some(("stb", 1995)) },
    // before it was published on the web alone, an article had an address, not a number
    Gazette { words: &["stcrt", "staatscourant"], name: "Stcrt.", address: Some(("stcrt", 2010)) },
    Gazette { words: &["trb", "tractatenblad"], name: "Trb.", address: Some(("trb", 1995)) },
    Gazette { words: &["gemeenteblad"], name: "Gemeenteblad", address: Some(("gmb", 2014)) },
    Gazette { words: &["pbeu", "pbeg", "pb", "oj"], name: "PbEU", address: None },
];

/// Words with which a reference to a gazette begins.
pub(super) fn begins(word: &str) -> bool {
    gazette(word).is_some()
}

fn gazette(word: &str) -> Option<&'static Gazette> {
    // "pb" and "oj" are names only in capitals
    let exact = |w: &str| w == "PB" || w == "OJ" || w == "Pb";
    let short = word.len() == 2;
    GAZETTES.iter().find(|g| g.words.iter().any(|w| word.eq_ignore_ascii_case(w)) && (!short || exact(word)))
}

/// Reads the number of a gazette that is named at the beginning of a text.
pub(super) fn read(text: &str, word: &str) -> Vec<Read> {
    let Some(gazette) = gazette(word) else { return Vec::new() };
    let mut cur = Cursor::new(text, word.len());
    if cur.peek() == Some('.') {
        cur.at += 1;
    }
    cur.blanks();
    let found = match gazette.address {
        Some(address) => national(cur, gazette.name, address),
        None => european(cur),
    };
    found.into_iter().collect()
}

/// "2018, 144", "2020, nr. 12345", "2020 12345".
fn national(mut cur: Cursor, name: &str, (address, first): (&str, u16)) -> Option<Read> {
    let year = year(&mut cur)?;
    let parted = cur.sign(&[',', '/']) || cur.dash();
    let blank = cur.blanks();
    let _ = cur.one_of(&["nr", "no", "nummer"]);
    let number = cur.digits(1, 6).filter(|n| (parted || blank) && !n.starts_with('0'))?;
    let url = (year >= first && cur.ends()).then(|| format!("{SITE}/{address}-{year}-{number}.html"));
    Some(Read { start: 0, end: cur.at, kind: Kind::Gazette, label: format!("{name} {year}, {number}"), url })
}

/// "2016, L 119", "L 119 van 4.5.2016", "L 119, 4.5.2016".
fn european(mut cur: Cursor) -> Option<Read> {
    let _ = cur.one_of(&["EU", "EG"]);
    let mut year_of = year(&mut cur);
    let _ = cur.sign(&[',']);
    cur.blanks();
    let series = cur.word().filter(|w| ["L", "C"].contains(w))?;
    let _ = cur.sign(&['-', '/']);
    cur.blanks();
    let number = cur.digits(1, 4)?;
    let end = cur.at;
    if year_of.is_none() {
        let mut next = cur;
        let _ = next.sign(&[',']);
        next.blanks();
        let _ = next.one_of(&["van", "of"]);
        year_of = date_year(&mut next);
        if year_of.is_some() {
            cur = next;
        }
    }
    let end = if year_of.is_some() { cur.at.max(end) } else { end };
    let label = match year_of {
        Some(year) => format!("PbEU {year}, {series} {number}"),
        None => format!("PbEU {series} {number}"),
    };
    // the form of an address for a whole number of the Official Journal, until it was published act by act
    let url = year_of
        .filter(|y| (1952..2023).contains(y))
        .map(|year| format!("https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=OJ:{series}:{year}:{number:0>3}:TOC"));
    Some(Read { start: 0, end, kind: Kind::Gazette, label, url })
}

fn year(cur: &mut Cursor) -> Option<u16> {
    let mut next = *cur;
    let year = next.digits(4, 4)?.parse().ok().filter(|y| (1813..2100).contains(y))?;
    *cur = next;
    Some(year)
}

/// The year of a date in digits: "4.5.2016".
fn date_year(cur: &mut Cursor) -> Option<u16> {
    cur.digits(1, 2)?;
    cur.sign(&['.', '-', '/']).then_some(())?;
    cur.blanks();
    cur.digits(1, 2)?;
    cur.sign(&['.', '-', '/']).then_some(())?;
    cur.blanks();
    year(cur)
}

/// Whether a word begins a European Case Law Identifier.
pub(super) fn is_ecli(word: &str) -> bool {
    word.eq_ignore_ascii_case("ecli")
}

/// Reads an identifier: country, court, year and number, parted by colons (Council conclusions 2011/C 127/01).
pub(super) fn ecli(text: &str, word: &str) -> Vec<Read> {
    identifier(text, word).into_iter().collect()
}

fn identifier(text: &str, word: &str) -> Option<Read> {
    let mut cur = Cursor::new(text, word.len());
    let mut field = |most: usize, dots: bool| {
        (cur.peek() == Some(':')).then_some(())?;
        cur.at += 1;
        let rest = cur.rest();
        let len = rest.find(|c: char| !(c.is_ascii_alphanumeric() || dots && c == '.')).unwrap_or(rest.len());
        let field = rest[..len].trim_end_matches('.');
        cur.at += field.len();
        ((1..=most).contains(&field.len())).then(|| field.to_ascii_uppercase())
    };
    let country = field(2, false).filter(|c| c.len() == 2 && c.bytes().all(|b| b.is_ascii_alphabetic()))?;
    let court = field(7, true)?;
    let year = field(4, false).filter(|y| y.len() == 4 && y.bytes().all(|b| b.is_ascii_digit()))?;
    let number = field(25, true)?;
    let label = format!("ECLI:{country}:{court}:{year}:{number}");
    let url = match country.as_str() {
        "NL" => Some(format!("https://deeplink.rechtspraak.nl/uitspraak?id={label}")),
        "EU" => Some(format!("https://eur-lex.europa.eu/legal-content/NL/TXT/?uri=ecli:{label}")),
        _ => None,
    };
    Some(Read { start: 0, end: cur.at, kind: Kind::Judgment, label, url })
}
