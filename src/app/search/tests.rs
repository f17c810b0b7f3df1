#![allow(clippy::unwrap_used, clippy::panic)]
use super::super::tests::Stage;
use super::super::{Msg, Overlay};
use super::*;

/// The view with an answer to a word on the screen; the box has the keys.
fn answered(word: &str) -> (Stage, Arc<Results>) {
    let mut stage = Stage::new(140, 40);
    stage.press("s");
    stage.type_text(word);
    let (generation, ..) = stage.asked().unwrap();
    let results = Arc::new(stage.hits(word));
    stage.send(Msg::Results(generation, Ok(results.clone())));
    (stage, results)
}

fn hit_here(stage: &Stage) -> Listed {
    stage.app.listed_here().unwrap()
}

#[test]
fn each_key_asks_at_once_and_only_the_last_answer_counts() {
    let mut stage = Stage::new(140, 40);
    stage.press("s");
    assert!(stage.app.search.typing && stage.fx == [Effect::ReadQueries]);
    stage.type_text("sl");
    let (first, query, typing, limit) = stage.asked().unwrap();
    assert_eq!((query, typing, limit), (Query::parse("sl"), true, FIRST));
    stage.type_text("u");
    let (second, query, ..) = stage.asked().unwrap();
    assert!(second > first);
    assert_eq!(query, Query::parse("slu"));
    let results = Arc::new(stage.hits("slu"));
    stage.send(Msg::Results(first, Ok(results.clone())));
    assert!(stage.app.search.results.is_none(), "a stale answer was taken");
    stage.send(Msg::Results(second, Ok(results.clone())));
    assert_eq!(stage.app.search.results, Some(results));
    assert!(stage.app.search.typing, "an answer took the keys away from the box");
}

#[test]
fn keys_that_change_nothing_ask_nothing() {
    let (mut stage, _) = answered("sluis");
    stage.press("left right home end");
    assert!(stage.asked().is_none());
}

#[test]
fn an_emptied_box_drops_the_answer_on_its_way() {
    let (mut stage, results) = answered("s");
    stage.type_text("l");
    let (generation, ..) = stage.asked().unwrap();
    stage.press("backspace backspace");
    stage.send(Msg::Results(generation, Ok(results)));
    assert!(stage.app.search.results.is_none() && stage.app.search.rows.is_empty());
    assert_eq!(stage.app.search.hits_in_doc(stage.docs[0].id), 0);
}

#[test]
fn hits_stand_under_their_report_and_section_each_once() {
    let (stage, results) = answered("sluis");
    assert!(results.hits.len() > 5);
    let rows = &stage.app.search.rows;
    let mut seen: Vec<usize> =
        rows.iter().filter_map(|r| if let Row::Hit(h) = r { Some(h.index) } else { None }).collect();
    seen.sort_unstable();
    assert_eq!(seen, (0..results.hits.len()).collect::<Vec<_>>());
    let counts: usize = rows.iter().map(|r| if let Row::Report { count, .. } = r { *count } else { 0 }).sum();
    assert_eq!(counts, results.hits.len());
    assert!(matches!(rows[0], Row::Report { .. }));
    for row in rows {
        if let Row::Hit(h) = row {
            let snippet = &results.hits[h.index].snippet;
            assert!(h.lines.iter().all(|l| snippet.get(l.as_usize()).is_some()));
        }
    }
}

#[test]
fn down_moves_in_the_hits_while_typing_and_shows_each_beside_the_list() {
    let (mut stage, _) = answered("sluis");
    let first = hit_here(&stage);
    let Listed::Passage(doc, range) = first.clone() else { panic!() };
    assert_eq!(stage.app.reader.open.as_ref().unwrap().id, doc);
    assert_eq!(stage.app.reader.pointed, Some(range));
    stage.press("down");
    assert!(stage.app.search.typing);
    assert_ne!(hit_here(&stage), first);
}

