//! A few fields to be filled in by keyboard: a line, some lines, or one of several. Tab and the arrows go from field to
//! field, Ctrl-s keeps, Esc gives up and asks first when something was typed. What the fields are for, and what is done
//! with them, is for whoever opened the form ([`FormOf`]).

use super::geometry::Area;
use super::knelpunten::FormOf;
use super::textbox::TextBox;
use super::{App, Effects, Overlay};
use crate::keys::{Action, Key, KeyCode};
use crate::layout::wrap_text;

/// Columns of a form.
const WIDTH: u16 = 78;
/// Rows of a field of several lines.
pub const LINES: u16 = 4;

/// Fields to be filled in.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// What it is about.
    pub title: String,
    /// What is said above the fields.
    pub said: Vec<String>,
    /// The fields.
    pub fields: Vec<Field>,
    /// The field that has the keys.
    pub at: usize,
    /// What is wrong with what was typed.
    pub fault: Option<String>,
    /// It is on its way to the disk.
    pub saving: bool,
    /// Giving up was asked for once.
    pub asked: bool,
    /// What it is for.
    pub of: FormOf,
}

/// One field.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// What it is called in the words of the screens.
    pub label: &'static str,
    /// What is typed or chosen.
    pub input: Input,
    before: Input,
}

/// What is typed or chosen in a field.
#[derive(Clone, Debug, PartialEq)]
pub enum Input {
    /// A line.
    Line(TextBox),
    /// Several lines.
    Lines(TextBox),
    /// One of several.
    Choice(Vec<String>, usize),
}

impl Field {
    /// A field of one line.
    #[must_use]
    pub fn line(label: &'static str, text: &str) -> Self {
        Field::of(label, Input::Line(TextBox::line(text)))
    }

    /// A field of several lines.
    #[must_use]
    pub fn lines(label: &'static str, text: &str) -> Self {
        Field::of(label, Input::Lines(TextBox::lines(text)))
    }

    /// A field of which one of several is chosen.
    #[must_use]
    pub fn choice(label: &'static str, options: Vec<String>, at: usize) -> Self {
        Field::of(label, Input::Choice(options, at))
    }

    fn of(label: &'static str, input: Input) -> Self {
        Field { label, before: input.clone(), input }
    }

    /// What is typed, without blanks around it; nothing of a choice.
    #[must_use]
    pub fn text(&self) -> String {
        match &self.input {
            Input::Line(text) | Input::Lines(text) => text.text().trim().to_owned(),
            Input::Choice(..) => String::new(),
        }
    }

    /// Which one is chosen; the first of a field that is typed in.
    #[must_use]
    pub fn chosen(&self) -> usize {
        match self.input {
            Input::Choice(_, at) => at,
            Input::Line(_) | Input::Lines(_) => 0,
        }
    }

    /// Rows that it takes.
    #[must_use]
    pub fn height(&self) -> u16 {
        if matches!(self.input, Input::Lines(_)) { LINES } else { 1 }
    }

    /// Whether it is no longer as it was.
    #[must_use]
    pub fn changed(&self) -> bool {
        self.input != self.before
    }

    fn key(&mut self, key: Key) {
        match &mut self.input {
            Input::Line(text) | Input::Lines(text) => drop(text.key(key)),
            Input::Choice(options, at) => {
                let n = options.len().max(1);
                match key.code {
                    KeyCode::Right | KeyCode::Char(' ') => *at = (*at + 1) % n,
                    KeyCode::Left => *at = (*at + n - 1) % n,
                    KeyCode::Char(c) => {
                        let begins = |i: &usize| options[*i].to_lowercase().starts_with(c.to_ascii_lowercase());
                        // the next one that begins so, from the one after this on
                        *at = (1..=n).map(|i| (*at + i) % n).find(begins).unwrap_or(*at);
                    }
                    _ => {}
                }
            }
        }
    }
}

impl Form {
    /// A form; its first field has the keys.
    #[must_use]
    pub fn new(title: &str, said: Vec<String>, fields: Vec<Field>, of: FormOf) -> Self {
        Form { title: title.to_owned(), said, fields, at: 0, fault: None, saving: false, asked: false, of }
    }

    /// Whether something was typed or chosen.
    #[must_use]
    pub fn is_dirty(&self) -> bool {
        self.fields.iter().any(Field::changed)
    }

    /// The field of this label.
    #[must_use]
    pub fn field(&self, label: &str) -> Option<&Field> {
        self.fields.iter().find(|f| f.label == label)
    }

    /// What is typed in the field of this label.
    #[must_use]
    pub fn text(&self, label: &str) -> String {
        self.field(label).map(Field::text).unwrap_or_default()
    }

