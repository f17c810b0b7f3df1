#![allow(clippy::unwrap_used, clippy::panic)]
use super::super::tests::Stage;
use super::super::{Msg, View};
use super::*;
use crate::knelpunt::Certainty;
use crate::knelpunt::register::Made;

fn explicit(stage: &Stage) -> usize {
    stage.app.shelf.found().iter().filter(|r| r.found.certainty == Certainty::Explicit).count()
}

fn shown(stage: &Stage) -> Vec<usize> {
    let found = |r: &Row| if let Row::Found { index, .. } = r { Some(*index) } else { None };
    stage.app.knelpunten.rows.iter().filter_map(found).collect()
}

#[test]
fn every_found_one_is_listed_once_in_every_order() {
    let mut stage = Stage::new(140, 40);
    stage.press("g k");
    for order in [Order::Report, Order::Title, Order::Year, Order::Asks] {
        assert_eq!(stage.app.knelpunten.order, order);
        let mut all = shown(&stage);
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), explicit(&stage));
        assert_eq!(shown(&stage).len(), explicit(&stage));
        stage.press("S");
    }
    assert_eq!(stage.app.knelpunten.order, Order::Report);
}

#[test]
fn candidates_come_apart_and_only_when_asked_for() {
    let mut stage = Stage::new(140, 40);
    stage.press("g k");
    assert!(!stage.app.knelpunten.rows.iter().any(|r| matches!(r, Row::Head(Head::Candidates, _))));
    stage.press("f");
    let rows = &stage.app.knelpunten.rows;
    let head = rows.iter().position(|r| matches!(r, Row::Head(Head::Candidates, _))).unwrap();
    for row in &rows[head + 1..] {
        let Row::Found { index, .. } = row else { panic!("{row:?}") };
        assert_eq!(stage.app.shelf.found()[*index].found.certainty, Certainty::Candidate);
    }
}

#[test]
fn enter_opens_the_dossier_of_a_found_one_and_there_reads_it() {
    let mut stage = Stage::new(140, 40);
    stage.press("g k j j");
    let Some(Listed::Found(doc, id)) = stage.app.listed_here() else { panic!() };
    let range = stage.docs.iter().find(|d| d.id == doc).unwrap().found.iter().find(|f| f.id == id).unwrap().range;
    stage.press("enter");
    assert_eq!(stage.app.view, View::Dossier);
    stage.press("enter");
    assert_eq!(stage.app.view, View::Read);
    assert_eq!(stage.app.reader.spot().map(|s| (s.doc, s.byte)), Some((doc, range.start)));
}

#[test]
fn a_made_one_unfolds_to_what_it_brings_together_and_the_cursor_stays() {
    let mut stage = Stage::new(140, 40);
    let included = stage.app.shelf.found()[0].found.id.clone();
    let made =
        Made { id: "tekort".into(), title: "Tekort aan mensen".into(), includes: vec![included], ..Made::default() };
    stage.send(Msg::Register(vec![made]));
    stage.press("g k g g");
    assert_eq!(stage.app.listed_here(), Some(Listed::Made("tekort".into())));
    stage.press("l");
    assert!(stage.app.knelpunten.rows.contains(&Row::Found { index: 0, under: Some(Under { made: 0, depth: 1 }) }));
    assert_eq!(stage.app.listed_here(), Some(Listed::Made("tekort".into())));
    stage.press("h");
    assert!(!stage.app.knelpunten.rows.contains(&Row::Found { index: 0, under: Some(Under { made: 0, depth: 1 }) }));
}
