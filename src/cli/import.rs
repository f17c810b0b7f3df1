//! `kantlijn import`: notes and knelpunten from a file of another program, or of our own.

use super::Done;
use super::args::ImportArgs;
use super::json::V;
use super::note;
use super::out::say;
use super::session::Session;
use crate::notes::Note;
use crate::notes::anchor::State;
use crate::notes::export;
use crate::runtime::clock::Clock;
use crate::runtime::intake::{self, Refused, Taken};
use anyhow::{Context, bail};
use serde::Serialize;
use std::collections::BTreeMap;

/// A note that did not come in.
#[derive(Serialize)]
struct Failed<'a> {
    v: u32,
    r#type: &'static str,
    line: usize,
    file: &'a str,
    reason: String,
    hint: &'static str,
}

/// Most bytes of a file that is read.
const LARGEST: u64 = 1 << 30;

pub fn run(session: &mut Session, args: &ImportArgs) -> anyhow::Result<Done> {
    let store = session.store()?;
    let file = args.file.display().to_string();
    let size = std::fs::metadata(&args.file).map(|m| m.len()).unwrap_or(0);
    if size > LARGEST {
        bail!(session.words.f("import.too-large", &[("file", &file)]));
    }
    let bytes = session.read_bytes(&args.file)?;
    let incoming = export::read(&bytes).with_context(|| file.clone())?;
    let opened = session.open(&args.paths)?;
    let taken = intake::take(&opened.librarian, &opened.library, &store, &Clock::System, &incoming)?;
    for said in &incoming.said {
        say(&format!("{file}: {said}"));
    }
    let notes: Vec<&Note> = taken.new.iter().collect();
    let located = opened.librarian.locate(&opened.library, &notes, None);
    let mut states: BTreeMap<&str, u64> = BTreeMap::new();
    for (note, at) in notes.iter().zip(located.iter().filter(|l| l.home)) {
        *states.entry(note::state_key(at.state)).or_default() += u64::from(at.state != State::Exact);
        if session.out.json {
            note::write(session, note, at, note::path_of(&opened.library, at).as_deref())?;
        }
    }
    refused(session, &file, &taken)?;
    if !session.out.json {
        tell(session, &taken, &states)?;
    }
    let nothing = taken.new.is_empty() && taken.made.is_empty() && taken.same == 0 && taken.known == 0;
    Ok(if nothing { Done::Nothing } else { Done::Found })
}

/// Notes that did not come in, each with its reason.
fn refused(session: &mut Session, file: &str, taken: &Taken) -> anyhow::Result<()> {
    let (out, words) = (&mut session.out, &session.words);
    for (number, refused) in &taken.refused {
        let reason = match refused {
            Refused::NoReport => words.t("import.no-report").to_owned(),
            Refused::Several(n) => words.f("import.several", &[("n", n)]),
        };
        if out.json {
            out.object(&Failed { v: V, r#type: "error", line: *number, file, reason, hint: "" })?;
        } else {
            say(&words.f("import.refused", &[("n", number), ("reason", &reason)]));
        }
    }
    let differing = taken.differing.iter().map(|id| ("import.differs", id));
    let trashed = taken.trashed.iter().map(|id| ("import.trashed", id));
    for (key, id) in differing.chain(trashed) {
        let reason = words.f(key, &[("id", &id.as_str())]);
        if out.json {
            out.object(&Failed { v: V, r#type: "error", line: 0, file, reason, hint: "" })?;
        } else {
            say(&reason);
        }
    }
    Ok(())
}

/// What came in, in a few lines.
fn tell(session: &mut Session, taken: &Taken, states: &BTreeMap<&str, u64>) -> anyhow::Result<()> {
    let (out, words) = (&mut session.out, &session.words);
    let counted = [
        ("import.new", taken.new.len()),
        ("import.made", taken.made.len()),
        ("import.same", taken.same),
        ("import.known", taken.known),
    ];
    for (key, n) in counted.into_iter().filter(|(_, n)| *n > 0) {
        out.line(&words.n(key, n as u64))?;
    }
    for (key, n) in states.iter().filter(|(_, n)| **n > 0) {
        out.line(&format!("  {n} × {}", words.t(key)))?;
    }
    Ok(())
}
