#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::notes::export::tests::sample;
use proptest::prelude::*;

#[test]
fn a_table_comes_back_as_the_notes_it_was_made_of() {
    let bundle = sample::bundle();
    for table in [Table::default(), Table { separator: b';', bom: true }, Table { separator: b'\t', bom: false }] {
        let text = String::from_utf8(write(&bundle, table, Lang::Nl)).unwrap();
        assert!(is(&text));
        let read = read(&text).unwrap();
        assert_eq!(read.said, Vec::<String>::new());
        let notes: Vec<_> = read.notes.iter().map(|n| n.whole().unwrap()).collect();
        let wanted: Vec<_> = bundle.items.iter().map(|i| i.note.clone()).collect();
        assert_eq!(notes, wanted);
        let titles: Vec<_> = read.codes.iter().map(|c| (c.id.as_str(), c.title.as_str())).collect();
        assert_eq!(titles, [("schippers", "Te weinig; schippers"), ("dienst-2024.lek", "Knelpunt 1: lekke ponten")]);
    }
}

#[test]
fn rows_end_as_the_standard_says_and_cells_are_no_formulas() {
    let text = String::from_utf8(write(&sample::bundle(), Table::default(), Lang::Nl)).unwrap();
    assert!(text.starts_with("id,kind,quote,note,report,organisation,year,section,page,"));
    assert_eq!(text.matches("\r\n").count(), 5);
    assert!(text.contains(",'=Nachtvaart is gestaakt.,"), "{text}");
    assert!(text.contains("\"De pont voer, \"\"in de winter\"\",\n= twee uur korter\""), "{text}");
    assert!(text.contains("Veerdienst Oostmeer,2024,1 Dienstregeling › 1.1 Nachtvaart,12,14,"), "{text}");
}

#[test]
fn a_table_made_by_hand_is_read_with_what_it_has() {
    let read = read("Quote;Report;Year;Page;Knelpunten\r\nDe pont lag stil.;Jaarbericht;2024;xii;tekort; \r\n;;;;\r\n")
        .unwrap();
    let note = &read.notes[0];
    assert_eq!(note.kind, crate::notes::NoteKind::Highlight);
    assert_eq!(note.target.quote().unwrap().exact, "De pont lag stil.");
    assert_eq!(note.target.report.as_ref().unwrap().year, Some(2024));
    assert_eq!((note.knelpunten.clone(), read.codes[0].title.as_str()), (vec!["tekort".to_owned()], "tekort"));
    assert_eq!(read.notes.len(), 1);
}

#[test]
fn what_is_wrong_is_said_by_line_and_the_rest_is_read() {
    let text = "quote,year,status\nEen.,2024,open\nTwee.,vorig jaar,open\nDrie.,2023,misschien\nVier.,2022,\n";
    let read = read(text).unwrap();
    assert_eq!(read.notes.len(), 2);
    assert!(read.said[0].starts_with("line 3: year"), "{:?}", read.said);
    assert!(read.said[1].starts_with("line 4: status"), "{:?}", read.said);
    assert!(matches!(super::read("naam,leeftijd\nJan,4\n"), Err(ImportFault::AnotherForm(_))));
}

proptest! {
    #[test]
    fn guarding_can_be_taken_back(cell in "'{0,2}[=+@a\t\r-]?.{0,6}") {
        let there = guarded(&cell);
        prop_assert_eq!(unguarded(&there), cell.as_str());
        prop_assert!(!dangerous(&there));
    }

    #[test]
    fn lists_can_be_taken_apart(values in prop::collection::vec("[a;b][a; ]{0,3}[;a]", 0..4)) {
        prop_assert_eq!(unlisted(&listed(values.iter().cloned())), values);
    }

    #[test]
    fn no_text_is_too_odd(text in "(?s).{0,60}") {
        let _ = read(&format!("quote,note\n{text}"));
        let _ = crate::notes::export::read(text.as_bytes());
    }
}
