//! What a reader is shown of a change.

#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use proptest::prelude::*;

/// `[-gone-] {+new+}`, weighty words with a `!`.
fn shown(old: &str, new: &str) -> String {
    let mut out = String::new();
    for piece in words(old, new) {
        if piece.apart && !out.is_empty() {
            out.push(' ');
        }
        let bang = if piece.kind > Kind::Word { "!" } else { "" };
        out.push_str(&match piece.op {
            Op::Same => piece.text,
            Op::Gone => format!("[-{bang}{}-]", piece.text),
            Op::New => format!("{{+{bang}{}+}}", piece.text),
        });
    }
    out
}

#[test]
fn what_changed_is_shown_word_by_word() {
    let cases = [
        ("De pont vaart elk uur.", "De  pont\nvaart elk uur.", "De pont vaart elk uur."),
        ("De pont vaart elk uur.", "De pont vaart elk half uur.", "De pont vaart elk {+!half+} uur."),
        ("Dat kost 12 % meer.", "Dat kost 21 % meer.", "Dat kost [-!12-] {+!21+} % meer."),
        ("Er is geen steiger.", "Er is een steiger.", "Er is [-!geen-] {+een+} steiger."),
        ("‘Wij varen’ – altijd", "'Wij varen' - altijd", "'Wij varen' - altijd"),
        ("", "Nieuw.", "{+Nieuw.+}"),
        ("Oud.", "", "[-Oud.-]"),
        (
            "De schipper van Oost zegt toe dat hij vaart.",
            "De schipper van West zegt toe dat hij vaart.",
            "De schipper van [-!Oost-] {+!West+} zegt toe dat hij vaart.",
        ),
    ];
    for (old, new, wanted) in cases {
        assert_eq!(shown(old, new), wanted, "{old:?} → {new:?}");
    }
}

#[test]
fn what_is_not_to_be_overlooked_is_listed() {
    let pieces = words("Er zijn geen 344 ponten bij Kade.", "Er zijn 343 boten bij Wal.");
    let said = |kind, old: &str, new: &str| Weighty { kind, old: old.to_owned(), new: new.to_owned() };
    assert_eq!(weighty(&pieces), [said(Kind::Negation, "geen 344", "343"), said(Kind::Name, "Kade", "Wal")]);
    assert_eq!(weighty(&words("een pont", "twee ponten")), [said(Kind::Figure, "", "twee")]);
    assert_eq!(weighty(&words("een mooie pont", "een lelijke pont")), []);
}

#[test]
fn texts_that_have_nothing_in_common_take_no_time() {
    let (a, b): (String, String) =
        ((0..20_000).map(|i| format!("a{i} ")).collect(), (0..20_000).map(|i| format!("b{i} ")).collect());
    let pieces = words(&a, &b);
    assert_eq!(pieces.iter().map(|p| p.op).collect::<Vec<_>>(), [Op::Gone, Op::New]);
}

proptest! {
    #[test]
    fn nothing_is_lost_on_either_side(old in "([ab]{1,2} ?|1|\\. ){0,14}", new in "([ab]{1,2} ?|1|\\. ){0,14}") {
        let squeezed = |t: &str| t.chars().filter(|c| !c.is_whitespace()).collect::<String>();
        let pieces = words(&old, &new);
        let side = |op: Op| pieces.iter().filter(|p| p.op != op).map(|p| p.text.as_str()).collect::<String>();
        prop_assert_eq!(squeezed(&side(Op::New)), squeezed(&old));
        prop_assert_eq!(squeezed(&side(Op::Gone)), squeezed(&new));
        for piece in &pieces {
            let of = if piece.op == Op::Gone { &old[piece.old.clone()] } else { &new[piece.new.clone()] };
            prop_assert_eq!(squeezed(of), squeezed(&piece.text));
        }
    }
}
