//! The keeper at work, without its thread: what tests use too.
//!
//! An act is whole or not at all: while it is done, everything it writes is only put ready (the store is *staged*), and
//! then written as one step of the history.

use super::super::chance;
use super::super::clock::Clock;
use super::super::draft;
use crate::app::knelpunten::KnelpuntAct;
use crate::app::{Act, Draft, Kept, Msg, Notice};
use crate::doc::Lang;
use crate::knelpunt::register::{self, Register};
use crate::notes::history::{History, HistoryError, Step};
use crate::notes::outlines::{self, Outlines};
use crate::notes::queries;
use crate::notes::store::Store;
use crate::notes::{IdMaker, NoteId};
use crate::words::Words;
use std::path::Path;

/// The keeper of one data folder.
pub struct Keeping {
    /// Where everything is written; while an act is done, what it writes is put ready here and not on disk.
    pub(super) store: Store,
    pub(super) history: History,
    pub(super) register: Register,
    pub(super) clock: Clock,
    ids: IdMaker,
    words: Words,
}

impl Keeping {
    /// The keeper of this data folder.
    pub fn open(data: &Path, clock: Clock, words: Words) -> Keeping {
        let store = Store::open(data);
        let history = History::open(&store);
        Keeping { history, register: Register::default(), store, ids: IdMaker::default(), clock, words }
    }

    /// Everything there is, as messages.
    pub fn load(&mut self) -> Vec<Msg> {
        let mut loaded = self.store.load();
        loaded.unreadable.extend(Outlines::load(&self.store).unreadable);
        let mut out = vec![Msg::Notes(loaded)];
        if let Err(notice) = self.read_register() {
            out.push(Msg::Notice(notice));
        }
        out.push(Msg::Register(self.register.made().to_vec()));
        out.push(self.read_queries());
        out.push(Msg::Drafts(self.store.drafts().into_iter().map(draft::read).collect()));
        out
    }

    /// Keeps words that are still being written.
    pub fn keep_draft(&self, draft: &Draft) -> Result<(), Notice> {
        let text = draft::write(draft, self.clock.timestamp());
        self.store.draft_save(&draft.key, &text).map_err(|e| self.failed(&e))
    }

    /// Lets words go that are safe or given up.
    pub fn drop_draft(&self, key: &str) {
        if let Err(error) = self.store.draft_clear(key) {
            log::warn!("{error}");
        }
    }

    /// Speaks this language from now on.
    pub fn speak(&mut self, lang: Lang) {
        self.words = Words::new(lang);
    }

    /// Does an act.
    pub fn act(&mut self, act: Act) -> Result<Kept, Notice> {
        match act {
            Act::Undo => self.turn(History::undo),
            Act::Redo => self.turn(History::redo),
            act => {
                let label = label(&act);
                let staged = self.history.begin(&self.store).map_err(|e| self.failed(&e))?;
                let plain = std::mem::replace(&mut self.store, staged);
                let mut kept = Kept::default();
                let ready = self.get_ready(act, &mut kept);
                let staged = std::mem::replace(&mut self.store, plain);
                let done =
                    ready.and_then(|()| self.history.commit(&self.store, staged, label).map_err(|e| self.failed(&e)));
                if done.is_err() {
                    // what was only put ready is not so
                    let _ = self.read_register();
                }
                done.map(|()| kept)
            }
        }
    }

    /// Puts everything ready that an act writes, in the staged store; what the app is to know of it goes to `kept`.
    fn get_ready(&mut self, act: Act, kept: &mut Kept) -> Result<(), Notice> {
        match act {
            Act::Create(notes) => self.create(notes, kept),
            Act::Save(notes) => self.save(notes, kept),
            Act::CreateAndSave { create, save } => {
                self.create(create, kept)?;
                self.save(save, kept)
            }
            Act::Trash(notes) => self.trash(notes, kept),
            Act::Accept { note, edition, position } => self.accept(&note, edition, position, kept),
            Act::Knelpunt(act) => self.knelpunt(act, kept),
            Act::Correct { document, report, corrections } => {
                outlines::correct(&self.store, document, &report, &corrections).map_err(|e| self.failed(&e))?;
                kept.outlines = true;
                Ok(())
            }
            Act::SaveQuery(query) => self.save_query(query, kept),
            Act::RenameQuery { from, to } => self.rename_query(&from, &to, kept),
            Act::DropQuery(name) => self.drop_query(&name, kept),
            // they are steps through the history, not of it
            Act::Undo | Act::Redo => Ok(()),
        }
    }

    /// One step back or forth through the history.
    fn turn(
        &mut self,
        way: impl FnOnce(&mut History, &Store) -> Result<Option<Step>, HistoryError>,
    ) -> Result<Kept, Notice> {
        let mut kept = Kept::default();
        if let Some(step) = way(&mut self.history, &self.store).map_err(|e| self.failed(&e))? {
            self.read_again(&step.paths, &mut kept);
        }
        Ok(kept)
    }

    /// What stands in files that an undo or redo changed.
    fn read_again(&mut self, paths: &[std::path::PathBuf], kept: &mut Kept) {
        for path in paths {
            if path == Path::new(register::FILE) {
                if let Err(notice) = self.read_register() {
                    log::error!("{}", notice.text);
                }
                kept.register = Some(self.register.made().to_vec());
            } else if path == Path::new(queries::FILE) {
                kept.queries = Some(self.queries());
            } else if path.starts_with(outlines::FOLDER) {
                kept.outlines = true;
            } else {
                match self.store.read(path) {
                    Ok(Some(stored)) => kept.changed.push(stored),
                    Ok(None) => kept.gone.extend(path.file_stem().and_then(|s| NoteId::parse(&s.to_string_lossy()))),
                    Err(reason) => log::error!("{}: {reason}", path.display()),
                }
            }
        }
    }

    fn read_register(&mut self) -> Result<(), Notice> {
        self.register = Register::load(&self.store).map_err(|e| self.failed(&e))?;
        for problem in self.register.problems() {
            log::warn!("knelpunten.toml: {problem:?}");
        }
        Ok(())
    }

    /// An id that no note has had.
    pub(super) fn next_id(&mut self) -> NoteId {
        self.ids.next(self.clock.millis(), chance::random())
    }

    pub(super) fn words(&self) -> &Words {
        &self.words
    }

    pub(super) fn failed(&self, error: &dyn std::fmt::Display) -> Notice {
        Notice::error(self.words.f("notice.not-kept", &[("reason", error)]))
    }
}

/// What an act is called in the history.
fn label(act: &Act) -> &'static str {
    match act {
        Act::Create(_) => "create",
        Act::Save(_) => "change",
        Act::CreateAndSave { .. } => "create and change",
        Act::Trash(_) => "trash",
        Act::Accept { .. } => "accept a place",
        Act::Knelpunt(KnelpuntAct::Make { .. }) => "make a knelpunt",
        Act::Knelpunt(KnelpuntAct::Revise(_)) => "change a knelpunt",
        Act::Knelpunt(KnelpuntAct::Merge { .. }) => "merge knelpunten",
        Act::Knelpunt(KnelpuntAct::Split { .. }) => "split a knelpunt",
        Act::Knelpunt(KnelpuntAct::Remove(_)) => "remove a knelpunt",
        Act::Correct { .. } => "correct a heading",
        Act::SaveQuery(_) => "save a query",
        Act::RenameQuery { .. } => "rename a saved query",
        Act::DropQuery(_) => "drop a saved query",
        Act::Undo => "undo",
        Act::Redo => "redo",
    }
}
