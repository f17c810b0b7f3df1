#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::notes::export::tests::sample;

fn page(index: u32, label: Option<&str>) -> Option<Page> {
    Some(Page { index, label: label.map(str::to_owned) })
}

/// A report of an agency that doesn't exist, cited in every way.
fn veer() -> Cited {
    Cited {
        title: "Varen in de winter".into(),
        org: Some("Veerdienst Oostmeer".into()),
        year: Some(2024),
        section: vec!["1 Dienst".into(), "1.1 Nachtvaart".into()],
        page: page(14, Some("12")),
        quote: Some("De pont voer twee uur korter.".into()),
    }
}

#[test]
fn a_quote_with_its_source_in_each_style_and_language() {
    let whole = veer();
    let counted = Cited { page: page(14, None), ..veer() };
    let section = Cited { page: None, ..veer() };
    let nobody = Cited { org: None, year: None, ..veer() };
    let table = [
        (
            &whole,
            Style::Leidraad,
            Lang::Nl,
            "‘De pont voer twee uur korter.’ Veerdienst Oostmeer, Varen in de winter, 2024, p. 12.",
        ),
        (
            &counted,
            Style::Leidraad,
            Lang::Nl,
            "‘De pont voer twee uur korter.’ Veerdienst Oostmeer, Varen in de winter, 2024, p. 14 (geteld, niet gedrukt).",
        ),
        (
            &section,
            Style::Leidraad,
            Lang::Nl,
            "‘De pont voer twee uur korter.’ Veerdienst Oostmeer, Varen in de winter, 2024, onder ‘1.1 Nachtvaart’.",
        ),
        (&nobody, Style::Leidraad, Lang::Nl, "‘De pont voer twee uur korter.’ Varen in de winter, p. 12."),
        (
            &section,
            Style::Leidraad,
            Lang::En,
            "‘De pont voer twee uur korter.’ Veerdienst Oostmeer, Varen in de winter, 2024, under ‘1.1 Nachtvaart’.",
        ),
        (
            &whole,
            Style::Apa,
            Lang::En,
            "“De pont voer twee uur korter.” (Veerdienst Oostmeer, 2024, p. 12)\n\nVeerdienst Oostmeer. (2024). Varen in de winter.",
        ),
        (
            &counted,
            Style::Apa,
            Lang::En,
            "“De pont voer twee uur korter.” (Veerdienst Oostmeer, 2024, p. 14 (counted, not printed))\n\nVeerdienst Oostmeer. (2024). Varen in de winter.",
        ),
        (
            &section,
            Style::Apa,
            Lang::En,
            "“De pont voer twee uur korter.” (Veerdienst Oostmeer, 2024, “1.1 Nachtvaart” section)\n\nVeerdienst Oostmeer. (2024). Varen in de winter.",
        ),
        (
            &section,
            Style::Apa,
            Lang::Nl,
            "“De pont voer twee uur korter.” (Veerdienst Oostmeer, 2024, sectie “1.1 Nachtvaart”)\n\nVeerdienst Oostmeer. (2024). Varen in de winter.",
        ),
        (
            &nobody,
            Style::Apa,
            Lang::Nl,
            "“De pont voer twee uur korter.” (“Varen in de winter”, z.d., p. 12)\n\nVaren in de winter. (z.d.).",
        ),
        (
            &nobody,
            Style::Apa,
            Lang::En,
            "“De pont voer twee uur korter.” (“Varen in de winter”, n.d., p. 12)\n\nVaren in de winter. (n.d.).",
        ),
        (
            &whole,
            Style::Plain,
            Lang::Nl,
            "‘De pont voer twee uur korter.’ (Veerdienst Oostmeer, Varen in de winter, 2024, § 1.1 Nachtvaart, p. 12)",
        ),
    ];
    for (cited, style, lang, wanted) in table {
        assert_eq!(cited.quoted(style, lang), wanted, "{style:?} {lang:?}");
    }
}

