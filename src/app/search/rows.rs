//! The rows of the search view: hits by report and by section, each with as much of its snippet as fits.

use super::super::views::report_line;
use super::{App, Hit, HitKind};
use crate::doc::TextRange;
use crate::layout::{sanitise, width, wrap_text};
use crate::library::DocId;

/// Cells left of a hit: the cursor's column and the mark's.
pub const INDENT: u16 = 3;
/// Rows of a snippet at most.
const SNIPPET_ROWS: usize = 2;

/// One row of the list.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// A blank line.
    Gap,
    /// A report with hits in it.
    Report {
        /// Who, what, when.
        title: String,
        /// How many of the hits shown are in it.
        count: usize,
    },
    /// A section with hits in it.
    Section(String),
    /// A hit.
    Hit(HitRow),
    /// A query of before.
    Past(String),
}

/// A hit as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct HitRow {
    /// Its number in the answer.
    pub index: usize,
    /// The rows of its snippet, as ranges of it.
    pub lines: Vec<TextRange>,
    /// Why it answers, and where it stands.
    pub meta: String,
    /// That takes a row of its own.
    pub meta_below: bool,
}

impl Row {
    fn height(&self) -> usize {
        match self {
            Row::Hit(h) => h.lines.len() + usize::from(h.meta_below),
            _ => 1,
        }
    }

    fn stops(&self) -> bool {
        matches!(self, Row::Hit(_) | Row::Past(_))
    }
}

/// Hits of one report, by section, in the order in which the best of each comes.
struct Group<'a> {
    report: (Option<DocId>, u32, &'a str),
    sections: Vec<(&'a [String], Vec<usize>)>,
}

fn groups(hits: &[Hit]) -> Vec<Group<'_>> {
    let mut out: Vec<Group<'_>> = Vec::new();
    for (index, hit) in hits.iter().enumerate() {
        let report = (hit.doc, hit.part, hit.report.as_str());
        let at = out.iter().position(|g| g.report == report).unwrap_or_else(|| {
            out.push(Group { report, sections: Vec::new() });
            out.len() - 1
        });
        let sections = &mut out[at].sections;
        match sections.iter_mut().find(|(s, _)| *s == hit.section.as_slice()) {
            Some((_, indexes)) => indexes.push(index),
            None => sections.push((&hit.section, vec![index])),
        }
    }
    out
}

/// The path of a section in so many cells: the inner ones win.
fn path(section: &[String], cells: usize) -> String {
    let text = section.join(" › ");
    let mut out = sanitise(&text).into_owned();
    let mut from = 0;
    while width(&out) > cells && from + 1 < section.len() {
        from += 1;
        out = format!("… › {}", sanitise(&section[from..].join(" › ")));
    }
    out
}

/// The rows of a snippet, as ranges of it: the last of them leaves so many cells at its end.
fn snippet_rows(snippet: &str, cells: usize, left: usize) -> Vec<TextRange> {
    let start = snippet.as_ptr() as usize;
    let range = |row: &str| {
        let from = row.as_ptr() as usize - start;
        TextRange::new(from as u32, (from + row.len()) as u32)
    };
    let mut rows: Vec<TextRange> = Vec::with_capacity(SNIPPET_ROWS);
    let mut rest = snippet;
    while rows.len() + 1 < SNIPPET_ROWS {
        let Some(row) = wrap_text(rest, cells).first().map(|r| range(r)) else { break };
        rows.push(row);
        rest = snippet[row.end as usize..].trim_start();
    }
    rows.extend(wrap_text(rest, cells.saturating_sub(left)).first().map(|r| range(r)));
    rows
}

impl App {
    /// Builds the rows anew when the answer, the width or the language is another one.
    pub(in crate::app) fn arrange_search(&mut self, cells: u16) {
        let wanted = Some((self.search.answered, cells, self.words.lang()));
        if self.search.built == wanted && self.search.results.is_some() {
            return;
        }
        self.search.built = wanted;
        let rows = match &self.search.results {
            Some(results) => self.hit_rows(&results.hits, usize::from(cells)),
            None if self.search.problem.is_none() && self.search.input.is_empty() => {
                self.search.past.iter().cloned().map(Row::Past).collect()
            }
            None => Vec::new(),
        };
        self.search.list.set(rows.iter().map(|r| (r.height(), r.stops())));
        self.search.rows = rows;
    }

    fn hit_rows(&self, hits: &[Hit], cells: usize) -> Vec<Row> {
        let mut rows = Vec::new();
        for group in groups(hits) {
            let count = group.sections.iter().map(|(_, i)| i.len()).sum();
            let Some(first) = group.sections.first().and_then(|(_, i)| hits.get(*i.first()?)) else { continue };
            if !rows.is_empty() {
                rows.push(Row::Gap);
            }
            rows.push(Row::Report { title: self.report_of(first), count });
            for (section, indexes) in group.sections {
                if !section.is_empty() {
                    rows.push(Row::Section(path(section, cells.saturating_sub(3))));
                }
                rows.extend(indexes.into_iter().map(|i| Row::Hit(self.hit_row(i, &hits[i], cells))));
            }
        }
        rows
    }

    fn report_of(&self, hit: &Hit) -> String {
        let file = || hit.doc.and_then(|d| self.shelf.entry(d)).map(|e| e.file.clone());
        let title = match hit.report.is_empty() {
            true => file().unwrap_or_else(|| self.words.t("search.no-report-note").to_owned()),
            false => hit.report.clone(),
        };
        report_line(&title, hit.org.as_deref(), hit.year)
    }

    fn hit_row(&self, index: usize, hit: &Hit, cells: usize) -> HitRow {
        let room = cells.saturating_sub(usize::from(INDENT) + 1).max(8);
        let mut meta: Vec<String> = Vec::new();
        if hit.kind == HitKind::Note {
            meta.push(format!("✎ {}", self.words.t("search.note")));
        }
        if !hit.knelpunten.is_empty() {
            meta.push("◆".to_owned());
        }
        // the strongest reason is enough to see why it is here
        meta.extend(hit.why.first().map(|w| self.words.t(&format!("why.{}", w.name())).to_owned()));
        if let Some(page) = &hit.page {
            let label = page.label.clone().unwrap_or_else(|| page.index.to_string());
            meta.push(self.words.f("search.page", &[("page", &sanitise(&label))]));
        }
        let meta = meta.join(" · ");
        // in a narrow column the words go below, or nothing of the snippet's last row would be left
        let left = if meta.is_empty() { 0 } else { width(&meta) + 2 };
        let meta_below = left > room / 2;
        let mut lines = snippet_rows(&hit.snippet, room, if meta_below { 1 } else { left + 1 });
        if lines.is_empty() {
            lines.push(TextRange::at(0));
        }
        HitRow { index, lines, meta, meta_below }
    }
}
