//! Two other ways to count a text: with white space squeezed, and in code points; each with its way back to bytes.

use crate::doc::TextRange;

/// A text in which every run of white space is one blank, and the way back.
pub(super) struct Squeezed {
    /// The squeezed text.
    pub text: String,
    /// From this byte of the squeezed text on, the original lies this many bytes further (until the next entry).
    shifts: Vec<(u32, u32)>,
}

impl Squeezed {
    /// Squeezes a text of at most 4 GiB.
    pub fn of(original: &str) -> Self {
        let mut text = String::with_capacity(original.len());
        let mut shifts = Vec::new();
        let mut words = original.char_indices().peekable();
        while let Some((at, c)) = words.next() {
            if !c.is_whitespace() {
                text.push(c);
                continue;
            }
            text.push(' ');
            let mut end = at + c.len_utf8();
            while let Some((at, c)) = words.next_if(|(_, c)| c.is_whitespace()) {
                end = at + c.len_utf8();
            }
            if end - at > 1 {
                shifts.push((text.len() as u32, (end - text.len()) as u32));
            }
        }
        Squeezed { text, shifts }
    }

    /// The original place of a range that neither begins nor ends with a blank.
    pub fn original(&self, start: usize, end: usize) -> TextRange {
        let shift = |at: usize| {
            let after = self.shifts.partition_point(|(from, _)| *from as usize <= at);
            after.checked_sub(1).map_or(0, |i| self.shifts[i].1 as usize)
        };
        // The last byte, not the end: white space after the range must not be taken along.
        TextRange::from(start + shift(start)..end + shift(end.saturating_sub(1)))
    }
}

/// A text's bytes counted in code points, with a count kept every [`Points::STEP`] bytes.
pub(super) struct Points<'a> {
    text: &'a str,
    before: Vec<u32>,
}

impl<'a> Points<'a> {
    const STEP: usize = 1024;

    pub fn of(text: &'a str) -> Self {
        let mut sum = 0;
        let mut before = vec![0];
        before.extend(text.as_bytes().chunks(Self::STEP).map(|chunk| {
            sum += count(chunk);
            sum
        }));
        Points { text, before }
    }

    /// The byte at which a code point begins; the text's length for the one past the last; `None` beyond it.
    pub fn byte(&self, point: u32) -> Option<usize> {
        let step = self.before.partition_point(|n| *n <= point).checked_sub(1)?;
        let mut left = point - self.before[step];
        let from = step * Self::STEP;
        for (i, b) in self.text.as_bytes().get(from..).unwrap_or(&[]).iter().enumerate() {
            if is_start(*b) {
                if left == 0 {
                    return Some(from + i);
                }
                left -= 1;
            }
        }
        (left == 0).then_some(self.text.len())
    }
}

/// The code points before this byte.
pub(super) fn point(text: &str, byte: u32) -> u32 {
    count(text.as_bytes().get(..byte as usize).unwrap_or(text.as_bytes()))
}

fn is_start(byte: u8) -> bool {
    byte & 0b1100_0000 != 0b1000_0000
}

fn count(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|b| is_start(**b)).count() as u32
}
