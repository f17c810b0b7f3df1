//! Names of notes: sortable by time, never reused, safe as a file name everywhere.

use super::slug;
use serde::{Deserialize, Serialize};
use std::fmt;

/// The digits of Crockford's base 32, which leaves out I, L, O and U.
const DIGITS: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// The name of a note, and of its file. Made here it is a ULID: 48 bits of milliseconds and 80 random bits as 26 digits;
/// read from a file it may be any short word of ASCII letters, digits, `-` and `_`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct NoteId(String);

impl NoteId {
    /// The id of this moment (milliseconds since 1970) and these random bits (the lower 80 count).
    #[must_use]
    pub fn new(millis: u64, random: u128) -> Self {
        NoteId(encode(number(millis, random)))
    }

    /// An id as it stands in a file or was typed; `None` when it could not be the name of a file.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let fits = |c: u8| c.is_ascii_alphanumeric() || c == b'-' || c == b'_';
        let good = (1..=64).contains(&text.len()) && text.bytes().all(fits) && !slug::is_reserved(text);
        good.then(|| NoteId(text.to_owned()))
    }

    /// The id as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The moment it was made, in milliseconds since 1970; `None` when it is not a ULID.
    #[must_use]
    pub fn millis(&self) -> Option<u64> {
        if self.0.len() != 26 {
            return None;
        }
        let time = self.0.bytes().take(10).try_fold(0u64, |n, b| Some(n << 5 | digit(b)?))?;
        let rest = self.0.bytes().skip(10).all(|b| digit(b).is_some());
        (rest && time < 1 << 48).then_some(time)
    }
}

impl fmt::Display for NoteId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Ids that claim to be of this moment or later (in the year 6429) are nobody's clock: they leave no room after them.
const FARTHEST: u64 = 1 << 47;

/// Makes ids that only ascend, also within one millisecond and when the clock is set back.
#[derive(Clone, Debug, Default)]
pub struct IdMaker {
    last: u128,
}

impl IdMaker {
    /// Ids made from now on come after this one, which another run of the program may have made under another clock.
    pub fn after(&mut self, id: &NoteId) {
        if id.millis().is_some_and(|millis| millis < FARTHEST) {
            self.last = self.last.max(decode(&id.0));
        }
    }

    /// The next id: of this moment, or a chance step past the last one when that would not come after it (by chance, so
    /// that what is made after a note that is gone, or elsewhere at the same time, has another).
    pub fn next(&mut self, millis: u64, random: u128) -> NoteId {
        let step = (random & u128::from(u64::MAX)).max(1);
        self.last = match number(millis, random) {
            now if now > self.last => now,
            _ => self.last.saturating_add(step),
        };
        NoteId(encode(self.last))
    }
}

fn digit(b: u8) -> Option<u64> {
    DIGITS.iter().position(|d| *d == b.to_ascii_uppercase()).map(|d| d as u64)
}

/// The number whose digits these are.
fn decode(text: &str) -> u128 {
    text.bytes().fold(0, |n, b| n << 5 | u128::from(digit(b).unwrap_or(0)))
}

fn number(millis: u64, random: u128) -> u128 {
    (u128::from(millis) & ((1 << 48) - 1)) << 80 | (random & ((1 << 80) - 1))
}

fn encode(number: u128) -> String {
    (0..26).rev().map(|i| DIGITS[(number >> (5 * i) & 31) as usize] as char).collect()
}
