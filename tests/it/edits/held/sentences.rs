//! The held edits of one sentence.

use super::writer;
use crate::edits::text::{MONTHS, is_english, one};
use crate::edits::work::{Patch, hard, harmless, soft, some, word, words};
use crate::made::Dice;
use std::ops::Range;

const NUMBERS: &[&str] = &["twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien", "elf", "twaalf"];
const NUMBERS_EN: &[&str] =
    &["two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];
const PARTS: &[&[&str]] = &[&["helft", "derde", "kwart", "tiende"], &["half", "third", "quarter", "tenth"]];

pub fn scanned(dice: &mut Dice, text: &[char]) -> Vec<Patch> {
    let mut out = Vec::new();
    for w in harmless(text, 6) {
        let is = word(text, &w);
        for (letters, joined) in [("ffi", "ﬃ"), ("fi", "ﬁ"), ("fl", "ﬂ"), ("ij", "ĳ")] {
            let at = is.find(letters).filter(|_| is.is_ascii());
            out.extend(at.map(|at| soft(w.start + at..w.start + at + letters.len(), joined)));
        }
        let broken = w.start + 2 + dice.below(w.len() - 4);
        out.push(soft(broken..broken, " "));
    }
    for n in 1..text.len() - 1 {
        if text[n] == '-' && text[n - 1].is_lowercase() && text[n + 1].is_lowercase() {
            out.push(soft(n..n + 1, ""));
        }
    }
    let most = 1 + dice.below(3);
    apart(some(dice, out, most))
}

/// Those that don't overlap, in order.
pub fn apart(mut patches: Vec<Patch>) -> Vec<Patch> {
    patches.sort_by_key(|p| (p.at.start, p.at.end));
    patches.dedup_by(|b, a| b.at.start <= a.at.end);
    patches
}

/// One letter of twenty is another.
pub fn badly_read(dice: &mut Dice, text: &[char]) -> Vec<Patch> {
    const READ: &[(char, &str)] = &[
        ('e', "c"),
        ('c', "e"),
        ('i', "l"),
        ('h', "b"),
        ('u', "ii"),
        ('v', "y"),
        ('é', "e"),
        ('ë', "e"),
        ('t', "f"),
        ('a', "o"),
    ];
    let mut out = Vec::new();
    for w in harmless(text, 4) {
        for n in w.skip(1) {
            let read = READ.iter().find(|(c, _)| *c == text[n]).filter(|_| dice.below(7) == 0);
            out.extend(read.map(|(_, read)| soft(n..n + 1, *read)));
        }
    }
    apart(out)
}

pub fn typeset(dice: &mut Dice, text: &[char]) -> Vec<Patch> {
    let blanks: Vec<usize> = (1..text.len()).filter(|n| text[*n] == ' ').collect();
    let mut out = Vec::new();
    for n in some(dice, blanks, 3) {
        out.push(match dice.below(3) {
            0 => soft(n..n + 1, "\u{a0}"),
            1 => soft(n..n + 1, " – "),
            _ => soft(n..n + 1, "\u{2009}"),
        });
    }
    let longer = harmless(text, 5);
    for w in some(dice, longer, 1) {
        out.extend([soft(w.start..w.start, "„"), soft(w.end..w.end, "”")]);
    }
    apart(out)
}

pub fn mistyped(dice: &mut Dice, text: &[char]) -> Vec<Patch> {
    let all = harmless(text, 5);
    let most = 1 + dice.below(3);
    let mistype = |dice: &mut Dice, w: Range<usize>| {
        let n = w.start + 1 + dice.below(w.len() - 2);
        if dice.below(2) == 0 { soft(n..n + 1, "") } else { soft(n..n, text[n].to_string()) }
    };
    some(dice, all, most).into_iter().map(|w| mistype(dice, w)).collect()
}

/// The last two or three words of a clause before its first two, or the two sides of a comma exchanged.
pub fn reordered(_: &mut Dice, text: &[char]) -> Vec<Patch> {
    let all = harmless(text, 2);
    let side_by_side = |p: &&[Range<usize>]| p[0].end + 1 == p[1].start && text[p[0].end] == ' ';
    let pair = all.windows(2).filter(side_by_side).max_by_key(|p| p[0].start);
    let turn = |p: &[Range<usize>]| soft(p[0].start..p[1].end, format!("{} {}", word(text, &p[1]), word(text, &p[0])));
    pair.map(turn).into_iter().collect()
}

pub fn tail(dice: &mut Dice, text: &[char]) -> Vec<Patch> {
    let english = is_english(&text.iter().collect::<String>());
    let tail = match english {
        true => one(dice, &[", as before", " again", ", they say", " in the end"]),
        false => one(dice, &[", zoals eerder", " opnieuw", ", naar men zegt", " uiteindelijk"]),
    };
    vec![soft(text.len() - 1..text.len() - 1, tail)]
}

pub fn second_half(dice: &mut Dice, text: &[char]) -> Vec<Patch> {
    let english = is_english(&text.iter().collect::<String>());
    let all = words(text);
    let middle = all[all.len() / 2].start;
    let other: Vec<char> = writer(dice, english).sentence().chars().collect();
    let from = words(&other)[words(&other).len() / 3].start;
    vec![hard(middle..text.len(), other[from..].iter().collect::<String>())]
}

pub fn is_year(word: &str) -> bool {
    word.len() == 4 && (word.starts_with("20") || word.starts_with("19")) && word.chars().all(|c| c.is_ascii_digit())
}

pub fn years(dice: &mut Dice, text: &[char]) -> Vec<Patch> {
    let all = words(text).into_iter().filter(|w| is_year(&word(text, w))).collect();
    let put = |dice: &mut Dice, is: String| {
        let year: usize = is.parse().unwrap_or(2020);
        (year + 1 + dice.below(3) - 4 * dice.below(2)).to_string()
    };
    some(dice, all, 1).into_iter().map(|w| hard(w.clone(), put(dice, word(text, &w)))).collect()
}

/// An amount of money: other digits, other thousands, or millions to thousands of millions.
pub fn amounts(dice: &mut Dice, text: &[char]) -> Vec<Patch> {
    let all = words(text);
    let mut out = Vec::new();
    for (n, w) in all.iter().enumerate() {
        let is = word(text, w);
        let near = |n: Option<usize>| n.and_then(|n| all.get(n)).map(|w| word(text, w)).unwrap_or_default();
        let (before, next) = (near(n.checked_sub(1)), near(Some(n + 1)));
        let digits = is.trim_start_matches('€');
        let is_number = !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit() || ".,".contains(c));
        let unit = ["miljoen", "million"].contains(&next.as_str());
        if !is_number || !(is.starts_with('€') || before == "€" || unit || next.starts_with("euro")) {
            continue;
        }
        if unit && dice.below(3) == 0 {
            let more = if next == "million" { "billion" } else { "miljard" };
            out.push(hard(all[n + 1].clone(), more));
            continue;
        }
        let digits = w.start + is.chars().count() - digits.chars().count()..w.end;
        let first = digits.start + dice.below(digits.len());
        let at = if text[first].is_ascii_digit() { first } else { digits.start };
        let digit = text[at].to_digit(10).unwrap_or(1);
        out.push(hard(at..at + 1, (1 + (digit + dice.below(7) as u32) % 9).to_string()));
    }
    let mut out = some(dice, out, 1);
    out.retain(|p| text[p.at.clone()].iter().collect::<String>() != p.with);
    out
}

