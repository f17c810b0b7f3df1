//! The rows of a dossier: its head, the knelpunten below it, then what each organisation says by year. A passage's words
//! are wrapped when they are drawn; here only how many lines they take is reckoned, so that thousands cost nothing.

use super::said;
use crate::app::App;
use crate::app::views::report_line;
use crate::doc::{DocId, TextRange};
use crate::knelpunt::dossier::{Dossier, Entry, FoundIn, Key, OrgGroup, YearGroup};
use crate::layout::{sanitise, wrap_text};
use crate::words::Words;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Lines of a passage's words at most, until it is opened.
const QUOTE: usize = 3;
/// Lines of the reader's own words at most.
const WORDS: usize = 2;
/// Lines of a description at most.
const DESCRIPTION: usize = 5;
/// Reports of which it is told in the head whether it returns.
const RUNS: usize = 4;
/// Cells of a year in the strip of years, and blanks after it.
pub const STRIP: u16 = 10;
/// Cells left of a passage.
pub const INDENT: u16 = 5;

/// One row of the list.
#[derive(Clone, Debug, PartialEq)]
pub enum Row {
    /// A blank line.
    Gap,
    /// The name of the knelpunt.
    Title(String),
    /// A line of the head.
    Line(Tone, String),
    /// Some of the years, by their places among all: how much there is in each.
    Strip(usize, usize),
    /// A head over what follows: its words and how many rows.
    Head(String, usize),
    /// A knelpunt below this one, by its place.
    Child(usize),
    /// What an organisation says, by its place, and whether it is folded.
    Org(usize, bool),
    /// What it says in a year, by both places, and whether it is folded.
    Year(usize, usize, bool),
    /// A section that the report itself presents as a knelpunt.
    Found(FoundAt),
    /// What is asked there, by its place.
    Ask(FoundAt, usize),
    /// A passage or note.
    Entry(EntryRow),
    /// A passage that could be put to it.
    Suggested(SuggestedRow),
}

/// How a line of the head looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    /// As text.
    Plain,
    /// As what may be overlooked.
    Muted,
    /// As what leads the eye.
    Strong,
}

/// Where a found knelpunt stands in the dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FoundAt {
    /// By organisation, year, and place there.
    In(usize, usize, usize),
    /// Among those that seem to speak of the same thing.
    Near(usize),
}

impl FoundAt {
    /// What stands there.
    #[must_use]
    pub fn of(self, dossier: &Dossier) -> Option<&FoundIn> {
        match self {
            FoundAt::In(org, year, at) => dossier.groups.get(org)?.years.get(year)?.found.get(at),
            FoundAt::Near(at) => dossier.near.get(at),
        }
    }
}

/// Where an entry stands in the dossier.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryAt {
    /// By organisation, year, and place there.
    In(usize, usize, usize),
    /// Among the notes on the knelpunt itself.
    Own(usize),
}

impl EntryAt {
    /// What stands there.
    #[must_use]
    pub fn of(self, dossier: &Dossier) -> Option<&Entry> {
        match self {
            EntryAt::In(org, year, at) => dossier.groups.get(org)?.years.get(year)?.entries.get(at),
            EntryAt::Own(at) => dossier.own.get(at),
        }
    }
}

/// A passage or note as it is shown.
#[derive(Clone, Debug, PartialEq)]
pub struct EntryRow {
    /// Which.
    pub at: EntryAt,
    /// Lines of its words.
    pub quote: usize,
    /// The text around it, when it is opened here.
    pub around: Option<Arc<Around>>,
    /// Lines of the reader's words.
    pub words: usize,
    /// A line with tags, other knelpunten, other editions.
    pub extra: bool,
}

/// A suggested passage as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SuggestedRow {
    /// Which, by its place among those suggested.
    pub at: usize,
    /// The document.
    pub doc: DocId,
    /// The passage in it.
    pub range: TextRange,
    /// The rows of its words, as ranges of the snippet.
    pub lines: Vec<TextRange>,
}

/// A passage in its text, as it is shown in the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Around {
    /// The text.
    pub text: String,
    /// The passage in it.
    pub mark: TextRange,
    /// Its rows.
    pub lines: Vec<TextRange>,
}

impl EntryRow {
    /// Lines of the passage, opened or not.
    #[must_use]
    pub fn text_lines(&self) -> usize {
        self.around.as_ref().map_or(self.quote, |a| a.lines.len())
    }

    fn height(&self) -> usize {
        self.text_lines() + 1 + self.words + usize::from(self.extra)
    }
}

impl Row {
    /// Lines, and whether the cursor can stand on it.
    pub(super) fn shape(&self) -> (usize, bool) {
        match self {
            Row::Gap | Row::Line(..) | Row::Strip(..) | Row::Head(..) => (1, false),
            Row::Title(_) | Row::Child(_) | Row::Org(..) | Row::Year(..) | Row::Ask(..) => (1, true),
            Row::Found(FoundAt::In(..)) => (1, true),
            Row::Found(FoundAt::Near(_)) => (2, true),
            Row::Entry(entry) => (entry.height(), true),
            Row::Suggested(row) => (row.lines.len() + 1, true),
        }
    }
}

