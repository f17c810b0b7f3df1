//! Tables: fitted, wrapped, scrolled sideways, as lists on paper; odd shapes; and ten thousands of rows.

use crate::layout::{document, drawn, table};
use kantlijn::doc::BlockKind;
use kantlijn::layout::{Flow, Measure, Place};

fn flow(text: &str, columns: usize, width: u16) -> Flow {
    Flow::new(document(&[(table(columns, true), text)]), Measure::new(width))
}

const SMALL: &str = "Post\tBedrag\tJaar\nOnderhoud dijken\t1.250\t2024\nMetingen\t75\t2025";

#[test]
fn one_that_fits_is_as_wide_as_its_cells() {
    assert_eq!(
        drawn(&flow(SMALL, 3, 60)),
        [
            "┌──────────────────┬────────┬──────┐",
            "│ Post             │ Bedrag │ Jaar │",
            "╞══════════════════╪════════╪══════╡",
            "│ Onderhoud dijken │  1.250 │ 2024 │",
            "│ Metingen         │     75 │ 2025 │",
            "└──────────────────┴────────┴──────┘",
        ]
    );
}

#[test]
fn one_that_almost_fits_wraps_its_cells() {
    assert_eq!(
        drawn(&flow(SMALL, 3, 33)),
        [
            "┌───────────────┬────────┬──────┐",
            "│ Post          │ Bedrag │ Jaar │",
            "╞═══════════════╪════════╪══════╡",
            "│ Onderhoud     │  1.250 │ 2024 │",
            "│ dijken        │        │      │",
            "├───────────────┼────────┼──────┤",
            "│ Metingen      │     75 │ 2025 │",
            "└───────────────┴────────┴──────┘",
        ]
    );
}

const WIDE: &str = "Regio\tAanvragen\tVerleend\tGeweigerd\tDuur\nNoordkust\t1.204\t866\t112\t14\nDelta\t\t640\t98\t19";

#[test]
fn a_wide_one_is_scrolled_by_columns_beside_its_first() {
    let mut flow = flow(WIDE, 5, 40);
    assert_eq!(
        drawn(&flow),
        [
            "┌───────────┬───────────┬──────────┬────",
            "│ Regio     │ Aanvragen │ Verleend │ Ge»",
            "╞═══════════╪═══════════╪══════════╪════",
            "│ Noordkust │     1.204 │   866    │   »",
            "│ Delta     │           │   640    │ 98»",
            "└───────────┴───────────┴──────────┴────",
        ]
    );
    let wide = flow.wide(0).unwrap();
    assert_eq!((wide.seen, wide.columns), (1..3, 5));
    assert!(flow.scroll_table(0, 1));
    assert_eq!(drawn(&flow)[1], "│ Regio     « Verleend │ Geweigerd │ Du»");
    assert!(flow.scroll_table(0, 9));
    assert_eq!(drawn(&flow)[1], "│ Regio     « Geweigerd │ Duur │");
    assert_eq!(flow.wide(0).unwrap().seen, 3..5);
    assert_eq!(flow.wide(0).unwrap().seen.end, 5, "the last column");
    assert!(!flow.scroll_table(0, 1));
    assert!(flow.scroll_table(0, -1));
    // what a cursor goes to comes into sight
    let duur = WIDE.find("Duur").unwrap() as u32;
    flow.scroll_table(0, -9);
    assert_eq!(flow.x_of(flow.place_of(duur), duur), None);
    flow.reveal(duur);
    assert!(flow.x_of(flow.place_of(duur), duur).is_some());
    flow.reveal(0);
    assert!(flow.x_of(flow.place_of(duur), duur).is_some(), "the first column is always in sight");
}

#[test]
fn on_paper_a_wide_one_is_a_list() {
    let flow = Flow::on_paper(document(&[(table(5, true), WIDE)]), Measure::new(30));
    assert_eq!(
        drawn(&flow),
        [
            "Regio: Noordkust",
            "Aanvragen: 1.204",
            "Verleend: 866",
            "Geweigerd: 112",
            "Duur: 14",
            "──────────────────────────────",
            "Regio: Delta",
            "Verleend: 640",
            "Geweigerd: 98",
            "Duur: 19",
        ]
    );
    assert_eq!(flow.units(0), 2);
    // rows of nothing part the others no more than once
    let text = "a\tb\n1\t2\n\t\n\t\n3\t4";
    let gaps = Flow::on_paper(document(&[(table(2, true), text)]), Measure::new(8));
    assert_eq!(drawn(&gaps), ["a: 1", "b: 2", "────────", "", "a: 3", "b: 4"]);
    assert_eq!(flow.place_of(0), Place::default());
}

