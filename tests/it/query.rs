//! The query language through its public face: what people type, what is made of it, and that nothing they type hurts.

use kantlijn::doc::{Lang, TextRange};
use kantlijn::import::{Limits, read};
use kantlijn::search::{DocEntry, DocId, Index, Options, Query, Results, Said, Texts};
use proptest::prelude::*;

/// A query, how it is shown in its own language, and in Dutch words.
const READ: &[(&str, &str, &str)] = &[
    ("wachtrij", "wachtrij", "wachtrij…"),
    ("wachtrij kade ", "wachtrij kade", "wachtrij of kade, liefst beide"),
    ("veer AND brug", "+veer +brug", "veer en brug…"),
    ("veer EN NIET brug", "+veer -brug", "veer, zonder brug"),
    ("veer OF (brug kade)", "(veer OR (brug kade))", "veer of (brug of kade, liefst beide)"),
    ("NIET sluis", "-sluis", "alles zonder sluis"),
    ("\"de hoge kade\" pont", "\"de hoge kade\" pont", "“de hoge kade” of pont…, liefst beide"),
    ("„de hoge kade” ", "\"de hoge kade\"", "“de hoge kade”"),
    ("~shipper =Kade brug*", "~shipper =Kade brug*", "ongeveer shipper, precies “Kade” of brug…, liefst alle"),
    ("/^veer(boot|pont)(en)?$/", "/^veer(boot|pont)(en)?$/", "patroon /^veer(boot|pont)(en)?$/"),
    ("-/dijk$/ polder ", "-/dijk$/ polder", "polder, zonder patroon /dijk$/"),
    ("pont jaar:2023..2025 ", "pont year:2023..2025", "pont · over 2023 t/m 2025"),
    ("pont -jaar:2024", "pont -year:2024", "pont · niet over 2024"),
    ("rapport:\"Staat van de kade\"", "report:\"Staat van de kade\"", "alles in rapport “Staat van de kade”"),
    ("jaar:2023 OF jaar:2025", "+(year:2023 OR year:2025)", "alles over 2023 of over 2025"),
    ("pont in:notes", "pont in:notes", "pont · alleen in notities"),
    ("kop:sluis taal:engels", "heading:sluis lang:en", "alles met kop sluis, in het Engels"),
    ("12 mei 2031 ", "12 mei 2031", "12 mei 2031"),
    ("KB&W 35 234", "KB&W 35 234", "KB&W of 35 234…, liefst beide"),
];

#[test]
fn queries_are_read_shown_and_said() {
    for (typed, shown, dutch) in READ {
        let query = Query::parse(typed);
        assert_eq!((&*query.to_string(), &*query.understood(Lang::Nl)), (*shown, *dutch), "{typed}");
        assert!(query.said().is_empty(), "{typed}: {:?}", query.said());
        assert!(!query.understood(Lang::En).is_empty());
    }
}

#[test]
fn every_filter_has_its_dutch_and_english_names() {
    let same = [
        ("report:x", "rapport:x"),
        ("file:x", "bestand:x"),
        ("org:x", "organisatie:x"),
        ("year:2030", "jaar:2030"),
        ("section:x", "sectie:x"),
        ("heading:x", "kop:x"),
        ("knelpunt:x", "Knelpunt:x"),
        ("tag:x", "label:x"),
        ("status:promised", "status:toegezegd"),
        ("page:3", "blz:3"),
        ("in:notes", "in:notities"),
        ("in:text", "in:tekst"),
        ("lang:nl", "taal:nederlands"),
    ];
    for (english, dutch) in same {
        let (a, b) = (Query::parse(english), Query::parse(dutch));
        assert!(a.said().is_empty() && b.said().is_empty());
        assert_eq!(a.to_string(), b.to_string());
        assert_eq!(a.to_string(), english);
        for sign in ["-", "+", "NOT ", "NIET "] {
            assert!(Query::parse(&format!("{sign}{dutch}")).said().is_empty());
        }
    }
}

