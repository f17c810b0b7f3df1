//! Choosing a knelpunt: to put something to, to bring found ones together under, to merge into or to put under. Found and
//! made ones, by a few letters of their titles or synonyms, the ones used last under the digits, and a new one made on the
//! way.

mod choices;

pub use choices::Row;

use super::annotate::Subject;
use super::geometry::Area;
use super::knelpunten::KnelpuntAct;
use super::list::ListCursor;
use super::textbox::TextBox;
use super::{Act, App, Effects, NewNote, Overlay};
use crate::keys::{Action, Key};
use crate::knelpunt::register::Made;
use crate::notes::store::Stored;
use crate::notes::{Note, NoteKind, Target};
use choices::{Choice, What};

/// Rows of choices in sight at most; the list scrolls.
const ROWS: usize = 12;
/// Rows of the picker besides its choices: border, field, line, hint, border.
pub const AROUND: u16 = 5;

/// Columns of the picker.
const WIDTH: u16 = 76;

/// The picker.
#[derive(Clone, Debug, PartialEq)]
pub struct Picker {
    /// What is typed.
    pub text: TextBox,
    /// What can be chosen now, best first.
    pub rows: Vec<Row>,
    /// The row the cursor stands on.
    pub cursor: ListCursor,
    all: Vec<Choice>,
    of: Choose,
}

/// What a knelpunt is chosen for.
#[derive(Clone, Debug, PartialEq)]
pub enum Choose {
    /// To put these to it, or take them off it when they all are.
    Code(Subject),
    /// To bring these found ones together under it.
    Gather(Vec<String>),
    /// Of these made ones the one that stays when they are merged.
    Stays(Vec<String>),
    /// To merge this made one into it.
    Into(String),
    /// To make these made ones part of it.
    Under(Vec<String>),
}

impl Picker {
    /// How many notes, places or knelpunten it is for.
    #[must_use]
    pub fn count(&self) -> usize {
        match &self.of {
            Choose::Code(subject) => subject.len(),
            Choose::Gather(ids) | Choose::Stays(ids) | Choose::Under(ids) => ids.len(),
            Choose::Into(_) => 1,
        }
    }

    /// What is chosen for, in the words of the screens.
    #[must_use]
    pub fn title(&self, app: &App) -> String {
        let (w, n) = (&app.words, self.count() as u64);
        let title =
            |ids: &[String]| ids.first().map(|id| app.notebook.knelpunt_title(id)).unwrap_or_default().to_owned();
        match &self.of {
            Choose::Code(_) if n > 1 => w.n("picker.title-many", n),
            Choose::Code(_) => w.t("picker.title").to_owned(),
            Choose::Gather(_) => w.n("picker.gather", n),
            Choose::Stays(_) => w.n("picker.stays", n),
            Choose::Into(id) => w.f("picker.into", &[("title", &app.notebook.knelpunt_title(id))]),
            Choose::Under(ids) if n == 1 => w.f("picker.under", &[("title", &title(ids))]),
            Choose::Under(_) => w.n("picker.under-many", n),
        }
    }

    /// Whether a row that is taken already can be taken off again.
    #[must_use]
    pub fn toggles(&self) -> bool {
        self.rows.get(self.cursor.at).is_some_and(|r| r.taken)
    }

    /// What is typed, and nothing around it.
    #[must_use]
    pub fn typed(&self) -> String {
        self.text.text().trim().to_owned()
    }
}

impl App {
    /// Where the picker stands: over the upper part of the screen, in its middle. Empty when it is closed.
    #[must_use]
    pub fn picker_area(&self) -> Area {
        let Some(Overlay::Picker(picker)) = &self.overlay else { return Area::default() };
        let (w, h) = self.size;
        let rows = picker.rows.len().clamp(1, ROWS) as u16;
        let (width, height) = (WIDTH.min(w), (rows + AROUND).min(h.saturating_sub(2)));
        // its top stays where it is while the list grows and shrinks
        let y = 1 + h.saturating_sub(ROWS as u16 + AROUND + 2) / 4;
        Area { x: (w - width) / 2, y, w: width, h: height }
    }

    /// Asks for a knelpunt.
    pub(super) fn ask_for(&mut self, of: Choose) {
        let picker = Picker::new(self, of);
        self.overlay = Some(Overlay::Picker(picker));
    }

    /// Changes the open picker, which needs the rest of the app to be refreshed.
    fn with_picker(&mut self, change: impl FnOnce(&mut Picker, &App)) {
        let Some(Overlay::Picker(mut picker)) = self.overlay.take() else { return };
        change(&mut picker, self);
        self.overlay = Some(Overlay::Picker(picker));
    }

    pub(super) fn picker_key(&mut self, key: Key, fx: &mut Effects) {
        let Some(Overlay::Picker(picker)) = &self.overlay else { return };
        if let Some(digit) = key.digit().filter(|_| picker.text.is_empty())
            && let Some(at) = picker.rows.iter().position(|r| r.digit.map(u32::from) == Some(digit))
        {
            self.take_choice(at, fx);
            return;
        }
        self.with_picker(|p, app| {
            if p.text.key(key) {
                p.refresh(app);
            }
        });
    }

    pub(super) fn picker_paste(&mut self, text: &str, _fx: &mut Effects) {
        self.with_picker(|p, app| {
            if p.text.paste(text) {
                p.refresh(app);
            }
        });
    }

