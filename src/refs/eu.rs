//! Acts of the European Union: `Verordening (EU) 2016/679`, `Richtlijn 95/46/EG`, `Directive 2006/123/EC`.

use super::cursor::Cursor;
use super::{Kind, Read};

/// What an act is: the words that name it, its usual name, and its name in addresses of the European Legislation
/// Identifier (<https://eur-lex.europa.eu/eli>).
struct Act {
    words: &'static [&'static str],
    name: &'static str,
    eli: Option<&'static str>,
}

const ACTS: [Act; 8] = [
    Act {
        words: &["uitvoeringsverordening", "uitvoeringsverordeningen"],
        name: "Uitvoeringsverordening",
        eli: Some("reg_impl"),
    },
    Act { words: &["uitvoeringsrichtlijn"], name: "Uitvoeringsrichtlijn", eli: Some("dir_impl") },
    Act { words: &["uitvoeringsbesluit"], name: "Uitvoeringsbesluit", eli: Some("dec_impl") },
    Act { words: &["kaderbesluit"], name: "Kaderbesluit", eli: None },
    Act { words: &["verordening", "verordeningen"], name: "Verordening", eli: Some("reg") },
    Act { words: &["richtlijn", "richtlijnen"], name: "Richtlijn", eli: Some("dir") },
    Act { words: &["besluit", "besluiten", "beschikking"], name: "Besluit", eli: Some("dec") },
    Act {
        words: &["regulation", "regulations", "directive", "directives", "decision", "decisions"],
        name: "",
        eli: None,
    },
];

/// Names in English, and what they are in addresses.
const ENGLISH: [(&str, &str, &str); 3] =
    [("regulation", "Regulation", "reg"), ("directive", "Directive", "dir"), ("decision", "Decision", "dec")];

/// Words with which a reference to an act begins.
pub(super) fn begins(word: &str) -> bool {
    before(word) || ACTS.iter().any(|a| a.words.iter().any(|w| word.eq_ignore_ascii_case(w)))
}

/// Words before the name of some kinds of act.
fn before(word: &str) -> bool {
    ["gedelegeerde", "implementing", "delegated"].iter().any(|w| word.eq_ignore_ascii_case(w))
}

/// Reads the acts named at the beginning of a text: one, or several of a kind.
pub(super) fn read_all(text: &str, word: &str) -> Vec<Read> {
    let mut cur = Cursor::new(text, 0);
    let Some((kind, first)) = act(&mut cur) else { return Vec::new() };
    let mut out = vec![first];
    // "Verordeningen (EU) 2016/679 en (EU) 2018/1725"
    while word.ends_with("en") || word.ends_with('s') {
        let mut next = cur;
        let _ = next.sign(&[',']);
        next.blanks();
        let _ = next.one_of(&["en", "and"]);
        let start = next.at;
        let Some(read) = number(&mut next, &kind, start).filter(|_| start > cur.at) else { break };
        out.push(read);
        cur = next;
    }
    out
}

/// Reads one act.
pub(super) fn read(cur: &mut Cursor) -> Option<Read> {
    act(cur).map(|(_, read)| read)
}

/// What the words before the number say.
struct Named {
    name: String,
    eli: Option<String>,
}

fn act(cur: &mut Cursor) -> Option<(Named, Read)> {
    let start = cur.at;
    let mut next = *cur;
    let mut word = next.word()?.to_ascii_lowercase();
    let mut kind = String::new();
    if before(&word) {
        kind = word;
        next.blanks();
        word = next.word()?.to_ascii_lowercase();
    }
    let act = ACTS.iter().find(|a| a.words.contains(&word.as_str()))?;
    let english = ENGLISH.iter().find(|(w, ..)| word.trim_end_matches('s') == *w);
    let (name, eli) = english.map_or((act.name, act.eli), |(_, name, eli)| (*name, Some(*eli)));
    let named = match kind.as_str() {
        "gedelegeerde" => {
            Named { name: format!("Gedelegeerde {}", name.to_lowercase()), eli: eli.map(|e| format!("{e}_del")) }
        }
        "implementing" => Named { name: format!("Implementing {name}"), eli: eli.map(|e| format!("{e}_impl")) },
        "delegated" => Named { name: format!("Delegated {name}"), eli: eli.map(|e| format!("{e}_del")) },
        _ => Named { name: name.to_owned(), eli: eli.map(str::to_owned) },
    };
    let read = number(&mut next, &named, start)?;
    *cur = next;
    Some((named, read))
}

