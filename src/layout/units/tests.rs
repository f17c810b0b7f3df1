#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;
use crate::doc::{
    Block, ColumnAlign, Edition, Format, Lang, Outline, Part, PartId, PartKind, RawDocument, Section, SectionId,
    SourceMap,
};
use proptest::prelude::*;

fn document(blocks: &[(BlockKind, &str)]) -> Document {
    let text = blocks.iter().map(|(_, t)| *t).collect::<Vec<_>>().join("\n\n");
    let mut at = 0;
    let blocks = blocks
        .iter()
        .map(|(kind, t)| {
            let range = TextRange::from(at..at + t.len());
            at += t.len() + 2;
            Block { range, kind: kind.clone(), section: SectionId(0) }
        })
        .collect();
    let range = TextRange::from(0..text.len());
    let root = Section {
        number: None,
        title: String::new(),
        level: 1,
        parent: None,
        part: PartId(0),
        heading: None,
        range,
        confidence: 1.0,
    };
    let part = Part {
        root: SectionId(0),
        title: String::new(),
        org: None,
        date: None,
        year: None,
        kind: PartKind::Report,
        lang: Lang::Nl,
        range,
    };
    Document::freeze(RawDocument {
        edition: Edition::of(text.as_bytes()),
        format: Format::Plain,
        text,
        blocks,
        spans: Vec::new(),
        outline: Outline::new(vec![root], vec![part]),
        source: SourceMap::default(),
        furniture: Vec::new(),
        warnings: Vec::new(),
    })
    .unwrap()
}

fn paragraphs(texts: &[&str]) -> Document {
    document(&texts.iter().map(|t| (BlockKind::Paragraph, *t)).collect::<Vec<_>>())
}

fn split(text: &str) -> Vec<&str> {
    sentences(text, 0).into_iter().map(|s| &text[s.as_usize()]).collect()
}

#[test]
fn abbreviations_are_in_order() {
    assert!(ABBREVIATIONS.is_sorted());
}

#[test]
fn sentences_end_where_dutch_ends_them() {
    for text in [
        "De heer J. Dijkstra en mr. A.B. Polder schreven dit.",
        "Zie art. 3 Waterwet en nr. 12 van bijlage B.",
        "Dit geldt bijv. Rotterdam en d.w.z. Nederland als geheel.",
        "Paragraaf 3.1 Toezicht meldt op 1.250 plekken een tekort.",
        "Volgens drs. Kaag (vgl. Jansen 2020) klopt dat.",
        "1. Inleiding en doel",
    ] {
        assert_eq!(split(text), [text]);
    }
    assert_eq!(
        split("Het is druk. De keten hapert! Wat nu?  Wachten."),
        ["Het is druk.", "De keten hapert!", "Wat nu?", "Wachten."]
    );
    assert_eq!(
        split("Dat kost 3 mln. Euro’s ontbreken. Het was 2024. Toen niet."),
        ["Dat kost 3 mln.", "Euro’s ontbreken.", "Het was 2024.", "Toen niet."]
    );
    assert_eq!(split("Zie plan B. Dat helpt."), ["Zie plan B. Dat helpt."], "an initial or not can't be told");
    assert!(split("").is_empty());
    assert!(split("  ").is_empty());
}

#[test]
fn sentences_of_a_document() {
    let doc = paragraphs(&["Een zin. Nog een zin.", "Derde zin."]);
    assert_eq!(doc.slice(sentence_at(&doc, 3)), "Een zin.");
    assert_eq!(doc.slice(sentence_at(&doc, 8)), "Een zin.", "the blank after it");
    assert_eq!(doc.slice(sentence_at(&doc, 9)), "Nog een zin.");
    assert_eq!(doc.slice(sentence_at(&doc, 22)), "Nog een zin.", "between two blocks");
    assert_eq!(next_sentence(&doc, 0), Some(9));
    assert_eq!(next_sentence(&doc, 9), Some(23));
    assert_eq!(next_sentence(&doc, 23), None);
    assert_eq!(prev_sentence(&doc, 25), Some(23));
    assert_eq!(prev_sentence(&doc, 23), Some(9));
    assert_eq!(prev_sentence(&doc, 9), Some(0));
    assert_eq!(prev_sentence(&doc, 0), None);
}

