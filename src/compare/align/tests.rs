#![allow(clippy::unwrap_used)]
use super::*;
use crate::import::{Limits, read};
use proptest::prelude::*;

fn doc(text: &str) -> Document {
    read(text.as_bytes(), &Limits::default()).unwrap()
}

fn compare(old: &str, new: &str) -> (Document, Document, Comparison) {
    let (old, new) = (doc(old), doc(new));
    let whole = |d: &Document| TextRange::from(0..d.text().len());
    let found = align(&old, whole(&old), &new, whole(&new));
    (old, new, found)
}

/// The fates in order, a letter each.
fn fates(found: &Comparison) -> String {
    let letter = |p: &Pair| match p.fate {
        Fate::Same => '=',
        Fate::Changed => '~',
        Fate::Removed => '-',
        Fate::Added => '+',
        Fate::MovedAway => '<',
        Fate::MovedHere => '>',
    };
    found.pairs.iter().map(letter).collect()
}

const OLD: &str = "# Stand van de haven

## 1 Ligplaatsen

De havendienst telde dit jaar twaalf ligplaatsen die niet meer aan de eisen voldoen en dus gesloten blijven.

Schippers wachten gemiddeld negen weken op een antwoord van de dienst, en soms nog veel langer dan dat.

## 2 Meldkamer

De meldkamer is sinds maart onderbezet, waardoor schepen voor de sluis stilliggen zonder dat iemand hen ziet.

## 3 Slot

Wij danken de schippers voor hun geduld.
";

#[test]
fn an_edition_is_the_same_as_itself() {
    let (_, _, found) = compare(OLD, OLD);
    assert!(fates(&found).chars().all(|c| c == '='), "{}", fates(&found));
    assert_eq!(found.counts.differing(), 0);
    assert!(found.sections.iter().all(|s| s.old.is_some() && s.new.is_some() && !s.renamed));
}

#[test]
fn changed_added_and_removed_blocks_stand_where_they_belong() {
    let new = OLD
        .replace("twaalf ligplaatsen", "veertien ligplaatsen")
        .replace("Wij danken de schippers voor hun geduld.\n", "")
        .replace(
            "## 2 Meldkamer\n",
            "De kade aan de noordzijde is in het voorjaar verzakt en met hekken afgezet.\n\n## 2 Meldkamer\n",
        );
    let (_, _, found) = compare(OLD, &new);
    assert_eq!(fates(&found), "==~=+===-");
    assert_eq!((found.counts.changed, found.counts.added, found.counts.removed), (1, 1, 1));
}

#[test]
fn a_section_is_known_under_another_title_and_at_another_place() {
    let meldkamer = "## 2 Meldkamer\n\nDe meldkamer is sinds maart onderbezet, waardoor schepen voor de sluis stilliggen \
                     zonder dat iemand hen ziet.\n\n";
    let moved = OLD.replace("## 2 Meldkamer\n\nDe meldkamer is sinds maart onderbezet, waardoor schepen voor de sluis stilliggen zonder dat iemand hen ziet.\n\n", "");
    let moved = moved
        .replace("## 1 Ligplaatsen", &format!("{meldkamer}## 1 Ligplaatsen"))
        .replace("## 2 Meldkamer", "## 1 De bezetting");
    let (old, new, found) = compare(OLD, &moved);
    let title = |d: &Document, s: Option<SectionId>| s.map(|s| d.outline().section(s).title.clone());
    let pair = found.sections.iter().find(|s| title(&new, s.new).as_deref() == Some("De bezetting")).unwrap();
    assert_eq!(title(&old, pair.old).as_deref(), Some("Meldkamer"));
    assert!(pair.renamed);
    assert_eq!(found.counts.moved, 1, "{}", fates(&found));
    let here = found.pairs.iter().find(|p| p.fate == Fate::MovedHere).unwrap();
    let away = found.pairs.iter().find(|p| p.fate == Fate::MovedAway).unwrap();
    assert_eq!((here.other, away.other), (away.old, here.new));
}

#[test]
fn other_reports_share_nothing() {
    let (_, _, found) = compare("# Een\n\nDe kade is nat.\n", "# Twee\n\nIets over bruggen en wegen.\n");
    assert_eq!(found.counts.same + found.counts.changed + found.counts.moved, 0);
    assert!(found.sections.iter().all(|s| s.old.is_none() || s.new.is_none()));
}

proptest! {
    #[test]
    fn every_block_of_both_stands_there_once_and_in_order(
        old in prop::collection::vec(0usize..12, 0..14),
        new in prop::collection::vec(0usize..12, 0..14),
    ) {
        let part = |n: &usize| match n % 4 {
            0 => format!("## Kop {n}\n\n"),
            _ => format!("Zin {n} gaat over kade {} en brug {} in de haven van het noorden.\n\n", n * 7, n / 2),
        };
        let text = |parts: &[usize]| format!("# Titel\n\n{}", parts.iter().map(part).collect::<String>());
        let (a, b, found) = compare(&text(&old), &text(&new));
        let olds: Vec<u32> = found.pairs.iter().filter_map(|p| p.old).map(|b| b.0).collect();
        let news: Vec<u32> = found.pairs.iter().filter_map(|p| p.new).map(|b| b.0).collect();
        prop_assert_eq!(olds, (0..a.blocks().len() as u32).collect::<Vec<_>>());
        prop_assert_eq!(news, (0..b.blocks().len() as u32).collect::<Vec<_>>());
        for pair in &found.pairs {
            let both = pair.old.is_some() && pair.new.is_some();
            prop_assert_eq!(both, matches!(pair.fate, Fate::Same | Fate::Changed));
            prop_assert_eq!(pair.other.is_some(), matches!(pair.fate, Fate::MovedAway | Fate::MovedHere));
        }
    }
}
