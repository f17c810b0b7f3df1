//! The screens as pictures: text and roles, at 80x24, 140x40 and too small, in both languages.

use crate::harness::{Desk, Reader};
use kantlijn::doc::Lang;

/// Compares with the picture kept under `snapshots/`; `INSTA_UPDATE=always cargo test` takes a new one.
pub fn same(name: &str, reader: &Reader) {
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, reader.picture());
    });
}

const SIZES: [(u16, u16, &str); 2] = [(80, 24, "80x24"), (140, 40, "140x40")];

#[test]
fn reading() {
    for (w, h, size) in SIZES {
        let desk = Desk::new();
        let mut reader = desk.sit(w, h, Lang::Nl);
        reader.press("enter g g ] k");
        same(&format!("read-{size}"), &reader);
    }
}

#[test]
fn a_note_beside_its_passage() {
    let desk = Desk::new();
    let mut reader = desk.sit(140, 40, Lang::Nl);
    reader.press("enter g g ] k } V a").write("Klopt dit nog?");
    same("editor-140x40", &reader);
    reader.press("ctrl-s");
    same("margin-140x40", &reader);
    reader.inline.resize(80, 24);
    same("margin-80x24", &reader);
}

#[test]
fn searching() {
    for (w, h, size) in SIZES {
        let desk = Desk::new();
        let mut reader = desk.sit(w, h, Lang::Nl);
        reader.press("s").write("onderhoud brug");
        same(&format!("search-{size}"), &reader);
    }
}

#[test]
fn the_other_views() {
    for (w, h, size) in SIZES {
        let desk = Desk::new();
        let mut reader = desk.sit(w, h, Lang::En);
        reader.press("enter ] k } V H");
        for (keys, name) in [("g k", "knelpunten"), ("g n", "notes"), ("g l", "library")] {
            reader.press(keys);
            same(&format!("{name}-{size}"), &reader);
        }
    }
}

#[test]
fn what_lies_over_them() {
    for (w, h, size) in SIZES {
        let desk = Desk::new();
        let mut reader = desk.sit(w, h, Lang::Nl);
        reader.press("enter ?");
        same(&format!("help-{size}"), &reader);
        reader.press("esc :").write("knelp");
        same(&format!("palette-{size}"), &reader);
        reader.press("esc V c");
        same(&format!("picker-{size}"), &reader);
    }
}

#[test]
fn keys_that_may_follow_are_shown() {
    let desk = Desk::new();
    let mut reader = desk.sit(140, 40, Lang::Nl);
    reader.press("enter 3 ]");
    same("pending-140x40", &reader);
}

#[test]
fn too_small() {
    let desk = Desk::new();
    let reader = desk.sit(36, 8, Lang::Nl);
    same("too-small-36x8", &reader);
}
