//! XML coming in, as a tree: names without their prefixes, texts joined, nothing expanded but the five named entities and
//! character references. A document type is refused, and so is a file that asks for more than is given to one.

use super::ImportFault;
use quick_xml::events::{BytesStart, Event};
use quick_xml::reader::Reader;
use std::borrow::Cow;

/// Elements inside each other.
const DEEPEST: usize = 200;
/// Elements of one file.
const MOST: usize = 5_000_000;
/// How far into a file its encoding is told.
const DECLARATION: usize = 200;

/// An element with all that it holds.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Its name without prefix.
    pub(super) name: String,
    /// Its own text, pieces joined; white space as it stands.
    pub(super) text: String,
    /// The elements in it.
    pub(super) children: Vec<Element>,
    /// Names without prefix, and values.
    pub(super) attributes: Vec<(String, String)>,
}

impl Element {
    /// The value of an attribute, whatever the case of its name and the prefix before it.
    pub(super) fn attr(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The same when it says anything.
    pub(super) fn filled(&self, name: &str) -> Option<&str> {
        self.attr(name).filter(|value| !value.trim().is_empty())
    }

    /// Whether it has this name.
    pub(super) fn is(&self, name: &str) -> bool {
        self.name.eq_ignore_ascii_case(name)
    }

    /// The elements of this name right in it.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |c| c.is(name))
    }

    /// The first element of this name right in it.
    pub(super) fn child<'a>(&'a self, name: &'a str) -> Option<&'a Element> {
        self.all(name).next()
    }

    /// The text of the first element of this name right in it; empty when there is none.
    pub(super) fn text_of<'a>(&'a self, name: &'a str) -> &'a str {
        self.child(name).map_or("", |c| &c.text)
    }
}

/// Reads a document and gives its outermost element.
///
/// # Errors
/// When it isn't well-formed to its end, isn't in the encoding that it says, has a document type, or is too large or deep.
pub(super) fn read(bytes: &[u8]) -> Result<Element, ImportFault> {
    let text = decode(bytes)?;
    let text = if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")) } else { text };
    let mut reader = Reader::from_str(&text);
    reader.config_mut().expand_empty_elements = true;
    let broken = |at: u64, why: &str| {
        let line = text.get(..usize::try_from(at).unwrap_or(usize::MAX)).map_or(1, |t| t.matches('\n').count() + 1);
        ImportFault::Broken(format!("line {line}: {why}"))
    };
    let mut stack = vec![Element::default()];
    let mut count = 0usize;
    loop {
        let event = reader.read_event().map_err(|e| broken(reader.error_position(), &e.to_string()))?;
        let at = reader.buffer_position();
        match event {
            Event::Start(start) => {
                count += 1;
                if stack.len() > DEEPEST {
                    return Err(ImportFault::Refused(format!("more than {DEEPEST} elements inside each other")));
                }
                if count > MOST {
                    return Err(ImportFault::Refused(format!("more than {MOST} elements")));
                }
                stack.push(element(&start).map_err(|why| broken(at, &why))?);
            }
            Event::End(_) => {
                let done = stack.pop().unwrap_or_default();
                match stack.last_mut() {
                    Some(parent) => parent.children.push(done),
                    None => return Err(broken(at, "an element is closed that was not opened")),
                }
            }
            Event::Text(text) => push(&mut stack, &text.into_inner()),
            Event::CData(text) => push(&mut stack, &text.into_inner()),
            Event::GeneralRef(name) => match entity(&name) {
                Some(c) => push(&mut stack, c.encode_utf8(&mut [0; 4])),
                None => return Err(broken(at, &format!("the entity &{}; is not known", &*name))),
            },
            Event::DocType(_) => {
                return Err(ImportFault::Refused("a document type (DTD) has no place in such a file".to_owned()));
            }
            Event::Eof => break,
            _ => {}
        }
    }
    let mut top = stack.pop().unwrap_or_default();
    if !stack.is_empty() {
        return Err(ImportFault::Broken(format!("the file breaks off inside {}", top.name)));
    }
    match (top.children.pop(), top.children.is_empty()) {
        (Some(root), true) => Ok(root),
        (None, _) => Err(ImportFault::AnotherForm("there is no XML in it".to_owned())),
        _ => Err(ImportFault::Broken("more than one outermost element".to_owned())),
    }
}

fn push(stack: &mut [Element], text: &str) {
    if let Some(element) = stack.last_mut() {
        element.text.push_str(text);
    }
}

fn element(start: &BytesStart<'_>) -> Result<Element, String> {
    let mut element = Element { name: start.local_name().into_inner().to_owned(), ..Element::default() };
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|e| e.to_string())?;
        let key = attribute.key.local_name().into_inner().to_owned();
        element.attributes.push((key, unescape(&attribute.value)?));
    }
    Ok(element)
}

/// The value of an attribute: white space is blanks (XML 1.0, 3.3.3) unless it was written as a reference.
fn unescape(raw: &str) -> Result<String, String> {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find(['&', '\n', '\t']) {
        out.push_str(&rest[..at]);
        if rest.as_bytes()[at] != b'&' {
            out.push(' ');
            rest = &rest[at + 1..];
            continue;
        }
        let end = rest[at..].find(';').ok_or("an & that is not written as &amp;")?;
        let name = &rest[at + 1..at + end];
        out.push(entity(name).ok_or_else(|| format!("the entity &{name}; is not known"))?);
        rest = &rest[at + end + 1..];
    }
    out.push_str(rest);
    Ok(out)
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
            let code = match number.strip_prefix('x') {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code).filter(|c| *c != '\0')
        }
    }
}

/// The characters of a file: by its byte-order mark, by the encoding it declares, else as UTF-8.
fn decode(bytes: &[u8]) -> Result<Cow<'_, str>, ImportFault> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(DECLARATION)]).into_owned();
    let declared = head.split_once("encoding=").and_then(|(_, rest)| {
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''))?;
        encoding_rs::Encoding::for_label(rest[1..].split(quote).next()?.as_bytes())
    });
    let encoding = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding,
        // A declaration that can be read byte by byte is no UTF-16, whatever it says.
        None => declared.filter(|e| e.is_ascii_compatible()).unwrap_or(encoding_rs::UTF_8),
    };
    match encoding.decode(bytes) {
        (text, _, false) => Ok(text),
        _ => Err(ImportFault::Broken(format!("it is not {}, as it should be", encoding.name()))),
    }
}
