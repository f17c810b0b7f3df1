//! The forms of this view: a new knelpunt, what one says, its title, its status, what a split makes, and the question
//! whether it goes.

use super::KnelpuntAct;
use crate::app::form::{Field, Form};
use crate::app::{App, Effects};
use crate::knelpunt::register::{Made, Named, Split, StatusAt, named, tree};
use crate::layout::sanitise;
use crate::notes::{Color, Status};
use jiff::civil::Date;

const TITLE: &str = "form.title";
const DESCRIPTION: &str = "form.description";
const SYNONYMS: &str = "form.synonyms";
const COLOUR: &str = "form.colour";
const PARENT: &str = "form.parent";
const QUERY: &str = "form.query";
const STATUS: &str = "form.status";
const DATE: &str = "form.date";
const SOURCE: &str = "form.source";
const PLACE: &str = "form.place";

/// What a form is for.
#[derive(Clone, Debug, PartialEq)]
pub enum FormOf {
    /// A new knelpunt.
    New,
    /// What one says; what was read of it.
    Edit(Box<Made>),
    /// Where one stands; what was read of it.
    Status(Box<Made>),
    /// What goes from this one to a new one.
    Split(String, Split),
    /// Whether these go.
    Remove(Vec<String>),
}

impl FormOf {
    pub(super) fn fresh(app: &App, parent: Option<&str>) -> Form {
        let made = Made { parent: parent.map(str::to_owned), ..Made::default() };
        Form::new(app.words.t("form.new"), Vec::new(), fields(app, &made), FormOf::New)
    }

    pub(super) fn edit(app: &App, made: Made) -> Form {
        let (title, fields) = (made.title.clone(), fields(app, &made));
        Form::new(&title, Vec::new(), fields, FormOf::Edit(Box::new(made)))
    }

    pub(super) fn rename(app: &App, made: Made) -> Form {
        let title = app.words.f("form.rename", &[("title", &made.title)]);
        let field = Field::line(TITLE, &made.title);
        Form::new(&title, Vec::new(), vec![field], FormOf::Edit(Box::new(made)))
    }

    pub(super) fn status(app: &App, made: Made) -> Form {
        let w = &app.words;
        let history: Vec<String> = made.status.iter().map(|s| status_line(app, s)).collect();
        let said = if history.is_empty() { vec![w.t("form.no-status").to_owned()] } else { history };
        let all = Status::ALL.iter().map(|s| status_word(app, *s).to_owned()).collect();
        let at = made.current_status().and_then(|s| Status::ALL.iter().position(|a| *a == s)).unwrap_or(0);
        let fields = vec![Field::choice(STATUS, all, at), Field::line(DATE, ""), Field::line(SOURCE, "")];
        let title = w.f("form.where", &[("title", &made.title)]);
        Form::new(&title, said, fields, FormOf::Status(Box::new(made)))
    }

    pub(super) fn split(app: &App, from: &Made, split: Split) -> Form {
        let w = &app.words;
        let mut goes = Vec::new();
        if !split.notes.is_empty() {
            goes.push(w.n("count.notes", split.notes.len() as u64));
        }
        if !split.includes.is_empty() {
            goes.push(w.n("knelpunten.includes", split.includes.len() as u64));
        }
        let said = w.f("form.goes", &[("what", &goes.join(" + ")), ("title", &from.title)]);
        let places = vec![w.f("form.below", &[("title", &from.title)]), w.f("form.beside", &[("title", &from.title)])];
        let fields = vec![Field::line(TITLE, ""), Field::choice(PLACE, places, 0)];
        Form::new(w.t("form.split"), vec![said], fields, FormOf::Split(from.id.clone(), split))
    }

    pub(super) fn remove(app: &App, ids: Vec<String>) -> Form {
        let (w, register) = (&app.words, &app.notebook.register);
        let all: Vec<&Made> = register.iter().filter(|m| ids.contains(&m.id)).collect();
        let title = match all.as_slice() {
            [one] => w.f("form.remove", &[("title", &one.title)]),
            _ => w.n("form.remove-many", all.len() as u64),
        };
        let mut said = Vec::new();
        let notes: std::collections::BTreeSet<_> = all.iter().flat_map(|m| app.notes_of_knelpunt(&m.id)).collect();
        if !notes.is_empty() {
            said.push(w.n("form.loses-notes", notes.len() as u64));
        }
        let part = |m: &&Made| m.parent.as_ref().is_some_and(|p| ids.contains(p)) && !ids.contains(&m.id);
        let children = register.iter().filter(part).count();
        if children > 0 {
            said.push(w.n("form.loses-children", children as u64));
        }
        let found: usize = all.iter().map(|m| m.includes.len()).sum();
        if found > 0 {
            said.push(w.n("form.loses-found", found as u64));
        }
        said.push(w.t("form.can-undo").to_owned());
        Form::new(&title, said, Vec::new(), FormOf::Remove(ids))
    }
}

