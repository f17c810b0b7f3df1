//! Characters to clean lines: what would harm a terminal or hide in the text is dropped, line ends are levelled, and
//! each line knows which line of the source it was. Nothing after this step sees a control character but `'\n'` and `'\t'`.

/// A stretch of lines without a blank one is at most this long in bytes, give or take a sentence; longer ones get a blank line put in, so
/// that no block is gigantic: layout, search and the Markdown parser work block by block.
pub(super) const MAX_BLOCK: usize = 64 * 1024;
/// The same where lines begin with `|` but no row of dashes has said that they are a table; a table may be of any length.
const MAX_TABLE: usize = 1024 * 1024;

/// The source as clean lines.
#[derive(Default)]
pub(super) struct Source {
    /// All lines, each ended by `'\n'`.
    pub(super) text: String,
    /// Start of each line in `text`, and which line of the source it was, from 1.
    pub(super) lines: Vec<SourceLine>,
    /// Lines of the source, split on LF.
    pub(super) line_count: u32,
    /// How many characters were dropped for safety (line ends and byte-order marks not counted).
    pub(super) dropped: u64,
}

/// A clean line.
#[derive(Clone, Copy)]
pub(super) struct SourceLine {
    /// Byte in [`Source::text`].
    pub(super) start: u32,
    /// Line of the source, from 1.
    pub(super) line: u32,
    /// Whether a form feed stands before it.
    pub(super) page_break: bool,
}

impl Source {
    /// The text of a line, without its end.
    pub(super) fn line(&self, index: usize) -> &str {
        let start = self.lines[index].start as usize;
        let end = self.lines.get(index + 1).map_or(self.text.len(), |l| l.start as usize);
        self.text[start..end].trim_end_matches('\n')
    }

    /// The index of the line that holds this byte of `text`.
    pub(super) fn index_at(&self, byte: usize) -> usize {
        self.lines.partition_point(|l| l.start as usize <= byte).saturating_sub(1)
    }
}

/// Cleans a whole text.
pub(super) fn clean(raw: &str) -> Source {
    let raw = raw.strip_prefix('\u{FEFF}').unwrap_or(raw);
    let mut out = Cleaner {
        source: Source {
            text: String::with_capacity(raw.len() + 1),
            lines: Vec::with_capacity(raw.len() / 64),
            line_count: 0,
            dropped: 0,
        },
        stretch: 0,
        table: false,
    };
    for (number, line) in raw.split_terminator('\n').enumerate() {
        let number = number as u32 + 1;
        out.source.line_count = number;
        let line = line.strip_suffix('\r').unwrap_or(line);
        if line.bytes().any(|b| SUSPECT[b as usize]) {
            out.careful(line, number);
        } else {
            out.push(line, number, false);
        }
    }
    out.source
}

/// Bytes that begin something to look at: controls, and the lead bytes of the blocks with invisible characters.
const SUSPECT: [bool; 256] = {
    let mut table = [false; 256];
    let mut b = 0;
    while b < 0x20 {
        table[b] = b != 0x09;
        b += 1;
    }
    table[0x7F] = true;
    // U+0080–00BF · U+0600–063F · U+1000–1FFF · U+2000–2FFF · U+3000–3FFF · U+E000–FFFF · planes above 0
    let leads = [0xC2, 0xCC, 0xCD, 0xD8, 0xE1, 0xE2, 0xE3, 0xEE, 0xEF, 0xF3];
    let mut i = 0;
    while i < leads.len() {
        table[leads[i]] = true;
        i += 1;
    }
    table
};

struct Cleaner {
    source: Source,
    /// Bytes since the last blank line.
    stretch: usize,
    /// A row of dashes stood in them, and since then rows of a table.
    table: bool,
}

