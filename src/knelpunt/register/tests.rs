#![allow(clippy::unwrap_used, clippy::panic)]

use super::file::Sheet;
use super::*;
use crate::notes::describe::describe_made_knelpunt;
use crate::notes::history::History;
use crate::notes::{Note, NoteId, NoteKind, Target};
use jiff::Timestamp;
use jiff::civil::date;
use proptest::prelude::*;
use std::collections::BTreeMap;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

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
        let date = Some(date(2026, 3, 4));
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
        register.remove(&store, "water", NOW).unwrap();
        assert_eq!(register.made().len(), 1);
        assert_eq!(Register::load(&store).unwrap().made(), register.made());
        assert_eq!(register.get("dijken").unwrap().parent, None);
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

fn made(id: &str, parent: Option<&str>) -> Made {
    Made { id: id.into(), title: id.to_uppercase(), parent: parent.map(str::to_owned), ..Made::default() }
}

fn note(id: &str, target: Target, knelpunten: &[&str]) -> Note {
    Note {
        id: NoteId::parse(id).unwrap(),
        kind: NoteKind::Note,
        created: NOW,
        modified: NOW,
        knelpunten: knelpunten.iter().map(|k| (*k).to_owned()).collect(),
        tags: Vec::new(),
        color: None,
        status: None,
        target,
        anchored: Vec::new(),
        body: "woorden".into(),
    }
}

/// A store with this register and a note on each of these knelpunten, put to these.
fn with_notes(text: &str, notes: &[(&str, &str, &[&str])]) -> (tempfile::TempDir, Store, Register) {
    let (dir, store) = store(text);
    for (id, on, to) in notes {
        store.create(&note(id, describe_made_knelpunt(on), to)).unwrap();
    }
    let register = Register::load(&store).unwrap();
    (dir, store, register)
}

/// What notes say: what each is on, and what it is put to.
fn said(store: &Store) -> Vec<(String, String, Vec<String>)> {
    let on = |n: &Note| match &n.target.kind {
        crate::notes::TargetKind::Knelpunt(id) => id.clone(),
        other => panic!("{other:?}"),
    };
    let notes = store.load().notes.into_iter().map(|s| s.note);
    notes.map(|n| (n.id.as_str().to_owned(), on(&n), n.knelpunten)).collect()
}

fn row(id: &str, on: &str, to: &[&str]) -> (String, String, Vec<String>) {
    (id.into(), on.into(), to.iter().map(|k| (*k).to_owned()).collect())
}

#[test]
fn merged_ones_leave_nothing_behind() {
    let text = "[[knelpunt]]\nid = \"a\"\ntitle = \"Alfa\"\ndescription = \"een\"\nsynonyms = [\"bèta\"]\nincludes = [\"x\"]\n\
                query = \"alfa\"\n[[knelpunt.status]]\nstatus = \"open\"\ndate = 2024-01-01\n\n\
                # apart\n\n# van b\n[[knelpunt]]\nid = \"b\"\ntitle = \"Bèta\"\ndescription = \"twee\"\nsynonyms = [\"tweede\"]\n\
                colour = \"red\"\nincludes = [\"x\", \"y\"]\nquery = \"beta\"\neigen = 7\nstatus = [{ status = \"promised\", date = 2024-06-01 }]\n\n\
                [[knelpunt]]\nid = \"kind\"\ntitle = \"Kind\"\nparent = \"b\"\n";
    let notes: &[(&str, &str, &[&str])] =
        &[("n1", "b", &["b", "a"]), ("n2", "a", &["b", "kind"]), ("n3", "kind", &["kind"]), ("n4", "b", &[])];
    let (_dir, store, mut register) = with_notes(text, notes);
    let rewritten = register.merge(&store, &["b".into()], "a", NOW).unwrap();
    assert_eq!(rewritten.len(), 3);
    let one = register.get("a").unwrap();
    assert_eq!((one.title.as_str(), one.description.as_str()), ("Alfa", "een\n\ntwee"));
    // a title that is a synonym already is not said again
    assert_eq!(one.synonyms, ["bèta", "tweede"]);
    assert_eq!((one.includes.as_slice(), one.colour), (&["x".to_owned(), "y".to_owned()][..], Some(Color::Red)));
    assert_eq!(one.query.as_deref(), Some("(alfa) OR (beta)"));
    assert_eq!(one.formerly, ["b"]);
    assert_eq!(one.status.iter().map(|s| s.status).collect::<Vec<_>>(), [Status::Open, Status::Promised]);
    assert_eq!(register.get("kind").unwrap().parent.as_deref(), Some("a"));
    assert_eq!(register.meant("b").map(|m| m.id.as_str()), Some("a"));
    assert!(register.get("b").is_none() && register.problems().is_empty());
    assert_eq!(Register::load(&store).unwrap(), register);
    assert!(now(&store).contains("eigen = 7") && now(&store).contains("# apart\n") && !now(&store).contains("# van b"));
    assert_eq!(
        said(&store),
        [row("n1", "a", &["a"]), row("n2", "a", &["a", "kind"]), row("n3", "kind", &["kind"]), row("n4", "a", &[])]
    );
    // an id that something may still name is not given to another
    assert_eq!(register.create(&store, "b").unwrap().0, "b-2");
    for (others, into) in [(vec![], "a"), (vec!["a".to_owned()], "a"), (vec!["weg".to_owned()], "a")] {
        assert!(register.merge(&store, &others, into, NOW).is_err());
    }
}

