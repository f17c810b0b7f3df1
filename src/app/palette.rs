//! The palette: reports, sections of open reports, knelpunten, notes and commands, found by a few letters of their names.

use super::listing::Listing;
use super::textbox::TextBox;
use super::views::report_line;
use super::{App, Effects, Overlay, Shelf, Spot, View};
use crate::doc::TextRange;
use crate::keys::{Action, Key, Topic, sequence_text};
use crate::knelpunt::Certainty;
use crate::knelpunt::dossier;
use crate::layout::sanitise;
use crate::library::DocId;
use crate::library::editions::ReportId;
use crate::notes::NoteId;
use nucleo_matcher::pattern::{CaseMatching, Normalization, Pattern};
use nucleo_matcher::{Config, Matcher, Utf32Str};

/// Entries shown at most; how many more there are is said.
pub const MOST: usize = 200;
/// Lines of the list at most.
pub const HEIGHT: u16 = 16;

/// What an entry is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A report.
    Report,
    /// A section of an open report.
    Section,
    /// A found knelpunt.
    Found,
    /// A made knelpunt.
    Made,
    /// A note.
    Note,
    /// A saved search.
    Saved,
    /// Something to do.
    Command,
}

impl Kind {
    /// The name under which the words of the screens know it (`palette.<name>`).
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Kind::Report => "report",
            Kind::Section => "section",
            Kind::Found => "found",
            Kind::Made => "made",
            Kind::Note => "note",
            Kind::Saved => "saved",
            Kind::Command => "command",
        }
    }
}

/// Where an entry leads.
#[derive(Clone, Debug, PartialEq)]
enum Goal {
    Place(DocId, u32),
    Passage(DocId, TextRange),
    Note(NoteId),
    Made(String),
    Saved(String),
    Do(Action),
    /// Makes the first report an edition of the second.
    Edition(ReportId, ReportId),
    /// Puts the second report beside the first.
    Compare(ReportId, ReportId),
}

/// One entry.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// What it is.
    pub kind: Kind,
    /// Its name; what is typed is matched against it.
    pub text: String,
    /// Where it is, or the keys that do it.
    pub detail: String,
    goal: Goal,
}

/// The palette.
#[derive(Clone, Debug, PartialEq)]
pub struct Palette {
    /// What is typed.
    pub input: TextBox,
    /// All there is to go to.
    items: Vec<Item>,
    /// The entries that match, best first, with the characters of their names that do.
    pub found: Vec<(usize, Vec<u32>)>,
    /// How many match in all.
    pub total: usize,
    /// Where the list stands.
    pub list: Listing,
    /// It asks which report another is an edition of, rather than where to go.
    pub of_editions: bool,
}

impl Palette {
    /// A palette over what the app holds.
    #[must_use]
    pub fn new(app: &App) -> Self {
        let mut items = Vec::new();
        reports(app, &mut items);
        knelpunten(app, &mut items);
        saved(app, &mut items);
        editions(app, &mut items);
        commands(app, &mut items);
        notes(app, &mut items);
        sections(app, &mut items);
        for item in &mut items {
            item.text = sanitise(&item.text).into_owned();
            item.detail = sanitise(&item.detail).into_owned();
        }
        Palette::over(items, false)
    }

    fn over(items: Vec<Item>, of_editions: bool) -> Self {
        let (input, list) = (TextBox::line(""), Listing::default());
        let mut palette = Palette { input, items, found: Vec::new(), total: 0, list, of_editions };
        palette.match_all();
        palette
    }

    /// A palette of the reports that this one could be an edition of.
    #[must_use]
    pub fn of_editions(app: &App, report: ReportId) -> Self {
        let mut items = Vec::new();
        for (entry, id, part) in app.shelf.reports() {
            let other = ReportId { doc: entry.id, part: id };
            if other == report {
                continue;
            }
            items.push(Item {
                kind: Kind::Report,
                text: sanitise(&all_of(Shelf::title(entry, part), part.org.as_deref(), part.year)).into_owned(),
                detail: sanitise(&entry.file).into_owned(),
                goal: Goal::Edition(report, other),
            });
        }
        Palette::over(items, true)
    }