impl App {
    /// All rows of the open dossier in this width.
    pub(super) fn dossier_rows(&self, width: u16) -> Vec<Row> {
        let Some(dossier) = self.dossier.of.clone() else { return Vec::new() };
        let mut rows = vec![Row::Title(title(&dossier))];
        self.head_rows(&dossier, usize::from(width.saturating_sub(2)), &mut rows);
        if !dossier.children.is_empty() && self.dossier.text.is_empty() {
            rows.push(Row::Gap);
            let key = if dossier.with_children { "dossier.below-in" } else { "dossier.below" };
            rows.push(Row::Head(self.words.t(key).to_owned(), dossier.children.len()));
            rows.extend((0..dossier.children.len()).map(Row::Child));
        }
        let own: Vec<Row> =
            (0..dossier.own.len()).filter_map(|i| self.entry_row(&dossier, EntryAt::Own(i), width)).collect();
        if !own.is_empty() {
            rows.push(Row::Gap);
            rows.push(Row::Head(self.words.t("dossier.own").to_owned(), own.len()));
            rows.extend(own);
        }
        for (g, group) in dossier.groups.iter().enumerate() {
            self.org_rows(&dossier, g, group, width, &mut rows);
        }
        let near: Vec<Row> = (0..dossier.near.len())
            .map(FoundAt::Near)
            .filter(|at| at.of(&dossier).is_some_and(|f| self.found_fits(f)))
            .map(Row::Found)
            .collect();
        if !near.is_empty() {
            rows.push(Row::Gap);
            rows.push(Row::Head(self.words.t("dossier.near").to_owned(), near.len()));
            rows.extend(near);
        }
        self.suggested_rows(&dossier, width, &mut rows);
        rows
    }

    fn head_rows(&self, dossier: &Dossier, room: usize, rows: &mut Vec<Row>) {
        let w = &self.words;
        let mut put = |tone: Tone, text: &str, most: usize| {
            let text = sanitise(text);
            let lines = wrap_text(&text, room);
            let cut = lines.len() > most;
            for (i, line) in lines.into_iter().take(most).enumerate() {
                let more = if cut && i + 1 == most { " …" } else { "" };
                rows.push(Row::Line(tone, format!("{line}{more}")));
            }
        };
        put(Tone::Muted, &self.whence(dossier), 2);
        put(Tone::Plain, dossier.description.trim(), DESCRIPTION);
        if !dossier.synonyms.is_empty() {
            put(Tone::Muted, &w.f("dossier.synonyms", &[("names", &dossier.synonyms.join(", "))]), 2);
        }
        if !dossier.history.is_empty() {
            let history = dossier.history.iter().map(|s| said::status(w, s)).collect::<Vec<_>>().join(" → ");
            put(Tone::Plain, &w.f("dossier.status", &[("status", &history)]), 3);
        }
        for run in dossier.runs.iter().take(RUNS) {
            let titled = matches!(dossier.key, Key::Found(..));
            let mut said = said::verdict(w, run, titled);
            let near = said::years(dossier.near.iter().filter_map(|f| f.year).collect::<BTreeSet<_>>().into_iter());
            if !near.is_empty() {
                said = format!("{said} · {}", w.f("dossier.near-in", &[("years", &near)]));
            }
            let several = dossier.runs.len() > 1;
            let who = report_line(&run.report, run.org.as_deref(), None);
            put(Tone::Strong, &if several { format!("{who}: {said}") } else { said }, 3);
        }
        if dossier.runs.len() > RUNS {
            put(Tone::Muted, &w.n("dossier.more-reports", (dossier.runs.len() - RUNS) as u64), 1);
        }
        if let (Some(first), Some(last)) = (dossier.first, dossier.last) {
            let amount = said::amount(w, &dossier.total);
            let span = match first == last {
                true => w.f("dossier.year", &[("year", &first), ("amount", &amount)]),
                false => w.f("dossier.span", &[("first", &first), ("last", &last), ("amount", &amount)]),
            };
            put(Tone::Muted, &span, 2);
        }
        let years = dossier.years().len();
        if years > 1 {
            let each = (room / usize::from(STRIP)).max(1);
            rows.extend((0..years).step_by(each).map(|from| Row::Strip(from, (from + each).min(years))));
        }
    }

    /// What kind of knelpunt it is, and what it is part of.
    fn whence(&self, dossier: &Dossier) -> String {
        let w = &self.words;
        let above = dossier.above.iter().map(|(_, title)| title.as_str()).collect::<Vec<_>>();
        match &dossier.key {
            Key::Made(_) if above.is_empty() => w.t("dossier.made").to_owned(),
            Key::Made(_) => w.f("dossier.made-under", &[("above", &above.join(" › "))]),
            Key::Found(doc, id) => {
                let row = self.shelf.found().iter().find(|r| r.doc == *doc && r.found.id == *id);
                let report = row.map(|r| self.report_of_found(r)).unwrap_or_default();
                match above.is_empty() {
                    true => w.f("dossier.found-in", &[("report", &report)]),
                    false => w.f("dossier.found-under", &[("report", &report), ("above", &above.join(", "))]),
                }
            }
        }
    }

