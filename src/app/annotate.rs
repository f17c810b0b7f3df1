//! From a selection, or what the cursor stands on, to a note, a highlight, a bookmark or a coding; and what can be done
//! with a note that is there. Nothing is changed here: every wish goes to the keeper as an [`Act`].

use super::editor::Editor;
use super::navigator::NodeId;
use super::picker::Choose;
use super::prompt::{Prompt, PromptKind};
use super::views::Listed;
use super::{Act, App, Effect, Effects, NewNote, Notice, OpenDoc, Overlay, Pane, Settled, View};
use crate::doc::{PartId, SectionId, TextRange};
use crate::keys::Action;
use crate::knelpunt::register;
use crate::layout;
use crate::library::{DocId, Place};
use crate::notes::anchor::State;
use crate::notes::store::Stored;
use crate::notes::{Note, NoteId, NoteKind, ReportRef, Status, Target, TargetKind, describe};

/// How many knelpunten are offered again under the digits.
const RECENT: usize = 9;

/// What an act of annotating works on.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Subject {
    /// Notes that are there.
    pub notes: Vec<NoteId>,
    /// Places to put new ones on.
    pub places: Vec<Target>,
}

impl Subject {
    /// Notes only.
    #[must_use]
    pub fn of_notes(notes: Vec<NoteId>) -> Self {
        Subject { notes, places: Vec::new() }
    }

    /// Places only.
    #[must_use]
    pub fn of_places(places: Vec<Target>) -> Self {
        Subject { notes: Vec::new(), places }
    }

    /// How many notes and places together.
    #[must_use]
    pub fn len(&self) -> usize {
        self.notes.len() + self.places.len()
    }

    /// Whether it is nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

/// What was annotated last, and with what.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Habits {
    last: Option<Recipe>,
    /// Knelpunten that something was put to, the newest first: ids, or the title of one that has just been made.
    recent: Vec<String>,
}

/// How to annotate once more in the same way.
#[derive(Clone, Debug, PartialEq)]
struct Recipe {
    kind: NoteKind,
    knelpunten: Vec<String>,
    tags: Vec<String>,
}

impl Habits {
    /// The knelpunten something was put to, the newest first.
    pub(super) fn recent(&self) -> &[String] {
        &self.recent
    }

    /// Something was put to this knelpunt.
    pub(super) fn coded(&mut self, knelpunt: &str) {
        self.recent.retain(|k| k != knelpunt);
        self.recent.insert(0, knelpunt.to_owned());
        self.recent.truncate(RECENT);
        self.last = Some(Recipe { kind: NoteKind::Highlight, knelpunten: vec![knelpunt.to_owned()], tags: Vec::new() });
    }

    /// Notes like this one were written.
    pub(super) fn noted(&mut self, note: &NewNote) {
        let (kind, knelpunten, tags) = (note.kind, note.knelpunten.clone(), note.tags.clone());
        self.last = Some(Recipe { kind, knelpunten, tags });
    }
}

impl NewNote {
    /// A note of a kind on a target, with nothing else.
    #[must_use]
    pub fn on(kind: NoteKind, target: Target) -> Self {
        let (body, knelpunten, tags) = (String::new(), Vec::new(), Vec::new());
        NewNote { kind, target, body, knelpunten, tags, color: None, status: None }
    }
}

impl From<&Note> for NewNote {
    fn from(n: &Note) -> Self {
        NewNote {
            kind: n.kind,
            target: n.target.clone(),
            body: n.body.clone(),
            knelpunten: n.knelpunten.clone(),
            tags: n.tags.clone(),
            color: n.color,
            status: n.status,
        }
    }
}

