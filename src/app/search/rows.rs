//! The rows of the search view: what is to be said of the query, then hits by report and section or as one list, each
//! with as much of its snippet as fits, why it answers, and where else it stands.

use super::super::views::{Listed, report_line};
use super::saved::SavedRow;
use super::{App, Hit, HitKind, listed};
use crate::doc::TextRange;
use crate::keys::{Action, Context, sequence_text};
use crate::layout::{sanitise, truncate, width, wrap_text};
use crate::library::DocId;
use crate::search::{Also, Why};

/// Cells left of a hit: the cursor's column and the mark's.
pub const INDENT: u16 = 3;
/// Rows of a snippet at most.
const SNIPPET_ROWS: usize = 2;
/// Letters of a word named beside a reason at most.
const NAMED: usize = 24;

/// One row of the list.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// A blank line.
    Gap,
    /// Something in the query that was not understood, or that the index has to say of it.
    Said(String),
    /// What else could have been meant, and the key that takes it.
    Suggest(String),
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
    /// Another place where (nearly) the same stands.
    Also(AlsoRow),
    /// A query of before.
    Past(String),
    /// A saved query.
    Saved(SavedRow),
}

/// A hit as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct HitRow {
    /// Its number in the answer.
    pub index: usize,
    /// Its report and section, where no head above says them.
    pub head: Option<String>,
    /// The rows of its snippet, as ranges of it.
    pub lines: Vec<TextRange>,
    /// Why it answers, and where it stands.
    pub meta: Vec<Meta>,
    /// That takes a row of its own.
    pub meta_below: bool,
    /// Where else it stands, in a line.
    pub also: Option<String>,
}

/// Another place of a hit, as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct AlsoRow {
    /// The number of the hit in the answer.
    pub index: usize,
    /// Its number among the other places.
    pub nth: usize,
    /// Report and page.
    pub text: String,
}

/// A word or two beside a hit.
#[derive(Clone, Debug, PartialEq)]
pub enum Meta {
    /// What it is, where it stands.
    Plain(String),
    /// Why it answers; shown as words that match so are marked.
    Why(Why, String),
}

impl Meta {
    /// Its words.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Meta::Plain(text) | Meta::Why(_, text) => text,
        }
    }
}

/// What stands between two of them.
pub const BETWEEN: &str = " · ";

fn meta_width(meta: &[Meta]) -> usize {
    meta.iter().map(|m| width(m.text())).sum::<usize>() + width(BETWEEN) * meta.len().saturating_sub(1)
}

impl HitRow {
    /// Lines before those of the snippet.
    #[must_use]
    pub fn above(&self) -> usize {
        usize::from(self.head.is_some())
    }
}

impl Row {
    fn height(&self) -> usize {
        match self {
            Row::Hit(h) => h.above() + h.lines.len() + usize::from(h.meta_below) + usize::from(h.also.is_some()),
            _ => 1,
        }
    }

