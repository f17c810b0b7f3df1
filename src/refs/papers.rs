//! Papers of parliament: `Kamerstukken II 2021/22, 35 234, nr. 7`, `Handelingen`, and how else they are written.

use super::cursor::Cursor;
use super::{Kind, Read};

/// Where papers are published: <https://zoek.officielebekendmakingen.nl>. From the session of 1995/96 on each paper has
/// an address of its own, made of the number of the dossier, its chapter and the number of the paper.
const SITE: &str = "https://zoek.officielebekendmakingen.nl";
/// The first year of the first session of which every paper is there.
const FIRST_YEAR: u16 = 1995;
/// Dossiers from this number on were opened in that session or later.
const FIRST_DOSSIER: u32 = 24_400;
/// The first year of the first session whose proceedings have an address for each item.
const FIRST_ITEMS: u16 = 2011;

/// Words with which a reference to a paper begins.
pub(super) fn begins(word: &str) -> bool {
    const WORDS: [&str; 12] = [
        "kamerstuk",
        "kamerstukken",
        "kamerstuknummer",
        "kst",
        "tk",
        "ek",
        "tweede",
        "eerste",
        "handelingen",
        "aanhangsel",
        "parliamentary",
        "kamerdossier",
    ];
    WORDS.iter().any(|w| word.eq_ignore_ascii_case(w))
}

/// Reads the papers that are named at the beginning of a text.
pub(super) fn read(text: &str, word: &str) -> Vec<Read> {
    let mut cur = Cursor::new(text, word.len());
    let lower = word.to_ascii_lowercase();
    match lower.as_str() {
        "handelingen" => return proceedings(text, cur, false),
        "aanhangsel" => {
            cur.blanks();
            let _ = cur.phrase("van de") || cur.phrase("bij de") || cur.phrase("der");
            let _ = cur.one_of(&["handelingen"]);
            return proceedings(text, cur, true);
        }
        "parliamentary" => {
            cur.blanks();
            if cur.one_of(&["paper", "papers", "document", "documents"]).is_none() {
                return Vec::new();
            }
        }
        _ => {}
    }
    let mut head = Head::default();
    // these words alone are also used of the chambers themselves
    let mut sure = true;
    match lower.as_str() {
        "tk" | "tweede" => (head.chamber, sure) = (Some("II"), false),
        "ek" | "eerste" => (head.chamber, sure) = (Some("I"), false),
        _ => {}
    }
    cur.blanks();
    if (lower == "tweede" || lower == "eerste") && cur.one_of(&["kamer"]).is_none() {
        return Vec::new();
    }
    if cur.peek() == Some('.') {
        cur.at += 1;
    }
    list(text, cur, head, sure)
}

/// Chamber and session, as far as they are said.
#[derive(Clone, Copy, Debug, Default)]
struct Head {
    chamber: Option<&'static str>,
    session: Option<Session>,
}

/// A session of parliament by its years.
#[derive(Clone, Copy, Debug)]
struct Session {
    from: u16,
    /// Whether both years are said.
    whole: bool,
}

impl Session {
    fn label(self) -> String {
        match self {
            Session { from, whole: false } => from.to_string(),
            // as the papers themselves write it: 1999/2000, else two digits
            Session { from: 1999, .. } => "1999/2000".into(),
            Session { from, .. } => format!("{from}/{:02}", (from + 1) % 100),
        }
    }
}

/// Papers one after another: "35 234, nr. 7 en 35 570 VI, nr. 3".
fn list(text: &str, mut cur: Cursor, mut head: Head, mut sure: bool) -> Vec<Read> {
    let mut out: Vec<Read> = Vec::new();
    let mut start = 0;
    let mut numbered = false;
    loop {
        let mut next = cur;
        head_of(&mut next, &mut head);
        let Some(dossier) = dossier(&mut next) else { break };
        let numbers = numbers(&mut next, head);
        let named = !numbers.is_empty();
        if (numbered && !named) || (!sure && !named && head.session.is_none()) {
            break;
        }
        (numbered, sure) = (numbered || named, true);
        if numbers.is_empty() {
            out.push(dossier.read(start, next.at, head, None));
        }
        for number in numbers {
            out.push(dossier.read(start, number.end, head, Some(&number)));
            start = number.from_next;
        }
        cur = next;
        if !joined(&mut cur) {
            break;
        }
        start = cur.at;
    }
    // the start of what follows is known only once it is read
    for read in &mut out {
        read.start = read.start.min(read.end);
        let skipped = text[read.start..read.end].len() - text[read.start..read.end].trim_start().len();
        read.start += skipped;
    }
    out
}

