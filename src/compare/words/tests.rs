#![allow(clippy::unwrap_used)]
use super::*;
use proptest::prelude::*;

/// The pieces as text: what is gone in [-…-], what is new in {+…+}.
fn marked(old: &str, new: &str) -> String {
    let piece = |p: &Piece| match p.kind {
        Kind::Same => new[p.new.clone()].to_owned(),
        Kind::Gone => format!("[-{}-]", &old[p.old.clone()]),
        Kind::New => format!("{{+{}+}}", &new[p.new.clone()]),
    };
    diff(old, new).iter().map(piece).collect()
}

#[test]
fn changes_are_told_word_by_word() {
    assert_eq!(marked("De sluis is dicht.", "De sluis is dicht."), "De sluis is dicht.");
    assert_eq!(marked("De sluis is dicht.", "De sluis is niet dicht."), "De sluis is {+niet +}dicht.");
    assert_eq!(marked("Het kost 12 %.", "Het kost 21 %."), "Het kost [-12-]{+21+} %.");
    assert_eq!(marked("een oude brug", "een nieuwe, lange brug"), "een [-oude-]{+nieuwe, lange+} brug");
    assert_eq!(marked("alles weg", ""), "[-alles weg-]");
    assert_eq!(marked("", "alles nieuw"), "{+alles nieuw+}");
}

#[test]
fn white_space_is_no_change_and_what_is_no_word_joins_changes() {
    assert_eq!(marked("de sluis\nis  dicht", "de sluis is dicht"), "de sluis is dicht");
    assert_eq!(marked("rood, groen en blauw", "geel; paars en blauw"), "[-rood, groen-]{+geel; paars+} en blauw");
    assert!(same("de  sluis\n", " de sluis") && !same("de sluis", "desluis"));
}

#[test]
fn a_very_long_text_is_one_change() {
    let (old, new) = ("oud ".repeat(MOST), "nieuw ".repeat(MOST));
    assert_eq!(diff(&old, &new).len(), 2);
    assert_eq!(diff(&old, &old).len(), 1);
}

proptest! {
    #[test]
    fn pieces_cover_both_texts_in_order(old in "\\PC{0,60}", new in "\\PC{0,60}") {
        let (mut o, mut n) = (0, 0);
        for piece in diff(&old, &new) {
            prop_assert_eq!(piece.old.start, o);
            prop_assert_eq!(piece.new.start, n);
            (o, n) = (piece.old.end, piece.new.end);
            if piece.kind == Kind::Same {
                prop_assert!(same(&old[piece.old.clone()], &new[piece.new.clone()]) || !is_word(&old[piece.old]));
            }
        }
        prop_assert_eq!((o, n), (old.len(), new.len()));
    }
}
