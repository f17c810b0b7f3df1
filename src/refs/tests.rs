#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;
use crate::import::{Limits, read};
use std::fmt::Write;

/// What is read in one paragraph: the words, the label, the address.
fn all(text: &str) -> Vec<(String, String, Option<String>)> {
    in_text(text).into_iter().map(|r| (text[r.start..r.end].to_owned(), r.label, r.url)).collect()
}

fn labels(text: &str) -> Vec<String> {
    all(text).into_iter().map(|r| r.1).collect()
}

fn words(text: &str) -> Vec<String> {
    all(text).into_iter().map(|r| r.0).collect()
}

/// The addresses, without the site of the official publications.
fn urls(text: &str) -> Vec<String> {
    let short = |u: Option<String>| u.unwrap_or_default().replace("https://zoek.officielebekendmakingen.nl/", "");
    all(text).into_iter().map(|r| short(r.2)).collect()
}

#[test]
fn papers_in_their_usual_form() {
    for text in [
        "Zie Kamerstukken II 2021/22, 35 234, nr. 7.",
        "Zie Kamerstukken II 2021-2022, 35234, nr. 7, p. 3.",
        "Zie Kamerstukken II 2021–2022, 35\u{a0}234, nr.\u{a0}7).",
        "Zie Kamerstukken\u{a0}II 2021/2022, 35 234 nr 7",
        "Zie (Kamerstukken II, vergaderjaar 2021 – 2022, 35.234, no. 7)",
        "Zie TK 2021-2022, 35 234, nr. 7 en het debat daarover.",
        "Zie Tweede Kamer, vergaderjaar 2021–2022, 35 234, nr. 7",
        "Zie Kamerstuk II 2021/22, 35234-7.",
        "See Parliamentary Papers II 2021/22, 35 234, no. 7.",
    ] {
        assert_eq!(labels(text), ["Kamerstukken II 2021/22, 35 234, nr. 7"], "{text}");
        assert_eq!(urls(text), ["kst-35234-7.html"], "{text}");
    }
    assert_eq!(
        words("Zie Kamerstukken II 2021/22, 35 234, nr. 7, en verder."),
        ["Kamerstukken II 2021/22, 35 234, nr. 7"]
    );
}

#[test]
fn papers_of_chapters_series_and_the_upper_house() {
    let one = |text: &str, label: &str, url: &str| {
        assert_eq!(labels(text), [label], "{text}");
        assert_eq!(urls(text), [url], "{text}");
    };
    one("Kamerstukken I 2020–2021, 35 570 VI, C", "Kamerstukken I 2020/21, 35 570 VI, C", "kst-35570-VI-C.html");
    one("EK 2020-2021, 35 570, C, blz. 4", "Kamerstukken I 2020/21, 35 570, C", "kst-35570-C.html");
    one("Kamerstuk 36 200 XIIIA, nr. 2;", "Kamerstuk 36 200 XIIIA, nr. 2", "kst-36200-XIIIA-2.html");
    one("Kamerstuk 36 200 A, nr. 2;", "Kamerstuk 36 200 A, nr. 2", "kst-36200-A-2.html");
    one("Kamerstuk 35 925-XV, nr. 3", "Kamerstuk 35 925 XV, nr. 3", "kst-35925-XV-3.html");
    one(
        "Kamerstukken II 2021/22, 21 501-02, nr. 2405",
        "Kamerstukken II 2021/22, 21 501-02, nr. 2405",
        "kst-21501-02-2405.html",
    );
    one("Kamerstuk 35 234, nr. 7", "Kamerstuk 35 234, nr. 7", "kst-35234-7.html");
    one("Kamerstukken II 2019/20, 35 300", "Kamerstukken II 2019/20, 35 300", "dossier/35300");
    one("Kamerstukken II 1999/2000, 26 800, nr. 5", "Kamerstukken II 1999/2000, 26 800, nr. 5", "kst-26800-5.html");
}

