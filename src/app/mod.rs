//! STATE AND UPDATE. [`App::update`] takes what happened and says what it wants done; it returns at once, and knows no
//! terminal, no thread, no clock and no file. One file a pane or view; the drawing of each stands under the same name in
//! `ui`.
//!
//! Keys go: Ctrl-C, then a text field when one has the focus, then the keymap, then the focused pane, then [`App`].

mod act;
pub mod annotate;
pub mod compare;
pub mod dossier;
pub mod editions;
pub mod editor;
mod export;
pub mod find;
pub mod form;
mod gather;
pub mod geometry;
pub mod heatmap;
pub mod help;
pub mod jump;
mod keys;
pub mod knelpunten;
pub mod library;
pub mod list;
pub mod listing;
pub mod margin;
pub mod mouse;
pub mod msg;
pub mod navigator;
pub mod notebook;
pub mod notes;
pub mod notice;
mod outline;
pub mod palette;
pub mod past;
pub mod peek;
pub mod picker;
pub mod prompt;
pub mod reader;
pub mod references;
pub mod review;
pub mod search;
pub mod sheet;
pub mod shelf;
pub mod textbox;
pub mod trail;
pub mod trash;
pub mod views;

pub use crate::knelpunt::FoundRow;
pub use export::Taken;
pub use msg::{
    Act, Draft, Effect, Finds, Keep, Kept, Mouse, MouseKind, Msg, NewNote, Places, Progress, Settled, Trashed, Turned,
    Twin,
};
pub use notice::{Notice, Weight};
pub use shelf::{OpenDoc, Shelf};
pub use trail::Spot;

use crate::keys::{Key, Keymap};
use crate::library::DocId;
use crate::notes::export::citation::Style;
use crate::words::Words;
use geometry::{Panes, Wishes};
use std::sync::Arc;

/// What the app wants done, in order.
pub type Effects = Vec<Effect>;

/// The views.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum View {
    /// Read a report.
    Read,
    /// Search everything.
    Search,
    /// All knelpunten.
    Knelpunten,
    /// All notes.
    Notes,
    /// What is loaded.
    Library,
    /// The dossier of a knelpunt; opened from the others.
    Dossier,
    /// Two reports side by side; opened from the others.
    Compare,
}

impl View {
    /// The views one can go to from everywhere, in the order of Alt-1…5.
    pub const ALL: [View; 5] = [View::Read, View::Search, View::Knelpunten, View::Notes, View::Library];
}

/// Which column has the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pane {
    /// Navigator, or the list of a view.
    Left,
    /// The text.
    Text,
    /// The notes beside it.
    Margin,
    /// What the hits of a search can be narrowed to.
    Facets,
}

/// What lies over the view and takes the keys first.
#[derive(Clone, Debug, PartialEq)]
pub enum Overlay {
    /// Help on the keys that work here.
    Help(help::Help),
    /// A footnote, seen from its mark.
    Peek(peek::Peek),
    /// Words to be read: of the trash, or of two versions of a note.
    Sheet(sheet::Sheet),
    /// Go to anything.
    Palette(palette::Palette),
    /// Choose a knelpunt to put something to.
    Picker(picker::Picker),
    /// A line of input at the bottom.
    Prompt(prompt::Prompt),
    /// What the report refers to.
    References(references::References),
    /// Words of a note.
    Editor(Box<editor::Editor>),
    /// Fields to be filled in.
    Form(Box<form::Form>),
}

/// How things look, as far as the reader chose it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Look {
    /// Name of the theme.
    pub theme: String,
    /// Names of all themes, in the order of `T`.
    pub themes: Vec<String>,
    /// Width of the text in cells.
    pub measure: u16,
    /// Only the text.
    pub zen: bool,
}

/// Keys of a sequence that has not ended yet.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Typed {
    /// The keys so far.
    pub keys: Vec<Key>,
    /// A count before them.
    pub count: Option<u32>,
    /// A letter is awaited, for a mark.
    pub letter: Option<keys::LetterFor>,
}

/// What the app starts with.
#[derive(Clone, Debug)]
pub struct Start {
    /// The words of the screens.
    pub words: Words,
    /// The keys.
    pub keymap: Keymap,
    /// How things look.
    pub look: Look,
    /// Columns and rows of the screen.
    pub size: (u16, u16),
    /// The library as it was known last.
    pub entries: Arc<Vec<crate::library::Entry>>,
    /// The report that was open last, and the byte at which it was left.
    pub open: Option<(Arc<OpenDoc>, u32)>,
    /// The library shown is the one built into the program.
    pub demo: bool,
    /// The style of citations that the reader has chosen.
    pub style: Option<Style>,
    /// Version of the program, for help.
    pub version: &'static str,
}

