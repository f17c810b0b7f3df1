//! Keeps what the reader writes: notes, drafts, the register, places. Every act is answered; what fails is said with the
//! path, and the words stay with whoever sent them.

use super::Event;
use super::chance;
use super::clock::Clock;
use super::draft;
use super::indexer;
use super::places::PlaceBook;
use super::worker::{Worker, drain};
use crate::app::{Act, Draft, Kept, Msg, NewNote, Notice, Places};
use crate::dirs::Dirs;
use crate::doc::Lang;
use crate::knelpunt::register::{self, Register};
use crate::notes::history::History;
use crate::notes::outlines::{self, Outlines};
use crate::notes::queries::{self, SavedQuery};
use crate::notes::store::{Change, Store, Stored};
use crate::notes::{AcceptedAnchor, IdMaker, Note, NoteId};
use crate::words::Words;
use std::path::Path;
use std::sync::mpsc::Sender;

/// What the keeper is asked for.
pub(super) enum Job {
    /// An act on notes, with its ticket.
    Act(u64, Act),
    /// Words that are being written.
    Draft(Draft),
    /// These words are safe or given up.
    DraftDone(String),
    /// Where the reader is.
    Remember(Places),
    /// Files of notes have changed on disk: read them again.
    Reload,
    /// Read the saved queries again.
    ReadQueries,
    /// The screens speak another language.
    Speak(Lang),
}

/// The keeper at work, without its thread: also what tests use.
pub(super) struct Keeping {
    store: Store,
    history: History,
    register: Register,
    ids: IdMaker,
    clock: Clock,
    words: Words,
}

impl Keeping {
    /// The keeper of this data folder.
    pub(super) fn open(data: &Path, clock: Clock, words: Words) -> Keeping {
        let store = Store::open(data);
        let history = History::open(&store);
        Keeping { history, register: Register::default(), store, ids: IdMaker::default(), clock, words }
    }

    /// Everything there is, as messages.
    pub(super) fn load(&mut self) -> Vec<Msg> {
        let mut loaded = self.store.load();
        loaded.unreadable.extend(Outlines::load(&self.store).unreadable);
        let mut out = vec![Msg::Notes(loaded)];
        match Register::load(&self.store) {
            Ok(register) => self.register = register,
            Err(error) => out.push(Msg::Notice(self.failed(&error))),
        }
        for problem in self.register.problems() {
            log::warn!("knelpunten.toml: {problem:?}");
        }
        out.push(Msg::Register(self.register.made().to_vec()));
        out.push(self.read_queries());
        out.push(Msg::Drafts(self.store.drafts().into_iter().map(draft::read).collect()));
        out
    }

    /// Keeps words that are still being written.
    pub(super) fn keep_draft(&self, draft: &Draft) -> Result<(), Notice> {
        let text = draft::write(draft, self.clock.timestamp());
        self.store.draft_save(&draft.key, &text).map_err(|e| self.failed(&e))
    }

    /// Lets words go that are safe or given up.
    pub(super) fn drop_draft(&self, key: &str) {
        if let Err(error) = self.store.draft_clear(key) {
            log::warn!("{error}");
        }
    }

    /// Speaks this language from now on.
    pub(super) fn speak(&mut self, lang: Lang) {
        self.words = Words::new(lang);
    }

    /// Does an act.
    pub(super) fn act(&mut self, act: Act) -> Result<Kept, Notice> {
        let mut changes = Vec::new();
        let label = label(&act);
        let done = self.do_it(act, &mut changes);
        // what was done before a failure stands, and can be undone
        if let Err(error) = self.history.record(&self.store, label, changes) {
            log::error!("{error}");
            return done.and(Err(self.failed(&error)));
        }
        done
    }

