//! Tokenising: the words of a text, each with its place, its folded form and its other readings.

use super::dates::date;
use super::fold::{fold, fold_into, is_apostrophe, is_hyphen, is_invisible, is_word_char};
use super::number::number;
use crate::doc::TextRange;

/// No word is longer than this many characters; of longer runs (encoded data) the beginning is kept.
const MAX_CHARS: usize = 80;

/// How a token relates to the place it stands at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// The word itself.
    Main,
    /// Another way to write the same: `kbenw` for `KB&W`, `vognp` for `VOG-NP`. A query asks for these too.
    Also,
    /// A piece the place can be found by, but which a query for the whole does not ask for: `35` of `35 234`.
    Piece,
}

/// A word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// The bytes of the text it was read from.
    pub range: TextRange,
    /// Which word of the text it is, from 0; several readings share one.
    pub position: u32,
    /// How many positions it covers (3 for a date in words).
    pub span: u32,
    /// What it is to its place.
    pub reading: Reading,
    /// The folded form.
    pub text: &'a str,
}

/// Hands every token of `text` to `emit`, in order of position; a reading that covers several words comes right after
/// them.
pub fn tokens(text: &str, mut emit: impl FnMut(Token<'_>)) {
    let mut reader = Reader { text, at: 0, position: 0, form: String::new(), emit: &mut emit };
    while reader.step() {}
}

type Bytes = (usize, usize);

struct Reader<'t, 'e> {
    text: &'t str,
    at: usize,
    position: u32,
    form: String,
    emit: &'e mut dyn FnMut(Token<'_>),
}

impl Reader<'_, '_> {
    /// Reads what stands at `at`; false at the end.
    fn step(&mut self) -> bool {
        let rest = &self.text[self.at..];
        let Some(c) = rest.chars().next() else { return false };
        if c.is_ascii_digit() && self.figures() {
            return true;
        }
        if c == '('
            && let Some(inside) = letters_in_parens(rest).filter(|n| starts_with_letter(&rest[n + 2..]))
        {
            self.bracketed_front(inside);
            return true;
        }
        if !is_word_char(c) || is_invisible(c) {
            self.at += c.len_utf8();
            return true;
        }
        self.chain();
        true
    }

    /// A date or a number.
    fn figures(&mut self) -> bool {
        let (start, rest) = (self.at, &self.text[self.at..]);
        if let Some(d) = date(rest) {
            for (ahead, (a, b)) in (0..).zip(d.parts) {
                self.folded((start + a, start + b), ahead, Reading::Main);
            }
            self.put((start, start + d.len), 0, 3, Reading::Also, &d.form);
            self.position += 3;
            self.at += d.len;
            return true;
        }
        let Some(n) = number(rest) else { return false };
        // digits before a hyphen are the start of a chain (24-uurs, 2025-2026)
        if hyphen_and_word(&rest[n.len..]).is_some() {
            return false;
        }
        let range = (start, start + n.len);
        self.put(range, 0, 1, Reading::Main, &n.form);
        if let Some(also) = &n.also {
            self.put(range, 0, 1, Reading::Also, also);
        }
        for (a, b) in n.groups {
            self.folded((start + a, start + b), 0, Reading::Piece);
        }
        self.position += 1;
        self.at += n.len;
        true
    }

    /// `(gezins)locaties`: with and without what stands in the brackets.
    fn bracketed_front(&mut self, inside: usize) {
        let (start, tail) = (self.at, self.at + inside + 2);
        let end = tail + word_len(&self.text[tail..]);
        let mut with = fold(&self.text[start + 1..start + 1 + inside]);
        let cut = with.len();
        with.push_str(&fold(&self.text[tail..end]));
        self.put((start, end), 0, 1, Reading::Main, &with);
        self.put((start, end), 0, 1, Reading::Also, &with[cut..]);
        self.position += 1;
        self.at = end;
    }

    /// A word, or several joined by hyphens.
    fn chain(&mut self) {
        let start = self.at;
        let (mut pieces, mut letters, mut joined) = (0, false, String::new());
        let end = loop {
            let from = self.at;
            let end = self.word(pieces);
            let next = hyphen_and_word(&self.text[end..]);
            if pieces > 0 || next.is_some() {
                letters |= self.text[from..end].chars().any(char::is_alphabetic);
                fold_into(&self.text[from..end], &mut joined);
            }
            pieces += 1;
            match next {
                Some(hyphen) => self.at = end + hyphen,
                None => break end,
            }
        };
        if pieces > 1 && letters {
            self.put((start, end), 0, pieces, Reading::Also, &joined);
        }
        self.position += pieces;
        self.at = end;
    }