/// Reads what joins one paper to the next.
fn joined(cur: &mut Cursor) -> bool {
    let mut next = *cur;
    let sign = next.sign(&[',', ';']);
    next.blanks();
    let word = next.one_of(&["en", "and", "resp", "respectievelijk", "alsmede", "alsook"]).is_some();
    let amp = next.sign(&['&']);
    next.blanks();
    if sign || word || amp {
        *cur = next;
        return true;
    }
    false
}

/// Reads chamber and session: "II 2021/22,", "TK vergaderjaar 2019-2020,", ", no. ".
fn head_of(cur: &mut Cursor, head: &mut Head) {
    let filler = |cur: &mut Cursor| {
        while cur.sign(&[',', ':', '(']) {}
        cur.blanks();
    };
    filler(cur);
    if cur.phrase("der Staten-Generaal") || cur.phrase("der Staten") {
        cur.dash();
        let _ = cur.one_of(&["Generaal"]);
        filler(cur);
    }
    let mut next = *cur;
    if let Some(word) = next.word() {
        let chamber = match word {
            "I" | "EK" => Some("I"),
            "II" | "TK" => Some("II"),
            _ if word.eq_ignore_ascii_case("tweede") || word.eq_ignore_ascii_case("eerste") => {
                next.blanks();
                let second = word.eq_ignore_ascii_case("tweede");
                next.one_of(&["kamer"]).map(|_| if second { "II" } else { "I" })
            }
            _ => None,
        };
        // "I/II": of both
        if chamber.is_some() && next.ends() {
            if next.peek() == Some('/') {
                let mut both = next;
                both.at += 1;
                if both.word().is_some() {
                    next = both;
                }
            }
            head.chamber = chamber;
            *cur = next;
            filler(cur);
        }
    }
    let _ = cur.one_of(&["vergaderjaar", "session", "zitting", "jaar"]);
    let _ = cur.one_of(&["year"]);
    if let Some(session) = session(cur) {
        head.session = Some(session);
        filler(cur);
    }
    let _ = cur.one_of(&["nr", "nrs", "no", "nos", "nummer", "dossier", "dossiernummer"]);
}

/// Reads the years of a session: `2021/22`, `2021–2022`; or a year alone, when a comma follows.
fn session(cur: &mut Cursor) -> Option<Session> {
    let mut next = *cur;
    let from: u16 = next.digits(4, 4)?.parse().ok().filter(|y| (1814..2100).contains(y))?;
    let mut both = next;
    let parted = both.sign(&['/']) || both.dash();
    both.blanks();
    if parted && let Some(to) = both.digits(2, 4).filter(|d| d.len() != 3) {
        let year = to.parse::<u16>().ok()?;
        let follows = if to.len() == 4 { year == from + 1 } else { year == (from + 1) % 100 };
        if follows && both.ends() {
            *cur = both;
            return Some(Session { from, whole: true });
        }
    }
    if next.sign(&[',']) {
        *cur = next;
        return Some(Session { from, whole: false });
    }
    None
}

/// A dossier: "35 234", "35 570 VI", "21 501-02".
#[derive(Clone, Debug)]
struct Dossier {
    number: u32,
    /// The chapter of a budget, or the part of a series.
    chapter: Option<String>,
    /// It is also a bill of the Kingdom, whose papers are numbered in their own way.
    kingdom: bool,
}

fn dossier(cur: &mut Cursor) -> Option<Dossier> {
    let mut next = *cur;
    next.blanks();
    let number = match next.digits(5, 5) {
        Some(all) => all.to_owned(),
        None => {
            let first = next.digits(2, 2)?;
            let parted = next.sign(&['.']) || next.blanks();
            if !parted {
                return None;
            }
            format!("{first}{}", next.digits(3, 3)?)
        }
    };
    let number: u32 = number.parse().ok().filter(|n| (10_000..60_000).contains(n))?;
    if next.peek().is_some_and(char::is_alphabetic) {
        return None;
    }
    let mut dossier = Dossier { number, chapter: None, kingdom: false };
    let mut more = next;
    let dash = more.dash();
    if dash || more.blanks() {
        let chapter = match more.digits(1, 3) {
            // "21 501-02": a part of a series; what else follows a dash is the number of the paper
            Some(digits) if dash && (digits.starts_with('0') || number_follows(more)) => Some(digits),
            Some(_) => None,
            None => more.word().filter(|w| is_chapter(w, more, dash)),
        };
        if let Some(chapter) = chapter.filter(|_| more.ends()) {
            dossier.chapter = Some(chapter.to_owned());
            next = more;
        }
    }
    let mut more = next;
    if more.sign(&['(']) && more.peek() == Some('R') {
        more.at += 1;
        if more.digits(1, 5).is_some() && more.sign(&[')']) {
            dossier.kingdom = true;
            next = more;
        }
    }
    *cur = next;
    Some(dossier)
}

