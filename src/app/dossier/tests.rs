#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::app::tests::Stage;
use crate::knelpunt::register::Made;

#[test]
fn years_that_follow_one_another_are_a_stretch() {
    for (years, said) in [
        (&[][..], ""),
        (&[2021], "2021"),
        (&[2021, 2022], "2021, 2022"),
        (&[2018, 2020, 2021, 2022, 2025], "2018, 2020–2022, 2025"),
    ] {
        assert_eq!(said::years(years.iter().copied()), said);
    }
}

#[test]
fn a_dossier_opens_that_of_a_part_and_leads_back_to_the_same_row() {
    let mut stage = Stage::new(140, 40);
    let one = |id: &str, parent: Option<&str>| Made {
        id: id.into(),
        title: id.to_uppercase(),
        parent: parent.map(str::to_owned),
        ..Made::default()
    };
    stage.send(Msg::Register(vec![one("kade", None), one("muur", Some("kade")), one("voeg", Some("muur"))]));
    stage.app.open_dossier(Key::Made("kade".into()), &mut Vec::new());
    stage.press("g g j");
    assert_eq!(stage.app.listed_here(), Some(Listed::Made("muur".into())));
    stage.press("enter");
    assert_eq!(stage.app.dossier.of.as_ref().unwrap().above[0].0, "kade");
    stage.press("j enter");
    assert_eq!(stage.app.dossier.of.as_ref().unwrap().title, "VOEG");
    stage.press("q");
    assert_eq!(stage.app.dossier.of.as_ref().unwrap().title, "MUUR");
    stage.press("esc");
    assert_eq!(stage.app.listed_here(), Some(Listed::Made("muur".into())), "the row it was opened from");
    // without what belongs to its parts, and with it
    let with = |stage: &Stage| stage.app.dossier.of.as_ref().unwrap().with_children;
    assert!(with(&stage));
    stage.press("f");
    assert!(!with(&stage));
    stage.press("q");
    assert_eq!(stage.app.view, View::Read);
}

#[test]
fn no_size_is_fatal() {
    let mut stage = Stage::new(140, 40);
    stage.press("g k j enter");
    assert_eq!(stage.app.view, View::Dossier);
    for (w, h) in [(1, 1), (40, 10), (69, 20), (70, 24), (200, 60), (0, 0), (120, 12)] {
        stage.send(Msg::Resize(w, h));
        stage.press("j k l h G g g");
    }
}
