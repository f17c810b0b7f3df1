//! One file read by a thread of its own, with a stack that deep documents fit in and a limit on its time. A reader that
//! panics or never ends is a failure of that file and of nothing else.

use crate::config;
use crate::doc::Document;
use crate::import::{self, ImportError, Limits, Stop};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::Duration;

/// The stack of a reading thread. Our readers don't recurse; the libraries below them might. Only what is used of it
/// takes memory.
const STACK: usize = 64 << 20;
/// A file that takes longer than this is slow: from then on it doesn't count among those that are read at once.
const PATIENCE: Duration = Duration::from_secs(2);
/// After its time is up a reading is asked to end, and has so long to do it. Then it is left behind.
const GRACE: Duration = Duration::from_secs(3);

/// What a file may cost.
#[derive(Clone, Debug)]
pub(super) struct Spending {
    limits: Limits,
    time: Duration,
}

impl Spending {
    /// As the config says.
    pub(super) fn new(config: &config::Limits) -> Spending {
        let limits = Limits {
            max_bytes: config.max_bytes(),
            max_unpacked: u64::from(config.unpacked_mb) << 20,
            max_ratio: config.ratio,
            max_nodes: config.nodes,
            max_nesting: u16::try_from(config.depth).unwrap_or(u16::MAX),
            max_pages: config.pages,
            ..Limits::default()
        };
        Spending { limits, time: Duration::from_secs(u64::from(config.seconds)) }
    }

    /// Reads a file. `slow` is called once when it takes long.
    pub(super) fn import(
        &self,
        bytes: Vec<u8>,
        password: Option<String>,
        slow: &mut dyn FnMut(),
    ) -> Result<Document, ImportError> {
        let stop = Stop::default();
        let limits = Limits { stop: stop.clone(), ..self.limits.clone() };
        let (give, taken) = channel();
        let work = move || {
            let read = catch_unwind(AssertUnwindSafe(|| import::unlock(&bytes, &limits, password.as_deref())));
            // nobody may be waiting any more
            let _ = give.send(read.unwrap_or(Err(ImportError::Failed)));
        };
        if let Err(error) = thread::Builder::new().name("import".into()).stack_size(STACK).spawn(work) {
            log::error!("no thread to read a file with: {error}");
            return Err(ImportError::Failed);
        }
        self.wait(&taken, &stop, slow)
    }

    fn wait(
        &self,
        taken: &Receiver<Result<Document, ImportError>>,
        stop: &Stop,
        slow: &mut dyn FnMut(),
    ) -> Result<Document, ImportError> {
        let patience = PATIENCE.min(self.time);
        let mut then: [(Duration, &mut dyn FnMut()); 3] =
            [(patience, slow), (self.time - patience, &mut || stop.raise()), (GRACE, &mut || {})];
        for (wait, act) in &mut then {
            match taken.recv_timeout(*wait) {
                Ok(read) => return read,
                Err(RecvTimeoutError::Disconnected) => return Err(ImportError::Failed),
                Err(RecvTimeoutError::Timeout) => act(),
            }
        }
        log::error!("a file took more than {:?} to read and did not end when asked to", self.time);
        Err(ImportError::TookTooLong)
    }
}

/// How many files may be read at once: a reading takes a place and leaves it when it is done, or when it turns out slow.
pub(super) struct Places {
    free: Mutex<usize>,
    left: Condvar,
}

impl Places {
    pub(super) fn new(count: usize) -> Places {
        Places { free: Mutex::new(count), left: Condvar::new() }
    }

    /// Waits for a place.
    pub(super) fn take(&self) {
        let mut free = self.free();
        while *free == 0 {
            free = self.left.wait(free).unwrap_or_else(PoisonError::into_inner);
        }
        *free -= 1;
    }

    /// Leaves it.
    pub(super) fn leave(&self) {
        *self.free() += 1;
        self.left.notify_one();
    }

    /// A number is whole whoever panicked.
    fn free(&self) -> MutexGuard<'_, usize> {
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests;
