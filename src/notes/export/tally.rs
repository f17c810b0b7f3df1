//! What a reader left behind, counted by what it is: nothing is dropped in silence.

/// Counts, in the order in which each kind was met first.
#[derive(Debug, Default)]
pub(super) struct Tally(Vec<(String, usize)>);

impl Tally {
    /// One more of these.
    pub(super) fn add(&mut self, what: &str) {
        self.more(what, 1);
    }

    /// So many more of these.
    pub(super) fn more(&mut self, what: &str, count: usize) {
        match self.0.iter_mut().find(|(known, _)| known == what) {
            Some((_, n)) => *n += count,
            None if count > 0 => self.0.push((what.to_owned(), count)),
            None => {}
        }
    }

    /// A sentence each.
    pub(super) fn sentences(&self) -> Vec<String> {
        self.0.iter().map(|(what, count)| format!("{what}: {count}")).collect()
    }
}
