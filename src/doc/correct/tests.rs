#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;
use crate::doc::*;
use proptest::prelude::*;

/// One line a block: `## Kop` is a heading of level 2, `- item` an item, `| a` a table, the rest paragraphs.
fn doc(lines: &[&str]) -> Document {
    let mut text = String::new();
    let (mut blocks, mut sections): (Vec<Block>, Vec<Section>) = (Vec::new(), Vec::new());
    let mut open: Vec<usize> = Vec::new();
    let root = Section {
        number: None,
        title: String::new(),
        level: 1,
        parent: None,
        part: PartId(0),
        heading: None,
        range: TextRange::at(0),
        confidence: 0.5,
    };
    sections.push(root);
    open.push(0);
    let shut = |sections: &mut Vec<Section>, open: &mut Vec<usize>, keep: usize, end: u32| {
        for i in open.split_off(keep) {
            sections[i].range = TextRange::new(sections[i].range.start, end);
        }
    };
    for line in lines {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len() as u32;
        let hashes = line.bytes().take_while(|b| *b == b'#').count() as u8;
        let words = line.trim_start_matches(['#', '-', '|', ' ']);
        text.push_str(words);
        let range = TextRange::new(start, text.len() as u32);
        let id = BlockId(blocks.len() as u32);
        let kind = match hashes {
            0 if line.starts_with('-') => BlockKind::Item { depth: 0, marker: "•".into(), lead_in: None },
            0 if line.starts_with('|') => BlockKind::Table { columns: vec![ColumnAlign::Left], header: false },
            0 => BlockKind::Paragraph,
            level => BlockKind::Heading { level },
        };
        if hashes == 1 && sections[0].heading.is_none() {
            shut(&mut sections, &mut open, 1, start.saturating_sub(2));
            sections[0].heading = Some(id);
            sections[0].title = words.to_owned();
        } else if hashes > 0 {
            let level = hashes.max(2);
            let keep = open.iter().take_while(|o| sections[**o].level < level).count();
            shut(&mut sections, &mut open, keep, start.saturating_sub(2));
            let (number, title) = split(None, words);
            let parent = open.last().map(|o| SectionId(*o as u32));
            open.push(sections.len());
            let (part, heading) = (PartId(0), Some(id));
            sections.push(Section { number, title, level, parent, part, heading, range, confidence: 0.7 });
        }
        let kind = if hashes > 0 { BlockKind::Heading { level: sections[*open.last().unwrap()].level } } else { kind };
        blocks.push(Block { range, kind, section: SectionId(*open.last().unwrap() as u32) });
    }
    shut(&mut sections, &mut open, 0, text.len() as u32);
    let part = Part {
        root: SectionId(0),
        title: sections[0].title.clone(),
        org: None,
        date: None,
        year: None,
        kind: PartKind::Report,
        lang: Lang::Nl,
        range: sections[0].range,
    };
    let outline = Outline::new(sections, vec![part]);
    let (edition, format) = (Edition::of(text.as_bytes()), Format::Markdown);
    let (spans, source, furniture, warnings) = (Vec::new(), SourceMap::default(), Vec::new(), vec!["a warning".into()]);
    Document::freeze(RawDocument { edition, format, text, blocks, spans, outline, source, furniture, warnings })
        .unwrap()
}

const REPORT: [&str; 12] = [
    "# Jaarbeeld",
    "Vooraf.",
    "## 1 Toezicht",
    "Het toezicht liep vast.",
    "### 1.1 Werving",
    "Werven bleek lastig.",
    "### Wat is nodig",
    "Meer mensen.",
    "## 2 Uitvoering",
    "De uitvoering bleef achter.",
    "### Wat is nodig",
    "Minder regels.",
];

/// The outline as text: level, label, and the first words of what belongs to each section.
fn shown(doc: &Document) -> Vec<String> {
    let line = |(id, s): (SectionId, &Section)| {
        let own = doc.blocks().iter().filter(|b| b.section == id && !b.kind.is_heading());
        let text: Vec<_> = own.map(|b| doc.slice(b.range).split(' ').next().unwrap_or("")).collect();
        let depth = doc.outline().path(id).len();
        format!("{}{} {} {}", " ".repeat(depth - 1), s.level, s.label(), text.join("|")).trim_end().to_owned()
    };
    doc.outline().iter().map(line).collect()
}