#[test]
fn one_merged_with_what_it_is_part_of_takes_its_place() {
    // top > a > x > s > laag, and b beside a
    let all = [
        ("top", None),
        ("a", Some("top")),
        ("x", Some("a")),
        ("s", Some("x")),
        ("laag", Some("s")),
        ("b", Some("top")),
    ];
    let text: String = all
        .iter()
        .map(|(id, parent)| {
            let parent = parent.map(|p| format!("parent = \"{p}\"\n")).unwrap_or_default();
            format!("[[knelpunt]]\nid = \"{id}\"\n{parent}")
        })
        .collect();
    let (_dir, store, mut register) = with_notes(&text, &[]);
    register.merge(&store, &["a".into(), "b".into()], "s", NOW).unwrap();
    let parent = |id: &str| register.get(id).unwrap().parent.clone();
    assert_eq!(parent("s").as_deref(), Some("top"));
    assert_eq!((parent("x").as_deref(), parent("laag").as_deref()), (Some("s"), Some("s")));
    assert_eq!(Register::load(&store).unwrap(), register);
    assert!(register.problems().is_empty());
}

#[test]
fn histories_of_a_status_come_together_by_date() {
    let at = |status, date: Option<Date>| StatusAt { status, date, source: None };
    let status = |id: &str, all: Vec<StatusAt>| Made { status: all, ..made(id, None) };
    let mut sheet = Sheet::parse("").unwrap();
    let one = [at(Status::Open, Some(date(2024, 1, 1))), at(Status::Promised, Some(date(2025, 3, 1)))];
    let other = [at(Status::Open, None), at(Status::Resolved, Some(date(2024, 6, 1))), at(Status::Open, None)];
    sheet.add(&status("a", one.to_vec())).unwrap();
    sheet.add(&status("b", other.to_vec())).unwrap();
    let (_dir, store, mut register) = with_notes(&sheet.text(), &[]);
    register.merge(&store, &["b".into()], "a", NOW).unwrap();
    let all = &register.get("a").unwrap().status;
    // what has no date stays behind what it stood behind
    assert_eq!(all.as_slice(), [other[0].clone(), one[0].clone(), other[1].clone(), other[2].clone(), one[1].clone()]);
    assert_eq!(Register::load(&store).unwrap(), register);
}

#[test]
fn statuses_that_move_keep_their_own_keys() {
    let text = "[[knelpunt]]\nid = \"a\"\n[[knelpunt.status]]\nstatus = \"promised\"\ndate = 2025-01-01\nwie = \"ik\"\n\
                [[knelpunt]]\nid = \"b\"\nstatus = [{ status = \"open\", date = 2024-01-01 }]\n[[knelpunt]]\nid = \"c\"\n";
    let (_dir, store, mut register) = with_notes(text, &[]);
    register.merge(&store, &["b".into()], "a", NOW).unwrap();
    assert!(now(&store).contains("wie = \"ik\""));
    assert_eq!(Register::load(&store).unwrap(), register);
    assert_eq!(register.get("a").unwrap().status.len(), 2);
    // and back in another order
    register.edit(&store, "a", |m| m.status.reverse()).unwrap();
    assert!(now(&store).contains("wie = \"ik\""));
    assert_eq!(Register::load(&store).unwrap(), register);
}

