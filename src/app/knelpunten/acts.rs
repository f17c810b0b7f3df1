//! What the reader wants done with made knelpunten: plain data for the keeper.

use crate::app::NewNote;
use crate::knelpunt::register::{Made, Split};
use crate::notes::store::Stored;
use crate::notes::{Note, Status};
use jiff::civil::Date;

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
    /// Where one stands from some day on.
    Status {
        /// What was read of it.
        read: Box<Made>,
        /// Where it stands.
        status: Status,
        /// From when; `None` is today.
        date: Option<Date>,
        /// What says so.
        source: Option<String>,
    },
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
