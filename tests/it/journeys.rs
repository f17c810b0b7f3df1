//! What a reader does from beginning to end, at the keys, on real files.

use crate::harness::{Desk, Reader};
use kantlijn::app::{Pane, View};
use kantlijn::doc::Lang;
use kantlijn::notes::NoteKind;

/// Which hit in the text the reader stands on, and how many there are.
fn count(reader: &Reader) -> Option<(usize, usize)> {
    let text = &reader.inline.app.reader;
    text.hits.count(text.cursor)
}

#[test]
fn from_a_folder_to_a_note_and_back_the_next_day() {
    let desk = Desk::new();
    let mut reader = desk.sit(140, 40, Lang::Nl);
    reader.must_show("Rapporten");
    // search everything as one types: hits change per key
    reader.press("s").write("capac");
    let begun = total(&reader);
    assert!(begun > 0, "{}", reader.text());
    // a whole word is found inside compounds too, and a compound by its parts
    reader.write("iteit");
    assert!(total(&reader) >= begun, "{} of {begun}", total(&reader));
    reader.write("stekort");
    assert!(total(&reader) > 0, "{}", reader.text());
    reader.press("enter");
    assert_eq!(reader.inline.app.view, View::Read);
    assert!(count(&reader).is_some(), "the words found are marked in the text");
    // on to a knelpunt, a sentence, a note
    reader.press("g g ] k } V a").write("klopt dit nog");
    reader.must_show("klopt dit nog");
    let quote = reader.inline.app.reader.selected();
    reader.press("ctrl-s");
    assert_eq!(desk.note_files().len(), 1, "{}", reader.text());
    reader.must_show("klopt dit nog");
    let spot = reader.inline.app.reader.spot().unwrap();
    reader.press("q");
    assert_eq!(reader.inline.left, Some(0));
    drop(reader);

    // the next day
    let mut reader = desk.sit(140, 40, Lang::Nl);
    assert_eq!(reader.inline.app.reader.spot(), Some(spot), "the place is remembered");
    reader.must_show("klopt dit nog");
    let app = &reader.inline.app;
    let (note, range) = app.notebook.places_in(spot.doc)[0];
    assert_eq!(note.kind, NoteKind::Note);
    let text = app.shelf.open(spot.doc).unwrap().doc.slice(range);
    assert_eq!(note.target.quote().unwrap().exact, text);
    assert!(quote.is_none_or(|q| q.overlaps(range)));
    // and it is found by its words, as a note
    reader.press("s").write("klopt nog in:notities");
    assert_eq!(total(&reader), 1, "{}", reader.text());
}

#[test]
fn undo_takes_a_highlight_back_and_redo_brings_it_again() {
    let desk = Desk::new();
    let mut reader = desk.sit(120, 36, Lang::Nl);
    reader.press("enter ] s } V H");
    assert_eq!(desk.note_files().len(), 1, "{}", reader.text());
    reader.press("u");
    assert_eq!(desk.note_files().len(), 0);
    reader.press("ctrl-r");
    assert_eq!(desk.note_files().len(), 1);
}

#[test]
fn a_passage_is_put_to_a_new_knelpunt_and_the_next_one_by_a_dot() {
    let desk = Desk::new();
    let mut reader = desk.sit(120, 36, Lang::Nl);
    reader.press("enter ] k } V c").write("Te weinig mensen");
    reader.press("enter");
    let register = &reader.inline.app.notebook.register;
    assert_eq!(register.len(), 1, "{}", reader.text());
    let id = register[0].id.clone();
    assert_eq!(reader.inline.app.notebook.of_knelpunt(&id).count(), 1);
    reader.press("} } V .");
    assert_eq!(reader.inline.app.notebook.of_knelpunt(&id).count(), 2, "{}", reader.text());
    // making the knelpunt and coding to it is one step
    reader.press("u u");
    assert!(reader.inline.app.notebook.register.is_empty());
    assert!(desk.note_files().iter().all(|f| f.extension().is_none_or(|e| e != "md")), "{:?}", desk.note_files());
}

#[test]
fn jumps_lead_back_and_forth_and_marks_across_reports() {
    let desk = Desk::new();
    let mut reader = desk.sit(120, 36, Lang::En);
    reader.press("enter ] s ] s m A");
    let there = reader.inline.app.reader.spot().unwrap();
    reader.press("] k");
    let knelpunt = reader.inline.app.reader.spot().unwrap();
    assert_ne!(there, knelpunt);
    reader.press("ctrl-o");
    assert_eq!(reader.inline.app.reader.spot(), Some(there));
    reader.press("alt-right");
    assert_eq!(reader.inline.app.reader.spot(), Some(knelpunt));
    reader.press("g g ' A");
    assert_eq!(reader.inline.app.reader.spot(), Some(there));
}

#[test]
fn past_the_last_knelpunt_of_a_report_the_next_report_opens() {
    let desk = Desk::new();
    let mut reader = desk.sit(120, 36, Lang::Nl);
    reader.press("enter g g");
    let mut seen = vec![reader.inline.app.reader.spot().unwrap().doc];
    for _ in 0..60 {
        reader.press("] k");
        let doc = reader.inline.app.reader.spot().unwrap().doc;
        if seen.last() != Some(&doc) {
            seen.push(doc);
        }
    }
    assert!(seen.len() > 1, "always the same report");
    let unique: std::collections::BTreeSet<_> = seen.iter().collect();
    assert_eq!(unique.len(), seen.len(), "each report once, in order");
}

