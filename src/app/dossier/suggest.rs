//! Passages that could be put to the made knelpunt of the dossier: asked for when it is opened and whenever what is put to
//! it changes; a key puts them to it at once.

use super::rows::{SuggestedRow, fits};
use super::{DossierView, INDENT, Row, Tone};
use crate::app::annotate::Subject;
use crate::app::search::snippet_rows;
use crate::app::views::Listed;
use crate::app::{App, Effect, Effects, View};
use crate::doc::{DocId, TextRange};
use crate::keys::{Action, Context, sequence_text};
use crate::knelpunt::dossier::{Dossier, Key};
use crate::knelpunt::register::{meant, tree};
use crate::knelpunt::suggest::{is_known, queries};
use crate::layout::wrap_text;
use crate::notes::TargetKind;
use crate::search::Hit;

/// What passages are looked for.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Wanted {
    /// The id of the made knelpunt.
    pub knelpunt: String,
    /// The queries that find them, the most wanted first.
    pub queries: Vec<String>,
    /// What is in its dossier already.
    pub known: Vec<(DocId, TextRange)>,
}

/// The passages that were found.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Suggested {
    /// The id of the made knelpunt.
    pub knelpunt: String,
    /// The best of them, the best first.
    pub hits: Vec<Hit>,
    /// How many there are.
    pub total: usize,
    /// There are more that were not counted.
    pub more: bool,
}

/// What is known of suggestions.
#[derive(Clone, Debug, Default)]
pub(super) struct Suggesting {
    /// What the open dossier wants; `None` of a found knelpunt.
    wanted: Option<Wanted>,
    /// What was asked last.
    asked: Option<Wanted>,
    answer: Suggested,
}

impl Suggesting {
    /// There may be other answers now to what was asked.
    pub(super) fn forget(&mut self) {
        self.asked = None;
    }
}

impl DossierView {
    /// Takes the answer, when it is to what was asked last.
    pub(in crate::app) fn take_suggested(&mut self, suggested: Suggested) {
        if self.suggest.asked.as_ref().is_some_and(|a| a.knelpunt == suggested.knelpunt) {
            self.suggest.answer = suggested;
            self.unlaid = true;
        }
    }

    /// A suggested passage, by its place among them.
    #[must_use]
    pub fn suggestion(&self, at: usize) -> Option<&Hit> {
        self.suggest.answer.hits.get(at)
    }

    /// The places of those that are not in the dossier, among those that were found for it.
    fn suggested(&self) -> impl Iterator<Item = (usize, DocId, TextRange)> {
        let answer = &self.suggest.answer;
        let wanted = self.suggest.wanted.as_ref().filter(|w| w.knelpunt == answer.knelpunt);
        let places = answer.hits.iter().enumerate().filter_map(|(at, hit)| Some((at, hit.doc?, hit.range)));
        let of = wanted.into_iter().flat_map(move |w| places.clone().map(move |place| (w, place)));
        of.filter(|(w, (_, doc, range))| !is_known(&w.known, *doc, *range)).map(|(_, place)| place)
    }
}

impl App {
    /// Notes what the dossier, put together anew, wants suggested.
    pub(super) fn want_suggestions(&mut self) {
        let wanted = self.dossier.of.as_ref().and_then(|dossier| self.wanted(dossier));
        self.dossier.suggest.wanted = wanted;
    }

    fn wanted(&self, dossier: &Dossier) -> Option<Wanted> {
        let Key::Made(id) = &dossier.key else { return None };
        let register = &self.notebook.register;
        let queries = queries(meant(register, id)?);
        let found = dossier.groups.iter().flat_map(|g| &g.years).flat_map(|y| &y.found).map(|f| (f.doc, f.range));
        let mut known: Vec<_> = found.collect();
        for below in tree::with_below(register, id) {
            // a note on a whole report has not looked at each of its passages
            let notes = self.notebook.of_knelpunt(below).filter(|n| !matches!(n.target.kind, TargetKind::Report));
            for note in notes {
                let at = self.notebook.located_of(&note.id);
                let at = if at.is_empty() { self.just_made(note) } else { at.into() };
                known.extend(at.iter().filter_map(|l| Some((l.doc?, l.place.as_ref()?.range))));
            }
        }
        Some(Wanted { knelpunt: id.clone(), queries, known })
    }

