//! What has changed between two texts, word by word: for a person who has to judge whether a note still belongs there.
//!
//! The shortest way from one list of words to the other (Myers, *An O(ND) difference algorithm*, 1986), with what stays
//! between two changes only because it is a small word everybody uses taken as changed along with them. Each word that is
//! not to be overlooked (a figure, a negation, a name) is told as such. White space is nothing.

use std::ops::Range;
use unicode_segmentation::UnicodeSegmentation;

/// Changes that are looked for at most; texts that differ in more are other texts.
const MOST: usize = 800;
/// Words of this many letters, alone between two changes, go with them.
const SMALL: usize = 3;

/// What became of a piece.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Op {
    /// It stands in both.
    Same,
    /// It stands in the old text only.
    Gone,
    /// It stands in the new text only.
    New,
}

/// What kind of word.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Any.
    Word,
    /// A name or an abbreviation.
    Name,
    /// A number, an amount, a year.
    Figure,
    /// It turns round what is said.
    Negation,
}

/// Words in a row that share a fate and a kind.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// What became of them.
    pub op: Op,
    /// Their kind; of what stays the same always [`Kind::Word`].
    pub kind: Kind,
    /// The words, one blank between them where there is any white space.
    pub text: String,
    /// White space stands before them.
    pub apart: bool,
    /// Their bytes in the old text; where they would stand, when they are new.
    pub old: Range<usize>,
    /// Their bytes in the new text; where they would stand, when they are gone.
    pub new: Range<usize>,
}

/// Words of a change that are not to be overlooked: what stood there and what stands there now; one may be empty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Weighty {
    /// The weightiest kind among them.
    pub kind: Kind,
    /// What stood there.
    pub old: String,
    /// What stands there now.
    pub new: String,
}

/// The way from one text to another.
#[must_use]
pub fn words(old: &str, new: &str) -> Vec<Piece> {
    let (a, b) = (tokens(old), tokens(new));
    let mut ops = ops(&a, &b);
    absorb(&mut ops, &a);
    let mut out: Vec<Piece> = Vec::new();
    let (mut i, mut j) = (0, 0);
    let start = |tokens: &[Token<'_>], at: usize, text: &str| tokens.get(at).map_or(text.len(), |t| t.at.start);
    for op in ops {
        let token = if op == Op::New { &b[j] } else { &a[i] };
        let (old_at, new_at) = match op {
            Op::Same => (a[i].at.clone(), b[j].at.clone()),
            Op::Gone => (a[i].at.clone(), start(&b, j, new)..start(&b, j, new)),
            Op::New => (start(&a, i, old)..start(&a, i, old), b[j].at.clone()),
        };
        let shown = if op == Op::Same { &b[j] } else { token };
        let kind = if op == Op::Same { Kind::Word } else { token.kind };
        i += usize::from(op != Op::New);
        j += usize::from(op != Op::Gone);
        match out.last_mut() {
            Some(last) if last.op == op && last.kind == kind => {
                if shown.apart {
                    last.text.push(' ');
                }
                last.text.push_str(shown.text);
                last.old.end = old_at.end.max(last.old.end);
                last.new.end = new_at.end.max(last.new.end);
            }
            _ => {
                out.push(Piece { op, kind, text: shown.text.to_owned(), apart: shown.apart, old: old_at, new: new_at })
            }
        }
    }
    out
}

/// The changes in which figures, negations or names differ.
#[must_use]
pub fn weighty(pieces: &[Piece]) -> Vec<Weighty> {
    let mut out = Vec::new();
    for change in pieces.split(|p| p.op == Op::Same) {
        let of = |op: Op| {
            let words = change.iter().filter(|p| p.op == op && p.kind > Kind::Word).map(|p| p.text.as_str());
            words.collect::<Vec<_>>().join(" ")
        };
        if let Some(kind) = change.iter().map(|p| p.kind).max().filter(|k| *k > Kind::Word) {
            out.push(Weighty { kind, old: of(Op::Gone), new: of(Op::New) });
        }
    }
    out
}

struct Token<'t> {
    text: &'t str,
    /// What it is compared by: marks that look alike are one.
    key: String,
    at: Range<usize>,
    apart: bool,
    kind: Kind,
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out: Vec<Token<'_>> = Vec::new();
    let (mut apart, mut begins) = (false, true);
    for (at, piece) in text.split_word_bound_indices() {
        if piece.trim().is_empty() {
            apart = true;
            continue;
        }
        let word = piece.starts_with(char::is_alphanumeric);
        let key: String = piece.chars().filter(|c| *c != '\u{ad}').map(plain).collect();
        let kind = kind_of(piece, begins);
        begins = if word { false } else { piece.contains(['.', '!', '?', ':', '•']) || begins };
        out.push(Token { text: piece, key, at: at..at + piece.len(), apart, kind });
        apart = false;
    }
    out
}

