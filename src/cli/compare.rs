//! `kantlijn compare`: what differs between two reports, section by section and word by word.

use super::Done;
use super::args::CompareArgs;
use super::editions::named;
use super::json::{self, V};
use super::out::{Out, Tone, clean};
use super::session::{Opened, Session};
use crate::app::compare::total;
use crate::compare::align::{Comparison, Fate, Pair, align};
use crate::doc::{Block, BlockId, BlockKind, Document, Part, PartId, SectionId};
use crate::library::Entry;
use crate::library::editions::ReportId;
use crate::notes::diff::{self, Kind, Op};
use crate::words::Words;
use anyhow::{Context, bail};
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// One of the two reports.
struct Side {
    entry: Entry,
    doc: Arc<Document>,
    part: PartId,
}

#[derive(Serialize)]
struct Line<'a> {
    v: u32,
    r#type: &'static str,
    fate: &'static str,
    section_old: Option<Vec<String>>,
    section_new: Option<Vec<String>>,
    old: Option<&'a str>,
    new: Option<&'a str>,
    line_old: Option<u32>,
    line_new: Option<u32>,
    words: Vec<Word<'a>>,
}

#[derive(Serialize)]
struct Word<'a> {
    op: &'static str,
    kind: &'static str,
    text: &'a str,
}

#[derive(Serialize)]
struct End<'a> {
    v: u32,
    r#type: &'static str,
    old: Named<'a>,
    new: Named<'a>,
    changed: usize,
    added: usize,
    removed: usize,
    moved: usize,
    same: usize,
}

#[derive(Serialize)]
struct Named<'a> {
    report: &'a str,
    org: Option<&'a str>,
    year: Option<i32>,
    file: &'a str,
    path: Option<String>,
    part: u32,
}

pub fn run(session: &mut Session, args: &CompareArgs) -> anyhow::Result<Done> {
    let files = [file_of(&args.old), file_of(&args.new)];
    if let Some(folder) = files.iter().find(|f| f.is_dir()) {
        bail!(session.words.f("cli.is-folder", &[("path", &folder.display())]));
    }
    let opened = session.open(&files)?;
    let (old, new) = (side(session, &opened, &args.old)?, side(session, &opened, &args.new)?);
    let found = align(&old.doc, old.part().range, &new.doc, new.part().range);
    match session.out.json {
        true => objects(&mut session.out, &old, &new, &found, args.all)?,
        false => {
            let mut text =
                Text { out: &mut session.out, words: &session.words, old: &old, new: &new, at: None, same: 0 };
            text.all(&found, args.all)?;
        }
    }
    Ok(if found.counts.differing() > 0 { Done::Found } else { Done::Nothing })
}

/// The file of `FILE` or `FILE#N`; a file of that very name comes first.
fn file_of(name: &str) -> PathBuf {
    let numbered = || name.rsplit_once('#').filter(|(_, n)| n.parse::<u32>().is_ok()).map(|(file, _)| file);
    let file = if Path::new(name).exists() { None } else { numbered() };
    PathBuf::from(file.unwrap_or(name))
}

fn side(session: &Session, opened: &Opened, name: &str) -> anyhow::Result<Side> {
    let ReportId { doc, part } = named(session, opened, name)?;
    let entry = opened.library.entry(doc).context("entry")?.clone();
    let doc = opened.librarian.document(&entry).map_err(|f| anyhow::anyhow!("{}: {}", entry.file, f.reason))?;
    Ok(Side { entry, doc, part })
}

impl Side {
    fn part(&self) -> &Part {
        self.doc.outline().part(self.part)
    }

    fn title(&self) -> &str {
        let title = &self.part().title;
        if title.is_empty() { &self.entry.file } else { title }
    }

    fn block(&self, id: BlockId) -> &Block {
        self.doc.block(id)
    }

    fn is_heading(&self, id: BlockId) -> bool {
        matches!(self.block(id).kind, BlockKind::Heading { .. })
    }

    fn text(&self, id: BlockId) -> &str {
        self.doc.slice(self.block(id).range)
    }

    fn line(&self, id: BlockId) -> Option<u32> {
        self.doc.source().lines(self.block(id).range).map(|l| l.from)
    }

    fn path(&self, section: SectionId) -> Vec<String> {
        self.doc.outline().path_labels(section)
    }

    fn named(&self) -> Named<'_> {
        let part = self.part();
        Named {
            report: self.title(),
            org: part.org.as_deref(),
            year: part.year,
            file: &self.entry.file,
            path: json::path(&self.entry),
            part: self.part.0 + 1,
        }
    }
}

/// For programs: each difference once, what has moved where it stands now.
fn objects(out: &mut Out, old: &Side, new: &Side, found: &Comparison, all: bool) -> anyhow::Result<()> {
    for pair in &found.pairs {
        let fate = match pair.fate {
            Fate::Same if !all => continue,
            // told where it came to
            Fate::MovedAway => continue,
            Fate::Same => "same",
            Fate::Changed => "changed",
            Fate::Removed => "removed",
            Fate::Added => "added",
            Fate::MovedHere => "moved",
        };
        let before = if pair.fate == Fate::MovedHere { pair.other } else { pair.old };
        let (text_old, text_new) = (before.map(|b| old.text(b)), pair.new.map(|b| new.text(b)));
        let pieces = match (text_old, text_new) {
            (Some(old), Some(new)) if old != new => diff::words(old, new),
            _ => Vec::new(),
        };
        out.object(&Line {
            v: V,
            r#type: "difference",
            fate,
            section_old: before.map(|b| old.path(old.block(b).section)),
            section_new: pair.new.map(|b| new.path(new.block(b).section)),
            old: text_old,
            new: text_new,
            line_old: before.and_then(|b| old.line(b)),
            line_new: pair.new.and_then(|b| new.line(b)),
            words: pieces.iter().map(word).collect(),
        })?;
    }
    let counts = found.counts;
    out.object(&End {
        v: V,
        r#type: "end",
        old: old.named(),
        new: new.named(),
        changed: counts.changed,
        added: counts.added,
        removed: counts.removed,
        moved: counts.moved,
        same: counts.same,
    })?;
    Ok(())
}

