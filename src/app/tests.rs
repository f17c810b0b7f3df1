//! A stage for the tests of all panes: the app over the demonstration library, with effects answered by hand.
#![allow(clippy::unwrap_used, clippy::panic)]

use super::*;
use crate::doc::{Edition, TextRange};
use crate::import::{Limits, read};
use crate::keys::parse_sequence;
use crate::knelpunt::{Certainty, Rules, detect};
use crate::library::{Entry, EntryState, Failure, KnelpuntCounts, Mtime, Place, Summary, demo};
use crate::notes::anchor::Resolver;
use crate::notes::store::{Store, Told};
use crate::notes::{Note, NoteId, NoteKind, describe};
use crate::search::{Hit, HitKind, Query, Results, Why};

/// The app and what it last asked for.
pub(crate) struct Stage {
    pub app: App,
    pub docs: Vec<Arc<OpenDoc>>,
    pub fx: Effects,
    /// Documents are handed over as soon as they are asked for.
    pub loads: bool,
}

impl Stage {
    /// The demonstration library and a file that failed, on a screen of this size.
    pub fn new(w: u16, h: u16) -> Stage {
        let mut entries = Vec::new();
        let mut docs = Vec::new();
        for (i, (file, text)) in demo::files().iter().enumerate() {
            let doc = Arc::new(read(text.as_bytes(), &Limits::default()).unwrap());
            let found = detect(&doc, &Rules::builtin());
            let explicit = found.iter().filter(|f| f.certainty == Certainty::Explicit).count() as u32;
            let counts = KnelpuntCounts { explicit, ..KnelpuntCounts::default() };
            let mut entry = entry(i as u64, file);
            entry.size = text.len() as u64;
            entry.edition = Some(doc.edition());
            entry.state = EntryState::Ready(Summary::of(&doc, counts));
            docs.push(Arc::new(OpenDoc { id: entry.id, file: (*file).to_owned(), doc, found }));
            entries.push(entry);
        }
        let mut failed = entry(99, "bijlage.bin");
        failed.state = EntryState::Failed(Failure::lasting("it is no text", "convert it first"));
        entries.push(failed);
        let mut app = App::new(Start {
            words: Words::new(crate::doc::Lang::Nl),
            keymap: Keymap::default(),
            look: Look { theme: "terminal".into(), themes: vec!["terminal".into()], measure: 76, zen: false },
            size: (w, h),
            entries: Arc::new(entries),
            open: None,
            style: None,
            demo: true,
            version: "0.0.0",
        });
        let rows = docs.iter().flat_map(|d| {
            let outline = d.doc.outline();
            d.found.iter().map(|f| {
                let part = outline.part(f.part);
                let (report, org, year) = (part.title.clone(), part.org.clone(), part.year);
                FoundRow { doc: d.id, report, org, year, found: f.clone() }
            })
        });
        let rows = rows.collect();
        app.update(Msg::FoundAll(Arc::new(rows)), &mut Vec::new());
        Stage { app, docs, fx: Vec::new(), loads: true }
    }

    pub fn send(&mut self, msg: Msg) {
        self.fx.clear();
        self.app.update(msg, &mut self.fx);
        while self.loads {
            let asked = self.fx.iter().position(|e| matches!(e, Effect::Load(_)));
            let Some(at) = asked else { break };
            let Effect::Load(id) = self.fx.remove(at) else { break };
            self.load(id);
        }
    }

    /// Hands a document over.
    pub fn load(&mut self, id: DocId) {
        let doc = self.docs.iter().find(|d| d.id == id).unwrap().clone();
        self.app.update(Msg::Loaded(id, Ok(doc)), &mut self.fx);
    }

    /// Presses keys, parted by blanks; what they asked for last is in `fx`.
    pub fn press(&mut self, keys: &str) {
        for key in parse_sequence(keys).unwrap() {
            self.send(Msg::Key(key));
        }
    }

    /// Types text, a key a character.
    pub fn type_text(&mut self, text: &str) {
        for c in text.chars() {
            self.send(Msg::Key(Key::char(c)));
        }
    }

    /// Opens a document at a byte, to be read.
    pub fn read(&mut self, doc: usize, byte: u32) {
        let id = self.docs[doc].id;
        let (app, fx) = (&mut self.app, &mut self.fx);
        app.jump_to(Spot { doc: id, byte }, fx);
        self.load(id);
        self.send(Msg::Resize(self.app.size.0, self.app.size.1));
    }

