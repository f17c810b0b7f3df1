#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::notes::export::tests::sample;
use serde_json::Value;

#[test]
fn lines_come_back_as_the_notes_and_knelpunten_they_were_made_of() {
    let bundle = sample::bundle();
    let text = String::from_utf8(write(&bundle)).unwrap();
    assert!(is(&text));
    let read = read(&text).unwrap();
    assert_eq!(read.said, Vec::<String>::new());
    assert_eq!(read.codes, bundle.codes);
    let notes: Vec<_> = read.notes.iter().map(|n| n.whole().unwrap()).collect();
    assert_eq!(notes, bundle.items.iter().map(|i| i.note.clone()).collect::<Vec<_>>());
}

#[test]
fn a_line_has_the_names_of_the_contract() {
    let text = String::from_utf8(write(&sample::bundle())).unwrap();
    let note: Value =
        text.lines().map(|l| serde_json::from_str(l).unwrap()).find(|v: &Value| v["type"] == "note").unwrap();
    for name in [
        "v",
        "type",
        "id",
        "kind",
        "report",
        "org",
        "year",
        "file",
        "path",
        "section",
        "page",
        "state",
        "quote",
        "found",
        "line_from",
        "line_to",
        "candidates",
        "body",
        "knelpunten",
        "tags",
        "status",
        "created",
        "modified",
    ] {
        assert!(note.get(name).is_some(), "{name} is missing in {note}");
    }
    assert_eq!(
        (note["v"].as_u64(), note["page"]["label"].as_str(), note["state"].as_str()),
        (Some(1), Some("12"), Some("exact"))
    );
}

#[test]
fn a_line_by_hand_a_wrong_one_and_a_later_version() {
    let text = "{\"v\":1,\"type\":\"hit\",\"rank\":1}\n{\"v\":1,\"type\":\"note\",\"quote\":\"De pont.\",\"report\":\"Jaar\"}\nkapot\n";
    let read = read(text).unwrap();
    assert_eq!(read.notes[0].target.quote().unwrap().exact, "De pont.");
    assert!(read.said[0].starts_with("line 3: "), "{:?}", read.said);
    assert!(matches!(super::read("{\"v\":2,\"type\":\"note\"}"), Err(ImportFault::AnotherForm(_))));
    assert!(matches!(super::read("kapot"), Err(ImportFault::Broken(_))));
}
