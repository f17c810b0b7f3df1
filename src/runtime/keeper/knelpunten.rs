//! Acts on made knelpunten.

use super::keeping::Keeping;
use crate::app::knelpunten::KnelpuntAct;
use crate::app::{Kept, Notice};
use crate::knelpunt::register::{RegisterError, StatusAt};
use jiff::tz::TimeZone;

impl Keeping {
    /// An act on made knelpunten, with what it means for notes.
    pub(super) fn knelpunt(&mut self, act: KnelpuntAct, kept: &mut Kept) -> Result<(), Notice> {
        let now = self.clock.timestamp();
        let failed = |keeping: &Keeping, error: RegisterError| keeping.failed(&error);
        match act {
            KnelpuntAct::Make { mut made, above, mut create, mut save } => {
                if let Some(title) = above {
                    let (parent, _) = self.register.create(&self.store, &title).map_err(|e| failed(self, e))?;
                    made.parent = Some(parent);
                }
                let (id, _) = self.register.add(&self.store, *made).map_err(|e| failed(self, e))?;
                create.iter_mut().for_each(|n| n.knelpunten.push(id.clone()));
                save.iter_mut().for_each(|(_, n)| n.knelpunten.push(id.clone()));
                self.create(create, kept)?;
                self.save(save, kept)?;
                kept.knelpunt = Some(id);
            }
            KnelpuntAct::Revise(all) => {
                for (read, wanted) in &all {
                    self.register.revise(&self.store, read, wanted).map_err(|e| failed(self, e))?;
                }
                kept.knelpunt = all.first().map(|(read, _)| read.id.clone());
            }
            KnelpuntAct::Status { read, status, date, source } => {
                let today = || now.to_zoned(TimeZone::UTC).date();
                let mut wanted = read.as_ref().clone();
                wanted.stand(StatusAt { status, date: Some(date.unwrap_or_else(today)), source });
                self.register.revise(&self.store, &read, &wanted).map_err(|e| failed(self, e))?;
                kept.knelpunt = Some(read.id);
            }
            KnelpuntAct::Merge { others, into } => {
                let done = self.register.merge(&self.store, &others, &into, now);
                kept.changed = done.map_err(|e| failed(self, e))?;
                kept.knelpunt = Some(into);
            }
            KnelpuntAct::Split { from, split } => {
                let done = self.register.split(&self.store, &from, &split, now);
                let (id, notes) = done.map_err(|e| failed(self, e))?;
                kept.changed = notes;
                kept.knelpunt = Some(id);
            }
            KnelpuntAct::Remove(ids) => {
                for id in &ids {
                    let notes = self.register.remove(&self.store, id, now).map_err(|e| failed(self, e))?;
                    kept.changed.extend(notes);
                }
            }
        }
        kept.register = Some(self.register.made().to_vec());
        Ok(())
    }
}
