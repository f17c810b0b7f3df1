//! What the text says of a part: who published it, when, in what language, and what a letter is about.

use crate::doc::{BlockKind, Lang, PartKind};
use crate::import::draft::Draft;
use std::ops::Range;

const MONTHS: [(&str, &str); 12] = [
    ("januari", "january"),
    ("februari", "february"),
    ("maart", "march"),
    ("april", "april"),
    ("mei", "may"),
    ("juni", "june"),
    ("juli", "july"),
    ("augustus", "august"),
    ("september", "september"),
    ("oktober", "october"),
    ("november", "november"),
    ("december", "december"),
];

/// Words that bodies which publish reports have in their name.
const BODIES: &[&str] = &[
    "ministerie",
    "agentschap",
    "dienst",
    "inspectie",
    "bureau",
    "instituut",
    "raad",
    "autoriteit",
    "centraal",
    "centrum",
    "rijksdienst",
    "college",
    "kamer",
    "commissie",
    "gemeente",
    "provincie",
    "waterschap",
    "politie",
    "belastingdienst",
    "stichting",
    "fonds",
    "bank",
    "planbureau",
    "ministry",
    "agency",
    "authority",
    "institute",
    "inspectorate",
    "council",
    "office",
    "rekenkamer",
    "waarborgfonds",
];

/// How lines begin that name a body and say something of it.
const SENTENCES: &[&str] = &[
    "aan ",
    "dit is ",
    "dit ",
    "een uitgave",
    "de minister",
    "de staatssecretaris",
    "namens ",
    "this is ",
    "voorzitter",
    "directeur",
    "secretaris",
    "minister van",
    "staatssecretaris van",
];

/// The subject of a letter, where this piece holds it.
pub(super) fn subject(draft: &Draft, at: usize) -> Option<String> {
    let text = draft.text_of(&draft.pieces[at]);
    if text.len() > 800 {
        return None;
    }
    for word in ["Betreft", "Onderwerp", "Subject", "Re:"] {
        let Some(found) = text.find(word) else { continue };
        // At the start, or after the date on the line before.
        let apart = found == 0 || text[..found].ends_with([' ', '\n']);
        let rest = text[found + word.len()..].trim_start_matches([':', ' ', '\n', '\t']);
        let rest = rest.split('\n').next().unwrap_or("").trim();
        if apart && rest.len() > 3 {
            return Some(rest.to_string());
        }
        // The subject in a block of its own below its word.
        let next = draft.pieces.get(at + 1).map(|p| draft.text_of(p)).filter(|t| t.len() < 200);
        if apart && rest.is_empty() && text.len() < 20 {
            return next.map(|t| t.replace('\n', " "));
        }
    }
    None
}

/// The year named in a text, the last one.
pub(super) fn year(text: &str) -> Option<i32> {
    let digits = |c: char| !c.is_ascii_digit();
    text.split(digits).filter(|w| w.len() == 4).filter_map(|w| w.parse().ok()).rfind(|y| (1950..=2100).contains(y))
}

/// The first date in a text: `YYYY-MM-DD` from "3 mei 2027", "3-5-2027" or itself; `YYYY-MM` from "mei 2027".
pub(super) fn date(text: &str) -> Option<String> {
    let words: Vec<&str> = text
        .split([' ', '\n', '\t'])
        .map(|w| w.trim_matches([',', '.', ':', ';', '(', ')']))
        .filter(|w| !w.is_empty())
        .collect();
    for (at, word) in words.iter().enumerate() {
        let lower = word.to_lowercase();
        if let Some(month) = MONTHS.iter().position(|(nl, en)| lower == *nl || lower == *en)
            && let Some(year) = words.get(at + 1).and_then(|w| year_alone(w))
        {
            let day = at.checked_sub(1).and_then(|i| words[i].parse::<u32>().ok()).filter(|d| (1..=31).contains(d));
            return Some(day.map_or(format!("{year}-{:02}", month + 1), |d| format!("{year}-{:02}-{d:02}", month + 1)));
        }
        let parts: Vec<&str> = word.split(['-', '/', '.']).collect();
        if let [a, b, c] = parts[..]
            && let (Ok(x), Ok(month), Ok(z)) = (a.parse::<u32>(), b.parse::<u32>(), c.parse::<u32>())
            && (1..=12).contains(&month)
        {
            if let Some(year) = year_alone(a).filter(|_| (1..=31).contains(&z)) {
                return Some(format!("{year}-{month:02}-{z:02}"));
            }
            if let Some(year) = year_alone(c).filter(|_| (1..=31).contains(&x)) {
                return Some(format!("{year}-{month:02}-{x:02}"));
            }
        }
    }
    None
}

fn year_alone(word: &str) -> Option<i32> {
    (word.len() == 4).then(|| word.parse().ok()).flatten().filter(|y| (1950..=2100).contains(y))
}

