//! Answers queries: the newest wins, an older one is called off, and a later key never waits for an earlier answer.

use super::Event;
use super::indexer::LibraryTexts;
use super::worker::{Worker, drain};
use super::{finder, queries};
use crate::app::Msg;
use crate::search::{Options, Query, SearchError, Searcher, Sort, Texts};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::time::Duration;

/// What the searcher is asked.
pub(super) enum Job {
    /// Search with this from now on.
    Use(Searcher),
    /// Search the library.
    Search {
        /// Comes back with the answer.
        generation: u64,
        /// What is asked.
        query: Query,
        /// How.
        options: Options,
    },
}

/// How the screens want their hits.
pub(super) fn options(limit: usize, sort: Sort, typing: bool) -> Options {
    Options { limit, sort, last_is_prefix: typing, collapse: true, facets: true, ..Options::default() }
}

/// Answers a query; `None` when it was called off. With it comes whether the index may be damaged.
pub(super) fn search(
    searcher: &Searcher,
    generation: u64,
    query: &Query,
    options: &Options,
    texts: &dyn Texts,
    stale: &dyn Fn() -> bool,
) -> Option<(Msg, bool)> {
    match searcher.search(query, options, texts, stale) {
        Ok(results) => Some((Msg::Results(generation, Ok(Arc::new(results))), false)),
        Err(SearchError::Cancelled) => None,
        Err(error) => Some((Msg::Results(generation, Err(error.to_string())), true)),
    }
}

/// The searcher and what tells it that a newer query has come.
pub(super) struct SearchWorker {
    worker: Worker<Job>,
    newest: Arc<AtomicU64>,
}

impl SearchWorker {
    /// What can be searched is told to the others too.
    pub(super) fn start(
        inbox: Sender<Event>,
        texts: Arc<LibraryTexts>,
        queries: Sender<queries::Job>,
        finder: Sender<finder::Job>,
    ) -> std::io::Result<SearchWorker> {
        let newest = Arc::new(AtomicU64::new(0));
        let latest = newest.clone();
        let worker = Worker::start("searcher", inbox, move |jobs, inbox| {
            let mut searcher: Option<Searcher> = None;
            while let Some(batch) = drain(jobs) {
                let last = batch.iter().rposition(|j| matches!(j, Job::Search { .. }));
                for (i, job) in batch.into_iter().enumerate() {
                    let msg = match job {
                        Job::Use(new) => {
                            let _ = queries.send(queries::Job::Use(new.clone()));
                            let _ = finder.send(finder::Job::Use(new.clone()));
                            searcher = Some(new);
                            continue;
                        }
                        Job::Search { generation, query, options } if Some(i) == last => {
                            let stale = || latest.load(Ordering::Relaxed) > generation;
                            let Some(searcher) = &searcher else { continue };
                            match search(searcher, generation, &query, &options, texts.as_ref(), &stale) {
                                Some((msg, damaged)) => {
                                    if damaged && inbox.send(Event::SearchFailed).is_err() {
                                        return;
                                    }
                                    msg
                                }
                                None => continue,
                            }
                        }
                        Job::Search { .. } => continue,
                    };
                    if inbox.send(Event::Msg(msg)).is_err() {
                        return;
                    }
                }
            }
        })?;
        Ok(SearchWorker { worker, newest })
    }

    pub(super) fn give(&self, job: Job) {
        if let Job::Search { generation, .. } = &job {
            self.newest.store(*generation, Ordering::Relaxed);
        }
        self.worker.give(job);
    }

    pub(super) fn sender(&self) -> Sender<Job> {
        self.worker.sender()
    }

    pub(super) fn finish(self, patience: Option<Duration>) {
        self.newest.store(u64::MAX, Ordering::Relaxed);
        self.worker.finish(patience);
    }
}
