#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;
use crate::doc::{Block, BlockId, BlockKind, Edition, Format, Lang, Outline, Part, PartKind, RawDocument, SourceMap};
use crate::knelpunt::Own;
use Certainty::{Candidate, Explicit, Mention};

/// A document of lines: `= title | org | year` begins a part, `## title` or `## [label] title` a section, `- ` is an
/// item, anything else a paragraph.
fn document(lines: &str) -> Document {
    let mut text = String::new();
    let mut blocks = Vec::new();
    let mut sections: Vec<Section> = Vec::new();
    let mut parts: Vec<Part> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    for line in lines.lines().map(str::trim).filter(|l| !l.is_empty()) {
        if !text.is_empty() {
            text.push_str("\n\n");
        }
        let start = text.len();
        let marks = line.bytes().take_while(|b| *b == b'#').count();
        let (kind, words) = if let Some(head) = line.strip_prefix("= ") {
            (BlockKind::Heading { level: 1 }, head.split('|').next().unwrap().trim())
        } else if marks > 0 {
            (BlockKind::Heading { level: marks as u8 }, line[marks..].trim())
        } else if let Some(words) = line.strip_prefix("- ") {
            (BlockKind::Item { depth: 0, marker: "•".into(), lead_in: None }, words)
        } else {
            (BlockKind::Paragraph, line)
        };
        text.push_str(&words.replace(['[', ']'], ""));
        let range = TextRange::from(start..text.len());
        if let BlockKind::Heading { level } = kind {
            while open.last().is_some_and(|s| sections[*s].level >= level) {
                open.pop();
            }
            if level == 1 {
                let field = |i: usize| line.split('|').nth(i).map(|f: &str| f.trim().to_string());
                parts.push(Part {
                    root: SectionId(sections.len() as u32),
                    title: words.to_string(),
                    org: field(1).filter(|o| !o.is_empty()),
                    date: None,
                    year: field(2).and_then(|y| y.parse().ok()),
                    kind: PartKind::Report,
                    lang: Lang::Nl,
                    range,
                });
            }
            let labelled = words.strip_prefix('[').and_then(|w| w.split_once(']'));
            sections.push(Section {
                number: labelled.map(|(label, _)| label.to_string()),
                title: labelled.map_or(words, |(_, title)| title).trim().to_string(),
                level,
                parent: open.last().map(|s| SectionId(*s as u32)),
                part: PartId(parts.len() as u32 - 1),
                heading: Some(BlockId(blocks.len() as u32)),
                range,
                confidence: 1.0,
            });
            open.push(sections.len() - 1);
        }
        for section in &open {
            sections[*section].range.end = range.end;
        }
        parts.last_mut().unwrap().range.end = range.end;
        blocks.push(Block { range, kind, section: SectionId(*open.last().unwrap() as u32) });
    }
    Document::freeze(RawDocument {
        edition: Edition::of(text.as_bytes()),
        format: Format::Plain,
        text,
        blocks,
        spans: Vec::new(),
        outline: Outline::new(sections, parts),
        source: SourceMap::default(),
        furniture: Vec::new(),
        warnings: Vec::new(),
    })
    .unwrap()
}

/// What is found, as (certainty, label or nothing, title, titles of asks).
fn found(doc: &Document) -> Vec<(Certainty, String, String, Vec<String>)> {
    let all = detect(doc, &Rules::builtin());
    for f in &all {
        assert!(f.asks.iter().all(|a| f.range.covers(a.range)), "{f:?}");
        assert!(f.asks.windows(2).all(|a| a[0].range.end <= a[1].range.start), "{f:?}");
    }
    assert!(all.is_sorted_by_key(|f| f.range.start));
    all.into_iter()
        .map(|f| (f.certainty, f.label.unwrap_or_default(), f.title, f.asks.into_iter().map(|a| a.title).collect()))
        .collect()
}

fn entry(certainty: Certainty, label: &str, title: &str, asks: &[&str]) -> (Certainty, String, String, Vec<String>) {
    (certainty, label.into(), title.into(), asks.iter().map(|a| (*a).to_string()).collect())
}

#[test]
fn labelled_sections_are_explicit_each_once() {
    let doc = document(
        "= Jaarbeeld | Waterbureau | 2025
        ## Voorwoord
        Dit jaarbeeld noemt twee knelpunten.
        ### Twee knelpunten
        Ze hangen samen.
        ### [Knelpunt 1] Dijken wachten te lang
        In het kort.
        ## [Knelpunt 1] Dijken wachten te lang
        Het grootste knelpunt is het geld. Er is veel te doen aan de dijken in het hele land.
        ### Wat vraagt het Waterbureau?
        - Maak geld vrij.
        - Kort de procedure in.
        ### Achtergrond
        Het wachten duurt al jaren.
        ## [Knelpunt 2] Te weinig mensen
        Voor de komende jaren vragen wij het kabinet:
        - ruimte om te werven
        - een opleiding
        Meer staat in de bijlage.",
    );
    assert_eq!(
        found(&doc),
        [
            entry(Mention, "", "Dit jaarbeeld noemt twee knelpunten", &[]),
            entry(Mention, "", "Twee knelpunten", &[]),
            entry(Explicit, "Knelpunt 1", "Dijken wachten te lang", &["Wat vraagt het Waterbureau?"]),
            entry(Explicit, "Knelpunt 2", "Te weinig mensen", &["Voor de komende jaren vragen wij het kabinet"]),
        ]
    );
}