    pub(super) fn picker_act(&mut self, action: Action, fx: &mut Effects) {
        let height = usize::from(self.picker_area().h.saturating_sub(AROUND));
        let Some(Overlay::Picker(picker)) = &mut self.overlay else { return };
        let len = picker.rows.len();
        let cursor = &mut picker.cursor;
        match action {
            Action::Down | Action::NextPane => drop(cursor.step(1, len)),
            Action::Up => drop(cursor.step(-1, len)),
            Action::PageDown => drop(cursor.step(height as isize, len)),
            Action::PageUp => drop(cursor.step(-(height as isize), len)),
            Action::Open => {
                let at = cursor.at;
                self.take_choice(at, fx);
                return;
            }
            _ => {
                self.overlay = None;
                return;
            }
        }
        cursor.settle(len, height);
    }

    /// Takes a row of the picker.
    pub(super) fn take_choice(&mut self, at: usize, fx: &mut Effects) {
        let Some(Overlay::Picker(picker)) = self.overlay.take() else { return };
        let Some(row) = picker.rows.get(at) else { return };
        let (made, above) = match &row.what {
            What::Id(id) => return self.take_known(id, row.taken, picker.of, fx),
            What::Top => {
                if let Choose::Under(ids) = picker.of {
                    self.put_under(&ids, None, fx);
                }
                return;
            }
            What::New { title, parent } => {
                (Made { title: title.clone(), parent: parent.clone(), ..Made::default() }, None)
            }
            What::NewBelow { title, above } => (Made { title: title.clone(), ..Made::default() }, Some(above.clone())),
        };
        match picker.of {
            Choose::Code(subject) => {
                self.reader.selection = None;
                self.habits.coded(&made.title);
                let create = highlights(subject.places, &[]);
                let save = self.stored_all(&subject.notes).into_iter().map(|s| (s.clone(), s.note)).collect();
                self.keep(Act::Knelpunt(KnelpuntAct::Make { made: Box::new(made), above, create, save }), fx);
            }
            Choose::Gather(includes) => self.make_knelpunt(Made { includes, ..made }, above, fx),
            Choose::Under(_) | Choose::Stays(_) | Choose::Into(_) => {}
        }
    }

    /// Takes a knelpunt that is there.
    fn take_known(&mut self, id: &str, taken: bool, of: Choose, fx: &mut Effects) {
        match of {
            Choose::Code(subject) => {
                self.reader.selection = None;
                if taken {
                    self.take_off(id, &subject, fx);
                } else {
                    self.put_to(id, subject, fx);
                }
            }
            Choose::Gather(found) => self.gather_under(id, &found, fx),
            Choose::Stays(ids) => self.merge_into(ids, id, fx),
            Choose::Into(from) => self.merge_into(vec![from], id, fx),
            Choose::Under(ids) => self.put_under(&ids, Some(id), fx),
        }
    }

    /// Takes notes off a knelpunt; they stay.
    fn take_off(&mut self, id: &str, subject: &Subject, fx: &mut Effects) {
        let without = |old: Stored| {
            let mut note = old.note.clone();
            note.knelpunten.retain(|k| k != id);
            (old, note)
        };
        let save = self.stored_all(&subject.notes).into_iter().map(without).collect();
        let name = self.knelpunt_name(id).unwrap_or_else(|| id.to_owned());
        let said = self.words.f("notice.taken-off", &[("title", &name)]);
        self.keep_for(super::notebook::Purpose::Knelpunt(said), Act::Save(save), fx);
    }

    /// Puts notes, or highlights of places, to a knelpunt.
    pub(super) fn put_to(&mut self, id: &str, subject: Subject, fx: &mut Effects) {
        self.habits.coded(id);
        let add = |old: Stored| {
            let mut note = old.note.clone();
            note.knelpunten.push(id.to_owned());
            (!old.note.knelpunten.iter().any(|k| k == id)).then_some((old, note))
        };
        let save: Vec<_> = self.stored_all(&subject.notes).into_iter().filter_map(add).collect();
        let coded = |t: &Target| self.notebook.all().any(|n| n.target == *t && n.knelpunten.iter().any(|k| k == id));
        let fresh: Vec<_> = subject.places.into_iter().filter(|t| !coded(t)).collect();
        let create = highlights(fresh, &[id.to_owned()]);
        if !self.keep_all(create, save, fx) {
            self.say("notice.coded-already");
        }
    }

    /// Makes and changes notes in one act; whether there are any.
    pub(super) fn keep_all(&mut self, create: Vec<NewNote>, save: Vec<(Stored, Note)>, fx: &mut Effects) -> bool {
        match (create.is_empty(), save.is_empty()) {
            (true, true) => return false,
            (true, false) => self.keep(Act::Save(save), fx),
            (false, true) => self.keep(Act::Create(create), fx),
            (false, false) => self.keep(Act::CreateAndSave { create, save }, fx),
        }
        true
    }
}

/// Highlights of these places, put to these knelpunten.
pub(super) fn highlights(targets: Vec<Target>, knelpunten: &[String]) -> Vec<NewNote> {
    let on = targets.into_iter().map(|t| NewNote::on(NoteKind::Highlight, t));
    on.map(|n| NewNote { knelpunten: knelpunten.to_vec(), ..n }).collect()
}

#[cfg(test)]
mod tests;