/// Quotation marks, hyphens and blanks that differ only in their shape.
fn plain(c: char) -> char {
    match c {
        '‘' | '’' | '‚' | '`' | '´' => '\'',
        '“' | '”' | '„' | '«' | '»' => '"',
        '‐' | '‑' | '–' | '—' | '\u{2212}' => '-',
        c => c,
    }
}

fn kind_of(word: &str, begins: bool) -> Kind {
    const NEGATIONS: &[&str] = &[
        "cannot",
        "geen",
        "geenszins",
        "nauwelijks",
        "neither",
        "never",
        "nergens",
        "niemand",
        "niet",
        "niets",
        "no",
        "nobody",
        "none",
        "nooit",
        "nor",
        "not",
        "nothing",
        "noch",
        "without",
        "zonder",
    ];
    const FIGURES: &[&str] = &[
        "acht",
        "driekwart",
        "drie",
        "eight",
        "eleven",
        "elf",
        "five",
        "four",
        "half",
        "helft",
        "honderd",
        "hundred",
        "kwart",
        "miljard",
        "miljoen",
        "million",
        "negen",
        "nine",
        "seven",
        "six",
        "ten",
        "thousand",
        "three",
        "tien",
        "twaalf",
        "twee",
        "twelve",
        "two",
        "vier",
        "vijf",
        "zes",
        "zeven",
        "duizend",
    ];
    const SIGNS: &[&str] = &["%", "‰", "€", "$", "£", "§", "<", ">", "+", "±"];
    let small = word.to_lowercase();
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    if word.contains(|c: char| c.is_numeric()) || FIGURES.contains(&small.as_str()) || SIGNS.contains(&word) {
        Kind::Figure
    } else if NEGATIONS.contains(&small.as_str()) || small.ends_with("n't") || small.ends_with("n’t") {
        Kind::Negation
    } else if capitals >= 2 || (capitals == 1 && !begins && word.chars().count() > 1) {
        Kind::Name
    } else {
        Kind::Word
    }
}

/// The shortest way from one list to the other; within a change what is gone stands first.
fn ops(a: &[Token<'_>], b: &[Token<'_>]) -> Vec<Op> {
    let same = |x: &Token<'_>, y: &Token<'_>| x.key == y.key;
    let head = a.iter().zip(b).take_while(|(x, y)| same(x, y)).count();
    let (left_a, left_b) = (&a[head..], &b[head..]);
    let tail = left_a.iter().rev().zip(left_b.iter().rev()).take_while(|(x, y)| same(x, y)).count();
    let (mid_a, mid_b) = (&left_a[..left_a.len() - tail], &left_b[..left_b.len() - tail]);
    let mut out = vec![Op::Same; head];
    let mid = shortest(mid_a.len(), mid_b.len(), |i, j| same(&mid_a[i], &mid_b[j]));
    match mid {
        Some(mid) => out.extend(sorted(&mid)),
        None => {
            out.extend(vec![Op::Gone; mid_a.len()]);
            out.extend(vec![Op::New; mid_b.len()]);
        }
    }
    out.extend(vec![Op::Same; tail]);
    out
}

