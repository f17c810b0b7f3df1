//! The program without threads: the same app and the cores of the same workers, each effect done before the next
//! message. For tests: a fixed clock, and what would have gone to the terminal kept to be looked at.

use super::clipboard::{self, Way};
use super::clock::Clock;
use super::exporter::{self, Manner};
use super::indexer::{Core, LibraryTexts};
use super::keeper::Keeping;
use super::librarian::{Librarian, Sources};
use super::places::PlaceBook;
use super::queries::{self, Queries};
use super::{finder, loader, searcher};
use crate::app::{App, Effect, Look, Msg, Notice, Start};
use crate::doc::Lang;
use crate::keys::{Key, Keymap};
use crate::knelpunt::Own;
use crate::library::ScanOptions;
use crate::notes::store::{OthersNotes, Store};
use crate::search::Searcher;
use crate::words::Words;
use std::collections::VecDeque;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

/// The moment at which every test plays: 2 March 2026, 09:30 UTC.
const NOW: u64 = 1_772_443_800_000;

/// The program at an imaginary terminal.
pub struct Inline {
    /// The state.
    pub app: App,
    /// What was put on the clipboard, the latest last.
    pub copied: Vec<String>,
    /// Files handed to the system's viewer.
    pub shown: Vec<PathBuf>,
    /// Addresses opened with the system's program for them.
    pub addresses: Vec<String>,
    /// Folders and files the reader wanted opened.
    pub opened: Vec<PathBuf>,
    /// What the reader's own editor makes of a text; `None` when it fails.
    pub editor: fn(&str) -> Option<String>,
    /// The exit code, once the reader has left.
    pub left: Option<u8>,
    core: Core,
    keeping: Keeping,
    places: PlaceBook,
    queries: Queries,
    searcher: Option<Searcher>,
}

impl Inline {
    /// Opens these files and folders (or the demonstration library when there are none), with everything kept in
    /// `data`, `cache` and `state` below `home`, on a screen of this many columns and rows.
    #[must_use]
    pub fn new(paths: Vec<PathBuf>, home: &Path, size: (u16, u16), lang: Lang) -> Inline {
        Inline::open(paths, home, size, lang, Vec::new(), NOW)
    }

    /// The same with notes of others laid over the reader's own, at another moment (milliseconds since 1970).
    #[must_use]
    pub fn open(
        paths: Vec<PathBuf>,
        home: &Path,
        size: (u16, u16),
        lang: Lang,
        others: Vec<OthersNotes>,
        now: u64,
    ) -> Inline {
        let sources = Sources {
            demo: paths.is_empty(),
            paths,
            input: None,
            options: ScanOptions { include: Vec::new(), exclude: Vec::new(), max_bytes: 200 << 20 },
            data: Some(home.join("data")),
            others,
            limits: crate::config::Limits::default(),
            password: None,
            knelpunten: Own::default(),
        };
        let words = Words::new(lang);
        let librarian = Arc::new(Librarian::new(sources, Some(&home.join("cache"))));
        let library = librarian.known();
        let store = librarian.store().cloned().unwrap_or_else(|| Store::open(&home.join("data")));
        let places = PlaceBook::load(Some(&home.join("state")), &library.id.to_string());
        let queries = Queries::open(Some(&home.join("state")), &library.id.to_string());
        let open = places.last().and_then(|id| {
            let open = loader::from_cache(&librarian, library.entry(id)?)?;
            let byte = places.byte_in(id, &open.doc);
            Some((Arc::new(open), byte))
        });
        let themes = ["terminal", "papier", "mono"].map(str::to_owned).to_vec();
        let app = App::new(Start {
            words: words.clone(),
            keymap: Keymap::default(),
            look: Look { theme: themes[0].clone(), themes, measure: 76, zen: false },
            size,
            entries: Arc::new(library.entries.clone()),
            open,
            demo: librarian.sources().demo,
            style: None,
            version: "0.0.0",
        });
        let texts = LibraryTexts::new(&librarian, &library);
        let mut inline = Inline {
            app,
            copied: Vec::new(),
            shown: Vec::new(),
            addresses: Vec::new(),
            opened: Vec::new(),
            editor: |_| None,
            left: None,
            keeping: Keeping::open(store, Clock::Fixed(now), words.clone()),
            core: Core::new(librarian.clone(), library, texts, words),
            places,
            queries,
            searcher: None,
        };
        let past = inline.queries.load();
        inline.tell(past);
        inline.look();
        for msg in inline.keeping.load() {
            inline.tell(msg);
        }
        inline
    }

    /// A key is pressed.
    pub fn key(&mut self, key: Key) {
        self.tell(Msg::Key(key));
    }

    /// Text is pasted.
    pub fn paste(&mut self, text: &str) {
        self.tell(Msg::Paste(text.to_owned()));
    }

    /// The screen has another size.
    pub fn resize(&mut self, w: u16, h: u16) {
        self.tell(Msg::Resize(w, h));
    }

    /// Something happens, and everything that follows from it.
    pub fn tell(&mut self, msg: Msg) {
        let mut queue = VecDeque::from([msg]);
        while let Some(msg) = queue.pop_front() {
            let mut fx = Vec::new();
            self.app.update(msg, &mut fx);
            for effect in fx {
                self.perform(effect, &mut queue);
            }
        }
    }

