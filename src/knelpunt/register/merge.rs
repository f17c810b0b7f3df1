//! Changes of the register that notes follow: merging, splitting, removing.
//!
//! Each gives back the notes that it rewrote. They belong to one step of the history: the caller begins it, and hands over
//! the staged store. The one that stays answers to the ids of those merged into it ([`Made::formerly`]), so that a note
//! that could not be rewritten, or comes later, is put to the right one all the same.

use super::file::Sheet;
use super::{Made, Register, RegisterError, StatusAt, fold, tree};
use crate::notes::store::{Store, StoreError, Stored};
use crate::notes::{Note, NoteId, TargetKind};
use jiff::Timestamp;
use jiff::civil::Date;

/// What goes from a knelpunt to a new one.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Split {
    /// The title of the new one.
    pub title: String,
    /// The new one is part of the old one; else it stands beside it.
    pub child: bool,
    /// The notes that go.
    pub notes: Vec<NoteId>,
    /// The found ones that go, by id.
    pub includes: Vec<String>,
}

impl Register {
    /// Makes several one: `into` stays, with its id, and takes over synonyms (the titles of the others too), found ones,
    /// children, the history of the status, descriptions, queries and unknown keys of the others, and every note.
    ///
    /// # Errors
    /// When one of them is unknown, there is none to merge, the file isn't TOML, or the disk refuses.
    pub fn merge(
        &mut self,
        store: &Store,
        others: &[String],
        into: &str,
        now: Timestamp,
    ) -> Result<Vec<Stored>, RegisterError> {
        let (gone, _) = self.change(store, |register, sheet| {
            let mut others: Vec<&String> = others.iter().filter(|id| *id != into).collect();
            others.sort();
            others.dedup();
            let unknown = |id: &str| RegisterError::Unknown(id.to_owned());
            if others.is_empty() {
                return Err(RegisterError::Impossible("there is nothing to merge".to_owned()));
            }
            if let Some(id) = others.iter().find(|id| register.get(id).is_none()) {
                return Err(unknown(id));
            }
            let mut one = register.get(into).cloned().ok_or_else(|| unknown(into))?;
            // in the order of the file
            let merged: Vec<Made> = register.made.iter().filter(|m| others.contains(&&m.id)).cloned().collect();
            one.parent = place_of(&register.made, &one, &merged);
            merged.iter().for_each(|other| take_over(&mut one, other));
            for other in &merged {
                let old = register.get(into).cloned().ok_or_else(|| unknown(into))?;
                sheet.adopt(other, &old)?;
                register.drop(sheet, other)?;
            }
            register.set(sheet, one)?;
            for child in register.made.clone() {
                if child.parent.as_ref().is_some_and(|p| others.contains(&p)) {
                    register.set(sheet, Made { parent: Some(into.to_owned()), ..child })?;
                }
            }
            Ok(merged.iter().flat_map(|m| m.formerly.iter().chain([&m.id])).cloned().collect::<Vec<String>>())
        })?;
        self.carry(store, now, |note| replaced(note, &gone, into))
    }

    /// Puts chosen notes and found ones of a knelpunt to a new one; gives back the id of the new one.
    ///
    /// # Errors
    /// When there is none of this id, the title is empty, the file isn't TOML, or the disk refuses.
    pub fn split(
        &mut self,
        store: &Store,
        from: &str,
        split: &Split,
        now: Timestamp,
    ) -> Result<(String, Vec<Stored>), RegisterError> {
        let ((id, was), _) = self.change(store, |register, sheet| {
            let old = register.get(from).cloned().ok_or_else(|| RegisterError::Unknown(from.to_owned()))?;
            let (includes, stay) = old.includes.iter().cloned().partition(|i| split.includes.contains(i));
            let new = Made {
                title: split.title.clone(),
                colour: old.colour,
                parent: if split.child { Some(old.id.clone()) } else { old.parent.clone() },
                includes,
                ..Made::default()
            };
            register.set(sheet, Made { includes: stay, ..old.clone() })?;
            let id = register.put(sheet, new)?;
            Ok((id, old.formerly.into_iter().chain([old.id]).collect::<Vec<String>>()))
        })?;
        let notes = self.carry(store, now, |note| {
            let chosen = split.notes.contains(&note.id);
            chosen.then(|| replaced(note, &was, &id).unwrap_or_else(|| coded(note, &id)))
        })?;
        Ok((id, notes))
    }

    /// Takes a knelpunt out of the register. Its children move up to where it was. Notes put to it stay, without it;
    /// notes written on it go to the one it was part of, and where there is none they keep naming it.
    ///
    /// # Errors
    /// When there is none of this id, the file isn't TOML, or the disk refuses.
    pub fn remove(&mut self, store: &Store, id: &str, now: Timestamp) -> Result<Vec<Stored>, RegisterError> {
        let (gone, _) = self.change(store, |register, sheet| {
            let gone = register.get(id).cloned().ok_or_else(|| RegisterError::Unknown(id.to_owned()))?;
            register.drop(sheet, &gone)?;
            for child in register.made.clone() {
                if child.parent.as_deref() == Some(id) {
                    register.set(sheet, Made { parent: gone.parent.clone(), ..child })?;
                }
            }
            Ok(gone)
        })?;
        let ids: Vec<String> = gone.formerly.into_iter().chain([gone.id]).collect();
        let parent = gone.parent.filter(|p| self.get(p).is_some());
        self.carry(store, now, |note| {
            let mut new = note.clone();
            new.knelpunten.retain(|k| !ids.contains(k));
            if let (TargetKind::Knelpunt(on), Some(parent)) = (&note.target.kind, &parent)
                && ids.contains(on)
            {
                new.target.kind = TargetKind::Knelpunt(parent.clone());
            }
            (new != *note).then_some(new)
        })
    }