const COMMUNITIES: [&str; 7] = ["EU", "EG", "EEG", "EC", "EEC", "EGKS", "JBZ"];

/// Reads "(EU) 2016/679", "(EG) nr. 883/2004", "95/46/EG", "2008/977/JBZ".
fn number(cur: &mut Cursor, named: &Named, start: usize) -> Option<Read> {
    let mut next = *cur;
    next.blanks();
    let mut community = None;
    if next.peek() == Some('(') {
        next.at += 1;
        community = Some(next.word().filter(|w| COMMUNITIES.contains(w) || *w == "Euratom")?);
        // "(EU, Euratom)"
        if next.sign(&[',']) {
            next.blanks();
            next.word()?;
        }
        next.sign(&[')']).then_some(())?;
    }
    next.blanks();
    let marked = next.one_of(&["nr", "nrs", "no", "nos"]).is_some();
    let first = next.digits(1, 4)?;
    (next.peek() == Some('/')).then_some(())?;
    next.at += 1;
    let second = next.digits(1, 4)?;
    let mut after = None;
    if next.peek() == Some('/') {
        let mut more = next;
        more.at += 1;
        after = more.word().filter(|w| COMMUNITIES.contains(w) || *w == "GBVB");
        if after.is_some() {
            next = more;
        }
    }
    if !next.ends() {
        return None;
    }
    // a fraction or a date is no act: something has to say that it is one of the Union's
    let (year, number) = year_and_number(first, second, marked)?;
    if community.is_none() && after.is_none() && !(1952..2100).contains(&first.parse::<u16>().unwrap_or(0)) {
        return None;
    }
    *cur = next;
    let in_front = community.map(|c| format!(" ({c})")).unwrap_or_default();
    let nr = if !marked {
        ""
    } else if named.name.contains("egulation") || named.name.contains("irective") || named.name.contains("ecision") {
        " No"
    } else {
        " nr."
    };
    let behind = after.map(|a| format!("/{a}")).unwrap_or_default();
    let label = format!("{}{in_front}{nr} {first}/{second}{behind}", named.name);
    // decisions of one year share numbers, until all acts of a year had one row of numbers
    let unique = |eli: &&String| !eli.starts_with("dec") || year >= 2015;
    let union = after.is_none_or(|a| a != "JBZ" && a != "GBVB");
    let url = named
        .eli
        .as_ref()
        .filter(unique)
        .filter(|_| union)
        .map(|eli| format!("https://eur-lex.europa.eu/eli/{eli}/{year}/{number}/oj"));
    Some(Read { start, end: next.at, kind: Kind::Eu, label, url })
}

/// Which of the two is the year: regulations with "nr." have it behind their number, everything else before it.
fn year_and_number(first: &str, second: &str, marked: bool) -> Option<(u16, u32)> {
    let year = |text: &str| -> Option<u16> {
        let value: u16 = text.parse().ok()?;
        match text.len() {
            4 => Some(value).filter(|y| (1952..2100).contains(y)),
            2 => Some(1900 + value).filter(|y| (1952..2000).contains(y)),
            _ => None,
        }
    };
    let behind = || Some((year(second)?, first.parse().ok()?));
    let before = || Some((year(first)?, second.parse().ok()?));
    if marked { behind().or_else(before) } else { before().or_else(behind) }
}
