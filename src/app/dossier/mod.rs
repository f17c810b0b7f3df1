//! The dossier of a knelpunt: everything the library and the notes say of it, by organisation and year, with each passage
//! in its text beside the list, or opened in place.

mod around;
mod rows;
pub mod said;
mod suggest;

pub use rows::{Around, EntryAt, EntryRow, FoundAt, INDENT, Row, STRIP, SuggestedRow, Tone, reports_of, state_words};
pub use suggest::{Suggested, Wanted};

use super::listing::Listing;
use super::views::Listed;
use super::{Act, App, Effects, Msg, Notice, Pane, View};
use crate::doc::{PartId, PartKind};
use crate::keys::Action;
use crate::knelpunt::dossier::{Dossier, Key, Material, Standing, Volume};
use crate::knelpunt::register::meant;
use crate::library::editions::{Families, ReportId};
use crate::library::{DocId, Entry};
use crate::notes::store::Stored;
use crate::notes::{Note, NoteId};
use around::Opened;
use rustc_hash::{FxHashMap, FxHashSet};
use std::borrow::Cow;
use std::sync::Arc;

/// A group of the list: an organisation, or a year of it.
type Group = (Option<String>, Option<Option<i32>>);

/// The state of the view.
#[derive(Clone, Debug)]
pub struct DossierView {
    /// What is shown; `None` when the knelpunt is no longer there.
    pub of: Option<Arc<Dossier>>,
    /// The rows.
    pub rows: Vec<Row>,
    /// Where the list stands.
    pub list: Listing,
    /// Only what has this in its words; empty shows all.
    pub text: String,
    /// Marked entries.
    pub marked: Vec<Listed>,
    key: Option<Key>,
    /// What belongs to the knelpunten below it is in it.
    with_children: bool,
    folded: FxHashSet<Group>,
    /// Passages of which the text around them is shown here.
    opened: FxHashMap<NoteId, Opened>,
    /// The knelpunt, the notes or the library may have changed since it was put together.
    stale: bool,
    /// The rows have to be made anew.
    unlaid: bool,
    /// The width for which they were made.
    width: u16,
    here: Option<Here>,
    /// The view it was opened from.
    from: View,
    /// The dossiers from which this one was opened, the last one last.
    before: Vec<(Key, Option<Here>)>,
    /// The text is being read from here; how many jumps were made in it since.
    reading: Option<u32>,
    /// Passages that could be put to it.
    suggest: suggest::Suggesting,
}

impl Default for DossierView {
    fn default() -> Self {
        DossierView {
            of: None,
            rows: Vec::new(),
            list: Listing::default(),
            text: String::new(),
            marked: Vec::new(),
            key: None,
            with_children: true,
            folded: FxHashSet::default(),
            opened: FxHashMap::default(),
            stale: false,
            unlaid: false,
            width: 0,
            here: None,
            from: View::Knelpunten,
            before: Vec::new(),
            reading: None,
            suggest: suggest::Suggesting::default(),
        }
    }
}

/// What the cursor stands on, so that it stays there when rows come and go.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Here {
    Title,
    Group(Group),
    Listed(Listed),
}

impl DossierView {
    pub(super) fn listed(&self) -> Option<Listed> {
        match self.here.as_ref()? {
            Here::Title => Some(match self.key.clone()? {
                Key::Made(id) => Listed::Made(id),
                Key::Found(doc, id) => Listed::Found(doc, id),
            }),
            Here::Group(_) => None,
            Here::Listed(listed) => Some(listed.clone()),
        }
    }

    fn is_folded(&self, org: &Option<String>, year: Option<Option<i32>>) -> bool {
        self.text.is_empty() && self.folded.contains(&(org.clone(), year))
    }

    /// Takes note of what happens, as far as it may change what is shown.
    pub(super) fn hear(&mut self, msg: &Msg) {
        let changes = matches!(
            msg,
            Msg::Shelf(_)
                | Msg::FoundAll(_)
                | Msg::Notes(_)
                | Msg::Register(_)
                | Msg::Located(_)
                | Msg::Links(_)
                | Msg::Kept(..)
        );
        self.stale |= changes;
        if matches!(msg, Msg::IndexChanged) {
            self.suggest.forget();
        }
        // text around a passage waits for its report
        self.unlaid |= matches!(msg, Msg::Loaded(..));
    }

