//! What the lexicon says of a word, packed in a number; shared with the program that makes the lexicon.

/// The word is in the list as a name, an abbreviation or a piece of those only: never a part of a compound.
pub const NO_PART: u64 = 1;
/// A form that only begins compounds (*capaciteits*): no word by itself.
pub const BOUND: u64 = 2;
/// A particle, prefix or such, or too short: it begins no compounds.
pub const NO_BEGINNING: u64 = 4;
/// An ending, or too short: it ends no compounds.
pub const NO_END: u64 = 8;
/// The word is no compound, however it looks.
pub const ONE_WORD: u64 = 16;
/// Flags come first, then the steps of the count of words it begins, then those of the words it ends.
pub const FLAGS: u64 = 32;
/// A count is given as a step from 0 for none: a power of two, one up.
pub const STEPS: u64 = 16;

/// The step of the count of words it begins.
pub fn begins(entry: u64) -> u32 {
    (entry / FLAGS % STEPS) as u32
}

/// The step of the count of words it ends.
pub fn ends(entry: u64) -> u32 {
    (entry / FLAGS / STEPS % STEPS) as u32
}
