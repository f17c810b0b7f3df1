//! The keeper at work, without its thread: what tests use too.
//!
//! An act is whole or not at all: while it is done, everything it writes is only put ready (the store is *staged*), and
//! then written as one step of the history.

use super::super::chance;
use super::super::clock::Clock;
use super::super::draft;
use super::label::label;
use crate::app::{Act, Draft, Kept, Msg, Notice, Turned};
use crate::doc::Lang;
use crate::knelpunt::register::{self, Register};
use crate::notes::editions;
use crate::notes::history::{History, HistoryError, Step};
use crate::notes::outlines::{self, Outlines};
use crate::notes::queries;
use crate::notes::store::{News, Store, Told};
use crate::notes::{IdMaker, NoteId};
use crate::words::Words;
use std::path::{Path, PathBuf};

/// The keeper of one data folder.
pub struct Keeping {
    /// Where everything is written; while an act is done, what it writes is put ready here and not on disk.
    pub(super) store: Store,
    /// What the app knows of the notes.
    told: Told,
    /// Files of corrected headings that are not understood.
    broken: Vec<(PathBuf, String)>,
    pub(super) history: History,
    pub(super) register: Register,
    pub(super) clock: Clock,
    ids: IdMaker,
    words: Words,
}

impl Keeping {
    /// The keeper of this data folder.
    pub fn open(store: Store, clock: Clock, words: Words) -> Keeping {
        let history = History::open(&store);
        Keeping {
            history,
            register: Register::default(),
            store,
            told: Told::default(),
            broken: Vec::new(),
            ids: IdMaker::default(),
            clock,
            words,
        }
    }

    /// Everything there is, as messages. What a crash has cut off of an act is ended first.
    pub fn load(&mut self) -> Vec<Msg> {
        if let Err(error) = self.history.mend(&self.store) {
            log::error!("{error}");
        }
        let mut out = self.read();
        out.push(Msg::Drafts(self.store.drafts().into_iter().map(draft::read).collect()));
        out
    }

    /// What is new since it was last told, as messages; these files (by whole paths) have changed in any case. Drafts are
    /// not among it: they belong to a running program and are not offered to their own writer.
    pub fn reload(&mut self, changed: &[PathBuf]) -> Vec<Msg> {
        self.store.forget(changed);
        self.read()
    }

    fn read(&mut self) -> Vec<Msg> {
        let mut out = vec![Msg::Notes(self.news())];
        let before = self.register.made().to_vec();
        if let Err(notice) = self.read_register() {
            out.push(Msg::Notice(notice));
        }
        if self.register.made() != before {
            out.push(Msg::Register(self.register.made().to_vec()));
        }
        out.push(self.read_links());
        out.push(self.read_queries());
        out
    }

    /// What is new in the folders of notes.
    pub(super) fn news(&mut self) -> News {
        let mut news = self.store.news(&mut self.told);
        news.changed.iter().filter(|s| s.owner.is_none()).for_each(|s| self.ids.after(&s.note.id));
        let outlines = Outlines::load(&self.store).unreadable;
        if outlines != self.broken {
            news.unreadable = Some(self.told.unreadable().to_vec());
            self.broken = outlines;
        }
        if let Some(unreadable) = &mut news.unreadable {
            unreadable.extend(self.broken.iter().cloned());
        }
        news
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
                // of several files of a note, which one it is can be another after these
                let beside = matches!(act, Act::Trash(_) | Act::Restore(_) | Act::KeepVersion { .. });
                self.history.at(self.clock.timestamp());
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
                if beside && done.is_ok() {
                    kept.news = Some(Box::new(self.news()));
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
            Act::Settle(all) => self.settle(all, kept),
            Act::LinkEditions(pair) => self.link_editions(&pair, kept),
            Act::UnlinkEditions(report, from) => self.unlink_editions(&report, &from, kept),
            Act::Restore(notes) => self.restore(notes, kept),
            Act::KeepVersion { note, copy, keep } => self.keep_version(&note, &copy, keep),
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
        let step = match way(&mut self.history, &self.store) {
            Err(HistoryError::ChangedElsewhere { label, paths }) => return Err(self.stuck(&label, &paths)),
            step => step.map_err(|e| self.failed(&e))?,
        };
        if let Some(step) = step {
            let notes = step.paths.iter().filter(|p| p.starts_with("notes")).count();
            self.read_again(&step.paths, &mut kept);
            kept.turned = Some(Turned { label: step.label, notes });
        }
        Ok(kept)
    }

    /// What stands in files that an undo or redo changed.
    fn read_again(&mut self, paths: &[PathBuf], kept: &mut Kept) {
        for path in paths {
            if path == Path::new(register::FILE) {
                if let Err(notice) = self.read_register() {
                    log::error!("{}", notice.text);
                }
                kept.register = Some(self.register.made().to_vec());
            } else if path == Path::new(editions::FILE) {
                kept.links = Some(self.links());
            } else if path == Path::new(queries::FILE) {
                kept.queries = Some(self.queries());
            } else if path.starts_with(outlines::FOLDER) {
                kept.outlines = true;
            } else if matches!(self.store.read(path), Ok(None)) {
                // one that was made since the screens were last told everything is not among what has gone since
                kept.gone.extend(path.file_stem().and_then(|s| NoteId::parse(&s.to_string_lossy())));
            }
        }
        // of several files of a note, which one it is can be another now
        kept.news = Some(Box::new(self.news()));
    }

    /// An act that cannot be undone or redone: what it was, and which file stands in the way.
    fn stuck(&self, label: &str, paths: &[PathBuf]) -> Notice {
        let notes = paths.iter().filter(|p| p.starts_with("notes")).count();
        let what = Turned { label: label.to_owned(), notes }.text(&self.words);
        let file = paths.first().map(|p| p.display().to_string()).unwrap_or_default();
        Notice::warning(self.words.f("notice.stuck", &[("what", &what), ("file", &file)]))
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
