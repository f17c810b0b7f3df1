#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;

#[test]
fn what_was_learnt_is_lent_again_and_little_is_kept() {
    let memories = Memories::default();
    let idle = || memories.idle().iter().map(Analyser::words).collect::<Vec<_>>();
    let (mut one, mut other) = (memories.borrow(), memories.borrow());
    ["brug", "kade", "pont"].iter().for_each(|w| drop(one.word(Lang::Nl, w)));
    other.word(Lang::Nl, "brug");
    assert_eq!(idle(), Vec::<usize>::new());
    drop((one.clone(), one, other));
    assert_eq!(idle(), [3, 1]);
    let mut again = memories.borrow();
    again.word(Lang::Nl, "veer");
    assert_eq!(idle(), [3], "the one that was given back last is lent first");
    drop(again);
    drop(Writing(memories.clone()));
    assert_eq!(idle(), [3], "the largest that is small enough");
    let mut much = memories.borrow();
    (0..=MOST_KEPT).for_each(|n| drop(much.word(Lang::Nl, &n.to_string())));
    drop(much);
    drop(Writing(memories.clone()));
    assert_eq!(idle(), Vec::<usize>::new());
}
