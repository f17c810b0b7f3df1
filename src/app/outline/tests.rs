#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;
use crate::app::tests::Stage;
use crate::app::{Kept, Msg};
use crate::notes::outlines::Known;

fn kept(stage: &Stage) -> Option<(DocId, Vec<Correction>)> {
    stage.fx.iter().rev().find_map(|e| match e {
        Effect::Keep(_, Act::Correct { document, corrections, .. }) => Some((*document, corrections.clone())),
        _ => None,
    })
}

/// Puts the cursor of the text on the second heading of the first report.
fn on_a_heading() -> Stage {
    let mut stage = Stage::new(120, 36);
    let doc = stage.docs[0].doc.clone();
    let second = doc.outline().sections().iter().filter(|s| s.parent.is_some()).nth(1).unwrap();
    stage.read(0, doc.block(second.heading.unwrap()).range.start);
    stage
}

#[test]
fn a_body_text_has_no_heading_to_move_and_a_report_none_to_remove() {
    let mut stage = on_a_heading();
    let doc = stage.docs[0].doc.clone();
    let body = doc.blocks().iter().find(|b| !b.kind.is_heading()).unwrap().range.start;
    stage.read(0, body);
    stage.press("# <");
    assert_eq!(kept(&stage), None);
    assert!(stage.app.notice.as_ref().unwrap().text.contains("##"), "{:?}", stage.app.notice);
    stage.press("# =");
    assert_eq!(stage.app.notice.as_ref().unwrap().text, "Hier is niets verbeterd");
    let title = doc.outline().section(SectionId(0)).heading.unwrap();
    stage.read(0, doc.block(title).range.start);
    stage.press("# x");
    assert_eq!(kept(&stage), None);
    assert!(stage.app.notice.as_ref().unwrap().text.contains("#t"));
}

#[test]
fn what_is_said_goes_to_the_keeper_and_shows_once_it_is_kept() {
    let mut stage = on_a_heading();
    let old = stage.docs[0].clone();
    let section = old.doc.block(old.doc.block_at(stage.app.reader.cursor)).section;
    stage.press("# t");
    assert!(
        matches!(&stage.app.overlay, Some(Overlay::Prompt(p)) if p.text.text() == old.doc.outline().section(section).label())
    );
    stage.press("ctrl-a ctrl-k N i e u w enter");
    let (id, corrections) = kept(&stage).unwrap();
    assert_eq!(id, old.id);
    assert_eq!(corrections, old.doc.retitle(section, "Nieuw").unwrap());
    assert_eq!(stage.app.reader.open.as_ref().unwrap().doc.outline_stamp(), 0, "nothing is shown before it is kept");
    let Some(Effect::Keep(ticket, _)) = stage.fx.iter().find(|e| matches!(e, Effect::Keep(..))).cloned() else {
        panic!("nothing to keep")
    };
    let doc = Arc::new(old.doc.corrected(&corrections).unwrap());
    stage.docs[0] = Arc::new(OpenDoc { id: old.id, file: old.file.clone(), found: old.found.clone(), doc });
    let cursor = stage.app.reader.cursor;
    stage.send(Msg::Kept(ticket, Ok(Kept { outlines: true, ..Kept::default() })));
    let open = stage.app.reader.open.clone().unwrap();
    assert_eq!(open.doc.outline().section(section).label(), "Nieuw");
    assert_eq!(stage.app.reader.cursor, cursor);
    assert!(stage.app.notice.as_ref().unwrap().text.ends_with("heet nu ‘Nieuw’ · u maakt het ongedaan"));
    // the same title again is no act
    stage.press("# t enter");
    assert_eq!(kept(&stage), None);
}

#[test]
fn a_report_is_kept_under_the_title_that_its_file_has() {
    let stage = on_a_heading();
    let doc = &stage.docs[0].doc;
    let retitled = doc.corrected(&doc.retitle(SectionId(0), "Anders").unwrap()).unwrap();
    let report = report_of(&retitled, PartId(0), "a.md");
    assert_eq!(report.title, doc.outline().part(PartId(0)).title);
    assert_eq!(Known::of(None, &retitled).reports[0].0, report.title);
}