#[test]
fn bibtex_and_csl_hold_the_page_as_printed_and_say_when_it_is_counted() {
    assert_eq!(
        veer().quoted(Style::Bibtex, Lang::Nl),
        "@techreport{veerdienst-oostmeer-2024-varen-in-de-winter,\n  author = {{Veerdienst Oostmeer}},\n  institution = {{Veerdienst Oostmeer}},\n  title = {{Varen in de winter}},\n  year = {2024},\n  pages = {12},\n  annote = {De pont voer twee uur korter.},\n}"
    );
    let counted = Cited { page: page(14, None), ..veer() };
    assert!(counted.source(Style::Bibtex, Lang::En).contains("note = {p. 14 (counted, not printed)}"));
    let csl: Value = serde_json::from_str(&veer().source(Style::CslJson, Lang::En)).unwrap();
    assert_eq!(csl["author"], json!([{ "literal": "Veerdienst Oostmeer" }]));
    assert_eq!(csl["issued"], json!({ "date-parts": [[2024]] }));
    assert_eq!((csl["page"].as_str(), csl["type"].as_str()), (Some("12"), Some("report")));
    let csl: Value = serde_json::from_str(&counted.source(Style::CslJson, Lang::En)).unwrap();
    assert_eq!((csl["page"].as_str(), csl["note"].as_str()), (None, Some("p. 14 (counted, not printed)")));
}

#[test]
fn what_would_break_a_form_is_made_harmless() {
    let table = [
        ("50 % meer & {minder} $1 #2 a_b", r"50 \% meer \& \{minder\} \$1 \#2 a\_b"),
        (r"pad\naar ~thuis ^hoog", r"pad\textbackslash{}naar \textasciitilde{}thuis \textasciicircum{}hoog"),
        ("drie\nregels\r\nen\teen tab", "drie regels en een tab"),
        ("een \u{1b}[31mrood\u{7} teken\u{202e}", "een [31mrood teken"),
        ("\"dubbel\" en 'enkel'", "\"dubbel\" en 'enkel'"),
    ];
    for (title, tex) in table {
        let target = Target {
            report: Some(crate::notes::ReportRef {
                title: title.into(),
                org: None,
                year: None,
                edition: None,
                file: String::new(),
            }),
            kind: crate::notes::TargetKind::Report,
            section: Vec::new(),
            page: None,
            position: None,
        };
        let cited = Cited::target(&target);
        let bib = cited.source(Style::Bibtex, Lang::Nl);
        assert!(bib.contains(&format!("title = {{{{{tex}}}}},")), "{bib}");
        let opened = bib.replace("\\{", "").replace("\\}", "");
        assert_eq!(opened.matches('{').count(), opened.matches('}').count(), "{bib}");
        for style in [Style::Leidraad, Style::Apa, Style::Plain] {
            let text = cited.source(style, Lang::Nl);
            assert!(!text.contains(char::is_control), "{text:?}");
        }
        let csl: Value = serde_json::from_str(&cited.source(Style::CslJson, Lang::Nl)).unwrap();
        assert_eq!(csl["title"], line(title));
    }
}

#[test]
fn keys_are_plain_and_no_two_reports_share_one() {
    let mut bundle = sample::bundle();
    let mut twin = bundle.items[0].clone();
    twin.at.report = "JAARBERICHT: 2024".into();
    bundle.items.push(twin);
    let text = sources(&bundle, Style::Bibtex, Lang::Nl);
    let keys: Vec<&str> = text.lines().filter_map(|l| l.strip_prefix("@techreport{")).collect();
    assert_eq!(
        keys,
        [
            "veerdienst-oostmeer-2023-sluisbeheer-noorderkolk,",
            "veerdienst-oostmeer-2024-jaarbericht-2024,",
            "veerdienst-oostmeer-2024-jaarbericht-2024-2,",
        ]
    );
    assert_eq!(Cited { title: "報告".into(), ..Cited::default() }.key(), "report");
}

#[test]
fn a_list_of_quotes_has_each_on_its_own_and_apa_its_references_below() {
    insta::assert_snapshot!("apa", quotes(&sample::bundle(), Style::Apa, Lang::Nl));
    insta::assert_snapshot!("leidraad", quotes(&sample::bundle(), Style::Leidraad, Lang::Nl));
    insta::assert_snapshot!("csl", sources(&sample::bundle(), Style::CslJson, Lang::En));
}
