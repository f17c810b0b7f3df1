//! The search view: what hits can be narrowed to, where else they stand, what else could have been meant, and acts on
//! all that is marked. Answers are put in one order, so that no ranking changes the pictures.

use crate::harness::{Desk, Reader};
use crate::screens::same;
use kantlijn::app::{Effect, Msg};
use kantlijn::doc::Lang;
use kantlijn::search::{Also, Facets, HitKind, Results, Said, Why};
use std::sync::Arc;

/// A reader with the answer to a query on the screen; the hits have the keys.
fn searched(desk: &Desk, (w, h): (u16, u16), lang: Lang, query: &str) -> Reader {
    let mut reader = desk.sit(w, h, lang);
    reader.press("s").write(query).press("tab");
    reader
}

/// Changes the answer on the screen: the question is asked again, and answered so.
fn change(reader: &mut Reader, change: impl FnOnce(&mut Results)) {
    let app = &mut reader.inline.app;
    let mut results = (**app.search.results.as_ref().unwrap()).clone();
    change(&mut results);
    let mut fx = Vec::new();
    app.update(Msg::IndexChanged, &mut fx);
    let asked =
        fx.iter().find_map(|e| if let Effect::Search { generation, .. } = e { Some(*generation) } else { None });
    reader.inline.tell(Msg::Results(asked.unwrap(), Ok(Arc::new(results))));
}

/// The counts of the hits of an answer.
fn counted(results: &Results) -> Facets {
    fn add<K: PartialEq>(counts: &mut Vec<(K, u32)>, key: K) {
        match counts.iter_mut().find(|(k, _)| *k == key) {
            Some((_, n)) => *n += 1,
            None => counts.push((key, 1)),
        }
    }
    let mut facets = Facets::default();
    for hit in &results.hits {
        hit.org.iter().for_each(|o| add(&mut facets.orgs, o.clone()));
        hit.year.iter().for_each(|y| add(&mut facets.years, *y));
        hit.doc.iter().for_each(|d| add(&mut facets.parts, (*d, hit.part)));
        hit.knelpunten.iter().for_each(|k| add(&mut facets.knelpunten, k.clone()));
    }
    facets.years.sort_unstable();
    facets.orgs.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
    facets.parts.sort_by_key(|(_, n)| std::cmp::Reverse(*n));
    facets.knelpunten.sort_by(|a, b| (b.1, &a.0).cmp(&(a.1, &b.0)));
    facets
}

/// An answer with everything a searcher can say.
fn full(results: &mut Results) {
    // documents stand in the order of their paths' keys, which are others at every desk
    results.hits.sort_by(|a, b| (&a.report, a.year, a.range).cmp(&(&b.report, b.year, b.range)));
    results.facets = counted(results);
    results.facets.years = vec![(2019, 3), (2021, 1), (2022, 6), (2023, 9), (2024, 4)];
    results.suggestion = Some("onderhoud bruggen".to_owned());
    results.said = vec![Said::NoWord("&&".to_owned())];
    let whys = [Why::Exact, Why::Stem, Why::Compound, Why::Typo, Why::Abbreviation];
    let places: Vec<Also> = results
        .hits
        .iter()
        .filter(|h| h.kind == HitKind::Text)
        .filter_map(|h| {
            let (report, part, year) = (h.report.clone(), h.part, h.year);
            Some(Also { doc: h.doc?, report, part, year, range: h.range, lines: h.lines, page: h.page.clone() })
        })
        .collect();
    for (i, hit) in results.hits.iter_mut().enumerate() {
        let why = whys[i % whys.len()];
        hit.why = vec![why];
        hit.mark_why = vec![why; hit.marks.len()];
        if i == 1 {
            hit.also = places.iter().rev().take(2).cloned().collect();
        }
    }
}

const SIZES: [(u16, u16, &str); 2] = [(80, 24, "80x24"), (140, 40, "140x40")];
const LANGS: [(Lang, &str); 2] = [(Lang::Nl, "nl"), (Lang::En, "en")];

#[test]
fn all_that_an_answer_says_is_on_the_screen() {
    for (w, h, size) in SIZES {
        for (lang, name) in LANGS {
            let desk = Desk::new();
            let mut reader = searched(&desk, (w, h), lang, "=onderhoud");
            change(&mut reader, full);
            reader.press("g g");
            same(&format!("hits-{name}-{size}"), &reader);
            reader.press("v j l space space");
            same(&format!("hits-list-{name}-{size}"), &reader);
            reader.press("F j");
            same(&format!("facets-{name}-{size}"), &reader);
        }
    }
}

