//! Named threads with an inbox of jobs. A worker that panics is reported and, since its state can't be trusted, ends;
//! the rest of the program goes on.

use super::Event;
use crate::app::Msg;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};

/// The stack of a worker: documents can be deep, and the libraries that read them recurse.
const STACK: usize = 16 << 20;

/// A worker and the way to it.
pub(super) struct Worker<J> {
    jobs: Option<Sender<J>>,
    thread: Option<JoinHandle<()>>,
}

impl<J: Send + 'static> Worker<J> {
    /// Starts a worker; `work` runs until its jobs end.
    pub(super) fn start(
        name: &'static str,
        inbox: Sender<Event>,
        work: impl FnOnce(&Receiver<J>, &Sender<Event>) + Send + 'static,
    ) -> std::io::Result<Worker<J>> {
        let (jobs, queue) = channel();
        let thread = thread::Builder::new().name(name.to_owned()).stack_size(STACK).spawn(move || {
            if catch_unwind(AssertUnwindSafe(|| work(&queue, &inbox))).is_err() {
                // the panic itself is in the log, written by the hook
                let _ = inbox.send(Event::Msg(Msg::WorkerLost(name)));
            }
        })?;
        Ok(Worker { jobs: Some(jobs), thread: Some(thread) })
    }

    /// Gives the worker a job. Jobs for a worker that has ended are dropped: its end has been reported.
    pub(super) fn give(&self, job: J) {
        if let Some(jobs) = &self.jobs {
            let _ = jobs.send(job);
        }
    }

    /// A second way to the worker, for other workers.
    pub(super) fn sender(&self) -> Option<Sender<J>> {
        self.jobs.clone()
    }

    /// Lets the worker do what it has been given and waits for its end.
    pub(super) fn finish(mut self) {
        self.jobs = None;
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

/// Everything waiting in a queue, after the one that was waited for. `None` when no more will come.
pub(super) fn drain<J>(queue: &Receiver<J>) -> Option<Vec<J>> {
    let mut jobs = vec![queue.recv().ok()?];
    jobs.extend(queue.try_iter());
    Some(jobs)
}
