#![allow(clippy::unwrap_used, clippy::panic)]
mod stems;

use super::*;
use crate::doc::Lang;
use proptest::prelude::*;

fn read(text: &str) -> Vec<(u32, Reading, String, String)> {
    let mut out = Vec::new();
    tokens(text, |t| out.push((t.position, t.reading, t.text.to_owned(), text[t.range.as_usize()].to_owned())));
    out
}

fn forms(text: &str) -> Vec<String> {
    read(text).into_iter().map(|t| t.2).collect()
}

fn same(a: &str, b: &str) {
    let mut s = Analyser::default();
    assert_eq!(s.stem(Lang::Nl, &fold(a)).to_owned(), s.stem(Lang::Nl, &fold(b)), "{a} = {b}");
}

fn differ(a: &str, b: &str) {
    let mut s = Analyser::default();
    assert_ne!(s.stem(Lang::Nl, &fold(a)).to_owned(), s.stem(Lang::Nl, &fold(b)), "{a} ≠ {b}");
}

#[test]
fn folding_levels_case_accents_ligatures_and_the_invisible() {
    for (text, folded) in [
        ("Éérst", "eerst"),
        ("ﬁnanciën", "financien"),
        ("ĳs", "ijs"),
        ("wa\u{ad}ter", "water"),
        ("foto’s", "foto's"),
        ("ooit\u{2011}nu", "ooit-nu"),
        ("Straße", "strasse"),
        ("e\u{301}e\u{301}n", "een"),
        ("ÅØ", "ao"),
    ] {
        assert_eq!(fold(text), folded);
    }
}

#[test]
fn numbers_have_one_form() {
    for (text, form) in [
        ("12.830", "12830"),
        ("12830", "12830"),
        ("149,55", "149,55"),
        ("149.55", "149,55"),
        ("7,5%", "7,5"),
        ("€ 1.250,-", "1250"),
        ("1.250.000", "1250000"),
        ("1.250,75", "1250,75"),
        ("35 234", "35234"),
        ("2.1.3", "2.1.3"),
    ] {
        assert_eq!(forms(text)[0], form, "{text}");
    }
    assert_eq!(forms("12,830"), ["12830", "12,830"]);
    assert_eq!(forms("in 2023 234 zaken"), ["in", "2023", "234", "zaken"]);
    assert_eq!(forms("2e 5G KCR2"), ["2e", "5g", "kcr2"]);
    assert_eq!(forms("nr. 12. En"), ["nr", "12", "en"]);
}

#[test]
fn a_day_is_a_day_however_it_is_written() {
    for text in ["3 mei 2027", "3-5-2027", "2027-05-03", "03/05/2027", "3.5.2027", "3\u{a0}mei 2027"] {
        let all = read(text);
        assert_eq!(all.len(), 4);
        assert_eq!((all[3].0, all[3].2.as_str(), all[3].3.as_str()), (0, "2027-05-03", text));
    }
    assert!(forms("35-13-2027").iter().all(|f| !f.contains('-')));
    assert_eq!(forms("12 mensen"), ["12", "mensen"]);
}

#[test]
fn words_keep_their_other_readings_at_their_place() {
    use Reading::*;
    let at = |text: &str| read(text).into_iter().map(|(p, r, f, _)| (p, r, f)).collect::<Vec<_>>();
    let want = |list: &[(u32, Reading, &str)]| list.iter().map(|&(p, r, f)| (p, r, f.to_owned())).collect::<Vec<_>>();
    assert_eq!(at("KB&W nu"), want(&[(0, Main, "kb&w"), (0, Also, "kbenw"), (0, Also, "kbw"), (1, Main, "nu")]));
    assert_eq!(at("de PI’s"), want(&[(0, Main, "de"), (1, Main, "pi's"), (1, Also, "pi")]));
    assert_eq!(at("VOG-NP x"), want(&[(0, Main, "vog"), (1, Main, "np"), (0, Also, "vognp"), (2, Main, "x")]));
    assert_eq!(at("(gezins)locaties"), want(&[(0, Main, "gezinslocaties"), (0, Also, "locaties")]));
    assert_eq!(at("gemeente(n)"), want(&[(0, Main, "gemeenten"), (0, Also, "gemeente")]));
    assert_eq!(at("d.w.z. ja"), want(&[(0, Main, "dwz"), (1, Main, "ja")]));
    assert_eq!(at("in- en uit"), want(&[(0, Main, "in"), (1, Main, "en"), (2, Main, "uit")]));
    assert_eq!(at("2025-2026"), want(&[(0, Main, "2025"), (1, Main, "2026")]));
    assert_eq!(at("(zie bijlage)"), want(&[(0, Main, "zie"), (1, Main, "bijlage")]));
}

