//! Words, sentences and paragraphs of a document: the units the reader moves and selects by.
//!
//! A sentence never crosses a block, nor a cell of a table, nor a line of code. Its borders are those of UAX #29, mended
//! where Dutch reports write a full stop that ends nothing: abbreviations, initials, numbered things.

use crate::doc::{BlockKind, Document, TextRange};
use unicode_segmentation::UnicodeSegmentation;

/// Abbreviations, in lower case without the last full stop, after which the sentence goes on whatever follows; in
/// order. Those that often end a sentence (enz., mln.) or are words too (lid, min) are left out.
const ABBREVIATIONS: &[&str] = &[
    "aanh", "aant", "afb", "afd", "afl", "art", "bijv", "blz", "bv", "c.q", "ca", "cf", "d.d", "d.m.v", "d.w.z", "dd",
    "dhr", "dr", "drs", "e.g", "evt", "fig", "hfst", "hr", "i.c", "i.e", "i.h.b", "i.p.v", "i.s.m", "i.v.m", "incl",
    "ing", "inz", "ir", "jhr", "m.a.w", "m.b.t", "m.b.v", "m.i", "m.i.v", "m.n", "m.u.v", "max", "mej", "mevr", "mr",
    "mrs", "ms", "mw", "n.a.v", "nr", "nrs", "o.a", "o.b.v", "o.g.v", "o.l.v", "p", "pag", "par", "plm", "pp", "prof",
    "resp", "stb", "stcrt", "t.a.v", "t.b.v", "t.g.v", "t.n.v", "t.o.v", "t.w", "tel", "vgl", "vlg", "vnl", "vol",
    "vs", "z.g", "zgn",
];

/// The word at a byte: letters and digits, with the apostrophes and full stops inside them. On a blank or a mark the
/// next word of the block, else the one before; the byte's own place when the block has none.
#[must_use]
pub fn word_at(doc: &Document, byte: u32) -> TextRange {
    let Some(block) = paragraph_at(doc, byte) else { return TextRange::at(byte) };
    let at = byte.clamp(block.start, block.end);
    word_from(doc, block, at).or_else(|| word_until(doc, block, at)).unwrap_or(TextRange::at(byte))
}

/// The block at a byte, or the one before when it stands between two; `None` in an empty document.
#[must_use]
pub fn paragraph_at(doc: &Document, byte: u32) -> Option<TextRange> {
    let block = doc.blocks().get(doc.block_at(byte).0 as usize)?;
    Some(block.range)
}

/// The sentence at a byte, without the blanks after it; empty, at the byte, in an empty document.
#[must_use]
pub fn sentence_at(doc: &Document, byte: u32) -> TextRange {
    let Some(unit) = unit_at(doc, byte) else { return TextRange::at(byte) };
    let mut sentences = sentences(doc.slice(unit), unit.start);
    let found = sentences.iter().rposition(|s| s.start <= byte).unwrap_or(0);
    if sentences.is_empty() { unit } else { sentences.swap_remove(found) }
}

/// The first byte of the next sentence, in this block or a later one.
#[must_use]
pub fn next_sentence(doc: &Document, byte: u32) -> Option<u32> {
    let mut unit = unit_at(doc, byte)?;
    loop {
        let next = sentences(doc.slice(unit), unit.start).into_iter().find(|s| s.start > byte);
        if let Some(sentence) = next {
            return Some(sentence.start);
        }
        unit = unit_after(doc, unit)?;
    }
}

/// The first byte of this sentence, or of the one before when the byte is that.
#[must_use]
pub fn prev_sentence(doc: &Document, byte: u32) -> Option<u32> {
    let mut unit = unit_at(doc, byte)?;
    loop {
        let before = sentences(doc.slice(unit), unit.start).into_iter().rfind(|s| s.start < byte);
        if let Some(sentence) = before {
            return Some(sentence.start);
        }
        unit = unit_at(doc, unit.start.checked_sub(1)?).filter(|u| u.start < unit.start)?;
    }
}

/// The first byte of the next word, in this block or a later one.
#[must_use]
pub fn next_word(doc: &Document, byte: u32) -> Option<u32> {
    let first = doc.block_at(byte).0 as usize;
    doc.blocks().get(first..)?.iter().find_map(|block| {
        let mut at = byte.max(block.range.start);
        loop {
            let word = word_from(doc, block.range, at)?;
            if word.start > byte || (word.start == byte && block.range.start > byte) {
                return Some(word.start);
            }
            at = word.end;
        }
    })
}

/// The first byte of this word, or of the one before when the byte is that.
#[must_use]
pub fn prev_word(doc: &Document, byte: u32) -> Option<u32> {
    let last = doc.block_at(byte).0 as usize;
    let blocks = doc.blocks().get(..=last)?;
    blocks.iter().rev().find_map(|block| word_until(doc, block.range, byte)).map(|word| word.start)
}

/// The first byte of the next cluster, in this block or the next.
#[must_use]
pub fn next_grapheme(doc: &Document, byte: u32) -> Option<u32> {
    let id = doc.block_at(byte).0 as usize;
    let block = doc.blocks().get(id)?.range;
    if byte < block.start {
        return Some(block.start);
    }
    let rest = doc.slice(TextRange::new(byte, block.end));
    let next = byte + rest.graphemes(true).next().map_or(0, |c| c.len() as u32);
    if next > byte && next < block.end { Some(next) } else { doc.blocks().get(id + 1).map(|b| b.range.start) }
}