    /// Files are looked at again.
    pub fn look(&mut self) {
        for msg in self.update() {
            self.tell(msg);
        }
    }

    /// Files of notes have changed on disk, and the system has said so.
    pub fn reload(&mut self) {
        for msg in self.keeping.reload(&[]) {
            self.tell(msg);
        }
        self.look();
    }

    fn update(&mut self) -> Vec<Msg> {
        let mut told = Vec::new();
        let mut found = None;
        self.core.update(None, &AtomicBool::new(false), &mut |msg| told.push(msg), &mut |job| {
            if let searcher::Job::Use(searcher) = job {
                found = Some(searcher);
            }
        });
        self.searcher = found.or(self.searcher.take());
        told
    }

    fn ask_queries(&mut self, job: &queries::Job) -> Option<Msg> {
        self.queries.work(job, self.searcher.as_ref(), &*self.core.texts, &|| false)
    }

    fn perform(&mut self, effect: Effect, queue: &mut VecDeque<Msg>) {
        match effect {
            Effect::Load(id) => {
                if let Some(entry) = self.app.shelf.entry(id).cloned() {
                    queue.push_back(loader::load(&self.core.librarian, &entry));
                }
            }
            Effect::Compare { old, new } => {
                let entry = |id: crate::doc::DocId| self.app.shelf.entry(id).cloned();
                if let (Some(a), Some(b)) = (entry(old.doc), entry(new.doc)) {
                    let both = [(a, old.part), (b, new.part)];
                    queue.push_back(loader::compare(&self.core.librarian, &both));
                }
            }
            Effect::Anchor(open, notes) => queue.push_back(loader::anchor(&open, &notes)),
            Effect::Search { generation, query, sort, typing, limit } => {
                if let Some(searcher) = &self.searcher {
                    let options = searcher::options(limit, sort, typing);
                    let found = searcher::search(searcher, generation, &query, &options, &*self.core.texts, &|| false);
                    let damaged = found.as_ref().is_some_and(|(_, damaged)| *damaged);
                    queue.extend(found.map(|(msg, _)| msg));
                    if damaged && self.core.librarian.mend() {
                        queue.extend(self.update());
                    }
                }
            }
            Effect::Find { generation, doc, sought, from } => {
                let question = finder::Question { generation, doc, sought, from };
                finder::find(&question, self.searcher.as_ref(), &|| false, &mut |msg| queue.push_back(msg));
            }
            Effect::Keep(ticket, act) => {
                let done = self.keeping.act(act);
                let changed = done.is_ok();
                queue.push_back(Msg::Kept(ticket, done));
                if changed {
                    queue.extend(self.update());
                }
            }
            Effect::Draft(draft) => queue.extend(self.keeping.keep_draft(&draft).err().map(Msg::Notice)),
            Effect::DraftDone(key) => self.keeping.drop_draft(&key),
            Effect::Remember(places) => self.places.remember(&places),
            Effect::ReadTrash => queue.push_back(self.keeping.read_trash()),
            Effect::ReadQueries => queue.push_back(self.keeping.read_queries()),
            Effect::Asked(query) => queue.extend(self.ask_queries(&queries::Job::Asked(query))),
            Effect::CountQueries(all) => queue.extend(self.ask_queries(&queries::Job::Count(all))),
            Effect::LookAt(saved) => queue.extend(self.ask_queries(&queries::Job::Look(saved))),
            Effect::Begin(saved) => queue.extend(self.ask_queries(&queries::Job::Begin(saved))),
            Effect::FindTwins(located) => queue.extend(self.ask_queries(&queries::Job::Twins(located))),
            Effect::Suggest(wanted) => queue.extend(self.ask_queries(&queries::Job::Suggest(wanted))),
            Effect::Speak(lang) => self.keeping.speak(lang),
            Effect::Copy(text) => {
                let said = clipboard::said(&self.app.words, &text, Ok(&Way::Terminal));
                self.copied.push(text);
                queue.push_back(Msg::Answer(said));
            }
            Effect::Export { path, taken } => {
                let (librarian, library) = (&self.core.librarian, &self.core.library);
                let manner = Manner { words: self.app.words.clone(), style: None, template: None };
                let clock = Clock::Fixed(NOW);
                queue.push_back(Msg::Answer(exporter::export(librarian, library, &taken, &path, &manner, &clock)));
            }
            Effect::EditOutside(text) => {
                let failed = || Notice::error(self.app.words.f("notice.edit-failed", &[("reason", &"-")]));
                queue.push_back(Msg::Edited((self.editor)(&text).ok_or_else(failed)));
            }
            Effect::OpenOriginal(path, _) => self.shown.push(path),
            Effect::OpenAddress(url) => self.addresses.push(url),
            Effect::AddPath(path) => self.opened.push(path),
            Effect::Unlock(id, password) => {
                self.core.librarian.set_password(id, password);
                queue.extend(self.update());
            }
            Effect::Rescan => queue.extend(self.update()),
            Effect::CancelJob | Effect::Suspend | Effect::Redraw => {}
            Effect::Quit(code) => self.left = Some(code),
        }
    }
}
