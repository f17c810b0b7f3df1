//! Finds in the open report, apart from the searcher so that neither waits for the other: the newest question wins, what
//! comes first is told first, and no question takes longer than a reader waits.

use super::Event;
use super::clock::Stopwatch;
use super::worker::{Worker, drain};
use crate::app::{Finds, Msg, OpenDoc};
use crate::search::{Finding, Searcher, Sought};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::Sender;
use std::time::Duration;

/// After this the first hit is told although others are still looked for: about two frames.
const FIRST: Duration = Duration::from_millis(30);
/// After this the rest is given up, and that is told.
const LONGEST: Duration = Duration::from_secs(10);

/// What the finder is told.
pub(super) enum Job {
    /// Find words as this library knows them from now on.
    Use(Searcher),
    /// Find.
    Find(Question),
}

/// What the finder is asked.
pub(super) struct Question {
    /// Comes back with the answer.
    pub generation: u64,
    /// Where.
    pub doc: Arc<OpenDoc>,
    /// What.
    pub sought: Sought,
    /// The byte to begin at.
    pub from: u32,
}

/// Answers a question, at first perhaps in part; no word more once it is `stale`.
pub(super) fn find(job: &Question, library: Option<&Searcher>, stale: &dyn Fn() -> bool, tell: &mut dyn FnMut(Msg)) {
    let watch = Stopwatch::start();
    let mut finding = match Finding::new(&job.doc.doc, &job.sought, job.from, library) {
        Ok(finding) => finding,
        Err(fault) => return tell(Msg::Finds(job.generation, Err(fault))),
    };
    let mut told = false;
    while finding.step() && watch.elapsed() < LONGEST {
        if stale() {
            return;
        }
        if !told && finding.has_next() && watch.elapsed() > FIRST {
            told = true;
            tell(Msg::Finds(job.generation, Ok(Finds { hits: finding.found(), all: false, ended: false })));
        }
    }
    tell(Msg::Finds(job.generation, Ok(Finds { hits: finding.found(), all: finding.is_done(), ended: true })));
}

/// The finder and what tells it that a newer question has come.
pub(super) struct Finder {
    worker: Worker<Job>,
    newest: Arc<AtomicU64>,
}

impl Finder {
    pub(super) fn start(inbox: Sender<Event>) -> std::io::Result<Finder> {
        let newest = Arc::new(AtomicU64::new(0));
        let latest = newest.clone();
        let worker = Worker::start("finder", inbox, move |jobs: &std::sync::mpsc::Receiver<Job>, inbox| {
            let mut library = None;
            while let Some(batch) = drain(jobs) {
                let mut last = None;
                for job in batch {
                    match job {
                        Job::Use(searcher) => library = Some(searcher),
                        Job::Find(question) => last = Some(question),
                    }
                }
                let Some(question) = last else { continue };
                let stale = || latest.load(Ordering::Relaxed) > question.generation;
                find(&question, library.as_ref(), &stale, &mut |msg| drop(inbox.send(Event::Msg(msg))));
            }
        })?;
        Ok(Finder { worker, newest })
    }

    pub(super) fn ask(&self, question: Question) {
        self.newest.store(question.generation, Ordering::Relaxed);
        self.worker.give(Job::Find(question));
    }

    pub(super) fn sender(&self) -> Sender<Job> {
        self.worker.sender()
    }

    pub(super) fn finish(self, patience: Option<Duration>) {
        self.newest.store(u64::MAX, Ordering::Relaxed);
        self.worker.finish(patience);
    }
}