/// Whether a word behind the number of a dossier is the chapter of a budget: in Roman numbers, perhaps with a letter, or
/// one letter with the number of a paper behind it.
fn is_chapter(word: &str, after: Cursor, dash: bool) -> bool {
    let roman = word.trim_end_matches(['A', 'B', 'C', 'D', 'E']);
    let is_roman = !roman.is_empty() && roman.chars().all(|c| matches!(c, 'I' | 'V' | 'X')) && word.len() <= 6;
    let letter = word.len() == 1 && word.chars().all(|c| c.is_ascii_uppercase());
    (is_roman && word.len() - roman.len() <= 1) || (letter && (dash || number_follows(after)))
}

/// Whether ", nr." follows, or a comma and another number.
fn number_follows(mut cur: Cursor) -> bool {
    let comma = cur.sign(&[',']);
    cur.blanks();
    cur.one_of(&["nr", "nrs", "no", "nos"]).is_some() || (comma && cur.digits(1, 4).is_some())
}

/// The number of a paper within its dossier.
#[derive(Clone, Debug)]
struct Number {
    /// "7", "C", "7 t/m 9".
    shown: String,
    /// The one that makes its address.
    first: String,
    end: usize,
    /// Where the next one of a list begins.
    from_next: usize,
}

fn numbers(cur: &mut Cursor, head: Head) -> Vec<Number> {
    let mut out = Vec::new();
    let mut next = *cur;
    let slash = next.sign(&['-', '–', '/']);
    let comma = !slash && next.sign(&[',', ':']);
    next.blanks();
    let mark = next.one_of(&["nr", "nrs", "no", "nos", "nummer", "nummers", "number", "numbers", "n"]);
    let _ = next.sign(&['°', 'º']);
    next.blanks();
    if !(slash || comma || mark.is_some()) {
        return out;
    }
    let many = mark.is_some_and(|m| m.len() > 2 && m.ends_with(['s', 'S']));
    let told = mark.is_some() || (slash && head.session.is_none()) || head.session.is_some();
    while let Some(value) = value(&mut next, head, told, mark.is_some()) {
        let mut shown = value.clone();
        let mut to = next;
        // "7 t/m 9", "7–9": one reference, opened at the first
        let range = to.dash()
            || {
                to.blanks();
                to.phrase("tot en met")
            }
            || through(&mut to);
        if range
            && value.starts_with(|c: char| c.is_ascii_digit())
            && let Some(last) = to.digits(1, 4)
        {
            shown = format!("{value} t/m {last}");
            next = to;
        }
        out.push(Number { shown, first: value, end: next.at, from_next: next.at });
        *cur = next;
        let mut more = next;
        let comma = more.sign(&[',']);
        more.blanks();
        let word = more.one_of(&["en", "and"]).is_some() || more.sign(&['&']);
        more.blanks();
        let again = more.one_of(&["nr", "no"]).is_some();
        let from = more.at;
        // "nr. 7 en 8": a number, not the next dossier and not something counted
        let mut ahead = more;
        let counted = ahead.digits(1, 4).is_none() || {
            let blank = ahead.blanks();
            blank && ahead.peek().is_some_and(|c| c.is_alphanumeric()) && !again && !many
        };
        let other = dossier(&mut more.clone()).is_some();
        let goes_on = (word && (many || again || !comma)) || (comma && many);
        if !goes_on || counted || other {
            break;
        }
        if let Some(last) = out.last_mut() {
            last.from_next = from;
        }
        next = more;
    }
    out
}

/// Reads "t/m".
fn through(cur: &mut Cursor) -> bool {
    let mut next = *cur;
    next.blanks();
    let found = next.rest().get(..3).is_some_and(|s| s.eq_ignore_ascii_case("t/m"));
    if found {
        next.at += 3;
        next.blanks();
        *cur = next;
    }
    found
}