    pub(super) fn stops(&self) -> bool {
        matches!(self, Row::Hit(_) | Row::Past(_) | Row::Saved(_) | Row::Also(_))
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

/// Cells of the sign that something stands before the first row of a snippet.
pub const CUT: u16 = 2;

/// The rows of a snippet, as ranges of it: the last of them leaves so many cells at its end. They begin with the snippet
/// unless the word that answers best stands after them: then a little before that word.
pub(in crate::app) fn snippet_rows(hit: &Hit, cells: usize, left: usize) -> Vec<TextRange> {
    let rows = rows_from(&hit.snippet, 0, cells, left);
    let strongest = hit.marks.iter().zip(&hit.mark_why).find(|(_, why)| Some(*why) == hit.why.first());
    let Some(mark) = strongest.map(|(m, _)| m).or(hit.marks.first()) else { return rows };
    let seen =
        |rows: &[TextRange]| rows.iter().any(|r| r.intersect(*mark).is_some_and(|part| part.start == mark.start));
    let Some(before) = hit.snippet.get(..mark.start as usize).filter(|_| !seen(&rows)) else { return rows };
    // little follows where a snippet ends: the more may stand before
    let all = (2 * cells).saturating_sub(left + usize::from(CUT) + 4);
    let after = width(&hit.snippet[mark.start as usize..]);
    for lead in [all.saturating_sub(after).max(cells / 3), cells / 3] {
        let words = before.char_indices().map(|(at, _)| at).filter(|at| before[..*at].ends_with(char::is_whitespace));
        let near = words.filter(|at| width(&before[*at..]) <= lead).min().unwrap_or(before.len());
        let rows = rows_from(&hit.snippet, near, cells, left);
        if seen(&rows) {
            return rows;
        }
    }
    rows_from(&hit.snippet, before.len(), cells, left)
}

/// The rows of a snippet from a byte on.
fn rows_from(snippet: &str, from: usize, cells: usize, left: usize) -> Vec<TextRange> {
    let start = snippet.as_ptr() as usize;
    let range = |row: &str| {
        let from = row.as_ptr() as usize - start;
        TextRange::new(from as u32, (from + row.len()) as u32)
    };
    let mut rows: Vec<TextRange> = Vec::with_capacity(SNIPPET_ROWS);
    let mut rest = &snippet[from..];
    let mut room = if from > 0 { cells.saturating_sub(usize::from(CUT)).max(1) } else { cells };
    while rows.len() + 1 < SNIPPET_ROWS {
        let Some(row) = wrap_text(rest, room).first().map(|r| range(r)) else { break };
        rows.push(row);
        rest = snippet[row.end as usize..].trim_start();
        room = cells;
    }
    rows.extend(wrap_text(rest, cells.saturating_sub(left)).first().map(|r| range(r)));
    rows
}

impl App {
    /// Builds the rows anew when the answer, the width, the language or what is unfolded is another one.
    pub(in crate::app) fn arrange_search(&mut self, cells: u16) {
        let search = &self.search;
        let wanted = Some((search.answered, cells, self.words.lang(), search.one_list, search.unfolded.len()));
        if search.built == wanted && search.results.is_some() {
            return;
        }
        // of the same answer the cursor stays on its hit, however the rows are cut now
        let same = search.built.is_some_and(|(answered, ..)| answered == search.answered);
        let here = search.listed().filter(|_| same);
        let cells = usize::from(cells);
        let mut rows = self.said_rows(cells);
        match &search.results {
            Some(results) => self.hit_rows(&results.hits, cells, &mut rows),
            None if search.problem.is_none() && search.input.is_empty() => {
                rows.extend(self.start_rows());
            }
            None => {}
        }
        let search = &mut self.search;
        search.built = wanted;
        search.list.set(rows.iter().map(|r| (r.height(), r.stops())));
        search.rows = rows;
        if let Some(row) = (0..search.rows.len()).find(|r| here.is_some() && search.listed_row(*r) == here) {
            search.list.go(row);
        }
    }

    /// All that is to be said of the query, and what else could have been meant.
    fn said_rows(&self, cells: usize) -> Vec<Row> {
        let (search, lang) = (&self.search, self.words.lang());
        let mut rows = Vec::new();
        let results = search.results.as_deref();
        let of_index = results.map(|r| r.said.as_slice()).unwrap_or_default();
        for said in search.query.said().iter().chain(of_index) {
            let text = format!("! {}", sanitise(&said.text(lang)));
            rows.extend(wrap_text(&text, cells.saturating_sub(1)).into_iter().map(|l| Row::Said(l.to_owned())));
        }
        if let Some(query) = results.and_then(|r| r.suggestion.as_ref()) {
            let keys = self.keymap.keys_for(&[Context::SearchBox, Context::Search], Action::Suggestion);
            let key = keys.first().map(|k| sequence_text(k)).unwrap_or_default();
            let text = self.words.f("search.suggestion", &[("query", &sanitise(query)), ("key", &key)]);
            rows.extend(wrap_text(&text, cells.saturating_sub(1)).into_iter().map(|l| Row::Suggest(l.to_owned())));
        }
        rows
    }

    fn hit_rows(&self, hits: &[Hit], cells: usize, rows: &mut Vec<Row>) {
        if self.search.one_list {
            for (i, hit) in hits.iter().enumerate() {
                self.put_hit(i, hit, cells, rows);
            }
            return;
        }
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
                for i in indexes {
                    self.put_hit(i, &hits[i], cells, rows);
                }
            }
        }
    }

    /// A hit, and its other places when they are unfolded.
    fn put_hit(&self, index: usize, hit: &Hit, cells: usize, rows: &mut Vec<Row>) {
        rows.push(Row::Hit(self.hit_row(index, hit, cells)));
        if self.search.is_unfolded(hit) {
            let places = hit.also.iter().enumerate();
            rows.extend(places.map(|(nth, also)| Row::Also(AlsoRow { index, nth, text: self.also_place(hit, also) })));
        }
    }

    fn report_of(&self, hit: &Hit) -> String {
        let file = || hit.doc.and_then(|d| self.shelf.entry(d)).map(|e| e.file.clone());
        let title = match hit.report.is_empty() {
            true => file().unwrap_or_else(|| self.words.t("search.no-report-note").to_owned()),
            false => hit.report.clone(),
        };
        report_line(&title, hit.org.as_deref(), hit.year)
    }

    /// Another place of a hit: report and page; the file where the report is called as that of the hit.
    fn also_place(&self, hit: &Hit, also: &Also) -> String {
        let entry = self.shelf.entry(also.doc);
        let part = entry.and_then(|e| e.summary()).and_then(|s| s.parts.get(also.part as usize));
        let file = || entry.map(|e| e.file.clone()).unwrap_or_default();
        let title = if also.report.is_empty() { file() } else { also.report.clone() };
        let mut report = report_line(&title, part.and_then(|p| p.org.as_deref()), also.year);
        if report == self.report_of(hit) {
            report = match hit.doc == Some(also.doc) {
                true => self.words.t("search.same-report").to_owned(),
                false => sanitise(&file()).into_owned(),
            };
        }
        match &also.page {
            Some(page) => format!("{report}, {}", self.page_words(page)),
            None => report,
        }
    }

