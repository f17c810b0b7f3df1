//! Makes the Dutch lexicon from a list of words, one a line: `cargo run --release --example lexicon WORDS OUT`.
//!
//! Each word is folded and given what the cutting of compounds needs: how many words of the list it begins and how many
//! it ends. A word may be cut in several ways and some are chance, so these are counted as expectations, several times
//! over: each way weighs what its parts weighed in the round before, against the word being no compound at all.
//! The same list gives the same file.

use anyhow::{Context, bail};
use kantlijn::lang::fold;
use std::collections::BTreeMap;
use std::fs;

#[allow(dead_code, reason = "some of it only cuts words")]
#[path = "../../src/lang/affixes.rs"]
mod affixes;
#[allow(dead_code, reason = "this program writes entries and reads none")]
#[path = "../../src/lang/entry.rs"]
mod entry;

mod lists;

use affixes::irregular;
use entry::{BOUND, FLAGS, NO_BEGINNING, NO_END, NO_PART, ONE_WORD, STEPS};
use lists::{is_one, may_begin, may_end};

/// What a letter of a word costs, in bits, when the word is taken for no compound. Less than where words are cut: a count
/// that is too low does no harm, and chance cuts feed on themselves.
const LETTER_COST: f64 = 2.4;
/// Rounds of counting; after these nothing moves.
const ROUNDS: usize = 8;
/// What a word begins or ends beside what was counted.
const ADDED: f64 = 0.05;

#[derive(Default)]
struct Word {
    /// Only written with capitals, a hyphen or a blank in the list.
    no_part: bool,
    begins: f64,
    ends: f64,
}

fn main() -> anyhow::Result<()> {
    let mut args = std::env::args().skip(1);
    let (Some(from), Some(to), None) = (args.next(), args.next(), args.next()) else {
        bail!("usage: lexicon WORDS OUT");
    };
    let list = fs::read_to_string(&from).with_context(|| format!("cannot read {from}"))?;
    let mut words = read(&list);
    let bound = count(&mut words);
    let mut entries: BTreeMap<String, u64> = BTreeMap::new();
    for (word, w) in &words {
        entries.insert(word.clone(), pack(w.begins, w.ends, flags(word, w)));
    }
    for (form, begins) in bound {
        // a form once seen may be chance
        if begins >= 1.0 && !words.contains_key(&form) {
            entries.insert(form, pack(begins, 0.0, BOUND));
        }
    }
    let mut map = fst::MapBuilder::memory();
    for (word, value) in &entries {
        map.insert(word, *value)?;
    }
    let bytes = map.into_inner()?;
    fs::write(&to, &bytes).with_context(|| format!("cannot write {to}"))?;
    #[allow(clippy::print_stdout)]
    {
        println!("{} words, {} entries, {} bytes", words.len(), entries.len(), bytes.len());
    }
    Ok(())
}

fn flags(word: &str, w: &Word) -> u64 {
    let flag = |is: bool, flag: u64| if is { flag } else { 0 };
    if w.no_part {
        return NO_PART;
    }
    flag(!may_begin(word), NO_BEGINNING) | flag(!may_end(word), NO_END) | flag(is_one(word), ONE_WORD)
}

/// A word's entry: how many words it begins and ends, and its flags.
fn pack(begins: f64, ends: f64, flags: u64) -> u64 {
    let step = |n: f64| ((n + 0.5).log2() + 1.0).round().clamp(0.0, (STEPS - 1) as f64) as u64;
    (step(ends) * STEPS + step(begins)) * FLAGS + flags
}

