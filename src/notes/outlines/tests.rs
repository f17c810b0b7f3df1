#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;
use proptest::prelude::*;

fn report(title: &str) -> ReportRef {
    let edition = Some(Edition::of(title.as_bytes()));
    ReportRef {
        title: title.to_owned(),
        org: Some("Bureau Balie".to_owned()),
        year: Some(2024),
        edition,
        file: "a.md".into(),
    }
}

fn heading(text: &str) -> Correction {
    let at =
        Address { text: text.to_owned(), before: "wat ervoor staat".into(), after: "wat volgt".into(), nth: 1, of: 1 };
    Correction { at, ..Correction::default() }
}

fn level(text: &str, level: u8) -> Correction {
    Correction { level: Some(level), ..heading(text) }
}

fn of(store: &Store, title: &str) -> Vec<Correction> {
    let known = Known { document: None, edition: None, reports: vec![(title, Some("bureau balie"), Some(2024))] };
    Outlines::load(store).of(&known)
}

#[test]
fn corrections_are_kept_replaced_and_taken_back() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path());
    assert_eq!(Outlines::load(&store), Outlines::default());
    let change = correct(&store, DocId(7), &report("Jaarbeeld"), &[level("Werving", 3), level("Scholing", 2)]).unwrap();
    assert_eq!(change.path, Path::new("outlines/jaarbeeld-0000000000000007.toml"));
    assert_eq!(change.before, None);
    assert!(change.after.unwrap().starts_with("# Headings of this report"));
    assert_eq!(of(&store, "Jaarbeeld"), [level("Werving", 3), level("Scholing", 2)]);
    assert_eq!(of(&store, "Ander beeld"), []);
    let gone = Correction { remove: true, ..heading("Scholing") };
    correct(&store, DocId(7), &report("Jaarbeeld"), &[gone.clone(), heading("Werving")]).unwrap();
    assert_eq!(of(&store, "JAARBEELD"), [gone]);
}

#[test]
fn what_a_person_wrote_into_the_file_stays() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path());
    let path = correct(&store, DocId(1), &report("Beeld"), &[level("Een", 2), level("Twee", 3)]).unwrap().path;
    let text = store.text(&path).unwrap().unwrap();
    let by_hand = text.replace("level = 2", "level = 2   # zie de brief\nwie = \"ik\"").replace('\n', "\r\n");
    std::fs::write(dir.path().join(&path), &by_hand).unwrap();
    correct(&store, DocId(1), &report("Beeld"), &[level("Twee", 4)]).unwrap();
    let now = store.text(&path).unwrap().unwrap();
    assert_eq!(now, by_hand.replace("level = 3", "level = 4"));
    correct(&store, DocId(1), &report("Beeld"), &[level("Een", 5)]).unwrap();
    let now = store.text(&path).unwrap().unwrap();
    assert!(now.contains("level = 5   # zie de brief\r\nwie = \"ik\"\r\n"), "{now}");
}

#[test]
fn a_report_finds_its_file_again_when_it_moved_changed_or_was_renamed() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path());
    correct(&store, DocId(1), &report("Beeld"), &[level("Een", 2)]).unwrap();
    let all = Outlines::load(&store);
    let known =
        |document, edition, title| !all.of(&Known { document, edition, reports: vec![(title, None, None)] }).is_empty();
    assert!(known(None, None, "beeld"), "another place and content, the same title");
    assert!(known(None, Some(Edition::of(b"Beeld")), ""), "the same content");
    assert!(known(Some(DocId(1)), None, "Heel anders"), "the same document of the library");
    assert!(!known(Some(DocId(2)), None, "Heel anders"));
    assert!(!known(Some(DocId(2)), None, ""));
    let other = all.of(&Known { document: None, edition: None, reports: vec![("Beeld", None, Some(2025))] });
    assert!(other.is_empty(), "the next year's report has headings of its own");
    // what is said next goes to the same file
    let moved = correct(&store, DocId(9), &report("Beeld"), &[level("Een", 3), level("Drie", 2)]).unwrap();
    assert_eq!(moved.path, Path::new("outlines/beeld-0000000000000001.toml"));
    assert_eq!(of(&store, "Beeld"), [level("Een", 3), level("Drie", 2)]);
}

#[test]
fn what_is_not_understood_is_listed_and_never_touched() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path());
    let path = correct(&store, DocId(1), &report("Beeld"), &[level("Een", 2)]).unwrap().path;
    for text in ["[report", "x = 1", "[report]\n[[heading]]\nlevel = \"hoog\"\n", "heading = 3\n[report]\n"] {
        std::fs::write(dir.path().join(&path), text).unwrap();
        let all = Outlines::load(&store);
        assert_eq!(all.unreadable.len(), 1, "{text}");
        assert_eq!(all.unreadable[0].0, path);
        let refused = correct(&store, DocId(1), &report("Beeld"), &[level("Een", 3)]);
        assert!(matches!(refused, Err(OutlineError::Broken { .. })), "{text}: {refused:?}");
        assert_eq!(store.text(&path).unwrap().as_deref(), Some(text));
    }
}

proptest! {
    #[test]
    fn what_is_written_is_read(
        texts in proptest::collection::vec("[ -~é\"\\\\]{0,20}", 4),
        counts in (1u32..9, 1u32..9),
        said in (any::<bool>(), proptest::option::of(2u8..99), any::<bool>()),
    ) {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path());
        let (nth, of) = if counts.1 == 1 { (1, 1) } else { counts };
        let at = Address { text: texts[0].clone(), before: texts[1].clone(), after: texts[2].clone(), nth, of };
        let title = said.2.then(|| texts[3].clone());
        let correction = Correction { at, remove: said.0, level: said.1, title };
        prop_assume!(!correction.is_nothing());
        correct(&store, DocId(3), &report(""), std::slice::from_ref(&correction)).unwrap();
        let known = Known { document: Some(DocId(3)), edition: None, reports: Vec::new() };
        prop_assert_eq!(Outlines::load(&store).of(&known), vec![correction]);
    }
}
