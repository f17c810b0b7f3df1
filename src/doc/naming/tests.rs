//! Which names are those of one report, and which only look like it.

#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;

/// Title, publisher, year, file.
type Row<'a> = (&'a str, &'a str, i32, &'a str);

fn naming(row: Row<'_>) -> Naming {
    let (title, org, year, file) = row;
    let org = Some(org).filter(|o| !o.is_empty());
    Naming::of(&Named { title, org, year: Some(year).filter(|y| *y > 0), file, ..Named::default() })
}

fn likeness(a: Row<'_>, b: Row<'_>) -> Likeness {
    let (a, b) = (naming(a), naming(b));
    let there = a.likeness(&b);
    assert_eq!(there, b.likeness(&a), "the same both ways");
    there
}

const DIENST: &str = "Dienst Veren en Ponten (DVP)";

#[test]
fn editions_of_one_report() {
    let same: &[(Row<'_>, Row<'_>)] = &[
        (("Stand van de veren 2024", DIENST, 2024, ""), ("Stand van de veren 2025", DIENST, 2025, "")),
        (("Stand van de veren 2024", DIENST, 2024, ""), ("Stand van de veren", DIENST, 2025, "")),
        (("STAND VAN DE VEREN, 2024", DIENST, 2024, ""), ("Stand van de veren (2025)", "DVP", 2025, "")),
        (("Jaarverslag 2023/24", DIENST, 2024, ""), ("Jaarverslag 2024-2025", DIENST, 2025, "")),
        (("Jaarverslag over het jaar 2024", DIENST, 2024, ""), ("Jaarverslag 2025", DIENST, 2025, "")),
        (("Jaarverslag DVP 2024", DIENST, 2024, ""), ("Jaarverslag 2025", DIENST, 2025, "")),
        (
            ("Jaarverslag 2024: varen op zicht", DIENST, 2024, ""),
            ("Jaarverslag 2025: tegen de stroom", DIENST, 2025, ""),
        ),
        (("Jaarverslag 2024 – varen op zicht", DIENST, 2024, ""), ("Jaarverslag 2024", DIENST, 2024, "")),
        (("Pontonnenmonitor maart 2025", DIENST, 2025, ""), ("Pontonnenmonitor september 2025", DIENST, 2025, "")),
        (("Pontonnenmonitor Q1 2025", DIENST, 2025, ""), ("Pontonnenmonitor Q3 2025", DIENST, 2025, "")),
        (
            ("Derde voortgangsrapportage Vaarwegen op orde", DIENST, 2024, ""),
            ("Vierde voortgangsrapportage Vaarwegen op orde", DIENST, 2025, ""),
        ),
        (
            ("Handboek veerdiensten, 2e editie", DIENST, 2020, ""),
            ("Handboek veerdiensten, derde editie", DIENST, 2025, ""),
        ),
        (
            ("Stand van de veren 2025 (concept)", DIENST, 2025, ""),
            ("Stand van de veren 2025 (definitief)", DIENST, 2025, ""),
        ),
        (
            ("Concept Stand van de veren 2025", DIENST, 2025, ""),
            ("Stand van de veren 2025, versie 1.2", DIENST, 2025, ""),
        ),
        (
            ("Stand van de veren 2025 - herziene versie", DIENST, 2025, ""),
            ("Stand van de veren 2025", DIENST, 2025, ""),
        ),
        (
            ("State of the Ferries 2024 (revised)", "Ferry Office", 2024, ""),
            ("State of the ferries 2024", "Ferry Office", 2024, ""),
        ),
        // a title that says enough needs no publisher
        (("Veerdiensten op de Merwede in 2024", "", 2024, ""), ("Veerdiensten op de Merwede in 2025", "", 2025, "")),
        (
            ("Veerdiensten op de Merwede", "", 0, "a/veren-v1.md"),
            ("Veerdiensten op de Merwede", DIENST, 2025, "b/veren-v2.pdf"),
        ),
        (("Stand van de uitvoering DVP 2024", "", 2024, ""), ("Stand van de uitvoering DVP 2025", "", 2025, "")),
        // nor does one whose file says whose it is
        (
            ("Jaarverslag 2024", "", 2024, "x/ponten-jaarverslag-2024.pdf"),
            ("Jaarverslag 2025", "", 2025, "ponten_jaarverslag_2025.md"),
        ),
    ];
    for (a, b) in same {
        assert_eq!(likeness(*a, *b), Likeness::Same, "{a:?}\n{b:?}");
    }
}

