//! What happens to the app ([`Msg`]) and what it wants done ([`Effect`]): plain data, so that tests can read both.

use crate::doc::{Correction, Edition, Page, TextRange};
use crate::keys::Key;
use crate::knelpunt::FoundRow;
use crate::knelpunt::register::Made;
use crate::library::editions::ReportId;
use crate::library::{DocId, Entry};
use crate::notes::anchor::Anchor;
use crate::notes::editions::Links;
use crate::notes::queries::SavedQuery;
use crate::notes::store::{News, Stored};
use crate::notes::{Color, Located, Note, NoteId, NoteKind, Position, ReportRef, Status, Target};
use crate::search::{PatternFault, Query, Results, Sought};
use crate::words::Words;
use jiff::Timestamp;
use std::path::PathBuf;
use std::sync::Arc;

use super::compare::Compared;
use super::dossier::{Suggested, Wanted};
use super::export::Taken;
use super::knelpunten::KnelpuntAct;
use super::notice::Notice;
use super::search::saved::{Count, Fresh};
use super::shelf::OpenDoc;

/// Anything that happens to the app.
#[derive(Clone, Debug, PartialEq)]
pub enum Msg {
    /// A key was pressed.
    Key(Key),
    /// Text was pasted: text, never commands.
    Paste(String),
    /// The mouse did something.
    Mouse(Mouse),
    /// The screen has this size now, in cells.
    Resize(u16, u16),
    /// The library as it is known now.
    Shelf(Arc<Vec<Entry>>),
    /// A document was asked for and is here, or can't be.
    Loaded(DocId, Result<Arc<OpenDoc>, String>),
    /// The knelpunten found in the whole library.
    FoundAll(Arc<Vec<FoundRow>>),
    /// Something long is under way, or has ended (`None`).
    Progress(Option<Progress>),
    /// The index has changed: what was asked may have other answers now.
    IndexChanged,
    /// Hits of the search view, by its generation.
    Results(u64, Result<Arc<Results>, String>),
    /// What `/` found in the open report, by its generation; or what is wrong with the pattern. It may come in parts,
    /// each with all that was found so far.
    Finds(u64, Result<Finds, PatternFault>),
    /// What is new in the folders of notes: at the start everything, then what changed on disk.
    Notes(News),
    /// What is in the trash, as asked for: the latest first.
    Trash(Vec<Trashed>),
    /// The made knelpunten, at the start or after they changed.
    Register(Vec<Made>),
    /// What the reader has said of editions, at the start or after it was read again.
    Links(Links),
    /// The saved queries, at the start or after they were read again.
    Queries(Vec<SavedQuery>),
    /// Queries asked in earlier sessions, the last one first.
    Past(Vec<String>),
    /// How many hits the saved queries have.
    Counts(Vec<Count>),
    /// Which hits of a saved query are new; they are looked at now, so that it has none any more.
    Fresh(Fresh, Count),
    /// Two reports have been looked through, or can't be.
    Compared(Result<Arc<Compared>, String>),
    /// Where the notes of a document stand in it.
    Anchored(DocId, Vec<(NoteId, Anchor)>),
    /// What became of all notes in the library: how each stands in each edition of its report, by note.
    Located(Arc<Vec<Located>>),
    /// Where else in the library the passages of notes stand.
    Twins(Vec<Twin>),
    /// Passages that could be put to the knelpunt of the open dossier.
    Suggested(Suggested),
    /// An act on notes has been done, or not.
    Kept(u64, Result<Kept, Notice>),
    /// The words left in the editor by a session that ended badly; after [`Msg::Notes`].
    Drafts(Vec<Draft>),
    /// The reader's own editor came back with this text for the act that asked.
    Edited(Result<String, Notice>),
    /// Something to say that nobody asked for.
    Notice(Notice),
    /// What came of what the reader asked for just now.
    Answer(Notice),
    /// A line of the worker that ended badly; the rest goes on.
    WorkerLost(&'static str),
}

/// Anything the app wants done.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Load a document; answered by [`Msg::Loaded`].
    Load(DocId),
    /// Search the library; answered by [`Msg::Results`]. Only the newest counts.
    Search {
        /// Comes back with the answer.
        generation: u64,
        /// What is asked.
        query: Query,
        /// By score, year or order.
        sort: crate::search::Sort,
        /// The last word is still being typed.
        typing: bool,
        /// At most so many hits are shown at once.
        limit: usize,
    },
    /// Find in an open document; answered by [`Msg::Finds`].
    Find {
        /// Comes back with the answer.
        generation: u64,
        /// Where.
        doc: Arc<OpenDoc>,
        /// What.
        sought: Sought,
        /// The byte to begin at.
        from: u32,
    },
    /// Look through two reports; answered by [`Msg::Compared`].
    Compare {
        /// The one that was before.
        old: ReportId,
        /// The one that came after.
        new: ReportId,
    },
    /// Say where these notes stand in a document; answered by [`Msg::Anchored`].
    Anchor(Arc<OpenDoc>, Vec<Note>),
    /// Look where else in the library the passages of these notes stand; answered by [`Msg::Twins`]. Only the newest counts.
    FindTwins(Arc<Vec<Located>>),
    /// Look for passages that could be put to a knelpunt; answered by [`Msg::Suggested`]. Only the newest counts.
    Suggest(Wanted),
    /// Act on notes; answered by [`Msg::Kept`] with the same ticket.
    Keep(u64, Act),
    /// Keep the words in the editor, in case of the worst.
    Draft(Draft),
    /// The words in the editor are safe or given up.
    DraftDone(String),
    /// Remember where the reader is.
    Remember(Places),
    /// Tell what is in the trash.
    ReadTrash,
    /// Read the saved queries again; answered by [`Msg::Queries`].
    ReadQueries,
    /// Remember a query that was asked.
    Asked(String),
    /// Count the hits of saved queries; answered by [`Msg::Counts`].
    CountQueries(Vec<SavedQuery>),
    /// The reader looks at the hits of a saved query; answered by [`Msg::Fresh`].
    LookAt(SavedQuery),
    /// A query was saved with its hits in sight: from now on others are new.
    Begin(SavedQuery),
    /// Speak this language from now on.
    Speak(crate::doc::Lang),
    /// Put text on the clipboard; answered by a notice that says by which way.
    Copy(String),
    /// Write notes, places or a dossier to a file, in the form its name says; answered by a notice.
    Export {
        /// Where, as the reader typed it.
        path: PathBuf,
        /// What.
        taken: Box<Taken>,
    },
    /// Edit text in the reader's own editor; answered by [`Msg::Edited`].
    EditOutside(String),
    /// Show a file in the reader's viewer, at this page (from 1) where that can be.
    OpenOriginal(PathBuf, Option<u32>),
    /// Open an address of the web or of mail with the system's program for it.
    OpenAddress(String),
    /// Add a folder or file to what is loaded.
    AddPath(PathBuf),
    /// Try this password on a file that is protected with one.
    Unlock(DocId, String),
    /// Look again for changed files.
    Rescan,
    /// Stop what is under way.
    CancelJob,
    /// Stop the process until the shell continues it.
    Suspend,
    /// Draw everything anew.
    Redraw,
    /// Leave, with this exit code.
    Quit(u8),
}

