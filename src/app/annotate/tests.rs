#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::app::tests::Stage;
use crate::app::{Kept, Msg, Settled, Weight};
use crate::notes::anchor::{Anchor, Resolver};
use crate::notes::store::Store;
use crate::notes::{AcceptedAnchor, IdMaker};
use jiff::Timestamp;

/// A stage with a keeper: acts are done in a temporary folder, notes are looked for, as the runtime does.
pub(crate) struct Desk {
    pub stage: Stage,
    pub store: Store,
    ids: IdMaker,
    _folder: tempfile::TempDir,
}

impl Desk {
    pub fn new(w: u16, h: u16) -> Desk {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path());
        Desk { stage: Stage::new(w, h), store, ids: IdMaker::default(), _folder: folder }
    }

    /// With the first document open at the first sentence of running text of at least two in its block.
    pub fn reading(w: u16, h: u16) -> Desk {
        let mut desk = Desk::new(w, h);
        let at = desk.sentences()[0].start;
        desk.stage.read(0, at);
        desk
    }

    pub fn open(&self) -> std::sync::Arc<OpenDoc> {
        self.stage.docs[0].clone()
    }

    /// First sentences of paragraphs that have more than one.
    pub fn sentences(&self) -> Vec<TextRange> {
        let doc = &self.stage.docs[0].doc;
        let plain = doc.blocks().iter().filter(|b| matches!(b.kind, crate::doc::BlockKind::Paragraph));
        let first = plain.map(|b| (layout::sentence_at(doc, b.range.start), b.range));
        first.filter(|(s, b)| s.end < b.end && s.len() > 40).map(|(s, _)| s).collect()
    }

    pub fn press(&mut self, keys: &str) {
        self.stage.press(keys);
    }

    /// The act asked for by the last key.
    pub fn act(&self) -> Option<(u64, Act)> {
        self.stage.fx.iter().find_map(|e| match e {
            Effect::Keep(ticket, act) => Some((*ticket, act.clone())),
            _ => None,
        })
    }

    /// Presses keys and does what the last of them asked the keeper for.
    pub fn keep(&mut self, keys: &str) -> Act {
        self.press(keys);
        let (ticket, act) = self.act().unwrap_or_else(|| panic!("{keys}: {:?}", self.stage.app.notice));
        let kept = self.done(act.clone());
        self.answer(Msg::Kept(ticket, Ok(kept)));
        act
    }

    /// Hands over a message and looks for the notes it has looked for.
    pub fn answer(&mut self, msg: Msg) {
        self.stage.send(msg);
        let asked = self.stage.fx.iter().find_map(|e| match e {
            Effect::Anchor(open, notes) => Some((open.clone(), notes.clone())),
            _ => None,
        });
        if let Some((open, notes)) = asked {
            let found: Vec<_> = open.found.iter().map(|f| (f.id.clone(), f.range)).collect();
            let resolver = Resolver::new(&open.doc, &found);
            let anchors = notes.iter().map(|n| (n.id.clone(), resolver.resolve(&n.target, &n.anchored))).collect();
            self.stage.send(Msg::Anchored(open.id, anchors));
        }
    }

    fn done(&mut self, act: Act) -> Kept {
        let mut kept = Kept::default();
        match act {
            Act::Create(notes) => {
                for n in notes {
                    let note = Note {
                        id: self.ids.next(1_000, 7),
                        kind: n.kind,
                        created: Timestamp::UNIX_EPOCH,
                        modified: Timestamp::UNIX_EPOCH,
                        knelpunten: n.knelpunten,
                        tags: n.tags,
                        color: n.color,
                        status: n.status,
                        target: n.target,
                        anchored: Vec::new(),
                        body: n.body,
                    };
                    kept.changed.push(self.store.create(&note).unwrap().stored);
                }
            }
            Act::Save(notes) => {
                kept.changed.extend(notes.iter().map(|(old, new)| self.store.save(old, new).unwrap().stored));
            }
            Act::CreateAndSave { create, save } => {
                kept.changed.extend(self.done(Act::Create(create)).changed);
                kept.changed.extend(self.done(Act::Save(save)).changed);
            }
            Act::Trash(notes) => {
                for old in notes {
                    self.store.trash(&old).unwrap();
                    kept.gone.push(old.note.id);
                }
            }
            Act::Settle(all) => {
                for Settled { note, edition, position } in all {
                    let mut new = note.note.clone();
                    new.anchored.push(AcceptedAnchor { edition, position, accepted: Timestamp::UNIX_EPOCH });
                    kept.changed.push(self.store.save(&note, &new).unwrap().stored);
                }
            }
            Act::LinkEditions(_) | Act::UnlinkEditions(..) => panic!("not done here"),
            Act::Restore(_) | Act::KeepVersion { .. } => panic!("not done here"),
            Act::Knelpunt(_) | Act::Correct { .. } | Act::Undo | Act::Redo => panic!("not done here"),
            Act::SaveQuery(_) | Act::RenameQuery { .. } | Act::DropQuery(_) => panic!("not done here"),
        }
        kept
    }

    pub fn notes(&self) -> Vec<Note> {
        self.stage.app.notebook.all().cloned().collect()
    }

    pub fn said(&self) -> &str {
        self.stage.app.notice.as_ref().map_or("", |n| n.text.as_str())
    }

    pub fn word(&self, key: &str) -> &'static str {
        self.stage.app.words.t(key)
    }
}

