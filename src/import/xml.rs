//! XML as a stream of tags and texts, for the formats that keep XML in a container. Nothing is expanded but the five named
//! entities and character references, whatever a file declares; elements inside each other are bounded; every event counts
//! in the budget. It knows no format: a reader gives the names it wants to see for the namespaces it knows.

#[cfg(test)]
mod tests;

use super::ImportError;
use super::budget::Budget;
use quick_xml::events::{BytesEnd, BytesStart, Event};
use quick_xml::reader::Reader;
use std::borrow::Cow;

/// How far into a file its encoding is told.
const DECLARATION: usize = 200;

/// A namespace, and how a reader calls it.
pub(super) type Namespaces = &'static [(&'static str, &'static str)];

/// A document being read.
pub(super) struct Xml<'x> {
    reader: Reader<&'x [u8]>,
    text: &'x str,
    budget: &'x Budget<'x>,
    known: Namespaces,
    /// Prefixes of this document, with what the reader calls them. Declared again elsewhere, the last word counts.
    prefixes: Vec<(String, &'static str)>,
    depth: u16,
    broken: bool,
}

/// What comes next. Every `Open` has its `Close`, but where the document breaks off.
pub(super) enum Node<'x> {
    Open(Tag<'x>),
    Close(Tag<'x>),
    Text(Cow<'x, str>),
    /// The end of the document, or the place where it can't be read any further ([`Xml::is_broken`]).
    End,
}

/// The tag of an element.
pub(super) struct Tag<'x> {
    /// What the reader calls the namespace; empty for one it doesn't know.
    pub(super) space: &'static str,
    raw: Raw<'x>,
}

enum Raw<'x> {
    Start(BytesStart<'x>),
    End(BytesEnd<'x>),
}

impl Tag<'_> {
    /// Namespace and name.
    pub(super) fn name(&self) -> (&'static str, &str) {
        let name = match &self.raw {
            Raw::Start(start) => start.local_name().into_inner(),
            Raw::End(end) => end.local_name().into_inner(),
        };
        (self.space, name)
    }

    /// The value of an attribute by its name without prefix; the first of them. Closing tags have none.
    pub(super) fn attr(&self, name: &str) -> Option<Cow<'_, str>> {
        let Raw::Start(start) = &self.raw else { return None };
        let found =
            start.attributes().with_checks(false).flatten().find(|a| a.key.local_name().into_inner() == name)?;
        Some(unescape(found.value))
    }

    /// The number in an attribute.
    pub(super) fn number(&self, name: &str) -> Option<i64> {
        self.attr(name)?.trim().parse().ok()
    }
}