    fn do_it(&mut self, act: Act, changes: &mut Vec<Change>) -> Result<Kept, Notice> {
        let mut kept = Kept::default();
        match act {
            Act::Create(notes) => self.create(notes, &mut kept, changes)?,
            Act::Save(notes) => self.save(notes, &mut kept, changes)?,
            Act::CreateAndSave { create, save } => {
                self.create(create, &mut kept, changes)?;
                self.save(save, &mut kept, changes)?;
            }
            Act::Trash(notes) => {
                for stored in notes {
                    changes.push(self.store.trash(&stored).map_err(|e| self.failed(&e))?);
                    kept.gone.push(stored.note.id);
                }
            }
            Act::Accept { note, edition, position } => {
                let mut accepted = note.note.clone();
                let at = AcceptedAnchor { edition, position, accepted: self.clock.timestamp() };
                accepted.anchored.push(at);
                self.save(vec![(*note, accepted)], &mut kept, changes)?;
            }
            Act::MakeKnelpunt { title, mut create, mut save } => {
                let (id, change) = self.register.create(&self.store, &title).map_err(|e| self.failed(&e))?;
                changes.push(change);
                kept.register = Some(self.register.made().to_vec());
                create.iter_mut().for_each(|n| n.knelpunten.push(id.clone()));
                save.iter_mut().for_each(|(_, n)| n.knelpunten.push(id.clone()));
                self.create(create, &mut kept, changes)?;
                self.save(save, &mut kept, changes)?;
            }
            Act::Correct { document, report, corrections } => {
                let done = outlines::correct(&self.store, document, &report, &corrections);
                changes.push(done.map_err(|e| self.failed(&e))?);
                kept.outlines = true;
            }
            Act::SaveQuery(mut query) => {
                query.created = Some(self.clock.timestamp());
                changes.push(queries::save(&self.store, &query).map_err(|e| self.failed(&e))?);
                kept.queries = Some(self.queries());
            }
            Act::RenameQuery { from, to } => {
                changes.push(queries::rename(&self.store, &from, &to).map_err(|e| self.failed(&e))?);
                kept.queries = Some(self.queries());
            }
            Act::DropQuery(name) => {
                changes.push(queries::remove(&self.store, &name).map_err(|e| self.failed(&e))?);
                kept.queries = Some(self.queries());
            }
            Act::Undo | Act::Redo => {
                let undo = act == Act::Undo;
                let step = if undo { self.history.undo(&self.store) } else { self.history.redo(&self.store) };
                match step {
                    Ok(Some(step)) => self.read_again(&step.paths, &mut kept),
                    Ok(None) => {}
                    Err(error) => return Err(self.failed(&error)),
                }
            }
        }
        Ok(kept)
    }

    fn create(&mut self, notes: Vec<NewNote>, kept: &mut Kept, changes: &mut Vec<Change>) -> Result<(), Notice> {
        for new in notes {
            let now = self.clock.timestamp();
            let id = self.ids.next(self.clock.millis(), chance::random());
            let note = Note {
                id,
                kind: new.kind,
                created: now,
                modified: now,
                knelpunten: new.knelpunten,
                tags: new.tags,
                color: new.color,
                status: new.status,
                target: new.target,
                anchored: Vec::new(),
                body: new.body,
            };
            let saved = self.store.create(&note).map_err(|e| self.failed(&e))?;
            changes.push(saved.change);
            kept.changed.push(saved.stored);
        }
        Ok(())
    }

    fn save(&mut self, notes: Vec<(Stored, Note)>, kept: &mut Kept, changes: &mut Vec<Change>) -> Result<(), Notice> {
        for (read, mut note) in notes {
            note.modified = self.clock.timestamp();
            let saved = self.store.save(&read, &note).map_err(|e| self.failed(&e))?;
            changes.push(saved.change);
            kept.changed.push(saved.stored);
        }
        Ok(())
    }

    /// What stands in files that an undo or redo changed.
    fn read_again(&mut self, paths: &[std::path::PathBuf], kept: &mut Kept) {
        for path in paths {
            if path == Path::new(register::FILE) {
                match Register::load(&self.store) {
                    Ok(register) => self.register = register,
                    Err(error) => log::error!("{error}"),
                }
                kept.register = Some(self.register.made().to_vec());
                continue;
            }
            if path == Path::new(queries::FILE) {
                kept.queries = Some(self.queries());
                continue;
            }
            if path.starts_with(outlines::FOLDER) {
                kept.outlines = true;
                continue;
            }
            match self.store.read(path) {
                Ok(Some(stored)) => kept.changed.push(stored),
                Ok(None) => kept.gone.extend(path.file_stem().and_then(|s| NoteId::parse(&s.to_string_lossy()))),
                Err(reason) => log::error!("{}: {reason}", path.display()),
            }
        }
    }