#[test]
fn a_split_takes_what_was_chosen_and_no_more() {
    let text = "[[knelpunt]]\nid = \"a\"\ncolour = \"blue\"\nincludes = [\"x\", \"y\"]\nformerly = [\"oud\"]\n\
                [[knelpunt]]\nid = \"top\"\n";
    let notes: &[(&str, &str, &[&str])] =
        &[("n1", "a", &["a", "z"]), ("n2", "a", &["a"]), ("n3", "top", &["oud"]), ("n4", "top", &["z"])];
    let (_dir, store, mut register) = with_notes(text, notes);
    let ids = |all: &[&str]| all.iter().map(|id| NoteId::parse(id).unwrap()).collect::<Vec<_>>();
    let split =
        Split { title: "Nieuw".into(), child: true, notes: ids(&["n1", "n3", "n4"]), includes: vec!["y".into()] };
    let (id, rewritten) = register.split(&store, "a", &split, NOW).unwrap();
    assert_eq!((id.as_str(), rewritten.len()), ("nieuw", 3));
    let new = register.get("nieuw").unwrap();
    assert_eq!((new.parent.as_deref(), new.colour), (Some("a"), Some(Color::Blue)));
    assert_eq!(
        (new.includes.as_slice(), register.get("a").unwrap().includes.as_slice()),
        (&["y".to_owned()][..], &["x".to_owned()][..])
    );
    assert_eq!(
        said(&store),
        [
            row("n1", "nieuw", &["nieuw", "z"]),
            row("n2", "a", &["a"]),
            row("n3", "top", &["nieuw"]),
            row("n4", "top", &["z", "nieuw"])
        ]
    );
    let beside = Split { title: "Naast".into(), ..Split::default() };
    let (id, _) = register.split(&store, "nieuw", &beside, NOW).unwrap();
    assert_eq!(register.get(&id).unwrap().parent.as_deref(), Some("a"));
    assert!(register.split(&store, "a", &Split::default(), NOW).is_err());
    assert_eq!(Register::load(&store).unwrap(), register);
}

#[test]
fn what_is_removed_takes_nothing_with_it() {
    let text = "[[knelpunt]]\nid = \"top\"\n[[knelpunt]]\nid = \"a\"\nparent = \"top\"\n[[knelpunt]]\nid = \"kind\"\nparent = \"a\"\n";
    let notes: &[(&str, &str, &[&str])] = &[("n1", "a", &["a", "top"]), ("n2", "kind", &["a"])];
    let (_dir, store, mut register) = with_notes(text, notes);
    register.remove(&store, "a", NOW).unwrap();
    assert_eq!(register.get("kind").unwrap().parent.as_deref(), Some("top"));
    assert_eq!(said(&store), [row("n1", "top", &["top"]), row("n2", "kind", &[])]);
    // with nothing above it a note written on it keeps naming it
    register.remove(&store, "top", NOW).unwrap();
    assert_eq!(said(&store), [row("n1", "top", &[]), row("n2", "kind", &[])]);
    assert_eq!(register.get("kind").unwrap().parent, None);
    assert_eq!(Register::load(&store).unwrap(), register);
}

#[test]
fn two_who_change_different_things_both_have_their_way() {
    let (_dir, store) = store(BY_HAND);
    let mut ours = Register::load(&store).unwrap();
    let mut theirs = Register::load(&store).unwrap();
    let open = StatusAt { status: Status::Open, date: None, source: None };
    theirs
        .edit(&store, "water", |m| {
            m.synonyms = vec!["vocht".into(), "regen".into()];
            m.status.push(open.clone());
            m.colour = Some(Color::Blue);
        })
        .unwrap();
    let promised = StatusAt { status: Status::Promised, ..open.clone() };
    ours.edit(&store, "water", |m| {
        m.title = "Water".into();
        m.synonyms.push("plas".into());
        m.status.push(promised.clone());
    })
    .unwrap();
    let water = ours.get("water").unwrap();
    assert_eq!(water.synonyms, ["vocht", "regen", "plas"]);
    assert_eq!((&water.status[1..], water.colour), (&[open, promised][..], Some(Color::Blue)));
    // the same value twice is one too many
    let refused = theirs.edit(&store, "water", |m| m.title = "Anders".into());
    assert!(matches!(refused, Err(RegisterError::ChangedElsewhere(_))));
    assert_eq!(Register::load(&store).unwrap(), ours);
}

