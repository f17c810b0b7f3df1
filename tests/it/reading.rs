//! Reading tables and footnotes as a reader does: scrolling sideways, peeking, going there and back.

use crate::harness::{Desk, Reader};
use kantlijn::app::{Mouse, MouseKind, Msg};
use kantlijn::doc::Lang;

const REPORT: &str = include_str!("../fixtures/reading/vergunningen.md");
const SIZES: [(u16, u16, &str); 2] = [(80, 24, "80x24"), (140, 40, "140x40")];

fn desk() -> Desk {
    Desk::of(&[("vergunningen.md", REPORT)])
}

fn same(name: &str, reader: &Reader) {
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, reader.picture());
    });
}

#[test]
fn a_wide_table_scrolled_sideways() {
    for ((w, h, size), lang) in SIZES.into_iter().flat_map(|s| [(s, Lang::Nl), (s, Lang::En)]) {
        let desk = desk();
        let mut reader = desk.sit(w, h, lang);
        let name = if lang == Lang::Nl { "nl" } else { "en" };
        reader.press("enter } } } } }");
        same(&format!("table-{name}-{size}"), &reader);
        reader.press("3 >");
        same(&format!("table-scrolled-{name}-{size}"), &reader);
    }
}

#[test]
fn a_footnote_seen_from_its_mark() {
    for ((w, h, size), lang) in SIZES.into_iter().flat_map(|s| [(s, Lang::Nl), (s, Lang::En)]) {
        let desk = desk();
        let mut reader = desk.sit(w, h, lang);
        let name = if lang == Lang::Nl { "nl" } else { "en" };
        reader.press("enter ] f ] f K");
        same(&format!("footnote-{name}-{size}"), &reader);
    }
}

#[test]
fn to_the_note_and_back_and_from_a_note_to_its_mark() {
    let desk = desk();
    let mut reader = desk.sit(100, 30, Lang::Nl);
    reader.press("enter ] f");
    let mark = reader.inline.app.reader.cursor;
    reader.press("K").must_show("Voetnoot 1");
    reader.press("esc");
    assert!(!reader.shows("Voetnoot 1"));
    assert_eq!(reader.inline.app.reader.cursor, mark);
    // the same key closes too, and Enter opens and then goes there
    reader.press("K K");
    assert!(!reader.shows("Voetnoot 1"));
    reader.press("enter enter");
    let note = reader.inline.app.reader.open.as_ref().unwrap().doc.text().find("Aanvragen die binnen").unwrap();
    assert_eq!(reader.inline.app.reader.cursor as usize, note);
    reader.press("ctrl-o");
    assert_eq!(reader.inline.app.reader.cursor, mark);
    reader.press("ctrl-i enter");
    assert_eq!(reader.inline.app.reader.cursor, mark, "Enter in a note goes to its mark");
    // from peek to peek
    reader.press("K ] f").must_show("Voetnoot 2");
    reader.press("j");
    assert!(!reader.shows("Voetnoot 2"), "any other key does what it always does");
    reader.press("G K").must_show("tellen niet mee");
    reader.press("esc g g K").must_show("staat geen voetnootteken");
}

#[test]
fn a_click_on_a_mark_peeks() {
    let desk = desk();
    let mut reader = desk.sit(100, 30, Lang::Nl);
    reader.press("enter");
    let rows = reader.rows();
    let (y, row) = rows.iter().enumerate().find(|(_, r)| r.contains('¹')).unwrap();
    let x = kantlijn::layout::width(&row[..row.find('¹').unwrap()]) as u16;
    let click = |reader: &mut Reader, x, y| {
        for kind in [MouseKind::Down, MouseKind::Up] {
            reader.inline.app.update(Msg::Mouse(Mouse { kind, x, y }), &mut Vec::new());
        }
    };
    click(&mut reader, x, y as u16);
    reader.must_show("Voetnoot 1");
    click(&mut reader, x, 28);
    assert!(!reader.shows("Voetnoot 1"));
    click(&mut reader, x - 3, y as u16);
    assert!(!reader.shows("Voetnoot 1"));
}

#[test]
fn the_cursor_brings_its_column_into_sight_and_heads_stay() {
    let desk = desk();
    let mut reader = desk.sit(80, 24, Lang::Nl);
    reader.press("enter /").write("grondwater").press("enter");
    reader.must_show("grondwater").must_show("Rivierengebied");
    let shown = [("9 9 <", "Aanvragen"), ("<", "eerste kolom"), ("9 9 >", "oorzaak"), (">", "laatste kolom")];
    for (keys, text) in shown {
        reader.press(keys).must_show(text);
    }
    let mut long = String::from("# Lijst\n\n| Nummer | Zaak |\n|---|---|\n");
    for i in 1..500 {
        long.push_str(&format!("| {i} | zaak van die dag |\n"));
    }
    let desk = Desk::of(&[("lijst.md", &long)]);
    let mut reader = desk.sit(80, 24, Lang::Nl);
    reader.press("enter >").must_show("geen tabel");
    // each screen goes on where the one before ended, and says what its columns are
    let mut next = 1;
    for _ in 0..8 {
        let rows = reader.rows();
        assert!(rows.iter().any(|r| r.contains("Nummer │ Zaak")), "{}", rows.join("\n"));
        let seen = (1..500).filter(|i| rows.iter().any(|r| r.contains(&format!("│ {i:>6} │")))).collect::<Vec<_>>();
        assert!(seen[0] <= next, "from {} after {next}", seen[0]);
        next = seen[seen.len() - 1] + 1;
        reader.press("space");
    }
}

#[test]
fn a_row_is_found_with_the_heads_of_its_columns() {
    let desk = desk();
    let mut reader = desk.sit(140, 40, Lang::Nl);
    reader.press("s").write("rivierengebied geweigerd");
    reader.must_show("Geweigerd: 98");
}