fn named(doc: &Document, label: &str) -> SectionId {
    doc.outline().iter().find(|(_, s)| s.label() == label).unwrap_or_else(|| panic!("no {label} in {:?}", shown(doc))).0
}

fn block(doc: &Document, words: &str) -> BlockId {
    BlockId(doc.blocks().iter().position(|b| doc.slice(b.range).starts_with(words)).unwrap() as u32)
}

/// What the keeper does with an edit: each correction in place of the one at its address.
fn put(all: &mut Vec<Correction>, edit: Vec<Correction>) {
    for new in edit {
        match all.iter().position(|c| c.at == new.at) {
            Some(at) if new.is_nothing() => drop(all.remove(at)),
            Some(at) => all[at] = new,
            None if new.is_nothing() => {}
            None => all.push(new),
        }
    }
}

/// Does an edit and gives the document after it, with what is said of it by then.
fn after(doc: &Document, edit: Vec<Correction>) -> Document {
    let mut all: Vec<Correction> = doc.corrected.iter().flat_map(|c| &c.corrections).map(|(c, _)| c.clone()).collect();
    put(&mut all, edit);
    doc.corrected(&all).unwrap()
}

#[test]
fn a_heading_goes_down_and_up_with_what_lies_under_it() {
    let doc = doc(&REPORT);
    let down = after(&doc, doc.demote(named(&doc, "2 Uitvoering")).unwrap());
    let expected = [
        "1 Jaarbeeld Vooraf.",
        " 2 1 Toezicht Het",
        "  3 1.1 Werving Werven",
        "  3 Wat is nodig Meer",
        "  3 2 Uitvoering De",
        "   4 Wat is nodig Minder",
    ];
    assert_eq!(shown(&down), expected);
    let section = down.outline().section(named(&down, "2 Uitvoering"));
    assert_eq!(section.confidence, 1.0);
    assert_eq!(down.outline().section(named(&down, "1 Toezicht")).range.end, doc.text().len() as u32);
    assert_eq!(down.block(section.heading.unwrap()).kind, BlockKind::Heading { level: 3 });
    assert_eq!(down.text(), doc.text());
    let up = after(&down, down.promote(named(&down, "2 Uitvoering")).unwrap());
    assert_eq!(up, doc, "taken back as if it had never been");
}

#[test]
fn what_was_said_further_down_goes_along() {
    let doc = doc(&REPORT);
    let werving = after(&doc, doc.promote(named(&doc, "1.1 Werving")).unwrap());
    assert_eq!(werving.outline().section(named(&werving, "1.1 Werving")).level, 2);
    // "Wat is nodig" was beside it and lies under it now; its own level is as the file has it
    let made = after(&werving, werving.make_heading(block(&werving, "De uitvoering")).unwrap());
    let down = after(&made, made.demote(named(&made, "2 Uitvoering")).unwrap());
    assert_eq!(down.outline().section(named(&down, "De uitvoering bleef achter.")).level, 4);
    let up = after(&down, down.promote(named(&down, "2 Uitvoering")).unwrap());
    assert_eq!(up, made);
}

#[test]
fn a_title_changes_the_outline_and_not_the_text() {
    let doc = doc(&REPORT);
    let new = after(&doc, doc.retitle(named(&doc, "1 Toezicht"), " 1  Toezicht en  handhaving ").unwrap());
    let s = new.outline().section(named(&new, "1 Toezicht en handhaving"));
    assert_eq!((s.number.as_deref(), s.title.as_str()), (Some("1"), "Toezicht en handhaving"));
    assert_eq!(new.slice(new.block(s.heading.unwrap()).range), "1 Toezicht");
    let title = after(&new, new.retitle(SectionId(0), "Jaarbeeld van de balies").unwrap());
    assert_eq!(title.outline().part(PartId(0)).title, "Jaarbeeld van de balies");
    assert_eq!(title.imported_outline().part(PartId(0)).title, "Jaarbeeld");
    let back = after(&title, title.retitle(SectionId(0), "Jaarbeeld").unwrap());
    assert_eq!(back, new, "the title the file has is no correction");
    assert_eq!(doc.retitle(SectionId(0), " – "), Err(Refusal::Empty));
}