#[test]
fn labels_are_read_from_titles_and_in_english() {
    let doc = document(
        "= State of the Harbour Office | Harbour Office | 2024
        ## Bottleneck 1: Permits come late
        Ships wait.
        ### What we ask of the minister
        Decide within eight weeks.
        ## Bottleneck 2 – Old systems
        They fail.
        ### Recommendations
        Replace them.",
    );
    assert_eq!(
        found(&doc),
        [
            entry(Explicit, "Bottleneck 1", "Permits come late", &["What we ask of the minister"]),
            entry(Explicit, "Bottleneck 2", "Old systems", &["Recommendations"]),
        ]
    );
}

#[test]
fn chapters_that_a_report_presents_as_knelpunten() {
    let doc = document(
        "= Stand van de Loketdienst | Loketdienst | 2025
        ## Voorwoord
        In dit rapport nemen we de lezer mee langs onze knelpunten.
        ## Wachttijden aan de balie
        Het is druk.
        ### Wat doen we er zelf aan?
        Wij werken door.
        ### Wat zou ons helpen?
        Meer balies.
        ## [Thema II] Verouderde registers
        Ze zijn oud, en niemand weet wat er in staat.
        ## Bereikbaarheid
        Veel inwoners wonen ver weg. Daarom is van de gemeenten nodig:
        - een bus
        ## Cijfers
        Er kwamen duizend mensen.
        ## Conclusie
        Wij vragen het kabinet:
        - om geduld",
    );
    assert_eq!(
        found(&doc),
        [
            entry(Mention, "", "In dit rapport nemen we de lezer mee langs onze knelpunten", &[]),
            entry(Explicit, "", "Wachttijden aan de balie", &["Wat zou ons helpen?"]),
            entry(Explicit, "Thema II", "Verouderde registers", &[]),
            entry(Explicit, "", "Bereikbaarheid", &["Daarom is van de gemeenten nodig"]),
        ]
    );
}

#[test]
fn several_chapters_that_end_in_asks_are_explicit_and_a_lone_one_is_a_candidate() {
    let two = document(
        "= Brief | Tolkamer | 2023
        ## Tarieven
        Ze stijgen.
        ### Wat wij van de politiek vragen
        Een plafond.
        ## Tolpoorten
        Ze roesten.
        ### Wat wij van de politiek vragen
        Verf.",
    );
    assert!(found(&two).iter().all(|f| f.0 == Explicit));
    assert_eq!(found(&two).len(), 2);
    let one = document(
        "= Brief | Tolkamer | 2023
        ## Tarieven
        Ze stijgen.
        ### Wat wij van de politiek vragen
        Een plafond.
        ## Tolpoorten
        Ze roesten.",
    );
    assert_eq!(found(&one), [entry(Candidate, "", "Tarieven", &["Wat wij van de politiek vragen"])]);
}

#[test]
fn sections_of_a_chapter_headed_knelpunten() {
    let doc = document(
        "= Verslag | Boswacht | 2022
        ## Taken
        Bomen.
        ## Belangrijkste knelpunten
        Het zijn er twee.
        ### Droogte
        Het brandt.
        ### Stroperij
        Het knalt.
        ### Aanbevelingen
        Water.",
    );
    assert_eq!(
        found(&doc),
        [
            entry(Mention, "", "Belangrijkste knelpunten", &[]),
            entry(Explicit, "", "Droogte", &[]),
            entry(Explicit, "", "Stroperij", &[]),
        ]
    );
}

#[test]
fn passages_are_candidates_or_mentions() {
    let doc = document(
        "= Verslag | Boswacht | 2022
        ## Beheer
        De dienst helpt om knelpunten snel te melden. Niets aan de hand.
        De droogte leidde tot knelpunten in het beheer van de heide, ook elders.
        ## Een knelpunt rond de stroperij
        Het is een knelpunt.
        ## Slot
        The biggest bottleneck is water.",
    );
    assert_eq!(
        found(&doc),
        [
            entry(Mention, "", "De dienst helpt om knelpunten snel te melden", &[]),
            entry(Candidate, "", "knelpunten in het beheer van de heide", &[]),
            entry(Candidate, "", "Een knelpunt rond de stroperij", &[]),
            entry(Candidate, "", "The biggest bottleneck is water", &[]),
        ]
    );
}

