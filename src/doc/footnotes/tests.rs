#![allow(clippy::unwrap_used, clippy::panic)]

use super::{footnote_at, footnote_of, mark_at, mark_of, marks_in};
use crate::doc::{
    Block, BlockKind, Document, Edition, Format, Lang, Outline, Part, PartId, PartKind, RawDocument, Section,
    SectionId, SourceMap, Span, SpanStyle, TextRange,
};

/// A document of parts, each of blocks: a label and its note, or a text in which `^1` is a mark.
fn document(parts: &[&[(&str, &str)]]) -> Document {
    let (mut text, mut blocks, mut spans) = (String::new(), Vec::new(), Vec::new());
    let (mut sections, mut made) = (Vec::new(), Vec::new());
    for (n, part) in parts.iter().enumerate() {
        let from = text.len() + if n > 0 { 2 } else { 0 };
        for (label, words) in *part {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
            let start = text.len();
            for (i, piece) in words.split('^').enumerate() {
                if i > 0 {
                    let range = TextRange::from(text.len()..text.len() + 1);
                    spans.push(Span { range, style: SpanStyle::NoteRef(piece[..1].to_owned()) });
                }
                text.push_str(piece);
            }
            let kind = match *label {
                "" => BlockKind::Paragraph,
                label => BlockKind::Footnote { label: label.to_owned() },
            };
            blocks.push(Block { range: TextRange::from(start..text.len()), kind, section: SectionId(n as u32) });
        }
        let range = TextRange::from(from..text.len());
        let (root, part) = (SectionId(n as u32), PartId(n as u32));
        sections.push(Section {
            number: None,
            title: String::new(),
            level: 1,
            parent: None,
            part,
            heading: None,
            range,
            confidence: 1.0,
        });
        made.push(Part {
            root,
            title: String::new(),
            org: None,
            date: None,
            year: None,
            kind: PartKind::Report,
            lang: Lang::Nl,
            range,
        });
    }
    Document::freeze(RawDocument {
        edition: Edition::of(text.as_bytes()),
        format: Format::Plain,
        text,
        blocks,
        spans,
        outline: Outline::new(sections, made),
        source: SourceMap::default(),
        furniture: Default::default(),
        warnings: Vec::new(),
    })
    .unwrap()
}

/// What each mark of a document calls, in order.
fn called(doc: &Document) -> Vec<Option<&str>> {
    let all = TextRange::from(0..doc.text().len());
    marks_in(doc, all).map(|m| footnote_of(doc, m).map(|f| doc.slice(f.range))).collect()
}

#[test]
fn labels_that_begin_anew_call_the_note_that_follows() {
    let doc = document(&[&[
        ("", "De sluis^1 en de brug^2."),
        ("1", "Gebouwd in 1931."),
        ("2", "Vervangen."),
        ("", "De wal^1 niet."),
        ("1.", "Zie de kaart."),
    ]]);
    assert_eq!(called(&doc), [Some("Gebouwd in 1931."), Some("Vervangen."), Some("Zie de kaart.")]);
}

#[test]
fn notes_before_their_marks_are_found_too_but_never_in_another_part() {
    let doc =
        document(&[&[("1", "Vooraf."), ("", "Tekst^1 en^9.")], &[("", "Elders^1."), ("9", "Van het tweede deel.")]]);
    assert_eq!(called(&doc), [Some("Vooraf."), None, None]);
}

#[test]
fn from_a_note_back_to_the_mark_that_calls_it() {
    let doc = document(&[&[
        ("", "Een^1 en nog eens^1."),
        ("1", "Eerste."),
        ("", "Twee^1."),
        ("1", "Tweede."),
        ("1", "Met een alinea erbij."),
        ("*", "Van niemand."),
    ]]);
    let note = |words: &str| footnote_at(&doc, doc.text().find(words).unwrap() as u32).unwrap();
    let from = |words: &str| mark_of(&doc, &note(words)).map(|m| m.range.start as usize);
    assert_eq!(from("Eerste."), doc.text().find("1.\n"));
    assert_eq!(from("Tweede."), doc.text().find("Twee1").map(|at| at + 4));
    assert_eq!(from("Met een alinea"), from("Tweede."));
    assert_eq!(doc.slice(note("Met een").range), "Tweede.\n\nMet een alinea erbij.");
    assert_eq!(from("Van niemand"), None);
    assert_eq!(footnote_at(&doc, 0), None);
}

#[test]
fn a_mark_is_found_by_the_bytes_it_takes() {
    let doc = document(&[&[("", "Een^1 mark."), ("1", "Noot.")]]);
    assert_eq!(mark_at(&doc, 2), None);
    assert!(mark_at(&doc, 3).is_some());
    assert_eq!(mark_at(&doc, 4), None);
    let empty = document(&[&[]]);
    assert_eq!(mark_at(&empty, 0), None);
    assert_eq!(footnote_at(&empty, 0), None);
}
