//! `kantlijn knelpunt`: the reader's own knelpunten without the screens. Each command is one step of undo.

use super::Done;
use super::knelpunten::write_made;
use super::notebook::Notebook;
use super::out::{clean, say};
use super::session::Session;
use crate::knelpunt::register::{Made, Named, Register, StatusAt, named};
use crate::notes::history::History;
use crate::notes::store::Store;
use crate::notes::{Color, Status};
use crate::runtime::clock::Clock;
use anyhow::{Context, bail};
use clap::{Args, Subcommand};
use jiff::civil::Date;
use jiff::tz::TimeZone;

/// `knelpunt`. A knelpunt is named by its id, its title, a synonym, or the beginning of one.
#[derive(Debug, Subcommand)]
pub enum KnelpuntCommand {
    /// Make a knelpunt; prints it.
    Add {
        /// Its title.
        title: String,
        /// What it says.
        #[command(flatten)]
        says: Box<Says>,
    },
    /// Change what a knelpunt says; prints it.
    Edit {
        /// Which one.
        id: String,
        /// Another title; the id stays.
        #[arg(long, value_name = "TEXT")]
        title: Option<String>,
        /// What it says.
        #[command(flatten)]
        says: Box<Says>,
        /// No longer a synonym.
        #[arg(long = "no-synonym", value_name = "NAME")]
        no_synonyms: Vec<String>,
        /// A found knelpunt that it no longer brings together, by id.
        #[arg(long = "exclude", value_name = "ID")]
        excludes: Vec<String>,
    },
    /// Merge knelpunten into one, with their notes, synonyms, found ones, what is part of them, and statuses; prints it.
    Merge {
        /// Those that go.
        #[arg(required = true)]
        ids: Vec<String>,
        /// The one that stays.
        #[arg(long, value_name = "ID")]
        into: String,
    },
    /// Take knelpunten out of the register. Their notes stay; what is part of them moves up.
    Rm {
        /// Which ones.
        #[arg(required = true)]
        ids: Vec<String>,
    },
}

/// What a knelpunt says.
#[derive(Debug, Default, Args)]
pub struct Says {
    /// What it is about.
    #[arg(long, value_name = "TEXT")]
    description: Option<String>,
    /// Another name for it.
    #[arg(long = "synonym", value_name = "NAME")]
    synonyms: Vec<String>,
    /// yellow, green, blue, red, purple, orange or none.
    #[arg(long, value_name = "COLOUR")]
    colour: Option<String>,
    /// The one it is part of; "" is none.
    #[arg(long, value_name = "ID")]
    parent: Option<String>,
    /// A query that finds passages for it; "" is none.
    #[arg(long, value_name = "QUERY")]
    query: Option<String>,
    /// A found knelpunt that it brings together, by id (see `knelpunten`).
    #[arg(long = "include", value_name = "ID")]
    includes: Vec<String>,
    /// Where it stands: open, promised or resolved.
    #[arg(long, value_name = "STATUS")]
    status: Option<String>,
    /// From when it stands so; without, today.
    #[arg(long, value_name = "YYYY-MM-DD", requires = "status")]
    date: Option<Date>,
    /// What says so.
    #[arg(long, value_name = "TEXT", requires = "status")]
    source: Option<String>,
}

