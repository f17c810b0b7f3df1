//! What the search view remembers and counts, apart from the searcher so that no key waits for it: queries asked before
//! (in the state folder, may be lost), how many hits the saved ones have, and which of these are new.

use super::Event;
use super::ledger::{Harvest, Ledger, Who};
use super::suggest::suggest;
use super::twins::twins;
use super::worker::{Worker, drain};
use crate::app::Msg;
use crate::app::dossier::Wanted;
use crate::app::search::listed;
use crate::app::search::saved::{Count, Fresh};
use crate::notes::Located;
use crate::notes::queries::SavedQuery;
use crate::search::{Hit, Searcher, Sort, Texts};
use serde::{Deserialize, Serialize};
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{Receiver, Sender};
use std::time::Duration;

/// Queries asked before that are kept.
const MOST: usize = 500;

/// What this worker is asked for.
pub(super) enum Job {
    /// Search with this from now on.
    Use(Searcher),
    /// This was asked.
    Asked(String),
    /// How many hits these have, and how many of them are new.
    Count(Vec<SavedQuery>),
    /// The reader looks at this one: which of its hits are new? From now on none.
    Look(SavedQuery),
    /// Where else do the passages of these notes stand?
    Twins(Arc<Vec<Located>>),
    /// Which passages could be put to this knelpunt?
    Suggest(Wanted),
    /// It was saved with its hits in sight: none of them is new, to nobody.
    Begin(SavedQuery),
}

/// One line of the file of queries asked before.
#[derive(Serialize, Deserialize)]
struct Line {
    query: String,
}

/// The queries asked before, in any library.
pub(super) struct PastBook {
    file: Option<PathBuf>,
    /// Lines in the file.
    lines: usize,
    /// The last one first.
    queries: Vec<String>,
}

impl PastBook {
    /// What is remembered.
    pub(super) fn load(state: Option<&Path>) -> PastBook {
        let file = state.map(|s| s.join("searches.jsonl"));
        let text = file.as_ref().and_then(|f| fs::read(f).ok()).unwrap_or_default();
        let text = String::from_utf8_lossy(&text);
        let mut queries: Vec<String> = Vec::new();
        let mut lines = 0;
        for line in text.lines() {
            lines += 1;
            // a line that was cut off is passed over
            if let Ok(Line { query }) = serde_json::from_str(line) {
                queries.push(query);
            }
        }
        queries.reverse();
        let mut seen = rustc_hash::FxHashSet::default();
        queries.retain(|q| seen.insert(q.clone()));
        queries.truncate(MOST);
        PastBook { file, lines, queries }
    }

    /// The last one first.
    pub(super) fn queries(&self) -> &[String] {
        &self.queries
    }

    /// Remembers one more. What can't be written is only forgotten.
    pub(super) fn remember(&mut self, query: &str) {
        self.queries.retain(|q| q != query);
        self.queries.insert(0, query.to_owned());
        self.queries.truncate(MOST);
        if let Err(error) = self.write(query) {
            log::warn!("the query was not remembered: {error}");
        }
    }

    /// Adds a line; when half of the file is no longer wanted it is written anew.
    fn write(&mut self, query: &str) -> io::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        let folder = file.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let line = |query: &str| -> io::Result<String> {
            Ok(serde_json::to_string(&Line { query: query.to_owned() }).map_err(io::Error::other)? + "\n")
        };
        if self.lines < 2 * MOST {
            let mut open = fs::File::options().create(true).append(true).open(file)?;
            open.write_all(line(query)?.as_bytes())?;
            self.lines += 1;
            return Ok(());
        }
        let mut temp = tempfile::NamedTempFile::new_in(folder)?;
        for query in self.queries.iter().rev() {
            temp.write_all(line(query)?.as_bytes())?;
        }
        temp.persist(file)?;
        self.lines = self.queries.len();
        Ok(())
    }
}

/// The worker's core, without its thread: also what tests use.
pub(super) struct Queries {
    past: PastBook,
    ledger: Ledger,
}

impl Queries {
    pub(super) fn open(state: Option<&Path>, library: &str) -> Queries {
        Queries { past: PastBook::load(state), ledger: Ledger::open(state, library) }
    }

    /// What was asked before, for the screens.
    pub(super) fn load(&self) -> Msg {
        Msg::Past(self.past.queries().to_vec())
    }

