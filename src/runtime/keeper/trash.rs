//! What lies beside the notes: the trash, and second copies of notes.

use super::keeping::Keeping;
use crate::app::{Keep, Kept, Msg, Notice, Trashed};
use crate::notes::Note;
use crate::notes::store::Stored;
use std::cmp::Reverse;
use std::path::Path;

impl Keeping {
    /// What is in the trash, the latest first; what nobody knows the time of at the end.
    pub fn read_trash(&self) -> Msg {
        let loaded = self.store.trashed();
        let when = self.history.thrown_away();
        let time = |stored: &Stored| when.get(&stored.place_before_trash()?).copied();
        let all = loaded.notes.into_iter().chain(loaded.conflicts);
        let mut all: Vec<_> = all.map(|stored| Trashed { when: time(&stored), stored }).collect();
        all.sort_by(|a, b| (Reverse(a.when), &a.stored.path).cmp(&(Reverse(b.when), &b.stored.path)));
        Msg::Trash(all)
    }

    /// Back out of the trash.
    pub(super) fn restore(&mut self, trashed: Vec<Stored>, kept: &mut Kept) -> Result<(), Notice> {
        for stored in trashed {
            let saved = self.store.restore(&stored).map_err(|e| self.failed(&e))?;
            kept.changed.push(saved.stored);
        }
        Ok(())
    }

    /// Of a note and a copy of it, what the reader keeps.
    pub(super) fn keep_version(&mut self, note: &Stored, copy: &Stored, keep: Keep) -> Result<(), Notice> {
        self.store.trash(copy).map_err(|e| self.failed(&e))?;
        match keep {
            Keep::Note => {}
            Keep::Copy => {
                let (before, after) = (note.revision.text().to_owned(), copy.revision.text().to_owned());
                self.store.put(&note.path, Some(before), after).map_err(|e| self.failed(&e))?;
            }
            Keep::Both => {
                let id = self.next_id();
                let own = Note { id: id.clone(), modified: self.clock.timestamp(), ..copy.note.clone() };
                let folder = copy.path.parent().unwrap_or(Path::new("notes"));
                let path = folder.join(format!("{id}.md"));
                self.store.write_as(copy, &own, &path).map_err(|e| self.failed(&e))?;
            }
        }
        Ok(())
    }
}
