//! `kantlijn [PATH…]`: the screens; without a terminal, what the library holds as text.

use super::Done;
use super::json::{self, V};
use super::out::{Tone, say};
use super::session::Session;
use serde::Serialize;
use std::path::PathBuf;

#[derive(Serialize)]
struct ReportLine<'a> {
    v: u32,
    r#type: &'static str,
    file: &'a str,
    path: Option<String>,
    part: u32,
    title: &'a str,
    org: Option<&'a str>,
    year: Option<i32>,
    kind: crate::doc::PartKind,
    lang: crate::doc::Lang,
    sections: u32,
}

pub fn run(session: &mut Session, paths: &[PathBuf]) -> anyhow::Result<Done> {
    let opened = session.open(paths)?;
    if opened.demo {
        say(session.words.t("cli.demo"));
    }
    let out = &mut session.out;
    for (entry, summary) in opened.library.ready() {
        for (part, number) in summary.parts.iter().zip(1..) {
            let title = if part.title.is_empty() { &entry.file } else { &part.title };
            let line = ReportLine {
                v: V,
                r#type: "report",
                file: &entry.file,
                path: json::path(entry),
                part: number,
                title,
                org: part.org.as_deref(),
                year: part.year,
                kind: part.kind,
                lang: part.lang,
                sections: part.sections,
            };
            if out.json {
                out.object(&line)?;
                continue;
            }
            let year = part.year.map(|y| y.to_string());
            let about: Vec<&str> = [part.org.as_deref(), year.as_deref()].into_iter().flatten().collect();
            let mut text = out.paint(Tone::Strong, title);
            if !about.is_empty() {
                text.push_str(&format!(" · {}", super::out::clean(&about.join(" · "))));
            }
            let sections = session.words.n("count.sections", part.sections.into());
            text.push_str(&out.paint(Tone::Faint, &format!("  {} · {sections}", entry.file)));
            out.line(&text)?;
        }
    }
    Ok(Done::Found)
}