fn word(piece: &diff::Piece) -> Word<'_> {
    let op = match piece.op {
        Op::Same => "same",
        Op::Gone => "gone",
        Op::New => "new",
    };
    let kind = match piece.kind {
        Kind::Word => "word",
        Kind::Name => "name",
        Kind::Figure => "figure",
        Kind::Negation => "negation",
    };
    Word { op, kind, text: &piece.text }
}

/// For people: one text, with what is gone and what is new in it.
struct Text<'a> {
    out: &'a mut Out,
    words: &'a Words,
    old: &'a Side,
    new: &'a Side,
    /// The sections last named.
    at: Option<Vec<String>>,
    /// Blocks left out since the last one shown.
    same: u64,
}

impl Text<'_> {
    fn all(&mut self, found: &Comparison, all: bool) -> anyhow::Result<()> {
        for (sign, side) in [("−", self.old), ("+", self.new)] {
            let title = self.out.paint(Tone::Strong, side.title());
            let file = self.out.paint(Tone::Faint, &side.entry.file);
            self.out.line(&format!("{sign} {title}  {file}"))?;
        }
        let said = total(self.words, &found.counts);
        self.out.line(&said)?;
        if found.counts.differing() == 0 && !all {
            return Ok(());
        }
        for pair in &found.pairs {
            match pair.fate {
                // a heading that is the same is named where something differs below it
                Fate::Same if !all => self.same += u64::from(!pair.new.is_some_and(|b| self.new.is_heading(b))),
                _ => self.pair(pair)?,
            }
        }
        self.left_out()
    }

    /// Says how many blocks were left out here.
    fn left_out(&mut self) -> anyhow::Result<()> {
        if self.same > 0 {
            let said = format!("… {}", self.words.n("compare.folded", self.same));
            self.same = 0;
            let said = self.out.paint(Tone::Faint, &said);
            self.out.line(&said)?;
        }
        Ok(())
    }

    fn pair(&mut self, pair: &Pair) -> anyhow::Result<()> {
        self.left_out()?;
        let (side, block) = match (pair.new, pair.old) {
            (Some(block), _) => (self.new, block),
            (None, Some(block)) => (self.old, block),
            (None, None) => return Ok(()),
        };
        let path = side.path(side.block(block).section);
        let other = self.at.as_ref() != Some(&path);
        let named = other && !path.is_empty();
        if other {
            let label = self.out.paint(Tone::Strong, &path.join(" › "));
            self.out.line("")?;
            if !label.is_empty() {
                self.out.line(&label)?;
            }
            self.at = Some(path);
        }
        let place = |side: &Side, key: &str| {
            let path = pair.other.map(|b| side.path(side.block(b).section).join(" › ")).unwrap_or_default();
            self.words.f(key, &[("place", &path)])
        };
        let out = &self.out;
        let plain = side.text(block);
        let line = match pair.fate {
            // the line above says it
            Fate::Same if named && side.is_heading(block) => return Ok(()),
            Fate::Same => format!("  {}", clean(plain)),
            Fate::Changed => format!("≠ {}", marked(out, pair.old.map_or("", |b| self.old.text(b)), plain)),
            Fate::Removed => format!("− {}", out.paint(Tone::Gone, plain)),
            Fate::Added => format!("+ {}", out.paint(Tone::New, plain)),
            Fate::MovedAway => {
                let to = place(self.new, "compare.moved-to");
                format!("⇄ {}  {}", clean(plain), out.paint(Tone::Faint, &to))
            }
            Fate::MovedHere => {
                let before = pair.other.map_or(plain, |b| self.old.text(b));
                let from = place(self.old, "compare.moved-from");
                format!("⇄ {}  {}", marked(out, before, plain), out.paint(Tone::Faint, &from))
            }
        };
        self.out.line(&line)?;
        Ok(())
    }
}

/// A text with what is gone and what is new in it, in signs that stay without colour.
fn marked(out: &Out, old: &str, new: &str) -> String {
    let mut text = String::new();
    let pieces = diff::words(old, new);
    for run in pieces.chunk_by(|a, b| a.op == b.op) {
        if run[0].apart && !text.is_empty() {
            text.push(' ');
        }
        let mut inner = String::new();
        for (at, piece) in run.iter().enumerate() {
            if piece.apart && at > 0 {
                inner.push(' ');
            }
            inner.push_str(&piece.text);
        }
        let weighty = run.iter().any(|p| p.kind > Kind::Word);
        text.push_str(&match (run[0].op, weighty) {
            (Op::Same, _) => clean(&inner),
            (Op::Gone, false) => out.paint(Tone::Gone, &format!("[−{inner}−]")),
            (Op::Gone, true) => out.paint(Tone::GoneWeighty, &format!("[−{inner}−]")),
            (Op::New, false) => out.paint(Tone::New, &format!("{{+{inner}+}}")),
            (Op::New, true) => out.paint(Tone::NewWeighty, &format!("{{+{inner}+}}")),
        });
    }
    text
}
