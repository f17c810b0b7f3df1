//! The keymap: defaults whole, lookups through contexts, the reader's own lines laid over it.

use kantlijn::keys::{Action, Context, Found, Key, KeyCode, Keymap, parse_sequence, sequence_text};
use kantlijn::words::Words;
use std::collections::BTreeSet;

fn keys(text: &str) -> Vec<Key> {
    parse_sequence(text).unwrap()
}

#[test]
fn the_default_map_has_no_faults_and_every_action_has_words() {
    let mut map = Keymap::default();
    assert_eq!(map.lay_over(include_str!("../../assets/keymap.toml")), []);
    for lang in [kantlijn::doc::Lang::Nl, kantlijn::doc::Lang::En] {
        let words = Words::new(lang);
        for action in Action::ALL {
            let text = words.t(&format!("action.{}", action.name()));
            assert!(!text.contains('⟨'), "{} has no words in {lang:?}", action.name());
        }
    }
}

#[test]
fn names_of_actions_read_back() {
    for action in Action::ALL {
        assert_eq!(Action::parse(action.name()), Some(*action));
    }
}

#[test]
fn keys_read_back_as_they_are_written() {
    for text in ["j", "G", "ctrl-d", "alt-left", "space", "enter", "f12", "backtab", "shift-up", "-", "ctrl--", "+"] {
        let key = Key::parse(text).unwrap();
        assert_eq!(key.to_string(), text);
        assert_eq!(Key::parse(&key.to_string()), Some(key));
    }
    for text in ["", "ctrl-", "f0", "f25", "hello", "shift-a"] {
        assert_eq!(Key::parse(text), None, "{text}");
    }
}

#[test]
fn the_innermost_context_wins_and_the_outer_one_serves() {
    let map = Keymap::default();
    let reader = [Context::Reader, Context::Global];
    assert_eq!(map.lookup(&reader, &keys("space")), Found::Action(Action::PageDown));
    assert_eq!(
        map.lookup(&[Context::Navigator, Context::List, Context::Global], &keys("space")),
        Found::Action(Action::MarkEntry)
    );
    assert_eq!(map.lookup(&reader, &keys("s")), Found::Action(Action::SearchAll));
    assert_eq!(map.lookup(&reader, &[Key::plain(KeyCode::F(9))]), Found::None);
}

#[test]
fn a_begun_sequence_says_what_may_follow() {
    let map = Keymap::default();
    let Found::Pending(next) = map.lookup(&[Context::Reader, Context::Global], &keys("]")) else {
        panic!("] should wait for more")
    };
    assert!(next.contains(&(Key::char('k'), Some(Action::NextKnelpunt))), "{next:?}");
    assert_eq!(map.lookup(&[Context::Global], &keys("] k")), Found::Action(Action::NextKnelpunt));
    assert_eq!(map.lookup(&[Context::Global], &keys("] q")), Found::None);
}

#[test]
fn own_lines_change_add_and_free_keys_and_faults_are_collected() {
    let mut map = Keymap::default();
    let faults = map.lay_over(
        "[reader]\n\"x\" = \"find\"\n\"space\" = \"\"\n\"hyper-q\" = \"find\"\n\"y\" = \"fly\"\n[moon]\n\"a\" = \"find\"\n",
    );
    assert_eq!(faults.len(), 3, "{faults:?}");
    assert_eq!(map.lookup(&[Context::Reader], &keys("x")), Found::Action(Action::Find));
    assert_eq!(map.lookup(&[Context::Reader], &keys("space")), Found::None);
    let mut map = Keymap::default();
    assert_eq!(map.lay_over("[reader\n").len(), 1);
    assert_eq!(map, Keymap::default());
}

#[test]
fn sequences_are_shown_as_people_write_them() {
    assert_eq!(sequence_text(&keys("] k")), "]k");
    assert_eq!(sequence_text(&keys("g g")), "gg");
    assert_eq!(sequence_text(&keys("ctrl-d")), "Ctrl-d");
    assert_eq!(sequence_text(&keys("alt-left")), "Alt-Left");
    assert_eq!(sequence_text(&keys("g space")), "g Space");
}

#[test]
fn keys_of_an_action_are_found_for_help() {
    let map = Keymap::default();
    let bound = map.keys_for(&[Context::Reader, Context::Global], Action::PageDown);
    assert_eq!(bound, [keys("space")]);
    assert!(map.keys_for(&[Context::Global], Action::Help).contains(&keys("?")));
}

#[test]
fn the_readme_names_the_keys_of_the_default_map_and_no_others() {
    let map: toml::Table = include_str!("../../assets/keymap.toml").parse().unwrap();
    let bound: BTreeSet<String> = map.values().flat_map(|c| c.as_table().unwrap().keys().cloned()).collect();
    let readme = include_str!("../../README.md");
    let rows = readme.split("\n## Keys\n").nth(1).unwrap().split("\n## ").next().unwrap().lines();
    let small = |key: &str| if key.chars().count() > 1 { key.to_lowercase() } else { key.to_owned() };
    let named: BTreeSet<String> = rows
        .filter_map(|row| row.strip_prefix("| `")?.split(" | ").next())
        .flat_map(|keys| keys.split('`').step_by(2))
        .map(|keys| keys.split(' ').map(small).collect::<Vec<_>>().join(" ").replace("shift-tab", "backtab"))
        .collect();
    assert_eq!(bound.difference(&named).collect::<Vec<_>>(), Vec::<&String>::new(), "not in README.md");
    assert_eq!(named.difference(&bound).collect::<Vec<_>>(), Vec::<&String>::new(), "in no keymap");
}