/// Nobody types these, but a paste may bring them.
#[test]
fn hostile_queries_end_soon_and_say_why() {
    let deep = "(".repeat(10_000) + "kade" + &")".repeat(10_000);
    let bombs = "/((((\\w{1,99}){1,99}){1,99}){1,99}){1,99}/ ".repeat(90);
    let classes = "/[^a]{50}[^b]{50}[^c]{50}/ ".repeat(90);
    let hostile = [
        "kade ".repeat(200_000),
        "k".repeat(1_000_000),
        "\"".repeat(1_000_000),
        "\\".repeat(1_000_000),
        "/".repeat(1_000_000),
        "~".repeat(1_000_000),
        "-".repeat(1_000_000),
        "a OR ".repeat(200_000),
        "NOT ".repeat(200_000),
        "(a)b".repeat(100_000),
        "\u{0}".repeat(4000),
        "\u{202e}אב ג\u{202c}".repeat(300),
        "👩‍👩‍👧‍👦".repeat(300),
        "a\u{301}\u{302}".repeat(2000),
        "12 mei 2031 ".repeat(400),
        "35 234 ".repeat(600),
        "tag:".repeat(2000),
        "op*vang ".repeat(600),
        deep,
        bombs,
        classes,
    ];
    for text in &hostile {
        let begin: String = text.chars().take(30).collect();
        let query = Query::parse(text);
        let shown = query.to_string();
        let again = Query::parse(&shown);
        // what is longer than is read can't be read again whole
        if shown.len() < 4096 {
            assert_eq!(again.to_string(), shown, "{begin:?}");
        }
        for lang in [Lang::Nl, Lang::En] {
            let words = query.understood(lang);
            assert_eq!(words.is_empty(), query.is_empty(), "{begin:?}");
            assert!(!words.contains(char::is_control));
            assert!(query.said().iter().all(|s| s.text(lang).len() < 200), "{begin:?}");
        }
        assert!(query.said().len() < 2000, "{begin:?}");
    }
    assert!(Query::parse(&hostile[0]).said().contains(&Said::TooLong));
    assert!(Query::parse(&hostile[hostile.len() - 3]).said().contains(&Said::TooDeep));
    assert!(Query::parse(&hostile[hostile.len() - 2]).said().contains(&Said::TooManyPatterns));
}

struct Untold;

impl Texts for Untold {
    fn text(&self, _: DocId, _: TextRange) -> Option<String> {
        None
    }
}

const DAGBOEK: &str = "# Dagboek van een veerman

De vergunning voor het veer kwam laat.

Zonder vergunning vaart de pont niet, en de vergunninghouder wacht.

Bij Kadezicht ligt een pontplek vrij; de steigerplek ernaast niet.

In 2031 is de tolheffing verhoogd.
";

fn asked(query: &str, typing: bool) -> Results {
    let doc = read(DAGBOEK.as_bytes(), &Limits::default()).unwrap();
    let index = Index::in_ram().unwrap();
    let mut writer = index.writer(1).unwrap();
    writer.add(&DocEntry { id: DocId(1), doc: &doc, title: "x", file: "x.md", knelpunten: &[] }).unwrap();
    writer.commit().unwrap();
    let options = Options { last_is_prefix: typing, snippets: false, ..Options::default() };
    index.searcher().search(&Query::parse(query), &options, &Untold, &|| false).unwrap()
}

#[test]
fn patterns_and_words_spelled_nearly_so_find() {
    assert_eq!(asked("/^(pont|steiger)plek$/", false).total, 1);
    assert_eq!(asked("/ZICHT$/", false).total, 1);
    assert_eq!(asked("/^plek/", false).total, 0);
    assert_eq!(asked("*plek", false).total, 1);
    assert_eq!(asked("=vergunnig", false).total, 0);
    assert!(asked("~vergunnig", false).total >= 2);
    assert!(asked("vergunnig", false).total >= 2);
    assert!(asked("vegunningen pont", false).total >= 2);
}

#[test]
fn what_stands_nowhere_is_said_and_put_right() {
    let results = asked("+vergunnig -pont", false);
    assert_eq!(results.suggestion.as_deref(), Some("+vergunning -pont"));
    assert!(results.said.contains(&Said::Unknown("vergunnig".into())), "{:?}", results.said);
    for (sound, typing) in [("vergunning", false), ("pontplek", false), ("vergunn", true), ("2031 12 pont", false)] {
        assert_eq!(asked(sound, typing).suggestion, None, "{sound}");
    }
    // a word of the language, its opposite in the text
    assert_eq!(asked("tolverlaging", false).suggestion, None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]
    #[test]
    fn whatever_is_typed(text in any::<String>()) {
        let query = Query::parse(&text);
        let shown = query.to_string();
        prop_assert_eq!(Query::parse(&shown).to_string(), shown);
        for lang in [Lang::Nl, Lang::En] {
            let words = query.understood(lang);
            prop_assert_eq!(words.is_empty(), query.is_empty());
            let said: String = query.said().iter().map(|s| s.text(lang)).collect();
            prop_assert!(!(words + &said).contains(char::is_control));
        }
    }

    /// Each key on the way to a query is a query.
    #[test]
    fn every_beginning_of_a_query(at in 0..READ.len()) {
        let (text, ..) = READ[at];
        for (end, _) in text.char_indices() {
            let query = Query::parse(&text[..end]);
            prop_assert_eq!(Query::parse(&query.to_string()).to_string(), query.to_string());
        }
    }
}
