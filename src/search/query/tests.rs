#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;
use crate::doc::Lang;
use crate::search::pattern::PatternFault;
use proptest::prelude::*;

fn shown(text: &str) -> String {
    Query::parse(text).to_string()
}

#[test]
fn operators_bind_as_written() {
    assert_eq!(shown("a b"), "a b");
    assert_eq!(shown("+a -b"), "+a -b");
    assert_eq!(shown("a AND b c"), "+a +b c");
    assert_eq!(shown("a OR b c"), "(a OR b) c");
    assert_eq!(shown("a AND b OR c"), "((+a +b) OR c)");
    assert_eq!(shown("taak NOT \"een zin\""), "taak -\"een zin\"");
    assert_eq!(shown("((keten))"), "(keten)");
    assert_eq!(shown("-(a OR b)"), "-(a OR b)");
    assert_eq!(shown("=PI's weer*"), "=PI's weer*");
    assert_eq!(shown("rapport:\"stand van\" jaar:2023..2025"), "report:\"stand van\" year:2023..2025");
    assert_eq!(shown("NOT 12 juni 2026 30 821 AND x"), "-(12 juni 2026) +(30 821) +x");
    assert_eq!(shown("tag:a OR tag:b"), "+(tag:a OR tag:b)");
}

#[test]
fn what_is_one_word_to_the_tokeniser_is_one() {
    assert_eq!(Query::parse("35 234 nr 7").root.0.len(), 3);
    assert_eq!(Query::parse("12 juni 2026").root.0.len(), 1);
    assert_eq!(Query::parse("(gezins)locaties gemeente(n)").root.0.len(), 2);
    assert_eq!(Query::parse("VOG-NP KB&W").root.0.len(), 2);
    assert_eq!(Query::parse("kop/staart").root.0.len(), 2);
}

#[test]
fn what_is_shown_reads_back_as_it_was_meant() {
    for text in ["=jaar:2024(n)KB&W", "jaar2024(n)KB&W", "(n)DT*", "-x(n)KB&W", "30 NOT) OR (PI's", "a OR b AND (c)"] {
        let q = Query::parse(text);
        assert_eq!(Query::parse(&q.to_string()).root, q.root, "{text} shown as {q}");
    }
}

#[test]
fn nothing_is_passed_over_in_silence() {
    use Said::*;
    let said = |t: &str| Query::parse(t).said().to_vec();
    assert_eq!(said("\"open zin"), [UnclosedQuote]);
    assert_eq!(said("(a b"), [UnclosedParen]);
    assert_eq!(said("a) b"), [ExtraParen]);
    assert_eq!(said("kleur:rood"), [UnknownFilter("kleur".into())]);
    assert_eq!(said("tag: x"), [EmptyFilter("tag".into())]);
    assert_eq!(said("jaar:vorig"), [BadValue("jaar".into(), "vorig".into())]);
    assert_eq!(said("in:kelder"), [BadValue("in".into(), "kelder".into())]);
    assert_eq!(said("a OR"), [Dangling("OR".into())]);
    assert_eq!(said("kost:3 raport:x"), [UnknownFilter("kost".into()), UnknownFilter("raport".into())]);
    assert_eq!(said("~12.830 ~de"), [NotFuzzy("12.830".into()), NotFuzzy("de".into())]);
    assert_eq!(said("~\"een zin\" =\"een zin\" =(a b)"), [MarkOnMany('~'), MarkOnMany('=')]);
    assert_eq!(said("/ope(n/"), [BadPattern("ope(n".into(), PatternFault::OpenGroup)]);
    assert_eq!(said("/(?=x)/"), [BadPattern("(?=x)".into(), PatternFault::NotKnown)]);
    assert_eq!(said("/((\\w{99}){99}){99}/"), [BadPattern("((\\w{99}){99}){99}".into(), PatternFault::TooLarge)]);
    assert_eq!(said("/een zin/"), [PatternOverBlank("een zin".into())]);
    assert_eq!(said("/open"), [UnclosedPattern]);
    assert_eq!(said(&"/a/ ".repeat(9)), [TooManyPatterns]);
    assert_eq!(
        said("status:weg taal:frans"),
        [BadValue("status".into(), "weg".into()), BadValue("taal".into(), "frans".into())]
    );
    assert_eq!(said("a — b"), [NoWord("—".into())]);
    assert_eq!(said(&"woord é ".repeat(200_000)), [TooLong]);
    assert!(said("a +").is_empty(), "a sign just typed waits for its word");
    for s in said("\"a kleur:rood ( tag: jaar:x a OR ~b — /(/ /a b/ ~(c) /x") {
        assert!(!s.text(Lang::Nl).is_empty() && !s.text(Lang::En).is_empty());
    }
}

