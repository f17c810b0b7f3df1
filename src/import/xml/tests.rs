#![allow(clippy::unwrap_used, clippy::panic)]
//! What is expanded and what is not, names by their namespaces, and documents that break off.

use super::*;
use crate::import::Limits;

const KNOWN: Namespaces = &[("urn:a", "a"), ("urn:b", "b")];

/// All that is read, as one line.
fn told(text: &str, limits: &Limits) -> Result<String, ImportError> {
    let budget = Budget::new(limits);
    let mut xml = Xml::new(text, KNOWN, &budget);
    let mut out = String::new();
    loop {
        match xml.next()? {
            Node::Open(tag) => {
                let (space, name) = tag.name();
                out += &format!("<{space}:{name}{}>", tag.attr("k").map(|v| format!(" {v}")).unwrap_or_default());
            }
            Node::Close(_) => out.push('/'),
            Node::Text(text) => out += &text,
            Node::End => break,
        }
    }
    if xml.is_broken() {
        out.push('!');
    }
    Ok(out)
}

#[test]
fn names_go_by_namespace_whatever_the_prefix() {
    let limits = Limits::default();
    let text = "<x:p xmlns:x='urn:a' xmlns='urn:b'><q x:k='1 &lt; 2 &#38; &meer; 3'/><y:r/>tekst</x:p>";
    assert_eq!(told(text, &limits).unwrap(), "<a:p><b:q 1 < 2 & &meer; 3>/<:r>/tekst/");
    assert_eq!(told("<?xml version='1.0'?><!-- a --><p>a<![CDATA[<b>]]></p>", &limits).unwrap(), "<:p>a<b>/");
}

#[test]
fn nothing_declared_is_expanded() {
    let bomb = "<!DOCTYPE p [<!ENTITY a 'haha'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY x SYSTEM 'file:///geheim'>]>\
                <p>een &b; &x; &amp; &#x41;&#0;</p>";
    assert_eq!(told(bomb, &Limits::default()).unwrap(), "<:p>een   & A/");
}

#[test]
fn documents_end_where_they_break() {
    let limits = Limits::default();
    assert_eq!(told("<p><q>tekst", &limits).unwrap(), "<:p><:q>tekst!");
    assert_eq!(told("<p>tekst</q>", &limits).unwrap(), "<:p>tekst!");
    assert_eq!(told("<p>tekst</p", &limits).unwrap(), "<:p>tekst!");
    assert_eq!(told("", &limits).unwrap(), "");
}

#[test]
fn depth_and_number_are_bounded() {
    let deep = "<p>".repeat(300);
    assert_eq!(told(&deep, &Limits::default()), Err(ImportError::TooDeep { limit: 256 }));
    let few = Limits { max_nodes: 10, ..Limits::default() };
    assert_eq!(told(&"<p></p>".repeat(10), &few), Err(ImportError::TooManyNodes { limit: 10 }));
}

#[test]
fn encodings_are_told() {
    assert_eq!(decode("\u{FEFF}<p>é</p>".as_bytes()), "<p>é</p>");
    assert_eq!(
        decode(b"<?xml version='1.0' encoding='ISO-8859-1'?><p>\xE9</p>").split_once("?>").unwrap().1,
        "<p>é</p>"
    );
    let wide: Vec<u8> = "\u{FEFF}<p>é</p>".encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(decode(&wide), "<p>é</p>");
}
