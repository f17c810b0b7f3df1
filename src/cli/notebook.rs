//! The reader's notes and made knelpunten as commands need them.

use super::out::say;
use super::session::Session;
use crate::knelpunt::register::{Made, Register};
use crate::notes::TargetKind;
use crate::notes::store::Stored;
use rustc_hash::FxHashMap;
use std::collections::BTreeSet;

/// All notes and the register, as the files hold them now.
#[derive(Default)]
pub struct Notebook {
    notes: Vec<Stored>,
    register: Register,
    /// Number of notes by knelpunt.
    counts: FxHashMap<String, usize>,
}

impl Notebook {
    /// Reads the data folder. What is not understood there is said on standard error and left alone. Empty where there
    /// is no data folder.
    pub fn open(session: &Session) -> Notebook {
        let Ok(data) = session.dirs.data() else { return Notebook::default() };
        let Ok(store) = session.store() else { return Notebook::default() };
        let loaded = store.load();
        for (path, reason) in &loaded.unreadable {
            say(&format!("{}: {reason}", data.join(path).display()));
        }
        let register = Register::load(&store).unwrap_or_else(|error| {
            say(&error.to_string());
            Register::default()
        });
        for problem in register.problems() {
            say(&format!(
                "{}:{}: {}",
                data.join(crate::knelpunt::register::FILE).display(),
                problem.line,
                problem.reason
            ));
        }
        let mut counts: FxHashMap<String, usize> = FxHashMap::default();
        for stored in &loaded.notes {
            let note = &stored.note;
            let mut ids: Vec<&String> = note.knelpunten.iter().collect();
            if let TargetKind::Knelpunt(id) = &note.target.kind
                && !note.knelpunten.contains(id)
            {
                ids.push(id);
            }
            let meant = ids.into_iter().map(|id| register.meant(id).map_or(id, |m| &m.id));
            meant.collect::<BTreeSet<_>>().into_iter().for_each(|id| *counts.entry(id.clone()).or_default() += 1);
        }
        Notebook { notes: loaded.notes, register, counts }
    }

    /// All notes, oldest first.
    pub fn notes(&self) -> &[Stored] {
        &self.notes
    }

    /// The made knelpunten.
    pub fn made(&self) -> &[Made] {
        self.register.made()
    }

    /// The register of made knelpunten.
    pub fn register(&self) -> &Register {
        &self.register
    }

    /// How many notes are put to a knelpunt, or are on it.
    pub fn count(&self, knelpunt: &str) -> usize {
        self.counts.get(knelpunt).copied().unwrap_or(0)
    }
}