    /// Asks for suggestions, when other ones may be wanted than were asked for last.
    pub(in crate::app) fn ask_suggestions(&mut self, fx: &mut Effects) {
        let suggest = &mut self.dossier.suggest;
        if self.view == View::Dossier && suggest.wanted.is_some() && suggest.wanted != suggest.asked {
            suggest.asked.clone_from(&suggest.wanted);
            fx.extend(suggest.wanted.clone().map(Effect::Suggest));
        }
    }

    /// The rows of what is suggested, after all that is in the dossier.
    pub(super) fn suggested_rows(&self, dossier: &Dossier, width: u16, rows: &mut Vec<Row>) {
        let room = usize::from(width.saturating_sub(INDENT + 1));
        let row = |(at, doc, range): (usize, DocId, TextRange)| {
            let hit = self.dossier.suggestion(at)?;
            let fits = fits(&self.dossier.text, &[&hit.snippet, &hit.report]);
            fits.then(|| Row::Suggested(SuggestedRow { at, doc, range, lines: snippet_rows(hit, room, 2) }))
        };
        let fresh: Vec<Row> = self.dossier.suggested().filter_map(row).collect();
        if fresh.is_empty() {
            return;
        }
        let (w, answer) = (&self.words, &self.dossier.suggest.answer);
        let lines = |tone: Tone, text: &str, rows: &mut Vec<Row>| {
            let lines = wrap_text(text, usize::from(width.saturating_sub(2)));
            rows.extend(lines.into_iter().map(|line| Row::Line(tone, line.to_owned())));
        };
        if dossier.is_empty() {
            lines(Tone::Plain, w.t("dossier.empty"), rows);
        }
        let key = |action| {
            let contexts = [Context::Dossier, Context::List, Context::Global];
            let keys = self.keymap.keys_for(&contexts, action).into_iter().next();
            keys.map(|k| sequence_text(&k)).unwrap_or_default()
        };
        let (code, mark) = (key(Action::Code), key(Action::MarkEntry));
        let how = w.f("dossier.suggested-how", &[("code", &code), ("mark", &mark)]);
        // what was put to it since they were found is no longer among them
        let gone = answer.hits.len() - self.dossier.suggested().count();
        let total = answer.total.saturating_sub(gone);
        let of = match answer.more {
            true => w.f("dossier.suggested-many", &[("shown", &fresh.len()), ("total", &total)]),
            false => w.f("dossier.suggested-of", &[("shown", &fresh.len()), ("total", &total)]),
        };
        let how = if fresh.len() < total || answer.more { format!("{of} · {how}") } else { how };
        rows.push(Row::Gap);
        rows.push(Row::Head(w.t("dossier.suggested").to_owned(), fresh.len()));
        lines(Tone::Muted, &how, rows);
        rows.extend(fresh);
    }

    /// The made knelpunt that these were suggested for; `None` when not all of them were.
    pub(in crate::app) fn suggested_for(&self, of: &[Listed]) -> Option<String> {
        let suggested = |l: &Listed| match l {
            Listed::Passage(doc, range) => self.dossier.suggested().any(|(_, d, r)| (d, r) == (*doc, *range)),
            _ => false,
        };
        let here = self.view == View::Dossier && self.on_list() && !of.is_empty();
        let Some(Key::Made(id)) = self.dossier.of.as_ref().map(|d| &d.key).filter(|_| here) else { return None };
        of.iter().all(suggested).then(|| id.clone())
    }

    /// Puts the marked suggestions, else the one of the cursor, to the knelpunt; reports that are not open are fetched
    /// first.
    pub(super) fn code_suggested(&mut self, fx: &mut Effects) {
        if self.gather(Action::Code, fx) {
            return;
        }
        let of = self.listed();
        if let (Some(id), Some(subject)) = (self.suggested_for(&of), self.subject_of(&of)) {
            self.put_suggested(&id, subject, fx);
        }
    }

    /// Puts described suggestions to the knelpunt; the cursor goes on to the next one.
    pub(in crate::app) fn put_suggested(&mut self, id: &str, subject: Subject, fx: &mut Effects) {
        let put = self.listed();
        self.put_to(id, subject, fx);
        let at = self.dossier.list.at().unwrap_or(0);
        let stays = |row: &usize| match &self.dossier.rows[*row] {
            Row::Suggested(s) => !put.contains(&Listed::Passage(s.doc, s.range)),
            _ => false,
        };
        let rows = self.dossier.rows.len();
        if let Some(next) = (at.min(rows)..rows).chain((0..at.min(rows)).rev()).find(stays) {
            self.dossier.list.go(next);
            self.preview_entry(fx);
        }
    }
}
