//! Choosing the knelpunt to put something to: found and made ones, by a few letters of their names, the ones used last
//! under the digits, and a new one made on the way.

use super::annotate::{Subject, found_name};
use super::geometry::Area;
use super::knelpunten::KnelpuntAct;
use super::list::ListCursor;
use super::textbox::TextBox;
use super::{Act, App, Effects, NewNote, Overlay};
use crate::keys::{Action, Key};
use crate::knelpunt::Certainty;
use crate::knelpunt::register::Made;
use crate::notes::store::Stored;
use crate::notes::{Note, NoteKind, Target};
use nucleo_matcher::pattern::{AtomKind, CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};
use rustc_hash::FxHashSet;

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
    subject: Subject,
}

/// A knelpunt that can be chosen.
#[derive(Clone, Debug, PartialEq)]
struct Choice {
    id: String,
    name: String,
    /// Where it was found; `None` for one that the reader has made.
    report: Option<String>,
    /// 1 to 9 for those used last.
    digit: Option<u8>,
}

/// One row of the picker.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What it is called: the name of a knelpunt, or the words typed.
    pub name: String,
    /// Which characters of the name were typed, ascending.
    pub marks: Vec<u32>,
    /// Where it was found; `None` for one that the reader has made.
    pub report: Option<String>,
    /// The digit that takes it, while nothing is typed.
    pub digit: Option<u8>,
    /// Something on the list is put to it already.
    pub taken: bool,
    /// The id; `None` on the row that makes a new one.
    id: Option<String>,
}

impl Row {
    /// Whether this row makes a new knelpunt.
    #[must_use]
    pub fn makes(&self) -> bool {
        self.id.is_none()
    }
}

impl Picker {
    /// A picker over what the app holds: recent ones first, then made ones, those of the open report, all others.
    #[must_use]
    pub fn new(app: &App, subject: Subject) -> Self {
        let mut all: Vec<Choice> = Vec::new();
        let made = app.notebook.register.iter();
        all.extend(made.map(|m| Choice { id: m.id.clone(), name: m.title.clone(), report: None, digit: None }));
        if let Some(open) = &app.reader.open {
            for found in open.found.iter().filter(|f| f.certainty == Certainty::Explicit) {
                let part = open.doc.outline().part(found.part);
                let title = if part.title.is_empty() { &open.file } else { &part.title };
                let report = Some(short(title, part.org.as_deref(), part.year));
                all.push(Choice { id: found.id.clone(), name: found_name(found), report, digit: None });
            }
        }
        for row in app.shelf.found().iter().filter(|r| r.found.certainty == Certainty::Explicit) {
            let report = Some(short(&row.report, row.org.as_deref(), row.year));
            all.push(Choice { id: row.found.id.clone(), name: found_name(&row.found), report, digit: None });
        }
        let mut seen = FxHashSet::default();
        all.retain(|c| seen.insert(c.id.clone()));
        let mut digit = 0;
        for recent in app.habits.recent() {
            let id = app.knelpunt_id(recent);
            if let Some(choice) = all.iter_mut().find(|c| c.id == id) {
                digit += 1;
                choice.digit = Some(digit);
            }
        }
        // stable: the others stay as they were
        all.sort_by_key(|c| c.digit.unwrap_or(u8::MAX));
        let mut picker =
            Picker { text: TextBox::line(""), rows: Vec::new(), cursor: ListCursor::default(), all, subject };
        picker.refresh(app);
        picker
    }

    /// How many notes or places are put to what is chosen.
    #[must_use]
    pub fn count(&self) -> usize {
        self.subject.len()
    }

    /// What is typed, and nothing around it.
    #[must_use]
    pub fn typed(&self) -> String {
        self.text.text().trim().to_owned()
    }

    fn refresh(&mut self, app: &App) {
        let typed = self.typed();
        let taken = self.taken(app);
        let row = |c: &Choice, marks: Vec<u32>| Row {
            name: c.name.clone(),
            marks,
            report: c.report.clone(),
            digit: c.digit.filter(|_| typed.is_empty()),
            taken: taken.contains(&c.id),
            id: Some(c.id.clone()),
        };
        self.rows = if typed.is_empty() {
            self.all.iter().map(|c| row(c, Vec::new())).collect()
        } else {
            let pattern = Pattern::new(&typed, CaseMatching::Ignore, Normalization::Smart, AtomKind::Fuzzy);
            let mut matcher = Matcher::new(Config::DEFAULT);
            let mut found: Vec<(u32, Row)> = Vec::new();
            for choice in &self.all {
                let (mut chars, mut marks) = (Vec::new(), Vec::new());
                let name = Utf32Str::new(&choice.name, &mut chars);
                if let Some(score) = pattern.indices(name, &mut matcher, &mut marks) {
                    marks.sort_unstable();
                    marks.dedup();
                    found.push((score, row(choice, marks)));
                }
            }
            found.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
            found.into_iter().map(|(_, r)| r).collect()
        };
        let same = |c: &Choice| c.report.is_none() && c.name.to_lowercase() == typed.to_lowercase();
        if !typed.is_empty() && !self.all.iter().any(same) {
            let marks = Vec::new();
            self.rows.push(Row { name: typed, marks, report: None, digit: None, taken: false, id: None });
        }
        self.cursor = ListCursor::default();
    }

    /// Knelpunten that all the notes of the list are put to.
    fn taken(&self, app: &App) -> Vec<String> {
        if !self.subject.places.is_empty() {
            return Vec::new();
        }
        let notes: Vec<_> = self.subject.notes.iter().filter_map(|id| app.notebook.note(id)).collect();
        let first = notes.first().map(|n| n.knelpunten.clone()).unwrap_or_default();
        first.into_iter().filter(|k| notes.iter().all(|n| n.knelpunten.contains(k))).collect()
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
        self.reader.selection = None;
        match &row.id {
            Some(id) => self.put_to(id, picker.subject, fx),
            None => {
                let title = row.name.clone();
                self.habits.coded(&title);
                let create = highlights(picker.subject.places, &[]);
                let notes = self.stored_all(&picker.subject.notes).into_iter();
                let save = notes.map(|s| (s.clone(), s.note)).collect();
                let made = Box::new(Made { title, ..Made::default() });
                self.keep(Act::Knelpunt(KnelpuntAct::Make { made, above: None, create, save }), fx);
            }
        }
    }

    /// Puts notes, or highlights of places, to a knelpunt.
    fn put_to(&mut self, id: &str, subject: Subject, fx: &mut Effects) {
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

/// Where a knelpunt was found, in few words: reports are told apart best by who wrote them and when.
fn short(title: &str, org: Option<&str>, year: Option<i32>) -> String {
    let who = org.unwrap_or(title);
    match year.map(|y| y.to_string()).filter(|y| !who.contains(y.as_str())) {
        Some(year) => format!("{year} {who}"),
        None => who.to_owned(),
    }
}

/// Highlights of these places, put to these knelpunten.
pub(super) fn highlights(targets: Vec<Target>, knelpunten: &[String]) -> Vec<NewNote> {
    let on = targets.into_iter().map(|t| NewNote::on(NoteKind::Highlight, t));
    on.map(|n| NewNote { knelpunten: knelpunten.to_vec(), ..n }).collect()
}

#[cfg(test)]
mod tests;
