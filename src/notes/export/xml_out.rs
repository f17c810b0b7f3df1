//! XML going out: elements on lines of their own, attributes and texts escaped so that they come back as they were.
//!
//! What XML 1.0 has no way to say (control characters, U+FFFE, U+FFFF) becomes U+FFFD.

/// Levels that are shown by blanks before a line.
const DEEPEST_INDENT: usize = 16;

/// A document being written.
pub(super) struct Out {
    text: String,
    open: Vec<&'static str>,
}

impl Out {
    /// The declaration, and nothing else yet.
    pub(super) fn new() -> Self {
        Out { text: "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n".to_owned(), open: Vec::new() }
    }

    /// Opens an element.
    pub(super) fn open(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes, ">\n");
        self.open.push(name);
    }

    /// An element without content.
    pub(super) fn empty(&mut self, name: &'static str, attributes: &[(&str, &str)]) {
        self.tag(name, attributes, "/>\n");
    }

    /// An element that holds a text.
    pub(super) fn text(&mut self, name: &'static str, text: &str) {
        self.tag(name, &[], ">");
        escape(&mut self.text, text, false);
        self.text.push_str(&format!("</{name}>\n"));
    }

    /// Closes the element that was opened last.
    pub(super) fn close(&mut self) {
        if let Some(name) = self.open.pop() {
            self.indent();
            self.text.push_str(&format!("</{name}>\n"));
        }
    }

    /// The document.
    pub(super) fn into_bytes(mut self) -> Vec<u8> {
        while !self.open.is_empty() {
            self.close();
        }
        self.text.into_bytes()
    }

    fn indent(&mut self) {
        // Deeper elements stand no further in, or a deep tree would be all blanks.
        self.text.extend(std::iter::repeat_n("  ", self.open.len().min(DEEPEST_INDENT)));
    }

    /// Attributes without a value are left out.
    fn tag(&mut self, name: &str, attributes: &[(&str, &str)], end: &str) {
        self.indent();
        self.text.push('<');
        self.text.push_str(name);
        for (key, value) in attributes {
            self.text.push_str(&format!(" {key}=\""));
            escape(&mut self.text, value, true);
            self.text.push('"');
        }
        self.text.push_str(end);
    }
}

/// Whether XML 1.0 can say this text.
pub(super) fn can_say(text: &str) -> bool {
    !text.chars().any(unsayable)
}

fn unsayable(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

fn escape(out: &mut String, text: &str, attribute: bool) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if attribute => out.push_str("&quot;"),
            '\n' if attribute => out.push_str("&#10;"),
            '\t' if attribute => out.push_str("&#9;"),
            '\r' => out.push_str("&#13;"),
            c if unsayable(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
}