    /// Whether the entry of a row is marked.
    #[must_use]
    pub fn is_marked(&self, listed: &Listed) -> bool {
        self.marked.contains(listed)
    }
}

/// The reports of a library, as dossiers need them; those that are editions of one another know it. Letters and annexes are
/// no editions of anything.
#[must_use]
pub fn volumes(entries: &[Entry], families: &Families) -> Vec<Volume> {
    let mut out = Vec::new();
    for entry in entries {
        let parts = entry.summary().map(|s| s.parts.as_slice()).unwrap_or_default();
        for (i, part) in parts.iter().enumerate().filter(|(_, p)| p.kind == PartKind::Report) {
            let report = ReportId { doc: entry.id, part: PartId(i as u32) };
            // known by the first of its editions
            let first = families.family(report).and_then(|(f, _)| f.members.first()).map_or(report, |m| m.report);
            let file = || entry.file.rsplit('/').next().unwrap_or(&entry.file).to_owned();
            out.push(Volume {
                doc: entry.id,
                part: report.part,
                title: if part.title.is_empty() { file() } else { part.title.clone() },
                org: part.org.clone(),
                year: part.year,
                series: Some(format!("{}/{}", first.doc.0, first.part.0)),
            });
        }
    }
    out
}

impl App {
    /// The reports of the library, as dossiers need them.
    pub(super) fn volumes(&self) -> Vec<Volume> {
        volumes(self.shelf.entries(), &self.families)
    }

