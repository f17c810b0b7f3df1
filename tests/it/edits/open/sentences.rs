//! The open edits of one sentence.

use crate::edits::text::{MONTHS, one};
use crate::edits::work::{Patch, hard, harmless, soft, some, word, words};
use crate::made::Dice;

/// rn for m, 1 for l, 0 for o and the other way round, in words.
pub fn misread(dice: &mut Dice, text: &[char]) -> Vec<Patch> {
    let mut out = Vec::new();
    for w in harmless(text, 4) {
        let letters = &text[w.clone()];
        let at = |n: usize| w.start + n;
        for n in 1..letters.len() {
            match letters[n] {
                'm' => out.push(soft(at(n)..at(n + 1), "rn")),
                'n' if letters[n - 1] == 'r' => out.push(soft(at(n - 1)..at(n + 1), "m")),
                'l' => out.push(soft(at(n)..at(n + 1), "1")),
                'o' => out.push(soft(at(n)..at(n + 1), "0")),
                _ => {}
            }
        }
    }
    let most = 1 + dice.below(4);
    let mut out = some(dice, out, most);
    out.dedup_by(|b, a| b.at.start < a.at.end);
    out
}

pub fn blanks(dice: &mut Dice, text: &[char]) -> Vec<Patch> {
    let all: Vec<usize> = (1..text.len() - 1).filter(|n| text[*n] == ' ').collect();
    let between_words = |n: &usize| text[n - 1].is_lowercase() && text[n + 1].is_lowercase();
    let all = all.into_iter().filter(between_words).collect();
    let most = 1 + dice.below(3);
    let put = |n: usize, lost: bool| soft(n..n + 1, if lost { "" } else { "   " });
    some(dice, all, most).into_iter().map(|n| put(n, dice.below(3) > 0)).collect()
}

pub fn soft_hyphens(dice: &mut Dice, text: &[char]) -> Vec<Patch> {
    let all = harmless(text, 8);
    let most = 1 + dice.below(4);
    some(dice, all, most).into_iter().map(|w| w.start + w.len() / 2).map(|n| soft(n..n, "\u{ad}")).collect()
}

pub fn swapped(dice: &mut Dice, text: &[char]) -> Vec<Patch> {
    let all = harmless(text, 5);
    let most = 1 + dice.below(2);
    let swap = |w: std::ops::Range<usize>| {
        let n = w.start + 1 + w.len() / 3;
        soft(n..n + 2, [text[n + 1], text[n]].iter().collect::<String>())
    };
    some(dice, all, most).into_iter().map(swap).collect()
}

pub fn adverb(dice: &mut Dice, text: &[char]) -> Vec<Patch> {
    let gaps: Vec<usize> = words(text).iter().skip(2).map(|w| w.start).collect();
    let put = |dice: &mut Dice| format!("{} ", one(dice, &["inmiddels", "daarbij", "in de regel", "overigens", "dus"]));
    some(dice, gaps, 1).into_iter().map(|n| soft(n..n, put(dice))).collect()
}

/// Three words of four are others.
pub fn rewritten(dice: &mut Dice, text: &[char]) -> Vec<Patch> {
    let others =
        ["onderdeel", "voortaan", "begroting", "regelen", "zorgvuldig", "opnieuw", "uitleg", "bestaand", "erbij"];
    let all = harmless(text, 3);
    let most = (all.len() * 3 / 4).max(1);
    let put = |dice: &mut Dice, w| soft(w, one(dice, &others));
    some(dice, all, most).into_iter().map(|w| put(dice, w)).collect()
}

/// Numbers, and whether a sign or word of percent follows.
pub fn figures(text: &[char], percent: bool) -> Vec<std::ops::Range<usize>> {
    let all = words(text);
    let mut out = Vec::new();
    for (n, w) in all.iter().enumerate() {
        let is = word(text, w);
        let bare = is.trim_end_matches('%');
        let next = all.get(n + 1).map(|w| word(text, w)).unwrap_or_default();
        let before = n.checked_sub(1).map(|n| word(text, &all[n])).unwrap_or_default();
        let digits = bare.chars().all(|c| c.is_ascii_digit()) && (1..4).contains(&bare.len());
        let is_percent = is.ends_with('%') || ["procent", "per", "%"].contains(&next.as_str());
        let plain = !["€", "artikel", "article", "section", "lid", "subsection", "in"].contains(&before.as_str())
            && !MONTHS.concat().contains(&next.as_str())
            && !["miljoen", "million", "euro"].contains(&next.as_str());
        if digits && is_percent == percent && (percent || plain) {
            out.push(w.start..w.start + bare.len());
        }
    }
    out
}

/// Another number of about the same size: digits swapped, one more or less, or any.
pub fn other(dice: &mut Dice, text: &[char], at: std::ops::Range<usize>) -> Patch {
    let is = word(text, &at);
    let n: usize = is.parse().unwrap_or(1);
    let turned: String = is.chars().rev().collect();
    let new = match dice.below(3) {
        0 if turned != is && !turned.starts_with('0') => turned,
        1 => (n + 1).to_string(),
        _ => (2 + (n + 3 + dice.below(60)) % 97).to_string(),
    };
    hard(at, if new == is { (n + 2).to_string() } else { new })
}

pub fn percentages(dice: &mut Dice, text: &[char]) -> Vec<Patch> {
    let all = figures(text, true);
    some(dice, all, 1).into_iter().map(|w| other(dice, text, w)).collect()
}

pub fn numbers(dice: &mut Dice, text: &[char]) -> Vec<Patch> {
    let all = figures(text, false);
    some(dice, all, 1).into_iter().map(|w| other(dice, text, w)).collect()
}

pub fn niet(_: &mut Dice, text: &[char]) -> Vec<Patch> {
    let has = words(text).iter().any(|w| ["niet", "geen", "nooit", "zonder"].contains(&word(text, w).as_str()));
    let last = words(text).into_iter().next_back().filter(|_| !has);
    last.map(|w| hard(w.start..w.start, "niet ")).into_iter().collect()
}

/// Runs of words with capitals after the first word: names.
pub fn names(text: &[char]) -> Vec<std::ops::Range<usize>> {
    let mut out: Vec<std::ops::Range<usize>> = Vec::new();
    for w in words(text).into_iter().skip(1) {
        let letters = &text[w.clone()];
        if !letters[0].is_uppercase() || letters.len() < 4 || !letters[1..].iter().all(|c| c.is_lowercase()) {
            continue;
        }
        match out.last_mut() {
            Some(last) if last.end + 1 == w.start => last.end = w.end,
            _ => out.push(w),
        }
    }
    out
}

pub fn agency(dice: &mut Dice, text: &[char]) -> Vec<Patch> {
    let all = names(text);
    let put = |dice: &mut Dice| {
        *one(dice, &[&"Kamer Zuidwal", &"Heerdijk", &"Inspectie Waterkant", &"Loosbroek", &"Dienst Poorthuis"])
    };
    some(dice, all, 1).into_iter().map(|w| hard(w, put(dice))).collect()
}

pub fn raised(dice: &mut Dice, text: &[char]) -> Vec<Patch> {
    let all = harmless(text, 4);
    let mark = |dice: &mut Dice| ["¹", "²", "³", "⁴", "¹²"][dice.below(5)];
    some(dice, all, 1).into_iter().map(|w| soft(w.end..w.end, mark(dice))).collect()
}