/// Resolves the five entities and character references in a text; others are left as they stand.
fn unescape(raw: Cow<'_, str>) -> Cow<'_, str> {
    if !raw.contains('&') {
        return raw;
    }
    let mut out = String::with_capacity(raw.len());
    let mut rest: &str = &raw;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        match rest[1..].find(';').filter(|end| *end <= 10).and_then(|end| Some((entity(&rest[1..=end])?, end + 2))) {
            Some((c, end)) => {
                out.push(c);
                rest = &rest[end..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    Cow::Owned(out)
}

/// The character an entity stands for, by its name without `&` and `;`.
fn entity(name: &str) -> Option<char> {
    match name {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" => Some('"'),
        "apos" => Some('\''),
        _ => {
            let number = name.strip_prefix('#')?;
            let hex = number.strip_prefix(['x', 'X']);
            let code = hex.map_or_else(|| number.parse().ok(), |hex| u32::from_str_radix(hex, 16).ok())?;
            char::from_u32(code).filter(|c| *c != '\0')
        }
    }
}

impl<'x> Xml<'x> {
    /// Reads a document from its characters ([`decode`]).
    pub(super) fn new(text: &'x str, known: Namespaces, budget: &'x Budget<'x>) -> Self {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        Xml { reader, text, budget, known, prefixes: Vec::new(), depth: 0, broken: false }
    }

    /// Reads a piece of a document, cut out of it with [`Xml::skip`], with the prefixes that were known there.
    pub(super) fn piece(&self, text: &'x str) -> Self {
        let mut piece = Xml::new(text, self.known, self.budget);
        piece.prefixes.clone_from(&self.prefixes);
        piece
    }

    /// The same document from its beginning.
    pub(super) fn again(&self) -> Self {
        self.piece(self.text)
    }

    /// What comes next. Comments, declarations and processing instructions are passed over.
    ///
    /// # Errors
    /// When a limit is passed. What is not well-formed is no error: the document ends there.
    pub(super) fn next(&mut self) -> Result<Node<'x>, ImportError> {
        loop {
            self.budget.node()?;
            let event = match self.reader.read_event() {
                Ok(event) if !self.broken => event,
                _ => {
                    self.broken = true;
                    return Ok(Node::End);
                }
            };
            match event {
                Event::Start(start) => {
                    self.depth += 1;
                    let limit = self.budget.limits.max_nesting;
                    if self.depth > limit {
                        return Err(ImportError::TooDeep { limit });
                    }
                    self.declare(&start);
                    let space = self.space(start.name().into_inner());
                    return Ok(Node::Open(Tag { space, raw: Raw::Start(start) }));
                }
                Event::End(end) => {
                    self.depth = self.depth.saturating_sub(1);
                    let space = self.space(end.name().into_inner());
                    return Ok(Node::Close(Tag { space, raw: Raw::End(end) }));
                }
                Event::Text(text) => return Ok(Node::Text(text.into_inner())),
                Event::CData(text) => return Ok(Node::Text(text.into_inner())),
                Event::GeneralRef(name) => {
                    if let Some(c) = entity(&name) {
                        return Ok(Node::Text(Cow::Owned(c.to_string())));
                    }
                }
                Event::Eof => {
                    self.broken = self.depth > 0;
                    return Ok(Node::End);
                }
                _ => {}
            }
        }
    }

    /// Passes over all that is inside the element that was opened last, and its closing tag. Gives what was passed over.
    ///
    /// # Errors
    /// As [`Xml::next`].
    pub(super) fn skip(&mut self) -> Result<&'x str, ImportError> {
        let outside = self.depth.saturating_sub(1);
        let start = self.position() as usize;
        let mut end = start;
        while self.depth > outside {
            end = self.position() as usize;
            if let Node::End = self.next()? {
                break;
            }
        }
        // An empty element stands behind us already when it is opened.
        Ok(self.text.get(start..end.max(start)).unwrap_or(""))
    }

    /// The text inside the element that was opened last, up to its closing tag.
    ///
    /// # Errors
    /// As [`Xml::next`].
    pub(super) fn text_inside(&mut self) -> Result<String, ImportError> {
        let outside = self.depth.saturating_sub(1);
        let mut out = String::new();
        while self.depth > outside {
            match self.next()? {
                Node::Text(text) => out.push_str(&text),
                Node::End => break,
                _ => {}
            }
        }
        Ok(out)
    }

    /// Whether the document broke off or is not well-formed, so that reading ended before its end.
    pub(super) fn is_broken(&self) -> bool {
        self.broken
    }

    /// How many elements are open.
    pub(super) fn depth(&self) -> u16 {
        self.depth
    }

    /// Where the next event begins: a byte of the text, the same whenever the same document is read.
    pub(super) fn position(&self) -> u64 {
        self.reader.buffer_position()
    }

    /// Learns the prefixes that a tag declares.
    fn declare(&mut self, start: &BytesStart<'_>) {
        if !start.attributes_raw().contains("xmlns") {
            return;
        }
        for attribute in start.attributes().with_checks(false).flatten() {
            let key = attribute.key.into_inner();
            let prefix = match key.strip_prefix("xmlns") {
                Some("") => "",
                Some(rest) if rest.starts_with(':') => &rest[1..],
                _ => continue,
            };
            let known = self.known.iter().find(|(uri, _)| *uri == &*attribute.value).map_or("", |(_, space)| *space);
            match self.prefixes.iter().position(|(p, _)| p == prefix) {
                Some(at) => self.prefixes[at].1 = known,
                None if self.prefixes.len() < 256 => self.prefixes.push((prefix.to_string(), known)),
                None => {}
            }
        }
    }

    /// What the reader calls the namespace of a name.
    fn space(&self, name: &str) -> &'static str {
        let prefix = name.split_once(':').map_or("", |(prefix, _)| prefix);
        self.prefixes.iter().find(|(p, _)| p == prefix).map_or("", |(_, space)| *space)
    }
}

/// The characters of an XML file: by its byte-order mark, as UTF-8, or by the encoding it declares.
pub(super) fn decode(bytes: &[u8]) -> Cow<'_, str> {
    if let Some((encoding, _)) = encoding_rs::Encoding::for_bom(bytes) {
        return encoding.decode(bytes).0;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Cow::Borrowed(text);
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION)]).into_owned();
    let declared = head.split_once("encoding=").and_then(|(_, rest)| {
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        encoding_rs::Encoding::for_label(rest[1..].split(quote).next()?.as_bytes())
    });
    declared.unwrap_or(encoding_rs::UTF_8).decode(bytes).0
}