#[test]
fn the_tree_shows_everything_once() {
    let all = [
        made("b", Some("a")),
        made("a", None),
        made("los", Some("nergens")),
        made("c", Some("b")),
        // round and round, as only a hand can write it
        made("x", Some("y")),
        made("y", Some("x")),
        made("z", Some("x")),
    ];
    let rows: Vec<(&str, usize)> =
        tree::tree(&all, |a, b| a.title.cmp(&b.title)).iter().map(|b| (all[b.index].id.as_str(), b.depth)).collect();
    assert_eq!(rows, [("a", 0), ("b", 1), ("c", 2), ("los", 0), ("x", 0), ("z", 1), ("y", 0)]);
    assert_eq!(tree::path(&all, "c"), ["A", "B", "C"]);
    assert_eq!(tree::above(&all, "z"), ["x", "y"]);
    assert_eq!(tree::with_below(&all, "a"), ["a", "b", "c"]);
    assert_eq!(tree::with_below(&all, "x"), ["x", "y", "z"]);
}

/// Every file of the notes and of the register, by path.
fn files(store: &Store) -> BTreeMap<String, String> {
    let paths = store.list(Path::new("notes"), "md").into_iter().chain([Path::new(FILE).to_owned()]);
    paths.filter_map(|p| Some((p.display().to_string(), store.text(&p).unwrap()?))).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Whatever is done to the register, undoing it all brings every byte back, and doing it again every change.
    #[test]
    fn any_acts_undone_leave_the_same_bytes(acts in prop::collection::vec((0..6u8, 0..9usize, 0..9usize), 1..10)) {
        let notes: &[(&str, &str, &[&str])] = &[("n1", "water", &["water"]), ("n2", "dijken", &["dijken", "water"])];
        let (_dir, store, mut register) = with_notes(BY_HAND, notes);
        let mut history = History::open(&store);
        let before = files(&store);
        let mut steps = 0;
        for (i, (what, a, b)) in acts.into_iter().enumerate() {
            let id = |n: usize| register.made().get(n % register.made().len().max(1)).map(|m| m.id.clone()).unwrap_or_default();
            let (a, b) = (id(a), id(b));
            let staged = history.begin(&store).unwrap();
            let title = format!("Nummer {}", i % 3);
            let done = match what {
                0 => register.create(&staged, &title).map(drop),
                1 => register.edit(&staged, &a, |m| m.parent = Some(b)).map(drop),
                2 => register.merge(&staged, &[a], &b, NOW).map(drop),
                3 => register.remove(&staged, &a, NOW).map(drop),
                4 => {
                    let notes = vec![NoteId::parse("n1").unwrap()];
                    register.split(&staged, &a, &Split { title, child: i % 2 == 0, notes, ..Split::default() }, NOW).map(drop)
                }
                _ => register
                    .edit(&staged, &a, |m| {
                        m.synonyms.push(format!("naam {i}"));
                        m.status.push(StatusAt { status: Status::Open, date: Some(date(2020, 1, 1 + i as i8)), source: None });
                    })
                    .map(drop),
            };
            if done.is_ok() {
                let stood = files(&store);
                history.commit(&store, staged, "act").unwrap();
                steps += usize::from(files(&store) != stood);
            } else {
                drop(staged);
            }
            // what was refused left nothing behind
            register = Register::load(&store).unwrap();
            prop_assert_eq!(register.problems(), &[]);
            let named: Vec<String> = store.load().notes.into_iter().flat_map(|n| n.note.knelpunten).collect();
            prop_assert!(named.iter().all(|id| register.meant(id).is_some()), "{:?}", named);
        }
        let after = files(&store);
        for _ in 0..steps {
            prop_assert!(history.undo(&store).unwrap().is_some());
        }
        prop_assert!(history.undo(&store).unwrap().is_none());
        prop_assert_eq!(&files(&store), &before);
        for _ in 0..steps {
            history.redo(&store).unwrap();
        }
        prop_assert_eq!(files(&store), after);
    }
}
