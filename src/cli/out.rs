//! Writing: text that no terminal can be tricked with, and JSON lines.

use crate::layout;
use serde::Serialize;
use std::io::{self, BufWriter, IsTerminal, Stdout, Write};

/// Standard output, buffered.
pub struct Out {
    to: BufWriter<Stdout>,
    /// Whether JSON was asked for.
    pub json: bool,
    /// Whether text is coloured.
    pub color: bool,
    /// Whether a person is reading along.
    pub terminal: bool,
}

/// How a piece of text is set apart on a terminal.
#[derive(Clone, Copy)]
pub enum Tone {
    /// A title.
    Strong,
    /// What matters less.
    Faint,
    /// A word that was looked for.
    Mark,
    /// Something wrong.
    Bad,
    /// Words that are gone.
    Gone,
    /// The same, a figure, a name or a negation among them.
    GoneWeighty,
    /// Words that are new.
    New,
    /// The same, a figure, a name or a negation among them.
    NewWeighty,
}

impl Out {
    /// Standard output in this form.
    pub fn new(json: bool, color: super::args::When) -> Out {
        let terminal = io::stdout().is_terminal();
        let wanted = std::env::var_os("NO_COLOR").is_none_or(|v| v.is_empty());
        let color = match color {
            super::args::When::Auto => terminal && wanted,
            super::args::When::Always => true,
            super::args::When::Never => false,
        };
        Out { to: BufWriter::new(io::stdout()), json, color, terminal }
    }

    /// A line of text. It is not cleaned: what comes from files has gone through [`clean`] or [`Out::paint`].
    pub fn line(&mut self, text: &str) -> io::Result<()> {
        self.to.write_all(text.as_bytes())?;
        self.to.write_all(b"\n")
    }

    /// Text as it is, without a line end.
    pub fn raw(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.to.write_all(bytes)
    }

    /// One object on a line. Characters that a terminal might obey are written as escapes.
    pub fn object(&mut self, value: &impl Serialize) -> io::Result<()> {
        let text = serde_json::to_string(value).map_err(io::Error::other)?;
        self.line(&escape(&text))
    }

    /// Writes out what is buffered.
    pub fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }

    /// A piece of text, cleaned, and set apart where colour is used.
    pub fn paint(&self, tone: Tone, text: &str) -> String {
        let text = clean(text);
        if !self.color || text.is_empty() {
            return text;
        }
        let code = match tone {
            Tone::Strong => "1",
            Tone::Faint => "2",
            Tone::Mark => "1;33",
            Tone::Bad | Tone::Gone => "31",
            Tone::GoneWeighty => "1;31",
            Tone::New => "32",
            Tone::NewWeighty => "1;32",
        };
        format!("\x1b[{code}m{text}\x1b[0m")
    }
}

/// Text from a file, a file name or the system, without anything a terminal would obey; on one line.
pub fn clean(text: &str) -> String {
    layout::sanitise(text).into_owned()
}

/// JSON escapes only what is below a blank; terminals obey more than that. Such characters stand only inside strings.
fn escape(json: &str) -> String {
    let risky = |c: char| matches!(c, '\u{7f}'..='\u{9f}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if !json.contains(risky) {
        return json.to_owned();
    }
    json.chars().map(|c| if risky(c) { format!("\\u{:04x}", c as u32) } else { c.to_string() }).collect()
}

/// A line on standard error, cleaned. Nothing can be done where even that can't be written.
pub fn say(text: &str) {
    let _ = writeln!(io::stderr(), "kantlijn: {}", clean(text));
}

#[cfg(test)]
mod tests;