#[test]
fn a_report_without_a_printed_title_can_be_given_one() {
    let doc = doc(&["Een brief zonder kop.", "Meer niet."]);
    let new = after(&doc, doc.retitle(SectionId(0), "Brief over de balies").unwrap());
    assert_eq!(new.outline().part(PartId(0)).title, "Brief over de balies");
    assert!(new.correction_of(SectionId(0)).is_some());
    assert_eq!(after(&new, new.section_as_found(SectionId(0)).unwrap()), doc);
}

#[test]
fn what_is_no_heading_is_a_paragraph_of_the_section_before_it() {
    let doc = doc(&REPORT);
    let new = after(&doc, doc.unmake_heading(named(&doc, "2 Uitvoering")).unwrap());
    let expected = [
        "1 Jaarbeeld Vooraf.",
        " 2 1 Toezicht Het",
        "  3 1.1 Werving Werven",
        "  3 Wat is nodig Meer|2|De",
        "  3 Wat is nodig Minder",
    ];
    assert_eq!(shown(&new), expected);
    let heading = block(&new, "2 Uitvoering");
    assert_eq!(new.block(heading).kind, BlockKind::Paragraph);
    assert_eq!(after(&new, new.make_heading(heading).unwrap()), doc, "made one again, it is what it was");
    assert_eq!(after(&new, new.as_found(heading).unwrap()), doc);
}

#[test]
fn a_paragraph_becomes_a_heading_of_the_level_of_its_kind() {
    let doc =
        doc(&["# Beeld", "## 1 Een", "tekst", "### 1.1 Deel", "a", "1.2 Gemist", "b", "Zonder nummer", "c", "| t"]);
    let numbered = after(&doc, doc.make_heading(block(&doc, "1.2")).unwrap());
    let s = numbered.outline().section(named(&numbered, "1.2 Gemist"));
    assert_eq!((s.level, s.number.as_deref()), (3, Some("1.2")));
    let both = after(&numbered, numbered.make_heading(block(&numbered, "Zonder")).unwrap());
    let expected = ["1 Beeld", " 2 1 Een tekst", "  3 1.1 Deel a", "  3 1.2 Gemist b", "   4 Zonder nummer c|t"];
    assert_eq!(shown(&both), expected);
    assert_eq!(both.make_heading(block(&both, "t")), Ok(both.make_heading(block(&both, "tekst")).unwrap()));
    let table = BlockId(both.blocks().len() as u32 - 1);
    assert_eq!(both.make_heading(table), Err(Refusal::NoHeading));
    assert_eq!(both.make_heading(block(&both, "1.2")), Err(Refusal::Already));
    let gone = after(&both, both.unmake_heading(named(&both, "1.2 Gemist")).unwrap());
    let back = after(&gone, gone.unmake_heading(named(&gone, "Zonder nummer")).unwrap());
    assert_eq!(back, doc);
}

#[test]
fn what_can_not_be_is_refused() {
    let doc = doc(&REPORT);
    assert_eq!(doc.promote(named(&doc, "1 Toezicht")), Err(Refusal::Highest));
    assert_eq!(doc.demote(named(&doc, "1 Toezicht")), Err(Refusal::NothingAbove));
    assert_eq!(doc.demote(SectionId(0)), Err(Refusal::Title));
    assert_eq!(doc.unmake_heading(SectionId(0)), Err(Refusal::Title));
    assert_eq!(doc.section_as_found(SectionId(1)), Err(Refusal::Nothing));
}

