//! Keeps what the reader writes: notes, drafts, the register, places. Every act is answered; what fails is said with the
//! path, and the words stay with whoever sent them. The acts themselves are in [`keeping`] and the files beside it, a
//! file for each kind of thing that is kept.

mod editions;
mod keeping;
mod knelpunten;
mod label;
mod notes;
mod searches;
mod trash;

pub(super) use keeping::Keeping;

use super::Event;
use super::clock::Clock;
use super::indexer;
use super::places::PlaceBook;
use super::worker::{Worker, drain};
use crate::app::{Act, Draft, Msg, Notice, Places};
use crate::dirs::Dirs;
use crate::doc::Lang;
use crate::notes::store::Store;
use crate::words::Words;
use std::path::PathBuf;
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
    /// Files of the data folder have changed on disk, these among them (whole paths): read them again.
    Reload(Vec<PathBuf>),
    /// Tell what is in the trash.
    ReadTrash,
    /// Read the saved queries again.
    ReadQueries,
    /// The screens speak another language.
    Speak(Lang),
}

/// The keeper and the way to it.
pub(super) struct Keeper(Worker<Job>);

impl Keeper {
    pub(super) fn start(
        inbox: Sender<Event>,
        dirs: &Dirs,
        store: Option<Store>,
        mut places: PlaceBook,
        clock: Clock,
        words: Words,
        indexer: Sender<indexer::Job>,
    ) -> std::io::Result<Keeper> {
        let store = dirs.data().map(|data| store.unwrap_or_else(|| Store::open(data)));
        let worker = Worker::start("keeper", inbox, move |jobs, inbox| {
            let tell = |msg: Msg| drop(inbox.send(Event::Msg(msg)));
            let store = match store {
                Ok(store) => store,
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
            let mut keeping = Keeping::open(store, clock, words);
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
                        Job::Reload(changed) => keeping.reload(&changed).into_iter().for_each(tell),
                        Job::ReadTrash => tell(keeping.read_trash()),
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
