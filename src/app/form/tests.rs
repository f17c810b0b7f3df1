#![allow(clippy::unwrap_used, clippy::panic)]
use super::super::tests::Stage;
use super::super::{Act, Effect, Msg};
use super::*;
use crate::app::knelpunten::KnelpuntAct;
use crate::knelpunt::register::Made;

fn form(stage: &Stage) -> &Form {
    match &stage.app.overlay {
        Some(Overlay::Form(form)) => form,
        other => panic!("{other:?}"),
    }
}

fn act(stage: &Stage) -> Option<&KnelpuntAct> {
    stage.fx.iter().find_map(|e| if let Effect::Keep(_, Act::Knelpunt(act)) = e { Some(act) } else { None })
}

/// The view, with these made ones (id, parent).
fn stage(made: &[(&str, Option<&str>)]) -> Stage {
    let mut stage = Stage::new(140, 40);
    let made = made.iter().map(|(id, parent)| Made {
        id: (*id).into(),
        title: (*id).to_uppercase(),
        parent: parent.map(str::to_owned),
        ..Made::default()
    });
    stage.send(Msg::Register(made.collect()));
    stage.press("g k g g");
    stage
}

#[test]
fn a_new_one_is_filled_in_by_keys_alone() {
    let mut stage = stage(&[("water", None)]);
    stage.press("n");
    stage.press("ctrl-s");
    assert!(form(&stage).fault.is_some(), "without a title there is nothing to keep");
    stage.type_text("Trage bruggen");
    stage.press("tab");
    stage.type_text("regel een");
    stage.press("enter");
    stage.type_text("regel twee");
    // past the last line down goes on
    stage.press("up up down down down");
    stage.type_text("brug, sluis,brug");
    stage.press("enter right right tab");
    stage.type_text("wat");
    stage.press("ctrl-s");
    let Some(KnelpuntAct::Make { made, above, create, save }) = act(&stage) else { panic!("{:?}", stage.app.overlay) };
    assert_eq!((made.title.as_str(), made.description.as_str()), ("Trage bruggen", "regel een\nregel twee"));
    assert_eq!(made.synonyms, ["brug", "sluis"]);
    assert_eq!(made.colour, Some(crate::notes::Color::Green));
    assert_eq!(made.parent.as_deref(), Some("water"));
    assert!(above.is_none() && create.is_empty() && save.is_empty());
    // what is typed while it is on its way would be lost
    assert!(form(&stage).saving);
    stage.type_text("x");
    assert_eq!(form(&stage).text("form.parent"), "wat");
}

#[test]
fn giving_up_asks_once_when_something_was_typed() {
    let mut stage = stage(&[("water", None)]);
    stage.press("i esc");
    assert!(stage.app.overlay.is_none(), "nothing was typed");
    stage.press("i");
    stage.type_text("!");
    stage.press("esc");
    assert!(form(&stage).asked);
    stage.type_text("!");
    assert!(!form(&stage).asked, "going on is an answer");
    stage.press("esc esc");
    assert!(stage.app.overlay.is_none() && act(&stage).is_none());
    // saving what is as it was closes too
    stage.press("i ctrl-s");
    assert!(stage.app.overlay.is_none() && act(&stage).is_none());
}

#[test]
fn what_cannot_be_is_said_and_the_words_stay() {
    let mut stage = stage(&[("water", None), ("kind", Some("water"))]);
    stage.press("i tab tab tab tab");
    for (typed, word) in [("kind", "form.circle"), ("water", "form.circle"), ("zzz", "form.no-parent")] {
        stage.press("ctrl-u");
        stage.type_text(typed);
        stage.press("ctrl-s");
        let fault = form(&stage).fault.clone().unwrap();
        let end = stage.app.words.t(word).rsplit('}').next().unwrap().to_owned();
        assert!(fault.ends_with(&end), "{fault}");
        assert!(act(&stage).is_none());
    }
    stage.press("esc esc w tab");
    stage.type_text("31-2-2025");
    stage.press("ctrl-s");
    assert!(form(&stage).fault.is_some());
    stage.press("ctrl-u");
    stage.type_text("14-3-2025");
    stage.press("ctrl-s");
    let Some(KnelpuntAct::Status { date, .. }) = act(&stage) else { panic!() };
    assert_eq!(*date, Some(jiff::civil::date(2025, 3, 14)));
}

#[test]
fn pasted_text_is_text() {
    let mut stage = stage(&[("water", None)]);
    stage.press("r");
    stage.send(Msg::Paste(" dat\u{1b}[31m\nstijgt".into()));
    assert_eq!(form(&stage).text("form.title"), "WATER dat[31m stijgt");
    stage.press("enter");
    assert!(matches!(act(&stage), Some(KnelpuntAct::Revise(all)) if all[0].1.title == "WATER dat[31m stijgt"));
}

#[test]
fn a_form_survives_any_size() {
    let mut stage = stage(&[("water", None)]);
    stage.press("i");
    for w in [1, 8, 20, 40, 200] {
        for h in [1, 4, 6, 10, 24] {
            stage.send(Msg::Resize(w, h));
            let area = stage.app.form_area();
            assert!(area.x + area.w <= w && area.y + area.h <= h.max(area.h), "{w}x{h}");
        }
    }
}
