#![allow(clippy::unwrap_used, clippy::panic)]
use crate::app::tests::Stage;
use crate::app::{Msg, Notice};

fn shown(stage: &Stage) -> &str {
    stage.app.notice.as_ref().map_or("", |n| n.text.as_str())
}

#[test]
fn one_fault_does_not_hide_another() {
    let mut stage = Stage::new(120, 40);
    for text in ["config", "cache", "cache"] {
        stage.send(Msg::Notice(Notice::warning(text)));
    }
    stage.send(Msg::Notice(Notice::info("only by the way")));
    for text in ["config", "cache", ""] {
        assert_eq!(shown(&stage), text);
        stage.press("esc");
    }
}