/// The first byte of the cluster before, in this block or the one before.
#[must_use]
pub fn prev_grapheme(doc: &Document, byte: u32) -> Option<u32> {
    let block = doc.blocks().get(doc.block_at(byte.checked_sub(1)?).0 as usize)?.range;
    let before = doc.slice(TextRange::new(block.start, byte.min(block.end)));
    let (at, _) = before.grapheme_indices(true).next_back()?;
    Some(block.start + at as u32)
}

/// What holds whole sentences: a block, or in tables and code the cell or line at the byte.
fn unit_at(doc: &Document, byte: u32) -> Option<TextRange> {
    let block = doc.blocks().get(doc.block_at(byte).0 as usize)?;
    let range = block.range;
    let separators: &[char] = match block.kind {
        BlockKind::Table { .. } => &['\t', '\n'],
        BlockKind::Code => &['\n'],
        _ => return Some(range),
    };
    // A byte on a separator belongs to the cell or line before it.
    let at = byte.clamp(range.start, range.end);
    let (before, after) = (TextRange::new(range.start, at), TextRange::new(at, range.end));
    let start = doc.slice(before).rfind(separators).map_or(range.start, |i| range.start + i as u32 + 1);
    let end = doc.slice(after).find(separators).map_or(range.end, |i| at + i as u32);
    Some(TextRange::new(start, end))
}

fn unit_after(doc: &Document, unit: TextRange) -> Option<TextRange> {
    let block = doc.block_at(unit.start).0 as usize;
    if unit.end < doc.blocks().get(block)?.range.end {
        return unit_at(doc, unit.end + 1);
    }
    unit_at(doc, doc.blocks().get(block + 1)?.range.start)
}

/// The sentences of a text that begins at byte `start`, without the blanks between them.
fn sentences(text: &str, start: u32) -> Vec<TextRange> {
    let mut out = Vec::new();
    let mut from = 0;
    for (at, piece) in text.split_sentence_bound_indices() {
        let end = at + piece.len();
        if end < text.len() && goes_on(&text[from..end], &text[end..]) {
            continue;
        }
        let whole = &text[from..end];
        let sentence = whole.trim();
        if !sentence.is_empty() {
            let first = from + (whole.len() - whole.trim_start().len());
            out.push(TextRange::new(start + first as u32, start + (first + sentence.len()) as u32));
        }
        from = end;
    }
    out
}

/// Whether the border between these two is none: the full stop belongs to an abbreviation, an initial or a number.
fn goes_on(before: &str, after: &str) -> bool {
    let Some(before) = before.trim_end().strip_suffix('.') else { return false };
    let next = after.trim_start().chars().next();
    let word = before.rsplit([' ', '\u{a0}', '(', '[', '\n', '\t']).next().unwrap_or(before);
    let word = word.trim_start_matches(|c: char| !c.is_alphanumeric());
    let mut letters = word.chars();
    match (letters.next(), letters.next()) {
        (None, _) => false,
        // an initial: J. Jansen
        (Some(c), None) if c.is_uppercase() => next.is_some_and(char::is_uppercase),
        // more initials: J.P. Jansen
        (Some(c), Some('.')) if c.is_uppercase() && word.split('.').all(is_initial) => {
            next.is_some_and(char::is_uppercase)
        }
        // the number of a heading, an item or a day at the very start: "3.1. Toezicht", "3. mei"
        (Some(c), _) if c.is_ascii_digit() => {
            word.chars().all(|c| c.is_ascii_digit() || c == '.') && before.trim_start() == word
        }
        _ => ABBREVIATIONS.binary_search(&word.to_lowercase().as_str()).is_ok(),
    }
}

fn is_initial(part: &str) -> bool {
    let mut letters = part.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.as_str().len() <= 1
}

/// The first word of the block that ends after `at`.
fn word_from(doc: &Document, block: TextRange, at: u32) -> Option<TextRange> {
    words(doc, block, run_start(doc, block, at)).find(|w| w.end > at)
}

/// The last word of the block that begins before `at`.
fn word_until(doc: &Document, block: TextRange, at: u32) -> Option<TextRange> {
    let mut end = at.min(block.end);
    while end > block.start {
        let start = run_start(doc, block, end - 1);
        if let Some(word) = words(doc, block, start).take_while(|w| w.start < end).last() {
            return Some(word);
        }
        end = start;
    }
    None
}

/// Where the run of text without a blank begins in which the byte stands. Words never cross a blank, so that only the
/// run has to be looked at, however long the block.
fn run_start(doc: &Document, block: TextRange, at: u32) -> u32 {
    let bytes = doc.text().as_bytes();
    let before = bytes[block.start as usize..at.min(block.end) as usize].iter();
    block.start + before.clone().rposition(u8::is_ascii_whitespace).map_or(0, |i| i as u32 + 1)
}

/// Words of the block from the border `from` on.
fn words(doc: &Document, block: TextRange, from: u32) -> impl Iterator<Item = TextRange> {
    let rest = doc.slice(TextRange::new(from, block.end));
    rest.unicode_word_indices().map(move |(i, w)| TextRange::new(from + i as u32, from + (i + w.len()) as u32))
}

#[cfg(test)]
mod tests;
