#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn placeholders(value: &str) -> Vec<&str> {
    let mut names: Vec<_> = value.split('{').skip(1).map(|rest| rest.split_once('}').unwrap().0).collect();
    names.sort_unstable();
    names.dedup();
    names
}

#[test]
fn both_languages_have_the_same_keys_and_placeholders() {
    let (nl, en) = (Words::new(Lang::Nl), Words::new(Lang::En));
    assert_eq!(nl.keys(), en.keys());
    for key in nl.keys() {
        assert_eq!(placeholders(nl.t(&key)), placeholders(en.t(&key)), "{key}");
        assert!(!nl.t(&key).trim().is_empty() && !en.t(&key).trim().is_empty(), "{key} is empty");
    }
}

#[test]
fn every_number_of_things_has_both_forms() {
    let keys = Words::new(Lang::Nl).keys();
    for key in &keys {
        for (form, other) in [(".one", ".other"), (".other", ".one")] {
            if let Some(stem) = key.strip_suffix(form) {
                assert!(keys.contains(&format!("{stem}{other}")), "{stem} lacks {other}");
            }
        }
    }
}

/// The line splitter and a TOML parser read the same.
#[test]
fn the_files_are_toml_of_the_plain_form() {
    fn walk(prefix: &str, table: &toml::Table, out: &mut BTreeMap<String, String>) {
        for (key, value) in table {
            let name = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
            match value {
                toml::Value::Table(inner) => walk(&name, inner, out),
                value => drop(out.insert(name, value.as_str().unwrap().to_owned())),
            }
        }
    }
    for (lang, file) in [(Lang::Nl, NL), (Lang::En, EN)] {
        let mut read = BTreeMap::new();
        walk("", &file.parse().unwrap(), &mut read);
        let words = Words::new(lang);
        assert_eq!(words.keys(), read.keys().cloned().collect::<Vec<_>>());
        for (key, value) in read {
            assert_eq!(words.t(&key), value);
        }
    }
}

#[test]
fn the_locale_decides_unless_a_language_is_asked_for() {
    let locale = |values: [&str; 3]| Words::detect(None, &values.map(|v| Some(v.to_owned())));
    assert_eq!(locale(["", "", "nl_NL.UTF-8"]), Lang::Nl);
    assert_eq!(locale(["", "nl_BE", "en_US.UTF-8"]), Lang::Nl);
    assert_eq!(locale(["en_GB.UTF-8", "nl_NL", "nl_NL"]), Lang::En);
    assert_eq!(locale(["C.UTF-8", "", "nl_NL"]), Lang::En);
    assert_eq!(locale(["", "", "nld"]), Lang::En, "not a locale name");
    assert_eq!(Words::detect(None, &[None, None]), Lang::En);
    assert_eq!(Words::detect(Some(Lang::Nl), &[Some("en_US".into())]), Lang::Nl);
}

#[test]
fn numbers_are_written_as_the_language_does() {
    assert_eq!(Words::new(Lang::Nl).number(1_234_567), "1.234.567");
    assert_eq!(Words::new(Lang::En).number(1_234), "1,234");
    assert_eq!(Words::new(Lang::En).number(0), "0");
    assert_eq!(Words::new(Lang::Nl).n("count.documents", 1), "1 document");
    assert_eq!(Words::new(Lang::Nl).n("count.documents", 12_345), "12.345 documenten");
}

#[test]
fn a_missing_key_shows() {
    assert_eq!(Words::new(Lang::Nl).t("count.nothing-of-the-kind"), "⟨?⟩");
    assert_eq!(Words::new(Lang::Nl).t("no-section"), "⟨?⟩");
}

proptest! {
    #[test]
    fn numbers_lose_no_digit(n: u64) {
        prop_assert_eq!(Words::new(Lang::En).number(n).replace(',', ""), n.to_string());
    }

    /// What is filled in is never looked into for placeholders.
    #[test]
    fn values_are_taken_as_they_are(value in ".*") {
        let filled = Words::new(Lang::En).f("cli.not-read", &[("file", &value), ("reason", &"{file}")]);
        prop_assert_eq!(filled, format!("{value}: {{file}}"));
    }
}