    /// The newest question of the search view.
    pub fn asked(&self) -> Option<(u64, Query, bool, usize)> {
        self.fx.iter().rev().find_map(|e| match e {
            Effect::Search { generation, query, typing, limit, .. } => {
                Some((*generation, query.clone(), *typing, *limit))
            }
            _ => None,
        })
    }

    /// A note on the sentence of a document in which a word first stands; `n` makes its id, ascending.
    pub fn note_on(&self, doc: usize, word: &str, n: u64, kind: NoteKind, body: &str) -> Note {
        let open = &self.docs[doc];
        let at = open.doc.text().find(word).unwrap() as u32;
        let range = crate::layout::sentence_at(&open.doc, at);
        let made = "2026-02-03T10:00:00Z".parse().unwrap();
        Note {
            id: NoteId::new(1_700_000_000_000 + n, 1),
            kind,
            created: made,
            modified: made,
            knelpunten: Vec::new(),
            tags: Vec::new(),
            color: None,
            status: None,
            target: describe::describe(&open.doc, range, &open.file),
            anchored: Vec::new(),
            body: body.to_owned(),
        }
    }

    /// Hands over these notes, as read from files, and a file that is none.
    pub fn notes(&mut self, notes: &[Note]) {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path());
        for note in notes {
            store.create(note).unwrap();
        }
        std::fs::write(folder.path().join("notes").join("los.md"), "geen kop").unwrap();
        self.send(Msg::Notes(store.news(&mut Told::default())));
    }

    /// Says where the notes stand that it was asked for.
    pub fn anchor(&mut self) {
        let asked: Vec<_> = self
            .fx
            .iter()
            .filter_map(|e| if let Effect::Anchor(d, n) = e { Some((d.clone(), n.clone())) } else { None })
            .collect();
        for (doc, notes) in asked {
            let resolver = Resolver::new(&doc.doc, &[]);
            let anchors = notes.iter().map(|n| (n.id.clone(), resolver.resolve(&n.target, &n.anchored))).collect();
            self.app.update(Msg::Anchored(doc.id, anchors), &mut self.fx);
        }
    }

    /// Passages of the documents that hold a word, as hits.
    pub fn hits(&self, word: &str) -> Results {
        let mut results = Results::default();
        for d in &self.docs {
            let before = results.hits.len();
            for block in d.doc.blocks() {
                let text = d.doc.slice(block.range).replace(['\n', '\t'], " ");
                let Some(at) = text.find(word) else { continue };
                let section = d.doc.outline().section(block.section);
                let part = d.doc.outline().part(section.part);
                let from = text[..at].char_indices().rev().nth(60).map_or(0, |(i, _)| i);
                let to = text[at..].char_indices().nth(120).map_or(text.len(), |(i, _)| at + i);
                let mark = TextRange::new((at - from) as u32, (at - from + word.len()) as u32);
                results.hits.push(Hit {
                    doc: Some(d.id),
                    kind: HitKind::Text,
                    note: None,
                    report: part.title.clone(),
                    part: section.part.0,
                    org: part.org.clone(),
                    year: part.year,
                    section: d.doc.outline().path_labels(block.section),
                    section_id: Some(block.section),
                    range: block.range,
                    lines: None,
                    page: d.doc.source().page_at(block.range.start).cloned(),
                    score: 1.0,
                    why: vec![Why::Stem],
                    snippet: text[from..to].to_owned(),
                    marks: vec![mark],
                    mark_why: vec![Why::Stem],
                    knelpunten: Vec::new(),
                    also: Vec::new(),
                });
            }
            let n = (results.hits.len() - before) as u32;
            if n > 0 {
                results.per_doc.push((d.id, n));
                results.reports += 1;
            }
        }
        results.total = results.hits.len() as u64;
        results
    }
}

fn entry(id: u64, file: &str) -> Entry {
    Entry {
        id: DocId(id),
        place: Place::Demo,
        path: file.into(),
        file: file.to_owned(),
        size: 0,
        mtime: Mtime::default(),
        edition: None::<Edition>,
        state: EntryState::Pending,
    }
}