#[test]
fn find_in_the_report_counts_and_goes_around() {
    let desk = Desk::new();
    let mut reader = desk.sit(120, 36, Lang::Nl);
    reader.press("enter /").write("knelpunt");
    reader.press("enter");
    let (first, of) = count(&reader).unwrap();
    assert!(of > 2, "{}", reader.text());
    reader.press("n");
    let (second, _) = count(&reader).unwrap();
    assert_eq!(second, first % of + 1);
    for _ in 0..of {
        reader.press("n");
    }
    assert_eq!(count(&reader).unwrap().0, second);
}

#[test]
fn a_resize_keeps_the_place_and_no_size_is_fatal() {
    let desk = Desk::new();
    let mut reader = desk.sit(120, 36, Lang::Nl);
    reader.press("enter ] s ] s j j");
    let spot = reader.inline.app.reader.spot();
    for (w, h) in
        [(1, 1), (2, 40), (200, 2), (39, 9), (40, 10), (69, 20), (70, 24), (99, 30), (100, 30), (200, 60), (0, 0)]
    {
        reader.inline.resize(w, h);
        reader.press("tab");
        assert_eq!(reader.rows().len(), usize::from(h));
        reader.press("tab tab");
    }
    reader.inline.resize(120, 36);
    assert_eq!(reader.inline.app.reader.spot(), spot);
}

#[test]
fn pasted_text_is_text_and_never_commands() {
    let desk = Desk::new();
    let mut reader = desk.sit(120, 36, Lang::Nl);
    reader.press("enter");
    let spot = reader.inline.app.reader.spot();
    reader.inline.paste("jjjjGq\nD");
    assert_eq!(reader.inline.app.reader.spot(), spot);
    assert_eq!(reader.inline.left, None);
    reader.press("s");
    reader.inline.paste("op\nafroep\u{1b}[2J");
    reader.must_show("op afroep");
}

#[test]
fn q_goes_back_step_by_step_and_leaves_at_the_top() {
    let desk = Desk::new();
    let mut reader = desk.sit(120, 36, Lang::Nl);
    reader.press("enter g n");
    assert_eq!(reader.inline.app.view, View::Notes);
    reader.press("q");
    assert_eq!(reader.inline.app.view, View::Read);
    reader.press("tab");
    assert_ne!(reader.inline.app.pane, Pane::Text);
    reader.press("esc");
    assert_eq!(reader.inline.app.pane, Pane::Text);
    reader.press("q");
    assert_eq!(reader.inline.left, Some(0));
}

#[test]
fn the_views_are_a_key_away_from_the_search_box_too() {
    let desk = Desk::new();
    let mut reader = desk.sit(120, 36, Lang::Nl);
    reader.press("enter s").write("brug").press("alt-4");
    assert_eq!(reader.inline.app.view, View::Notes);
    reader.press("s").write("gen").press("alt-1");
    assert_eq!(reader.inline.app.view, View::Read);
    let spot = reader.inline.app.reader.spot();
    reader.press("s esc");
    assert_eq!(reader.inline.app.reader.spot(), spot, "a search that is given up leaves the place as it was");
}

#[test]
fn ctrl_c_leaves_with_130() {
    let desk = Desk::new();
    let mut reader = desk.sit(120, 36, Lang::Nl);
    reader.press("enter ctrl-c");
    assert_eq!(reader.inline.left, Some(130));
}

#[test]
fn words_in_an_editor_survive_a_sudden_end() {
    let desk = Desk::new();
    let mut reader = desk.sit(120, 36, Lang::Nl);
    reader.press("enter ] k } V a").write("nog niet bewaard");
    drop(reader);
    let reader = desk.sit(120, 36, Lang::Nl);
    reader.must_show("nog niet bewaard");
}

#[test]
fn a_note_edited_outside_meanwhile_is_not_overwritten() {
    let desk = Desk::new();
    let mut reader = desk.sit(140, 40, Lang::Nl);
    reader.press("enter ] k } V a").write("eerste versie");
    reader.press("ctrl-s");
    let file = desk.note_files().remove(0);
    let text = std::fs::read_to_string(&file).unwrap().replace("eerste versie", "van een ander");
    std::fs::write(&file, &text).unwrap();
    reader.press("i").write(" en meer");
    reader.press("ctrl-s");
    assert_eq!(std::fs::read_to_string(&file).unwrap(), text);
    let all: Vec<String> = desk.note_files().iter().map(|f| std::fs::read_to_string(f).unwrap()).collect();
    assert!(all.iter().any(|t| t.contains("eerste versie en meer")), "{}", reader.text());
}

#[test]
fn the_quote_goes_to_the_clipboard_with_its_source() {
    let desk = Desk::new();
    let mut reader = desk.sit(120, 36, Lang::Nl);
    reader.press("enter ] k } V y");
    let plain = reader.inline.copied.last().unwrap().clone();
    reader.press("V Y");
    let cited = reader.inline.copied.last().unwrap();
    assert!(cited.contains(plain.trim()) && cited.len() > plain.len() + 10, "{plain:?} {cited:?}");
}

/// How many hits the search view counts.
fn total(reader: &Reader) -> u64 {
    reader.inline.app.search.results.as_ref().map_or(0, |r| r.total)
}