#[test]
fn patterns_marks_and_dutch_operators() {
    assert_eq!(shown("~flesenhals +~tarief -/^on.*baar$/"), "~flesenhals +~tarief -/^on.*baar$/");
    assert_eq!(shown("a EN b NIET c OF d"), "+a +b ((-c) OR d)");
    assert_eq!(shown("/kop\\/staart( |x)?(a|b)/ c"), "/kop\\/staart( |x)?(a|b)/ c");
    assert_eq!(shown("kop/staart /etc/hosts en/of"), "kop staart etc hosts en of");
    assert_eq!(shown("/op( c"), "op (c)");
    assert_eq!(shown("op*vang *vang **vet** 3*4"), "/^op.*vang$/ /vang$/ vet* 3 4");
    assert_eq!(shown("=EN ~niet"), "=en ~niet");
    assert!(shown("https://voorbeeld.nl/x").contains("voorbeeld"));
    assert!(Query::parse("https://voorbeeld.nl/x").said().is_empty());
}

#[test]
fn values_in_one_form() {
    assert_eq!(shown("jaar:2023-2025 jaar:2025..2023"), "year:2023..2025 year:2023..2025");
    assert_eq!(shown("jaar:\"2023 t/m 2025\" jaar:>2023 year:<=2020"), "year:2023..2025 year:2024.. year:..2020");
    assert_eq!(shown("pagina:3-5 blz:iv bladzijde:12"), "page:3..5 page:iv page:12");
    assert_eq!(shown("status:Opgelost in:NOTITIES taal:engels"), "status:resolved in:notes lang:en");
    assert_eq!(shown("x in:noti"), "x in:notes", "the end of it is still to be typed");
    assert_eq!(Query::parse("x jaar:20").said(), [Said::EmptyFilter("jaar".into())]);
}

#[test]
fn a_mistyped_filter_is_told_its_name() {
    let said = |t: &str, lang| Query::parse(t).said()[0].text(lang);
    assert_eq!(said("raport:x", Lang::Nl), "er is geen filter “raport:”; bedoelde je “rapport:”?");
    assert_eq!(said("reprot:x", Lang::En), "there is no filter “reprot:”; did you mean “report:”?");
    assert_eq!(said("jar:2024", Lang::Nl), "er is geen filter “jar:”; bedoelde je “jaar:”?");
    assert_eq!(said("om:2024", Lang::Nl), "er is geen filter “om:”; als woorden gelezen");
}

#[test]
fn where_words_stand_that_may_be_misspelled() {
    let q = Query::parse("+keten -(~hond =kat) jaar:2024 \"een zin\" w* /p/ slot");
    let spots: Vec<&str> = q.spots.iter().map(|r| &q.typed[r.as_usize()]).collect();
    assert_eq!(spots, ["keten", "hond", "\"een zin\"", "slot"]);
}

#[test]
fn patterns_fit_single_words() {
    let fits = |p: &str, word: &str| Pattern::new(p).unwrap().fits(word);
    assert!(fits("vang", "opvangplek") && !fits("^vang", "opvangplek") && fits("plek$", "opvangplek"));
    assert!(fits("Éérst", "eerst") && fits("^KB&W$", "kb&w") && fits("1\\d{3}", "12830"));
    let beginnings = |p: &str| Pattern::new(p).unwrap().beginnings().to_vec();
    assert_eq!(beginnings("^(Ge|be)stuur.*"), ["bestuur", "gestuur"]);
    assert_eq!(beginnings("^op|vang"), [""; 0]);
    assert_eq!(beginnings("opvang"), [""; 0]);
    assert_eq!(beginnings("^keten$"), ["keten"]);
}

