//! Tests of layout: every block kind at every width, places and bytes there and back, and a reader's movements.

use kantlijn::doc::{
    Block, BlockId, BlockKind, ColumnAlign, Document, Edition, Format, Lang, Outline, Part, PartId, PartKind,
    RawDocument, Section, SectionId, SourceMap, TextRange,
};
use kantlijn::layout::{DecorRole, Flow, LineKind, Measure, Piece, Place};
use proptest::prelude::*;
use std::collections::HashSet;
use std::sync::Arc;

/// A document of these blocks, in one section.
pub fn document(blocks: &[(BlockKind, &str)]) -> Arc<Document> {
    let mut text = String::new();
    let mut out = Vec::new();
    for (kind, words) in blocks {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let range = TextRange::from(text.len()..text.len() + words.len());
        text.push_str(words);
        out.push(Block { range, kind: kind.clone(), section: SectionId(0) });
    }
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
    let raw = RawDocument {
        edition: Edition::of(text.as_bytes()),
        format: Format::Plain,
        text,
        blocks: out,
        spans: Vec::new(),
        outline: Outline::new(vec![root], vec![part]),
        source: SourceMap::default(),
        furniture: Vec::new(),
        warnings: Vec::new(),
    };
    Arc::new(Document::freeze(raw).unwrap())
}

fn item(depth: u8, marker: &str) -> BlockKind {
    BlockKind::Item { depth, marker: marker.into(), lead_in: None }
}

pub fn table(columns: usize, header: bool) -> BlockKind {
    let aligns = [ColumnAlign::Left, ColumnAlign::Right, ColumnAlign::Center];
    BlockKind::Table { columns: aligns.iter().copied().cycle().take(columns).collect(), header }
}

/// The rows of a flow as text, as a screen would draw them.
pub fn drawn(flow: &Flow) -> Vec<String> {
    let doc = flow.doc();
    flow.screen(Place::default(), 10_000)
        .iter()
        .map(|row| {
            let mut out = String::new();
            for piece in &row.line().pieces {
                let words = match piece {
                    Piece::Text { range, .. } => doc.slice(*range),
                    Piece::Decor { text, .. } => text,
                };
                while kantlijn::layout::width(&out) < piece.x() as usize {
                    out.push(' ');
                }
                out.push_str(words);
            }
            out.trim_end().to_string()
        })
        .collect()
}

fn flow(blocks: &[(BlockKind, &str)], width: u16) -> Flow {
    Flow::new(document(blocks), Measure::new(width))
}

#[test]
fn a_page_as_it_looks() {
    let lead = BlockKind::Item { depth: 0, marker: "1.".into(), lead_in: Some(BlockId(2)) };
    let blocks = [
        (BlockKind::Heading { level: 1 }, "Stand van het Waterbureau"),
        (BlockKind::Heading { level: 2 }, "1 Inleiding"),
        (BlockKind::Paragraph, "Het bureau telde dit jaar vierduizend vragen over de dijken. Nodig is:"),
        (lead, "een vaste rijksbijdrage voor onderhoud;"),
        (item(1, "•"), "met indexatie"),
        (item(1, ""), "en achteraf een verrekening per waterschap"),
        (BlockKind::Quote, "Wij wachten al drie jaar op een besluit."),
        (BlockKind::Footnote { label: "12".into() }, "Zie de bijlage bij de brief van het bureau."),
        (BlockKind::Code, "regel een\n\n    ingesprongen"),
    ];
    let want = [
        "Stand van het Waterbureau",
        "──────────────────────────────",
        "",
        "1 Inleiding",
        "",
        "Het bureau telde dit jaar",
        "vierduizend vragen over de",
        "dijken. Nodig is:",
        "1. een vaste rijksbijdrage voor",
        "   onderhoud;",
        "  • met indexatie",
        "    en achteraf een verrekening",
        "    per waterschap",
        "",
        "▎ Wij wachten al drie jaar op",
        "▎ een besluit.",
        "",
        "────────────",
        "12 Zie de bijlage bij de brief",
        "   van het bureau.",
        "",
        "regel een",
        "",
        "    ingesprongen",
    ];
    let flow = flow(&blocks, 31);
    let rows = drawn(&flow);
    let want: Vec<String> = want
        .iter()
        .map(|r| {
            if r.starts_with("──────────────────────────────")
            {
                "─".repeat(31)
            } else {
                r.to_string()
            }
        })
        .collect();
    assert_eq!(rows, want);
}

#[test]
fn rows_of_a_table_say_what_they_are() {
    let flow = flow(&[(table(2, true), "Kop\tGetal\nrij\t1")], 40);
    let kinds = |unit| flow.rows(0, unit).iter().map(|l| l.kind).collect::<Vec<_>>();
    assert_eq!(kinds(0), [LineKind::Rule, LineKind::TableHead, LineKind::Rule]);
    assert_eq!(kinds(1), [LineKind::TableRow, LineKind::Rule]);
    assert!(kinds(2).is_empty());
    let rule = &flow.rows(0, 0)[1].pieces[0];
    assert!(matches!(rule, Piece::Decor { role: DecorRole::TableRule, .. }), "{rule:?}");
}

