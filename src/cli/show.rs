//! `kantlijn show`: the text as the reader lays it out, plain; in a pager on a terminal.

use super::Done;
use super::args::ShowArgs;
use super::session::Session;
use crate::doc::{Document, SectionId};
use crate::layout::{Flow, Line, Measure, Piece};
use anyhow::bail;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::Arc;

pub fn run(session: &mut Session, args: &ShowArgs) -> anyhow::Result<Done> {
    let (opened, entry) = session.open_one(&args.path)?;
    let doc = opened.librarian.document(&entry).map_err(|f| anyhow::anyhow!("{}: {}", entry.file, f.reason))?;
    let (first, last) = match &args.section {
        None => (0, doc.blocks().len()),
        Some(wanted) => {
            let Some(section) = find_section(&doc, wanted) else {
                bail!(session.words.f("cli.no-section", &[("section", wanted), ("file", &entry.file)]));
            };
            let blocks = doc.blocks_in(doc.outline().section(section).range);
            (blocks.start, blocks.end)
        }
    };
    let width = args.width.unwrap_or_else(|| match session.out.terminal {
        // the pager may show a column less than the terminal has
        true => crate::runtime::size::columns()
            .map_or(session.config.measure, |w| w.saturating_sub(1).min(session.config.measure)),
        false => session.config.measure,
    });
    let flow = Flow::on_paper(Arc::clone(&doc), Measure::new(width));
    let text = render(&flow, first, last);
    match (session.out.terminal && !args.plain).then(pager).flatten() {
        Some(mut pager) => {
            if let Some(mut stdin) = pager.stdin.take() {
                // a pager that is left early closes its end: that is no error
                let _ = stdin.write_all(text.as_bytes());
            }
            pager.wait()?;
        }
        None => session.out.raw(text.as_bytes())?,
    }
    Ok(Done::Found)
}

/// The section of this number or title; else the first that begins with it. Case doesn't matter.
pub fn find_section(doc: &Document, wanted: &str) -> Option<SectionId> {
    let wanted = wanted.trim().to_lowercase();
    let mut names = doc.outline().iter().map(|(id, s)| {
        let number = s.number.as_deref().unwrap_or("").to_lowercase();
        (id, number, s.title.to_lowercase(), s.label().to_lowercase())
    });
    let all: Vec<_> = names.by_ref().collect();
    let exact = all.iter().find(|(_, number, title, label)| [number, title, label].contains(&&wanted));
    let begins =
        || all.iter().find(|(_, number, title, label)| [number, title, label].iter().any(|n| n.starts_with(&wanted)));
    if wanted.is_empty() {
        return None;
    }
    exact.or_else(begins).map(|(id, ..)| *id)
}

/// The rows of these blocks as plain text.
fn render(flow: &Flow, first: usize, last: usize) -> String {
    let mut out = String::new();
    for block in first..last {
        for unit in 0..flow.units(block as u32) {
            for line in flow.rows(block as u32, unit).iter() {
                if !(out.is_empty() && line.pieces.is_empty()) {
                    push_line(flow.doc(), line, &mut out);
                }
            }
        }
    }
    out
}

fn push_line(doc: &Document, line: &Line, out: &mut String) {
    let start = out.len();
    let mut at = 0;
    for piece in &line.pieces {
        let (text, x, width) = match piece {
            Piece::Text { range, x, width } => (doc.slice(*range), *x, usize::from(*width)),
            Piece::Decor { text, x, .. } => (text.as_ref(), *x, crate::layout::width(text)),
        };
        let x = usize::from(x);
        out.extend(std::iter::repeat_n(' ', x.saturating_sub(at)));
        if text == "\t" {
            out.extend(std::iter::repeat_n(' ', width));
        } else {
            out.push_str(text);
        }
        at = x + width;
    }
    out.truncate(start + out[start..].trim_end().len());
    out.push('\n');
}

/// `$PAGER`, else `less`; `None` when neither can be started.
fn pager() -> Option<std::process::Child> {
    let own = std::env::var("PAGER").ok().filter(|p| !p.trim().is_empty());
    let command = own.unwrap_or_else(|| "less".to_owned());
    let mut words = command.split_whitespace();
    Command::new(words.next()?).args(words).stdin(Stdio::piped()).spawn().ok()
}
