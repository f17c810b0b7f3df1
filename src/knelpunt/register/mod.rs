//! The reader's own knelpunten: `<data>/knelpunten.toml`, one `[[knelpunt]]` each.
//!
//! The file is the reader's. A change rewrites the values it changes; unknown keys, comments and order stay. Every change
//! starts from what the file holds at that moment, so that what another program or an editor wrote is not lost. What
//! changes notes too ([`Register::merge`], [`Register::split`], [`Register::remove`]) is put ready in a staged store,
//! to be one step of the history.
//! This module knows the store of notes and its words; it must not know how knelpunten are found, or any screen.

mod change;
mod file;
mod merge;
pub mod tree;

pub use merge::Split;

use crate::notes::store::{Store, StoreError};
use crate::notes::{Color, Status};
use jiff::civil::Date;
use std::path::Path;
use thiserror::Error;

/// The file, relative to the data folder.
pub const FILE: &str = "knelpunten.toml";

/// A knelpunt that the reader has made.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Made {
    /// Its id: ASCII words parted by `-`; never changes.
    pub id: String,
    /// Its title.
    pub title: String,
    /// What it is about; empty when nothing is said.
    pub description: String,
    /// Other names.
    pub synonyms: Vec<String>,
    /// The colour of its marks.
    pub colour: Option<Color>,
    /// The id of the one it is part of.
    pub parent: Option<String>,
    /// Where it has stood, oldest first; the last one is where it stands.
    pub status: Vec<StatusAt>,
    /// The ids of the found ones that it brings together.
    pub includes: Vec<String>,
    /// A saved query.
    pub query: Option<String>,
    /// Ids of those that were merged into it: what still names one of them (a file synced later, a note taken back from
    /// the trash) is put to it.
    pub formerly: Vec<String>,
}

impl Made {
    /// Where it stands; `None` when nothing was said.
    #[must_use]
    pub fn current_status(&self) -> Option<Status> {
        self.status.last().map(|s| s.status)
    }

    /// It stood so from some day on: a day before that of the last entry has its place before it.
    pub fn stand(&mut self, at: StatusAt) {
        let later = |s: &StatusAt| at.date.is_some() && s.date > at.date;
        let behind = self.status.iter().rposition(|s| !later(s)).map_or(0, |i| i + 1);
        self.status.insert(behind, at);
    }

    /// Whether an id in a note means this one: its own, or that of one merged into it.
    #[must_use]
    pub fn answers_to(&self, id: &str) -> bool {
        self.id == id || self.formerly.iter().any(|f| f == id)
    }

    /// What it is called: its title, then its synonyms.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.title).chain(&self.synonyms).map(String::as_str)
    }
}

/// Where a knelpunt stood from some day on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StatusAt {
    /// Where it stood.
    pub status: Status,
    /// From when.
    pub date: Option<Date>,
    /// What says so.
    pub source: Option<String>,
}

/// Something in the file that is not understood; what it is about is passed over and left alone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Line of the file, from 1.
    pub line: usize,
    /// What is wrong, in English.
    pub reason: String,
}

/// Why the register could not be read or changed.
#[derive(Debug, Error)]
pub enum RegisterError {
    /// The file isn't TOML; it is never touched.
    #[error("{FILE} line {line}: {reason}")]
    Broken {
        /// Line, from 1.
        line: usize,
        /// What is wrong.
        reason: String,
    },
    /// This knelpunt isn't what was read; nothing was changed.
    #[error("knelpunt {0:?} was changed elsewhere")]
    ChangedElsewhere(String),
    /// There is none of this id.
    #[error("there is no knelpunt {0:?}")]
    Unknown(String),
    /// What it should become cannot be.
    #[error("{0}")]
    Impossible(String),
    /// The disk refused.
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// What a typed word stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named<'a> {
    /// This one.
    One(&'a Made),
    /// One of these, in the order of the file.
    Several(Vec<&'a Made>),
    /// None.
    Nothing,
}

/// The register as it was read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Register {
    made: Vec<Made>,
    problems: Vec<Problem>,
}

impl Register {
    /// Reads the register; without a file it is empty.
    ///
    /// # Errors
    /// When the file cannot be read or isn't TOML. An entry that isn't understood is a [`Problem`].
    pub fn load(store: &Store) -> Result<Self, RegisterError> {
        match store.text(Path::new(FILE))? {
            Some(text) => Register::parse(&text),
            None => Ok(Register::default()),
        }
    }