    /// An entry by its number in [`Palette::found`].
    #[must_use]
    pub fn item(&self, row: usize) -> Option<&Item> {
        self.items.get(self.found.get(row)?.0)
    }

    fn match_all(&mut self) {
        let text = self.input.text();
        let pattern = Pattern::parse(text.trim(), CaseMatching::Ignore, Normalization::Smart);
        let mut matcher = Matcher::new(Config::DEFAULT);
        let mut chars = Vec::new();
        let scored = self.items.iter().enumerate().filter_map(|(i, item)| {
            let score = pattern.score(Utf32Str::new(&item.text, &mut chars), &mut matcher)?;
            Some((i, score))
        });
        let mut scored: Vec<(usize, u32)> = scored.collect();
        // stable: of equals the one that stood first
        scored.sort_by_key(|(_, score)| std::cmp::Reverse(*score));
        self.total = scored.len();
        let marked = scored.into_iter().take(MOST).map(|(i, _)| {
            let mut marks = Vec::new();
            pattern.indices(Utf32Str::new(&self.items[i].text, &mut chars), &mut matcher, &mut marks);
            marks.sort_unstable();
            marks.dedup();
            (i, marks)
        });
        self.found = marked.collect();
        self.list.set(self.found.iter().map(|_| (1, true)));
        self.list.restart();
    }
}

fn reports(app: &App, out: &mut Vec<Item>) {
    for (entry, _, part) in app.shelf.reports() {
        out.push(Item {
            kind: Kind::Report,
            text: all_of(Shelf::title(entry, part), part.org.as_deref(), part.year),
            detail: entry.file.clone(),
            goal: Goal::Place(entry.id, part.range.start),
        });
    }
}

/// A report with everything by which it may be looked for.
fn all_of(title: &str, org: Option<&str>, year: Option<i32>) -> String {
    let mut out = title.to_owned();
    for more in [org.map(str::to_owned), year.map(|y| y.to_string())].into_iter().flatten() {
        if !out.contains(&more) {
            out = format!("{out} · {more}");
        }
    }
    out
}

fn knelpunten(app: &App, out: &mut Vec<Item>) {
    for made in &app.notebook.register {
        let notes = app.notebook.of_knelpunt(&made.id).count() as u64;
        out.push(Item {
            kind: Kind::Made,
            text: made.title.clone(),
            detail: app.words.n("count.notes", notes),
            goal: Goal::Made(made.id.clone()),
        });
    }
    for row in app.shelf.found().iter().filter(|r| r.found.certainty == Certainty::Explicit) {
        let label = row.found.label.as_ref().map(|l| format!("{l}: ")).unwrap_or_default();
        out.push(Item {
            kind: Kind::Found,
            text: format!("{label}{}", row.found.title),
            detail: report_line(&row.report, row.org.as_deref(), row.year),
            goal: Goal::Passage(row.doc, TextRange::at(row.found.range.start)),
        });
    }
}

fn saved(app: &App, out: &mut Vec<Item>) {
    for saved in &app.search.saved.list {
        let (text, detail, goal) = (saved.name.clone(), saved.query.clone(), Goal::Saved(saved.name.clone()));
        out.push(Item { kind: Kind::Saved, text, detail, goal });
    }
}

/// The editions with which the report that is read can be compared.
fn editions(app: &App, out: &mut Vec<Item>) {
    let Some(report) = app.report_here() else { return };
    let Some((family, _)) = app.families.family(report) else { return };
    for other in family.members.iter().map(|m| m.report).filter(|r| *r != report) {
        let Some((entry, _, part)) = app.shelf.reports().find(|(e, id, _)| (e.id, *id) == (other.doc, other.part))
        else {
            continue;
        };
        let edition = all_of(Shelf::title(entry, part), part.org.as_deref(), part.year);
        out.push(Item {
            kind: Kind::Command,
            text: app.words.f("palette.compare", &[("edition", &edition)]),
            detail: entry.file.clone(),
            goal: Goal::Compare(other, report),
        });
    }
}

