//! One report in every format: whatever it is saved as, its outline and its words are the same.
//!
//! `tests/fixtures/formats/report.md` is of our own writing; the others were made from it: HTML, DOCX, ODT and EPUB by pandoc,
//! one PDF by a browser-like typesetter with running heads and hyphens, one by printing the DOCX from an office program.

use kantlijn::doc::{BlockKind, Document, Format, SpanStyle};
use kantlijn::import::{Limits, read};
use std::collections::BTreeMap;
use std::path::Path;

const FORMATS: [(&str, Format); 7] = [
    ("report.md", Format::Markdown),
    ("report.html", Format::Html),
    ("report.docx", Format::Docx),
    ("report.odt", Format::Odt),
    ("report.epub", Format::Epub),
    ("report.pdf", Format::Pdf),
    ("report-word.pdf", Format::Pdf),
];

/// Number, title, and the depth below the report's title.
const OUTLINE: [(Option<&str>, &str, usize); 11] = [
    (None, "Voorwoord", 1),
    (Some("1"), "Het jaar in het kort", 1),
    (Some("1.1"), "Neerslag en afvoer", 2),
    (Some("1.2"), "Cijfers", 2),
    (Some("2"), "Knelpunten", 1),
    (Some("Knelpunt 1"), "Duikers zonder eigenaar", 2),
    (None, "Wat wij nodig hebben", 3),
    (Some("Knelpunt 2"), "Monteurs met de juiste papieren", 2),
    (None, "Wat wij nodig hebben", 3),
    (Some("3"), "Vooruitblik", 1),
    (Some("Bijlage A"), "Gebruikte begrippen", 1),
];

fn load(file: &str) -> Document {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/formats").join(file);
    read(&std::fs::read(path).unwrap(), &Limits::default()).unwrap_or_else(|e| panic!("{file}: {e}"))
}

/// The sections below the root, each with how deep it lies.
fn outline(doc: &Document) -> Vec<(Option<String>, String, usize)> {
    let outline = doc.outline();
    let depth = |mut id| {
        let mut n = 0;
        while let Some(parent) = outline.section(id).parent {
            (n, id) = (n + 1, parent);
        }
        n
    };
    let below = outline.iter().filter(|(_, s)| s.parent.is_some());
    below.map(|(id, s)| (s.number.clone(), s.title.clone(), depth(id))).collect()
}

/// Every word of the text that is read, with how often it comes; labels of notes and markers are not in it.
fn words(doc: &Document) -> BTreeMap<String, i32> {
    let mut out = BTreeMap::new();
    for block in doc.blocks() {
        for word in doc.slice(block.range).split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
            let word: String = word.chars().filter(|c| !"⁰¹²³⁴⁵⁶⁷⁸⁹".contains(*c)).collect();
            if !word.is_empty() {
                *out.entry(word.to_lowercase()).or_default() += 1;
            }
        }
    }
    out
}

#[test]
fn every_format_gives_the_same_outline() {
    for (file, format) in FORMATS {
        let doc = load(file);
        assert_eq!(doc.format(), format, "{file}");
        let want: Vec<_> = OUTLINE.iter().map(|(n, t, d)| (n.map(str::to_owned), (*t).to_owned(), *d)).collect();
        assert_eq!(outline(&doc), want, "{file}");
        let title = &doc.outline().parts()[0].title;
        assert_eq!(title, "Verslag over het peilbeheer in Beemdland", "{file}");
        assert_eq!(doc.outline().parts().len(), 1, "{file}");
    }
}

#[test]
fn every_format_gives_the_same_words() {
    let whole = words(&load("report.md"));
    let all: i32 = whole.values().sum();
    for (file, _) in FORMATS {
        let found = words(&load(file));
        let kept: i32 = whole.iter().map(|(w, n)| (*n).min(*found.get(w).unwrap_or(&0))).sum();
        let more: Vec<_> = found.iter().filter(|(w, n)| **n > *whole.get(*w).unwrap_or(&0)).collect();
        let less: Vec<_> = whole.iter().filter(|(w, n)| **n > *found.get(*w).unwrap_or(&0)).collect();
        let read: i32 = found.values().sum();
        // what a title page holds besides: the title, which front matter is not, its author and date, a running head
        assert!(kept >= all * 99 / 100, "{file}: {kept} of {all}; not there: {less:?}");
        assert!(read - kept <= 16, "{file}: {} too many: {more:?}", read - kept);
    }
}

#[test]
fn tables_lists_and_notes_come_out_of_every_format() {
    // One PDF has its notes at the end as a list, and columns of neither are ruled.
    for (file, _) in FORMATS.into_iter().filter(|(_, format)| *format != Format::Pdf) {
        let doc = load(file);
        let table = doc.blocks().iter().find(|b| matches!(b.kind, BlockKind::Table { .. }));
        let table = table.unwrap_or_else(|| panic!("{file}: no table"));
        let rows: Vec<Vec<&str>> = doc.slice(table.range).split('\n').map(|r| r.split('\t').collect()).collect();
        assert_eq!(rows.len(), 4, "{file}: {rows:?}");
        assert_eq!(rows[2], ["Zwanebloem", "3.377", "61,9", "298.500"], "{file}");
        let items =
            doc.blocks().iter().filter(|b| matches!(&b.kind, BlockKind::Item { marker, .. } if !marker.is_empty()));
        assert_eq!(items.count(), 6, "{file}: three bullets and three numbers");
        let notes: Vec<_> = doc.blocks().iter().filter(|b| matches!(b.kind, BlockKind::Footnote { .. })).collect();
        assert_eq!(notes.len(), 2, "{file}");
        assert!(doc.slice(notes[0].range).contains("212.000 inwoners"), "{file}");
        let refs = doc.spans().iter().filter(|s| matches!(s.style, SpanStyle::NoteRef(_))).count();
        assert_eq!(refs, 2, "{file}");
    }
}

#[test]
fn pages_are_right_where_the_format_has_them() {
    let page = |file: &str, needle: &str| {
        let doc = load(file);
        let at = doc.text().find(needle).unwrap_or_else(|| panic!("{file}: {needle}"));
        doc.source().page_at(at as u32).map(|p| p.index)
    };
    // read off the pages of the two files
    assert_eq!(page("report.pdf", "Voorwoord"), Some(2));
    assert_eq!(page("report.pdf", "Er viel in 2024"), Some(3));
    assert_eq!(page("report.docx", "Voorwoord"), None);
}