impl Cleaner {
    /// A line with something in it that may have to go.
    fn careful(&mut self, line: &str, number: u32) {
        let mut kept = String::with_capacity(line.len());
        let mut page_break = false;
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\u{C}' | '\u{B}' | '\r' => {
                    // A form feed on a line of its own is no line, only a page border.
                    if c == '\r' || !kept.trim().is_empty() {
                        self.push(&kept, number, page_break);
                        page_break = false;
                    }
                    kept.clear();
                    page_break |= c == '\u{C}';
                }
                '\u{1B}' | '\u{90}' | '\u{98}' | '\u{9B}' | '\u{9D}' | '\u{9E}' | '\u{9F}' => {
                    self.source.dropped += 1;
                    escape(c, &mut chars);
                }
                // Kept for the joining of lines, which takes it for "one word": at the line's end only.
                '\u{AD}' if chars.peek().is_none() => kept.push('\u{2010}'),
                '\u{AD}' => {}
                '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}' | '\u{202F}' | '\u{205F}' | '\u{3000}' => {
                    kept.push(' ')
                }
                '\u{85}' | '\u{2028}' | '\u{2029}' => kept.push(' '),
                // The bullets of symbol fonts.
                '\u{F0B7}' | '\u{F0A7}' | '\u{F076}' => kept.push('•'),
                '\u{200D}' if emoji(kept.chars().next_back()) && emoji(chars.peek().copied()) => kept.push(c),
                '\u{FE0E}' | '\u{FE0F}' if emoji(kept.chars().next_back()) => kept.push(c),
                c if invisible(c) => self.source.dropped += 1,
                c => kept.push(c),
            }
        }
        self.push(&kept, number, page_break);
    }

    fn push(&mut self, line: &str, number: u32, page_break: bool) {
        let mut rest = line;
        while rest.len() > MAX_BLOCK {
            let (head, tail) = rest.split_at(cut(rest, MAX_BLOCK));
            self.line(head, number, page_break);
            self.line("", number, false);
            rest = tail.trim_start();
        }
        self.line(rest, number, page_break);
        let row = line.starts_with('|');
        self.table = row && (self.table || line.contains('-') && line.bytes().all(|b| b"|-: ".contains(&b)));
        let limit = if row { MAX_TABLE } else { MAX_BLOCK };
        if self.stretch > limit && !self.table {
            self.line("", number, false);
        }
    }

    fn line(&mut self, line: &str, number: u32, page_break: bool) {
        self.source.lines.push(SourceLine { start: self.source.text.len() as u32, line: number, page_break });
        self.source.text.push_str(line);
        self.source.text.push('\n');
        self.stretch = if line.is_empty() { 0 } else { self.stretch + line.len() };
    }
}

/// Where to cut a text that is longer than `limit`: after the last sentence, else blank, else character before it.
pub(super) fn cut(text: &str, limit: usize) -> usize {
    let mut limit = limit.min(text.len());
    while !text.is_char_boundary(limit) {
        limit -= 1;
    }
    let window = &text.as_bytes()[limit / 2..limit];
    let sentence = window.windows(2).rposition(|w| matches!(w[0], b'.' | b'!' | b'?') && w[1] == b' ').map(|i| i + 1);
    let at = sentence.or_else(|| window.iter().rposition(|b| *b == b' '));
    // A blank is a character border, so the place just after it is one too.
    at.map_or(limit, |i| limit / 2 + i + 1)
}

/// Skips the rest of an escape sequence whose introducer has been read (ECMA-48: CSI, the string sequences, the short ones).
fn escape(introducer: char, chars: &mut std::iter::Peekable<std::str::Chars<'_>>) {
    let kind = match introducer {
        '\u{9B}' => '[',
        '\u{1B}' => match chars.peek().copied() {
            Some(c @ ('[' | ']' | 'P' | 'X' | '^' | '_')) => {
                chars.next();
                c
            }
            Some(' '..='~') => ' ',
            _ => return,
        },
        _ => ']',
    };
    match kind {
        '[' => {
            while chars.next_if(|c| matches!(c, ' '..='?')).is_some() {}
            chars.next_if(|c| matches!(c, '@'..='~'));
        }
        ' ' => {
            while chars.next_if(|c| matches!(c, ' '..='/')).is_some() {}
            chars.next_if(|c| matches!(c, '0'..='~'));
        }
        // A string sequence ends with BEL or ST. One that never ends must not eat the line: then only its introducer goes.
        _ => {
            let mut ahead = chars.clone();
            while let Some(c) = ahead.next() {
                let st = c == '\u{1B}' && ahead.next_if_eq(&'\\').is_some();
                if st || matches!(c, '\u{7}' | '\u{9C}') {
                    *chars = ahead;
                    return;
                }
                if c == '\u{1B}' {
                    return;
                }
            }
        }
    }
}

/// Writes text that comes from inside a file's own notation (`&#27;`), as careful as [`clean`] is with the file itself.
pub(super) fn push_safe(out: &mut String, text: &str) {
    if text.bytes().any(|b| SUSPECT[b as usize]) {
        out.extend(
            text.chars()
                .filter(|c| *c == '\n' || !invisible(*c) || *c == '\u{200D}' || matches!(c, '\u{FE0E}' | '\u{FE0F}'))
                .map(|c| match c {
                    '\r' | '\u{B}' | '\u{C}' | '\u{A0}' | '\u{2028}' | '\u{2029}' => ' ',
                    c => c,
                }),
        );
    } else {
        out.push_str(text);
    }
}

/// Whether a character takes part in emoji sequences, roughly: nothing below the arrows does.
fn emoji(c: Option<char>) -> bool {
    c.is_some_and(
        |c| matches!(c, '\u{203C}'..='\u{2BFF}' | '\u{3030}'..='\u{32FF}' | '\u{FE0F}' | '\u{1F000}'..='\u{1FAFF}'),
    )
}

/// Characters that show nothing or change how others are shown (controls, bidi, zero-width, tags, interlinear marks).
fn invisible(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{E}'..='\u{1F}' | '\u{AD}' | '\u{7F}'..='\u{9F}'
        | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF0}'..='\u{FFFC}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{E0000}'..='\u{E0FFF}')
}