/// The date of a part: in the short lines of its first pages, else of its last.
pub(super) fn date_of(draft: &Draft, pieces: Range<usize>) -> Option<String> {
    let head = pieces.start..pieces.end.min(pieces.start + 20);
    let tail = head.end.max(pieces.end.saturating_sub(12))..pieces.end;
    head.chain(tail)
        .map(|i| &draft.pieces[i])
        .filter(|p| p.range.len() < 120 && p.furniture.is_none())
        .find_map(|p| date(draft.text_of(p)))
}

/// Who published a part: a letter by who signs it, a report by the name on its title page or at its end.
pub(super) fn org(draft: &Draft, pieces: Range<usize>, kind: PartKind, title: Option<usize>) -> Option<String> {
    if kind == PartKind::Letter {
        let signed =
            draft.pieces[pieces.clone()].iter().filter(|p| p.range.len() < 90).map(|p| draft.text_of(p)).find_map(
                |t| {
                    let rest = t.lines().next()?.strip_prefix("De ")?;
                    let (who, of) = rest.split_once(" van ")?;
                    let minister = who.eq_ignore_ascii_case("minister") || who.eq_ignore_ascii_case("staatssecretaris");
                    minister.then(|| format!("Ministerie van {}", of.trim_end_matches([',', '.', ' '])))
                },
            );
        if signed.is_some() {
            return signed;
        }
    }
    let front = pieces.start..pieces.end.min(title.map_or(pieces.start + 6, |t| t + 3));
    let named = front
        .filter(|i| Some(*i) != title)
        .filter(|i| short(draft, *i))
        .find_map(|i| body_in(draft.text_of(&draft.pieces[i])));
    named.or_else(|| {
        let tail = pieces.end.saturating_sub(10).max(pieces.start)..pieces.end;
        tail.filter(|i| short(draft, *i)).find_map(|i| {
            let text = draft.text_of(&draft.pieces[i]);
            body_in(text).filter(|_| draft.pieces[i].kind == BlockKind::Code || text.len() < 80)
        })
    })
}

/// Whether what the properties of a file call its title is one: no name of a file or of the program that wrote it.
pub(super) fn names_report(title: &str) -> bool {
    let lower = title.to_lowercase();
    let letters = title.chars().filter(|c| c.is_alphabetic()).count();
    let program =
        ["microsoft word", "microsoft powerpoint", "untitled", "naamloos", "document", "powerpoint", "slide 1"];
    let file = lower.rsplit_once('.').is_some_and(|(stem, end)| {
        !stem.is_empty()
            && (2..=5).contains(&end.len())
            && end.chars().all(|c| c.is_ascii_alphanumeric())
            && !end.contains(' ')
    });
    letters > 3
        && !program.iter().any(|p| lower.starts_with(p))
        && !file
        && (title.contains(' ') || !title.contains('_'))
}

/// Whether a short text is the name of a body and nothing else.
pub(super) fn is_body(text: &str) -> bool {
    !text.contains(|c: char| c.is_ascii_digit()) && body_in(text).is_some()
}

fn short(draft: &Draft, at: usize) -> bool {
    let piece = &draft.pieces[at];
    piece.range.len() < 200
        && piece.furniture.is_none()
        && !matches!(piece.kind, BlockKind::Item { .. } | BlockKind::Table { .. })
}

/// The first line that reads like the name of a body, without "Ministerie van …" after it.
fn body_in(text: &str) -> Option<String> {
    let line = text.split('\n').map(str::trim).find(|line| {
        let words: Vec<&str> = line.split(' ').collect();
        let lower = line.to_lowercase();
        (2..=9).contains(&words.len())
            && line.starts_with(char::is_uppercase)
            && !line.ends_with(['.', ':', '?', ';', '!', ','])
            // a line about a body, not its name
            && ![" bij het ", " bij de ", " van onze "].iter().any(|s| lower.contains(s))
            && !line.contains(|c: char| c.is_ascii_digit())
            && !SENTENCES.iter().any(|s| lower.starts_with(s))
            && lower
                .split(|c: char| !c.is_alphabetic())
                .any(|w| BODIES.contains(&w) || (w.len() > 8 && BODIES.iter().any(|b| b.len() > 5 && w.ends_with(b))))
    })?;
    // Two names in one line: the publisher and the ministry it belongs to.
    let cut = line.match_indices(" Ministerie van ").next().map_or(line.len(), |(at, _)| at);
    Some(line[..cut].trim().to_string())
}

/// The language of a part, told by its running text.
pub(super) fn lang(draft: &Draft, pieces: Range<usize>) -> Lang {
    let mut sample = String::new();
    for piece in draft.pieces[pieces].iter().filter(|p| p.range.len() > 80 && p.furniture.is_none()) {
        let text = draft.text_of(piece);
        sample.push_str(text.get(..300).unwrap_or(if text.len() > 300 { "" } else { text }));
        sample.push(' ');
        if sample.len() > 1_500 {
            break;
        }
    }
    let only = whatlang::Detector::with_allowlist(vec![whatlang::Lang::Nld, whatlang::Lang::Eng]);
    match only.detect_lang(&sample) {
        Some(whatlang::Lang::Eng) => Lang::En,
        _ => Lang::Nl,
    }
}
