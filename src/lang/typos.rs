//! Misspelled words: how far off a word may be, and which of the words near it was meant.
//!
//! Pure arithmetic on two words. Which words there are is the caller's to know: it looks for those within [`reach`]
//! (letters added, left out, changed, or two changed round, each counting one; Damerau 1964 found four in five
//! misspellings to be one of these), adds [`sound_alikes`], and puts them in order by [`likeness`].

#[cfg(test)]
mod tests;

/// Words of fewer letters are not corrected: too many others lie one step away to say which was meant. In the OpenTaal
/// word list half of the words of 4 letters have 13 others or more so near, of 5 letters 6, of 6 letters 4, of 7 letters
/// 3, of 8 to 10 letters 1.
const SHORTEST: usize = 6;
/// From so many letters two mistakes are looked for: from here on half of the words have no other one step away.
const LONG: usize = 11;

/// A candidate less like the word than this was not meant: the value that keeps real words apart from each other and
/// lets nearly all misspellings of the tests through.
pub const LIKELY: f32 = 0.55;

/// How many steps a word may be off: 0 for short words and for everything with a figure in it, 1 from six letters, 2
/// from eleven.
#[must_use]
pub fn reach(word: &str) -> u8 {
    match letters(word) {
        Some(LONG..) => 2,
        Some(SHORTEST..) => 1,
        _ => 0,
    }
}

/// The same for a word that somebody asks to be taken loosely, or that stands nowhere: one step from four letters, two
/// from eight.
#[must_use]
pub fn wide_reach(word: &str) -> u8 {
    match letters(word) {
        Some(8..) => 2,
        Some(4..) => 1,
        _ => 0,
    }
}

/// How many letters; `None` where figures make it no word.
fn letters(word: &str) -> Option<usize> {
    let sound = !word.contains(|c: char| c.is_numeric());
    sound.then(|| word.chars().filter(|c| c.is_alphabetic()).count())
}

/// What sounds alike in Dutch and is often written one for the other, with what that costs where one mistaken letter
/// costs 1. Both ways.
const SOUNDS: &[(&str, &str, f32)] = &[
    ("ei", "ij", 0.3),
    ("ei", "y", 0.5),
    ("ij", "y", 0.3),
    ("au", "ou", 0.3),
    ("auw", "ouw", 0.3),
    ("ch", "g", 0.3),
    ("gt", "cht", 0.3),
    ("d", "t", 0.3),
    ("dt", "t", 0.4),
    ("dt", "d", 0.4),
    ("c", "k", 0.3),
    ("cc", "k", 0.4),
    ("ks", "x", 0.3),
    ("qu", "kw", 0.4),
    ("s", "z", 0.35),
    ("s", "c", 0.4),
    ("f", "v", 0.35),
    ("ph", "f", 0.3),
    ("v", "w", 0.5),
    ("b", "p", 0.5),
    ("ie", "i", 0.3),
    ("ie", "y", 0.4),
    ("i", "y", 0.4),
    ("th", "t", 0.3),
    ("rh", "r", 0.4),
    ("uu", "u", 0.3),
    ("oe", "u", 0.5),
    ("e", "i", 0.6),
    ("e", "a", 0.7),
    ("e", "u", 0.7),
    ("sj", "ch", 0.4),
    ("sch", "sg", 0.3),
    ("tie", "sie", 0.3),
    ("tsie", "tie", 0.3),
    ("eau", "o", 0.4),
    ("n", "m", 0.6),
];

/// Letters where they lie on the keyboard, row by row.
const ROWS: [&str; 3] = ["qwertyuiop", "asdfghjkl", "zxcvbnm"];
/// How far each row lies to the right of the first, in keys.
const INDENT: [f32; 3] = [0.0, 0.3, 0.8];

/// What mistakes cost, where one mistaken letter costs 1. Ordered by how often they are made: two letters changed
/// round and letters doubled or not are the slips of people who know the word.
const SWAPPED: f32 = 0.45;
const DOUBLED: f32 = 0.3;
const LEFT_OUT: f32 = 0.8;
const ADDED: f32 = 0.8;
const NEIGHBOUR: f32 = 0.7;
const OTHER: f32 = 1.0;
/// A hyphen or apostrophe more or fewer.
const JOINED: f32 = 0.1;
/// The first letter is seldom wrong (fewer than one in ten misspellings: Pollock and Zamora 1984).
const FIRST: f32 = 1.6;

/// How likely it is that `candidate` was meant where `typed` was typed: 1 when they are the same, 0 when they have
/// nothing to do with each other. Both folded.
#[must_use]
pub fn likeness(typed: &str, candidate: &str) -> f32 {
    let (a, b): (Vec<char>, Vec<char>) = (typed.chars().collect(), candidate.chars().collect());
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    // what is the same at the end need not be looked at, but for the letters next to the difference
    let back = a.iter().rev().zip(b.iter().rev()).take_while(|(x, y)| x == y).count().saturating_sub(2);
    let costs = costs(&a[..a.len() - back], &b[..b.len() - back]);
    worth(costs[costs.len() - 1], a.len().min(b.len()))
}

