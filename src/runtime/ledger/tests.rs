#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;
use tempfile::TempDir;

fn query(name: &str, text: &str) -> SavedQuery {
    SavedQuery { name: name.into(), query: text.into(), ..SavedQuery::default() }
}

#[test]
fn what_was_seen_is_remembered_apart_for_each_and_bounded() {
    let state = TempDir::new().unwrap();
    let ledger = Ledger::open(Some(state.path()), "aa");
    let pont = query("Pont", "pont*");
    assert_eq!(ledger.seen(&pont, Who::Screens), None);
    ledger.keep(&pont, &[Who::Screens], &[1, 2]).unwrap();
    ledger.keep(&pont, &[Who::Screens], &[2, 3]).unwrap();
    let seen = ledger.seen(&pont, Who::Screens).unwrap();
    assert_eq!((seen.len(), ledger.seen(&pont, Who::Command)), (3, None));
    assert_eq!(Ledger::open(Some(state.path()), "bb").seen(&pont, Who::Screens), None);
    // what has not been there for longest is let go first
    let many: Vec<Print> = (1000..1000 + KEPT as u64).collect();
    ledger.keep(&pont, &[Who::Screens], &many).unwrap();
    let seen = ledger.seen(&pont, Who::Screens).unwrap();
    assert_eq!((seen.len(), seen.contains(&1), seen.contains(&1000)), (KEPT, false, true));
}

#[test]
fn another_name_goes_on_and_another_query_begins_anew() {
    let state = TempDir::new().unwrap();
    let ledger = Ledger::open(Some(state.path()), "aa");
    ledger.keep(&query("Pont", "pont*"), &[Who::Command], &[7]).unwrap();
    assert!(ledger.seen(&query("Veerpont", "pont* "), Who::Command).is_some());
    assert!(ledger.seen(&query("PONT", "pont*"), Who::Command).is_some());
    assert_eq!(ledger.seen(&query("Pont", "ponten"), Who::Command), None);
}

#[test]
fn a_damaged_page_is_none_and_without_a_folder_nothing_is_kept() {
    let state = TempDir::new().unwrap();
    let ledger = Ledger::open(Some(state.path()), "aa");
    let pont = query("Pont", "pont*");
    ledger.keep(&pont, &[Who::Command], &[7]).unwrap();
    fs::write(ledger.file("Pont").unwrap(), "{\"name\":").unwrap();
    assert_eq!(ledger.seen(&pont, Who::Command), None);
    ledger.keep(&pont, &[Who::Command], &[8]).unwrap();
    assert_eq!(ledger.seen(&pont, Who::Command).unwrap().len(), 1);
    let nowhere = Ledger::open(None, "aa");
    assert!(nowhere.keep(&pont, &[Who::Command], &[7]).is_err() && nowhere.seen(&pont, Who::Command).is_none());
}
