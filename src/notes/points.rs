//! Another way to count a text: in code points, with the way back to bytes.

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