/// Myers' greedy algorithm; `None` when it takes more than [`MOST`] changes.
fn shortest(n: usize, m: usize, same: impl Fn(usize, usize) -> bool) -> Option<Vec<Op>> {
    let most = (n + m).min(MOST);
    let width = 2 * most + 3;
    let middle = most as isize + 1;
    let mut far = vec![0usize; width];
    let mut steps: Vec<Vec<usize>> = Vec::new();
    let at = |k: isize| (middle + k) as usize;
    for d in 0..=most as isize {
        steps.push(far.clone());
        let mut k = -d;
        while k <= d {
            let down = k == -d || (k != d && far[at(k - 1)] < far[at(k + 1)]);
            let mut x = if down { far[at(k + 1)] } else { far[at(k - 1)] + 1 };
            let mut y = x.checked_add_signed(-k)?;
            while x < n && y < m && same(x, y) {
                (x, y) = (x + 1, y + 1);
            }
            far[at(k)] = x;
            if x >= n && y >= m {
                return Some(way_back(&steps, d, k, (n, m), at));
            }
            k += 2;
        }
    }
    None
}

fn way_back(
    steps: &[Vec<usize>],
    mut d: isize,
    mut k: isize,
    end: (usize, usize),
    at: impl Fn(isize) -> usize,
) -> Vec<Op> {
    let (mut x, mut y) = end;
    let mut out = Vec::new();
    while d > 0 {
        let far = &steps[d as usize];
        let down = k == -d || (k != d && far[at(k - 1)] < far[at(k + 1)]);
        let before = if down { k + 1 } else { k - 1 };
        let from = far[at(before)];
        let start = if down { from } else { from + 1 };
        out.extend(std::iter::repeat_n(Op::Same, x - start));
        out.push(if down { Op::New } else { Op::Gone });
        x = from;
        y = (from as isize - before) as usize;
        k = before;
        d -= 1;
    }
    out.extend(std::iter::repeat_n(Op::Same, x.min(y)));
    out.reverse();
    out
}

/// Within each change what is gone before what is new.
fn sorted(ops: &[Op]) -> Vec<Op> {
    let mut out = Vec::with_capacity(ops.len());
    for run in ops.chunk_by(|a, b| (*a == Op::Same) == (*b == Op::Same)) {
        let gone = run.iter().filter(|op| **op == Op::Gone).count();
        match run[0] {
            Op::Same => out.extend_from_slice(run),
            _ => {
                out.extend(vec![Op::Gone; gone]);
                out.extend(vec![Op::New; run.len() - gone]);
            }
        }
    }
    out
}

/// A small word alone between two larger changes reads better as part of them.
fn absorb(ops: &mut Vec<Op>, a: &[Token<'_>]) {
    let runs: Vec<Vec<Op>> = ops.chunk_by(|a, b| (*a == Op::Same) == (*b == Op::Same)).map(<[Op]>::to_vec).collect();
    let (mut out, mut i) = (Vec::new(), 0);
    for (at, run) in runs.iter().enumerate() {
        let old = run.iter().filter(|op| **op != Op::New).count();
        let letters: usize = a[i..i + old].iter().map(|t| t.text.chars().count()).sum();
        let inside = at > 0 && at + 1 < runs.len();
        let around = || runs[at - 1].len().min(runs[at + 1].len());
        if run[0] == Op::Same && inside && letters <= SMALL && around() >= 3 {
            out.extend(vec![Op::Gone; run.len()]);
            out.extend(vec![Op::New; run.len()]);
        } else {
            out.extend_from_slice(run);
        }
        i += old;
    }
    *ops = sorted(&out);
}

#[cfg(test)]
mod tests;