#[test]
fn the_same_heading_under_every_chapter_is_told_by_what_stands_around_it() {
    let before = doc(&REPORT);
    let id = SectionId(before.outline().sections().len() as u32 - 1);
    let edit = before.retitle(id, "Wat de uitvoering nodig heeft").unwrap();
    // a chapter with the same sub-heading comes in before, and the text around is touched up
    let mut lines = REPORT.to_vec();
    lines.splice(2..2, ["## 0 Vooraf", "Nieuw.", "### Wat is nodig", "Geduld."]);
    let changed = doc(&lines).corrected(&edit).unwrap();
    assert_eq!(changed.lost_corrections().count(), 0);
    let found = changed.outline().section(named(&changed, "Wat de uitvoering nodig heeft"));
    assert_eq!(changed.outline().section(found.parent.unwrap()).label(), "2 Uitvoering");
    // gone, with a namesake left: nothing is done to that one
    let gone = doc(&lines[..12]).corrected(&edit).unwrap();
    assert_eq!(gone.lost_corrections().count(), 1, "{:?}", shown(&gone));
    assert_eq!(gone.warnings(), ["a warning", "a corrected heading is not found (any more): \"Wat is nodig\""]);
    assert_eq!(gone.outline(), gone.imported_outline());
    assert_eq!(gone.corrected(&[]).unwrap(), doc(&lines[..12]));
}

#[test]
fn a_heading_that_is_renumbered_or_mended_keeps_its_corrections() {
    let before = doc(&REPORT);
    let retitled = before.retitle(named(&before, "2 Uitvoering"), "2 Uitvoering in het land").unwrap();
    let removed = before.unmake_heading(named(&before, "1.1 Werving")).unwrap();
    let edits: Vec<_> = retitled.into_iter().chain(removed).collect();
    let mut lines = REPORT.to_vec();
    (lines[4], lines[8]) = ("### 1.1 Werving en behoud", "## 3 Uitvoering");
    lines.splice(8..8, ["## 2 Handhaving", "Nieuw hier."]);
    let changed = doc(&lines).corrected(&edits).unwrap();
    assert_eq!(changed.lost_corrections().count(), 0, "{:?}", changed.warnings());
    let expected = [
        "1 Jaarbeeld Vooraf.",
        " 2 1 Toezicht Het|1.1|Werven",
        "  3 Wat is nodig Meer",
        " 2 2 Handhaving Nieuw",
        " 2 3 Uitvoering in het land De",
        "  3 Wat is nodig Minder",
    ];
    assert_eq!(shown(&changed), expected);
    // another chapter in its place, between the same neighbours, is another chapter
    let mut lines = REPORT.to_vec();
    lines[8] = "## 2 Financiën";
    assert_eq!(doc(&lines).corrected(&edits[..1]).unwrap().lost_corrections().count(), 1);
}

#[test]
fn corrections_hold_when_the_headings_are_recognised_otherwise() {
    let before = doc(&REPORT);
    let made = before.make_heading(block(&before, "Vooraf.")).unwrap();
    let removed = before.unmake_heading(named(&before, "1.1 Werving")).unwrap();
    let edits: Vec<_> = made.into_iter().chain(removed).collect();
    let mut lines = REPORT.to_vec();
    (lines[1], lines[4]) = ("## Vooraf.", "1.1 Werving");
    let now = doc(&lines);
    let corrected = now.corrected(&edits).unwrap();
    assert_eq!(corrected.lost_corrections().count(), 0);
    assert_eq!(shown(&corrected), shown(&now), "the file says so by itself now");
    assert_eq!(shown(&before.corrected(&edits).unwrap()), shown(&now));
}

/// Any document: headings of any level, with repeats, and the title somewhere or nowhere.
fn any_doc() -> impl Strategy<Value = Document> {
    let line = prop_oneof![
        3 => (1usize..6, 0usize..8).prop_map(|(level, n)| format!("{} Kop {n}", "#".repeat(level))),
        3 => (0usize..30).prop_map(|n| format!("Alinea {n} gaat ergens over.")),
        1 => (0usize..5).prop_map(|n| format!("- punt {n}")),
        1 => Just("| tabel".to_owned()),
    ];
    proptest::collection::vec(line, 1..30).prop_map(|lines| {
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        doc(&lines)
    })
}

