//! Find in one report: by words, letter by letter, by a pattern; on any text, in bounded time.

use crate::harness::Desk;
use crate::screens::same;
use kantlijn::doc::{Document, Lang};
use kantlijn::import::{Limits, read};
use kantlijn::lang::fold;
use kantlijn::search::{FindMode, Finding, PatternFault, Sought};
use proptest::prelude::*;
use std::time::Instant;

const PONT: &str = "# De pont\n\n## Wachttijd bij de veerpont\n\nDe Pont vaart elk half uur; wie de póntschipper kent, \
wacht\nkorter. Er varen “nieuwe\u{a0}ponten”.\n\n| Jaar | Ponten |\n|---|---|\n| 2030 | 12 |\n| 2031 | 14 |\n";

fn doc(text: &str) -> Document {
    read(text.as_bytes(), &Limits::default()).unwrap()
}

fn found(doc: &Document, mode: FindMode, text: &str, from: u32) -> Result<Vec<String>, PatternFault> {
    let finding = Finding::new(doc, &Sought::typed(mode, text), from, None)?;
    Ok(finding.all().into_iter().map(|r| doc.slice(r).to_owned()).collect())
}

#[test]
fn letters_are_found_inside_words_and_over_line_ends() {
    let doc = doc(PONT);
    let found = |text: &str| found(&doc, FindMode::Literal, text, 0).unwrap();
    assert_eq!(found("pont"), ["pont", "pont", "Pont", "pónt", "pont", "Pont"]);
    assert_eq!(found("PÓNTSCHIP"), ["póntschip"]);
    assert_eq!(found("Wacht  Korter").len(), 1);
    assert_eq!(found("\"nieuwe  ponten\""), ["“nieuwe ponten”"]);
    assert_eq!(found("pont vaart"), ["Pont vaart"]);
    assert_eq!(found("pont  x"), Vec::<String>::new());
    assert_eq!(found("   "), Vec::<String>::new());
    assert_eq!(found(".*"), Vec::<String>::new());
}

#[test]
fn a_pattern_is_taken_per_block_and_capitals_count_when_there_is_one() {
    let doc = doc(PONT);
    let found = |text: &str| found(&doc, FindMode::Regex, text, 0).unwrap();
    assert_eq!(found(r"\bpont\w*"), ["pont", "Pont", "ponten", "Ponten"]);
    assert_eq!(found(r"\bPont\w*"), ["Pont", "Ponten"]);
    assert_eq!(found(r"\b20\d\d\b"), ["2030", "2031"]);
    assert_eq!(found("^de pont"), ["De pont", "De Pont"]);
    // nothing matches between two letters, and no match runs from one block into the next
    assert_eq!(found("x*"), Vec::<String>::new());
    assert_eq!(found(r"pont\s+wachttijd"), Vec::<String>::new());
}

#[test]
fn what_is_wrong_with_a_pattern_is_said_in_both_languages() {
    use PatternFault as F;
    let doc = doc(PONT);
    let cases = [
        ("(a", F::OpenGroup),
        ("a)", F::ExtraParen),
        ("[a", F::OpenClass),
        ("[z-a]", F::BadClass),
        ("*", F::NothingToRepeat),
        ("a{2,1}", F::BadCount),
        ("a\\", F::BadEscape),
        ("(?=a)", F::NotKnown),
        (r"(a)\1", F::NotKnown),
        (r"((\w{90}){90}){90}", F::TooLarge),
        (&format!("{}a{}", "(".repeat(99), ")".repeat(99)), F::TooLarge),
    ];
    for (text, fault) in cases {
        assert_eq!(found(&doc, FindMode::Regex, text, 0), Err(fault), "{text:.20}");
        assert_ne!(fault.text(Lang::Nl), fault.text(Lang::En));
    }
}

#[test]
fn finding_begins_where_the_reader_stands_and_goes_around() {
    let doc = doc(PONT);
    let middle = doc.text().find("vaart").unwrap() as u32;
    let mut finding = Finding::new(&doc, &Sought::typed(FindMode::Words, "pont"), middle, None).unwrap();
    while !finding.has_next() {
        assert!(finding.step());
    }
    let first = finding.found();
    assert!(first.iter().any(|r| r.start > middle) && !finding.is_done(), "{first:?}");
    let all = finding.all();
    assert!(all.len() > first.len() && all.windows(2).all(|w| w[0].end <= w[1].start));
    assert_eq!(all, Finding::new(&doc, &Sought::typed(FindMode::Words, "pont"), 0, None).unwrap().all());
}