/// The fields of all that one says.
fn fields(app: &App, made: &Made) -> Vec<Field> {
    let w = &app.words;
    let colours = std::iter::once(w.t("color.none")).chain(Color::ALL.iter().map(|c| color_word(app, *c)));
    let colour = made.colour.and_then(|c| Color::ALL.iter().position(|a| *a == c)).map_or(0, |i| i + 1);
    let parent = made.parent.as_deref().map_or("", |p| app.notebook.knelpunt_title(p));
    vec![
        Field::line(TITLE, &made.title),
        Field::lines(DESCRIPTION, &made.description),
        Field::line(SYNONYMS, &listed(&made.synonyms)),
        Field::choice(COLOUR, colours.map(str::to_owned).collect(), colour),
        Field::line(PARENT, parent),
        Field::line(QUERY, made.query.as_deref().unwrap_or("")),
    ]
}

impl App {
    /// Does what a form asks for: `Ok(true)` when an act is on its way, `Ok(false)` when there is nothing to do, else what
    /// is wrong with what was typed.
    pub(in crate::app) fn take_form(&mut self, form: &Form, fx: &mut Effects) -> Result<bool, String> {
        match &form.of {
            FormOf::New => {
                let made = self.filled(form, &Made::default())?;
                self.make_knelpunt(made, None, fx);
            }
            FormOf::Edit(read) => {
                let wanted = self.filled(form, read)?;
                if wanted == **read {
                    return Ok(false);
                }
                let said = match wanted.title == read.title {
                    true => self.words.f("register.changed", &[("title", &wanted.title)]),
                    false => self.words.f("register.renamed", &[("title", &wanted.title)]),
                };
                self.keep_knelpunt(said, KnelpuntAct::Revise(vec![(read.as_ref().clone(), wanted)]), fx);
            }
            FormOf::Status(read) => {
                let status =
                    form.field(STATUS).and_then(|f| Status::ALL.get(f.chosen()).copied()).unwrap_or(Status::Open);
                let date = match form.text(DATE) {
                    typed if typed.is_empty() => None,
                    typed => {
                        Some(parse_date(&typed).ok_or_else(|| self.words.f("form.no-date", &[("typed", &typed)]))?)
                    }
                };
                let source = Some(form.text(SOURCE)).filter(|s| !s.is_empty());
                let word = status_word(self, status);
                let said = self.words.f("register.status", &[("title", &read.title), ("status", &word)]);
                self.keep_knelpunt(said, KnelpuntAct::Status { read: read.clone(), status, date, source }, fx);
            }
            FormOf::Split(from, split) => {
                let title = self.titled(form)?;
                let child = form.field(PLACE).is_none_or(|f| f.chosen() == 0);
                let said = self.words.f("register.split", &[("title", &title)]);
                let split = Split { title, child, ..split.clone() };
                self.keep_knelpunt(said, KnelpuntAct::Split { from: from.clone(), split }, fx);
            }
            FormOf::Remove(ids) => {
                let said = match ids.as_slice() {
                    [one] => self.words.f("register.removed", &[("title", &self.notebook.knelpunt_title(one))]),
                    _ => self.words.n("register.removed-many", ids.len() as u64),
                };
                self.keep_knelpunt(said, KnelpuntAct::Remove(ids.clone()), fx);
            }
        }
        Ok(true)
    }

    fn titled(&self, form: &Form) -> Result<String, String> {
        Some(form.text(TITLE)).filter(|t| !t.is_empty()).ok_or_else(|| self.words.t("form.no-title").to_owned())
    }

    /// What a form makes of a knelpunt; fields that were left alone leave it alone.
    fn filled(&self, form: &Form, read: &Made) -> Result<Made, String> {
        let mut made = Made { title: self.titled(form)?, ..read.clone() };
        let changed = |label: &str| form.field(label).filter(|f| f.changed());
        if let Some(field) = changed(DESCRIPTION) {
            made.description = field.text();
        }
        if let Some(field) = changed(SYNONYMS) {
            made.synonyms = parse_list(&field.text());
        }
        if let Some(field) = changed(COLOUR) {
            made.colour = field.chosen().checked_sub(1).and_then(|i| Color::ALL.get(i).copied());
        }
        if let Some(field) = form.field(PARENT).filter(|f| f.changed() || matches!(form.of, FormOf::New)) {
            made.parent = self.parent_typed(&field.text(), &read.id)?;
        }
        if let Some(field) = changed(QUERY) {
            made.query = Some(field.text()).filter(|q| !q.is_empty());
        }
        Ok(made)
    }