    /// The saved queries as the file holds them now, or what is wrong with it.
    pub(super) fn read_queries(&self) -> Msg {
        match queries::load(&self.store) {
            Ok(all) => Msg::Queries(all),
            Err(error) => Msg::Notice(self.failed_to_read(&error)),
        }
    }

    fn queries(&self) -> Vec<SavedQuery> {
        queries::load(&self.store).unwrap_or_else(|error| {
            log::error!("{error}");
            Vec::new()
        })
    }

    fn failed_to_read(&self, error: &dyn std::fmt::Display) -> Notice {
        Notice::warning(self.words.f("notice.queries-unread", &[("reason", error)]))
    }

    fn failed(&self, error: &dyn std::fmt::Display) -> Notice {
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
        Act::MakeKnelpunt { .. } => "make a knelpunt",
        Act::Correct { .. } => "correct a heading",
        Act::SaveQuery(_) => "save a query",
        Act::RenameQuery { .. } => "rename a saved query",
        Act::DropQuery(_) => "drop a saved query",
        Act::Undo => "undo",
        Act::Redo => "redo",
    }
}

/// The keeper and the way to it.
pub(super) struct Keeper(Worker<Job>);

impl Keeper {
    pub(super) fn start(
        inbox: Sender<Event>,
        dirs: &Dirs,
        mut places: PlaceBook,
        clock: Clock,
        words: Words,
        indexer: Sender<indexer::Job>,
    ) -> std::io::Result<Keeper> {
        let data = dirs.data().map(Path::to_owned);
        let worker = Worker::start("keeper", inbox, move |jobs, inbox| {
            let tell = |msg: Msg| drop(inbox.send(Event::Msg(msg)));
            let data = match data {
                Ok(data) => data,
                Err(error) => {
                    let why = Notice::error(error.to_string());
                    tell(Msg::Notice(why.clone()));
                    // every act is answered, so that words stay with whoever wrote them
                    for job in jobs {
                        if let Job::Act(ticket, _) = job {
                            tell(Msg::Kept(ticket, Err(why.clone())));
                        }
                    }
                    return;
                }
            };
            let mut keeping = Keeping::open(&data, clock, words);
            keeping.load().into_iter().for_each(tell);
            while let Some(batch) = drain(jobs) {
                let last_place = batch.iter().rposition(|j| matches!(j, Job::Remember(_)));
                let last_draft = batch.iter().rposition(|j| matches!(j, Job::Draft(_)));
                for (i, job) in batch.into_iter().enumerate() {
                    match job {
                        Job::Act(ticket, act) => {
                            let done = keeping.act(act);
                            if done.is_ok() {
                                let _ = indexer.send(indexer::Job::Look);
                            }
                            tell(Msg::Kept(ticket, done));
                        }
                        // of words that are still being written only the newest matter
                        Job::Draft(draft) if Some(i) == last_draft => {
                            if let Err(notice) = keeping.keep_draft(&draft) {
                                tell(Msg::Notice(notice));
                            }
                        }
                        Job::DraftDone(key) => keeping.drop_draft(&key),
                        Job::Remember(at) if Some(i) == last_place => places.remember(&at),
                        // a draft belongs to this running program: it is not offered to its own writer
                        Job::Reload => {
                            keeping.load().into_iter().filter(|m| !matches!(m, Msg::Drafts(_))).for_each(tell);
                        }
                        Job::ReadQueries => tell(keeping.read_queries()),
                        Job::Speak(lang) => keeping.speak(lang),
                        Job::Draft(_) | Job::Remember(_) => {}
                    }
                }
            }
        })?;
        Ok(Keeper(worker))
    }

    pub(super) fn give(&self, job: Job) {
        self.0.give(job);
    }

    pub(super) fn finish(self) {
        self.0.finish(None);
    }
}