/// The state of the program.
#[derive(Debug)]
pub struct App {
    /// The words of the screens.
    pub words: Words,
    /// The keys.
    pub keymap: Keymap,
    /// How things look.
    pub look: Look,
    /// The style of citations that the reader has chosen.
    pub style: Option<Style>,
    /// Columns and rows of the screen.
    pub size: (u16, u16),
    /// What is loaded.
    pub shelf: Shelf,
    /// Notes and made knelpunten.
    pub notebook: notebook::Notebook,
    /// Which reports are editions of one another.
    pub families: crate::library::editions::Families,
    /// Which view is on the screen.
    pub view: View,
    /// Which column has the keys.
    pub pane: Pane,
    /// The tree of reports and sections.
    pub navigator: navigator::Navigator,
    /// The text being read.
    pub reader: reader::Reader,
    /// What the text in sight refers to.
    pub in_sight: references::InSight,
    /// The notes beside it.
    pub margin: margin::Margin,
    /// Two reports side by side.
    pub compare: compare::Compare,
    /// The search view.
    pub search: search::SearchView,
    /// The view of all knelpunten.
    pub knelpunten: knelpunten::KnelpuntenView,
    /// The view of all notes.
    pub notes: notes::NotesView,
    /// The dossier of a knelpunt.
    pub dossier: dossier::DossierView,
    /// The notes whose place has to be looked at.
    pub review: review::Review,
    /// The heat map over all knelpunten.
    pub heatmap: heatmap::HeatMap,
    /// The view of what is loaded.
    pub library: library::LibraryView,
    /// What lies over the view.
    pub overlay: Option<Overlay>,
    /// Keys of a sequence that has not ended yet.
    pub typed: Typed,
    /// Something to say.
    pub notice: Option<Notice>,
    /// What is said once the reader has taken note of that.
    later: Vec<Notice>,
    /// Something long, under way.
    pub progress: Option<Progress>,
    /// Where the reader has been.
    pub trail: trail::Trail,
    /// Where the panes stand.
    pub panes: Panes,
    /// The library shown is the one built into the program.
    pub demo: bool,
    /// Version of the program, for help.
    pub version: &'static str,
    /// What the views beside Read have in common.
    views: views::Views,
    /// How and what was looked for with `/`.
    pub finding: find::Habits,
    /// What was annotated last, and with what.
    habits: annotate::Habits,
    /// An act on entries of a list that waits for their reports.
    gathering: Option<gather::Gathering>,
    /// Words left by a session that ended badly, not yet offered.
    drafts: Vec<Draft>,
    /// What is to be done once a document is here.
    waiting: Vec<(DocId, jump::Intent)>,
    /// Counts acts, so that each answer finds its question.
    tickets: u64,
}

impl App {
    /// The app at its start; draw it at once, everything else comes by messages.
    #[must_use]
    pub fn new(start: Start) -> Self {
        let mut app = App {
            words: start.words,
            keymap: start.keymap,
            look: start.look,
            style: start.style,
            size: start.size,
            shelf: Shelf::default(),
            notebook: notebook::Notebook::default(),
            families: crate::library::editions::Families::default(),
            view: View::Read,
            pane: Pane::Text,
            navigator: navigator::Navigator::default(),
            reader: reader::Reader::default(),
            in_sight: references::InSight::default(),
            margin: margin::Margin::default(),
            search: search::SearchView::default(),
            knelpunten: knelpunten::KnelpuntenView::default(),
            notes: notes::NotesView::default(),
            dossier: dossier::DossierView::default(),
            review: review::Review::default(),
            heatmap: heatmap::HeatMap::default(),
            library: library::LibraryView::default(),
            overlay: None,
            typed: Typed::default(),
            notice: None,
            later: Vec::new(),
            progress: None,
            trail: trail::Trail::default(),
            panes: Panes::default(),
            demo: start.demo,
            version: start.version,
            views: views::Views::default(),
            finding: find::Habits::default(),
            habits: annotate::Habits::default(),
            compare: compare::Compare::default(),
            gathering: None,
            drafts: Vec::new(),
            waiting: Vec::new(),
            tickets: 0,
        };
        app.shelf.set_entries(start.entries);
        app.find_families();
        match start.open {
            Some((doc, byte)) => {
                app.shelf.keep_open(doc.clone());
                app.show(doc, byte);
            }
            None => app.pane = Pane::Left,
        }
        app.arrange();
        app
    }

