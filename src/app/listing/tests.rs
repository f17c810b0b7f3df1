#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;

/// Heads of one line (no stop) before every third row of two lines.
fn sample(rows: usize) -> Listing {
    let mut list = Listing::default();
    list.set((0..rows).map(|i| if i % 4 == 0 { (1, false) } else { (2, true) }));
    list
}

#[test]
fn the_cursor_passes_over_heads() {
    let mut list = sample(12);
    assert_eq!(list.at(), Some(1));
    assert!(list.step(3));
    assert_eq!(list.at(), Some(5));
    assert!(list.step(-1));
    assert_eq!(list.at(), Some(3));
    list.go(8);
    assert_eq!(list.at(), Some(9));
    list.act(Action::Bottom, None, 5);
    assert_eq!(list.at(), Some(11));
    assert!(!list.step(1));
}

#[test]
fn pages_go_by_lines_and_always_move_on() {
    let mut list = sample(12);
    list.act(Action::PageDown, None, 3);
    assert_eq!(list.at(), Some(2));
    list.act(Action::PageDown, None, 8);
    assert_eq!(list.at(), Some(6));
    list.act(Action::PageUp, None, 100);
    assert_eq!(list.at(), Some(1));
    list.act(Action::PageUp, None, 100);
    assert_eq!(list.at(), Some(1));
}

#[test]
fn the_row_of_the_cursor_is_in_sight_at_every_height() {
    for height in 1..12 {
        let mut list = sample(40);
        for by in [1, 1, 7, -3, 20, -30, 100, -1] {
            list.step(by);
            list.settle(height);
            let at = list.at().unwrap();
            let (_, y) = list.in_sight(height).find(|(r, _)| *r == at).unwrap();
            assert!(y >= 0 && (y as usize) < height, "height {height}: row {at} at {y}");
            assert_eq!(list.row_at(y as usize), Some(at));
        }
    }
}

#[test]
fn a_list_without_rows_or_stops_has_no_cursor() {
    let mut list = Listing::default();
    list.settle(10);
    assert_eq!((list.at(), list.in_sight(10).count(), list.row_at(0)), (None, 0, None));
    assert!(!list.step(1));
    list.set([(1, false), (1, false)].into_iter());
    list.act(Action::PageDown, None, 10);
    list.settle(1);
    assert_eq!(list.at(), None);
}