    /// The knelpunt that a typed name means, as what another is part of; none when nothing is typed.
    fn parent_typed(&self, typed: &str, of: &str) -> Result<Option<String>, String> {
        if typed.is_empty() {
            return Ok(None);
        }
        let register = &self.notebook.register;
        let parent = match named(register, typed) {
            Named::One(made) => made,
            Named::Several(all) => {
                let names: Vec<&str> = all.iter().take(4).map(|m| m.title.as_str()).collect();
                return Err(self.words.f("form.parents", &[("names", &names.join(", "))]));
            }
            Named::Nothing => return Err(self.words.f("form.no-parent", &[("typed", &typed)])),
        };
        if tree::with_below(register, of).contains(&parent.id.as_str()) {
            return Err(self.words.f("form.circle", &[("title", &parent.title)]));
        }
        Ok(Some(parent.id.clone()))
    }

    /// What is said of the field that has the keys.
    #[must_use]
    pub fn form_hint(&self, form: &Form) -> String {
        let w = &self.words;
        let Some(field) = form.fields.get(form.at) else { return String::new() };
        match field.label {
            SYNONYMS => w.t("form.synonyms-how").to_owned(),
            COLOUR | STATUS | PLACE => w.t("form.choose-how").to_owned(),
            DATE => w.t("form.date-how").to_owned(),
            SOURCE => w.t("form.source-how").to_owned(),
            QUERY => w.t("form.query-how").to_owned(),
            PARENT => {
                let of = if let FormOf::Edit(made) = &form.of { made.id.as_str() } else { "" };
                match self.parent_typed(&field.text(), of) {
                    Ok(None) => w.t("form.parent-how").to_owned(),
                    Ok(Some(id)) => {
                        let path = tree::path(&self.notebook.register, &id).join(" › ");
                        w.f("form.parent-is", &[("path", &sanitise(&path))])
                    }
                    Err(fault) => fault,
                }
            }
            _ => String::new(),
        }
    }
}

/// The word of a status.
#[must_use]
pub fn status_word(app: &App, status: Status) -> &'static str {
    app.words.t(match status {
        Status::Open => "status.open",
        Status::Promised => "status.promised",
        Status::Resolved => "status.resolved",
    })
}

fn color_word(app: &App, color: Color) -> &'static str {
    app.words.t(match color {
        Color::Yellow => "color.yellow",
        Color::Green => "color.green",
        Color::Blue => "color.blue",
        Color::Red => "color.red",
        Color::Purple => "color.purple",
        Color::Orange => "color.orange",
    })
}

/// Where one stood, in one line.
#[must_use]
pub fn status_line(app: &App, at: &StatusAt) -> String {
    let date = at.date.map(|d| d.to_string());
    let parts = date.into_iter().chain([status_word(app, at.status).to_owned()]).chain(at.source.clone());
    sanitise(&parts.collect::<Vec<_>>().join(" · ")).into_owned()
}

/// Names as they are typed: parted by commas, or by semicolons where one holds a comma.
fn listed(names: &[String]) -> String {
    match names.iter().any(|n| n.contains(',')) {
        true => names.iter().map(|n| format!("{n};")).collect::<Vec<_>>().join(" "),
        false => names.join(", "),
    }
}

fn parse_list(typed: &str) -> Vec<String> {
    let mark = if typed.contains(';') { ';' } else { ',' };
    let mut out: Vec<String> = Vec::new();
    for name in typed.split(mark).map(str::trim).filter(|n| !n.is_empty()) {
        if !out.iter().any(|o| o.to_lowercase() == name.to_lowercase()) {
            out.push(name.to_owned());
        }
    }
    out
}

/// A day as it is typed: year, month and day, or the other way round as in Dutch.
#[must_use]
pub fn parse_date(typed: &str) -> Option<Date> {
    let parts: Vec<&str> = typed.trim().split(['-', '/', '.', ' ']).filter(|p| !p.is_empty()).collect();
    let [a, b, c] = parts.as_slice() else { return None };
    let (year, month, day) = if a.len() == 4 { (a, b, c) } else { (c, b, a) };
    if year.len() != 4 {
        return None;
    }
    Date::new(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}