#[test]
fn understood_in_words() {
    let nl = |t: &str| Query::parse(t).understood(Lang::Nl);
    let en = |t: &str| Query::parse(t).understood(Lang::En);
    assert_eq!(
        nl("keten van +boete -hond jaar:2024 in:notities "),
        "boete, liefst met keten, zonder hond · over 2024, alleen in notities (licht: van)"
    );
    assert_eq!(en("wacht lijst"), "wacht or lijst…, best both");
    assert_eq!(nl("wacht lijst "), "wacht of lijst, liefst beide");
    assert_eq!(nl("kade brug of boot "), "kade, brug of boot, liefst alle (licht: of)");
    assert_eq!(nl("a EN b OF c "), "(a en b) of c");
    assert_eq!(
        nl("~flesenhals =Keten ketens* /^on.*baar$/"),
        "ongeveer flesenhals, precies “Keten”, ketens… of patroon /^on.*baar$/, liefst alle"
    );
    assert_eq!(nl("jaar:2023..2025"), "alles over 2023 t/m 2025");
    assert_eq!(nl("boete jaar:2023.. -rapport:\"stand van\""), "boete · vanaf 2023, niet in rapport “stand van”");
    assert_eq!(en("-hond page:3..5"), "everything without hond · on page 3 to 5");
    assert_eq!(nl("tag:a OF tag:b"), "alles met label a of b");
    assert_eq!(
        nl("status:opgelost taal:nl kop:x sectie:y org:z knelpunt:k bestand:b"),
        "alles met status opgelost, in het Nederlands, met kop x, onder kop y, van z, bij knelpunt k, in bestand b"
    );
    assert_eq!(en("de het "), "de or het, best both");
    assert_eq!(nl(""), "");
}

fn queryish() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        Just("keten".to_owned()),
        Just("AND".into()),
        Just("OR".into()),
        Just("NOT".into()),
        Just("(".into()),
        Just(")".into()),
        Just("\"".into()),
        Just("+".into()),
        Just("-".into()),
        Just(" ".into()),
        Just("=".into()),
        Just("*".into()),
        Just("tag:".into()),
        Just("jaar:2024".into()),
        Just("30".into()),
        Just("821".into()),
        Just("12 juni 2026".into()),
        Just("KB&W".into()),
        Just("\\".into()),
        Just("PI's".into()),
        Just("(n)".into()),
        Just("/".into()),
        Just("~".into()),
        Just("/op.*/".into()),
        Just("/a b/".into()),
        Just("\\/".into()),
        Just("EN".into()),
        Just("NIET".into()),
        Just("op*vang".into()),
        Just("\u{202e}".into()),
        Just("\u{0}".into()),
        Just("status:op".into()),
        Just("blz:>3".into()),
        Just("~word".into()),
        Just("in:n".into()),
        Just(":".into()),
        Just("d.w.z.".into()),
        Just("é".into()),
        ".{0,3}",
    ];
    prop::collection::vec(piece, 0..14).prop_map(|v| v.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3000))]
    #[test]
    fn any_text_is_a_query_and_showing_keeps_the_meaning(text in prop_oneof![queryish(), ".{0,40}"]) {
        let q = Query::parse(&text);
        let again = Query::parse(&q.to_string());
        prop_assert_eq!(&again.root, &q.root, "{:?} shown as {:?}", text, q.to_string());
        prop_assert_eq!(again.to_string(), q.to_string());
        for lang in [Lang::Nl, Lang::En] {
            let words = q.understood(lang);
            prop_assert_eq!(words.is_empty(), q.is_empty(), "{:?} understood as {:?}", text, words);
            let said = q.said().iter().map(|s| s.text(lang)).collect::<String>();
            prop_assert!(!(words + &said).contains(char::is_control), "{:?}", text);
        }
    }
}
