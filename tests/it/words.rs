//! Every word that the program asks for is there, and none is there for nothing.

use kantlijn::doc::Lang;
use kantlijn::words::Words;
use regex::Regex;
use std::collections::BTreeSet;
use std::path::Path;

fn sources(folder: &Path, out: &mut String) {
    let mut entries: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            sources(&path, out);
        } else if path.extension().is_some_and(|e| e == "rs") && path.file_name().is_some_and(|n| n != "tests.rs") {
            let text = std::fs::read_to_string(path).unwrap();
            let code = text.lines().filter(|line| !line.trim_start().starts_with("//"));
            code.for_each(|line| *out += &format!("{line}\n"));
        }
    }
}

fn source() -> String {
    let mut out = String::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut out);
    out
}

#[test]
fn every_key_asked_for_exists() {
    let keys = Words::new(Lang::Nl).keys();
    let call = Regex::new(r#"\.(t|f|n)\(\s*"([a-z0-9-]+\.[a-z0-9.-]+)""#).unwrap();
    let source = source();
    let missing: BTreeSet<_> = call
        .captures_iter(&source)
        .map(|c| (c[1].to_owned(), c[2].to_owned()))
        .filter(|(form, key)| {
            let exists = |key: &str| keys.binary_search(&key.to_owned()).is_ok();
            !(if form == "n" { exists(&format!("{key}.one")) } else { exists(key) })
        })
        .collect();
    assert!(missing.is_empty(), "not in assets/locales: {missing:?}");
}

/// A key is used when it stands in the sources as a string, or when a string builds keys of its section:
/// `"section.{…}"` or `"section."`.
#[test]
fn every_key_is_used() {
    let source = source();
    let literal = Regex::new(r#""([a-z0-9-]+\.[a-z0-9.-]*)(\{|")"#).unwrap();
    let (mut whole, mut prefixes) = (BTreeSet::new(), Vec::new());
    for found in literal.captures_iter(&source) {
        if &found[2] == "{" || found[1].ends_with('.') {
            prefixes.push(found[1].to_owned());
        } else {
            whole.insert(found[1].to_owned());
        }
    }
    let used = |key: &str| {
        let stem = key.strip_suffix(".one").or_else(|| key.strip_suffix(".other")).unwrap_or(key);
        whole.contains(key) || whole.contains(stem) || prefixes.iter().any(|p| key.starts_with(p.as_str()))
    };
    let idle: Vec<_> = Words::new(Lang::Nl).keys().into_iter().filter(|key| !used(key)).collect();
    assert!(idle.is_empty(), "in assets/locales for nothing: {idle:?}");
}

/// Why a file was not read is said in English where it is found; the Dutch screens must know all of it.
#[test]
fn every_reason_for_not_reading_a_file_has_dutch_words() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let read = |file: &str| std::fs::read_to_string(root.join(file)).unwrap();
    let failures = r#"Failure::(?:lasting|passing)\(\s*(?:format!\()?"([^"]+)"[^"]*?,\s*"([^"]+)""#;
    let places = [
        ("import/error.rs", r#"(?:error\(|=> )"([^"]+)""#),
        ("import/sniff.rs", r#""(an? [^"]+)""#),
        ("import/container.rs", r#"(?:what: |Unread\()"([^"]+)""#),
        ("import/docx/mod.rs", r#"what: "([^"]+)""#),
        ("import/odt/mod.rs", r#"what: "([^"]+)""#),
        ("import/epub/package.rs", r#"what: "([^"]+)""#),
        ("library/mod.rs", failures),
        ("library/reader.rs", failures),
        ("library/scan.rs", failures),
        ("library/scan.rs", r#"(?m)^ +"((?:an? |something)[^"]+)"$"#),
    ];
    let hole = Regex::new(r"\{[a-z_]*\}").unwrap();
    let dutch = Words::new(Lang::Nl);
    for (file, pattern) in places {
        let mut n = 0;
        for found in Regex::new(pattern).unwrap().captures_iter(&read(file)) {
            for text in found.iter().skip(1).flatten() {
                let said = hole.replace_all(text.as_str(), "7");
                assert_ne!(dutch.retell("failure.", &said), said, "{file}");
                n += 1;
            }
        }
        assert!(n > 1, "nothing found in {file}: the test looks for the wrong thing");
    }
    let rtf = "not a text: it is an RTF file (not read yet)";
    assert_eq!(dutch.retell("failure.", rtf), "geen tekst: het is een RTF-bestand (wordt nog niet gelezen)");
    assert_eq!(Words::new(Lang::En).retell("failure.", rtf), rtf);
    assert_eq!(dutch.retell("failure.", "nothing known"), "nothing known");
}

/// Undo says what was undone: every act has words for it.
#[test]
fn every_act_of_the_history_has_words() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let labels = std::fs::read_to_string(root.join("runtime/keeper/label.rs")).unwrap();
    let mut cli = String::new();
    sources(&root.join("cli"), &mut cli);
    let mut found: BTreeSet<String> = BTreeSet::new();
    found.extend(Regex::new(r#""([a-z-]+)""#).unwrap().captures_iter(&labels).map(|c| c[1].to_owned()));
    let acts = Regex::new(r#"\.act\(\s*&[a-z.]*store,\s*"([a-z -]+)""#).unwrap();
    found.extend(acts.captures_iter(&cli).map(|c| c[1].to_owned()));
    assert!(found.len() > 15, "{found:?}");
    let words = Words::new(Lang::En);
    let missing: Vec<_> = found.iter().filter(|label| !words.has(&format!("done.{label}.one"))).collect();
    assert!(missing.is_empty(), "no words in done for {missing:?}");
}
