#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::app::Msg;
use crate::app::annotate::tests::Desk;

fn words(desk: &mut Desk) -> Option<String> {
    desk.stage.app.editor().map(|e| e.text.text())
}

fn drafts(desk: &Desk) -> Vec<&str> {
    let text = |e: &'_ Effect| matches!(e, Effect::Draft(_) | Effect::DraftDone(_));
    let said = desk.stage.fx.iter().filter(|e| text(e));
    said.map(|e| match e {
        Effect::Draft(d) => d.text.as_str(),
        _ => "done",
    })
    .collect()
}

#[test]
fn words_are_kept_and_the_field_closes_when_they_are_safe() {
    let mut desk = Desk::reading(120, 40);
    desk.press("a");
    desk.stage.type_text("eerst");
    assert_eq!(drafts(&desk), ["eerst"]);
    desk.press("enter");
    desk.stage.type_text("dan");
    desk.press("ctrl-s");
    let (ticket, act) = desk.act().unwrap();
    assert!(matches!(&act, Act::Create(n) if n[0].body == "eerst\ndan" && n[0].kind == NoteKind::Note));
    // nothing typed now would be kept, so nothing is typed
    desk.stage.type_text("x");
    assert_eq!(words(&mut desk).as_deref(), Some("eerst\ndan"));
    desk.stage.send(Msg::Kept(ticket, Ok(crate::app::Kept::default())));
    assert_eq!(words(&mut desk), None);
    assert!(drafts(&desk).contains(&"done"));
}

#[test]
fn words_stay_when_they_could_not_be_kept() {
    let mut desk = Desk::reading(120, 40);
    desk.press("a");
    desk.stage.type_text("woorden");
    desk.press("ctrl-s");
    let (ticket, _) = desk.act().unwrap();
    desk.stage.send(Msg::Kept(ticket, Err(Notice::error("de schijf is vol"))));
    assert_eq!(words(&mut desk).as_deref(), Some("woorden"));
    assert_eq!(desk.said(), "de schijf is vol");
    desk.keep("ctrl-s");
    assert_eq!(words(&mut desk), None);
    assert_eq!(desk.notes()[0].body, "woorden");
    // nobody left to answer: the words can still be got at
    desk.press("i");
    desk.stage.type_text(" en meer");
    desk.press("ctrl-s");
    desk.stage.send(Msg::WorkerLost("keeper"));
    desk.stage.type_text("!");
    assert_eq!(words(&mut desk).as_deref(), Some("woorden en meer!"));
}

#[test]
fn giving_words_up_is_asked_once() {
    let mut desk = Desk::reading(120, 40);
    desk.press("a esc");
    assert_eq!(words(&mut desk), None);
    desk.press("a");
    desk.stage.type_text("q");
    desk.press("esc");
    assert!(desk.stage.app.editor().unwrap().asked);
    desk.stage.type_text("u");
    assert!(!desk.stage.app.editor().unwrap().asked);
    desk.press("esc esc");
    assert_eq!(words(&mut desk), None);
    assert_eq!(drafts(&desk), ["done"]);
    assert!(desk.notes().is_empty());
}

#[test]
fn nothing_written_is_nothing_kept() {
    let mut desk = Desk::reading(120, 40);
    desk.press("a space ctrl-s");
    assert_eq!((desk.act(), desk.said()), (None, desk.word("notice.no-words")));
}

#[test]
fn a_highlight_with_words_becomes_a_note() {
    let mut desk = Desk::reading(120, 40);
    desk.keep("H");
    desk.press("i");
    desk.stage.type_text("omdat");
    desk.keep("ctrl-s");
    let note = &desk.notes()[0];
    assert_eq!((note.kind, note.body.as_str()), (NoteKind::Note, "omdat"));
    // unchanged words need no saving
    desk.press("i ctrl-s");
    assert_eq!((desk.act(), words(&mut desk)), (None, None));
}

#[test]
fn the_readers_own_editor_has_its_words_kept() {
    let mut desk = Desk::reading(120, 40);
    desk.press("a");
    desk.stage.type_text("hier");
    desk.press("ctrl-e");
    assert_eq!(desk.stage.fx, [Effect::EditOutside("hier".into())]);
    desk.stage.send(Msg::Edited(Ok("hier en daar\n".into())));
    assert_eq!((desk.act(), words(&mut desk).as_deref()), (None, Some("hier en daar")));
    desk.keep("ctrl-s");
    desk.press("e");
    assert!(desk.stage.fx.contains(&Effect::EditOutside("hier en daar".into())));
    desk.stage.send(Msg::Edited(Ok("\u{1b}[2Jnieuw\n".into())));
    let Some((_, Act::Save(saved))) = desk.act() else { panic!("{:?}", desk.stage.fx) };
    assert_eq!(saved[0].1.body, "[2Jnieuw");
}

#[test]
fn words_of_a_session_that_ended_badly_come_back() {
    let mut desk = Desk::reading(120, 40);
    desk.press("a");
    desk.stage.type_text("bijna kwijt");
    let draft = desk.stage.fx.iter().find_map(|e| match e {
        Effect::Draft(d) => Some(d.clone()),
        _ => None,
    });
    let draft = draft.unwrap();
    let target = desk.stage.app.editor().unwrap().target().cloned();
    let mut later = Desk::new(80, 24);
    let gone =
        Draft { key: "01H00000000000000000000000".into(), text: "van een notitie die weg is".into(), ..draft.clone() };
    let stray = Draft { key: "new-2".into(), text: "nergens".into(), notes: Vec::new() };
    later.stage.send(Msg::Drafts(vec![draft, gone, stray]));
    assert_eq!(words(&mut later).as_deref(), Some("bijna kwijt"));
    assert_eq!(later.stage.app.editor().unwrap().target().cloned(), target);
    assert_eq!(later.said(), later.word("notice.draft-stray"));
    later.keep("ctrl-s");
    assert_eq!(later.notes()[0].body, "bijna kwijt");
    // the next one follows
    assert_eq!(words(&mut later).as_deref(), Some("van een notitie die weg is"));
    later.press("esc esc");
    assert_eq!(words(&mut later), None);
}

#[test]
fn the_field_stands_on_the_screen_whatever_its_size() {
    for (w, h) in [(40, 10), (69, 12), (80, 24), (99, 30), (100, 30), (140, 40), (200, 60)] {
        let mut desk = Desk::reading(w, h);
        desk.press("a");
        desk.stage.send(Msg::Paste("regel\n".repeat(100)));
        let at = desk.stage.app.editor_area();
        assert!(at.x + at.w <= w && at.y + at.h < h && at.y > 0 && at.w >= 24 && at.h >= 8, "{w}x{h}: {at:?}");
    }
}
