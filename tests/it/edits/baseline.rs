//! What the notes are measured against: the method by which Hypothesis finds a quote again, with the constants it has
//! published. The quote is looked for as it stands and else approximately, with errors up to half its length and never
//! more than 256; the closest matches are weighed by 32 characters of context on each side and by position, and the best
//! one is shown, whatever it scores.

use kantlijn::doc::{Document, TextRange};
use kantlijn::notes::{Quote, Target};

const CONTEXT: usize = 32;
const MOST_ERRORS: usize = 256;
/// Weights of quote, prefix, suffix and position.
const WEIGHTS: [f64; 4] = [50.0, 20.0, 20.0, 2.0];

/// A document as this method reads it.
pub struct Baseline {
    text: Vec<char>,
    /// The byte at which each character begins, and the end.
    bytes: Vec<u32>,
}

impl Baseline {
    /// Reads a document.
    pub fn of(doc: &Document) -> Self {
        let (mut text, mut bytes) = (Vec::new(), Vec::new());
        for (at, c) in doc.text().char_indices() {
            text.push(c);
            bytes.push(at as u32);
        }
        bytes.push(doc.text().len() as u32);
        Baseline { text, bytes }
    }

    /// Where it shows a note; `None` when not even half of the quote is anywhere.
    pub fn show(&self, target: &Target, quote: &Quote) -> Option<TextRange> {
        let exact: Vec<char> = quote.exact.chars().collect();
        let prefix: Vec<char> = quote.prefix.chars().rev().take(CONTEXT).collect();
        let suffix: Vec<char> = quote.suffix.chars().take(CONTEXT).collect();
        let hint = target.position.map(|p| p.start as usize);
        let score = |m: &(usize, usize, usize)| {
            let (start, end, errors) = *m;
            let before: Vec<char> = self.text[..start].iter().rev().take(prefix.len()).copied().collect();
            let after: Vec<char> = self.text[end..].iter().take(suffix.len()).copied().collect();
            let near = hint.map_or(1.0, |h| 1.0 - h.abs_diff(start) as f64 / self.text.len() as f64);
            let parts =
                [1.0 - errors as f64 / exact.len() as f64, alike(&before, &prefix), alike(&after, &suffix), near];
            parts.iter().zip(WEIGHTS).map(|(p, w)| p * w).sum::<f64>() / WEIGHTS.iter().sum::<f64>()
        };
        let found = self.matches(&exact);
        let best = found.iter().map(|m| (score(m), m)).max_by(|a, b| a.0.total_cmp(&b.0).then(b.1.0.cmp(&a.1.0)))?.1;
        Some(TextRange::new(self.bytes[best.0], self.bytes[best.1]))
    }

    /// The closest places: start, end, errors.
    fn matches(&self, exact: &[char]) -> Vec<(usize, usize, usize)> {
        let starts = 0..=self.text.len().saturating_sub(exact.len());
        let same: Vec<_> = starts
            .filter(|s| self.text.get(*s) == exact.first() && self.text[*s..].starts_with(exact))
            .map(|s| (s, s + exact.len(), 0))
            .collect();
        if !same.is_empty() {
            return same;
        }
        let ends = closest(&self.text, exact, MOST_ERRORS.min(exact.len() / 2));
        let turned: Vec<char> = exact.iter().rev().copied().collect();
        let starts = |(end, errors): (usize, usize)| {
            let from = end.saturating_sub(exact.len() + errors);
            let back: Vec<char> = self.text[from..end].iter().rev().copied().collect();
            let len = closest(&back, &turned, errors).into_iter().map(|(len, _)| len).min().unwrap_or(exact.len());
            (end.saturating_sub(len), end, errors)
        };
        ends.into_iter().map(starts).collect()
    }
}

/// How alike two pieces of context are, from 0 to 1: one less the edits of the second found anywhere in the first.
fn alike(here: &[char], stored: &[char]) -> f64 {
    if stored.is_empty() {
        return 1.0;
    }
    let errors = closest(here, stored, stored.len()).first().map_or(stored.len(), |(_, errors)| *errors);
    1.0 - errors as f64 / stored.len() as f64
}

/// The ends of the places in a text that are fewest edits away from a pattern, if that is no more than `most`, each with
/// those edits. Columns of the table of edits are held as bits, 64 rows a word (Myers, 1999; blocks as by Hyyrö, 2003).
pub fn closest(text: &[char], pattern: &[char], most: usize) -> Vec<(usize, usize)> {
    let (rows, words) = (pattern.len(), pattern.len().div_ceil(64));
    if rows == 0 {
        return Vec::new();
    }
    let mut letters: Vec<(char, Vec<u64>)> = Vec::new();
    for (n, c) in pattern.iter().enumerate() {
        let at = letters.iter().position(|(l, _)| l == c).unwrap_or_else(|| {
            letters.push((*c, vec![0; words]));
            letters.len() - 1
        });
        letters[at].1[n / 64] |= 1 << (n % 64);
    }
    let mut ascii = [usize::MAX; 128];
    for (n, (c, _)) in letters.iter().enumerate().filter(|(_, (c, _))| c.is_ascii()) {
        ascii[*c as usize] = n;
    }
    let none = vec![0; words];
    let (mut up, mut down) = (vec![u64::MAX; words], vec![0_u64; words]);
    let last = 1 << ((rows - 1) % 64);
    let (mut errors, mut best, mut out) = (rows, most, Vec::new());
    for (at, c) in text.iter().enumerate() {
        let letter = match c.is_ascii() {
            true => ascii[*c as usize],
            false => letters.iter().position(|(l, _)| l == c).unwrap_or(usize::MAX),
        };
        let same = letters.get(letter).map_or(&none, |(_, bits)| bits);
        let (mut more, mut less) = (0_u64, 0_u64);
        for w in 0..words {
            let (pv, mv, eq) = (up[w], down[w], same[w]);
            let xv = eq | mv;
            let eq = eq | less;
            let xh = ((eq & pv).wrapping_add(pv) ^ pv) | eq;
            let (ph, mh) = (mv | !(xh | pv), pv & xh);
            let top = if w == words - 1 { last } else { 1 << 63 };
            let (out_more, out_less) = (u64::from(ph & top != 0), u64::from(mh & top != 0));
            let (ph, mh) = (ph << 1 | more, mh << 1 | less);
            (up[w], down[w]) = (mh | !(xv | ph), ph & xv);
            (more, less) = (out_more, out_less);
        }
        errors = errors + more as usize - less as usize;
        if errors < best {
            out.clear();
        }
        if errors <= best {
            best = errors;
            out.push((at + 1, errors));
        }
    }
    out
}