/// An act on notes and made knelpunten, done by the keeper; one act is one step of undo.
#[derive(Clone, Debug, PartialEq)]
pub enum Act {
    /// New notes. The keeper gives them their ids and times.
    Create(Vec<NewNote>),
    /// Changed notes, each after what was read of it.
    Save(Vec<(Stored, Note)>),
    /// New notes and changed ones together.
    CreateAndSave {
        /// The new ones.
        create: Vec<NewNote>,
        /// The changed ones, each after what was read of it.
        save: Vec<(Stored, Note)>,
    },
    /// Into the trash.
    Trash(Vec<Stored>),
    /// The reader says where notes stand in other editions, or that they don't. The keeper adds the time.
    Settle(Vec<Settled>),
    /// The first report is an edition that follows the second.
    LinkEditions(Box<[ReportRef; 2]>),
    /// A report is no edition of these.
    UnlinkEditions(Box<ReportRef>, Vec<ReportRef>),
    /// Back out of the trash.
    Restore(Vec<Stored>),
    /// Of a note and a second copy of it, this is to stay; what isn't goes to the trash.
    KeepVersion {
        /// The note as it was read.
        note: Box<Stored>,
        /// The copy.
        copy: Box<Stored>,
        /// What stays.
        keep: Keep,
    },
    /// An act on made knelpunten.
    Knelpunt(KnelpuntAct),
    /// The reader says otherwise of headings of a document: each in place of what was said at its address before.
    Correct {
        /// Which document.
        document: DocId,
        /// The report that the corrections are kept under.
        report: ReportRef,
        /// What is said now.
        corrections: Vec<Correction>,
    },
    /// A query under a name, in place of the one of that name if there is one. The keeper adds the time.
    SaveQuery(SavedQuery),
    /// Another name for a saved query.
    RenameQuery {
        /// Its name.
        from: String,
        /// The new one.
        to: String,
    },
    /// The saved query of this name is no longer wanted.
    DropQuery(String),
    /// Undo the last act.
    Undo,
    /// Do again what was undone.
    Redo,
}

