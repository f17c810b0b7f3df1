//! What analysers remember of words, lent to those who read texts and given back: a new segment of the index, or the next
//! changed report, does not begin by finding out again what every word is made of.

use crate::doc::Lang;
use crate::lang::{Analyser, Analysis};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// A memory of more words than this is not kept when nothing is written: it would be in memory for nothing.
const MOST_KEPT: usize = 20_000;

/// The memories that nobody has at the moment.
#[derive(Clone, Default)]
pub(super) struct Memories(Arc<Mutex<Vec<Analyser>>>);

impl Memories {
    /// A memory to be used, or an empty one when all are lent.
    pub fn borrow(&self) -> Borrowed {
        Borrowed { from: self.clone(), memory: None }
    }

    fn idle(&self) -> MutexGuard<'_, Vec<Analyser>> {
        // whole whoever panicked: it is only added to and taken from
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An analyser whose memory is borrowed at its first word and given back at its end.
#[derive(Default)]
pub(super) struct Borrowed {
    from: Memories,
    memory: Option<Analyser>,
}

impl Borrowed {
    /// The analysis of a folded word.
    pub fn word(&mut self, lang: Lang, word: &str) -> Arc<Analysis> {
        let memory = self.memory.get_or_insert_with(|| self.from.idle().pop().unwrap_or_default());
        memory.word(lang, word).clone()
    }
}

impl Clone for Borrowed {
    /// Another, with nothing borrowed yet.
    fn clone(&self) -> Borrowed {
        self.from.borrow()
    }
}

impl Drop for Borrowed {
    fn drop(&mut self) {
        if let Some(memory) = self.memory.take() {
            self.from.idle().push(memory);
        }
    }
}

/// As long as it lives something is written; then all memories but a small one are forgotten.
pub(super) struct Writing(pub Memories);

impl Drop for Writing {
    fn drop(&mut self) {
        let mut idle = self.0.idle();
        idle.retain(|memory| memory.words() <= MOST_KEPT);
        idle.sort_by_key(Analyser::words);
        let largest = idle.pop();
        idle.clear();
        idle.extend(largest);
        idle.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests;
