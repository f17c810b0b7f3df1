#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;

const BY_HAND: &str = "# mijn lijst\nversie = 1\n\n[[knelpunt]]\nid = \"water\"   # vast\ntitle = 'Te veel water'\n\
    synonyms = [\n  \"nat\", # kort\n  \"vocht\",\n]\nkleurtje = 3\n\n[[knelpunt.status]]\nstatus = \"open\"\ndate = 2025-01-02\n\n\
    # hieronder de tweede\n[[knelpunt]]\nid = \"dijken\"\ntitle = \"Lage dijken\" # let op\nparent = \"water\"\n";

fn store(text: &str) -> (tempfile::TempDir, Store) {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join(FILE), text).unwrap();
    let store = Store::open(dir.path());
    (dir, store)
}

fn now(store: &Store) -> String {
    store.text(Path::new(FILE)).unwrap().unwrap()
}

#[test]
fn one_made_on_the_way_is_there_next_time() {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path());
    let mut register = Register::load(&store).unwrap();
    let (first, _) = register.create(&store, "Trage Bruggen").unwrap();
    let (second, change) = register.create(&store, "trage bruggen").unwrap();
    assert_eq!((first.as_str(), second.as_str()), ("trage-bruggen", "trage-bruggen-2"));
    assert_eq!(change.after, Some(now(&store)));
    assert_eq!(Register::load(&store).unwrap(), register);
    assert!(matches!(register.create(&store, " "), Err(RegisterError::Impossible(_))));
    assert_eq!(register.create(&store, "漢").unwrap().0, "knelpunt");
}

#[test]
fn a_change_leaves_every_other_line() {
    for text in [BY_HAND.to_owned(), BY_HAND.replace('\n', "\r\n")] {
        let (_dir, store) = store(&text);
        let mut register = Register::load(&store).unwrap();
        assert_eq!(register.problems(), []);
        let date = Some(jiff::civil::date(2026, 3, 4));
        register
            .edit(&store, "water", |m| {
                m.title = "Heel veel water".into();
                m.synonyms = vec!["vocht".into(), "regen".into()];
                m.status.push(StatusAt { status: Status::Promised, date, source: Some("brief".into()) });
            })
            .unwrap();
        register.edit(&store, "dijken", |m| m.title = "Dijken".into()).unwrap();
        assert_eq!(Register::load(&store).unwrap(), register);
        let after = now(&store);
        assert_eq!(text.contains("\r\n"), after.contains("\r\n"));
        assert!(!after.replace("\r\n", "").contains('\r'));
        let after = after.replace("\r\n", "\n");
        for kept in [
            "# mijn lijst\nversie = 1\n",
            "id = \"water\"   # vast\n",
            "kleurtje = 3\n",
            "\n# hieronder de tweede\n",
            "title = \"Dijken\" # let op\n",
            "date = 2025-01-02\n",
            "date = 2026-03-04\nsource = \"brief\"\n",
        ] {
            assert!(after.contains(kept), "{kept:?} in {after}");
        }
        register.remove(&store, "water").unwrap();
        assert_eq!(register.made().len(), 1);
        assert_eq!(Register::load(&store).unwrap().made(), register.made());
    }
}

#[test]
fn what_was_changed_elsewhere_is_kept() {
    let (_dir, store) = store(BY_HAND);
    let mut register = Register::load(&store).unwrap();
    let theirs = BY_HAND.replace("Lage dijken", "Hoge dijken");
    std::fs::write(store.data().join(FILE), &theirs).unwrap();
    let refused = register.edit(&store, "dijken", |m| m.title = "Dijken".into());
    assert!(matches!(refused, Err(RegisterError::ChangedElsewhere(id)) if id == "dijken"));
    assert_eq!(now(&store), theirs);
    register.edit(&store, "water", |m| m.colour = Some(Color::Blue)).unwrap();
    assert!(now(&store).contains("Hoge dijken") && now(&store).contains("colour = \"blue\""));
    assert_eq!(register.get("dijken").unwrap().title, "Hoge dijken");
}

#[test]
fn a_broken_file_is_said_and_not_touched() {
    let (_dir, store) = store("a = 1\n[[knelpunt]\nid = 2\n");
    assert!(matches!(Register::load(&store), Err(RegisterError::Broken { line: 2, .. })));
    assert!(Register::default().create(&store, "x").is_err());
    assert_eq!(now(&store), "a = 1\n[[knelpunt]\nid = 2\n");
}

#[test]
fn an_entry_that_is_wrong_is_listed_with_its_line_and_the_rest_is_read() {
    let text = "[[knelpunt]]\ntitle = \"geen id\"\n\n[[knelpunt]]\nid = \"a\"\nparent = \"b\"\n\n[[knelpunt]]\nid = \"a\"\n\n\
                [[knelpunt]]\nid = \"c\"\nstatus = \"soms\"\n[[knelpunt]]\nid = \"d\"\nstatus = \"opgelost\"\n";
    let register = Register::parse(text).unwrap();
    assert_eq!(register.made().iter().map(|m| m.id.as_str()).collect::<Vec<_>>(), ["a", "d"]);
    assert_eq!(register.get("d").unwrap().current_status(), Some(Status::Resolved));
    assert_eq!(register.problems().iter().map(|p| p.line).collect::<Vec<_>>(), [1, 8, 11, 1]);
    assert_eq!(Register::parse("knelpunt = 3\n").unwrap().problems().len(), 1);
}

#[test]
fn nothing_is_part_of_itself() {
    let (_dir, store) = store(BY_HAND);
    let mut register = Register::load(&store).unwrap();
    for parent in ["dijken", "water", "nergens"] {
        let refused = register.edit(&store, "water", |m| m.parent = Some(parent.into()));
        assert!(matches!(refused, Err(RegisterError::Impossible(_))), "{parent}");
    }
    assert_eq!(now(&store), BY_HAND);
    assert!(
        !Register::parse(&BY_HAND.replace("id = \"water\"", "id = \"water\"\nparent = \"dijken\""))
            .unwrap()
            .problems()
            .is_empty()
    );
}

#[test]
fn a_few_letters_name_a_knelpunt() {
    let register = Register::parse(BY_HAND).unwrap();
    for (typed, id) in
        [("water", "water"), ("VOCHT", "water"), ("dij", "dijken"), ("lag dijk", "dijken"), ("lgdk", "dijken")]
    {
        assert!(matches!(register.named(typed), Named::One(m) if m.id == id), "{typed}");
    }
    assert!(matches!(register.named("e"), Named::Several(all) if all.len() == 2));
    assert_eq!(register.named("zzz"), Named::Nothing);
    assert_eq!(register.named(" "), Named::Nothing);
}