/// A note that the reader wants, before the keeper has given it its id and times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewNote {
    /// Words, a mark, or a place.
    pub kind: NoteKind,
    /// What it is on.
    pub target: Target,
    /// Its words.
    pub body: String,
    /// Ids of the knelpunten it is put to.
    pub knelpunten: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// The colour of its mark.
    pub color: Option<Color>,
    /// Where the matter stands.
    pub status: Option<Status>,
}

/// What the reader says of a note in an edition.
#[derive(Clone, Debug, PartialEq)]
pub struct Settled {
    /// What was read of the note.
    pub note: Stored,
    /// The edition.
    pub edition: Edition,
    /// The place in it; `None`: it has none there, and stays as it is.
    pub position: Option<Position>,
}

/// What stays of a note and a second copy of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// The note as it is.
    Note,
    /// The copy in its place.
    Copy,
    /// Both: the copy becomes a note of its own.
    Both,
}

/// A note in the trash.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trashed {
    /// The note; its path begins with `trash`.
    pub stored: Stored,
    /// When it was thrown away, where that is known.
    pub when: Option<Timestamp>,
}

/// What an act has done.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Kept {
    /// Notes as they are now.
    pub changed: Vec<Stored>,
    /// Notes that are gone.
    pub gone: Vec<NoteId>,
    /// The register, when it changed.
    pub register: Option<Vec<Made>>,
    /// The made knelpunt that the act was about: the new one, the changed one, the one that stays.
    pub knelpunt: Option<String>,
    /// Whether corrections of headings changed.
    pub outlines: bool,
    /// What was said of editions, when that changed.
    pub links: Option<Links>,
    /// The saved queries, when they changed.
    pub queries: Option<Vec<SavedQuery>>,
    /// What is new in the folders of notes, where it takes a look at them to tell.
    pub news: Option<Box<News>>,
    /// What was undone or done again.
    pub turned: Option<Turned>,
}

/// An act of the history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turned {
    /// What it is called there.
    pub label: String,
    /// How many files of notes it changed.
    pub notes: usize,
}

impl Turned {
    /// What was done, in the words of the screens.
    #[must_use]
    pub fn text(&self, words: &Words) -> String {
        let key = format!("done.{}", self.label);
        let known = words.has(&format!("{key}.one"));
        // by a newer version, or by hand
        words.n(if known { &key } else { "done.change" }, self.notes.max(1) as u64)
    }
}

/// What was found in a report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finds {
    /// Where, ascending.
    pub hits: Vec<TextRange>,
    /// These are all.
    pub all: bool,
    /// No more will come: all were found, or it took too long.
    pub ended: bool,
}

/// Words in an editor, with all that is needed to put them back into one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The id of the note they belong to, or `new`.
    pub key: String,
    /// The words.
    pub text: String,
    /// What they are on. Of a note that is there, this is what it was, in case it is gone when the words come back.
    pub notes: Vec<NewNote>,
}

/// (Nearly) the same passage as that of a note, elsewhere in the library.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Twin {
    /// The note.
    pub note: NoteId,
    /// The document.
    pub doc: DocId,
    /// The words of the note's passage there; all of the passage where they are not quite the same.
    pub range: TextRange,
    /// Whether the words are the same.
    pub same: bool,
    /// Title of the report there.
    pub report: String,
    /// The year it is about.
    pub year: Option<i32>,
    /// The page there.
    pub page: Option<Page>,
}

/// Something long, under way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Progress {
    /// Done so far.
    pub done: u64,
    /// Of so many; 0 when not known yet.
    pub total: u64,
}

/// Where the reader is, to be remembered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// The report on the screen.
    pub doc: DocId,
    /// Its content.
    pub edition: Edition,
    /// Byte in its text.
    pub byte: u32,
    /// The words there, by which the place is found again when the content has changed.
    pub words: String,
}

/// What the mouse did, and where.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mouse {
    /// What.
    pub kind: MouseKind,
    /// Column of the screen.
    pub x: u16,
    /// Row of the screen.
    pub y: u16,
}

/// What the mouse did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MouseKind {
    /// The left button went down.
    Down,
    /// It was dragged while down.
    Drag,
    /// It came up.
    Up,
    /// The wheel turned so many notches down (up when negative).
    Wheel(i16),
}
