#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::notes::store::{Saved, Stored};
use crate::notes::{Note, parse};
use proptest::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

fn note(n: usize, body: &str) -> Note {
    let text = format!(
        "---\nid: n{n}\ncreated: 2026-01-02T03:04:05Z\ntarget: {{kind: report, report: {{title: Proef {}}}}}\n---\n{body}\n",
        n % 3
    );
    parse(&text).unwrap()
}

/// Every file below the data folder but the lock, the journal and what was left of unfinished writes.
fn files(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![root.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            match path.is_dir() {
                true if name != "history" => folders.push(path),
                false if !name.starts_with('.') => {
                    found.insert(path.strip_prefix(root).unwrap().to_owned(), fs::read(&path).unwrap());
                }
                _ => {}
            }
        }
    }
    found
}

/// Those that aren't in the trash.
fn notes(root: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    files(root).into_iter().filter(|(path, _)| path.starts_with("notes")).collect()
}

/// An act on several notes at once: some made, some changed, some thrown away.
fn bulk(history: &mut History, store: &Store, read: &[Stored]) -> Result<(), HistoryError> {
    history.act(store, "bulk", |store| {
        for n in 10..13 {
            store.create(&note(n, "gemaakt"))?;
        }
        for stored in &read[..3] {
            store.save(stored, &Note { body: "gewijzigd".into(), ..stored.note.clone() })?;
        }
        for stored in &read[3..] {
            store.trash(stored)?;
        }
        Ok(())
    })
}

/// A data folder with six notes, made in one act.
fn six() -> (tempfile::TempDir, Store, Vec<Stored>) {
    let dir = tempfile::tempdir().unwrap();
    let store = Store::open(dir.path());
    let made = History::open(&store).act(&store, "create", |store| {
        (0..6)
            .map(|n| store.create(&note(n, "oud")).map(|Saved { stored, .. }| stored))
            .collect::<Result<Vec<_>, _>>()
            .map_err(HistoryError::from)
    });
    (dir, store, made.unwrap())
}

#[test]
fn a_bulk_act_cut_off_at_any_step_is_whole_or_nothing_and_can_be_undone() {
    let (dir, store, read) = six();
    let before = notes(dir.path());
    bulk(&mut History::open(&store), &store, &read).unwrap();
    let after = notes(dir.path());
    let (mut whole, mut nothing) = (0, 0);
    for dies in [true, false] {
        for step in 0.. {
            let (dir, store, read) = six();
            let mut history = History::open(&store);
            if dies {
                store.disk.faults.die(step)
            } else {
                store.disk.faults.fail(step)
            }
            let done = bulk(&mut history, &store, &read);
            if !store.disk.faults.heal() {
                done.unwrap();
                assert!(step > 30, "only {step} steps were tried");
                break;
            }
            // as at the next start; where the program lives on, the act it refused is nowhere
            let mut history = if dies { History::open(&store) } else { history };
            if !dies && done.is_err() {
                assert_eq!(notes(dir.path()), before, "step {step}");
            }
            history.mend(&store).unwrap();
            let now = notes(dir.path());
            if now == after {
                whole += 1;
                assert_eq!(history.undo(&store).unwrap().unwrap().label, "bulk");
                assert_eq!(notes(dir.path()), before, "step {step}");
                assert_eq!(history.redo(&store).unwrap().unwrap().label, "bulk");
                assert_eq!(notes(dir.path()), after, "step {step}");
                history.undo(&store).unwrap().unwrap();
            } else {
                nothing += 1;
                assert_eq!(now, before, "step {step} (dies: {dies})");
            }
            assert_eq!(history.undo(&store).unwrap().unwrap().label, "create");
            assert!(notes(dir.path()).is_empty());
            assert_eq!(history.undo(&store).unwrap(), None);
        }
    }
    assert!(whole > 5 && nothing > 20, "{whole} whole, {nothing} nothing");
}

