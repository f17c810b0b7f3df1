//! Search through its public face: an index in memory and documents of our own writing.

use kantlijn::doc::{Document, Lang, TextRange};
use kantlijn::import::{Limits, read};
use kantlijn::search::{
    DocEntry, DocId, Finding, HitKind, Index, KnelpuntRange, NoteEntry, Options, Query, Results, SearchError, Sort,
    Sought, Step, Texts, Why, Without, marks,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

/// All places of a query in an open document.
fn find_in(doc: &Document, query: &Query, open: bool) -> Vec<TextRange> {
    Finding::new(doc, &Sought::Words { query: query.clone(), open }, 0, None).unwrap().all()
}

/// The documents a test has indexed.
#[derive(Default)]
struct Shelf(BTreeMap<DocId, Document>);

impl Texts for Shelf {
    fn text(&self, doc: DocId, range: TextRange) -> Option<String> {
        self.0.get(&doc).map(|d| d.slice(range).to_owned())
    }
}

fn shelf(texts: &[&str]) -> Shelf {
    let doc = |t: &&str| read(t.as_bytes(), &Limits::default()).unwrap();
    Shelf((1..).map(DocId).zip(texts.iter().map(doc)).collect())
}

fn entry<'a>(id: DocId, doc: &'a Document, file: &'a str, knelpunten: &'a [KnelpuntRange<'a>]) -> DocEntry<'a> {
    DocEntry { id, doc, title: "zonder titel", file, knelpunten }
}

fn index_of(shelf: &Shelf) -> Index {
    let index = Index::in_ram().unwrap();
    let mut writer = index.writer(1).unwrap();
    for (&id, doc) in &shelf.0 {
        writer.add(&entry(id, doc, &format!("map/stuk-{}.md", id.0), &[])).unwrap();
    }
    writer.commit().unwrap();
    index
}

fn ask_with(index: &Index, shelf: &Shelf, query: &str, options: &Options) -> Results {
    index.searcher().search(&Query::parse(query), options, shelf, &|| false).unwrap()
}

fn ask(index: &Index, shelf: &Shelf, query: &str) -> Results {
    ask_with(index, shelf, query, &Options::default())
}

const VEER: &str = "# Staat van het Veerbedrijf 2031

## Oversteken

De pontjes varen korter dan de schippers willen. Op 3 mei 2031 lagen 12.830 reizigers aan de kade te wachten.

Voor de winterdienst is nodig:

- twee extra veermannen
- een steiger met verlichting

## Wachtrijen

### Kade noord

Éérst komt de wachtrij, daarna de klachten van KB&W en de PI's. Zaken blijven liggen.

### Kade zuid

Op de zuidkade is de zaak rustig; er zijn geen klachten. Het water staat hoog.
";
const BRUG: &str = "# Jaarverslag Bruggenwacht 2030

## Onderhoud

De bruggen vragen onderhoud. Geregistreerde storingen lopen op, en wie een storing registreert wacht lang.

## Oversteken

Wie oversteekt, wacht op de brugwachter. De wachtrijen groeien met het verkeer over het water.
";

#[test]
fn words_match_in_their_forms_and_say_why() {
    let shelf = shelf(&[VEER, BRUG]);
    let index = index_of(&shelf);
    for (query, total, why) in [
        ("pontjes", 1, Why::Exact),
        ("EERST", 1, Why::Exact),
        ("zaken", 2, Why::Exact),
        ("wachtrij", 2, Why::Exact),
        ("geregistreerd", 1, Why::Stem),
        ("12830", 1, Why::Exact),
        ("3-5-2031", 1, Why::Exact),
        ("kbenw", 1, Why::Exact),
        ("pi", 1, Why::Exact),
        ("brugw*", 1, Why::Prefix),
    ] {
        let r = ask(&index, &shelf, query);
        assert_eq!(r.total, total, "{query}: {:?}", r.hits);
        assert_eq!(r.hits[0].why[0], why, "{query}");
        for hit in &r.hits {
            assert!(!hit.marks.is_empty(), "{query}: {}", hit.snippet);
        }
    }
    assert_eq!(ask(&index, &shelf, "=wachtrij").total, 1);
    assert_eq!(ask(&index, &shelf, "hijskraan").total, 0);
}

#[test]
fn operators_restrict_and_totals_are_exact() {
    let shelf = shelf(&[VEER, BRUG]);
    let index = index_of(&shelf);
    let total = |q: &str| ask(&index, &shelf, q).total;
    assert_eq!(total("wachtrij water"), 3);
    assert_eq!(total("+wachtrij +water"), 1);
    assert_eq!(total("wachtrij AND water"), 1);
    assert_eq!(total("wachtrij -water"), 1);
    assert_eq!(total("wachtrij NOT (verkeer OR storing)"), 1);
    assert_eq!(total("\"geen klachten\""), 1);
    assert_eq!(total("\"klachten geen\""), 0);
    assert_eq!(total("\"daarna de klachten van KB&W\""), 1);
    assert_eq!(total("+(pontjes OR brugwachter)"), 2);
    // function words make no hit beside others, but are found alone
    assert_eq!(total("pontjes de"), 1);
    assert!(total("de") > 3);
    // all of the query before some of it
    let r = ask(&index, &shelf, "wachtrijen water verkeer");
    assert!(r.hits[0].snippet.contains("verkeer over het water"), "{:?}", r.hits[0]);
    assert_eq!(r.reports, 2);
    assert_eq!(r.per_doc.iter().map(|d| u64::from(d.1)).sum::<u64>(), r.total);
}

#[test]
fn the_last_word_is_a_beginning_while_it_is_typed() {
    let shelf = shelf(&[VEER, BRUG]);
    let index = index_of(&shelf);
    let typing = Options { last_is_prefix: true, ..Options::default() };
    let typed = |q: &str| ask_with(&index, &shelf, q, &typing);
    assert_eq!(typed("brugwach").total, 1);
    assert_eq!(ask(&index, &shelf, "brugwach").total, 0);
    assert_eq!(typed("brugwach ").total, 0, "a blank ends the word");
    // the word itself before words it begins
    let r = typed("zaak");
    assert!(r.hits[0].why.contains(&Why::Exact));
    // a single letter stands for every word it begins, none left out
    for letter in "abdkvwz".chars().map(String::from) {
        let r = typed(&letter);
        for (&id, doc) in &shelf.0 {
            for word in find_in(doc, &Query::parse(&letter), true) {
                assert!(r.hits.iter().any(|h| h.doc == Some(id) && h.range.covers(word)), "{}", doc.slice(word));
            }
        }
        assert!(r.total > 0, "{letter}");
        assert!(r.hits.iter().all(|h| !h.marks.is_empty()), "{letter}");
    }
}

#[test]
fn filters_look_at_the_whole_library() {
    let shelf = shelf(&[VEER, BRUG]);
    let index = Index::in_ram().unwrap();
    let mut writer = index.writer(1).unwrap();
    let north = shelf.0[&DocId(1)].text().find("Éérst").unwrap() as u32;
    let found = [KnelpuntRange { range: TextRange::new(north, north + 20), id: "veer-1", title: "Lange wachtrijen" }];
    writer.add(&entry(DocId(1), &shelf.0[&DocId(1)], "2031/veer.md", &found)).unwrap();
    writer.add(&entry(DocId(2), &shelf.0[&DocId(2)], "2030/brug.md", &[])).unwrap();
    let note = NoteEntry {
        id: "01A".into(),
        doc: Some(DocId(2)),
        report: "Jaarverslag Bruggenwacht 2030".into(),
        tags: vec!["geld en middelen".into()],
        status: Some("promised".into()),
        knelpunten: vec![("veer-1".into(), "Lange wachtrijen".into())],
        body: "Vergelijk met het water van vorig jaar".into(),
        quote: "De bruggen vragen onderhoud.".into(),
        ..NoteEntry::default()
    };
    writer.set_notes(std::slice::from_ref(&note)).unwrap();
    writer.commit().unwrap();
    let total = |q: &str| ask(&index, &shelf, q).total;
    assert_eq!(total("water"), 3);
    assert_eq!(total("water in:notities"), 1);
    assert_eq!(total("water in:text"), 2);
    assert_eq!(total("water rapport:bruggenwacht in:tekst"), 1);
    assert_eq!(total("rapport:\"staat veerbedrijf\" water"), 1);
    for either in ["bestand:brug OR bestand:veer", "(rapport:bruggenwacht OR rapport:veerbedrijf)"] {
        assert_eq!(total(&format!("{either} water in:tekst")), 2, "{either}");
        assert_eq!(total(&format!("water {either} in:tekst")), 2, "{either}");
    }
    assert_eq!(total("bestand:brug OR bestand:nergens water in:tekst"), 1);
    assert_eq!(total("water sectie:wachtrijen"), 1);
    assert_eq!(total("kop:\"kade zuid\""), 1);
    assert_eq!(total("knelpunt:veer-1"), 2);
    assert_eq!(total("knelpunt:veer-1 in:tekst"), 1);
    assert_eq!(total("knelpunt:wachtrijen zaak"), 1, "any word of the title names it");
    assert_eq!(total("tag:\"geld en middelen\""), 1);
    assert_eq!(total("tag:geld"), 1);
    assert_eq!(total("status:toegezegd"), 1);
    assert_eq!(total("bestand:brug in:tekst"), 2);
    assert_eq!(total("-bestand:brug water"), 2);
    assert_eq!(total("jaar:1999"), 0);
    let r = ask(&index, &shelf, "vergelijk");
    assert_eq!((r.hits[0].kind, r.hits[0].note.as_deref()), (HitKind::Note, Some("01A")));
    assert_eq!(r.hits[0].knelpunten, ["veer-1"]);
    assert!(r.hits[0].snippet.starts_with("Vergelijk met"));
    writer.set_notes(&[NoteEntry { body: "heel iets anders".into(), ..note }]).unwrap();
    writer.commit().unwrap();
    assert_eq!((total("vergelijk"), total("anders")), (0, 1));
    writer.set_notes(&[]).unwrap();
    writer.commit().unwrap();
    assert_eq!(total("in:notes"), 0);
}

#[test]
fn hits_know_their_place() {
    let shelf = shelf(&[VEER, BRUG]);
    let index = index_of(&shelf);
    let hit = &ask(&index, &shelf, "rustig").hits[0];
    let line = VEER.lines().position(|l| l.contains("rustig")).unwrap() as u32 + 1;
    assert_eq!(hit.section, ["Wachtrijen", "Kade zuid"]);
    assert_eq!(hit.report, "Staat van het Veerbedrijf 2031");
    let lines = hit.lines.unwrap();
    assert_eq!((lines.from, lines.to), (line - 2, line), "the heading is merged with its first block");
    assert_eq!(shelf.0[&DocId(1)].slice(hit.range).lines().next(), Some("Kade zuid"));
    // an item is found together with the line that leads into its list
    let r = ask(&index, &shelf, "winterdienst verlichting");
    assert!(r.hits[0].snippet.contains("verlichting"), "{:?}", r.hits);
    let order = Options { sort: Sort::Order, ..Options::default() };
    let r = ask_with(&index, &shelf, "water wachtrij", &order);
    assert!(r.hits.windows(2).all(|w| (w[0].doc, w[0].range.start) < (w[1].doc, w[1].range.start)));
    // pages of results are cut from one order
    let all = ask(&index, &shelf, "water wachtrij").hits;
    let second = ask_with(&index, &shelf, "water wachtrij", &Options { limit: 2, offset: 1, ..Options::default() });
    assert_eq!(second.hits, all[1..3]);
    assert_eq!(second.total, 3);
}

#[test]
fn the_index_knows_which_edition_it_holds() {
    let shelf = shelf(&[VEER, BRUG]);
    let index = index_of(&shelf);
    let both: BTreeMap<_, _> = shelf.0.iter().map(|(&id, doc)| (id, doc.edition())).collect();
    assert_eq!(index.searcher().docs().unwrap(), both);
    let newer = read(VEER.replace("rustig", "druk").as_bytes(), &Limits::default()).unwrap();
    let mut writer = index.writer(1).unwrap();
    writer.add(&entry(DocId(1), &newer, "x", &[])).unwrap();
    writer.remove(DocId(2)).unwrap();
    writer.commit().unwrap();
    assert_eq!(index.searcher().docs().unwrap(), BTreeMap::from([(DocId(1), newer.edition())]));
    assert_eq!(ask(&index, &shelf, "rustig brugwachter").total, 0);
    assert_eq!(ask(&index, &shelf, "druk").total, 1);
}

#[test]
fn a_search_can_be_called_off() {
    let shelf = shelf(&[VEER]);
    let index = index_of(&shelf);
    let stopped = index.searcher().search(&Query::parse("water"), &Options::default(), &shelf, &|| true);
    assert!(matches!(stopped, Err(SearchError::Cancelled)));
}

#[test]
fn english_parts_are_stemmed_as_english() {
    let text = "# The state of the harbour\n\n## Policy\n\nThe agencies were planning new policies for ships that have been waiting at the quay, and all of them needed more time than the harbour has.\n";
    let shelf = shelf(&[text, BRUG]);
    assert_eq!(shelf.0[&DocId(1)].outline().parts()[0].lang, Lang::En);
    let index = index_of(&shelf);
    for query in ["agency", "policy planned", "wait"] {
        assert_eq!(ask(&index, &shelf, query).hits[0].doc, Some(DocId(1)), "{query}");
    }
}

#[test]
fn find_in_the_open_report_is_the_same_analysis() {
    let doc = read(VEER.as_bytes(), &Limits::default()).unwrap();
    let found = |q: &str| -> Vec<String> {
        find_in(&doc, &Query::parse(q), true).iter().map(|&r| doc.slice(r).to_owned()).collect()
    };
    assert_eq!(found("zaak"), ["Zaken", "zaak"]);
    assert_eq!(found("klachten -water"), ["klachten", "klachten"]);
    assert_eq!(found("\"geen klachten\""), ["geen klachten"]);
    assert_eq!(found("3-5-2031"), ["3 mei 2031"]);
    assert_eq!(found("oud"), Vec::<String>::new());
}

const WORDS: [&str; 14] = [
    "keten",
    "ketens",
    "boete",
    "boetes",
    "zaak",
    "zaken",
    "de",
    "12.830",
    "KB&W",
    "Éérst",
    "wacht-rij",
    "water",
    "regelt",
    "geregeld",
];

fn report() -> impl Strategy<Value = String> {
    let paragraph = prop::collection::vec(prop::sample::select(&WORDS[..]), 1..12).prop_map(|w| w.join(" "));
    prop::collection::vec(paragraph, 1..8).prop_map(|p| format!("# Stuk\n\n{}\n", p.join(".\n\n")))
}

fn question() -> impl Strategy<Value = String> {
    let sign = prop::sample::select(&["", "", "", "+", "-", "="][..]);
    let word = (sign, prop::sample::select(&WORDS[..])).prop_map(|(s, w)| format!("{s}{w}"));
    prop::collection::vec(word, 1..4).prop_map(|w| w.join(" "))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]
    #[test]
    fn answers_do_not_depend_on_how_the_index_came_to_be(
        texts in prop::collection::vec(report(), 1..5), queries in prop::collection::vec(question(), 1..6)
    ) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let shelf = shelf(&texts);
        let once = index_of(&shelf);
        // backwards, a commit each, and every document first as another
        let other = Index::in_ram().unwrap();
        let mut writer = other.writer(1).unwrap();
        for (&id, doc) in shelf.0.iter().rev() {
            writer.add(&entry(id, &shelf.0[&DocId(1)], "x", &[])).unwrap();
            writer.commit().unwrap();
            writer.add(&entry(id, doc, &format!("map/stuk-{}.md", id.0), &[])).unwrap();
            writer.commit().unwrap();
        }
        for q in &queries {
            let (a, b) = (ask(&once, &shelf, q), ask(&other, &shelf, q));
            prop_assert_eq!(&a, &b, "{}", q);
            prop_assert_eq!(a.hits.len() as u64, a.total.min(50));
            for hit in &a.hits {
                // marks are whole words of the snippet that the query matches when asked about the snippet alone
                let again = marks(&hit.snippet, &Query::parse(q), Lang::Nl);
                prop_assert_eq!(&hit.marks, &again, "{} in {}", q, hit.snippet);
                prop_assert!(hit.marks.windows(2).all(|w| w[0].end <= w[1].start));
            }
        }
    }

    #[test]
    fn no_query_fails(text in ".{0,30}|[a-z0-9\"()+\\-*=~:. ]{0,30}") {
        let shelf = shelf(&[BRUG]);
        let index = index_of(&shelf);
        for last_is_prefix in [false, true] {
            let r = ask_with(&index, &shelf, &text, &Options { last_is_prefix, ..Options::default() });
            prop_assert_eq!(r.hits.len() as u64, r.total);
            for hit in &r.hits {
                prop_assert!(hit.marks.iter().all(|m| hit.snippet.get(m.as_usize()).is_some_and(|s| !s.is_empty())));
            }
        }
    }
}