pub fn dates(dice: &mut Dice, text: &[char]) -> Vec<Patch> {
    let mut out = Vec::new();
    for pair in words(text).windows(2) {
        let (day, month) = (word(text, &pair[0]), word(text, &pair[1]));
        let names = MONTHS.iter().find(|names| names.contains(&month.as_str()));
        let (Some(names), true) = (names, day.parse::<usize>().is_ok_and(|d| d < 32)) else { continue };
        let at = names.iter().position(|m| *m == month).unwrap_or(0);
        out.push(match dice.below(2) {
            0 => hard(pair[1].clone(), names[(at + 1 + dice.below(10)) % 12]),
            _ => hard(pair[0].clone(), (1 + (day.parse::<usize>().unwrap_or(1) + dice.below(25)) % 28).to_string()),
        });
        if word(text, &out[out.len() - 1].at) == out[out.len() - 1].with {
            out.pop();
        }
    }
    some(dice, out, 1)
}

pub fn articles(dice: &mut Dice, text: &[char]) -> Vec<Patch> {
    let mut out = Vec::new();
    for pair in words(text).windows(2) {
        let (what, number) = (word(text, &pair[0]).to_lowercase(), word(text, &pair[1]));
        if ["artikel", "lid", "article", "section", "subsection"].contains(&what.as_str())
            && number.starts_with(|c: char| c.is_ascii_digit())
        {
            let last = pair[1].end - 1;
            let digit = text[last].to_digit(10).unwrap_or(1);
            out.push(hard(last..last + 1, (1 + (digit + dice.below(7) as u32) % 9).to_string()));
        }
    }
    some(dice, out, 1)
}