    /// Takes what happened, changes the state, and says what is to be done. Returns at once.
    pub fn update(&mut self, msg: Msg, fx: &mut Effects) {
        self.dossier.hear(&msg);
        self.heatmap.hear(&msg);
        match msg {
            Msg::Key(key) => self.on_key(key, fx),
            Msg::Paste(text) => self.on_paste(&text, fx),
            Msg::Mouse(mouse) => self.on_mouse(mouse, fx),
            Msg::Resize(w, h) => self.size = (w, h),
            Msg::Shelf(entries) => self.on_shelf(entries, fx),
            Msg::Loaded(id, doc) => self.on_loaded(id, doc, fx),
            Msg::Compared(result) => self.on_compared(result, fx),
            Msg::FoundAll(rows) => self.on_found(rows, fx),
            Msg::Progress(progress) => self.progress = progress,
            Msg::IndexChanged => self.search_again(fx),
            Msg::Results(generation, results) => self.on_results(generation, results, fx),
            Msg::Finds(generation, finds) => self.on_finds(generation, finds),
            Msg::Trash(trash) => self.on_trash(trash),
            Msg::Notes(news) => self.on_notes(news, fx),
            Msg::Register(made) => self.notebook.set_register(made),
            Msg::Links(links) => self.on_links(links),
            Msg::Queries(queries) => self.on_queries(queries, fx),
            Msg::Past(queries) => self.on_past(queries),
            Msg::Counts(counts) => self.search.saved.set_counts(counts),
            Msg::Fresh(fresh, count) => self.on_fresh(fresh, count),
            Msg::Anchored(doc, anchors) => self.notebook.set_anchors(doc, anchors),
            Msg::Located(all) => self.on_located(all, fx),
            Msg::Twins(twins) => self.notebook.set_twins(twins),
            Msg::Suggested(suggested) => self.dossier.take_suggested(suggested),
            Msg::Kept(ticket, result) => self.on_kept(ticket, result, fx),
            Msg::Drafts(drafts) => self.on_drafts(drafts, fx),
            Msg::Edited(result) => self.on_edited(result, fx),
            Msg::Notice(notice) => self.tell(notice),
            Msg::Answer(notice) => self.notice = Some(notice),
            Msg::WorkerLost(name) => {
                // nobody will answer any more: the words in the editor must not wait for it
                self.editor_not_saved();
                let text = self.words.f("notice.worker-lost", &[("worker", &name)]);
                self.notice = Some(Notice::error(text));
            }
        }
        self.arrange();
        self.ask_suggestions(fx);
    }

    /// Lays out the panes and computes the rows in sight: drawing then only paints.
    fn arrange(&mut self) {
        let left_percent = match self.view {
            View::Read => 0,
            View::Knelpunten if self.heat_mode() == heatmap::Mode::Full => 100,
            View::Search | View::Knelpunten | View::Notes | View::Library | View::Dossier | View::Compare => 46,
        };
        if self.pane == Pane::Facets && (self.view != View::Search || !self.has_facets()) {
            self.pane = Pane::Left;
        }
        // between the widths a column is kept for notes only when there are any to show
        let notes = self.reader.open.as_ref().is_some_and(|o| !self.notebook.anchors(o.id).is_empty());
        let writing = matches!(self.overlay, Some(Overlay::Editor(_)));
        let roomy = self.size.0 >= geometry::MARGIN_ALWAYS_FROM;
        let wish = Wishes {
            measure: self.look.measure,
            zen: self.look.zen && self.view == View::Read,
            left: true,
            left_percent,
            margin: self.view == View::Read && (roomy || notes || writing),
            facets: self.view == View::Search && !self.search.facets.hidden && self.has_facets(),
            facets_first: self.pane == Pane::Facets,
            left_first: self.pane == Pane::Left,
        };
        self.panes = geometry::panes(self.size.0, self.size.1, wish);
        self.arrange_heatmap();
        if self.pane == Pane::Margin && self.view != View::Read {
            self.pane = Pane::Text;
        }
        self.arrange_reader();
        self.arrange_references();
        self.arrange_navigator();
        self.arrange_margin();
        self.arrange_review();
        self.arrange_views();
    }

    /// A new ticket, by which an answer finds its question.
    fn ticket(&mut self) -> u64 {
        self.tickets += 1;
        self.tickets
    }
}

#[cfg(test)]
pub(crate) mod tests;