#[test]
fn the_preview_has_its_hits_marked_and_a_new_query_marks_it_anew() {
    let (mut stage, _) = answered("slui");
    let find = |stage: &Stage| {
        stage.fx.iter().find_map(|e| match e {
            Effect::Find { sought: Sought::Words { query, .. }, doc, .. } => Some((query.clone(), doc.id)),
            _ => None,
        })
    };
    assert_eq!(find(&stage).unwrap().0, Query::parse("slui"));
    stage.type_text("s");
    let (generation, ..) = stage.asked().unwrap();
    let results = Arc::new(stage.hits("sluis"));
    stage.send(Msg::Results(generation, Ok(results)));
    assert_eq!(find(&stage).unwrap().0, Query::parse("sluis"));
}

#[test]
fn enter_reads_the_hit_with_its_words_marked_and_back_goes_to_where_the_reader_was() {
    let mut stage = Stage::new(140, 40);
    stage.read(0, 4000);
    let before = stage.app.reader.spot().unwrap();
    stage.press("s");
    stage.type_text("speel");
    let (generation, ..) = stage.asked().unwrap();
    let results = Arc::new(stage.hits("speel"));
    stage.send(Msg::Results(generation, Ok(results)));
    let Listed::Passage(doc, range) = hit_here(&stage) else { panic!() };
    stage.press("enter");
    assert_eq!((stage.app.view, stage.app.pane), (View::Read, Pane::Text));
    assert_eq!(stage.app.reader.spot().unwrap().doc, doc);
    assert_eq!(stage.app.reader.cursor, range.start);
    assert_eq!(stage.app.reader.hits.of, Some(Sought::Words { query: Query::parse("speel"), open: true }));
    assert!(stage.app.search.hits_in_doc(doc) > 0);
    stage.press("ctrl-o");
    assert_eq!(stage.app.reader.spot(), Some(before));
}

#[test]
fn esc_leaves_to_where_the_reader_was_and_the_query_is_kept() {
    let mut stage = Stage::new(140, 40);
    stage.read(1, 5000);
    let before = stage.app.reader.spot().unwrap();
    stage.press("s");
    stage.type_text("speel");
    let (generation, ..) = stage.asked().unwrap();
    let results = Arc::new(stage.hits("speel"));
    stage.send(Msg::Results(generation, Ok(results)));
    assert_ne!(stage.app.reader.spot(), Some(before));
    stage.press("esc");
    assert_eq!(stage.app.view, View::Read);
    assert_eq!(stage.app.reader.spot(), Some(before));
    stage.press("s");
    assert_eq!(stage.app.search.input.text(), "speel");
    assert_eq!(stage.app.search.past, ["speel"]);
}

#[test]
fn esc_before_the_preview_has_come_lets_nobody_take_the_text_away() {
    let mut stage = Stage::new(140, 40);
    stage.read(0, 100);
    let before = stage.app.reader.spot();
    stage.loads = false;
    stage.press("s");
    stage.type_text("speel");
    let (generation, ..) = stage.asked().unwrap();
    let results = Arc::new(stage.hits("speel"));
    stage.send(Msg::Results(generation, Ok(results)));
    let asked = stage.fx.iter().find_map(|e| if let Effect::Load(id) = e { Some(*id) } else { None }).unwrap();
    stage.press("esc");
    stage.load(asked);
    assert_eq!(stage.app.reader.spot(), before);
}

#[test]
fn tab_goes_round_box_hits_and_preview() {
    let (mut stage, _) = answered("sluis");
    stage.press("tab");
    assert!(!stage.app.search.typing && stage.app.pane == Pane::Left);
    stage.press("tab");
    assert_eq!(stage.app.pane, Pane::Text);
    stage.press("tab");
    assert!(stage.app.search.typing && stage.app.pane == Pane::Left);
    stage.press("tab tab backtab");
    assert!(!stage.app.search.typing && stage.app.pane == Pane::Left);
    stage.press("s");
    assert!(stage.app.search.typing);
}