    fn page_words(&self, page: &crate::doc::Page) -> String {
        let label = page.label.clone().unwrap_or_else(|| page.index.to_string());
        self.words.f("search.page", &[("page", &sanitise(&label))])
    }

    pub(super) fn hit_row(&self, index: usize, hit: &Hit, cells: usize) -> HitRow {
        let room = cells.saturating_sub(usize::from(INDENT) + 1).max(8);
        // in a narrow column the words go below, or nothing of the snippet's last row would be left
        let beside = room * 3 / 5;
        let all = self.metas(hit);
        let fits = |cells: usize| all.iter().find(|m| meta_width(m) + 2 <= cells);
        let meta_below = fits(beside).is_none();
        let meta = fits(if meta_below { room } else { beside }).or(all.last()).cloned().unwrap_or_default();
        let left = if meta.is_empty() { 0 } else { meta_width(&meta) + 2 };
        let mut lines = snippet_rows(hit, room, if meta_below { 1 } else { left + 1 });
        if lines.is_empty() {
            lines.push(TextRange::at(0));
        }
        let head = self.search.one_list.then(|| {
            let report = self.report_of(hit);
            let Some(section) = hit.section.last().map(|s| format!(" › {}", sanitise(s))) else { return report };
            // of both something is seen
            let left = room.saturating_sub(width(&section)).max(room / 2);
            format!("{}{section}", truncate(&report, left))
        });
        let also = (!hit.also.is_empty()).then(|| {
            let sign = if self.search.is_unfolded(hit) { "▾" } else { "▸" };
            let places: Vec<_> = hit.also.iter().take(3).map(|a| self.also_place(hit, a)).collect();
            format!("{sign} {}: {}", self.words.n("search.also", hit.also.len() as u64), places.join("; "))
        });
        HitRow { index, head, lines, meta, meta_below, also }
    }

    /// What can stand beside a hit, the fullest first: the reasons with the word concerned where that says more, the
    /// strongest reason with its word, the strongest alone.
    fn metas(&self, hit: &Hit) -> Vec<Vec<Meta>> {
        let search = &self.search;
        let mut before: Vec<Meta> = Vec::new();
        if hit.kind == HitKind::Note {
            let owner =
                hit.note.as_ref().and_then(|id| self.notebook.stored(&crate::notes::NoteId::parse(id)?)?.owner.clone());
            let whose = owner.map(|owner| self.words.f("notes.of-other", &[("owner", &sanitise(&owner))]));
            before.push(Meta::Plain(format!("✎ {}", whose.as_deref().unwrap_or(self.words.t("search.note")))));
        }
        if search.saved.is_fresh(&search.asked(), hit) {
            before.push(Meta::Plain(format!("● {}", self.words.t("saved.new"))));
        }
        if !hit.knelpunten.is_empty() {
            before.push(Meta::Plain("◆".to_owned()));
        }
        let after = hit.page.as_ref().map(|p| Meta::Plain(self.page_words(p)));
        let bare = |why: Why| self.words.t(&format!("why.{}", why.name())).to_owned();
        let named = |why: Why| match word_of(hit, why) {
            Some(word) => Meta::Why(why, format!("{}: {word}", bare(why))),
            None => Meta::Why(why, bare(why)),
        };
        let all = hit.why.iter().map(|w| named(*w)).collect();
        let first = hit.why.first().map(|w| named(*w)).into_iter().collect();
        let least = hit.why.first().map(|w| Meta::Why(*w, bare(*w))).into_iter().collect();
        let whole = |reasons: Vec<Meta>| before.iter().cloned().chain(reasons).chain(after.clone()).collect();
        [all, first, least].map(whole).to_vec()
    }
}

/// The word of a hit that answers for a reason, where that is another word than the one asked for.
fn word_of(hit: &Hit, why: Why) -> Option<String> {
    if !matches!(why, Why::Typo | Why::Abbreviation | Why::Compound) {
        return None;
    }
    let (mark, _) = hit.marks.iter().zip(&hit.mark_why).find(|(_, w)| **w == why)?;
    let word = sanitise(hit.snippet.get(mark.as_usize())?).into_owned();
    (word.chars().count() <= NAMED).then_some(word)
}

impl super::SearchView {
    /// Whether the other places of a hit are shown below it.
    #[must_use]
    pub fn is_unfolded(&self, hit: &Hit) -> bool {
        !self.unfolded.is_empty() && listed(hit).is_some_and(|l| self.unfolded.contains(&l))
    }

    /// Whether a row is the query that was suggested.
    pub(in crate::app) fn suggests(&self, row: usize) -> bool {
        matches!(self.rows.get(row), Some(Row::Suggest(_)))
    }

    /// What a row stands for.
    #[must_use]
    pub fn listed_row(&self, row: usize) -> Option<Listed> {
        match self.rows.get(row)? {
            Row::Also(also) => {
                let place = self.results.as_ref()?.hits.get(also.index)?.also.get(also.nth)?;
                Some(Listed::Passage(place.doc, place.range))
            }
            _ => self.hit(row).and_then(listed),
        }
    }
}