#[test]
fn reports_that_only_look_alike() {
    let other: &[(Row<'_>, Row<'_>)] = &[
        // two publishers and one generic title
        (("Jaarverslag 2024", DIENST, 2024, ""), ("Jaarverslag 2024", "Inspectie Kades", 2024, "")),
        (("Jaarverslag 2024", DIENST, 2024, ""), ("Jaarverslag 2025", "Inspectie Kades", 2025, "")),
        (
            ("Stand van de uitvoering 2024", "Bureau Noord (BN)", 2024, ""),
            ("Stand van de uitvoering 2025", "Bank Nabij (BN)", 2025, ""),
        ),
        (("Jaarverslag 2024", "", 2024, ""), ("Jaarverslag 2025", "", 2025, "")),
        (("Jaarverslag 2024", DIENST, 2024, ""), ("Jaarverslag 2025", "", 2025, "")),
        (
            ("Stand van de uitvoering", "", 2024, "rapport.pdf"),
            ("Stand van de uitvoering", "", 2025, "rapport (1).pdf"),
        ),
        (("Jaarverslag 2024", "", 2024, "ponten-2024.pdf"), ("Jaarverslag 2025", "", 2025, "kades-2025.pdf")),
        (("Jaarverslag", "", 2024, "blg-100200.pdf"), ("Jaarverslag", "", 2025, "blg-300400.pdf")),
        // names that say nothing, be it of one publisher
        (("Bijlage 1", DIENST, 2024, ""), ("Bijlage 1", DIENST, 2025, "")),
        (("Beslisnota 2024", DIENST, 2024, ""), ("Beslisnota 2025", DIENST, 2025, "")),
        (("Rapport", DIENST, 2024, ""), ("Rapport", DIENST, 2025, "")),
        (("", DIENST, 2024, "a.txt"), ("", DIENST, 2025, "b.txt")),
        (("2024", DIENST, 2024, ""), ("2025", DIENST, 2025, "")),
        // what else is numbered
        (("Vaarwegen op orde, deel 1", DIENST, 2025, ""), ("Vaarwegen op orde, deel 2", DIENST, 2025, "")),
        (("Visie Veren 2040", DIENST, 2024, ""), ("Visie Veren 2050", DIENST, 2025, "")),
        (("Kadeagenda naar 2030", DIENST, 2025, ""), ("Kadeagenda naar 2040", DIENST, 2025, "")),
        (("Evaluatie Veerwet 1995", DIENST, 2020, ""), ("Evaluatie Veerwet 2012", DIENST, 2021, "")),
        // another paper on the same
        (("Stand van de veren 2025", DIENST, 2025, ""), ("Samenvatting Stand van de veren 2025", DIENST, 2025, "")),
        (("Stand van de veren 2025", DIENST, 2025, ""), ("Reactie op de Stand van de veren 2025", DIENST, 2025, "")),
        (("Veermonitor 2024: jeugd", DIENST, 2024, ""), ("Veermonitor 2025: ouderen", DIENST, 2025, "")),
        (("Jaarverslag 2024: ponten", DIENST, 2024, ""), ("Jaarverslag 2024: pontons", DIENST, 2024, "")),
        (("Evaluatie 2024: loodsen", DIENST, 2024, ""), ("Evaluatie 2025: bakens", DIENST, 2025, "")),
        (("Jaarplan 2025", DIENST, 2025, ""), ("Jaarverslag 2025", DIENST, 2025, "")),
    ];
    for (a, b) in other {
        assert!(likeness(*a, *b) < Likeness::Same, "{a:?}\n{b:?}");
    }
}

#[test]
fn a_letter_is_no_report_and_a_translation_no_edition() {
    let named = |kind, lang| {
        let org = Some(DIENST);
        Naming::of(&Named {
            title: "Stand van de veren",
            org,
            year: Some(2025),
            file: "",
            kind: Some(kind),
            lang: Some(lang),
        })
    };
    let report = named(PartKind::Report, Lang::Nl);
    assert_eq!(report.likeness(&named(PartKind::Annex, Lang::Nl)), Likeness::Same);
    assert_eq!(report.likeness(&named(PartKind::Letter, Lang::Nl)), Likeness::Other);
    assert_eq!(report.likeness(&named(PartKind::Report, Lang::En)), Likeness::Other);
}

#[test]
fn what_tells_editions_apart() {
    let issue = |title, year, file| {
        let n = naming((title, DIENST, year, file));
        let i = n.issue();
        (i.year, i.period, i.number, n.version())
    };
    let unsaid = Version::default();
    assert_eq!(issue("Stand 2024-2025", 0, ""), (Some(2025), 0, 0, unsaid));
    assert_eq!(issue("Stand 2021 t/m 2024", 0, ""), (Some(2024), 0, 0, unsaid));
    assert_eq!(issue("Stand van de veren", 2023, ""), (Some(2023), 0, 0, unsaid));
    assert_eq!(issue("Stand van de veren", 0, "veren-2022.md"), (Some(2022), 0, 0, unsaid));
    assert_eq!(issue("Stand tweede kwartaal 2025", 0, ""), (Some(2025), 2, 0, unsaid));
    assert_eq!(issue("Stand van 3 mei 2025", 0, ""), (Some(2025), 5 * 32 + 3, 0, unsaid));
    assert_eq!(issue("Vierde meting veren", 2025, ""), (Some(2025), 0, 4, unsaid));
    let dated = Version { date: (2025, 3, 14), ..unsaid };
    assert_eq!(issue("Stand 2024 (14 maart 2025)", 0, ""), (Some(2024), 0, 0, dated));
    assert_eq!(issue("Stand 2024", 0, "20250314_stand.pdf"), (Some(2024), 0, 0, dated));
    let version = |title, file| issue(title, 0, file).3;
    assert_eq!(version("Stand 2024, versie 1.2", "").number, (1, 2));
    assert_eq!(version("Stand 2024", "stand-v3.docx").number, (3, 0));
    assert_eq!(version("Concept stand 2024", "").stage, Stage::Draft);
    assert_eq!(version("Stand 2024", "stand_def.docx").stage, Stage::Final);
    assert_eq!(version("Stand 2024 (gecorrigeerd)", "stand-concept.docx").stage, Stage::Corrected);
    // years of laws and goals are no years of the report
    assert_eq!(issue("Evaluatie Veerwet 1995", 2024, "").0, Some(2024));
    assert_eq!(issue("Kadeagenda 2035", 2024, "").0, Some(2024));
}