/// One act of a reader somewhere, as far as it can be done.
fn edit(doc: &Document, what: u8, at: usize) -> Vec<Correction> {
    let section = SectionId((at % doc.outline().sections().len()) as u32);
    let block = BlockId((at % doc.blocks().len()) as u32);
    let done = match what % 7 {
        0 | 1 => doc.demote(section),
        2 => doc.promote(section),
        3 => doc.retitle(section, &format!("Titel {at}")),
        4 => doc.unmake_heading(section),
        5 => doc.make_heading(block),
        _ => doc.as_found(block),
    };
    done.unwrap_or_default()
}

fn edited(doc: &Document, acts: &[(u8, usize)]) -> Document {
    acts.iter().fold(doc.clone(), |doc, (what, at)| {
        let edit = edit(&doc, *what, *at);
        after(&doc, edit)
    })
}

fn acts() -> impl Strategy<Value = Vec<(u8, usize)>> {
    proptest::collection::vec((any::<u8>(), any::<usize>()), 0..8)
}

proptest! {
    #[test]
    fn the_text_stays_and_the_outline_holds(doc in any_doc(), acts in acts()) {
        let new = edited(&doc, &acts);
        prop_assert_eq!(new.text(), doc.text());
        prop_assert!(new.blocks().iter().map(|b| b.range).eq(doc.blocks().iter().map(|b| b.range)));
        prop_assert_eq!(new.lost_corrections().count(), 0);
        for (id, s) in new.outline().iter() {
            // a section holds its subsections, and its heading opens it
            if let Some(parent) = s.parent {
                prop_assert!(new.outline().section(parent).range.covers(s.range), "{:?}", shown(&new));
            }
            if let Some(heading) = s.heading {
                prop_assert_eq!(new.block(heading).section, id);
                prop_assert_eq!(&new.block(heading).kind, &BlockKind::Heading { level: s.level });
            }
        }
        let headings = new.blocks().iter().filter(|b| b.kind.is_heading()).count();
        prop_assert_eq!(headings, new.outline().sections().iter().filter(|s| s.heading.is_some()).count());
        for (i, b) in new.blocks().iter().enumerate() {
            prop_assert!(new.outline().section(b.section).range.covers(b.range), "block {} {:?}", i, shown(&new));
        }
    }

    #[test]
    fn all_taken_back_is_as_imported(doc in any_doc(), acts in acts()) {
        let mut new = edited(&doc, &acts);
        prop_assert_eq!(&new.corrected(&[]).unwrap(), &doc);
        for block in 0..doc.blocks().len() as u32 {
            let edit = new.as_found(BlockId(block)).unwrap_or_default();
            new = after(&new, edit);
        }
        let edit = new.section_as_found(SectionId(0)).unwrap_or_default();
        prop_assert_eq!(&after(&new, edit), &doc);
    }

    #[test]
    fn up_and_down_again_is_as_before(doc in any_doc(), at in any::<usize>()) {
        let id = SectionId((at % doc.outline().sections().len()) as u32);
        let heading = doc.outline().section(id).heading;
        let same = |d: &Document| d.outline().iter().find(|(_, s)| s.heading == heading).unwrap().0;
        if let Ok(edit) = doc.promote(id) {
            let up = after(&doc, edit);
            let down = after(&up, up.demote(same(&up)).unwrap());
            prop_assert_eq!(down, doc);
        }
    }

    #[test]
    fn corrections_do_not_depend_on_their_order(doc in any_doc(), acts in acts(), turn in any::<usize>()) {
        let new = edited(&doc, &acts);
        let mut all: Vec<Correction> =
            new.corrected.iter().flat_map(|c| &c.corrections).map(|(c, _)| c.clone()).collect();
        let n = all.len().max(1);
        all.rotate_left(turn % n);
        let turned = doc.corrected(&all).unwrap();
        prop_assert_eq!((turned.outline(), turned.blocks()), (new.outline(), new.blocks()));
    }

    #[test]
    fn nesting_anew_what_nobody_touched_changes_nothing(doc in any_doc()) {
        let mut sections = doc.outline().sections().to_vec();
        nest(doc.blocks(), &mut sections);
        prop_assert_eq!(sections.as_slice(), doc.outline().sections());
    }
}