    /// Does a job; `None` when there is nothing to say, or it is `stale`.
    pub(super) fn work(
        &mut self,
        job: &Job,
        searcher: Option<&Searcher>,
        texts: &dyn Texts,
        stale: &dyn Fn() -> bool,
    ) -> Option<Msg> {
        let gather = |saved: &SavedQuery| Harvest::gather(searcher?, saved, Sort::Score, texts, stale).ok();
        match job {
            Job::Use(_) => None,
            Job::Asked(query) => {
                self.past.remember(query);
                None
            }
            Job::Count(all) => {
                let count = |saved: &SavedQuery| {
                    let harvest = gather(saved)?;
                    let new = self.unseen(saved, &harvest).len();
                    Some(Count { name: saved.name.clone(), hits: harvest.hits.len(), new, more: harvest.too_many })
                };
                all.iter().map(count).collect::<Option<_>>().map(Msg::Counts)
            }
            Job::Look(saved) => {
                let harvest = gather(saved)?;
                let new = self.unseen(saved, &harvest).into_iter().filter_map(listed).collect();
                self.keep(saved, &[Who::Screens], &harvest);
                let (hits, more) = (harvest.hits.len(), harvest.too_many);
                let count = Count { name: saved.name.clone(), hits, new: 0, more };
                Some(Msg::Fresh(Fresh { query: saved.query.clone(), new }, count))
            }
            Job::Twins(located) => twins(located, searcher?, texts, stale).map(Msg::Twins),
            Job::Suggest(wanted) => suggest(wanted, searcher?, texts, stale).map(Msg::Suggested),
            Job::Begin(saved) => {
                let harvest = gather(saved)?;
                self.keep(saved, &[Who::Screens, Who::Command], &harvest);
                None
            }
        }
    }

    /// The hits that the reader has not seen; of a query never looked at nothing is called new.
    fn unseen<'a>(&self, saved: &SavedQuery, harvest: &'a Harvest) -> Vec<&'a Hit> {
        match self.ledger.seen(saved, Who::Screens) {
            Some(seen) => harvest.new_to(Some(&seen)),
            None => Vec::new(),
        }
    }

    fn keep(&self, saved: &SavedQuery, who: &[Who], harvest: &Harvest) {
        let prints: Vec<_> = harvest.hits.iter().map(|(_, p)| *p).collect();
        if let Err(error) = self.ledger.keep(saved, who, &prints) {
            log::warn!("what was seen of {:?} is not remembered: {error}", saved.name);
        }
    }
}

/// The worker and what tells it that the program ends.
pub(super) struct QueryWorker {
    worker: Worker<Job>,
    ends: Arc<AtomicBool>,
}

impl QueryWorker {
    pub(super) fn start(
        inbox: Sender<Event>,
        mut queries: Queries,
        texts: Arc<dyn Texts + Send + Sync>,
    ) -> io::Result<QueryWorker> {
        let ends = Arc::new(AtomicBool::new(false));
        let ending = ends.clone();
        let worker = Worker::start("queries", inbox, move |jobs: &Receiver<Job>, inbox| {
            let _ = inbox.send(Event::Msg(queries.load()));
            let mut searcher = None;
            while let Some(batch) = drain(jobs) {
                let last_count = batch.iter().rposition(|j| matches!(j, Job::Count(_)));
                let last_twins = batch.iter().rposition(|j| matches!(j, Job::Twins(_)));
                let last_suggest = batch.iter().rposition(|j| matches!(j, Job::Suggest(_)));
                for (i, job) in batch.into_iter().enumerate() {
                    let stale = || ending.load(Ordering::Relaxed);
                    let msg = match &job {
                        Job::Use(new) => {
                            searcher = Some(new.clone());
                            continue;
                        }
                        // of several only the last counts
                        Job::Count(_) if Some(i) != last_count => continue,
                        Job::Twins(_) if Some(i) != last_twins => continue,
                        Job::Suggest(_) if Some(i) != last_suggest => continue,
                        job => queries.work(job, searcher.as_ref(), texts.as_ref(), &stale),
                    };
                    if msg.is_some_and(|msg| inbox.send(Event::Msg(msg)).is_err()) {
                        return;
                    }
                }
            }
        })?;
        Ok(QueryWorker { worker, ends })
    }

    pub(super) fn give(&self, job: Job) {
        self.worker.give(job);
    }

    pub(super) fn sender(&self) -> Sender<Job> {
        self.worker.sender()
    }

    /// Lets the worker end: what was asked is still written, counting stops.
    pub(super) fn finish(self, patience: Option<Duration>) {
        self.ends.store(true, Ordering::Relaxed);
        self.worker.finish(patience);
    }
}

#[cfg(test)]
mod tests;
