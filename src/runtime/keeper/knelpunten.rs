//! Acts on made knelpunten.

use super::keeping::Keeping;
use crate::app::{Kept, NewNote, Notice};
use crate::notes::Note;
use crate::notes::store::Stored;

impl Keeping {
    /// A new knelpunt of this title, and these notes put to it.
    pub(super) fn make_knelpunt(
        &mut self,
        title: &str,
        mut create: Vec<NewNote>,
        mut save: Vec<(Stored, Note)>,
        kept: &mut Kept,
    ) -> Result<(), Notice> {
        let (id, _) = self.register.create(&self.store, title).map_err(|e| self.failed(&e))?;
        kept.register = Some(self.register.made().to_vec());
        create.iter_mut().for_each(|n| n.knelpunten.push(id.clone()));
        save.iter_mut().for_each(|(_, n)| n.knelpunten.push(id.clone()));
        self.create(create, kept)?;
        self.save(save, kept)
    }
}