#[test]
fn a_sentence_stays_in_its_cell_and_its_line() {
    let table = BlockKind::Table { columns: vec![ColumnAlign::Left; 2], header: false };
    let doc = document(&[(table, "een cel\tnog een\nderde\tvierde"), (BlockKind::Code, "regel een\nregel twee")]);
    assert_eq!(doc.slice(sentence_at(&doc, 4)), "een cel");
    assert_eq!(doc.slice(sentence_at(&doc, 8)), "nog een");
    let starts: Vec<u32> = std::iter::successors(Some(0), |b| next_sentence(&doc, *b)).collect();
    let words: Vec<&str> = starts.iter().map(|b| doc.slice(sentence_at(&doc, *b))).collect();
    assert_eq!(words, ["een cel", "nog een", "derde", "vierde", "regel een", "regel twee"]);
}

#[test]
fn words_of_a_document() {
    let doc = paragraphs(&["«Het» programma's plan, 12.500 keer.", "...", "Eén slot"]);
    assert_eq!(doc.slice(word_at(&doc, 0)), "Het");
    assert_eq!(doc.slice(word_at(&doc, 10)), "programma's");
    let comma = doc.text().find(',').unwrap() as u32;
    assert_eq!(doc.slice(word_at(&doc, comma)), "12.500");
    let starts: Vec<u32> = std::iter::successors(Some(0), |b| next_word(&doc, *b)).collect();
    let words: Vec<&str> = starts[1..].iter().map(|b| doc.slice(word_at(&doc, *b))).collect();
    assert_eq!(words, ["Het", "programma's", "plan", "12.500", "keer", "Eén", "slot"]);
    let end = doc.text().len() as u32;
    let mut back: Vec<u32> = std::iter::successors(prev_word(&doc, end), |b| prev_word(&doc, *b)).collect();
    back.reverse();
    assert_eq!(back, starts[1..]);
}

#[test]
fn clusters_of_a_document() {
    let doc = paragraphs(&["e\u{301}n", "x"]);
    assert_eq!(next_grapheme(&doc, 0), Some(3));
    assert_eq!(next_grapheme(&doc, 3), Some(6));
    assert_eq!(next_grapheme(&doc, 6), None);
    assert_eq!(prev_grapheme(&doc, 6), Some(3));
    assert_eq!(prev_grapheme(&doc, 3), Some(0));
    assert_eq!(prev_grapheme(&doc, 0), None);
}

#[test]
fn an_empty_document_has_no_units() {
    let doc = paragraphs(&[]);
    assert_eq!(word_at(&doc, 0), TextRange::at(0));
    assert_eq!(sentence_at(&doc, 0), TextRange::at(0));
    assert_eq!(paragraph_at(&doc, 0), None);
    assert_eq!((next_word(&doc, 0), prev_word(&doc, 0)), (None, None));
    assert_eq!((next_sentence(&doc, 0), prev_sentence(&doc, 0)), (None, None));
    assert_eq!((next_grapheme(&doc, 0), prev_grapheme(&doc, 0)), (None, None));
}

proptest! {
    #[test]
    fn walking_goes_on_and_comes_back(texts in proptest::collection::vec("[a-cé .,!'\u{301}A-C1-3]{1,30}", 1..4)) {
        let doc = paragraphs(&texts.iter().map(String::as_str).collect::<Vec<_>>());
        let end = doc.text().len() as u32;
        type Step = fn(&Document, u32) -> Option<u32>;
        let steps: [(Step, Step); 3] =
            [(next_word, prev_word), (next_sentence, prev_sentence), (next_grapheme, prev_grapheme)];
        for (next, prev) in steps {
            let there: Vec<u32> = std::iter::successors(next(&doc, 0), |b| next(&doc, *b)).collect();
            prop_assert!(there.is_sorted() && there.iter().all(|b| *b < end));
            let mut back: Vec<u32> = std::iter::successors(prev(&doc, end), |b| prev(&doc, *b)).collect();
            back.reverse();
            back.retain(|b| *b > 0);
            prop_assert_eq!(there, back);
        }
    }
}