#[test]
fn an_address_only_where_it_is_sure() {
    // before papers had one, and where the session is not said and the dossier is that old
    assert_eq!(urls("Kamerstukken II 1985/86, 19 221, nr. 3"), [""]);
    assert_eq!(urls("Kamerstuk 21 501, nr. 2405"), [""]);
    assert_eq!(urls("Kamerstukken II 2012/13, 33 410 (R1989), nr. 3"), [""]);
    assert_eq!(urls("Stcrt. 1998, 42"), [""]);
}

#[test]
fn several_papers_in_one_breath() {
    let text = "Kamerstukken II 2021/22, 35 234, nrs. 7, 8 en 10, en 35 570 VI, nr. 3.";
    assert_eq!(words(text), ["Kamerstukken II 2021/22, 35 234, nrs. 7", "8", "10", "35 570 VI, nr. 3"]);
    assert_eq!(urls(text), ["kst-35234-7.html", "kst-35234-8.html", "kst-35234-10.html", "kst-35570-VI-3.html"]);
    assert_eq!(urls("Kamerstuk 35 234, nr. 7 en nr. 9, en 30 meer"), ["kst-35234-7.html", "kst-35234-9.html"]);
    assert_eq!(labels("Kamerstuk 35 234, nr. 7 t/m 9"), ["Kamerstuk 35 234, nr. 7 t/m 9"]);
    assert_eq!(
        urls("Kamerstukken II 2019/20, 35 234, nr. 7; Kamerstukken I 2020/21, 35 234, B"),
        ["kst-35234-7.html", "kst-35234-B.html"]
    );
    assert_eq!(
        labels("Kamerstukken II 2019/20, 35 234, nr. 7 en II 2020/21, 35 570, nr. 4"),
        ["Kamerstukken II 2019/20, 35 234, nr. 7", "Kamerstukken II 2020/21, 35 570, nr. 4"]
    );
    assert_eq!(urls("Kamerstukken 35 234 en 35 570"), ["dossier/35234", "dossier/35570"]);
}

#[test]
fn what_only_looks_like_a_paper() {
    for text in [
        "De Tweede Kamer 12 345 keer bellen helpt niet.",
        "In de TK 2019 staat niets.",
        "Een Kamerstuk van 12 bladzijden.",
        "Kamerstuk 35 2345",
        "De handelingen van de ambtenaar in 2019, nr. 3",
        "De eerste 35 234 aanvragen.",
    ] {
        assert!(all(text).is_empty(), "{text}: {:?}", all(text));
    }
    assert_eq!(labels("Kamerstuk 35 234, nr. 7 en 12 345 bezwaren"), ["Kamerstuk 35 234, nr. 7"]);
    assert_eq!(labels("Kamerstuk 35 234, nr. 7 en 8 bijlagen"), ["Kamerstuk 35 234, nr. 7"]);
}

#[test]
fn proceedings_and_questions() {
    assert_eq!(urls("Handelingen II 2019/20, nr. 45, item 6, p. 12"), ["h-tk-20192020-45-6.html"]);
    assert_eq!(labels("Handelingen I 2019–2020, nr. 12, item 3"), ["Handelingen I 2019/20, nr. 12, item 3"]);
    assert_eq!(urls("Handelingen TK 2005/06, 34, p. 2134-2150"), [""]);
    assert_eq!(urls("Aanhangsel Handelingen II 2020/21, nr. 1234"), ["ah-tk-20202021-1234.html"]);
    assert_eq!(
        labels("Aanhangsel van de Handelingen II 2020-2021, 1234."),
        ["Aanhangsel Handelingen II 2020/21, nr. 1234"]
    );
}

