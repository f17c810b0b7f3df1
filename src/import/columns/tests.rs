#![allow(clippy::unwrap_used, clippy::panic)]

use super::settle;
use crate::doc::ColumnAlign::{Center, Left, Right};

#[test]
fn numbers_stand_to_the_right() {
    let text = "Post\tBedrag\tAandeel\tDatum\tJaar\tOordeel\n\
                Sluis\t€ 1.234,5\t12%\t3-5-2031\t2030\tgoed\n\
                Brug\t–\t7,5 %\t12 mei 2031\t2031\t3 van 5\n\
                Wal\t€ 12 mln.\tn.v.t.\t\t2032\tmatig";
    assert_eq!(settle(text, true, &[Left; 6]), [Left, Right, Right, Right, Right, Left]);
}

#[test]
fn what_a_format_says_otherwise_holds() {
    assert_eq!(settle("a\tb\n1\t2", true, &[Center, Right]), [Center, Right]);
}

#[test]
fn words_and_numbers_mixed_stay_to_the_left() {
    assert_eq!(settle("Artikel 3\t1\nArtikel 4\tonbekend\nBijlage\t3", false, &[Left, Left]), [Left, Left]);
    // one stray word in many numbers does no harm
    let mut rows = "1.250\n".repeat(9);
    rows.push_str("onbekend");
    assert_eq!(settle(&rows, false, &[Left]), [Right]);
}

#[test]
fn a_head_is_not_counted_and_longer_rows_are() {
    assert_eq!(settle("2029\t2030\n12\t13\t(14)", true, &[Left]), [Right, Right, Right]);
    assert_eq!(settle("kop\t2030", true, &[Left, Left]), [Left, Left]);
    assert_eq!(settle("", false, &[]), [Left]);
}

#[test]
fn signs_footnote_marks_and_units_belong_to_a_number() {
    for cell in ["-5", "−5", "+ 3", "(12)", "1.234¹", "35 234*", "2021/22", "10–12", "≥ 5", "14:30", "3,4 fte", "12 km"]
    {
        assert_eq!(settle(cell, false, &[Left]), [Right], "{cell}");
    }
    for cell in ["3e", "1 april besluit", "2 sluizen", "A1", "art. 3", "12 mei en later"] {
        assert_eq!(settle(cell, false, &[Left]), [Left], "{cell}");
    }
}