#[test]
fn the_same_passage_in_two_reports_is_one_hit_that_says_where_else_it_stands() {
    let said = "De dienst meldt dat de wachttijd voor een ligplaats in 2031 opliep tot veertien weken, doordat de meldkamer \
        niet bemand was en de havenmeester geen vervanging kreeg. Schippers voeren daarom door naar de volgende haven, waar \
        zij even lang wachtten; de gemeente heeft beloofd de steiger te verlengen zodra het geld er is.";
    let repeated = said.replace("geen vervanging", "geen enkele vervanging");
    let other = said.replace("2031", "2033").replace("veertien", "twintig");
    let filler = (0..12).map(|n| format!("Alinea {n} gaat over de kade.\n\n")).collect::<String>();
    let one = format!("# Eerste stuk\n\n## Ligplaatsen\n\n{said}\n\n{filler}## Samenvatting\n\n{said}\n");
    let two = format!("# Tweede stuk\n\n## Haven\n\n{repeated}\n");
    let three = format!("# Derde stuk\n\n## Haven\n\n{other}\n");
    let rows = "# Vierde stuk\n\n| plaats | wachttijd |\n|---|---|\n| noord | lang |\n| zuid | lang |\n";
    let shelf = shelf(&[&one, &two, &three, rows]);
    let index = index_of(&shelf);
    let each = ask(&index, &shelf, "wachttijd ligplaats meldkamer");
    assert_eq!(each.total, 5);
    let places = |h: &kantlijn::search::Hit| (h.doc.unwrap().0, h.lines.unwrap().from);
    let also = |h: &kantlijn::search::Hit| h.also.iter().map(|a| (a.doc.0, a.lines.unwrap().from)).collect::<Vec<_>>();
    let same: Vec<_> = each.hits.iter().filter(|h| !h.also.is_empty()).collect();
    assert_eq!(same.len(), 3);
    for hit in &same {
        let mut all: Vec<_> = same.iter().map(|h| places(h)).filter(|p| *p != places(hit)).collect();
        let mut others = also(hit);
        all.sort_unstable();
        others.sort_unstable();
        assert_eq!(others, all, "each names the others");
    }
    let one = Options { collapse: true, ..Options::default() };
    let collapsed = ask_with(&index, &shelf, "wachttijd ligplaats meldkamer", &one);
    assert_eq!((collapsed.hits.len(), collapsed.total), (3, 5));
    assert_eq!(places(&collapsed.hits[0]), places(&each.hits[0]), "the best of them stands for all");
    assert_eq!(also(&collapsed.hits[0]).len(), 2);
    let second = ask_with(&index, &shelf, "wachttijd ligplaats meldkamer", &Options { offset: 1, limit: 2, ..one });
    assert_eq!(second.hits, collapsed.hits[1..3]);
}