#[test]
fn articles_of_laws() {
    let one = |text: &str, label: &str| assert_eq!(labels(text), [label], "{text}");
    one("Op grond van artikel 3, tweede lid, van de Wet open overheid is dat zo.", "art. 3 lid 2 Woo");
    one("Zie art. 8 EVRM.", "art. 8 EVRM");
    one("artikel 8 van het EVRM", "art. 8 EVRM");
    one("Volgens artikel 6:162 BW moet dat.", "art. 6:162 BW");
    one("artikel 74 van Boek 6 van het Burgerlijk Wetboek", "art. 74 Boek 6 BW");
    one("Artikel 5 Awb", "art. 5 Awb");
    one("artikel 3:46 van de Algemene wet bestuursrecht (Awb) vraagt", "art. 3:46 Awb");
    one("artikel 7, eerste lid, aanhef en onder b, Awb", "art. 7 lid 1 onder b Awb");
    one("artikel 12a lid 2 sub c van de Participatiewet", "art. 12a lid 2 onder c Pw");
    one(
        "art. 4, tweede en derde lid, van het Besluit beheer sluizen geldt.",
        "art. 4 lid 2 en 3 Besluit beheer sluizen",
    );
    one("artikel 2.4.1 van de Regeling tarieven veerdiensten 2019.", "art. 2.4.1 Regeling tarieven veerdiensten 2019");
    one("artikel 9 van de Vaarwegenwet bepaalt dit.", "art. 9 Vaarwegenwet");
    one("artikel 4 tot en met 7 van de Kaderwet loodsen.", "art. 4 t/m 7 Kaderwet loodsen");
    one("Article 8 of the European Convention on Human Rights", "art. 8 ECHR");
    one("article 6(1) GDPR", "art. 6 lid 1 GDPR");
    one("section 12 of the Inland Harbours Act 1998 says", "s. 12 Inland Harbours Act 1998");
    one("artikel 6 van Verordening (EU) 2016/679", "art. 6 Verordening (EU) 2016/679");
}

#[test]
fn several_articles_in_one_breath() {
    assert_eq!(
        words("De artikelen 3 en 4 van de Wet op de veren gelden."),
        ["artikelen 3", "4 van de Wet op de veren"]
    );
    assert_eq!(labels("De artikelen 3, 5 en 7 Awb."), ["art. 3 Awb", "art. 5 Awb", "art. 7 Awb"]);
    assert_eq!(
        labels("artikel 3, eerste lid, en artikel 4 van de Wet open overheid"),
        ["art. 3 lid 1 Woo", "art. 4 Woo"]
    );
    let many = "artikel 2 van de Wet op de veren en artikel 9 van de Sluizenwet";
    assert_eq!(labels(many), ["art. 2 Wet op de veren", "art. 9 Sluizenwet"]);
}

#[test]
fn articles_of_no_law_are_none() {
    for text in [
        "Artikel 12. Overgangsrecht",
        "Zie artikel 3, tweede lid.",
        "Het artikel van de journalist",
        "Artikel 3 van deze overeenkomst",
        "artikel 1 De aanvraag",
        "de kunst, art. nr 5",
        "section 3 of this report",
    ] {
        assert!(all(text).is_empty(), "{text}: {:?}", all(text));
    }
}

