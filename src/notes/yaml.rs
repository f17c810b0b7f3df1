//! YAML as front matter needs it: a tree that knows where each value stands in the text, and how to write a value on one
//! line. The parser is `saphyr`; its marks are turned into bytes here, and made exact where they are not.

use saphyr::{LoadableYamlNode, MarkedYaml, Scalar, YamlData};
use std::ops::Range;

/// Deepest nesting by indentation; a bound on recursion (brackets are bounded by the parser).
const DEEPEST: usize = 200;

/// A value and where it stands.
#[derive(Debug)]
pub(super) struct Node {
    pub value: Value,
    pub style: Style,
    /// Bytes of the text. Exact for [`Style::Inline`] and [`Style::Flow`]; only the start counts for the others.
    pub span: Range<usize>,
}

#[derive(Debug)]
pub(super) enum Value {
    Null,
    /// Any scalar, as text: `2025` and `"2025"` are the same here.
    Scalar(String),
    List(Vec<Node>),
    Map(Vec<Entry>),
}

/// A key of a mapping with its value.
#[derive(Debug)]
pub(super) struct Entry {
    pub key: String,
    /// Where the key stands.
    pub at: Range<usize>,
    pub node: Node,
}

/// How a value is written, as far as editing it is concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// A scalar that begins on the line of its key; its span is exact.
    Inline,
    /// In brackets or braces; its span is exact.
    Flow,
    /// A list or mapping by indentation.
    Block,
    /// Anything that is only ever replaced as a whole: block scalars, anchors, aliases, tags.
    Other,
}

impl Node {
    /// The value of a key; `None` when this is no mapping or has no such key.
    pub fn entry(&self, key: &str) -> Option<&Entry> {
        match &self.value {
            Value::Map(entries) => entries.iter().find(|e| e.key == key),
            _ => None,
        }
    }
}

/// Reads one YAML document.
///
/// # Errors
/// The line (from 1) and what is wrong there.
pub(super) fn read(text: &str) -> Result<Node, (usize, String)> {
    let deep = |line: &str| line.bytes().take_while(|b| matches!(b, b' ' | b'\t' | b'-' | b'?')).count() > DEEPEST;
    if let Some(line) = text.lines().position(deep) {
        return Err((line + 1, "too deeply nested".to_owned()));
    }
    let docs = MarkedYaml::load_from_str(text).map_err(|e| (e.marker().line(), e.info().to_owned()))?;
    let [root] = docs.as_slice() else {
        return Err((1, format!("{} YAML documents where one is expected", docs.len())));
    };
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    Ok(Builder { text, bytes }.node(root, 1))
}

struct Builder<'a> {
    text: &'a str,
    /// Byte of each character; the parser counts in characters.
    bytes: Vec<usize>,
}

impl Builder<'_> {
    fn byte(&self, index: usize) -> usize {
        self.bytes.get(index).copied().unwrap_or(self.text.len())
    }

    fn node(&self, node: &MarkedYaml, key_line: usize) -> Node {
        let start = self.byte(node.span.start.index());
        let end = self.byte(node.span.end.index()).max(start);
        let first = self.text[start..].bytes().next().unwrap_or(b'\n');
        let marked = end > start && matches!(first, b'&' | b'*' | b'!');
        let (value, style, end) = match &node.data {
            YamlData::Mapping(map) => {
                let entries = map.iter().map(|(key, value)| self.entry(key, value)).collect();
                let (style, end) = collection(self.text, first, end);
                (Value::Map(entries), style, end)
            }
            YamlData::Sequence(list) => {
                let items = list.iter().map(|n| self.node(n, n.span.start.line())).collect();
                let (style, end) = collection(self.text, first, end);
                (Value::List(items), style, end)
            }
            YamlData::Value(scalar) => {
                let end = scalar_end(&self.text[start..], end - start) + start;
                let value = match scalar {
                    Scalar::Null => Value::Null,
                    Scalar::String(text) => Value::Scalar(text.clone().into_owned()),
                    _ => Value::Scalar(self.text[start..end].to_owned()),
                };
                let here = node.span.start.line() == key_line && !matches!(first, b'|' | b'>');
                (value, if here || end == start { Style::Inline } else { Style::Other }, end)
            }
            YamlData::Tagged(_, inner) => {
                let inner = self.node(inner, key_line);
                (inner.value, Style::Other, end)
            }
            YamlData::Representation(..) | YamlData::Alias(_) | YamlData::BadValue => (Value::Null, Style::Other, end),
        };
        Node { value, style: if marked { Style::Other } else { style }, span: start..end }
    }

    fn entry(&self, key: &MarkedYaml, value: &MarkedYaml) -> Entry {
        let line = key.span.start.line();
        let name = self.node(key, line);
        let key = match name.value {
            Value::Scalar(text) => text,
            _ => self.text[name.span.clone()].to_owned(),
        };
        Entry { key, at: name.span, node: self.node(value, line) }
    }
}

/// The parser's mark for the end of a bracketed collection stands before the closing bracket.
fn collection(text: &str, first: u8, end: usize) -> (Style, usize) {
    match (first, text.as_bytes().get(end)) {
        (b'{', Some(b'}')) | (b'[', Some(b']')) => (Style::Flow, end + 1),
        (b'{' | b'[', _) => (Style::Other, end),
        _ => (Style::Block, end),
    }
}

/// The length of the scalar at the start of `text`. The parser's `len` takes along what follows a quoted scalar of several
/// lines, so that the closing quote is looked for.
fn scalar_end(text: &str, len: usize) -> usize {
    let bytes = text.as_bytes();
    let mut at = 1;
    match bytes.first() {
        _ if len == 0 => 0,
        Some(b'"') => loop {
            match bytes.get(at) {
                Some(b'\\') => at += 2,
                Some(b'"') | None => return (at + 1).min(bytes.len()),
                Some(_) => at += 1,
            }
        },
        Some(b'\'') => loop {
            match (bytes.get(at), bytes.get(at + 1)) {
                (Some(b'\''), Some(b'\'')) => at += 2,
                (Some(b'\'') | None, _) => return (at + 1).min(bytes.len()),
                (Some(_), _) => at += 1,
            }
        },
        _ => text[..len].trim_end().len(),
    }
}

/// A text as a scalar on one line: plain where no reader of YAML 1.1 or 1.2 can take it for anything else, else in double
/// quotes.
pub(super) fn scalar(text: &str) -> String {
    let plain = text.starts_with(char::is_alphabetic)
        && text.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | '-' | '.' | '/'))
        && !matches!(
            text.to_lowercase().as_str(),
            "null" | "true" | "false" | "yes" | "no" | "on" | "off" | "y" | "n" | "nan" | "inf" | "infinity"
        );
    if plain {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            // What YAML calls line ends or does not allow in a text, and what turns the direction of writing.
            '\u{85}'
            | '\u{a0}'
            | '\u{ad}'
            | '\u{200b}'..='\u{200f}'
            | '\u{2028}'..='\u{202e}'
            | '\u{2060}'..='\u{2069}'
            | '\u{feff}'
            | '\u{fffe}'
            | '\u{ffff}' => out.push_str(&format!("\\u{:04x}", c as u32)),
            c if c.is_control() => out.push_str(&format!("\\x{:02x}", c as u32)),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