/// Numbers and parts written as words.
pub fn number_words(dice: &mut Dice, text: &[char]) -> Vec<Patch> {
    let mut out = Vec::new();
    for w in words(text) {
        let is = word(text, &w);
        for list in [NUMBERS, NUMBERS_EN, PARTS[0], PARTS[1]] {
            if let Some(at) = list.iter().position(|n| *n == is) {
                let with = list[(at + 1 + dice.below(list.len() - 1)) % list.len()];
                out.push(hard(w.clone(), with));
            }
        }
    }
    some(dice, out, 1)
}

/// Words that turn what is said, by a table from one to the other.
pub fn turned(dice: &mut Dice, text: &[char], pairs: &[(&str, &str)]) -> Vec<Patch> {
    let turn = |w: Range<usize>| {
        let is = word(text, &w);
        pairs.iter().find(|(a, _)| *a == is).map(|(_, b)| hard(w, *b))
    };
    let all = words(text).into_iter().filter_map(turn).collect();
    some(dice, all, 1)
}

pub fn not(dice: &mut Dice, text: &[char]) -> Vec<Patch> {
    const AFTER: &[&str] =
        &["is", "are", "was", "were", "will", "can", "must", "should", "has", "have", "would", "may"];
    let all = words(text);
    let after =
        |p: &&[Range<usize>]| AFTER.contains(&word(text, &p[0]).as_str()) && text[p[0].end..p[1].start] == [' '];
    let at = all.windows(2).filter(after).map(|p| p[1].start).collect();
    let put = ["not ", "never ", "no longer "][dice.below(3)];
    some(dice, at, 1).into_iter().map(|n| hard(n..n, put)).collect()
}

pub fn abbreviation(dice: &mut Dice, text: &[char]) -> Vec<Patch> {
    let short = |w: &Range<usize>| (2..7).contains(&w.len()) && text[w.clone()].iter().all(|c| c.is_uppercase());
    let all = words(text).into_iter().filter(short).collect();
    let put = |dice: &mut Dice| *one(dice, &[&"NKV", &"BWO", &"RSLH", &"GVT", &"LKO"]);
    some(dice, all, 1).into_iter().map(|w| hard(w, put(dice))).collect()
}

pub fn place(dice: &mut Dice, text: &[char]) -> Vec<Patch> {
    let names = words(text).into_iter().skip(1).filter(|w| {
        let letters = &text[w.clone()];
        letters.len() > 4 && letters[0].is_uppercase() && letters[1..].iter().all(|c| c.is_lowercase())
    });
    let names = names.collect();
    let put = |dice: &mut Dice| *one(dice, &[&"Middelwaard", &"Terhorne", &"Bakkeveen", &"Wessem", &"Ammerlaan"]);
    some(dice, names, 1).into_iter().map(|w| hard(w, put(dice))).collect()
}

pub fn bracketed(dice: &mut Dice, text: &[char]) -> Vec<Patch> {
    let all = harmless(text, 4);
    let mark = format!(" ({})", ["a", "b", "*", "i"][dice.below(4)]);
    some(dice, all, 1).into_iter().map(|w| soft(w.end..w.end, mark.clone())).collect()
}
