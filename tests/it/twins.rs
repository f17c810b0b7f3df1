//! A note is seen from every report that holds its passage, and never as if it were made there.

use crate::harness::{Desk, Reader};
use kantlijn::app::View;
use kantlijn::doc::Lang;

const SAID: &str = "Wij kunnen een aanvraag voor een ligplaats niet binnen acht weken afdoen zolang de meldkamer en de \
                    havendienst ieder hun eigen formulier vragen en er niemand is die beide naast elkaar legt.";

fn desk() -> Desk {
    let one = format!("# Stand van de haven 2031\n\n## Ligplaatsen\n\n{SAID}\n\n## Slot\n\nMeer niet.\n");
    let varied = SAID.replace("niemand is", "helaas niemand is");
    let two = format!("# Verslag van het toezicht 2032\n\n## Bevindingen\n\nVooraf.\n\n{SAID}\n\nEn verder.\n");
    let three = format!("# Brief over de meldkamer 2032\n\n## Achtergrond\n\n{varied}\n\nEn verder.\n");
    Desk::of(&[("haven.md", &one), ("toezicht.md", &two), ("brief.md", &three)])
}

fn open(reader: &mut Reader, title: &str) {
    reader.press("g r ctrl-p").write(title).press("enter");
    assert_eq!(reader.inline.app.view, View::Read, "{}", reader.text());
}

#[test]
fn a_note_is_seen_from_other_reports_with_the_same_passage() {
    let desk = desk();
    let mut reader = desk.sit(140, 40, Lang::Nl);
    open(&mut reader, "Stand van de haven");
    reader.press("] s } V a").write("één loket vragen").press("ctrl-s");
    assert_eq!(desk.note_files().len(), 1, "{}", reader.text());
    let id = reader.inline.app.notebook.all().next().unwrap().id.clone();
    let twins: Vec<_> = reader.inline.app.notebook.twins_of(&id).map(|t| (t.report.clone(), t.same)).collect();
    assert_eq!(twins.len(), 2, "{twins:?}");
    assert!(twins.contains(&("Verslag van het toezicht 2032".to_owned(), true)), "{twins:?}");
    assert!(twins.contains(&("Brief over de meldkamer 2032".to_owned(), false)), "{twins:?}");
    reader.must_show("ook in");
    // from the other report, with a sign of its own
    open(&mut reader, "Verslag van het toezicht");
    reader.must_show("één loket vragen").must_show("≈").must_show("uit 2031");
    assert_eq!(reader.inline.app.margin.count, 0, "it is no note of this report");
    let mark = reader.inline.app.margin.marks[0].clone();
    let text = reader.inline.app.reader.open.clone().unwrap();
    assert!(mark.twin && text.doc.slice(mark.range) == SAID, "{:?}", text.doc.slice(mark.range));
    // Enter goes to where it was made
    reader.press("tab enter");
    let open_now = reader.inline.app.reader.open.clone().unwrap();
    assert!(open_now.file.ends_with("haven.md"), "{}", reader.text());
    // undone, it is nowhere any more
    reader.press("u");
    open(&mut reader, "Verslag van het toezicht");
    assert!(reader.inline.app.margin.marks.is_empty());
}
