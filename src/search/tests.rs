#![allow(clippy::unwrap_used, clippy::panic)]
use super::marks::{Marker, snippet};
use super::passages::passages;
use super::plan::Plan;
use super::*;
use crate::doc::Lang;
use crate::import::{Limits, read};
use crate::lang::Analyser;
use proptest::prelude::*;

fn shown(text: &str, query: &str) -> (String, Vec<String>) {
    let mut analyser = Analyser::default();
    let marker = Marker::new(&Plan::new(&Query::parse(query), false, &mut analyser));
    let found = marker.marks(text, Lang::Nl, &[], &mut analyser);
    let (snippet, marks, _) = snippet(text, &found);
    let words = marks.iter().map(|m| snippet[m.as_usize()].to_owned()).collect();
    (snippet, words)
}

#[test]
fn a_snippet_is_one_line_around_what_was_asked() {
    let filler = "Hier staat een zin die nergens over gaat. ".repeat(20);
    let text = format!("Kop\n\n{filler}De sluis in het kanaal is dicht. {filler}");
    let (snippet, words) = shown(&text, "sluis kanalen");
    assert!(snippet.starts_with("… ") && snippet.ends_with(" …") && snippet.len() < 330, "{snippet}");
    assert_eq!(words, ["sluis", "kanaal"]);
    assert_eq!(shown("a\tb\nsluis\u{1b}[2J", "sluis"), ("a | b · sluis [2J".into(), vec!["sluis".into()]));
    assert_eq!(shown("niets", "sluis").1, Vec::<String>::new());
}

#[test]
fn a_mark_is_the_word_or_the_phrase_as_it_stands() {
    assert_eq!(shown("De (gezins)locaties van KB&W.", "locatie kbw").1, ["(gezins)locaties", "KB&W"]);
    assert_eq!(shown("op 3 mei 2031 en 3-5-2031", "3-5-2031").1, ["3 mei 2031", "3-5-2031"]);
    assert_eq!(shown("recht op een recht op", "\"recht op\"").1, ["recht op", "recht op"]);
    assert_eq!(shown("VOG-NP en vog np", "VOG-NP").1, ["VOG-NP", "vog np"]);
    assert_eq!(shown("de zaak van de stad", "de zaak").1, ["zaak"]);
    assert_eq!(shown("de stad", "de").1, ["de"]);
}

#[test]
fn long_blocks_are_cut_at_sentences_and_rows() {
    let sentence = "Dit is een zin van de eigen hand met een punt. ";
    let table: String = (0..200).map(|i| format!("| rij {i} | {} |\n", i * 7)).collect();
    let text =
        format!("# Titel\n\n## Lang\n\n{}\n\n## Tabel\n\n| naam | getal |\n|---|---|\n{table}", sentence.repeat(300));
    let doc = read(text.as_bytes(), &Limits::default()).unwrap();
    let all = passages(&doc);
    assert!(all.len() > 5);
    for (a, b) in all.iter().zip(&all[1..]) {
        assert!(a.range.end <= b.range.start);
        assert!(doc.text()[a.range.end as usize..b.range.start as usize].trim().is_empty(), "nothing falls between");
    }
    for p in &all {
        let lines = doc.source().lines(p.range).unwrap();
        assert!(lines.to - lines.from < 60 && p.range.len() <= 4_000, "{p:?}");
        assert!(
            doc.slice(p.range).ends_with(['.', '\t']) || doc.slice(p.range).ends_with(|c: char| c.is_alphanumeric())
        );
    }
    assert_eq!(all.first().unwrap().range.start, 0);
    assert_eq!(all.last().unwrap().range.end as usize, doc.text().len());
}

proptest! {
    #[test]
    fn any_text_is_cut_without_loss(text in "[a-z .\n#|*\\-]{0,400}|.{0,200}") {
        if let Ok(doc) = read(text.as_bytes(), &Limits::default()) {
            let all = passages(&doc);
            let kept: usize = all.iter().map(|p| doc.slice(p.range).split_whitespace().count()).sum();
            prop_assert_eq!(kept, doc.text().split_whitespace().count());
        }
    }

    #[test]
    fn snippets_hold_their_marks(text in "([a-zé]{1,8}[ .\n\t]){0,120}", word in "[a-zé]{1,3}") {
        let mut analyser = Analyser::default();
        let marker = Marker::new(&Plan::new(&Query::parse(&format!("{word}*")), false, &mut analyser));
        let found = marker.marks(&text, Lang::Nl, &[], &mut analyser);
        let (shown, marks, kinds) = snippet(&text, &found);
        prop_assert!(!shown.contains(['\n', '\t']));
        prop_assert!(found.is_empty() || !marks.is_empty(), "{} in {:?}", word, shown);
        prop_assert_eq!(marks.len(), kinds.len());
        for m in &marks {
            let marked = &shown[m.as_usize()];
            prop_assert!(found.iter().any(|f| &text[f.range.as_usize()] == marked));
        }
    }
}