#[test]
fn the_ends_hold() {
    let words = "dijk en polder ".repeat(40);
    let blocks: Vec<(BlockKind, &str)> = (0..30).map(|_| (BlockKind::Paragraph, words.trim())).collect();
    let flow = flow(&blocks, 40);
    let all = flow.screen(flow.first(), 100_000);
    assert_eq!(flow.last(), all[all.len() - 1].place);
    assert_eq!(flow.up(flow.first(), 7), flow.first());
    assert_eq!(flow.down(flow.last(), 7), flow.last());
    assert_eq!(flow.down(flow.first(), all.len() + 5), flow.last());
    let top = flow.last_top(20);
    assert_eq!(flow.screen(top, 20).len(), 20);
    assert_eq!(flow.screen(top, 20)[19].place, flow.last());
    assert_eq!(flow.clamp_top(flow.last(), 20), top);
    assert_eq!(flow.clamp_top(flow.up(top, 1), 20), flow.up(top, 1));
    assert_eq!(flow.clamp_top(flow.last(), 100_000), flow.first());
    assert_eq!(flow.clamp(Place { block: 99, ..Place::default() }), flow.last());
    assert_eq!(flow.progress(flow.first()), 0.0);
    assert_eq!(flow.progress(flow.last()), 1.0);
    for (i, row) in all.iter().enumerate() {
        assert_eq!(flow.down(flow.first(), i), row.place);
        assert_eq!(flow.up(flow.last(), all.len() - 1 - i), row.place);
        assert_eq!(flow.distance(flow.first(), row.place, all.len()), Some(i));
    }
    assert_eq!(flow.distance(flow.first(), flow.last(), 10), None);
    assert_eq!(flow.distance(flow.last(), flow.first(), 10), None);
}

#[test]
fn an_empty_document_has_no_rows() {
    let flow = flow(&[], 40);
    assert_eq!(flow.last(), Place::default());
    assert!(flow.screen(flow.first(), 10).is_empty());
    assert_eq!(flow.down(flow.first(), 3), Place::default());
    assert_eq!(flow.clamp_top(flow.first(), 10), Place::default());
    assert_eq!(flow.place_of(12), Place::default());
    assert_eq!(flow.byte_of(Place::default()), 0);
    assert_eq!(flow.byte_at(Place::default(), 3), None);
}

#[test]
fn cells_and_bytes_there_and_back() {
    let flow = flow(&[(item(0, "•"), "één 報告 over dijken")], 12);
    assert_eq!(drawn(&flow), ["• één 報告", "  over", "  dijken"]);
    let first = Place::default();
    assert_eq!(flow.byte_at(first, 0), None);
    assert_eq!(flow.byte_at(first, 2), Some(0));
    assert_eq!(flow.byte_at(first, 3), Some(2));
    assert_eq!(flow.byte_at(first, 6), Some(6));
    assert_eq!(flow.byte_at(first, 7), Some(6));
    assert_eq!(flow.byte_at(first, 8), Some(9));
    assert_eq!(flow.byte_at(first, 11), None);
    assert_eq!(flow.byte_near(first, 0), Some(0));
    assert_eq!(flow.byte_near(first, 11), Some(9));
    assert_eq!(flow.x_of(first, 9), Some(8));
    // the blank at the break stands after the text
    assert_eq!(flow.x_of(first, 12), Some(10));
    assert_eq!(flow.x_of(first, 13), None);
    assert_eq!(flow.place_of(12).line, 0);
    assert_eq!(flow.place_of(13).line, 1);
}

#[test]
fn no_escape_sequence_stands_in_what_is_drawn_beside_the_text() {
    let evil = "1\u{1b}[31m.";
    let flow = flow(&[(item(0, evil), "tekst"), (BlockKind::Footnote { label: evil.into() }, "tekst")], 40);
    for row in drawn(&flow) {
        assert!(!row.contains('\u{1b}'), "{row:?}");
    }
}