impl App {
    /// Annotates what the keys stand on: in the text the selection, else the note at the cursor, else its sentence (on a
    /// heading, its section); in the tree what the row stands for. Whether the action was one of these.
    pub(super) fn annotate_act(&mut self, action: Action, fx: &mut Effects) -> bool {
        match action {
            Action::OpenOriginal => match self.doc_here() {
                Some(doc) => self.open_original(doc, fx),
                None => self.say("notice.nothing-open"),
            },
            Action::Open if self.pane == Pane::Text && self.view == View::Read => return self.open_note_here(),
            Action::AcceptAnchor if self.pane == Pane::Text && self.reviewing() => self.attach_selection(fx),
            _ if self.outline_act(action, fx) => {}
            _ if !annotates(action) => return false,
            Action::Export if self.export_dossier() => {}
            _ if self.gather(action, fx) => {}
            _ => {
                let Some(subject) = self.subject_here(action) else { return false };
                self.annotate(action, subject, fx);
            }
        }
        true
    }

    /// Does an act of annotating with notes or places that the caller names; the views of hits, notes and knelpunten call
    /// it with what is marked or under their cursor. Whether the action was one of these.
    pub(super) fn annotate(&mut self, action: Action, subject: Subject, fx: &mut Effects) -> bool {
        // what is done to notes is not done to passages beside them
        let of_notes = matches!(
            action,
            Action::EditNote | Action::EditOutside | Action::SetStatus | Action::Delete | Action::AcceptAnchor
        );
        if of_notes && !subject.places.is_empty() {
            self.say(if subject.notes.is_empty() { "notice.no-note-here" } else { "notice.not-all-notes" });
            return true;
        }
        let changes = of_notes || matches!(action, Action::Code | Action::Again | Action::Tags);
        if changes && self.not_yours(&subject.notes) {
            return true;
        }
        match action {
            Action::AddNote => {
                // what the words will be on shows in the text while they are written
                if self.pane == Pane::Text && self.reader.selection.is_none() {
                    let here = self.reader.open.as_ref().map(|o| layout::sentence_at(&o.doc, self.reader.cursor));
                    self.reader.pointed = here;
                }
                let notes = self.places(subject).into_iter().map(|t| NewNote::on(NoteKind::Note, t)).collect();
                self.open_editor(Editor::on_new(notes));
            }
            Action::Highlight => self.create(NoteKind::Highlight, self.places(subject), fx),
            Action::Bookmark => self.create(NoteKind::Bookmark, self.places(subject), fx),
            Action::Again => self.again(self.places(subject), fx),
            Action::Code => {
                self.ask_for(Choose::Code(subject));
            }
            Action::CopyQuote | Action::CopyCited => {
                self.copy_subject(&subject, action == Action::CopyCited, fx);
            }
            Action::Export => self.export_subject(subject),
            // in a list the passages that were marked get them as highlights
            Action::Tags if !subject.notes.is_empty() || self.on_list() => {
                let one = subject.notes.first().filter(|_| subject.len() == 1).and_then(|id| self.notebook.note(id));
                let tags = one.map(|n| n.tags.join(" ")).unwrap_or_default();
                self.overlay = Some(Overlay::Prompt(Prompt::new(PromptKind::Tags(subject), &tags)));
            }
            Action::Tags => self.say("notice.no-note-here"),
            Action::EditNote | Action::EditOutside => {
                if let Some(stored) = subject.notes.first().and_then(|id| self.notebook.stored(id)).cloned() {
                    self.open_editor(Editor::on_old(stored));
                    if action == Action::EditOutside {
                        self.edit_outside(true, fx);
                    }
                }
            }
            Action::SetStatus => self.next_status(&subject.notes, fx),
            Action::Delete if !subject.is_empty() => self.keep(Act::Trash(self.stored_all(&subject.notes)), fx),
            Action::AcceptAnchor => {
                if let Some(id) = subject.notes.first() {
                    self.accept(id, fx);
                }
            }
            _ => return false,
        }
        true
    }

    /// A note on a passage of a document, as it will be kept.
    #[must_use]
    pub fn target_of_passage(open: &OpenDoc, range: TextRange) -> Target {
        describe::describe(&open.doc, range, &open.file)
    }

    /// A section as what a note is on: the knelpunt that it is, the report when it is the root of one, else the section.
    #[must_use]
    pub fn target_of_section(open: &OpenDoc, section: SectionId) -> Target {
        match open.knelpunt_of(section) {
            Some(found) => describe::describe_found_knelpunt(&open.doc, &found.id, section, &open.file),
            None => describe::describe_section(&open.doc, section, &open.file),
        }
    }