#[test]
fn inflections_meet() {
    for group in [
        "keten ketens",
        "maatregel maatregelen maatregels",
        "boete boetes boeten",
        "zaak zaken",
        "mogelijkheid mogelijkheden",
        "plan plannen",
        "brief brieven",
        "huis huizen",
        "gemeente gemeenten gemeentes",
        "registreert registreerde geregistreerd registreren registreerden",
        "regel regels regelt geregeld regelde",
        "lid leden",
        "kamerlid kamerleden",
        "weg wegen",
        "stad steden",
        "idee ideeën",
        "industrie industrieën",
        "organisatie organisaties",
        "medewerker medewerkers",
        "kwijtschelden kwijtgescholden",
        "bespreken besproken bespreekt",
        "probleem problemen",
        "onderdeel onderdelen",
        "orgaan organen",
        "sociaal sociale",
        "groot grote",
        "foto foto's",
        "programma programma's",
        "vraagt vragen vraag",
        "gebruik gebruikt gebruiken",
        "wachtlijst wachtlijsten",
        "werkwijze werkwijzen",
        "dossier dossiers",
        "open openen opent",
        "ambtenaar ambtenaren",
        "bureau bureaus",
        "aanvraag aanvragen",
        "grens grenzen",
        "kans kansen",
        "ontwikkelt ontwikkeld ontwikkelen",
        "besluit besluiten",
        "wachttijd wachttijden",
    ] {
        let mut words = group.split(' ');
        let first = words.next().unwrap();
        words.for_each(|w| same(first, w));
    }
    for (a, b) in [
        ("mens", "men"),
        ("zak", "zaak"),
        ("wet", "weten"),
        ("plaats", "plaat"),
        ("gemiddeld", "middel"),
        ("recht", "reken"),
        ("gemeente", "meent"),
        ("verleden", "verlid"),
    ] {
        differ(a, b);
    }
}

#[test]
fn english_is_stemmed_as_english() {
    let mut s = Analyser::default();
    for group in [
        "policy policies",
        "plan plans planned planning",
        "agency agencies",
        "use used uses using",
        "need needs needed",
        "child children",
        "criterion criteria",
        "pay pays paid paying",
        "take took taken taking",
        "oversee oversees oversaw overseen overseeing",
        "control controls controlled controlling",
        "call called calling",
        "process processes processed processing",
        "analysis analyses",
        "life lives",
        "proceed proceeds proceeded",
        "agree agreed agrees",
        "tax taxes taxed",
        "comply complies complied complying",
        "study studies studied",
    ] {
        let stems: Vec<_> = group.split(' ').map(|w| s.stem(Lang::En, w).to_owned()).collect();
        assert!(stems.windows(2).all(|p| p[0] == p[1]), "{group}: {stems:?}");
    }
}

#[test]
fn english_words_meet_what_they_are_derived_from() {
    let mut s = Analyser::default();
    for (word, base) in [
        ("implementation", "implement"),
        ("regulations", "regulated"),
        ("enforcement", "enforced"),
        ("compliance", "complies"),
        ("effectively", "effective"),
        ("accountability", "accountable"),
        ("digitisation", "digitised"),
    ] {
        let stem = s.stem(Lang::En, base).to_owned();
        assert!(s.word(Lang::En, word).roots.iter().any(|r| **r == *stem), "{word}: {base}");
    }
    for word in ["department", "document", "station", "number", "sector"] {
        assert!(s.word(Lang::En, word).roots.is_empty(), "{word}");
    }
}

proptest! {
    #[test]
    fn tokens_are_exact_ranges_in_order(text in ".{0,60}|[a-zA-Z0-9éë&'().,\\- ]{0,60}") {
        let mut last = 0;
        let mut plain: Vec<(crate::doc::TextRange, String)> = Vec::new();
        tokens(&text, |t| {
            assert!(text.get(t.range.as_usize()).is_some_and(|s| !s.is_empty()));
            assert!(!t.text.is_empty() && t.span > 0 && (t.position >= last || t.span > 1));
            last = last.max(t.position);
            if t.reading == Reading::Main && fold(&text[t.range.as_usize()]).bytes().all(|b| b.is_ascii_lowercase()) {
                plain.push((t.range, t.text.to_owned()));
            }
        });
        for (range, form) in plain {
            prop_assert_eq!(fold(&text[range.as_usize()]), form);
        }
    }

    #[test]
    fn stems_never_fail_and_are_never_empty(word in "[a-z']{1,16}|.{1,8}") {
        let word = fold(&word);
        let mut s = Analyser::default();
        for lang in [Lang::Nl, Lang::En] {
            let empty = s.stem(lang, &word).is_empty();
            prop_assert!(!empty || word.chars().all(|c| c == '\'') || word == "'s" || word.is_empty() || word.starts_with('\''));
        }
    }
}