/// A number of digits, or the letters of the upper chamber.
fn value(cur: &mut Cursor, head: Head, told: bool, marked: bool) -> Option<String> {
    let mut next = *cur;
    if told && let Some(digits) = next.digits(1, 4).filter(|d| !d.starts_with('0')) {
        // a letter may be part of it, a page or a date is not
        let plain = !next.peek().is_some_and(|c| c.is_alphanumeric() || c == '%');
        let year = !marked && digits.len() == 4;
        if plain && !year {
            *cur = next;
            return Some(digits.to_owned());
        }
        return None;
    }
    let letters = next.word().filter(|w| w.len() <= 3 && w.chars().all(|c| c.is_ascii_uppercase()))?;
    let upper = head.chamber == Some("I") || (head.chamber.is_none() && !next.blanks());
    let chamber = letters == "EK" || letters == "TK";
    if next.peek().is_some_and(|c| c.is_ascii_digit()) || !(marked || upper) || chamber {
        return None;
    }
    cur.at += letters.len();
    Some(letters.to_owned())
}

impl Dossier {
    fn read(&self, start: usize, end: usize, head: Head, number: Option<&Number>) -> Read {
        let mut label =
            String::from(if head.chamber.is_some() || head.session.is_some() { "Kamerstukken" } else { "Kamerstuk" });
        if let Some(chamber) = head.chamber {
            label.push_str(&format!(" {chamber}"));
        }
        if let Some(session) = head.session {
            label.push_str(&format!(" {}", session.label()));
        }
        if label.contains(' ') {
            label.push(',');
        }
        label.push_str(&format!(" {} {:03}", self.number / 1000, self.number % 1000));
        if let Some(chapter) = &self.chapter {
            let joint = if chapter.starts_with(|c: char| c.is_ascii_digit()) { '-' } else { ' ' };
            label.push_str(&format!("{joint}{chapter}"));
        }
        match number {
            Some(n) if n.shown.starts_with(|c: char| c.is_ascii_digit()) => {
                label.push_str(&format!(", nr. {}", n.shown))
            }
            Some(n) => label.push_str(&format!(", {}", n.shown)),
            None => {}
        }
        Read { start, end, kind: Kind::Paper, label, url: self.url(head, number) }
    }

    /// Its address, when the paper is sure to be published there.
    fn url(&self, head: Head, number: Option<&Number>) -> Option<String> {
        let there = head.session.map_or(self.number >= FIRST_DOSSIER, |s| s.from >= FIRST_YEAR);
        if !there || self.kingdom {
            return None;
        }
        let chapter = self.chapter.as_ref().map(|c| format!("-{c}")).unwrap_or_default();
        Some(match number {
            Some(number) => format!("{SITE}/kst-{}{chapter}-{}.html", self.number, number.first),
            None => format!("{SITE}/dossier/{}{chapter}", self.number),
        })
    }
}

/// `Handelingen II 2019/20, nr. 45, item 6, p. 12`; of an *Aanhangsel*: its number alone.
fn proceedings(text: &str, mut cur: Cursor, annex: bool) -> Vec<Read> {
    let mut head = Head::default();
    head_of(&mut cur, &mut head);
    let Some(session) = head.session.filter(|s| s.whole) else { return Vec::new() };
    // what head_of has read of "nr." belongs to the number
    cur.blanks();
    let _ = cur.one_of(&["nr", "no", "nummer"]);
    let mut label = String::from(if annex { "Aanhangsel Handelingen" } else { "Handelingen" });
    if let Some(chamber) = head.chamber {
        label.push_str(&format!(" {chamber}"));
    }
    label.push_str(&format!(" {}", session.label()));
    let mut end = text[..cur.at].trim_end_matches([' ', ',', '\u{a0}']).len();
    let number = cur.digits(1, 4);
    let mut item = None;
    if let Some(number) = number {
        label.push_str(&format!(", nr. {number}"));
        end = cur.at;
        let mut next = cur;
        let _ = next.sign(&[',']);
        next.blanks();
        if next.one_of(&["item"]).is_some() {
            item = next.digits(1, 3);
        } else if next.sign(&['-']) {
            item = next.digits(1, 3).filter(|_| next.peek() == Some('-'));
        }
        if let Some(item) = item {
            label.push_str(&format!(", item {item}"));
            end = next.at;
        }
    }
    let chamber = match head.chamber {
        Some("I") => Some("ek"),
        Some(_) => Some("tk"),
        None => None,
    };
    let years = format!("{}{}", session.from, session.from + 1);
    let url = match (chamber, number, item) {
        (Some(c), Some(n), _) if annex && session.from >= FIRST_YEAR => Some(format!("{SITE}/ah-{c}-{years}-{n}.html")),
        (Some(c), Some(n), Some(i)) if !annex && session.from >= FIRST_ITEMS => {
            Some(format!("{SITE}/h-{c}-{years}-{n}-{i}.html"))
        }
        _ => None,
    };
    vec![Read { start: 0, end, kind: Kind::Paper, label, url }]
}
