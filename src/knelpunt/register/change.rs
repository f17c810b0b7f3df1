//! Changes of the register alone. Each reads the file anew, changes what it is about, and writes it unless it changed in
//! between; two programs that change different things of one knelpunt both have their way.

use super::file::{KEY, Sheet};
use super::{FILE, Made, Register, RegisterError, StatusAt};
use crate::notes::slug::slug;
use crate::notes::store::{Change, Store};
use std::path::Path;

impl Register {
    /// Makes a knelpunt of this title, with an id made of the title that is not taken; both are given back.
    ///
    /// # Errors
    /// When the title is empty, the file isn't TOML, or the disk refuses.
    pub fn create(&mut self, store: &Store, title: &str) -> Result<(String, Change), RegisterError> {
        self.add(store, Made { title: title.to_owned(), ..Made::default() })
    }

    /// Makes a knelpunt that says this, with the id it has when that is one that a title could have and is not taken, else
    /// with one made of its title.
    ///
    /// # Errors
    /// When its title is empty, its parent is unknown, the file isn't TOML, or the disk refuses.
    pub fn add(&mut self, store: &Store, made: Made) -> Result<(String, Change), RegisterError> {
        self.change(store, |register, sheet| register.put(sheet, made))
    }

    /// Changes a knelpunt: what `edit` makes of it is written, only the values that differ. The id stays.
    ///
    /// # Errors
    /// As for [`Register::revise`].
    pub fn edit(&mut self, store: &Store, id: &str, edit: impl FnOnce(&mut Made)) -> Result<Change, RegisterError> {
        let read = self.get(id).cloned().ok_or_else(|| RegisterError::Unknown(id.to_owned()))?;
        let mut wanted = read.clone();
        edit(&mut wanted);
        self.revise(store, &read, &wanted)
    }

    /// Changes a knelpunt from what was read to what is wanted. Values that the reader left alone stay as the file has
    /// them now, whoever wrote them. The id stays.
    ///
    /// # Errors
    /// When there is none of this id, a value that the reader changed was changed elsewhere too, its title would be empty,
    /// its parent unknown or itself (however indirectly), the file isn't TOML, or the disk refuses.
    pub fn revise(&mut self, store: &Store, read: &Made, wanted: &Made) -> Result<Change, RegisterError> {
        let ((), change) = self.change(store, |register, sheet| {
            let now = register.get(&read.id).cloned().ok_or_else(|| RegisterError::Unknown(read.id.clone()))?;
            let new = three_ways(read, wanted, &now).ok_or_else(|| RegisterError::ChangedElsewhere(read.id.clone()))?;
            register.set(sheet, new)
        })?;
        Ok(change)
    }

    /// Reads the file anew, changes it, and writes it unless it changed in between.
    pub(super) fn change<T>(
        &mut self,
        store: &Store,
        change: impl FnOnce(&mut Register, &mut Sheet) -> Result<T, RegisterError>,
    ) -> Result<(T, Change), RegisterError> {
        let before = store.text(Path::new(FILE))?;
        let text = before.as_deref().unwrap_or("");
        let mut register = Register::parse(text)?;
        let mut sheet = Sheet::parse(text)?;
        let value = change(&mut register, &mut sheet)?;
        let change = store.put(Path::new(FILE), before, sheet.text())?;
        *self = register;
        Ok((value, change))
    }

    /// A further one; an id that it hasn't yet is made of its title.
    pub(super) fn put(&mut self, sheet: &mut Sheet, made: Made) -> Result<String, RegisterError> {
        let title = titled(&made)?;
        let slug = Some(slug(&title)).filter(|s| !s.is_empty()).unwrap_or_else(|| KEY.to_owned());
        let own = Some(made.id.clone()).filter(|id| !id.is_empty() && crate::notes::slug::slug(id) == *id);
        let mut ids = own.into_iter().chain([slug.clone()]).chain((2u32..).map(|n| format!("{slug}-{n}")));
        let id = ids.find(|id| !sheet.knows(id)).unwrap_or(slug);
        let made = Made { id: id.clone(), title, ..made };
        if let Some(reason) = self.wrong_parent(&made) {
            return Err(RegisterError::Impossible(reason));
        }
        sheet.add(&made)?;
        self.made.push(made);
        Ok(id)
    }

    /// One that is there says this from now on.
    pub(super) fn set(&mut self, sheet: &mut Sheet, new: Made) -> Result<(), RegisterError> {
        let new = Made { title: titled(&new)?, ..new };
        let gone = || RegisterError::Unknown(new.id.clone());
        let at = self.made.iter().position(|m| m.id == new.id).ok_or_else(gone)?;
        let old = std::mem::replace(&mut self.made[at], new.clone());
        if new.parent != old.parent
            && let Some(reason) = self.wrong_parent(&new)
        {
            return Err(RegisterError::Impossible(reason));
        }
        sheet.set(&old, &new)
    }
}

/// The title of one, without blanks around it.
fn titled(made: &Made) -> Result<String, RegisterError> {
    match made.title.trim() {
        "" => Err(RegisterError::Impossible("a knelpunt needs a title".to_owned())),
        title => Ok(title.to_owned()),
    }
}

/// What stands now, with what the reader changed of what was read; `None` when both changed the same value.
fn three_ways(read: &Made, wanted: &Made, now: &Made) -> Option<Made> {
    fn value<T: PartialEq + Clone>(read: &T, wanted: &T, now: &T) -> Option<T> {
        match (wanted == read, now == read || now == wanted) {
            (true, _) => Some(now.clone()),
            (false, true) => Some(wanted.clone()),
            (false, false) => None,
        }
    }
    // what was taken away goes, what came is added
    let list = |read: &[String], wanted: &[String], now: &[String]| -> Vec<String> {
        if now == read {
            return wanted.to_vec();
        }
        let stays = now.iter().filter(|n| wanted.contains(n) || !read.contains(n));
        stays.chain(wanted.iter().filter(|w| !read.contains(w) && !now.contains(w))).cloned().collect()
    };
    let status = match wanted.status.strip_prefix(read.status.as_slice()) {
        Some(new) => now.status.iter().chain(new).cloned().collect::<Vec<StatusAt>>(),
        None => value(&read.status, &wanted.status, &now.status)?,
    };
    Some(Made {
        id: now.id.clone(),
        title: value(&read.title, &wanted.title, &now.title)?,
        description: value(&read.description, &wanted.description, &now.description)?,
        synonyms: list(&read.synonyms, &wanted.synonyms, &now.synonyms),
        colour: value(&read.colour, &wanted.colour, &now.colour)?,
        parent: value(&read.parent, &wanted.parent, &now.parent)?,
        status,
        includes: list(&read.includes, &wanted.includes, &now.includes),
        query: value(&read.query, &wanted.query, &now.query)?,
        formerly: list(&read.formerly, &wanted.formerly, &now.formerly),
    })
}