#[test]
fn more_hits_are_asked_for_near_the_end_and_the_cursor_stays_on_its_hit() {
    let mut stage = Stage::new(140, 40);
    stage.press("s");
    stage.type_text("de");
    let (generation, ..) = stage.asked().unwrap();
    let all = stage.hits("de");
    assert!(all.hits.len() > FIRST + 20);
    let mut some = all.clone();
    some.hits.truncate(FIRST);
    stage.send(Msg::Results(generation, Ok(Arc::new(some))));
    stage.press("tab G");
    let (generation, _, _, limit) = stage.asked().unwrap();
    assert_eq!(limit, FIRST + MORE);
    let here = hit_here(&stage);
    stage.send(Msg::Results(generation, Ok(Arc::new(all))));
    assert_eq!(hit_here(&stage), here);
}

#[test]
fn the_scope_is_the_report_that_was_open_and_stands_before_the_query() {
    let mut stage = Stage::new(140, 40);
    stage.read(1, 500);
    stage.press("s");
    stage.type_text("\"open");
    stage.press("ctrl-t");
    let (_, query, ..) = stage.asked().unwrap();
    let title = &stage.docs[1].doc.outline().parts()[0].title;
    assert_eq!(query, Query::parse(&format!("report:\"{title}\" \"open")));
    stage.press("ctrl-t");
    assert_eq!(stage.asked().unwrap().1, Query::parse("\"open"));
}

#[test]
fn marked_hits_are_what_an_act_is_for() {
    let (mut stage, _) = answered("sluis");
    stage.press("tab");
    let first = hit_here(&stage);
    stage.press("space");
    let second = hit_here(&stage);
    assert_eq!(stage.app.listed(), std::slice::from_ref(&first));
    stage.press("space");
    assert_eq!(stage.app.listed(), [first, second]);
    stage.press("esc");
    assert_eq!((stage.app.listed().len(), stage.app.view), (1, View::Search));
}

#[test]
fn another_order_asks_again_and_a_changed_index_keeps_the_place() {
    let (mut stage, results) = answered("sluis");
    stage.press("tab j j");
    let here = hit_here(&stage);
    stage.send(Msg::IndexChanged);
    let (generation, ..) = stage.asked().unwrap();
    stage.send(Msg::Results(generation, Ok(results)));
    assert_eq!(hit_here(&stage), here);
    stage.press("S");
    assert!(stage.fx.iter().any(|e| matches!(e, Effect::Search { sort: Sort::Year, .. })));
}

#[test]
fn a_search_that_fails_says_why_and_help_opens_over_the_hits() {
    let (mut stage, _) = answered("sluis");
    stage.type_text("x");
    let (generation, ..) = stage.asked().unwrap();
    stage.send(Msg::Results(generation, Err("the index is away".into())));
    assert_eq!(stage.app.search.problem.as_deref(), Some("the index is away"));
    assert!(stage.app.search.rows.is_empty());
    stage.press("tab ?");
    assert!(matches!(stage.app.overlay, Some(Overlay::Help(_))));
}

#[test]
fn hits_in_sections_are_counted_while_the_search_is_live() {
    let (stage, results) = answered("sluis");
    for d in &stage.docs {
        let whole = TextRange::new(0, d.doc.text().len() as u32);
        let known = results.hits.iter().filter(|h| h.doc == Some(d.id)).count() as u32;
        assert_eq!(stage.app.search.hits_in_section(d.id, whole), known);
        assert_eq!(stage.app.search.hits_in_doc(d.id), known);
    }
}

#[test]
fn the_word_that_answers_best_is_in_sight_wherever_it_stands() {
    let (stage, results) = answered("sluis");
    let words = "een stuk tekst van vele korte woorden die niets zeggen over wat er wordt gezocht en zo ".repeat(3);
    for at in (0..words.len()).step_by(7).map(|i| words[..i].rfind(' ').map_or(0, |b| b + 1)) {
        let mut hit = results.hits[0].clone();
        hit.snippet = format!("{}sluiswachter {}", &words[..at], &words[at..]);
        hit.marks = vec![TextRange::new(at as u32, at as u32 + 12)];
        hit.why = vec![crate::search::Why::Compound];
        hit.mark_why = hit.why.clone();
        for cells in [20, 34, 60, 100] {
            let row = stage.app.hit_row(0, &hit, cells);
            assert!(row.lines.iter().any(|l| l.intersect(hit.marks[0]) == Some(hit.marks[0])), "{at} {cells} {row:?}");
        }
    }
}