#[test]
fn a_facet_puts_its_filter_into_the_box_and_takes_it_away() {
    let desk = Desk::new();
    let mut reader = searched(&desk, (140, 40), Lang::Nl, "brug");
    change(&mut reader, |r| r.facets = counted(r));
    let total = reader.inline.app.search.results.as_ref().unwrap().total;
    reader.press("F enter");
    let text = reader.inline.app.search.input.text();
    assert!(text.starts_with("jaar:") && text.ends_with(" brug"), "{text}");
    assert!(reader.inline.app.search.results.as_ref().unwrap().total < total);
    change(&mut reader, |r| r.facets = counted(r));
    reader.press("enter");
    assert_eq!(reader.inline.app.search.input.text(), "brug");
    assert_eq!(reader.inline.app.search.results.as_ref().unwrap().total, total);
}

#[test]
fn a_screen_of_any_size_shows_it() {
    let desk = Desk::new();
    let mut reader = searched(&desk, (140, 40), Lang::Nl, "onderhoud brug");
    change(&mut reader, full);
    for keys in ["v", "F", "j enter", "esc", "l", "tab", "v"] {
        for (w, h) in [(1, 1), (12, 3), (40, 10), (60, 12), (72, 16), (99, 20), (139, 30), (200, 60), (140, 40)] {
            reader.inline.resize(w, h);
            assert_eq!(reader.rows().len(), usize::from(h));
        }
        reader.press(keys);
    }
}

#[test]
fn one_key_asks_what_was_meant() {
    let desk = Desk::new();
    let mut reader = desk.sit(80, 24, Lang::Nl);
    reader.press("s").write("onderhuod");
    change(&mut reader, |r| r.suggestion = Some("onderhoud".to_owned()));
    reader.must_show("Bedoelde je “onderhoud”?");
    reader.press("ctrl-g");
    assert_eq!(reader.inline.app.search.input.text(), "onderhoud");
    assert!(reader.inline.app.search.results.as_ref().unwrap().total > 0);
}

#[test]
fn marked_hits_of_several_reports_are_coded_in_one_step_that_one_undo_takes_back() {
    let desk = Desk::new();
    let mut reader = searched(&desk, (140, 40), Lang::Nl, "brug");
    reader.press("A");
    let marked = reader.inline.app.search.marked.len();
    assert!(marked > 5, "{marked}");
    reader.press("c").write("Achterstallig onderhoud").press("enter");
    assert_eq!(desk.note_files().len(), marked, "{:?}", reader.inline.app.notice);
    assert!(reader.inline.app.search.marked.is_empty(), "the act is done");
    reader.press("u");
    assert_eq!(desk.note_files().len(), 0);
    reader.press("ctrl-r");
    assert_eq!(desk.note_files().len(), marked);
}

#[test]
fn one_text_on_all_that_is_marked_and_marks_stay_until_it_is_kept() {
    let desk = Desk::new();
    let mut reader = searched(&desk, (140, 40), Lang::Nl, "brug");
    reader.press("space j space a esc");
    assert_eq!(reader.inline.app.search.marked.len(), 2, "nothing was done yet");
    reader.press("a").write("Vergelijken.").press("ctrl-s");
    let files = desk.note_files();
    assert_eq!(files.len(), 2);
    assert!(files.iter().all(|f| std::fs::read_to_string(f).unwrap().contains("Vergelijken.")));
    assert!(reader.inline.app.search.marked.is_empty());
    reader.press("u");
    assert!(desk.note_files().is_empty());
}

#[test]
fn notes_and_passages_marked_together_get_tags_in_one_step() {
    let desk = Desk::new();
    let mut reader = searched(&desk, (140, 40), Lang::Nl, "brug");
    reader.press("a").write("De brug is te lang.").press("ctrl-s A t").write("nalezen").press("enter");
    let texts: Vec<String> = desk.note_files().iter().map(|f| std::fs::read_to_string(f).unwrap()).collect();
    assert!(texts.len() > 2 && texts.iter().all(|t| t.contains("nalezen")), "{texts:?}");
    reader.press("u");
    assert_eq!(desk.note_files().len(), 1);
}

#[test]
fn quotes_are_written_with_their_sources_and_nothing_is_written_over() {
    let desk = Desk::new();
    let path = desk.home.path().join("citaten.md");
    let mut reader = searched(&desk, (140, 40), Lang::Nl, "brug");
    reader.press("space j space x");
    reader.must_show("Schrijf naar: citaten.md");
    let erase = "backspace ".repeat("citaten.md".len());
    reader.press(erase.trim()).write(path.to_str().unwrap()).press("enter");
    let text = std::fs::read_to_string(&path).unwrap();
    assert!(text.contains("\n# Citaten bij “brug”\n"), "{text}");
    assert!(text.matches("\n> ").count() >= 2 && text.matches("\n— ").count() == 2, "{text}");
    reader.press("x").press(erase.trim()).write(path.to_str().unwrap()).press("enter");
    reader.must_show("er was niets te veranderen");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
}