    /// Takes an entry away.
    fn drop(&mut self, sheet: &mut Sheet, made: &Made) -> Result<(), RegisterError> {
        sheet.drop(made)?;
        self.made.retain(|m| m.id != made.id);
        Ok(())
    }

    /// Rewrites the notes of which `change` makes another. One that is changed elsewhere in this very moment is left to
    /// whoever changes it: the register answers to what it names.
    fn carry(
        &self,
        store: &Store,
        now: Timestamp,
        change: impl Fn(&Note) -> Option<Note>,
    ) -> Result<Vec<Stored>, RegisterError> {
        let mut notes = Vec::new();
        for read in store.load().notes {
            if read.owner.is_some() || change(&read.note).is_none() {
                continue;
            }
            // an earlier change of the same step counts
            let Ok(Some(read)) = store.read(&read.path) else { continue };
            let Some(mut note) = change(&read.note) else { continue };
            note.modified = now;
            match store.save(&read, &note) {
                Ok(saved) => notes.push(saved.stored),
                Err(StoreError::ChangedElsewhere { path, .. }) => {
                    log::warn!("{}: changed elsewhere, left as it is", path.display());
                }
                Err(error) => return Err(error.into()),
            }
        }
        Ok(notes)
    }
}

/// The note with `into` for the ids of `gone`, wherever it names one of them; `None` when it names none.
fn replaced(note: &Note, gone: &[String], into: &str) -> Option<Note> {
    let on = matches!(&note.target.kind, TargetKind::Knelpunt(on) if gone.contains(on));
    if !on && !note.knelpunten.iter().any(|k| gone.contains(k)) {
        return None;
    }
    let mut new = note.clone();
    new.knelpunten.clear();
    for id in &note.knelpunten {
        let id = if gone.contains(id) { into } else { id };
        if !new.knelpunten.iter().any(|k| k == id) {
            new.knelpunten.push(id.to_owned());
        }
    }
    if on {
        new.target.kind = TargetKind::Knelpunt(into.to_owned());
    }
    Some(new)
}

/// The note, put to one more.
fn coded(note: &Note, id: &str) -> Note {
    let mut new = note.clone();
    if !new.knelpunten.iter().any(|k| k == id) {
        new.knelpunten.push(id.to_owned());
    }
    new
}

/// What the one that stays is part of, once these are merged into it: of what it was part of, the nearest above all that
/// go, so that nothing becomes part of itself.
fn place_of(made: &[Made], one: &Made, merged: &[Made]) -> Option<String> {
    let above = tree::above(made, &one.id);
    let goes = |id: &str| merged.iter().any(|m| m.id == id);
    match above.iter().rposition(|id| goes(id)) {
        Some(last) => above.get(last + 1).map(|id| (*id).to_owned()),
        None => one.parent.clone(),
    }
}

/// What one takes over from another.
fn take_over(one: &mut Made, other: &Made) {
    for name in other.names() {
        if !one.names().any(|n| fold(n) == fold(name)) {
            one.synonyms.push(name.to_owned());
        }
    }
    let more = |list: &mut Vec<String>, items: &[String]| {
        for item in items {
            if !list.contains(item) {
                list.push(item.clone());
            }
        }
    };
    more(&mut one.includes, &other.includes);
    more(&mut one.formerly, &other.formerly);
    more(&mut one.formerly, std::slice::from_ref(&other.id));
    one.colour = one.colour.or(other.colour);
    one.status = histories(&one.status, &other.status);
    if !one.description.contains(other.description.trim()) {
        let parts = [one.description.trim_end(), other.description.trim()];
        one.description = parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join("\n\n");
    }
    one.query = match (one.query.take(), &other.query) {
        (Some(a), Some(b)) if a.trim() != b.trim() => Some(format!("({a}) OR ({b})")),
        (a, b) => a.or_else(|| b.clone()),
    };
}

/// Two histories of a status as one, by date. An entry without a date stays behind the one it stood behind; where both
/// end on one day, the first one's word is the last.
fn histories(one: &[StatusAt], other: &[StatusAt]) -> Vec<StatusAt> {
    let dated = |all: &[StatusAt], own: bool| -> Vec<(Option<Date>, bool, StatusAt)> {
        let mut since = None;
        let dated = all.iter().map(|s| {
            since = s.date.max(since);
            (since, own, s.clone())
        });
        dated.collect()
    };
    let mut all = dated(other, false);
    all.extend(dated(one, true).into_iter().filter(|(_, _, s)| !other.contains(s)));
    all.sort_by_key(|(date, own, _)| (*date, *own));
    all.into_iter().map(|(_, _, s)| s).collect()
}
