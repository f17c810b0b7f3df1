//! Acts on notes.

use super::keeping::Keeping;
use crate::app::{Kept, NewNote, Notice};
use crate::notes::Note;
use crate::notes::store::Stored;

impl Keeping {
    /// New notes, with their ids and times.
    pub(super) fn create(&mut self, notes: Vec<NewNote>, kept: &mut Kept) -> Result<(), Notice> {
        for new in notes {
            let now = self.clock.timestamp();
            let note = Note {
                id: self.next_id(),
                kind: new.kind,
                created: now,
                modified: now,
                knelpunten: new.knelpunten,
                tags: new.tags,
                color: new.color,
                status: new.status,
                target: new.target,
                anchored: Vec::new(),
                body: new.body,
            };
            let saved = self.store.create(&note).map_err(|e| self.failed(&e))?;
            kept.changed.push(saved.stored);
        }
        Ok(())
    }

    /// Changed notes, each after what was read of it.
    pub(super) fn save(&mut self, notes: Vec<(Stored, Note)>, kept: &mut Kept) -> Result<(), Notice> {
        for (read, mut note) in notes {
            note.modified = self.clock.timestamp();
            let saved = self.store.save(&read, &note).map_err(|e| self.failed(&e))?;
            kept.changed.push(saved.stored);
        }
        Ok(())
    }

    /// Into the trash.
    pub(super) fn trash(&mut self, notes: Vec<Stored>, kept: &mut Kept) -> Result<(), Notice> {
        for stored in notes {
            self.store.trash(&stored).map_err(|e| self.failed(&e))?;
            kept.gone.push(stored.note.id);
        }
        Ok(())
    }
}