#[test]
fn what_only_one_step_finds_is_not_found_without_it() {
    let shelf = shelf(&[
        "De molenaars klagen. Het waterbeheer kost veel.",
        "Een bordje bij de ophaalbrug. De dienst repareert sluisdeuren.",
        "Het Bureau voor Kade en Oever (BKO) telt mee. De over toom bleef dicht.",
    ]);
    let index = index_of(&shelf);
    let found = |query, without| ask_with(&index, &shelf, query, &Options { without, ..Options::default() }).total;
    let only = [
        ("molenaar", Step::Stems),
        ("reparatie", Step::Derivations),
        ("beheer", Step::Parts),
        ("ophaal brug", Step::Joined),
        ("overtoom", Step::Broken),
        ("sluisdeurem", Step::Typos),
    ];
    for (query, step) in only {
        assert!(found(query, Without::default()) > 0, "{query}");
        assert_eq!(found(query, Step::ALL.into_iter().collect()), 0, "{query} without anything");
        if step != Step::Joined {
            // the words of a compound are its parts as well
            assert_eq!(found(query, Without::from_iter([step])), 0, "{query} without {}", step.name());
        }
        let others = Step::ALL.into_iter().filter(|s| *s != step);
        assert!(found(query, others.collect()) > 0, "{query} with {} alone", step.name());
        assert_eq!(Step::parse(step.name()), Some(step));
    }
}

