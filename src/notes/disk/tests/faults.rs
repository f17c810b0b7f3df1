//! For tests: a disk that refuses at a step of one's choice, once or from then on.

use std::io;
use std::sync::{Arc, Mutex};

/// Which steps fail; every copy of a disk shares them.
#[derive(Clone, Debug, Default)]
pub(in crate::notes) struct Faults(Arc<Mutex<Plan>>);

#[derive(Debug, Default)]
struct Plan {
    /// Steps to go until one fails; `None` when none does (any more).
    left: Option<usize>,
    /// All after it fail too: the program has died.
    dies: bool,
    failed: bool,
}

impl Faults {
    /// The `n`th step from now on (from 0) fails: the disk is full for a moment.
    pub fn fail(&self, n: usize) {
        *self.0.lock().unwrap() = Plan { left: Some(n), dies: false, failed: false };
    }

    /// The `n`th step from now on (from 0) and all after it fail: nothing more happens, as when the program is killed.
    pub fn die(&self, n: usize) {
        *self.0.lock().unwrap() = Plan { left: Some(n), dies: true, failed: false };
    }

    /// From now on nothing fails; whether anything did.
    pub fn heal(&self) -> bool {
        std::mem::take(&mut *self.0.lock().unwrap()).failed
    }

    /// Whether the program counts as dead: what would be cleaned up stays.
    pub(in crate::notes::disk) fn dead(&self) -> bool {
        let plan = self.0.lock().unwrap();
        plan.dies && plan.failed
    }

    pub(in crate::notes::disk) fn step(&self) -> io::Result<()> {
        let mut plan = self.0.lock().unwrap();
        match plan.left {
            None => return Ok(()),
            Some(0) => {
                plan.failed = true;
                if !plan.dies {
                    plan.left = None;
                }
            }
            Some(n) => {
                plan.left = Some(n - 1);
                return Ok(());
            }
        }
        Err(io::ErrorKind::StorageFull.into())
    }
}