    fn turn(&mut self, by: isize) {
        let n = self.fields.len().max(1) as isize;
        self.at = (self.at as isize + by).rem_euclid(n) as usize;
    }

    /// Whether a key up or down stays in the field: there are lines to go to.
    fn moves_inside(&self, down: bool) -> bool {
        let Some(Input::Lines(text)) = self.fields.get(self.at).map(|f| &f.input) else { return false };
        let (row, rows) = text.row();
        if down { row + 1 < rows } else { row > 0 }
    }
}

impl App {
    fn form(&mut self) -> Option<&mut Form> {
        match &mut self.overlay {
            Some(Overlay::Form(form)) => Some(form),
            _ => None,
        }
    }

    pub(super) fn open_form(&mut self, form: Form) {
        self.notice = None;
        self.overlay = Some(Overlay::Form(Box::new(form)));
    }

    pub(super) fn form_key(&mut self, key: Key) {
        let Some(form) = self.form().filter(|f| !f.saving) else { return };
        form.asked = false;
        match key.code {
            KeyCode::Down if !form.moves_inside(true) => form.turn(1),
            KeyCode::Up if !form.moves_inside(false) => form.turn(-1),
            _ => {
                form.fault = None;
                let at = form.at;
                if let Some(field) = form.fields.get_mut(at) {
                    field.key(key);
                }
            }
        }
    }

    pub(super) fn form_paste(&mut self, text: &str) {
        let Some(form) = self.form().filter(|f| !f.saving) else { return };
        (form.asked, form.fault) = (false, None);
        let at = form.at;
        if let Some(Input::Line(field) | Input::Lines(field)) = form.fields.get_mut(at).map(|f| &mut f.input) {
            field.paste(text);
        }
    }

    pub(super) fn form_act(&mut self, action: Action, fx: &mut Effects) {
        let Some(form) = self.form().filter(|f| !f.saving || action == Action::Cancel) else { return };
        let was_asked = std::mem::take(&mut form.asked);
        match action {
            Action::NextPane => form.turn(1),
            Action::PrevPane => form.turn(-1),
            Action::Save => self.save_form(fx),
            // Enter keeps a form of one field, ends a line in a field of several, else goes on
            Action::Open if form.fields.len() <= 1 => self.save_form(fx),
            Action::Open => match form.fields.get_mut(form.at).map(|f| &mut f.input) {
                Some(Input::Lines(text)) => drop(text.key(Key::plain(KeyCode::Enter))),
                _ => form.turn(1),
            },
            Action::Cancel | Action::Interrupt if was_asked || !form.is_dirty() => self.overlay = None,
            Action::Cancel | Action::Interrupt => form.asked = true,
            _ => {}
        }
    }

    fn save_form(&mut self, fx: &mut Effects) {
        let Some(Overlay::Form(form)) = &self.overlay else { return };
        let form = form.as_ref().clone();
        let done = self.take_form(&form, fx);
        let Some(form) = self.form() else { return };
        match done {
            Ok(true) => form.saving = true,
            // there was nothing to be kept
            Ok(false) => self.overlay = None,
            Err(fault) => form.fault = Some(fault),
        }
    }

    /// What the form was for is safe: it closes.
    pub(super) fn form_saved(&mut self) {
        if matches!(self.overlay, Some(Overlay::Form(_))) {
            self.overlay = None;
        }
    }

    /// It could not be kept: what was typed stays.
    pub(super) fn form_not_saved(&mut self) {
        if let Some(form) = self.form() {
            form.saving = false;
        }
    }

    /// The rows that a form says above its fields, in its width.
    #[must_use]
    pub fn form_said(&self, form: &Form) -> Vec<String> {
        let room = usize::from(WIDTH.min(self.size.0).saturating_sub(4)).max(1);
        form.said.iter().flat_map(|t| wrap_text(t, room)).map(str::to_owned).collect()
    }

    /// Where the form stands: in the middle of the screen. Empty when there is none.
    #[must_use]
    pub fn form_area(&self) -> Area {
        let Some(Overlay::Form(form)) = &self.overlay else { return Area::default() };
        let (w, h) = self.size;
        let said = self.form_said(form).len() as u16;
        let fields: u16 = form.fields.iter().map(Field::height).sum();
        // borders, a blank line above the fields where something is said, two rows of hints
        let need = 2 + said + u16::from(said > 0 && fields > 0) + fields + 2;
        let (width, height) = (WIDTH.min(w), need.min(h.saturating_sub(2)));
        Area { x: (w - width) / 2, y: (h - height) / 3, w: width, h: height }
    }
}

#[cfg(test)]
mod tests;