#[test]
fn cited_quotes_of_all_marked_hits_go_on_the_clipboard() {
    let desk = Desk::new();
    let mut reader = searched(&desk, (140, 40), Lang::Nl, "brug");
    reader.press("space space space Y");
    let copied = reader.inline.copied.last().unwrap();
    assert!(copied.matches("‘").count() >= 3, "{copied}");
    assert!(copied.matches("\n\n").count() >= 2, "{copied}");
}

#[test]
fn other_places_of_a_hit_unfold_below_it_and_open() {
    let desk = Desk::new();
    let mut reader = searched(&desk, (140, 40), Lang::Nl, "onderhoud brug");
    change(&mut reader, full);
    reader.press("g g j").must_show("▸ ook op 2 andere plekken");
    let place = reader.inline.app.search.results.as_ref().unwrap().hits[1].also[0].clone();
    reader.press("l j").must_show("▾ ook op 2 andere plekken");
    assert_eq!(reader.inline.app.reader.pointed, Some(place.range), "it is shown beside the list");
    reader.press("enter");
    let spot = reader.inline.app.reader.spot().unwrap();
    assert_eq!((spot.doc, reader.inline.app.reader.cursor), (place.doc, place.range.start));
    reader.press("g s h");
    assert!(!reader.shows("▾"));
}

#[test]
fn what_a_word_is_found_by_is_told_without_colours_too() {
    use kantlijn::ui::{BUILT_IN, Depth, Role, Theme};
    for (name, _) in BUILT_IN {
        for depth in [Depth::None, Depth::Sixteen, Depth::Indexed, Depth::True] {
            let theme = Theme::built_in(name, depth);
            let marks = [Role::Text, Role::Hit, Role::HitForm, Role::HitPart, Role::HitNear];
            let weights = marks.map(|r| theme.style(r).add_modifier);
            for (i, a) in weights.iter().enumerate() {
                assert!(!weights[i + 1..].contains(a), "{name} {depth:?} {weights:?}");
            }
        }
    }
}

#[test]
fn more_reports_than_are_kept_open_are_highlighted_in_one_step() {
    let texts: Vec<(String, String)> = (0..20_u8)
        .map(|n| {
            let name = format!("{n:02}-peil.md");
            // words of its own, or all of them were one passage in twenty places
            let word =
                |k: u8| (0..7).map(|i| char::from(b'a' + (k * 5 + i * k + n * (i + 2)) % 26)).collect::<String>();
            (name, format!("# Peil {}\n\nDe stuw {} {} {} {} hapert.\n", word(1), word(2), word(3), word(4), word(5)))
        })
        .collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
    let desk = Desk::of(&files);
    let mut reader = searched(&desk, (100, 30), Lang::Nl, "stuw");
    reader.press("A H");
    assert_eq!(desk.note_files().len(), 20, "{:?}", reader.inline.app.notice);
    reader.must_show("20 notities in één keer bewaard");
    reader.press("u");
    assert_eq!(desk.note_files().len(), 0);
}

#[test]
fn a_hit_in_a_report_that_is_gone_refuses_the_act_and_keeps_the_marks() {
    let desk = Desk::new();
    let mut reader = searched(&desk, (140, 40), Lang::Nl, "brug");
    change(&mut reader, |r| r.hits[1].doc = Some(kantlijn::doc::DocId(77)));
    reader.press("A H").must_show("Een van de rapporten is er niet meer");
    assert!(desk.note_files().is_empty() && !reader.inline.app.search.marked.is_empty());
}

#[test]
fn a_click_on_what_was_meant_asks_it() {
    use kantlijn::app::{Mouse, MouseKind};
    let desk = Desk::new();
    let mut reader = searched(&desk, (80, 24), Lang::Nl, "onderhuod");
    change(&mut reader, |r| r.suggestion = Some("onderhoud".to_owned()));
    let y = reader.rows().iter().position(|r| r.contains("Bedoelde je")).unwrap() as u16;
    reader.inline.tell(Msg::Mouse(Mouse { kind: MouseKind::Down, x: 5, y }));
    assert_eq!(reader.inline.app.search.input.text(), "onderhoud");
}
