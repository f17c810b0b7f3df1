//! Words that must not change: figures, dates, amounts, negations, names.
//!
//! By likeness alone *geen* and *een* are one letter apart, *12 %* and *21 %* none at all but their order, and a parallel
//! sentence on somebody else a few. So those words are told apart from the rest and compared by themselves. Rules and short
//! lists of Dutch and English, no dictionary: what looks like a name is taken for one.

mod words;

use unicode_segmentation::UnicodeSegmentation;
use words::{is_common_beginning, is_negation, is_turning, number_of};

/// Whether the protected words of two texts are the same: the figures, amounts and negations in the same order, and the
/// names. `old` and `new` are passages, or pieces of them that begin at a word.
#[must_use]
pub(super) fn same(old: &str, new: &str) -> bool {
    let (old, new) = (Protected::of(old), Protected::of(new));
    old.tokens == new.tokens && same_names(&old, &new) && !only_denied(&old, &new)
}

/// Whether figures, amounts, negations and names are the same in two texts that have the same letters: only what is one word
/// and what is two can make them differ.
#[must_use]
pub(super) fn same_tokens(old: &str, new: &str) -> bool {
    let (old, new) = (Protected::of(old), Protected::of(new));
    old.tokens == new.tokens && old.names.len() == new.names.len()
}

/// The protected words of a text, and the others.
#[derive(Debug, Default)]
struct Protected {
    /// Figures, amounts, dates, negations, in order.
    tokens: Vec<String>,
    /// Names and abbreviations that are ones for certain, in order.
    names: Vec<String>,
    /// Words with a capital where a sentence begins.
    initial: Vec<String>,
    /// All words, small.
    words: Vec<String>,
}

impl Protected {
    fn of(text: &str) -> Self {
        let mut found = Protected::default();
        let mut begins = true;
        let mut shouted = false;
        let mut pieces = text.split_word_bounds().peekable();
        let mut glue = String::new();
        while let Some(piece) = pieces.next() {
            if !piece.starts_with(char::is_alphanumeric) {
                found.sign(piece, pieces.peek().copied(), &glue);
                begins =
                    (begins && !piece.contains([',', ';'])) || piece.contains(['.', '!', '?', ':', '\n', '•', '–']);
                glue = piece.to_owned();
                continue;
            }
            let small = piece.to_lowercase();
            let caps = piece.chars().filter(|c| c.is_uppercase()).count();
            let letters = piece.chars().filter(|c| c.is_alphabetic()).count();
            let all_caps = caps >= 2 && caps == letters;
            // a line in capitals is no row of abbreviations
            let loud = all_caps && (shouted || letters >= 6 || next_is_loud(&pieces));
            if piece.contains(|c: char| c.is_ascii_digit()) {
                found.figure(piece, &small, &glue);
            } else if let Some(number) = number_of(&small) {
                found.tokens.push(number);
            } else if is_negation(&small) || is_turning(&small) {
                found.tokens.push(small.clone());
            } else if caps >= 2 && !loud {
                found.names.push(piece.to_owned());
            } else if caps >= 1 && !loud && piece.starts_with(char::is_uppercase) {
                if begins { &mut found.initial } else { &mut found.names }.push(small.clone());
            }
            found.words.push(small);
            (begins, shouted) = (false, loud);
            glue.clear();
        }
        found
    }

    /// Figures as they stand; the mark of a footnote glued to a word is none.
    fn figure(&mut self, piece: &str, small: &str, glue: &str) {
        let bare = small.trim_end_matches(|c: char| c.is_ascii_digit());
        let mark = small.len() - bare.len() <= 3 && bare.chars().rev().take_while(|c| c.is_lowercase()).count() >= 4;
        if mark && piece.chars().skip(1).all(|c| !c.is_uppercase()) {
            return;
        }
        // behind a stop without a blank: "beleid.12"
        let glued = piece.len() <= 3 && matches!(glue, "." | "," | ")" | ";" | ":");
        if glued && self.words.last().is_some_and(|w| w.chars().count() >= 3 && w.chars().all(char::is_alphabetic)) {
            return;
        }
        let sign = if matches!(glue, "-" | "–" | "\u{2212}") && self.words.is_empty() { "-" } else { "" };
        self.tokens.push(format!("{sign}{small}"));
    }

    /// Signs that say how much, and those that turn what follows round.
    fn sign(&mut self, piece: &str, next: Option<&str>, glue: &str) {
        for c in piece.chars() {
            match c {
                '%' | '‰' | '€' | '$' | '£' | '§' | '<' | '>' | '=' | '+' | '±' => {
                    self.tokens.push(c.to_string())
                }
                '-' | '\u{2212}' | '–'
                    if glue.ends_with([' ', '(', '€'])
                        && next.is_some_and(|n| n.starts_with(|c: char| c.is_ascii_digit())) =>
                {
                    self.tokens.push("-".to_owned());
                }
                _ => {}
            }
        }
    }
}

fn next_is_loud<'t>(pieces: &(impl Iterator<Item = &'t str> + Clone)) -> bool {
    let word = pieces.clone().take(3).find(|p| p.starts_with(char::is_alphabetic));
    word.is_some_and(|w| w.chars().count() >= 2 && w.chars().all(char::is_uppercase))
}

/// Whether the names are the same. A name where a sentence begins can't be told from another word by its capital, so it
/// counts as a name when the other text has it as one; and as a change when a word that isn't just written otherwise
/// stands in its place.
fn same_names(old: &Protected, new: &Protected) -> bool {
    let certain = |a: &Protected, b: &Protected| {
        let in_b = |n: &String| b.names.contains(n) || b.initial.contains(n);
        a.names.iter().all(|n| in_b(n) || b.initial.iter().any(|i| *i == n.to_lowercase()))
    };
    let common = |a: &Protected, b: &Protected| -> Vec<String> {
        a.names.iter().filter(|n| b.names.contains(n)).cloned().collect()
    };
    let gone = |a: &Protected, b: &Protected| {
        a.initial.iter().any(|w| {
            !is_common_beginning(w) && !b.words.contains(w) && !b.words.iter().any(|other| is_spelled_like(w, other))
        })
    };
    let changed_beginning = gone(old, new) && gone(new, old);
    certain(old, new) && certain(new, old) && common(old, new) == common(new, old) && !changed_beginning
}

/// Whether two words could be one, misprinted: a letter in five may differ.
fn is_spelled_like(a: &str, b: &str) -> bool {
    let (long, short) = (a.len().max(b.len()), a.len().min(b.len()));
    (long - short) * 5 <= long && super::myers::distance(a.as_bytes(), b.as_bytes()) * 5 <= long
}

/// Whether a word of one text stands in the other with a beginning that denies it (*voldoende*, *onvoldoende*), or with an
/// end that does.
fn only_denied(old: &Protected, new: &Protected) -> bool {
    let only = |a: &Protected, b: &Protected| -> Vec<String> {
        a.words.iter().filter(|w| !b.words.contains(w)).cloned().collect()
    };
    let (gone, come) = (only(old, new), only(new, old));
    let denied = |w: &str, by: &str| words::DENYING.iter().any(|p| by.strip_prefix(p) == Some(w));
    let without = |w: &str| w.len() > 5 && (w.ends_with("loos") || w.ends_with("loze") || w.ends_with("less"));
    gone.iter().any(|g| come.iter().any(|c| denied(g, c) || denied(c, g)))
        || gone.iter().any(|w| without(w)) != come.iter().any(|w| without(w))
}