#[test]
fn no_step_takes_long_in_a_report_of_ten_megabytes() {
    let line = "Het veer naar de overkant vaart niet bij mist en dat kost de reizigers tijd. ";
    let long = line.repeat(500);
    let mut text = String::from("# Verslag\n\n");
    while text.len() < 10 << 20 {
        text.push_str(&long);
        text.push_str("\n\n");
    }
    text.push_str("Hier staat de laatste steiger.\n");
    let doc = doc(&text);
    let lines = doc.text().matches("mist").count();
    for (mode, sought, hits) in [
        (FindMode::Literal, "DE STEIGER", 0),
        (FindMode::Literal, "laatste   steiger", 1),
        (FindMode::Literal, "mist", lines),
        (FindMode::Regex, "(laatste|eerste) steiger", 1),
        (FindMode::Regex, r"(\w+\s*)+!", 0),
        (FindMode::Words, "steigers", 1),
    ] {
        let mut finding = Finding::new(&doc, &Sought::typed(mode, sought), doc.text().len() as u32 / 2, None).unwrap();
        let mut steps = 0;
        let watch = Instant::now();
        while finding.step() {
            steps += 1;
            // of the words a few are enough to see it
            if mode == FindMode::Words && steps == 200 {
                break;
            }
        }
        let each = watch.elapsed() / (steps + 1);
        assert!(each.as_millis() < 250, "{sought}: {each:?} a step");
        if mode != FindMode::Words {
            assert_eq!(finding.found().len(), hits, "{sought}");
        }
    }
}

#[test]
fn the_line_of_find_names_its_ways_and_counts() {
    for (w, lang, size) in [(80, Lang::Nl, "nl-80x24"), (120, Lang::Nl, "nl-120x24"), (120, Lang::En, "en-120x24")] {
        let desk = Desk::new();
        let mut reader = desk.sit(w, 24, lang);
        reader.press("enter g g /").write("warmte");
        same(&format!("find-words-{size}"), &reader);
        reader.press("ctrl-t");
        same(&format!("find-literal-{size}"), &reader);
        reader.press("ctrl-t").write(r"(net|n)?");
        same(&format!("find-regex-{size}"), &reader);
        reader.write("(");
        same(&format!("find-fault-{size}"), &reader);
    }
}

#[test]
fn what_was_found_stays_marked_and_the_next_one_is_said_to_be_around_the_corner() {
    let desk = Desk::new();
    let mut reader = desk.sit(120, 30, Lang::Nl);
    reader.press("enter g g / ctrl-t").write("knelpunt").press("enter");
    let counter = reader.inline.app.find_counter();
    let of: usize = counter.split('/').nth(1).unwrap().parse().unwrap();
    assert!(of > 3, "{counter}");
    for _ in 0..of {
        reader.press("n");
    }
    assert_eq!(reader.inline.app.find_counter(), counter);
    let said = &reader.inline.app.notice.as_ref().unwrap().text;
    reader.must_show(said);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Any piece of a block is found where it stands, in any writing of its case and blanks, and every match is one. Words
    /// begin with a letter: a dash in front of a line would be a bullet, and is not in the text.
    #[test]
    fn every_piece_of_a_text_is_found_in_it(words in prop::collection::vec("[a-zA-Zéëçß][a-zA-Zéëçßﬁ–“0-9]{0,8}", 3..40), at in 0usize..30, many in 1usize..4) {
        let doc = doc(&words.join(" "));
        let at = at % words.len();
        let piece = words[at..(at + many).min(words.len())].join("  ").to_uppercase();
        let level = |text: &str| fold(&text.replace(['–', '—'], "-").replace('“', "\"")).split_whitespace().collect::<Vec<_>>().join(" ");
        let hits = Finding::new(&doc, &Sought::Literal(piece.clone()), 0, None).unwrap().all();
        prop_assert!(!hits.is_empty(), "{piece:?} in {:?}", doc.text());
        for hit in &hits {
            prop_assert!(level(doc.slice(*hit)).contains(level(&piece).trim()), "{:?} for {piece:?}", doc.slice(*hit));
        }
    }

    /// Any text at all, as any pattern, in any report: an answer or a reason.
    #[test]
    fn anything_may_be_sought_in_anything(text in "\\PC{0,200}", sought in "\\PC{0,30}", mode in 0usize..3, from in 0u32..300) {
        // what looks like no text at all is not read
        let Ok(doc) = read(text.as_bytes(), &Limits::default()) else { return Ok(()) };
        if let Ok(finding) = Finding::new(&doc, &Sought::typed(FindMode::ALL[mode], &sought), from, None) {
            let hits = finding.all();
            prop_assert!(hits.windows(2).all(|w| w[0].start < w[1].start));
            for hit in hits {
                prop_assert!(!hit.is_empty() && doc.text().get(hit.as_usize()).is_some());
            }
        }
    }
}

#[test]
fn words_are_found_as_the_library_knows_them() {
    let desk = Desk::new();
    let mut reader = desk.sit(120, 30, Lang::Nl);
    // misspelled: what the search makes of it is found here too
    reader.press("enter g g /").write("vergunnig").press("enter");
    let text = &reader.inline.app.reader;
    let found = text.hits.found.first().map(|r| text.open.as_ref().unwrap().doc.slice(*r).to_lowercase());
    assert!(found.as_ref().is_some_and(|w| w.contains("vergunning")), "{found:?}\n{}", reader.text());
}
