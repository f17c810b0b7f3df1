//! Articles of laws and treaties: `artikel 3, tweede lid, van de Wet open overheid`, `art. 8 EVRM`, `artikel 6:162 BW`.

use super::cursor::Cursor;
use super::{Kind, Read, eu, names};

/// Where the General Data Protection Regulation can be read: the one act that is cited by its own name everywhere.
const GDPR: &str = "https://eur-lex.europa.eu/eli/reg/2016/679/oj";

/// Words with which a reference to an article begins.
pub(super) fn begins(word: &str) -> bool {
    let words = ["artikel", "artikelen", "art", "artt", "article", "articles", "arts", "section", "sections"];
    words.iter().any(|w| word.eq_ignore_ascii_case(w))
}

/// One article, as printed.
struct Article {
    start: usize,
    end: usize,
    number: String,
    /// "lid 2", "onder a".
    within: Vec<String>,
}

/// Reads the articles of one law that are named at the beginning of a text. Articles of no law, as a law has in its own
/// text, are none.
pub(super) fn read(text: &str, word: &str) -> Vec<Read> {
    let mut cur = Cursor::new(text, word.len());
    if cur.peek() == Some('.') {
        cur.at += 1;
    }
    cur.blanks();
    let english = ["article", "articles", "section", "sections", "arts"].iter().any(|w| word.eq_ignore_ascii_case(w));
    let mut articles: Vec<Article> = Vec::new();
    let mut start = 0;
    while let Some(number) = number(&mut cur) {
        let mut article = Article { start, end: cur.at, number, within: Vec::new() };
        while let Some(part) = within(&mut cur) {
            article.within.push(part);
            article.end = cur.at;
        }
        articles.push(article);
        // "3 en 4", "3, 5 en 7", "3, eerste lid, en artikel 4"
        let mut next = cur;
        let comma = next.sign(&[',']);
        next.blanks();
        let word = next.one_of(&["en", "of", "and", "or", "juncto", "jo"]).is_some();
        let again = next.one_of(&["artikel", "art", "article", "de artikelen"]).is_some();
        start = next.at;
        let number_follows = next.peek().is_some_and(|c| c.is_ascii_digit());
        if !(comma || word) || !(number_follows || again) {
            break;
        }
        cur = next;
    }
    let Some(last) = articles.last_mut() else { return Vec::new() };
    cur.at = last.end;
    let Some((law, url)) = law(&mut cur, english, !last.within.is_empty()) else { return Vec::new() };
    last.end = cur.at;
    let section = word.get(..7).is_some_and(|w| w.eq_ignore_ascii_case("section"));
    let make = |article: Article| {
        let within: String = article.within.iter().map(|w| format!(" {w}")).collect();
        let head = if section { "s." } else { "art." };
        let label = format!("{head} {}{within} {law}", article.number);
        Read { start: article.start, end: article.end, kind: Kind::Law, label, url: url.clone() }
    };
    articles.into_iter().map(make).collect()
}

/// The number of an article: "3", "10a", "6:162", "3.14", "5.1b", "3 tot en met 7".
fn number(cur: &mut Cursor) -> Option<String> {
    let first = one(cur)?;
    let mut next = *cur;
    let mut range = next.dash();
    if !range {
        next.blanks();
        range = next.phrase("tot en met") || next.one_of(&["to"]).is_some() || {
            let through = next.rest().starts_with("t/m");
            next.at += if through { 3 } else { 0 };
            next.blanks();
            through
        };
    }
    match one(&mut next).filter(|_| range) {
        Some(last) => {
            *cur = next;
            Some(format!("{first} t/m {last}"))
        }
        None => Some(first),
    }
}

fn one(cur: &mut Cursor) -> Option<String> {
    let mut next = *cur;
    let start = next.rest();
    next.digits(1, 4)?;
    for _ in 0..3 {
        let mut more = next;
        if !more.peek().is_some_and(|c| c == ':' || c == '.') {
            break;
        }
        more.at += 1;
        if more.digits(1, 4).is_none() {
            break;
        }
        next = more;
    }
    // "10a", "7bis"; a longer word is none of the number
    let mut more = next;
    if let Some(letters) = more.word() {
        let suffix = letters.len() <= 2 && letters.chars().all(|c| c.is_ascii_lowercase());
        if !(suffix || letters == "bis" || letters == "ter" || letters == "quater") {
            return None;
        }
        next = more;
    }
    if !next.ends() {
        return None;
    }
    *cur = next;
    Some(start[..start.len() - next.rest().len()].to_owned())
}

const ORDINALS: [&[&str]; 12] = [
    &["eerste", "first"],
    &["tweede", "second"],
    &["derde", "third"],
    &["vierde", "fourth"],
    &["vijfde", "fifth"],
    &["zesde", "sixth"],
    &["zevende", "seventh"],
    &["achtste", "eighth"],
    &["negende", "ninth"],
    &["tiende", "tenth"],
    &["elfde", "eleventh"],
    &["twaalfde", "twelfth"],
];

