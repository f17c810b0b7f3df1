//! Named threads with an inbox of jobs. A worker that panics is reported and, since its state can't be trusted, ends;
//! the rest of the program goes on.

use super::Event;
use crate::app::Msg;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread::{self, JoinHandle};
use std::time::Duration;

/// The stack of a worker: documents can be deep, and the libraries that read them recurse.
const STACK: usize = 16 << 20;

/// A worker and the way to it.
pub(super) struct Worker<J> {
    jobs: Sender<J>,
    thread: JoinHandle<()>,
    /// Nothing is ever sent: the other end goes when the thread ends.
    ended: Receiver<()>,
}

impl<J: Send + 'static> Worker<J> {
    /// Starts a worker; `work` runs until its jobs end.
    pub(super) fn start(
        name: &'static str,
        inbox: Sender<Event>,
        work: impl FnOnce(&Receiver<J>, &Sender<Event>) + Send + 'static,
    ) -> std::io::Result<Worker<J>> {
        let (jobs, queue) = channel();
        let (alive, ended) = channel();
        let thread = thread::Builder::new().name(name.to_owned()).stack_size(STACK).spawn(move || {
            let _alive: Sender<()> = alive;
            if catch_unwind(AssertUnwindSafe(|| work(&queue, &inbox))).is_err() {
                // the panic itself is in the log, written by the hook
                let _ = inbox.send(Event::Msg(Msg::WorkerLost(name)));
            }
        })?;
        Ok(Worker { jobs, thread, ended })
    }

    /// Gives the worker a job. Jobs for a worker that has ended are dropped: its end has been reported.
    pub(super) fn give(&self, job: J) {
        let _ = self.jobs.send(job);
    }

    /// A second way to the worker, for other workers.
    pub(super) fn sender(&self) -> Sender<J> {
        self.jobs.clone()
    }

    /// Lets the worker do what it has been given and waits for its end; with `patience` no longer than that, for work
    /// that the end of the process may cut off at any moment.
    pub(super) fn finish(self, patience: Option<Duration>) {
        drop(self.jobs);
        match patience {
            Some(patience) => drop(self.ended.recv_timeout(patience)),
            None => drop(self.thread.join()),
        }
    }
}

/// Everything waiting in a queue, after the one that was waited for. `None` when no more will come.
pub(super) fn drain<J>(queue: &Receiver<J>) -> Option<Vec<J>> {
    let mut jobs = vec![queue.recv().ok()?];
    jobs.extend(queue.try_iter());
    Some(jobs)
}