    fn org_rows(&self, dossier: &Dossier, g: usize, group: &OrgGroup, width: u16, rows: &mut Vec<Row>) {
        let folded = self.dossier.is_folded(&group.org, None);
        let mut inside = Vec::new();
        for (y, year) in group.years.iter().enumerate() {
            let folded = self.dossier.is_folded(&group.org, Some(year.year));
            let mut below = Vec::new();
            for i in 0..year.found.len() {
                let at = FoundAt::In(g, y, i);
                let Some(found) = at.of(dossier).filter(|f| self.found_fits(f)) else { continue };
                below.push(Row::Found(at));
                below.extend((0..found.asks.len()).map(|ask| Row::Ask(at, ask)));
            }
            let entries = (0..year.entries.len()).map(|i| EntryAt::In(g, y, i));
            below.extend(entries.filter_map(|at| self.entry_row(dossier, at, width)));
            if below.is_empty() && !self.dossier.text.is_empty() {
                continue;
            }
            inside.push(Row::Year(g, y, folded));
            if !folded {
                inside.extend(below);
            }
        }
        if inside.is_empty() {
            return;
        }
        rows.push(Row::Gap);
        rows.push(Row::Org(g, folded));
        if !folded {
            rows.extend(inside);
        }
    }

    fn found_fits(&self, found: &FoundIn) -> bool {
        fits(&self.dossier.text, &[&found.title, &found.report])
    }

    /// The row of an entry; `None` when the filter leaves it out.
    fn entry_row(&self, dossier: &Dossier, at: EntryAt, width: u16) -> Option<Row> {
        let entry = at.of(dossier)?;
        let section = entry.section.join(" ");
        if !fits(&self.dossier.text, &[&entry.quote, &entry.words, &section, &entry.tags.join(" "), &entry.report]) {
            return None;
        }
        let room = usize::from(width.saturating_sub(INDENT + 1));
        let around = self.dossier.around(&entry.note, room);
        let words = if entry.words.is_empty() { 0 } else { reckon(&entry.words, room, WORDS) };
        let others = self.notebook.stored(&entry.note).is_some_and(|s| s.owner.is_some());
        let extra = others
            || !entry.tags.is_empty()
            || entry.via.is_some()
            || entry.candidates > 0
            || entry.told_again().count() > 0;
        // a note without a passage begins with its own words
        let quote = if entry.passage || words == 0 { reckon(&entry.quote, room.saturating_sub(2), QUOTE) } else { 1 };
        Some(Row::Entry(EntryRow { at, quote, around, words, extra }))
    }
}

/// The name of the knelpunt with what numbers it.
fn title(dossier: &Dossier) -> String {
    match &dossier.label {
        Some(label) if *label != dossier.title => format!("{label}: {}", dossier.title),
        _ => dossier.title.clone(),
    }
}

/// About how many lines a text takes, without wrapping it: never more than `most`. Wrapping leaves some cells at the end
/// of each line.
fn reckon(text: &str, room: usize, most: usize) -> usize {
    const LEFT: usize = 4;
    let room = room.saturating_sub(LEFT).max(1);
    let enough = text.len() > room * most * 2;
    let cells = if enough { room * most } else { text.chars().count() };
    cells.div_ceil(room).clamp(1, most)
}

pub(super) fn fits(wanted: &str, texts: &[&str]) -> bool {
    let wanted = wanted.to_lowercase();
    wanted.is_empty() || texts.iter().any(|t| t.to_lowercase().contains(&wanted))
}

/// What stands at a year's head beside its number: the reports of that year.
#[must_use]
pub fn reports_of(year: &YearGroup) -> String {
    let mut titles: Vec<&str> = Vec::new();
    let all = year.entries.iter().map(|e| e.report.as_str()).chain(year.found.iter().map(|f| f.report.as_str()));
    for title in all {
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    let short = titles.iter().map(|t| report_line(t, None, year.year));
    let without_year = short.map(|t| t.split_once(" · ").map_or(t.clone(), |(_, title)| title.to_owned()));
    without_year.collect::<Vec<_>>().join(" · ")
}

/// The state of an entry in words, when it is not simply where it was.
#[must_use]
pub fn state_words(words: &Words, entry: &Entry) -> &'static str {
    use crate::notes::anchor::State;
    match entry.state {
        State::Exact => "",
        State::Moved => words.t("notes.moved"),
        State::Changed => words.t("notes.changed"),
        State::Uncertain => words.t("notes.uncertain"),
        State::Orphan => words.t("notes.orphan"),
        State::Skipped => words.t("notes.skipped"),
    }
}