#[test]
fn a_report_without_the_word_has_none() {
    let doc = document(
        "= Handleiding | |
        ## Vragen
        ### Veelgestelde vragen aan ons
        Waar is de balie?
        ### Hulp bij invullen
        Bel ons.
        ## Afdelingen
        ### Hulp en Herstel (AHH)
        Zij helpen.
        ### Team Behoefte en Regie (TBR)
        Zij regisseren.",
    );
    assert!(found(&doc).is_empty(), "{:?}", found(&doc));
}

#[test]
fn ids_are_stable_and_unique() {
    let ids = |lines: &str| -> Vec<String> {
        detect(&document(lines), &Rules::builtin()).into_iter().map(|f| f.id).collect()
    };
    let report = "= Jaarbeeld | Bureau Één | 2025
        ## [Knelpunt 1] Dijken
        Hoog.
        ## [Knelpunt 2] Sluizen
        Dicht.";
    let edited = "= Jaarbeeld | Bureau Één | 2025
        ## Nieuw voorwoord
        Met woorden vooraf.
        ## [Knelpunt 1] Dijken
        Hoger.
        ## [Knelpunt 2] Sluizen
        Dicht.";
    assert_eq!(ids(report), ["bureau-een-2025.knelpunt-1", "bureau-een-2025.knelpunt-2"]);
    assert_eq!(ids(report), ids(edited));
    let twice = format!("{report}\n{report}");
    assert_eq!(
        ids(&twice),
        [
            "bureau-een-2025.knelpunt-1",
            "bureau-een-2025.knelpunt-2",
            "bureau-een-2025.knelpunt-1-2",
            "bureau-een-2025.knelpunt-2-2",
        ]
    );
    let unnamed = ids("= Overzicht 2024 | |2024\n## Een knelpunt in de bouw\nHier.");
    assert_eq!(unnamed, ["overzicht-2024.een-knelpunt-in-de-bouw"]);
}

#[test]
fn a_reader_adds_words() {
    let lines = "= Rapport | Dienst | 2025
        ## [Pijnpunt 1] Ruimte
        Klein.
        ### Wat wij vragen
        Meer.";
    let words = |word: &str| Own { words: vec![word.into()], ..Own::default() };
    let rules = Rules::with(&words("pijnpunt(en)?")).unwrap();
    let all = detect(&document(lines), &rules);
    assert_eq!((all.len(), all[0].label.as_deref(), all[0].asks.len()), (1, Some("Pijnpunt 1"), 1));
    let other = Own { labels: vec!["x".into()], ..Own::default() };
    let stamps = [Rules::stamp(&Own::default()), Rules::stamp(&words("x")), Rules::stamp(&other)];
    assert!(stamps[0] != stamps[1] && stamps[0] != stamps[2] && stamps[1] != stamps[2]);
    assert_eq!(Rules::with(&words("(")).unwrap_err().pattern, "(");
    assert!(Rules::with(&words("a*")).is_err());
    assert_eq!(words("(").usable(), Own::default());
}

#[test]
fn a_reader_adds_labels_words_of_asking_and_phrases() {
    let doc = document(
        "= Rapport | Dienst | 2025
        ## [Hobbel 1] Ruimte
        Klein.
        ### Onze smeekbede aan de minister
        Meer.
        ## Beheer
        De planning loopt spaak. Dat is bekend.",
    );
    let own = Own {
        labels: vec!["hobbel".into()],
        asking: vec!["smeekbeden?".into()],
        candidates: vec!["loopt spaak".into()],
        ..Own::default()
    };
    let all = detect(&doc, &Rules::with(&own).unwrap());
    let seen: Vec<_> = all.iter().map(|f| (f.certainty, f.title.as_str(), f.asks.len())).collect();
    assert_eq!(seen, [(Explicit, "Ruimte", 1), (Candidate, "De planning loopt spaak", 0)]);
}

#[test]
fn an_empty_report_has_none() {
    assert!(found(&document("= Leeg | |")).is_empty());
}

#[test]
fn lists_of_knelpunten_are_candidates_in_a_section_that_is_one_too() {
    let doc = document(
        "= Rapport | Dienst | 2025
        ## Voorwoord
        Dit rapport beschrijft deze knelpunten:
        - Het water stijgt te snel
        - Het zand is op
        ## [Knelpunt 1] Het water stijgt te snel
        Een plan lost deze knelpunten op den duur op. Het gaat om drie knelpunten:
        - Pompen. Ze zijn oud.
        - Peil: niemand stelt het vast.
        - Pegels
        ## [Knelpunt 2] Het zand is op
        Er is geen zand.",
    );
    assert_eq!(
        found(&doc),
        [
            entry(Mention, "", "Dit rapport beschrijft deze knelpunten:", &[]),
            entry(Explicit, "Knelpunt 1", "Het water stijgt te snel", &[]),
            entry(Candidate, "", "Pompen", &[]),
            entry(Candidate, "", "Peil", &[]),
            entry(Candidate, "", "Pegels", &[]),
            entry(Explicit, "Knelpunt 2", "Het zand is op", &[]),
        ]
    );
}