/// The same for a word that may still be going on: how likely its beginning is meant to be that of `candidate`.
#[must_use]
pub fn likeness_so_far(typed: &str, candidate: &str) -> f32 {
    let a: Vec<char> = typed.chars().collect();
    let b: Vec<char> = candidate.chars().take(a.len() + 2).collect();
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    let costs = costs(&a, &b);
    let ends = costs.len().saturating_sub(5).max(1)..costs.len();
    worth(costs[ends].iter().copied().fold(f32::INFINITY, f32::min), a.len().min(b.len()))
}

/// A mistake weighs less in a longer word.
fn worth(cost: f32, letters: usize) -> f32 {
    (1.0 - cost / (0.9 + 0.28 * letters as f32)).max(0.0)
}

/// What turning a word into the other costs, for each beginning of the other: edit distance with two letters changed
/// round (Lowrance and Wagner 1975, each pair changed once), weighted, and with several letters for several ([`SOUNDS`]).
/// Beginnings that both have are left out but for two letters.
fn costs(a: &[char], b: &[char]) -> Vec<f32> {
    let front = a.iter().zip(b).take_while(|(x, y)| x == y).count();
    let skip = front.saturating_sub(2);
    let (a, b) = (&a[skip..], &b[skip..]);
    let first = |i: usize, j: usize| if skip == 0 && (i == 0 || j == 0) { FIRST } else { 1.0 };

    let width = b.len() + 1;
    let mut best = vec![f32::INFINITY; (a.len() + 1) * width];
    best[0] = 0.0;
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            let here = best[i * width + j];
            if here == f32::INFINITY {
                continue;
            }
            let mut reach = |i2: usize, j2: usize, cost: f32| {
                let cell = &mut best[i2 * width + j2];
                *cell = cell.min(here + cost);
            };
            if i < a.len() {
                reach(i + 1, j, single(a, i, ADDED) * first(i, 1));
            }
            if j < b.len() {
                reach(i, j + 1, single(b, j, LEFT_OUT) * first(1, j));
            }
            let (Some(&x), Some(&y)) = (a.get(i), b.get(j)) else { continue };
            reach(i + 1, j + 1, if x == y { 0.0 } else { other(x, y) * first(i, j) });
            if x != y && a.get(i + 1) == Some(&y) && b.get(j + 1) == Some(&x) {
                reach(i + 2, j + 2, SWAPPED * first(i, j));
            }
            for (one, two, cost) in SOUNDS {
                for (from, to) in [(one, two), (two, one)] {
                    if from.starts_with(x)
                        && to.starts_with(y)
                        && let (Some(i2), Some(j2)) = (after(a, i, from), after(b, j, to))
                    {
                        reach(i2, j2, *cost);
                    }
                }
            }
        }
    }
    best.split_off(a.len() * width)
}

/// Where the text stands after `sound`, if it stands there.
fn after(word: &[char], at: usize, sound: &str) -> Option<usize> {
    let end = at + sound.len();
    (end <= word.len() && sound.chars().eq(word[at..end].iter().copied())).then_some(end)
}

/// What one letter more costs.
fn single(word: &[char], at: usize, full: f32) -> f32 {
    let twin = |i: Option<usize>| i.and_then(|i| word.get(i)).is_some_and(|c| *c == word[at]);
    match word[at] {
        '-' | '\'' | '.' | '&' => JOINED,
        _ if twin(at.checked_sub(1)) || twin(Some(at + 1)) => DOUBLED,
        _ => full,
    }
}

/// What one letter for another costs.
fn other(a: char, b: char) -> f32 {
    match (key(a), key(b)) {
        (Some((x, y)), Some((v, w))) if (x - v).hypot(y - w) < 1.3 => NEIGHBOUR,
        _ => OTHER,
    }
}

fn key(c: char) -> Option<(f32, f32)> {
    let on = |row: usize| Some((ROWS[row].find(c)? as f32 + INDENT[row], row as f32));
    (0..ROWS.len()).find_map(on)
}

/// The ways to write a word in which one sound is written otherwise, as far as they lie further off than one step and so
/// would not be met by it (*beid* and *bijd* are two). Not the word itself; none when it is no longer than three
/// letters.
#[must_use]
pub fn sound_alikes(word: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    if letters(word).is_none_or(|n| n < 4) {
        return out;
    }
    let far = |one: &str, two: &str| one.len().max(two.len()) > 1 && !one.contains(two) && !two.contains(one);
    for (one, two, _) in SOUNDS.iter().filter(|(one, two, _)| far(one, two)) {
        for (from, to) in [(one, two), (two, one)] {
            for (at, _) in word.match_indices(from) {
                let other = format!("{}{to}{}", &word[..at], &word[at + from.len()..]);
                if !out.contains(&other) {
                    out.push(other);
                }
            }
        }
    }
    out
}