    /// Everything dossiers are made from, as it is known now.
    pub(super) fn material<'a>(&'a self, volumes: &'a [Volume]) -> Material<'a> {
        let standing = |note: &'a Note| {
            let at = self.notebook.located_of(&note.id);
            Standing { note, at: if at.is_empty() { self.just_made(note) } else { Cow::Borrowed(at) } }
        };
        Material {
            register: &self.notebook.register,
            found: self.shelf.found(),
            volumes,
            notes: self.notebook.all().map(standing).collect(),
        }
    }

    /// Opens the dossier of a knelpunt, from wherever the keys are.
    pub(super) fn open_dossier(&mut self, key: Key, fx: &mut Effects) {
        let view = &mut self.dossier;
        match view.key.take().filter(|_| self.view == View::Dossier) {
            Some(before) => view.before.push((before, view.here.take())),
            None => {
                view.before.clear();
                view.from = if self.view == View::Dossier { View::Knelpunten } else { self.view };
            }
        }
        self.show_dossier(key, None, fx);
    }

    fn show_dossier(&mut self, key: Key, here: Option<Here>, fx: &mut Effects) {
        let view = &mut self.dossier;
        (view.key, view.here, view.stale) = (Some(key), here, true);
        view.text.clear();
        view.marked.clear();
        view.folded.clear();
        view.opened.clear();
        view.rows.clear();
        view.list = Listing::default();
        self.go_view(View::Dossier, fx);
    }

    /// Opens the dossier of what the keys stand on: a knelpunt in a list, its section in the tree or the text, or a note
    /// that is put to one.
    pub(super) fn dossier_here(&mut self, fx: &mut Effects) {
        match self.knelpunt_here() {
            Some(key) => self.open_dossier(key, fx),
            None => self.say("dossier.none-here"),
        }
    }

    fn knelpunt_here(&self) -> Option<Key> {
        let of_note = |id: &NoteId| {
            let note = self.notebook.note(id)?;
            note.knelpunten.iter().find_map(|k| self.knelpunt_key(k))
        };
        let of_section = |doc: DocId, section| {
            let open = self.shelf.open(doc)?;
            let sections = std::iter::successors(Some(section), |s| open.doc.outline().section(*s).parent);
            sections.filter_map(|s| open.knelpunt_of(s)).map(|f| Key::Found(doc, f.id.clone())).next()
        };
        match (self.pane, self.view) {
            (Pane::Left, View::Read) => {
                let node = self.navigator.current()?.id;
                of_section(node.doc, node.section?)
            }
            (Pane::Margin, _) => of_note(self.margin.current.as_ref()?),
            (Pane::Left, _) => match self.listed_here()? {
                Listed::Made(id) => Some(Key::Made(id)),
                Listed::Found(doc, id) => Some(Key::Found(doc, id)),
                Listed::Note(id) => of_note(&id),
                Listed::Passage(..) | Listed::Report(_) => None,
            },
            _ => {
                let open = self.reader.open.as_ref()?;
                let note = self.note_at_cursor().and_then(|id| of_note(&id));
                note.or_else(|| of_section(open.id, open.doc.block(open.doc.block_at(self.reader.cursor)).section))
            }
        }
    }

    /// The knelpunt of an id.
    pub(super) fn knelpunt_key(&self, id: &str) -> Option<Key> {
        let made = meant(&self.notebook.register, id).map(|m| Key::Made(m.id.clone()));
        let found = || self.shelf.found().iter().find(|r| r.found.id == id);
        made.or_else(|| found().map(|r| Key::Found(r.doc, id.to_owned())))
    }

    pub(super) fn arrange_dossier(&mut self, width: u16) {
        // what the cursor stands on is known by what was shown until now
        if let Some(here) = self.dossier.list.at().and_then(|at| self.dossier_here_at(at)) {
            self.dossier.here = Some(here);
        }
        if std::mem::take(&mut self.dossier.stale) {
            let volumes = self.volumes();
            let with_children = self.dossier.with_children;
            let of = self.dossier.key.as_ref().and_then(|k| Dossier::of(k, with_children, &self.material(&volumes)));
            self.dossier.of = of.map(Arc::new);
            self.want_suggestions();
            self.dossier.unlaid = true;
        }
        if !std::mem::take(&mut self.dossier.unlaid) && self.dossier.width == width {
            return;
        }
        self.dossier.width = width;
        self.look_around();
        let fresh = self.dossier.here.is_none();
        let rows = self.dossier_rows(width);
        self.dossier.list.set(rows.iter().map(Row::shape));
        self.dossier.rows = rows;
        let found = self.dossier.here.clone().and_then(|h| self.dossier_row_of(&h));
        // at first the cursor stands on the first thing there is to read
        let first = || self.dossier.rows.iter().position(|r| matches!(r, Row::Found(_) | Row::Entry(_)));
        if let Some(row) = found.or_else(|| first().filter(|_| fresh)) {
            self.dossier.list.go(row);
        }
        self.dossier.here = self.dossier.list.at().and_then(|at| self.dossier_here_at(at));
    }

    fn dossier_row_of(&self, here: &Here) -> Option<usize> {
        (0..self.dossier.rows.len()).find(|i| self.dossier_here_at(*i).as_ref() == Some(here))
    }

    fn dossier_here_at(&self, row: usize) -> Option<Here> {
        let dossier = self.dossier.of.as_ref()?;
        Some(match self.dossier.rows.get(row)? {
            Row::Gap | Row::Line(..) | Row::Strip(..) | Row::Head(..) => return None,
            Row::Title(_) => Here::Title,
            Row::Org(g, _) => Here::Group((dossier.groups.get(*g)?.org.clone(), None)),
            Row::Year(g, y, _) => {
                let group = dossier.groups.get(*g)?;
                Here::Group((group.org.clone(), Some(group.years.get(*y)?.year)))
            }
            row => Here::Listed(listed_of(row, dossier)?),
        })
    }

    pub(super) fn dossier_act(&mut self, action: Action, count: Option<u32>, fx: &mut Effects) -> bool {
        if self.move_in_list(action, count, fx) {
            return true;
        }
        match action {
            Action::NextNote | Action::NextKnelpunt => return self.dossier_act(Action::Down, count, fx),
            Action::PrevNote | Action::PrevKnelpunt => return self.dossier_act(Action::Up, count, fx),
            Action::Open => self.open_in_dossier(fx),
            Action::Right => self.fold_here(false, fx),
            Action::Left => self.fold_here(true, fx),
            Action::FoldAll => self.fold_all_groups(fx),
            Action::Filter => {
                let has = self.dossier.of.as_ref().is_some_and(|d| !d.children.is_empty());
                match has {
                    true => {
                        self.dossier.with_children = !self.dossier.with_children;
                        self.dossier.stale = true;
                        let said = if self.dossier.with_children { "dossier.now-in" } else { "dossier.now-apart" };
                        self.say(said);
                        self.preview_entry(fx);
                    }
                    false => self.say("dossier.no-children"),
                }
            }
            Action::MarkEntry => {
                let here = self.dossier.listed().filter(|l| !matches!(l, Listed::Made(_)));
                App::mark_entry(&mut self.dossier.marked, here, &mut self.dossier.list);
                self.preview_entry(fx);
            }
            Action::Uncode => self.uncode(fx),
            Action::Code if self.suggested_for(&self.listed()).is_some() => self.code_suggested(fx),
            Action::SetStatus
                if self.dossier.marked.is_empty() && matches!(self.listed_here(), Some(Listed::Made(_))) =>
            {
                if let Some(Listed::Made(id)) = self.listed_here() {
                    self.ask_status(&id);
                }
            }
            Action::Cancel if !self.dossier.marked.is_empty() => self.dossier.marked.clear(),
            Action::Cancel if !self.dossier.text.is_empty() => {
                self.dossier.text.clear();
                self.dossier.unlaid = true;
            }
            _ => return self.annotate_act(action, fx),
        }
        true
    }

    /// Enter: a passage is read in its report, a group folded, the dossier of another knelpunt opened.
    fn open_in_dossier(&mut self, fx: &mut Effects) {
        match self.dossier.here.clone() {
            Some(Here::Group(_)) => {
                let folded = self.dossier.list.at().and_then(|at| self.dossier.rows.get(at));
                let folds = matches!(folded, Some(Row::Org(_, false) | Row::Year(_, _, false)));
                self.fold_here(folds, fx);
            }
            Some(Here::Listed(Listed::Made(id))) => self.open_dossier(Key::Made(id), fx),
            Some(Here::Title) | None => {}
            Some(Here::Listed(listed)) => match self.passage_of(&listed) {
                Some((doc, range)) => {
                    self.jump_to_passage(doc, range, fx);
                    self.dossier.reading = Some(0);
                }
                None => self.notice = Some(Notice::info(self.words.t("notes.no-place"))),
            },
        }
    }

    /// `h` and `l`: groups fold, passages open in place.
    fn fold_here(&mut self, fold: bool, fx: &mut Effects) {
        self.dossier.unlaid = true;
        match self.dossier.here.clone() {
            Some(Here::Group(group)) => {
                let org = (group.0.clone(), None);
                let done = if fold { self.dossier.folded.insert(group) } else { self.dossier.folded.remove(&group) };
                if fold && !done {
                    // folded already: on to what it lies in
                    self.dossier.here = Some(Here::Group(org));
                    self.go_to_here();
                }
            }
            Some(Here::Listed(Listed::Note(id))) if !fold => self.dossier.open_around(id),
            Some(Here::Listed(Listed::Note(id))) if self.dossier.opened.remove(&id).is_some() => {}
            Some(_) if fold => self.go_to_group(),
            _ => {}
        }
        self.preview_entry(fx);
    }

    /// The cursor goes to the head of the group it stands in.
    fn go_to_group(&mut self) {
        let Some(at) = self.dossier.list.at() else { return };
        let head = |r: &Row| matches!(r, Row::Year(..) | Row::Org(..));
        if let Some(row) = (0..at).rev().find(|i| head(&self.dossier.rows[*i])) {
            self.dossier.list.go(row);
        }
    }

    fn go_to_here(&mut self) {
        if let Some(row) = self.dossier.here.clone().and_then(|h| self.dossier_row_of(&h)) {
            self.dossier.list.go(row);
        }
    }

    fn fold_all_groups(&mut self, fx: &mut Effects) {
        let Some(dossier) = self.dossier.of.clone() else { return };
        self.dossier.unlaid = true;
        let years = dossier.groups.iter().flat_map(|g| g.years.iter().map(|y| (g.org.clone(), Some(y.year))));
        let years: FxHashSet<Group> = years.collect();
        if years.iter().all(|y| self.dossier.folded.contains(y)) {
            self.dossier.folded.clear();
        } else {
            self.dossier.folded = years;
            self.go_to_group();
        }
        self.preview_entry(fx);
    }

    pub(super) fn filter_dossier(&mut self, text: &str) {
        text.clone_into(&mut self.dossier.text);
        self.dossier.unlaid = true;
    }

    /// Takes notes out of the knelpunt: they stay, and are no longer put to it.
    fn uncode(&mut self, fx: &mut Effects) {
        let Some(dossier) = self.dossier.of.clone() else { return };
        let notes = self.listed().into_iter().filter_map(|l| match l {
            Listed::Note(id) => Some(id),
            _ => None,
        });
        let notes: Vec<NoteId> = notes.collect();
        if notes.is_empty() {
            self.say("notice.no-note-here");
            return;
        }
        let taken_off = |old: Stored| {
            // a note of a knelpunt below this one, or of a found one, is taken out where it belongs
            let entry = dossier.entries().find(|e| e.note == old.note.id)?;
            let of = entry.via.as_deref().unwrap_or(dossier.key.id());
            let made = meant(&self.notebook.register, of);
            let mut note = old.note.clone();
            note.knelpunten.retain(|k| k != of && made.is_none_or(|m| !m.answers_to(k)));
            (note != old.note).then_some((old, note))
        };
        let save: Vec<_> = self.stored_all(&notes).into_iter().filter_map(taken_off).collect();
        if save.is_empty() {
            self.say("dossier.not-put");
            return;
        }
        self.acts_on_list(true);
        self.keep(Act::Save(save), fx);
    }

    /// From the text that is read from the dossier back to its row; whether there was one.
    pub(super) fn back_to_dossier(&mut self, fx: &mut Effects) -> bool {
        if self.view != View::Read || self.dossier.reading.is_none() {
            return false;
        }
        self.go_view(View::Dossier, fx);
        true
    }

    /// Whether the last jump was from the dossier into the text.
    pub(super) fn just_left_dossier(&self) -> bool {
        self.view == View::Read && self.dossier.reading == Some(0)
    }

    /// A jump was made in the text, or taken back.
    pub(super) fn count_jump(&mut self, back: bool) {
        if let Some(jumps) = &mut self.dossier.reading {
            *jumps = if back { jumps.saturating_sub(1) } else { *jumps + 1 };
        }
    }

    /// The text is no longer read from the dossier.
    pub(super) fn forget_dossier(&mut self) {
        self.dossier.reading = None;
    }

    /// Out of the dossier: to the one it was opened from, else to the view.
    pub(super) fn leave_dossier(&mut self, fx: &mut Effects) {
        match self.dossier.before.pop() {
            Some((key, here)) => self.show_dossier(key, here, fx),
            None => self.go_view(self.dossier.from, fx),
        }
    }
}

/// What a row stands for, for acts on it.
pub(super) fn listed_of(row: &Row, dossier: &Dossier) -> Option<Listed> {
    match row {
        Row::Child(i) => Some(Listed::Made(dossier.children.get(*i)?.id.clone())),
        Row::Found(at) => at.of(dossier).map(|f| Listed::Found(f.doc, f.id.clone())),
        Row::Ask(at, ask) => {
            let found = at.of(dossier)?;
            Some(Listed::Passage(found.doc, found.asks.get(*ask)?.range))
        }
        Row::Entry(entry) => entry.at.of(dossier).map(|e| Listed::Note(e.note.clone())),
        Row::Suggested(row) => Some(Listed::Passage(row.doc, row.range)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