pub fn run(session: &mut Session, command: KnelpuntCommand) -> anyhow::Result<Done> {
    let store = Store::open(session.dirs.data()?);
    let mut history = History::open(&store);
    let mut register = Register::default();
    let load = |store: &Store| Register::load(store).map_err(anyhow::Error::from);
    let about = match command {
        KnelpuntCommand::Add { title, says } => history.act(&store, "make-knelpunt", |store| {
            register = load(store)?;
            let mut made = Made { title, ..Made::default() };
            says.fill(session, &register, &mut made)?;
            anyhow::Ok(Some(register.add(store, made)?.0))
        })?,
        KnelpuntCommand::Edit { id, title, says, no_synonyms, excludes } => {
            history.act(&store, "change-knelpunt", |store| {
                register = load(store)?;
                let read = one(session, &register, &id)?.clone();
                let mut wanted = read.clone();
                wanted.synonyms.retain(|s| !no_synonyms.contains(s));
                wanted.includes.retain(|i| !excludes.contains(i));
                wanted.title = title.unwrap_or(wanted.title);
                says.fill(session, &register, &mut wanted)?;
                register.revise(store, &read, &wanted)?;
                anyhow::Ok(Some(read.id))
            })?
        }
        KnelpuntCommand::Merge { ids, into } => {
            let (into, notes) = history.act(&store, "merge-knelpunten", |store| {
                register = load(store)?;
                let into = one(session, &register, &into)?.id.clone();
                let others = all(session, &register, &ids)?;
                let notes = register.merge(store, &others, &into, Clock::System.timestamp())?.len();
                anyhow::Ok((into, notes))
            })?;
            say(&session.words.n("register.notes", notes as u64));
            Some(into)
        }
        KnelpuntCommand::Rm { ids } => {
            let gone = history.act(&store, "remove-knelpunt", |store| {
                register = load(store)?;
                let mut gone = Vec::new();
                for id in all(session, &register, &ids)? {
                    let title = register.get(&id).map(|m| m.title.clone()).unwrap_or_default();
                    let notes = register.remove(store, &id, Clock::System.timestamp())?.len();
                    gone.push((title, notes));
                }
                anyhow::Ok(gone)
            })?;
            for (title, notes) in gone {
                session.out.line(&session.words.f("register.removed", &[("title", &clean(&title))]))?;
                if notes > 0 {
                    say(&session.words.n("form.loses-notes", notes as u64));
                }
            }
            None
        }
    };
    if let Some(made) = about.and_then(|id| register.get(&id).cloned()) {
        let notebook = Notebook::open(session);
        write_made(session, &made, notebook.count(&made.id))?;
    }
    Ok(Done::Found)
}

impl Says {
    /// Has a knelpunt say this; what was not named stays.
    fn fill(self, session: &Session, register: &Register, made: &mut Made) -> anyhow::Result<()> {
        made.description = self.description.unwrap_or_else(|| std::mem::take(&mut made.description));
        let more = |list: &mut Vec<String>, new: Vec<String>| {
            for item in new.into_iter().filter(|i| !i.trim().is_empty()) {
                if !list.contains(&item) {
                    list.push(item);
                }
            }
        };
        more(&mut made.synonyms, self.synonyms);
        more(&mut made.includes, self.includes);
        match self.colour.as_deref() {
            None => {}
            Some("" | "none" | "geen") => made.colour = None,
            Some(word) => made.colour = Some(word.parse::<Color>()?),
        }
        match self.parent.as_deref() {
            None => {}
            Some("") => made.parent = None,
            Some(typed) => made.parent = Some(one(session, register, typed)?.id.clone()),
        }
        if let Some(query) = self.query {
            made.query = Some(query).filter(|q| !q.trim().is_empty());
        }
        if let Some(status) = self.status {
            let today = || Clock::System.timestamp().to_zoned(TimeZone::UTC).date();
            let status = status.parse::<Status>()?;
            made.stand(StatusAt { status, date: Some(self.date.unwrap_or_else(today)), source: self.source });
        }
        Ok(())
    }
}

/// The made knelpunt that a typed word means.
fn one<'a>(session: &Session, register: &'a Register, typed: &str) -> anyhow::Result<&'a Made> {
    // an id is meant before a name that begins so
    if let Some(made) = register.meant(typed) {
        return Ok(made);
    }
    match named(register.made(), typed) {
        Named::One(made) => Ok(made),
        Named::Several(all) => {
            let names: Vec<&str> = all.iter().take(5).map(|m| m.id.as_str()).collect();
            bail!(session.words.f("form.parents", &[("names", &names.join(", "))]))
        }
        Named::Nothing => Err(anyhow::anyhow!(session.words.f("form.no-parent", &[("typed", &typed)]))),
    }
}

fn all(session: &Session, register: &Register, typed: &[String]) -> anyhow::Result<Vec<String>> {
    let mut ids: Vec<String> = Vec::new();
    for typed in typed {
        let id = one(session, register, typed).with_context(|| typed.clone())?.id.clone();
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    Ok(ids)
}