/// Reads a part of an article, with the comma before it: "tweede lid", "lid 2", "(2)", "onder a", "aanhef en onder b".
fn within(cur: &mut Cursor) -> Option<String> {
    let mut next = *cur;
    if next.peek() == Some('(') {
        next.at += 1;
        let inside = next.digits(1, 2).or_else(|| next.word().filter(|w| w.len() <= 3))?.to_owned();
        next.sign(&[')']).then_some(())?;
        *cur = next;
        let number = inside.starts_with(|c: char| c.is_ascii_digit());
        return Some(if number { format!("lid {inside}") } else { format!("onder {inside}") });
    }
    let _ = next.sign(&[',']);
    next.blanks();
    if let Some(ordinals) = ordinals(&mut next) {
        next.blanks();
        let unit = next.one_of(&["lid", "paragraph", "subsection", "alinea", "volzin", "sentence"]);
        let unit = unit.filter(|_| next.ends() || next.rest().starts_with(char::is_alphanumeric))?;
        trim(cur, next);
        let unit = match unit.to_ascii_lowercase().as_str() {
            "alinea" => "alinea",
            "volzin" | "sentence" => "volzin",
            _ => "lid",
        };
        return Some(format!("{unit} {ordinals}"));
    }
    let lead = next.one_of(&["aanhef"]).is_some() && {
        let _ = next.sign(&[',']);
        next.blanks();
        next.one_of(&["en"]).is_some()
    };
    let unit = next
        .one_of(&[
            "lid",
            "leden",
            "paragraph",
            "paragraphs",
            "para",
            "onder",
            "onderdeel",
            "onderdelen",
            "sub",
            "point",
            "punt",
        ])?
        .to_ascii_lowercase();
    let mut list = vec![entry(&mut next)?];
    loop {
        let mut more = next;
        let comma = more.sign(&[',']);
        more.blanks();
        let word = more.one_of(&["en", "and", "of", "or"]).is_some();
        match entry(&mut more).filter(|_| word || comma) {
            Some(one) => list.push(one),
            None => break,
        }
        next = more;
    }
    trim(cur, next);
    let is_lid = ["lid", "leden", "paragraph", "paragraphs", "para"].contains(&unit.as_str()) && !lead;
    Some(format!("{} {}", if is_lid { "lid" } else { "onder" }, listed(&list)))
}

/// Takes over a place without the blanks read before it.
fn trim(cur: &mut Cursor, next: Cursor) {
    let read = cur.rest().len() - next.rest().len();
    cur.at += cur.rest()[..read].trim_end().len();
}

/// "2", "a", "1°".
fn entry(cur: &mut Cursor) -> Option<String> {
    let mut next = *cur;
    let found = match next.digits(1, 2) {
        Some(number) => number,
        // a letter alone, or doubled ("aa"): not a word
        None => next.word().filter(|w| {
            let mut chars = w.chars();
            let first = chars.next();
            first.is_some_and(|c| c.is_ascii_lowercase()) && chars.all(|c| Some(c) == first) && w.len() <= 2
        })?,
    };
    if !next.ends() {
        return None;
    }
    let found = found.to_owned();
    let _ = next.sign(&['°', 'º', ')']);
    *cur = next;
    Some(found)
}

fn ordinals(cur: &mut Cursor) -> Option<String> {
    let one = |cur: &mut Cursor| {
        let mut next = *cur;
        let word = next.word()?.to_lowercase();
        let at = ORDINALS.iter().position(|o| o.contains(&word.as_str()))?;
        *cur = next;
        Some((at + 1).to_string())
    };
    let mut list = vec![one(cur)?];
    loop {
        let mut next = *cur;
        let comma = next.sign(&[',']);
        next.blanks();
        let word = next.one_of(&["en", "of", "and", "or"]).is_some() || next.phrase("tot en met");
        match one(&mut next).filter(|_| comma || word) {
            Some(ordinal) => list.push(ordinal),
            None => break,
        }
        *cur = next;
    }
    Some(listed(&list))
}

fn listed(list: &[String]) -> String {
    match list {
        [all @ .., last] if !all.is_empty() => format!("{} en {last}", all.join(", ")),
        _ => list.concat(),
    }
}

/// Reads the law, behind an article of which `parts` were named: "van de Wet …", "van het BW", "Awb", "of the … Act", "van Verordening (EU) 2016/679".
fn law(cur: &mut Cursor, english: bool, parts: bool) -> Option<(String, Option<String>)> {
    let mut next = *cur;
    let comma = next.sign(&[',']);
    next.blanks();
    let of = next.one_of(if english { &["of"] } else { &["van", "uit"] }).is_some();
    if of {
        let _ = next.one_of(&["de", "het", "the", "that"]);
        // "van Boek 6 van het Burgerlijk Wetboek"
        let mut book = next;
        if let Some(number) = book.one_of(&["Boek", "Book"]).and_then(|_| book.digits(1, 2)) {
            book.blanks();
            let _ = book.one_of(&["van", "of"]);
            let _ = book.one_of(&["het", "the"]);
            if let Some(name) = names::law(&mut book) {
                *cur = book;
                return Some((format!("Boek {number} {name}"), None));
            }
        }
    } else if comma {
        // "artikel 7, aanhef en onder b, Awb"
        let name = names::short(&mut next).filter(|_| parts)?;
        *cur = next;
        return Some((name, None));
    }
    let mut act = next;
    if let Some(act_read) = eu::read(&mut act) {
        *cur = act;
        return Some((act_read.label, act_read.url));
    }
    let name = match (of, english) {
        (true, true) => names::english(&mut next),
        (true, false) => names::law(&mut next),
        // directly behind the number only a short name, or one that is known
        (false, _) => names::short(&mut next).or_else(|| names::law(&mut next).filter(|_| !english)),
    }?;
    *cur = next;
    let url = ["AVG", "GDPR"].contains(&name.as_str()).then(|| GDPR.to_owned());
    Some((name, url))
}
