#![allow(clippy::unwrap_used, clippy::panic)]
use super::super::tests::Stage;
use super::*;

fn keys(app: &App) -> Vec<(String, String)> {
    let key = |r: HelpRow| if let HelpRow::Keys(k, w) = r { Some((k, w)) } else { None };
    app.help().into_iter().flatten().filter_map(key).collect()
}

#[test]
fn help_follows_the_live_keymap() {
    let mut stage = Stage::new(140, 40);
    let zen = stage.app.action_words(Action::Zen);
    assert!(keys(&stage.app).contains(&("Z".to_owned(), zen.to_owned())));
    let problems = stage.app.keymap.lay_over("[global]\n\"Z\" = \"\"\n\"ctrl-y\" = \"zen\"\n");
    assert!(problems.is_empty());
    assert!(keys(&stage.app).contains(&("Ctrl-y".to_owned(), zen.to_owned())));
    assert!(!keys(&stage.app).iter().any(|(k, _)| k == "Z"));
    stage.press("ctrl-y");
    assert!(stage.app.look.zen);
}

#[test]
fn every_action_that_some_key_leads_to_is_in_it_with_words() {
    for width in [60, 140] {
        let stage = Stage::new(width, 40);
        let rows: Vec<HelpRow> = stage.app.help().into_iter().flatten().collect();
        let first = |a: &Action| stage.app.action_words(*a).split(' ').next().unwrap_or_default();
        for action in Action::ALL {
            let bound = Context::ALL.iter().any(|c| stage.app.keymap.bindings(*c).iter().any(|b| b.action == *action));
            let told = rows.iter().any(|r| matches!(r, HelpRow::Keys(_, w) if w.starts_with(first(action))));
            assert!(!bound || told, "{action:?} at {width}");
        }
        assert!(!rows.iter().any(|r| matches!(r, HelpRow::Keys(_, w) | HelpRow::Head(w) if w.contains('⟨'))));
    }
}

#[test]
fn it_scrolls_to_its_end_and_no_further() {
    let mut stage = Stage::new(80, 24);
    stage.press("? G");
    let Some(Overlay::Help(end)) = stage.app.overlay else { panic!() };
    assert!(end.top > 0);
    stage.press("j ctrl-f");
    assert_eq!(stage.app.overlay, Some(Overlay::Help(end)));
    stage.press("g g");
    assert_eq!(stage.app.overlay, Some(Overlay::Help(Help { top: 0 })));
    stage.press("?");
    assert_eq!(stage.app.overlay, None);
}