    /// One word at `at`, `ahead` positions on; returns its end.
    fn word(&mut self, ahead: u32) -> usize {
        let start = self.at;
        let rest = &self.text[start..];
        let len = word_len(rest);
        let (end, after) = (start + len, &rest[len..]);
        let next = after.chars().next().unwrap_or(' ');
        if next == '&'
            && let Some(len) = ampersands(rest)
        {
            // KB&W is also written KBenW and KBW
            let (range, full) = ((start, start + len), fold(&rest[..len]));
            self.put(range, ahead, 1, Reading::Main, &full);
            self.put(range, ahead, 1, Reading::Also, &full.replace('&', "en"));
            self.put(range, ahead, 1, Reading::Also, &full.replace('&', ""));
            return range.1;
        }
        if next == '.'
            && let Some(len) = initials(rest)
        {
            self.put((start, start + len), ahead, 1, Reading::Main, &fold(&rest[..len]).replace('.', ""));
            return start + len;
        }
        if next == '('
            && let Some(inside) = letters_in_parens(after).filter(|&n| n <= 4)
        {
            // gemeente(n), persone(e)l: with and without
            let tail = end + inside + 2;
            let stop = tail + word_len(&self.text[tail..]);
            let (front, middle, back) = (fold(&rest[..len]), fold(&after[1..=inside]), fold(&self.text[tail..stop]));
            self.put((start, stop), ahead, 1, Reading::Main, &format!("{front}{middle}{back}"));
            self.put((start, stop), ahead, 1, Reading::Also, &format!("{front}{back}"));
            return stop;
        }
        let mut whole = end;
        if is_apostrophe(next) {
            let tail = &after[next.len_utf8()..];
            // PI's, zo'n, don't; a longer word after it is a word of its own (l'auteur)
            if (1..=3).contains(&tail.chars().take_while(|&c| is_word_char(c)).count()) {
                whole = end + next.len_utf8() + word_len(tail);
            }
        }
        self.folded((start, whole), ahead, Reading::Main);
        if whole > end && rest[..len].chars().all(|c| c.is_uppercase() || c.is_ascii_digit()) {
            self.put((start, whole), ahead, 1, Reading::Also, &fold(&rest[..len]));
        }
        whole
    }

    /// A token whose form is what stands there, folded.
    fn folded(&mut self, range: Bytes, ahead: u32, reading: Reading) {
        let mut form = std::mem::take(&mut self.form);
        form.clear();
        fold_into(&self.text[range.0..range.1], &mut form);
        self.put(range, ahead, 1, reading, &form);
        self.form = form;
    }

    fn put(&mut self, range: Bytes, ahead: u32, span: u32, reading: Reading, form: &str) {
        let text = if form.len() > MAX_CHARS {
            &form[..form.char_indices().nth(MAX_CHARS).map_or(form.len(), |(at, _)| at)]
        } else {
            form
        };
        if !text.is_empty() {
            let range = TextRange::from(range.0..range.1);
            (self.emit)(Token { range, position: self.position + ahead, span, reading, text });
        }
    }
}

/// Bytes of the run of word characters at the start.
fn word_len(text: &str) -> usize {
    let ascii = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    match text.as_bytes().get(ascii) {
        Some(b) if !b.is_ascii() => {
            text[ascii..].char_indices().find(|&(_, c)| !is_word_char(c)).map_or(text.len(), |(at, _)| ascii + at)
        }
        _ => ascii,
    }
}

fn starts_with_letter(text: &str) -> bool {
    text.chars().next().is_some_and(char::is_alphabetic)
}

/// `(letters)` at the start: how many bytes of letters.
fn letters_in_parens(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('(')?;
    let len = inside.find(|c: char| !c.is_alphabetic())?;
    (len > 0 && inside[len..].starts_with(')')).then_some(len)
}

/// A hyphen at the start with a word directly behind it: the bytes of the hyphen.
fn hyphen_and_word(text: &str) -> Option<usize> {
    let mut chars = text.chars();
    let hyphen = chars.next().filter(|&c| is_hyphen(c))?;
    chars.next().filter(|&c| is_word_char(c) && !is_invisible(c)).map(|_| hyphen.len_utf8())
}

/// `A&B` without blanks: its bytes.
fn ampersands(text: &str) -> Option<usize> {
    let mut end = word_len(text);
    let mut any = false;
    while text[end..].starts_with('&') {
        let more = word_len(&text[end + 1..]);
        if more == 0 {
            break;
        }
        end += 1 + more;
        any = true;
    }
    any.then_some(end)
}

/// Single letters, each with its point (`d.w.z.`): their bytes.
fn initials(text: &str) -> Option<usize> {
    let mut end = 0;
    let mut letters = 0;
    while let Some(c) = text[end..].chars().next().filter(|c| c.is_alphabetic()) {
        let dot = end + c.len_utf8();
        if !text[dot..].starts_with('.') {
            // the last letter may stand without a point (d.w.z), but then as a letter alone
            if letters > 0 && !text[dot..].starts_with(is_word_char) {
                return (letters > 0).then_some(dot);
            }
            return (letters > 1).then_some(end);
        }
        end = dot + 1;
        letters += 1;
    }
    (letters > 1).then_some(end)
}
