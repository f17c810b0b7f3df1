//! Reading a text piece by piece: a place that moves forward over what was recognised, and can be copied to try.

/// A place in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'t> {
    text: &'t str,
    /// Bytes read.
    pub at: usize,
}

impl<'t> Cursor<'t> {
    /// At a byte of a text.
    pub fn new(text: &'t str, at: usize) -> Self {
        Cursor { text, at }
    }

    /// What has not been read yet.
    pub fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// The next character.
    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Reads blanks within a line; whether there was one.
    pub fn blanks(&mut self) -> bool {
        let len = self.rest().len() - self.rest().trim_start_matches(is_blank).len();
        self.at += len;
        len > 0
    }

    /// Reads one of these characters, with blanks before it.
    pub fn sign(&mut self, signs: &[char]) -> bool {
        let mut next = *self;
        next.blanks();
        match next.peek().filter(|c| signs.contains(c)) {
            Some(c) => {
                self.at = next.at + c.len_utf8();
                true
            }
            None => false,
        }
    }

    /// Reads a hyphen or dash, with blanks around it.
    pub fn dash(&mut self) -> bool {
        let found = self.sign(&DASHES);
        if found {
            self.blanks();
        }
        found
    }

    /// Reads digits, so many at least and at most, when no other digit follows.
    pub fn digits(&mut self, least: usize, most: usize) -> Option<&'t str> {
        let rest = self.rest();
        let len = rest.bytes().take_while(u8::is_ascii_digit).count();
        if len < least || len > most {
            return None;
        }
        self.at += len;
        Some(&rest[..len])
    }

    /// Reads a run of letters; `None` when there is none.
    pub fn word(&mut self) -> Option<&'t str> {
        let rest = self.rest();
        let len = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        self.at += len;
        (len > 0).then(|| &rest[..len])
    }

    /// Reads one of these words, whatever its case, with a full stop and blanks that may follow.
    pub fn one_of(&mut self, words: &[&str]) -> Option<&'t str> {
        let mut next = *self;
        let word = next.word().filter(|w| words.iter().any(|x| w.eq_ignore_ascii_case(x)))?;
        if next.peek() == Some('.') {
            next.at += 1;
        }
        next.blanks();
        self.at = next.at;
        Some(word)
    }

    /// Reads these words, whatever their case, with blanks between them and after them.
    pub fn phrase(&mut self, words: &str) -> bool {
        let mut next = *self;
        let found = words.split(' ').all(|w| next.one_of(&[w]).is_some());
        if found {
            *self = next;
        }
        found
    }

    /// Whether a word ends here: neither letter nor digit follows.
    pub fn ends(&self) -> bool {
        !self.peek().is_some_and(char::is_alphanumeric)
    }
}

const DASHES: [char; 6] = ['-', '–', '—', '‐', '‑', '−'];

/// Blanks within a line; a tab parts the cells of a table.
fn is_blank(c: char) -> bool {
    c.is_whitespace() && c != '\n' && c != '\t'
}

/// The beginning of a text, at most so many bytes.
pub(super) fn cut(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// The runs of letters of a text, as ranges of bytes; not those within a run of letters and digits.
pub(super) fn words(text: &str) -> impl Iterator<Item = (usize, usize)> {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (start, first) = chars.find(|(_, c)| c.is_alphanumeric())?;
            let mut letters = first.is_alphabetic();
            let mut end = start + first.len_utf8();
            while let Some((at, c)) = chars.next_if(|(_, c)| c.is_alphanumeric()) {
                letters &= c.is_alphabetic();
                end = at + c.len_utf8();
            }
            if letters {
                return Some((start, end));
            }
        }
    })
}