#[test]
fn the_same_passage_is_known_in_other_reports_whatever_is_asked() {
    let said = "In 2031 vroegen wij om nieuwe meldkamers langs de vaarweg, omdat de schippers nu veertien weken op een \
                ligplaats wachten en omdat er geen vervanging is voor de sluiswachters van de noordelijke haven.";
    let varied = said.replace("geen vervanging", "geen enkele vervanging");
    let figures = said.replace("2031", "2033");
    let filler = (0..12).map(|n| format!("Alinea {n} gaat over de kade.\n\n")).collect::<String>();
    let one =
        format!("# Eerste stuk\n\n## Ligplaatsen\n\nVooraf iets.\n\n{said}\n\n{filler}## Samenvatting\n\n{said}\n");
    let two = format!("# Tweede stuk\n\n## Haven\n\n{varied}\n\n## Wat nodig is\n\nMeer geld.\n");
    let three = format!("# Derde stuk\n\n## Haven\n\n{figures}\n\n## Wat nodig is\n\nMeer geld.\n");
    let shelf = shelf(&[&one, &two, &three]);
    let index = index_of(&shelf);
    let place = |doc: u64, words: &str| {
        let text = shelf.0[&DocId(doc)].text();
        let at = text.find(words).unwrap();
        (DocId(doc), TextRange::from(at..at + words.len()))
    };
    let asked = [
        place(1, "veertien weken op een ligplaats"),
        place(2, "geen enkele vervanging"),
        place(3, "sluiswachters"),
        place(2, "Meer geld."),
        (DocId(9), TextRange::from(0..4)),
    ];
    let alike = index.searcher().alike(&asked, &|| false).unwrap();
    let docs = |nth: usize| alike[nth].iter().map(|a| a.doc.0).collect::<Vec<_>>();
    assert_eq!(docs(0), [1, 2], "the summary of the same report, and another report");
    assert!(alike[0][0].range.start > asked[0].1.end);
    assert_eq!(docs(1), [1, 1]);
    assert_eq!(docs(2), [0; 0], "another year is another statement");
    assert_eq!(docs(3), [0; 0], "two words say nothing");
    assert_eq!(docs(4), [0; 0], "not in the index");
    assert!(matches!(index.searcher().alike(&asked, &|| true), Err(SearchError::Cancelled)));
}