fn commands(app: &App, out: &mut Vec<Item>) {
    let contexts = app.contexts_beneath();
    // moving about by name makes no sense, and the palette is already here
    let wanted = |a: &&Action| !matches!(a.topic(), Topic::Move) && !matches!(a, Action::Palette | Action::Open);
    for action in Action::ALL.iter().filter(wanted) {
        let keys = app.keymap.keys_for(&contexts, *action);
        if keys.is_empty() {
            continue;
        }
        out.push(Item {
            kind: Kind::Command,
            text: app.action_words(*action).to_owned(),
            detail: keys.first().map(|k| sequence_text(k)).unwrap_or_default(),
            goal: Goal::Do(*action),
        });
    }
}

fn notes(app: &App, out: &mut Vec<Item>) {
    for note in app.notebook.all().rev() {
        let words = if note.body.trim().is_empty() {
            note.target.quote().map_or("", |q| q.exact.as_str())
        } else {
            note.body.trim()
        };
        let report = note.target.report.as_ref();
        out.push(Item {
            kind: Kind::Note,
            text: words.chars().take(120).collect(),
            detail: report.map(|r| report_line(&r.title, r.org.as_deref(), r.year)).unwrap_or_default(),
            goal: Goal::Note(note.id.clone()),
        });
    }
}

fn sections(app: &App, out: &mut Vec<Item>) {
    for open in app.shelf.all_open().iter().rev() {
        let outline = open.doc.outline();
        for (_, section) in outline.iter().filter(|(_, s)| s.parent.is_some()) {
            let part = outline.part(section.part);
            let start = section.heading.map_or(section.range.start, |h| open.doc.block(h).range.start);
            out.push(Item {
                kind: Kind::Section,
                text: section.label(),
                detail: if part.title.is_empty() { open.file.clone() } else { part.title.clone() },
                goal: Goal::Place(open.id, start),
            });
        }
    }
}

impl App {
    /// The palette, while it lies over the view.
    fn palette_mut(&mut self) -> Option<&mut Palette> {
        match &mut self.overlay {
            Some(Overlay::Palette(palette)) => Some(palette),
            _ => None,
        }
    }

    /// Lines of the palette's list on this screen.
    #[must_use]
    pub fn palette_height(&self) -> u16 {
        HEIGHT.min(self.size.1.saturating_sub(7)).max(1)
    }

    pub(super) fn palette_key(&mut self, key: Key) {
        if let Some(palette) = self.palette_mut()
            && palette.input.key(key)
        {
            palette.match_all();
        }
    }

    pub(super) fn palette_paste(&mut self, text: &str) {
        if let Some(palette) = self.palette_mut()
            && palette.input.paste(text)
        {
            palette.match_all();
        }
    }

    pub(super) fn palette_act(&mut self, action: Action, fx: &mut Effects) {
        let height = usize::from(self.palette_height());
        let Some(palette) = self.palette_mut() else { return };
        if palette.list.act(action, None, height) {
            palette.list.settle(height);
            return;
        }
        let goal = palette.list.at().and_then(|at| palette.item(at)).map(|i| i.goal.clone());
        match (action, goal) {
            (Action::Open, Some(goal)) => {
                self.overlay = None;
                self.reach(goal, fx);
            }
            (Action::Open, None) => {}
            (Action::NextPane, _) => {
                palette.list.step(1);
                palette.list.settle(height);
            }
            _ => self.overlay = None,
        }
    }

    fn reach(&mut self, goal: Goal, fx: &mut Effects) {
        match goal {
            Goal::Place(doc, byte) => self.jump_to(Spot { doc, byte }, fx),
            Goal::Passage(doc, range) => self.jump_to_passage(doc, range, fx),
            Goal::Note(id) => match self.place_of_note(&id) {
                Some((doc, range)) => self.jump_to_passage(doc, range, fx),
                None => self.show_note(&id, fx),
            },
            Goal::Made(id) => self.open_dossier(dossier::Key::Made(id), fx),
            Goal::Saved(name) => {
                self.go_view(View::Search, fx);
                self.open_saved(&name, fx);
            }
            Goal::Do(action) => self.act(action, None, fx),
            Goal::Compare(old, new) => self.compare_two(old, new, None, fx),
            Goal::Edition(report, of) => self.link_reports(report, of, fx),
        }
    }
}

#[cfg(test)]
mod tests;
