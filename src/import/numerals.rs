//! Numbers as lists and headings are numbered with: digits, letters, Roman numerals; and counting through the levels of a
//! numbered list. It knows no format; each reader says in its own words which numeral is meant.

#[cfg(test)]
mod tests;

/// How a number is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub(super) enum Numeral {
    /// 1, 2, 3
    #[default]
    Digits,
    /// 01, 02, 03
    TwoDigits,
    /// a, b, … z, aa, bb
    Letter,
    /// A, B, … Z, AA, BB
    Capital,
    /// i, ii, iii
    Roman,
    /// I, II, III
    RomanCapital,
    /// Nothing at all.
    None,
}

impl Numeral {
    /// Writes a number.
    pub(super) fn write(self, n: u32) -> String {
        match self {
            Numeral::Digits => n.to_string(),
            Numeral::TwoDigits => format!("{n:02}"),
            Numeral::Letter => letters(n, b'a'),
            Numeral::Capital => letters(n, b'A'),
            Numeral::Roman => roman(n).to_lowercase(),
            Numeral::RomanCapital => roman(n),
            Numeral::None => String::new(),
        }
    }
}

/// The 27th is "aa", the 53rd "aaa": that is how word processors go on.
fn letters(n: u32, first: u8) -> String {
    let Some(n) = n.checked_sub(1).filter(|n| *n < 26 * 20) else { return n.to_string() };
    let letter = char::from(first + (n % 26) as u8);
    std::iter::repeat_n(letter, n as usize / 26 + 1).collect()
}

fn roman(mut n: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    if n == 0 || n >= 4000 {
        return n.to_string();
    }
    let mut out = String::new();
    for (value, sign) in SIGNS {
        while n >= value {
            out.push_str(sign);
            n -= value;
        }
    }
    out
}

/// Levels a list may have.
pub(super) const LEVELS: usize = 10;

/// How far a numbered list has come, level by level.
#[derive(Clone, Debug, Default)]
pub(super) struct Counter {
    at: [Option<u32>; LEVELS],
}

impl Counter {
    /// Counts one on at this level: `first` gives the first number of a level, `restarts` whether the level begins anew
    /// below one that counted on. Levels above that have not begun begin.
    pub(super) fn count(
        &mut self,
        level: usize,
        first: impl Fn(usize) -> u32,
        restarts: impl Fn(usize, usize) -> bool,
    ) {
        let level = level.min(LEVELS - 1);
        for above in 0..level {
            self.at[above].get_or_insert_with(|| first(above));
        }
        self.at[level] = Some(self.at[level].map_or_else(|| first(level), |n| n.saturating_add(1)));
        for below in level + 1..LEVELS {
            if restarts(below, level) {
                self.at[below] = None;
            }
        }
    }

    /// Makes the next number of a level this one.
    pub(super) fn restart(&mut self, level: usize) {
        if let Some(at) = self.at.get_mut(level) {
            *at = None;
        }
    }

    /// Where a level stands.
    pub(super) fn value(&self, level: usize) -> Option<u32> {
        self.at.get(level).copied().flatten()
    }
}