    /// Reads the text of a register.
    ///
    /// # Errors
    /// When it isn't TOML.
    pub fn parse(text: &str) -> Result<Self, RegisterError> {
        let (made, problems) = file::parse(text)?;
        let mut register = Register { made, problems };
        let lost: Vec<_> = register
            .made
            .iter()
            .filter_map(|m| register.wrong_parent(m).map(|reason| Problem { line: 1, reason }))
            .collect();
        register.problems.extend(lost);
        Ok(register)
    }

    /// All made knelpunten, in the order of the file.
    #[must_use]
    pub fn made(&self) -> &[Made] {
        &self.made
    }

    /// What is not understood in the file.
    #[must_use]
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The one of this id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Made> {
        self.made.iter().find(|m| m.id == id)
    }

    /// The one that an id in a note means; see [`meant`].
    #[must_use]
    pub fn meant(&self, id: &str) -> Option<&Made> {
        meant(&self.made, id)
    }

    /// What a typed word stands for: an id, a title or a synonym; else what begins so; else what has words beginning with
    /// all the words typed; else what has its letters in that order. The first of these that anything answers decides.
    #[must_use]
    pub fn named(&self, typed: &str) -> Named<'_> {
        named(&self.made, typed)
    }

    /// Why the parent of this one cannot be; `None` when it can.
    fn wrong_parent(&self, made: &Made) -> Option<String> {
        let mut at = made.parent.as_deref()?;
        // A way up that is longer than there are knelpunten goes in a circle.
        for _ in 0..=self.made.len() {
            if at == made.id {
                return Some(format!("knelpunt {:?} would be part of itself", made.id));
            }
            match self.get(at) {
                Some(parent) => match &parent.parent {
                    Some(next) => at = next,
                    None => return None,
                },
                None if made.parent.as_deref() == Some(at) => {
                    return Some(format!("knelpunt {:?} is part of {at:?}, which is not there", made.id));
                }
                None => return None,
            }
        }
        None
    }
}

/// The one that an id in a note means: of that id, else the one that the one of that id was merged into.
#[must_use]
pub fn meant<'a>(made: &'a [Made], id: &str) -> Option<&'a Made> {
    made.iter().find(|m| m.id == id).or_else(|| made.iter().find(|m| m.answers_to(id)))
}

/// What a typed word stands for; see [`Register::named`].
#[must_use]
pub fn named<'a>(made: &'a [Made], typed: &str) -> Named<'a> {
    let typed = fold(typed);
    if typed.is_empty() {
        return Named::Nothing;
    }
    let ways: [&dyn Fn(&str) -> bool; 4] = [
        &|name| name == typed,
        &|name| name.starts_with(&typed),
        &|name| typed.split(' ').all(|t| name.split([' ', '-']).any(|word| word.starts_with(t))),
        &|name| {
            let mut letters = name.chars();
            typed.chars().filter(|c| *c != ' ').all(|c| letters.any(|l| l == c))
        },
    ];
    for way in ways {
        let names = |m: &Made| [&m.id, &m.title].into_iter().chain(&m.synonyms).map(|n| fold(n)).collect::<Vec<_>>();
        let found: Vec<_> = made.iter().filter(|m| names(m).iter().any(|n| way(n))).collect();
        match found.as_slice() {
            [] => {}
            [one] => return Named::One(one),
            _ => return Named::Several(found),
        }
    }
    Named::Nothing
}

/// A name as names are compared: in small letters, its blanks single.
fn fold(text: &str) -> String {
    text.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests;