fn quote(note: &NewNote) -> &str {
    &note.target.quote().unwrap().exact
}

fn created(act: &Act) -> &[NewNote] {
    match act {
        Act::Create(notes) => notes,
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_sentence_under_the_cursor_is_highlighted_once() {
    let mut desk = Desk::reading(120, 40);
    let act = desk.keep("H");
    let sentence = desk.sentences()[0];
    assert_eq!(quote(&created(&act)[0]), desk.open().doc.slice(sentence));
    assert_eq!(created(&act)[0].kind, NoteKind::Highlight);
    desk.press("H");
    assert_eq!(desk.act(), None);
    assert_eq!(desk.said(), desk.word("notice.already-there"));
}

#[test]
fn a_selection_goes_before_the_sentence_and_is_let_go_of() {
    let mut desk = Desk::reading(120, 40);
    let doc = desk.open().doc.clone();
    let first = desk.sentences()[0];
    let second = layout::sentence_at(&doc, first.end + 1);
    desk.press("V");
    desk.stage.app.reader.selection.as_mut().unwrap().head = second.start;
    let act = desk.keep("b");
    assert_eq!(quote(&created(&act)[0]), doc.slice(first.union(second)));
    assert_eq!(desk.stage.app.reader.selection, None);
}

#[test]
fn on_a_heading_the_section_or_its_knelpunt_is_meant() {
    let mut desk = Desk::reading(120, 40);
    desk.press("] k");
    let open = desk.stage.app.reader.open.clone().unwrap();
    let section = desk.stage.app.reader.section().unwrap();
    let found = open.knelpunt_of(section).unwrap();
    let act = desk.keep("b");
    assert_eq!(created(&act)[0].target.kind, TargetKind::Knelpunt(found.id.clone()));
    assert_eq!(desk.stage.app.note_at_cursor(), Some(desk.notes()[0].id.clone()));
}

#[test]
fn the_tree_annotates_reports_that_are_not_open() {
    let mut desk = Desk::new(120, 40);
    assert_eq!(desk.stage.app.pane, Pane::Left);
    let act = desk.keep("b");
    let target = &created(&act)[0].target;
    assert_eq!(target.kind, TargetKind::Report);
    let entry = desk.stage.app.shelf.entries()[0].clone();
    assert_eq!(target.report.as_ref().unwrap().edition, entry.edition);
}

#[test]
fn again_does_the_last_thing_elsewhere() {
    let mut desk = Desk::reading(120, 40);
    desk.press(".");
    assert_eq!(desk.said(), desk.word("notice.nothing-again"));
    desk.keep("b");
    desk.stage.read(0, desk.sentences()[1].start);
    let act = desk.keep(".");
    assert_eq!(created(&act)[0].kind, NoteKind::Bookmark);
    assert_eq!(quote(&created(&act)[0]), desk.open().doc.slice(desk.sentences()[1]));
}

#[test]
fn what_needs_a_note_says_so_where_there_is_none() {
    for keys in ["i", "e", "t", "D"] {
        let mut desk = Desk::reading(120, 40);
        desk.press(keys);
        assert_eq!((desk.act(), desk.said()), (None, desk.word("notice.no-note-here")), "{keys}");
        assert!(desk.stage.app.overlay.is_none());
    }
}

#[test]
fn the_status_goes_round() {
    let mut desk = Desk::reading(120, 40);
    desk.keep("H");
    desk.press("enter");
    assert_eq!(desk.stage.app.pane, Pane::Margin);
    for status in [Some(Status::Open), Some(Status::Promised), Some(Status::Resolved), None] {
        desk.keep("S");
        assert_eq!(desk.notes()[0].status, status);
    }
}

#[test]
fn a_note_goes_to_the_trash_and_how_to_undo_it_is_said() {
    let mut desk = Desk::reading(120, 40);
    desk.keep("H");
    assert!(matches!(desk.keep("D"), Act::Trash(notes) if notes.len() == 1));
    assert!(desk.notes().is_empty());
    assert!(desk.said().contains(&desk.stage.app.key_text(Action::Undo)), "{}", desk.said());
}

#[test]
fn a_citation_names_the_source() {
    let mut desk = Desk::reading(120, 40);
    desk.press("Y");
    let open = desk.open();
    let part = &open.doc.outline().parts()[0];
    let Some(Effect::Copy(text)) = desk.stage.fx.first() else { panic!("{:?}", desk.stage.fx) };
    assert!(text.starts_with(&format!("‘{}’ ", open.doc.slice(desk.sentences()[0]))), "{text}");
    assert!(text.contains(&part.title), "{text}");
    assert!(part.year.is_none_or(|y| text.contains(&y.to_string())), "{text}");
    desk.press("y");
    let quote = open.doc.slice(desk.sentences()[0]).to_owned();
    assert_eq!(desk.stage.fx, [Effect::Copy(quote)]);
}

/// A note that was not found exactly gets its place only by the reader's word.
#[test]
fn a_place_is_accepted_when_one_is_shown() {
    let mut desk = Desk::reading(120, 40);
    desk.keep("H");
    let (id, doc) = (desk.notes()[0].id.clone(), desk.open().id);
    let elsewhere = desk.sentences()[1];
    let moved = |state, range, candidates| {
        Msg::Anchored(doc, vec![(id.clone(), Anchor { state, range, candidates, places: 2 })])
    };
    desk.stage.send(moved(State::Uncertain, None, vec![desk.sentences()[0], elsewhere]));
    desk.press("tab");
    assert_eq!(desk.stage.app.pane, Pane::Margin);
    desk.press("A");
    assert_eq!(desk.act(), None);
    assert_eq!(desk.stage.app.notice.as_ref().unwrap().weight, Weight::Warning);
    // the second of the places that might be meant
    desk.press("enter enter");
    assert_eq!(desk.stage.app.reader.pointed, Some(elsewhere));
    let Act::Settle(settled) = desk.keep("A") else { panic!() };
    let open = desk.open();
    let place = describe::position(open.doc.text(), elsewhere);
    assert_eq!((settled[0].edition, settled[0].position), (open.edition(), Some(place)));
    assert_eq!(desk.stage.app.notebook.anchor_of(&id).unwrap().1.range, Some(elsewhere));
    desk.press("A");
    assert_eq!(desk.said(), desk.word("notice.accept-exact"));
}