#[test]
fn an_undo_or_redo_cut_off_at_any_step_is_whole_or_nothing() {
    for redo in [false, true] {
        for dies in [true, false] {
            for step in 0.. {
                let (dir, store, read) = six();
                let mut history = History::open(&store);
                let before = notes(dir.path());
                bulk(&mut history, &store, &read).unwrap();
                let after = notes(dir.path());
                if redo {
                    history.undo(&store).unwrap().unwrap();
                }
                if dies {
                    store.disk.faults.die(step)
                } else {
                    store.disk.faults.fail(step)
                }
                let done = if redo { history.redo(&store) } else { history.undo(&store) };
                if !store.disk.faults.heal() {
                    done.unwrap().unwrap();
                    break;
                }
                let mut history = if dies { History::open(&store) } else { history };
                history.mend(&store).unwrap();
                let now = notes(dir.path());
                if now == after {
                    history.undo(&store).unwrap().unwrap();
                    assert_eq!(notes(dir.path()), before);
                } else {
                    assert_eq!(now, before, "step {step} (dies: {dies}, redo: {redo})");
                    history.redo(&store).unwrap().unwrap();
                    assert_eq!(notes(dir.path()), after);
                }
            }
        }
    }
}

#[test]
fn a_journal_cut_off_at_any_byte_costs_at_most_its_last_act_and_never_the_ones_before() {
    let (dir, store, read) = six();
    let mut history = History::open(&store);
    bulk(&mut history, &store, &read).unwrap();
    history.undo(&store).unwrap().unwrap();
    let whole = fs::read(dir.path().join(JOURNAL)).unwrap();
    let first = whole.iter().position(|b| *b == b'\n').unwrap();
    // the act before is closed: what is cut off are the lines after it
    for cut in (first + 1..=whole.len()).step_by(7) {
        fs::write(dir.path().join(JOURNAL), &whole[..cut]).unwrap();
        let mut history = History::open(&store);
        let left = notes(dir.path());
        history.mend(&store).unwrap();
        assert_eq!(notes(dir.path()), left, "cut at {cut}: nothing that stands is touched");
        // some of it may be said to have changed since; asked again, undo goes past it
        let mut undone = Vec::new();
        for _ in 0..8 {
            match history.undo(&store) {
                Ok(Some(step)) => undone.push(step.label),
                Ok(None) => break,
                Err(HistoryError::ChangedElsewhere { .. }) => {}
                Err(error) => panic!("{error}"),
            }
        }
        assert_eq!(undone.last().map(String::as_str), Some("create"), "cut at {cut}: {undone:?}");
        assert!(notes(dir.path()).is_empty());
        assert_eq!(history.redo(&store).unwrap().unwrap().label, "create");
        // everything is where it was before, for the next cut
        fs::write(dir.path().join(JOURNAL), &whole).unwrap();
        assert_eq!(notes(dir.path()), left);
    }
}

#[test]
fn what_cannot_be_undone_is_gone_past_when_asked_again() {
    let (dir, store, read) = six();
    let mut history = History::open(&store);
    history
        .act(&store, "change", |store| {
            store.save(&read[0], &Note { body: "van mij".into(), ..read[0].note.clone() }).map_err(HistoryError::from)
        })
        .unwrap();
    history.act(&store, "trash", |store| store.trash(&read[1]).map_err(HistoryError::from)).unwrap();
    let file = dir.path().join(&read[0].path);
    let theirs = fs::read_to_string(&file).unwrap().replace("van mij", "van een ander");
    fs::write(&file, &theirs).unwrap();
    assert_eq!(history.undo(&store).unwrap().unwrap().label, "trash");
    for _ in 0..2 {
        // asked anew by another program it is refused anew
        assert!(matches!(History::open(&store).undo(&store), Err(HistoryError::ChangedElsewhere { .. })));
    }
    assert!(history.undo(&store).is_err());
    // the first act cannot be undone either: it made that very note
    assert!(matches!(history.undo(&store), Err(HistoryError::ChangedElsewhere { label, .. }) if label == "create"));
    assert_eq!(history.undo(&store).unwrap(), None);
    assert_eq!(fs::read_to_string(&file).unwrap(), theirs);
    assert_eq!(history.redo(&store).unwrap().unwrap().label, "trash");
}