    /// The innermost note that the cursor in the text stands on.
    #[must_use]
    pub fn note_at_cursor(&self) -> Option<NoteId> {
        let open = self.reader.open.as_ref()?;
        let places = self.notebook.places_in(open.id);
        let marked = places.iter().map(|(n, r)| (n, super::margin::marked(open, n, *r)));
        let here = marked.filter(|(_, r)| r.contains(self.reader.cursor));
        here.min_by_key(|(_, r)| r.len()).map(|(n, _)| n.id.clone())
    }

    /// The words of a target: its quote, or the name of what it is.
    #[must_use]
    pub fn target_words(&self, target: &Target) -> String {
        let report = || target.report.as_ref().map(|r| if r.title.is_empty() { &r.file } else { &r.title });
        match &target.kind {
            TargetKind::Passage(quote) => quote.exact.clone(),
            TargetKind::Section => target.section.last().cloned().unwrap_or_default(),
            TargetKind::Knelpunt(id) => {
                self.knelpunt_name(id).or_else(|| target.section.last().cloned()).unwrap_or_default()
            }
            TargetKind::Report => report().cloned().unwrap_or_default(),
        }
    }

    /// The title of a knelpunt, made or found; `None` when nothing that is loaded has it.
    #[must_use]
    pub fn knelpunt_name(&self, id: &str) -> Option<String> {
        let made = register::meant(&self.notebook.register, id).map(|m| m.title.clone());
        let found = || self.shelf.found().iter().map(|r| &r.found).find(|f| f.id == id);
        let open = || self.shelf.all_open().iter().flat_map(|o| &o.found).find(|f| f.id == id);
        made.or_else(|| found().or_else(open).map(found_name))
    }

    /// Shows the original of a document in the system's viewer.
    pub(super) fn open_original(&mut self, doc: DocId, fx: &mut Effects) {
        match self.shelf.entry(doc) {
            Some(entry) if entry.place == Place::Disk => {
                let open = self.reader.open.as_ref().filter(|open| open.id == doc);
                let at = self.reader.pointed.map_or(self.reader.cursor, |range| range.start);
                let page = open.and_then(|open| open.doc.source().page_at(at)).map(|page| page.index);
                fx.push(Effect::OpenOriginal(entry.path.clone(), page));
            }
            _ => self.say("notice.no-original"),
        }
    }

    /// Says something, good to know.
    pub(super) fn say(&mut self, key: &str) {
        self.notice = Some(Notice::info(self.words.t(key)));
    }

    fn open_note_here(&mut self) -> bool {
        let Some(id) = self.note_at_cursor() else { return false };
        self.margin.current = Some(id);
        self.pane = Pane::Margin;
        true
    }

    fn doc_here(&self) -> Option<DocId> {
        match (self.pane, self.view) {
            (Pane::Left, View::Read) => self.navigator.current().map(|n| n.id.doc),
            (Pane::Left, _) => match self.listed_here()? {
                Listed::Report(doc) => Some(doc),
                listed => self.passage_of(&listed).map(|(doc, _)| doc),
            },
            _ => self.reader.open.as_ref().map(|o| o.id),
        }
    }

    /// What an action would work on here; `None` when there is nothing, or the list of a view has to say it.
    fn subject_here(&self, action: Action) -> Option<Subject> {
        let (target, note) = match (self.pane, self.view) {
            (Pane::Left, View::Read) => {
                let node = self.navigator.current()?.id;
                let target = self.target_of_node(node)?;
                let note = self.notebook.all().find(|n| same_thing(&n.target, &target)).map(|n| n.id.clone());
                (target, note)
            }
            (Pane::Left, _) => return self.subject_of(&self.listed()),
            _ => {
                let open = self.reader.open.as_ref()?;
                match self.reader.selected() {
                    Some(range) => (Self::target_of_passage(open, range), None),
                    None => (self.target_at_cursor(open)?, self.note_at_cursor()),
                }
            }
        };
        Some(match (action, note) {
            // these make something new, whatever is there
            (
                Action::AddNote
                | Action::Highlight
                | Action::Bookmark
                | Action::Again
                | Action::CopyQuote
                | Action::CopyCited
                | Action::Export,
                _,
            )
            | (_, None) => Subject::of_places(vec![target]),
            (_, Some(id)) => Subject::of_notes(vec![id]),
        })
    }