#[test]
fn odd_ones_have_their_place_too() {
    // ragged rows, empty cells, characters of two cells, one column, one row
    let ragged = drawn(&flow("a\tb\n報告\nc\t\td", 2, 40));
    assert_eq!(
        ragged,
        [
            "┌──────┬───┬───┐",
            "│ a    │ b │   │",
            "╞══════╪═══╪═══╡",
            "│ 報告 │   │   │",
            "│ c    │   │ d │",
            "└──────┴───┴───┘",
        ]
    );
    // a column in which nothing stands is left out
    assert_eq!(
        drawn(&flow("\ta\t\tb\t\n\t1\t\t2\t", 5, 40)),
        ["┌───┬───┐", "│ a │ b │", "╞═══╪═══╡", "│ 1 │ 2 │", "└───┴───┘"]
    );
    assert_eq!(drawn(&flow("Kop\nregel", 1, 40)), ["┌───────┐", "│ Kop   │", "╞═══════╡", "│ regel │", "└───────┘"]);
    assert_eq!(drawn(&flow("alleen", 1, 40)), ["┌────────┐", "│ alleen │", "└────────┘"]);
}

#[test]
fn heads_stay_over_rows_further_down() {
    let flow = flow("Post\tBedrag\na\t1\nb\t2\nc\t3\nd\t4", 2, 60);
    let pinned = |top: Place, most| {
        let mut rows = flow.screen(top, 20);
        flow.pin_heads(&mut rows, most);
        rows.iter().filter(|r| r.pinned).map(|r| r.place.line).collect::<Vec<_>>()
    };
    let row = |unit| Place { unit, ..Place::default() };
    assert!(pinned(row(0), 9).is_empty());
    assert!(pinned(Place { line: 1, ..row(0) }, 9).is_empty());
    assert_eq!(pinned(row(1), 9), [1, 2]);
    assert!(pinned(row(1), 1).is_empty(), "no more than may be");
    assert_eq!(pinned(row(2), 2), [1, 2]);
    assert!(pinned(row(3), 9).is_empty(), "no row would be left below them");
}

#[test]
fn a_hundred_thousand_rows_cost_what_is_looked_at() {
    let mut text = String::from("Nummer\tOmschrijving");
    for i in 0..100_000 {
        text.push_str(&format!("\n{i}\tzaak van die dag"));
    }
    let flow = flow(&text, 2, 60);
    assert_eq!(flow.units(0), 100_001);
    let last = flow.last();
    assert_eq!(last, Place { block: 0, unit: 100_000, line: 1 });
    assert_eq!(flow.screen(flow.last_top(20), 20).len(), 20);
    let byte = text.find("\n77777\t").unwrap() as u32 + 1;
    let place = flow.place_of(byte);
    assert_eq!((place.unit, flow.byte_of(place)), (77_778, byte));
    assert_eq!(flow.distance(place, last, 1_000), None);
    assert_eq!(flow.up(last, 1), Place { line: 0, ..last });
}

/// What was read of a Markdown file of our own.
fn read(text: &str) -> kantlijn::doc::Document {
    kantlijn::import::read(text.as_bytes(), &kantlijn::import::Limits::default()).unwrap()
}

#[test]
fn a_table_of_any_length_is_one_block() {
    let mut text = String::from("# Titel\n\n| Nummer | Bedrag |\n|---|---|\n");
    for i in 0..60_000 {
        text.push_str(&format!("| zaak {i} | {i} |\n"));
    }
    let doc = read(&text);
    let tables: Vec<_> = doc.blocks().iter().filter(|b| matches!(b.kind, BlockKind::Table { .. })).collect();
    assert_eq!(tables.len(), 1);
    assert_eq!(doc.slice(tables[0].range).lines().count(), 60_001);
}