/// What somebody may do.
#[derive(Clone, Debug)]
enum Doing {
    Make(usize, String),
    Change(usize, String),
    Throw(usize),
    Bulk(String),
    Undo,
    Redo,
    /// The program ends and begins again.
    Restart,
}

fn doing() -> impl Strategy<Value = Doing> {
    let words = "[a-zé \\n]{0,12}";
    prop_oneof![
        3 => (0usize..8, words).prop_map(|(n, w)| Doing::Make(n, w)),
        4 => (0usize..8, words).prop_map(|(n, w)| Doing::Change(n, w)),
        2 => (0usize..8).prop_map(Doing::Throw),
        1 => words.prop_map(Doing::Bulk),
        3 => Just(Doing::Undo),
        2 => Just(Doing::Redo),
        1 => Just(Doing::Restart),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]

    /// Two programs act in turn; every undo gives exactly the bytes from before, and all of them redone those from after.
    #[test]
    fn undo_and_redo_give_the_same_bytes(acts in proptest::collection::vec((any::<bool>(), doing()), 1..40)) {
        let dir = tempfile::tempdir().unwrap();
        let store = Store::open(dir.path());
        let mut programs = [History::open(&store), History::open(&store)];
        // the states that undo goes back through, and those that redo goes forth through
        let (mut past, mut future) = (Vec::new(), Vec::new());
        for (who, act) in acts {
            let before = notes(dir.path());
            let history = &mut programs[usize::from(who)];
            let find = |n: usize| store.load().notes.into_iter().find(|s| s.note.id.as_str() == format!("n{n}"));
            let new = |stored: &Stored, body: &str| Note { body: body.trim_end().into(), ..stored.note.clone() };
            let step = |store: &Store| -> Result<(), HistoryError> {
                match &act {
                    Doing::Make(n, body) if find(*n).is_none() => drop(store.create(&note(*n, body))?),
                    Doing::Change(n, body) => drop(find(*n).map(|s| store.save(&s, &new(&s, body))).transpose()?),
                    Doing::Throw(n) => drop(find(*n).map(|s| store.trash(&s)).transpose()?),
                    _ => {}
                }
                Ok(())
            };
            match &act {
                Doing::Restart => *history = History::open(&store),
                Doing::Undo => {
                    let done = history.undo(&store).unwrap();
                    prop_assert_eq!(done.is_some(), !past.is_empty());
                    if let Some(state) = past.pop() {
                        prop_assert_eq!(&notes(dir.path()), &state);
                        future.push(before.clone());
                    }
                }
                Doing::Redo => {
                    let done = history.redo(&store).unwrap();
                    prop_assert_eq!(done.is_some(), !future.is_empty());
                    if let Some(state) = future.pop() {
                        prop_assert_eq!(&notes(dir.path()), &state);
                        past.push(before.clone());
                    }
                }
                Doing::Bulk(body) => {
                    history.act(&store, "bulk", |staged| {
                        for stored in store.load().notes {
                            staged.save(&stored, &new(&stored, body))?;
                        }
                        Ok::<_, HistoryError>(())
                    }).unwrap();
                }
                _ => history.act(&store, "act", step).unwrap(),
            }
            if !matches!(act, Doing::Undo | Doing::Redo | Doing::Restart) && notes(dir.path()) != before {
                past.push(before.clone());
                future.clear();
            }
        }
        let last = notes(dir.path());
        let mut undone = 0;
        while programs[0].undo(&store).unwrap().is_some() {
            prop_assert_eq!(Some(notes(dir.path())), past.pop());
            undone += 1;
        }
        prop_assert!(past.is_empty() && notes(dir.path()).is_empty());
        for _ in 0..undone {
            programs[1].redo(&store).unwrap().unwrap();
        }
        prop_assert_eq!(notes(dir.path()), last);
    }
}