    /// Entries of a list as what an act works on.
    pub(super) fn subject_of(&self, listed: &[Listed]) -> Option<Subject> {
        let mut subject = Subject::default();
        for l in listed {
            match l {
                Listed::Note(id) => subject.notes.push(id.clone()),
                _ => subject.places.extend(self.target_listed(l)),
            }
        }
        (!subject.is_empty()).then_some(subject)
    }

    pub(super) fn target_listed(&self, listed: &Listed) -> Option<Target> {
        match listed {
            Listed::Passage(doc, range) => Some(Self::target_of_passage(self.shelf.open(*doc)?, *range)),
            Listed::Note(id) => self.notebook.note(id).map(|n| n.target.clone()),
            Listed::Found(doc, id) => {
                let open = self.shelf.open(*doc)?;
                let found = open.found.iter().find(|f| f.id == *id)?;
                Some(describe::describe_found_knelpunt(&open.doc, id, found.section, &open.file))
            }
            Listed::Made(id) => Some(describe::describe_made_knelpunt(id)),
            Listed::Report(doc) => self.target_of_node(NodeId { doc: *doc, part: PartId(0), section: None }),
        }
    }

    fn target_at_cursor(&self, open: &OpenDoc) -> Option<Target> {
        let doc = &open.doc;
        let block = doc.blocks().get(doc.block_at(self.reader.cursor).0 as usize)?;
        if block.kind.is_heading() {
            return Some(Self::target_of_section(open, block.section));
        }
        Some(Self::target_of_passage(open, layout::sentence_at(doc, self.reader.cursor)))
    }

    fn target_of_node(&self, node: NodeId) -> Option<Target> {
        if let (Some(section), Some(open)) = (node.section, self.shelf.open(node.doc)) {
            return Some(Self::target_of_section(open, section));
        }
        // a report that isn't open is known well enough by its summary
        let entry = self.shelf.entry(node.doc)?;
        let part = entry.summary().and_then(|s| s.parts.get(node.part.0 as usize))?;
        let report = ReportRef {
            title: part.title.clone(),
            org: part.org.clone(),
            year: part.year,
            edition: entry.edition,
            file: entry.file.clone(),
        };
        let kind = TargetKind::Report;
        Some(Target { report: Some(report), kind, section: Vec::new(), page: None, position: None })
    }

    /// The places of a subject: of notes, what they are on.
    pub(super) fn places(&self, subject: Subject) -> Vec<Target> {
        let notes = subject.notes.iter().filter_map(|id| self.notebook.note(id)).map(|n| n.target.clone());
        let mut out: Vec<Target> = notes.collect();
        out.extend(subject.places);
        out
    }

    /// Highlights or bookmarks places that have none yet.
    fn create(&mut self, kind: NoteKind, targets: Vec<Target>, fx: &mut Effects) {
        let there = |t: &Target| self.notebook.all().any(|n| n.kind == kind && n.target == *t);
        let notes: Vec<_> = targets.into_iter().filter(|t| !there(t)).map(|t| NewNote::on(kind, t)).collect();
        self.send_new(notes, fx);
    }

    fn send_new(&mut self, notes: Vec<NewNote>, fx: &mut Effects) {
        let Some(first) = notes.first() else {
            self.say("notice.already-there");
            return;
        };
        self.habits.noted(first);
        self.reader.selection = None;
        self.keep(Act::Create(notes), fx);
    }

    fn again(&mut self, targets: Vec<Target>, fx: &mut Effects) {
        let Some(recipe) = self.habits.last.clone() else {
            self.say("notice.nothing-again");
            return;
        };
        let knelpunten: Vec<_> = recipe.knelpunten.iter().map(|k| self.knelpunt_id(k)).collect();
        let there = |t: &Target| {
            let same = |n: &Note| n.kind == recipe.kind && n.target == *t && n.knelpunten == knelpunten;
            recipe.kind != NoteKind::Note && self.notebook.all().any(same)
        };
        let fresh = targets.into_iter().filter(|t| !there(t)).map(|t| NewNote::on(recipe.kind, t));
        let notes: Vec<_> =
            fresh.map(|n| NewNote { knelpunten: knelpunten.clone(), tags: recipe.tags.clone(), ..n }).collect();
        if recipe.kind == NoteKind::Note {
            self.open_editor(Editor::on_new(notes));
        } else {
            self.send_new(notes, fx);
        }
    }

