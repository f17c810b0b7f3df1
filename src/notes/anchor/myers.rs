//! Edit distances, many rows at a time in the bits of a word.
//!
//! G. Myers, "A fast bit-vector algorithm for approximate string matching based on dynamic programming", Journal of the ACM
//! 46(3), 1999, in the form for patterns of several words of H. Hyyrö, "A bit-vector algorithm for computing Levenshtein
//! and Damerau edit distances", Nordic Journal of Computing 10, 2003. Bytes are compared; a letter that is two bytes counts
//! for two.

const BITS: usize = 64;

/// A pattern made ready; 2 KB for every 64 bytes of it.
pub(super) struct Pattern {
    len: usize,
    /// For each byte and block the rows where it stands in the pattern.
    rows: Vec<u64>,
    blocks: usize,
}

/// A stretch of a text that is like a pattern.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Like {
    pub start: usize,
    pub end: usize,
    /// Bytes to be put in, left out or replaced.
    pub errors: usize,
}

/// One block of rows of a column.
#[derive(Clone, Copy)]
struct Block {
    up: u64,
    down: u64,
}

impl Pattern {
    /// Makes a pattern ready, forwards or backwards.
    fn of(pattern: impl ExactSizeIterator<Item = u8>) -> Self {
        let len = pattern.len();
        let blocks = len.div_ceil(BITS).max(1);
        let mut rows = vec![0; 256 * blocks];
        for (i, b) in pattern.enumerate() {
            rows[usize::from(b) * blocks + i / BITS] |= 1 << (i % BITS);
        }
        Pattern { len, rows, blocks }
    }

    /// Calls with the number of bytes read and the distance of the pattern to what ends there: to all of it when it is
    /// `anchored`, else to the stretch before it that suits best.
    fn each_end(&self, text: impl Iterator<Item = u8>, anchored: bool, mut each: impl FnMut(usize, usize)) {
        let mut column = vec![Block { up: !0, down: 0 }; self.blocks];
        let mut errors = self.len;
        let last = (self.len + BITS - 1) % BITS;
        for (read, b) in text.enumerate() {
            let rows = &self.rows[usize::from(b) * self.blocks..][..self.blocks];
            let mut carry = i32::from(anchored);
            for (i, (block, row)) in column.iter_mut().zip(rows).enumerate() {
                carry = block.step(*row, carry, if i + 1 == self.blocks { last } else { BITS - 1 });
            }
            errors = errors.wrapping_add_signed(carry as isize);
            each(read + 1, errors);
        }
    }
}

impl Block {
    /// One column further; `carry` is the difference that comes in from above, what goes out below is returned.
    fn step(&mut self, row: u64, carry: i32, last: usize) -> i32 {
        let vertical = row | self.down;
        let row = row | u64::from(carry < 0);
        let diagonal = ((row & self.up).wrapping_add(self.up) ^ self.up) | row;
        let (mut more, mut less) = (self.down | !(diagonal | self.up), self.up & diagonal);
        let out = ((more >> last) & 1) as i32 - ((less >> last) & 1) as i32;
        more = (more << 1) | u64::from(carry > 0);
        less = (less << 1) | u64::from(carry < 0);
        self.up = less | !(vertical | more);
        self.down = more & vertical;
        out
    }
}

/// The stretch of a text that is most like the pattern; of equals the first, and of those that end or begin side by side the
/// longest. `None` when one of the two is empty.
pub(super) fn best(pattern: &[u8], text: &[u8]) -> Option<Like> {
    if pattern.is_empty() || text.is_empty() {
        return None;
    }
    let (mut end, mut errors) = (0, pattern.len());
    Pattern::of(pattern.iter().copied()).each_end(text.iter().copied(), false, |at, found| {
        if found < errors || (found == errors && end + 1 == at && end > 0) {
            (end, errors) = (at, found);
        }
    });
    let (mut len, mut least) = (0, pattern.len());
    let back = text[..end].iter().rev().take(pattern.len() + errors).copied();
    Pattern::of(pattern.iter().rev().copied()).each_end(back, true, |at, found| {
        if found <= least {
            (len, least) = (at, found);
        }
    });
    Some(Like { start: end - len, end, errors })
}

/// The distance of the pattern to what the text begins with, and how much of it that is.
pub(super) fn beginning(pattern: impl ExactSizeIterator<Item = u8>, text: impl Iterator<Item = u8>) -> usize {
    let mut least = pattern.len();
    if least == 0 {
        return 0;
    }
    let pattern = Pattern::of(pattern);
    pattern.each_end(text, true, |_, errors| least = least.min(errors));
    least
}

/// The distance of two texts.
pub(super) fn distance(a: &[u8], b: &[u8]) -> usize {
    let mut errors = a.len();
    if a.is_empty() {
        return b.len();
    }
    Pattern::of(a.iter().copied()).each_end(b.iter().copied(), true, |_, found| errors = found);
    errors
}

/// The same of texts short enough for it; `None` of longer ones.
pub(super) fn distance_bounded(a: &[u8], b: &[u8]) -> Option<usize> {
    /// Compared in some milliseconds.
    const LONGEST: usize = 16 << 10;
    (a.len().max(b.len()) <= LONGEST).then(|| distance(a, b))
}