/// Blocks of every kind with words of every kind.
fn blocks() -> impl Strategy<Value = Vec<(BlockKind, String)>> {
    let words = "[a-zé’]{1,12}( [a-z0-9,.-]{1,9}){0,25}|[a-c報\u{301}\t👩]{1,12}( [a-d]{1,40}){0,6}";
    let cells = "[a-z]{0,9}( [a-zé]{1,12}){0,5}";
    let rows = proptest::collection::vec(proptest::collection::vec(cells, 1..7), 1..5);
    let grid = rows
        .prop_map(|rows| rows.iter().map(|r| r.join("\t")).collect::<Vec<_>>().join("\n"))
        .prop_filter("a block is never empty", |t| !t.is_empty());
    let kind = prop_oneof![
        (1u8..4).prop_map(|level| BlockKind::Heading { level }),
        Just(BlockKind::Paragraph),
        (0u8..9, "|•|10\\.|[a-z]{1,20}").prop_map(|(d, m)| item(d, &m)),
        Just(BlockKind::Quote),
        "[0-9]{1,3}".prop_map(|label| BlockKind::Footnote { label }),
    ];
    let code = "[a-c \t]{0,30}(\n[a-c \t]{0,30}){0,4}x";
    let block = prop_oneof![
        6 => (kind, words),
        2 => (grid, 0usize..8, any::<bool>()).prop_map(|(text, n, header)| (table(n, header), text)),
        1 => code.prop_map(|text| (BlockKind::Code, text)),
    ];
    proptest::collection::vec(block, 1..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]
    #[test]
    fn every_byte_once_and_nothing_too_wide(blocks in blocks(), width in 1u16..70) {
        let blocks: Vec<(BlockKind, &str)> = blocks.iter().map(|(k, t)| (k.clone(), t.as_str())).collect();
        let flow = Flow::on_paper(document(&blocks), Measure::new(width));
        let doc = Arc::clone(flow.doc());
        let mut seen = HashSet::new();
        for row in flow.screen(flow.first(), 100_000) {
            let line = row.line();
            prop_assert!(line.width() <= width, "{line:?} at {width}");
            let mut x = 0;
            for piece in &line.pieces {
                prop_assert!(piece.x() >= x, "{line:?}");
                x = piece.x() + piece.width();
            }
            for (range, ..) in line.texts() {
                for byte in range.start..range.end {
                    prop_assert!(seen.insert(byte), "byte {byte} twice");
                }
                prop_assert_eq!(flow.place_of(range.start), row.place);
                prop_assert_eq!(flow.place_of(range.end - 1), row.place);
                prop_assert!(flow.x_of(row.place, range.start).is_some());
            }
            let near = flow.byte_near(row.place, 0);
            prop_assert_eq!(near.is_some(), line.texts().next().is_some());
            if let Some(byte) = near.filter(|_| line.texts().any(|(.., width)| width > 0)) {
                prop_assert_eq!(flow.place_of(byte), row.place);
            }
        }
        for block in doc.blocks() {
            let text = doc.slice(block.range);
            for (i, c) in text.char_indices() {
                let byte = block.range.start + i as u32;
                prop_assert!(seen.contains(&byte) || " \t\n".contains(c), "byte {byte} {c:?} is nowhere");
            }
        }
    }

    #[test]
    fn a_wide_table_is_seen_whole_by_scrolling(blocks in blocks(), width in 1u16..70) {
        let blocks: Vec<(BlockKind, &str)> = blocks.iter().map(|(k, t)| (k.clone(), t.as_str())).collect();
        let mut flow = Flow::new(document(&blocks), Measure::new(width));
        let doc = Arc::clone(flow.doc());
        for (i, block) in doc.blocks().iter().enumerate() {
            let (text, mut seen) = (doc.slice(block.range), HashSet::new());
            loop {
                for unit in 0..flow.units(i as u32) {
                    for line in 0..flow.rows(i as u32, unit).len() as u32 {
                        let place = Place { block: i as u32, unit, line };
                        let row = flow.row(place).unwrap();
                        prop_assert!(row.line().width() <= width, "{:?} at {width}", row.line());
                        for (range, x, _) in row.line().texts() {
                            seen.extend(range.start..range.end);
                            prop_assert_eq!(flow.x_of(place, range.start), Some(x));
                            prop_assert_eq!(flow.place_of(range.start), place);
                        }
                    }
                }
                if !flow.scroll_table(i as u32, 1) {
                    break;
                }
            }
            for (at, c) in text.char_indices() {
                let byte = block.range.start + at as u32;
                prop_assert!(seen.contains(&byte) || " \t\n".contains(c), "byte {byte} {c:?} is nowhere");
            }
            for (at, c) in text.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
                let byte = block.range.start + at as u32;
                flow.reveal(byte);
                prop_assert!(flow.x_of(flow.place_of(byte), byte).is_some(), "{c:?} is not revealed");
            }
        }
    }

    #[test]
    fn a_resize_keeps_the_byte(blocks in blocks(), from in 5u16..70, to in 5u16..70, rows in 0usize..40) {
        let blocks: Vec<(BlockKind, &str)> = blocks.iter().map(|(k, t)| (k.clone(), t.as_str())).collect();
        let (before, after) = (flow(&blocks, from), flow(&blocks, to));
        let place = before.down(before.first(), rows);
        let byte = before.byte_of(place);
        let there = after.place_of(byte);
        prop_assert_eq!(there.block, place.block);
        let table = matches!(before.doc().block(BlockId(place.block)).kind, BlockKind::Table { .. });
        prop_assert!(table || after.byte_of(there) <= byte);
    }
}