    /// The id of a knelpunt by its id, or by the title of one that was made a moment ago.
    pub(super) fn knelpunt_id(&self, id_or_title: &str) -> String {
        let made = self.notebook.register.iter().find(|m| m.title == id_or_title);
        made.map_or_else(|| id_or_title.to_owned(), |m| m.id.clone())
    }

    /// None, open, promised, resolved, none: all notes get what follows on that of the first.
    fn next_status(&mut self, ids: &[NoteId], fx: &mut Effects) {
        let notes = self.stored_all(ids);
        let Some(first) = notes.first() else { return };
        let status = match first.note.status {
            None => Some(Status::Open),
            Some(Status::Open) => Some(Status::Promised),
            Some(Status::Promised) => Some(Status::Resolved),
            Some(Status::Resolved) => None,
        };
        let changed = notes.into_iter().map(|s| {
            let note = Note { status, ..s.note.clone() };
            (s, note)
        });
        self.keep(Act::Save(changed.collect()), fx);
    }

    /// Accepts the place of a note that is not exact: the one it was found at, else the one selected or pointed out.
    fn accept(&mut self, id: &NoteId, fx: &mut Effects) {
        let Some(note) = self.notebook.stored(id).cloned() else { return };
        let Some((doc, anchor)) = self.notebook.anchor_of(id) else { return };
        let shown = self.reader.open.as_ref().filter(|o| o.id == doc);
        let range = match anchor.state {
            State::Exact | State::Skipped => {
                self.say("notice.accept-exact");
                return;
            }
            State::Moved | State::Changed => anchor.range,
            State::Uncertain | State::Orphan => shown.and_then(|_| {
                let pointed = self.reader.pointed.filter(|p| anchor.candidates.contains(p));
                self.reader.selected().or(pointed)
            }),
        };
        match (range, self.shelf.open(doc).cloned()) {
            (Some(range), Some(open)) => {
                let position = describe::position(open.doc.text(), range);
                self.reader.selection = None;
                let settled = Settled { note, edition: open.edition(), position: Some(position) };
                self.keep(Act::Settle(vec![settled]), fx);
            }
            _ => self.notice = Some(Notice::warning(self.words.t("notice.accept-how"))),
        }
    }

    /// Notes as they were read, for acts on several.
    pub(super) fn stored_all(&self, ids: &[NoteId]) -> Vec<Stored> {
        ids.iter().filter_map(|id| self.notebook.stored(id)).cloned().collect()
    }
}

/// Whether an action is one of annotating, or of taking a quote along.
pub(super) fn annotates(action: Action) -> bool {
    matches!(
        action,
        Action::AddNote
            | Action::Highlight
            | Action::Bookmark
            | Action::Code
            | Action::Again
            | Action::Tags
            | Action::SetStatus
            | Action::EditNote
            | Action::EditOutside
            | Action::Delete
            | Action::AcceptAnchor
            | Action::CopyQuote
            | Action::CopyCited
            | Action::Export
    )
}

/// The name of a found knelpunt: its label and its title.
pub(super) fn found_name(found: &crate::knelpunt::Found) -> String {
    match &found.label {
        Some(label) if !found.title.is_empty() => format!("{label}: {}", found.title),
        Some(label) => label.clone(),
        None => found.title.clone(),
    }
}

/// Whether two targets are the same section, knelpunt or report.
fn same_thing(a: &Target, b: &Target) -> bool {
    let report = |t: &Target| t.report.as_ref().map(|r| (r.title.clone(), r.edition));
    a.kind == b.kind && a.section == b.section && report(a) == report(b)
}

#[cfg(test)]
pub(crate) mod tests;
