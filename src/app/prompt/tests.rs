#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::app::Msg;
use crate::app::annotate::tests::Desk;

#[test]
fn in_a_list_it_filters() {
    let mut desk = Desk::new(120, 40);
    let all = desk.stage.app.navigator.nodes.len();
    desk.press("/");
    desk.stage.type_text("qxqx");
    assert_eq!(desk.stage.app.navigator.filter, "qxqx");
    assert!(desk.stage.app.navigator.nodes.len() < all);
    desk.press("esc");
    assert_eq!(desk.stage.app.navigator.filter, "");
    desk.press("/");
    desk.stage.type_text("a");
    desk.press("enter");
    assert_eq!(desk.stage.app.navigator.filter, "a");
}

#[test]
fn tags_are_words_without_their_sign() {
    let mut desk = Desk::reading(120, 40);
    desk.keep("H");
    desk.press("t");
    desk.stage.type_text("#geld, tijd geld");
    desk.keep("enter");
    assert_eq!(desk.notes()[0].tags, ["geld", "tijd"]);
    // the same again is no change
    desk.press("t enter");
    assert_eq!(desk.act(), None);
}

#[test]
fn a_path_is_handed_on() {
    let mut desk = Desk::new(120, 40);
    desk.press("O");
    desk.stage.send(Msg::Paste("/een/map\n".into()));
    desk.press("enter");
    assert_eq!(desk.stage.fx, [Effect::AddPath("/een/map".into())]);
}