#[test]
fn gazettes_judgments_and_acts_of_the_union() {
    assert_eq!(urls("Stb. 2018, 144 en Staatsblad 2019, nr. 33"), ["stb-2018-144.html", "stb-2019-33.html"]);
    assert_eq!(urls("Staatscourant 2020, 12345"), ["stcrt-2020-12345.html"]);
    assert_eq!(labels("Staatscourant 2020-12345"), ["Stcrt. 2020, 12345"]);
    assert_eq!(labels("Trb. 2019, 12; PbEU 2016, L 119/1"), ["Trb. 2019, 12", "PbEU 2016, L 119"]);
    assert_eq!(labels("OJ L 119, 4.5.2016, p. 1"), ["PbEU 2016, L 119"]);
    assert_eq!(urls("(ECLI:NL:HR:2019:2006)."), ["https://deeplink.rechtspraak.nl/uitspraak?id=ECLI:NL:HR:2019:2006"]);
    assert_eq!(words("zie ECLI:EU:C:2020:559."), ["ECLI:EU:C:2020:559"]);
    let eli = |text: &str| {
        urls(text).into_iter().map(|u| u.replace("https://eur-lex.europa.eu/eli/", "")).collect::<Vec<_>>()
    };
    assert_eq!(eli("Verordening (EU) 2016/679"), ["reg/2016/679/oj"]);
    assert_eq!(eli("Richtlijn 95/46/EG"), ["dir/1995/46/oj"]);
    assert_eq!(eli("de Verordening (EG) nr. 883/2004"), ["reg/2004/883/oj"]);
    assert_eq!(eli("Directive 2006/123/EC and Regulation (EU) No 910/2014"), ["dir/2006/123/oj", "reg/2014/910/oj"]);
    assert_eq!(eli("Verordeningen (EU) 2016/679 en (EU) 2018/1725"), ["reg/2016/679/oj", "reg/2018/1725/oj"]);
    assert_eq!(eli("Uitvoeringsverordening (EU) 2015/1501"), ["reg_impl/2015/1501/oj"]);
    assert_eq!(eli("Gedelegeerde Verordening (EU) 2019/945"), ["reg_del/2019/945/oj"]);
    assert_eq!(eli("Besluit 2010/87/EU"), [""]);
    for text in [
        "het besluit 3/4 van de leden",
        "een richtlijn 12/2019",
        "Staatsblad van gisteren",
        "PB 3",
        "besluit (van 3/4)",
    ] {
        assert!(all(text).is_empty(), "{text}: {:?}", all(text));
    }
}

#[test]
fn addresses_end_where_the_sentence_goes_on() {
    let one = |text: &str, word: &str, url: &str| {
        assert_eq!(words(text), [word], "{text}");
        assert_eq!(urls(text), [url], "{text}");
    };
    one(
        "Zie https://www.loket.example/a/b?x=1&y=2.",
        "https://www.loket.example/a/b?x=1&y=2",
        "https://www.loket.example/a/b?x=1&y=2",
    );
    one(
        "(zie http://loket.example/sluis_(bouw))",
        "http://loket.example/sluis_(bouw)",
        "http://loket.example/sluis_(bouw)",
    );
    one("[http://loket.example/a],", "http://loket.example/a", "http://loket.example/a");
    one("„www.loket.example”,", "www.loket.example", "https://www.loket.example");
    one("via info@loket.nl.", "info@loket.nl", "mailto:info@loket.nl");
    one("op veerdienst-oost.nl/tarieven, of", "veerdienst-oost.nl/tarieven", "https://veerdienst-oost.nl/tarieven");
    one("doi:10.1234/abc.5.", "doi:10.1234/abc.5", "https://doi.org/10.1234/abc.5");
    one("(https://doi.org/10.1234/abc(5)x)", "https://doi.org/10.1234/abc(5)x", "https://doi.org/10.1234/abc(5)x");
    one("10.1234/abc", "10.1234/abc", "https://doi.org/10.1234/abc");
    one(
        "https://loket.example/artikel/3-Awb",
        "https://loket.example/artikel/3-Awb",
        "https://loket.example/artikel/3-Awb",
    );
    assert_eq!(urls("http://a.example;http://b.example"), ["http://a.example;http://b.example"]);
    for text in [
        "einde.De zin",
        "o.a. dit",
        "3.14",
        "http://",
        "http:///x",
        "www.",
        "z.o.z.",
        "@naam",
        "a@b",
        "versie 2.0.nl",
        "10.5/3",
    ] {
        assert!(all(text).is_empty(), "{text}: {:?}", all(text));
    }
}

