//! What the reader wants done with made knelpunten: plain data for the keeper.

use crate::app::NewNote;
use crate::knelpunt::register::{Made, Split};
use crate::notes::Note;
use crate::notes::store::Stored;

/// An act on made knelpunten; one act is one step of undo, whatever notes it touches.
#[derive(Clone, Debug, PartialEq)]
pub enum KnelpuntAct {
    /// A new one, and then these notes put to it.
    Make {
        /// What it says; the keeper gives it its id.
        made: Box<Made>,
        /// The title of a new one that it is part of, made with it.
        above: Option<String>,
        /// Notes to create with it.
        create: Vec<NewNote>,
        /// Notes to change with it, each after what was read of it.
        save: Vec<(Stored, Note)>,
    },
    /// Changed ones, each after what was read of it.
    Revise(Vec<(Made, Made)>),
    /// Several become one.
    Merge {
        /// Those that go.
        others: Vec<String>,
        /// The one that stays.
        into: String,
    },
    /// Notes and found ones go to a new one.
    Split {
        /// The one they go from.
        from: String,
        /// What goes, and where.
        split: Split,
    },
    /// They are no longer wanted.
    Remove(Vec<String>),
}