/// The words of the list, folded. Of names of several words and of words with a hyphen the pieces are words.
fn read(list: &str) -> BTreeMap<String, Word> {
    let mut words: BTreeMap<String, Word> = BTreeMap::new();
    for line in list.lines() {
        let line = line.trim();
        let whole = !line.contains([' ', '-', '\u{2011}']);
        for piece in line.split([' ', '-', '\u{2011}']) {
            let word = fold(piece);
            // what stands before a hyphen with a linking s is a beginning, no word
            let beginning = word.ends_with('s') && !line.ends_with(piece);
            if beginning
                || word.len() < 2
                || !word.bytes().all(|b| b.is_ascii_lowercase() || b == b'\'')
                || is_roman(piece)
            {
                continue;
            }
            // a longer piece of a word with hyphens is a word as good as others
            let whole = whole || word.len() > 5 && !line.contains(' ');
            let plain = whole && (piece.chars().all(char::is_lowercase) || is_institution(&word));
            let known = words.entry(word).or_insert_with(|| Word { no_part: true, ..Word::default() });
            known.no_part &= !plain;
        }
    }
    words
}

/// Words of the state that the list has with a capital and people write without one.
fn is_institution(word: &str) -> bool {
    ["kamer", "rijks", "staats"].iter().any(|w| word.starts_with(w))
}

fn is_roman(piece: &str) -> bool {
    piece.len() > 1 && piece.bytes().all(|b| b"IVXLCDM".contains(&b))
}

/// Counts what words begin and end; returns how often each form with a linking s that is no word begins one.
fn count(words: &mut BTreeMap<String, Word>) -> BTreeMap<String, f64> {
    // every way to cut every word in two
    let mut ways: Vec<(usize, Vec<(&str, &str)>)> = Vec::new();
    let is_part = |w: &str| words.get(w).is_some_and(|w| !w.no_part);
    for (word, w) in words.iter() {
        if w.no_part || is_one(word) {
            continue;
        }
        let mut cuts = Vec::new();
        for at in 3..word.len().saturating_sub(2) {
            let (front, back) = word.split_at(at);
            let stem = front.strip_suffix('s').filter(|s| s.len() > 3 && is_part(s) && may_begin(s));
            let begins = is_part(front) && may_begin(front) || stem.is_some() || irregular(front).is_some();
            if begins && is_part(back) && may_end(back) {
                cuts.push((front, back));
            }
        }
        if !cuts.is_empty() {
            ways.push((word.len(), cuts));
        }
    }
    let mut begins: BTreeMap<&str, f64> = BTreeMap::new();
    let mut ends: BTreeMap<&str, f64> = BTreeMap::new();
    for round in 0..ROUNDS {
        let total: f64 = begins.values().sum::<f64>().max(1.0);
        let mut next_begins: BTreeMap<&str, f64> = BTreeMap::new();
        let mut next_ends: BTreeMap<&str, f64> = BTreeMap::new();
        for (len, cuts) in &ways {
            let chance = |(front, back): &(&str, &str)| {
                if round == 0 {
                    return 1.0;
                }
                let b = begins.get(front).copied().unwrap_or(0.0) + ADDED;
                let e = ends.get(back).copied().unwrap_or(0.0) + ADDED;
                (b / total) * (e / total)
            };
            let simple = if round == 0 { 1.0 } else { (-(*len as f64) * LETTER_COST).exp2() };
            let all: f64 = cuts.iter().map(chance).sum::<f64>() + simple;
            for cut in cuts {
                let share = chance(cut) / all;
                *next_begins.entry(cut.0).or_default() += share;
                *next_ends.entry(cut.1).or_default() += share;
            }
        }
        (begins, ends) = (next_begins, next_ends);
    }
    let begins: BTreeMap<String, f64> = begins.into_iter().map(|(w, n)| (w.to_owned(), n)).collect();
    let ends: BTreeMap<String, f64> = ends.into_iter().map(|(w, n)| (w.to_owned(), n)).collect();
    for (word, w) in words.iter_mut() {
        w.begins = begins.get(word).copied().unwrap_or(0.0);
        w.ends = ends.get(word).copied().unwrap_or(0.0);
    }
    begins.into_iter().filter(|(form, _)| !words.contains_key(form)).collect()
}
