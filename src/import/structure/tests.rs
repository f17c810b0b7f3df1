#![allow(clippy::unwrap_used, clippy::panic)]
//! Evidence that no text file can give: bookmarks, and letters of different sizes.

use super::*;
use crate::doc::BlockKind;
use crate::import::draft::{Bookmark, Look, Made};

const TEXT: &str = "Hier staat wat er over dit onderwerp te zeggen valt. Dat is genoeg om als lopende tekst te gelden, want \
                    het is langer dan een regel en het eindigt met een punt.";

/// A page of pieces: "#" for the shape of a heading, "1. " for an item, "!" bold, "^150 " its size; the rest is text.
fn draft(pages: &[&[&str]]) -> Draft {
    let mut draft = Draft::default();
    for (n, page) in pages.iter().enumerate() {
        draft.page(n as u32 + 1, None);
        for line in *page {
            let (mut kind, mut look, mut text) = (BlockKind::Paragraph, Look { size: 100, ..Look::default() }, *line);
            if let Some(rest) = text.strip_prefix('#') {
                (kind, text) = (BlockKind::Heading { level: 0 }, rest);
            }
            if let Some(rest) = text.strip_prefix('!') {
                (look.strong, text) = (true, rest);
            }
            if let Some((size, rest)) = text.strip_prefix('^').and_then(|r| r.split_once(' ')) {
                (look.size, text) = (size.parse().unwrap(), rest);
            }
            if let Some((marker, rest)) = text.split_once(". ").filter(|(m, _)| m.len() < 3) {
                kind = BlockKind::Item { depth: 0, marker: format!("{marker}."), lead_in: None };
                text = rest;
            }
            let start = draft.here();
            draft.text.push_str(text);
            draft.piece(start, Made { kind, line: 0, gap: 1, look });
        }
    }
    draft
}

fn bookmarks(draft: &mut Draft, all: &[(&str, u8, u32)]) {
    draft.bookmarks = all
        .iter()
        .map(|(title, level, page)| Bookmark { title: (*title).to_string(), level: *level, page: Some(*page) })
        .collect();
}

fn outline(draft: &mut Draft) -> Vec<String> {
    let label = |h: &Heading| {
        format!("{} {}{}", h.level, h.number.as_ref().map_or(String::new(), |n| format!("{n} ")), h.title)
    };
    judge(draft, 1_000).headings.iter().map(label).collect()
}

#[test]
fn bookmarks_name_what_stands_in_the_text() {
    let run_in = format!("Varen in de mist {TEXT}");
    let mut draft = draft(&[
        &["#^300 De veren van morgen"],
        &["#^150 1 Waarom veren", TEXT, "Een lange titel die", "over twee regels loopt", TEXT],
        &["2", "Wat er vaart", TEXT, &run_in],
    ]);
    bookmarks(
        &mut draft,
        &[
            ("Waarom veren", 1, 2),
            ("1.1 Een lange titel die over twee regels loopt", 2, 2),
            ("Niet in de tekst", 2, 2),
            ("2 Wat er vaart", 1, 3),
            ("Varen in de mist", 2, 3),
        ],
    );
    assert_eq!(
        outline(&mut draft),
        [
            "1 De veren van morgen",
            "2 1 Waarom veren",
            "3 Een lange titel die over twee regels loopt",
            "2 2 Wat er vaart",
            "3 Varen in de mist",
        ]
    );
    assert_eq!(draft.pieces.iter().filter(|p| draft.text_of(p) == TEXT).count(), 4, "the run-in title is cut off");
}

#[test]
fn a_title_on_another_page_is_not_the_bookmarked_one() {
    let mut draft = draft(&[&["Toezicht", TEXT], &[TEXT], &[TEXT], &["Toezicht", TEXT]]);
    bookmarks(&mut draft, &[("Toezicht", 1, 4)]);
    let judged = judge(&mut draft, 1_000);
    assert_eq!(judged.headings.iter().filter(|h| h.mark > 0 && !h.by_look).map(|h| h.first).collect::<Vec<_>>(), [4]);
}

#[test]
fn letters_rank_headings_and_make_them_of_items() {
    let mut draft = draft(&[
        &["#!^200 Jaarbeeld van de sluizen", "#^150 3 mei 2031", "#^120 Anna Sluiswachter"],
        &["!^140 1. Het werk", TEXT, "!^110 a. Schutten", TEXT, "#!^110 Let op:", "1. smeren", "2. schuren"],
        &["!^140 2. De mensen", TEXT, "!^110 1. Wachters", TEXT, "!^110 2. Schippers", TEXT],
    ]);
    assert_eq!(
        outline(&mut draft),
        [
            "1 Jaarbeeld van de sluizen",
            "2 1 Het werk",
            "3 a Schutten",
            "2 2 De mensen",
            "3 1 Wachters",
            "3 2 Schippers",
        ]
    );
    let lists = draft.pieces.iter().filter(|p| matches!(p.kind, BlockKind::Item { .. })).count();
    assert_eq!(lists, 2, "what is set as text stays a list");
}

#[test]
fn a_list_in_bold_is_a_list() {
    let mut draft = draft(&[&["#^150 Begin", TEXT, "!1. eerst dit", "!2. dan dat", "!3. en dan niets", TEXT]]);
    assert_eq!(outline(&mut draft), ["1 Begin"]);
}

#[test]
fn contents_in_columns_are_furniture() {
    let mut draft = draft(&[
        &["#^300 Over veren en ponten"],
        &["4", "7", "9", "#^130 Inhoud", "#1 De veren", "2 De ponten", "#3 De sluizen"],
        &["#^150 1 De veren", TEXT],
        &["#^150 2 De ponten", TEXT],
        &["#^150 3 De sluizen", TEXT],
    ]);
    assert_eq!(outline(&mut draft), ["1 Over veren en ponten", "2 1 De veren", "2 2 De ponten", "2 3 De sluizen"]);
    assert_eq!(draft.pieces.iter().filter(|p| p.furniture.is_some()).count(), 7);
}
