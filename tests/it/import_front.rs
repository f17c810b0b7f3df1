//! Import: title pages, running heads, signatures and tables of contents, and what contents say of levels.

use kantlijn::doc::{BlockKind, Document};
use kantlijn::import::{Limits, read};

fn open(text: &str) -> Document {
    read(text.as_bytes(), &Limits::default()).unwrap()
}

fn veerdienst() -> String {
    std::fs::read_to_string(format!("{}/tests/fixtures/import/veerdienst.txt", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn outline(doc: &Document) -> Vec<String> {
    doc.outline().sections().iter().map(|s| format!("{} {}", s.level, s.label())).collect()
}

const FERRIES: [&str; 9] = [
    "1 Jaarbeeld van de veerponten 2031",
    "2 Voorwoord",
    "2 1 Wat er vaart",
    "2 2 Knelpunten op het water",
    "3 Knelpunt 1: De pont wacht op een monteur",
    "4 Wat is nodig",
    "3 Knelpunt 2: Niemand telt de fietsers",
    "4 Wat is nodig",
    "2 3 Wat er nog komt",
];

#[test]
fn a_running_head_with_a_year_in_it_is_furniture_and_numbers_the_pages() {
    let doc = open(&veerdienst());
    assert!(!doc.text().contains("Veren en Ponten  "), "{}", doc.text());
    assert_eq!(doc.text().matches("Jaarbeeld van de veerponten").count(), 1);
    let labels: Vec<_> = doc.source().pages().iter().map(|p| p.page.label.clone()).collect();
    let printed: Vec<_> = ["2", "3", "4", "5", "6"].map(|l| Some(l.to_string())).to_vec();
    assert_eq!(labels[labels.len() - 5..], printed);
}

#[test]
fn lines_that_only_count_up_stay_where_they_are_part_of_something() {
    // Rows that stand together are a table, however much they look alike.
    let rows = "Er is geteld.\n\nVeren en ponten in 2031      2\nVeren en ponten in 2031      3\nVeren en ponten in 2031      4\n\nDat was alles.\n";
    assert_eq!(open(rows).text().matches("Veren en ponten").count(), 3);
    // Where the year moves too, the line says something new each time.
    let years = (1..5).map(|n| format!("Ponten in het jaar 203{n}      {n}\n\nEr voer er weer een meer dan toen.\n\n"));
    assert_eq!(open(&years.collect::<String>()).text().matches("Ponten in het jaar").count(), 4);
}

#[test]
fn a_title_page_names_the_report() {
    let doc = open(&veerdienst());
    let part = &doc.outline().parts()[0];
    assert_eq!(part.title, "Jaarbeeld van de veerponten 2031");
    assert_eq!(part.org.as_deref(), Some("Rijksinstituut Veren en Ponten (RVP)"));
    assert_eq!((part.date.as_deref(), part.year), (Some("2032-04-09"), Some(2031)));
    assert_eq!(outline(&doc), FERRIES);
    // Short lines that name no report, and lines that no chapter follows.
    let text = "Hierna volgt gewone tekst die nergens bij hoort en ook geen hoofdstuk is.";
    let names_none = format!("Gemeente Veerdam\n\n3 mei 2031\n\n1 Begin\n\n{text}\n\n2 Einde\n\n{text}\n");
    let no_chapter = format!("Gemeente Veerdam\n\nOver ponten\n\n3 mei 2031\n\n{text}\n\n{text}\n");
    for lines in [names_none, no_chapter] {
        assert_eq!(open(&lines).outline().parts()[0].title, "", "{lines}");
    }
}

#[test]
fn who_signs_a_foreword_is_no_heading() {
    let doc = open(&veerdienst());
    let signed = doc.blocks().iter().find(|b| doc.slice(b.range).starts_with("Dorothea")).unwrap();
    assert_eq!(doc.slice(signed.range), "Dorothea van den Oever\ndirecteur RVP");
    assert_eq!(signed.kind, BlockKind::Code);
    assert_eq!(doc.outline().section(signed.section).title, "Voorwoord");
}

/// A report in Markdown with this table of contents, and this much text in each section.
fn marked(contents: &str) -> String {
    let text = "Hier staat wat er over dit onderwerp te zeggen valt, en dat is genoeg om als lopende tekst te gelden.";
    let heads = ["# Voorwoord", "# 1 Wat er vaart", "## 1.1 Ponten", "# 2 Twee knelpunten"];
    let labelled = ["# Knelpunt 1\n\n## De monteur", "### Wat is nodig", "# Knelpunt 2\n\n## De fietser"];
    let body = heads.iter().chain(&labelled).chain(&["# 3 Wat er komt"]).map(|h| format!("{h}\n\n{text}\n\n"));
    format!("# Jaarbeeld 2031\n\n# Inhoud\n\n{contents}\n\n{}", body.collect::<String>())
}

const MARKED: [&str; 9] = [
    "1 Jaarbeeld 2031",
    "2 Voorwoord",
    "2 1 Wat er vaart",
    "3 1.1 Ponten",
    "2 2 Twee knelpunten",
    "3 Knelpunt 1: De monteur",
    "4 Wat is nodig",
    "3 Knelpunt 2: De fietser",
    "2 3 Wat er komt",
];

#[test]
fn contents_without_page_numbers_are_furniture() {
    let list = "- Voorwoord\n- 1 Wat er vaart\n- 2 Twee knelpunten\n- 3 Wat er komt";
    let links = "- [Voorwoord](#a)\n- [1 Wat er vaart](#b)\n- [2 Twee knelpunten](#c)\n- [3 Wat er komt](#d)";
    let lines = "[Voorwoord](#a)\n\n[1 Wat er vaart](#b)\n\n[3 Wat er komt](#d)";
    for contents in [list, links, lines] {
        let doc = open(&marked(contents));
        assert_eq!(outline(&doc), MARKED, "{contents}");
        assert!(!doc.text().contains("Inhoud"), "{contents}");
        assert_eq!(doc.text().matches("Wat er komt").count(), 1, "{contents}");
    }
    // A list of other things under the same word is text.
    let other = open(&marked("- zestig bouten\n- vier moeren\n- Voorwoord"));
    assert!(other.text().contains("zestig bouten") && other.text().contains("Inhoud"));
}

#[test]
fn a_chapter_that_announces_labels_holds_them() {
    assert_eq!(outline(&open(&marked("Zie de volgende bladzijden.")))[2..], {
        let mut all = MARKED.to_vec();
        all.insert(1, "2 Inhoud");
        all[2..].to_vec()
    });
    // One that speaks of something else doesn't.
    let doc = open(&marked("").replace("# 2 Twee knelpunten", "# 2 Twee zorgen"));
    assert!(outline(&doc).contains(&"2 Knelpunt 1: De monteur".to_string()), "{:?}", outline(&doc));
    // A list set in steps says it itself.
    let steps = "- 1 Wat er vaart ..... 2\n- 2 Twee zorgen ..... 3\n  - Knelpunt 1 De monteur ..... 3\n  - Knelpunt 2 De fietser ..... 4\n- 3 Wat er komt ..... 5";
    let doc = open(&marked(steps).replace("# 2 Twee knelpunten", "# 2 Twee zorgen"));
    assert!(outline(&doc).contains(&"3 Knelpunt 1: De monteur".to_string()), "{:?}", outline(&doc));
}

#[test]
fn a_hyphen_at_a_line_end_is_judged_by_the_words_of_the_text() {
    let line = "Wie hier leest ziet dat alle regels door een mens met de hand zijn afgebroken op een";
    let text = |end: &str, next: &str, rest: &str| {
        format!(
            "{line}\nvaste breedte en daarbij bleef {end}\n{next} staan zoals dat in oude boeken wel vaker is gedaan.\n\n{rest}\n{line}\nvaste breedte.\n"
        )
    };
    let kept = open(&text("de zeil-", "boot", "Een zeil-boot is een zeil-boot."));
    assert!(kept.text().contains("de zeil-boot staan"), "{}", kept.text());
    let gone = open(&text("de zeil-", "boot", "Een zeilboot is een zeilboot."));
    assert!(gone.text().contains("de zeilboot staan"), "{}", gone.text());
    let doubtful = open(&text("de zeil-", "boot", "Het zeil is een zeil en een boot is een boot."));
    let broken =
        doubtful.spans().iter().find(|s| matches!(&s.style, kantlijn::doc::SpanStyle::Broken(o) if o == "zeil-boot"));
    assert_eq!(broken.map(|s| doubtful.slice(s.range)), Some("zeilboot"));
}

#[test]
fn contents_in_plain_text_are_furniture_without_page_numbers() {
    let body = "    Hier staat wat er over dit onderwerp te zeggen valt, en dat is genoeg om als\n    lopende tekst te gelden.";
    let text = format!(
        "          Vragen over ponten\n\n          Versie 2.1\n\nInhoudsopgave\n\n1. De pont\n    1.1. Wat is een pont?\n    1.2. Wie vaart er mee, en wie\n    betaalt dat?\n2. De steiger\n    2.1. Waar ligt hij?\n\nHoofdstuk 1. De pont\n\n1.1. Wat is een pont?\n\n{body}\n\n1.2. Wie vaart er mee, en wie betaalt\ndat?\n\n{body}\n\n    Vaarbewijs\n\n{body}\n\nHoofdstuk 2. De steiger\n\n2.1. Waar ligt hij?\n\n{body}\n"
    );
    let doc = open(&text);
    assert_eq!(
        outline(&doc),
        [
            "1 Vragen over ponten",
            "2 Hoofdstuk 1: De pont",
            "3 1.1 Wat is een pont?",
            "3 1.2 Wie vaart er mee, en wie betaalt dat?",
            "2 Hoofdstuk 2: De steiger",
            "3 2.1 Waar ligt hij?",
        ]
    );
    assert!(!doc.text().contains("Inhoudsopgave"), "{}", doc.text());
}

#[test]
fn a_page_number_may_say_of_how_many() {
    let body = "Hier staat wat er over de pont te zeggen valt, en dat is genoeg om als lopende tekst te gelden.\n\n";
    let pages: Vec<String> = (1..=5).map(|n| format!("{body}{body}Pagina {n} van 5\n\n")).collect();
    let doc = open(&pages.concat());
    assert!(!doc.text().contains("Pagina"), "{}", doc.text());
    assert_eq!(doc.furniture()[0].count, 5);
    assert_eq!(doc.source().pages().last().and_then(|p| p.page.label.as_deref()), Some("5"));
}