#[test]
fn links_that_a_format_marks() {
    let text = "# Verslag\n\nLees [het plan](https://loket.example/plan) en \
        [Kamerstuk 35 234, nr. 7](https://tk.example/x) of <https://loket.example/z>.\n\n\
        Zie ook [hierboven](#verslag) en [art. 8 EVRM](https://wet.example/8).";
    let doc = read(text.as_bytes(), &Limits::default()).unwrap();
    let found: Vec<_> = find(&doc).into_iter().map(|r| (r.kind, r.label, r.url.unwrap())).collect();
    let entry = |kind, label: &str, url: &str| (kind, label.to_owned(), url.to_owned());
    assert_eq!(
        found,
        [
            entry(Kind::Link, "het plan", "https://loket.example/plan"),
            entry(Kind::Paper, "Kamerstuk 35 234, nr. 7", "https://zoek.officielebekendmakingen.nl/kst-35234-7.html"),
            entry(Kind::Link, "loket.example/z", "https://loket.example/z"),
            entry(Kind::Law, "art. 8 EVRM", "https://wet.example/8"),
        ]
    );
}

#[test]
fn what_is_cited_often_is_listed_once() {
    let text = "# Verslag\n\nZie Kamerstuk 35 234, nr. 7.\n\nOok Kamerstukken II 2021/22, 35234, nr. 7 zegt dat, \
        anders dan art. 8 EVRM en artikel 8 van het EVRM.\n\nMeer op www.loket.example/ en https://www.loket.example.";
    let doc = read(text.as_bytes(), &Limits::default()).unwrap();
    let found: Vec<_> = cited(&find(&doc)).into_iter().map(|c| (c.label, c.places.len())).collect();
    assert_eq!(
        found,
        [
            ("Kamerstukken II 2021/22, 35 234, nr. 7".to_owned(), 2),
            ("art. 8 EVRM".to_owned(), 2),
            ("www.loket.example".to_owned(), 2),
        ]
    );
}

/// What a rule begins to read and has to give up, over and over: sixteen times the text takes about sixteen times as long.
#[test]
fn hostile_text_is_read_in_linear_time() {
    let pieces = [
        "Kamerstukken II ",
        "Kamerstuk 35 234, nrs. 1, ",
        "artikel 1, ",
        "artikelen 1 en ",
        "art. 3 van de Wet op de ",
        "http://",
        "http://(",
        "doi:",
        "10.",
        "10.1234/",
        "a@",
        "www.",
        "TK 2019-2020 ",
        "Verordening (EU) ",
        "Verordeningen (EU) 2016/1 en ",
        "ECLI:",
        "ECLI:NL:",
        "Handelingen II 2019/20, nr. ",
        ")",
        "é.",
        "n.l.",
        "Stb. 2018 ",
        "article 1 of the Act of ",
        "(",
        "'",
    ];
    let time = |piece: &str, len: usize| {
        let mut text = String::new();
        while text.len() < len {
            text.write_str(piece).unwrap();
        }
        let begun = std::time::Instant::now();
        let found = in_text(&text);
        let took = begun.elapsed();
        assert!(found.windows(2).all(|w| w[0].end <= w[1].start), "{piece}");
        took
    };
    for piece in pieces {
        let short = (0..3).map(|_| time(piece, 4 << 10)).min().unwrap();
        let long = time(piece, 64 << 10);
        // what is quadratic anywhere takes 256 times as long; a busy machine some times
        assert!(long < short * 100 + std::time::Duration::from_secs(1), "{piece}: {short:?} {long:?}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_in_order_and_whole(text in "(Kamerstuk|artikel|art\\.|TK|Stb\\.|Richtlijn|http://|[ ,.:/()0-9a-zA-Zé–@-]| 35 234| nr\\. 7| lid| van de Wet| en| II| 2021/22){0,40}") {
        let found = in_text(&text);
        for pair in found.windows(2) {
            proptest::prop_assert!(pair[0].end <= pair[1].start);
        }
        for one in &found {
            proptest::prop_assert!(one.start < one.end && text.get(one.start..one.end).is_some());
            proptest::prop_assert!(!one.label.is_empty());
        }
    }
}
