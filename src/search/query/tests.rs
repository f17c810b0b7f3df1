#![allow(clippy::unwrap_used, clippy::panic)]
use super::*;
use crate::doc::Lang;
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
    assert_eq!(said("~flessenhals"), [NotYet("~flessenhals".into())]);
    assert_eq!(said("a — b"), [NoWord("—".into())]);
    assert_eq!(said(&"woord é ".repeat(200_000)), [TooLong]);
    assert!(said("a +").is_empty(), "a sign just typed waits for its word");
    for s in said("\"a kleur:rood ( tag: jaar:x a OR ~b —") {
        assert!(!s.text(Lang::Nl).is_empty() && !s.text(Lang::En).is_empty());
    }
}

#[test]
fn understood_in_words() {
    let q = Query::parse("keten van +boete -hond jaar:2024 in:notities ");
    assert_eq!(
        q.understood(Lang::Nl),
        "boete; liefst met keten; telt alleen mee in de volgorde: van; zonder hond; over jaar 2024; alleen in notities"
    );
    assert_eq!(Query::parse("wacht lijst").understood(Lang::En), "wacht or lijst (more is better)…");
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
        let _ = (q.understood(Lang::Nl), q.understood(Lang::En));
    }
}
