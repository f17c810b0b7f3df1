//! Find in the open report: `/` and its line, `*`, the hits in the text and the way through them. What is found comes
//! from a worker, perhaps in parts; nothing here waits for it.

use super::past;
use super::prompt::{Prompt, PromptKind};
use super::reader::Reader;
use super::{App, Effect, Effects, Finds, OpenDoc, Overlay, Pane, View};
use crate::doc::TextRange;
use crate::keys::Action;
use crate::layout::{self, Place};
use crate::search::{FindMode, PatternFault, Query, Sought};
use std::sync::Arc;

/// Lines remembered in a session.
const REMEMBERED: usize = 50;

/// What `/` keeps from one time to the next.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Habits {
    /// How what is typed is taken.
    pub mode: FindMode,
    /// What was looked for, the last first.
    past: Vec<String>,
}

/// Where the reader was before a search in the text.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Back {
    cursor: u32,
    top: Place,
    hits: Hits,
}

/// What is marked in the text, and what was asked for it.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Hits {
    /// The marked words, ascending.
    pub found: Vec<TextRange>,
    /// What they were found with.
    pub of: Option<Sought>,
    /// These are all; else more are being looked for, or it took too long.
    pub all: bool,
    /// No more will come.
    ended: bool,
    /// The pattern is none.
    fault: Option<PatternFault>,
    /// From this byte on the first hit is gone to when it comes.
    from: Option<u32>,
}

impl Hits {
    /// Which hit a byte stands on or is past, from 1, and how many there are.
    #[must_use]
    pub fn count(&self, byte: u32) -> Option<(usize, usize)> {
        let past = self.found.partition_point(|h| h.start <= byte);
        (!self.found.is_empty()).then_some((past, self.found.len()))
    }
}

impl Reader {
    /// Forgets what is marked; what is still being looked for is not waited for.
    pub(super) fn forget_hits(&mut self) {
        self.asked += 1;
        self.hits = Hits::default();
    }
}

impl App {
    /// `/`: finds in the report, or filters the list that has the keys.
    pub(super) fn find(&mut self, fx: &mut Effects) {
        let prompt = match (self.pane, self.view) {
            (Pane::Left, View::Search) => {
                self.start_search(fx);
                return;
            }
            (Pane::Left, _) => Prompt::new(PromptKind::Filter, self.list_filter()),
            _ if self.reader.open.is_none() => {
                self.say("notice.nothing-open");
                return;
            }
            _ => {
                let r = &self.reader;
                let back = Back { cursor: r.cursor, top: r.top, hits: r.hits.clone() };
                Prompt::finding(back)
            }
        };
        self.overlay = Some(Overlay::Prompt(prompt));
    }

    /// `*`: finds the word under the cursor, in all its forms.
    pub(super) fn find_word(&mut self, fx: &mut Effects) {
        let Some(open) = &self.reader.open else {
            self.say("notice.nothing-open");
            return;
        };
        let word = layout::word_at(&open.doc, self.reader.cursor);
        if word.is_empty() {
            self.say("notice.no-word");
            return;
        }
        // in capitals it might be an operator
        let text = open.doc.slice(word).to_lowercase();
        self.leave_trace();
        past::remember(&mut self.finding.past, &text, REMEMBERED);
        self.ask_finds(Sought::Words { query: Query::parse(&text), open: false }, word.end, fx);
    }

    /// Asks for places in the open report; the first one from a byte on is gone to.
    fn ask_finds(&mut self, sought: Sought, from: u32, fx: &mut Effects) {
        let Some(doc) = self.reader.open.clone() else { return };
        // what is marked stays until the answer comes: nothing flickers
        self.reader.asked += 1;
        let hits = &mut self.reader.hits;
        hits.of = Some(sought.clone());
        (hits.all, hits.ended, hits.fault, hits.from) = (false, false, None, Some(from));
        fx.push(Effect::Find { generation: self.reader.asked, doc, sought, from });
    }

    /// Asks for the marks of something in the document on the screen; the cursor stays.
    pub(super) fn find_in(&mut self, doc: Arc<OpenDoc>, sought: Sought, fx: &mut Effects) {
        self.reader.forget_hits();
        self.reader.hits.of = Some(sought.clone());
        fx.push(Effect::Find { generation: self.reader.asked, doc, sought, from: self.reader.cursor });
    }

    pub(super) fn on_finds(&mut self, generation: u64, finds: Result<Finds, PatternFault>) {
        if generation != self.reader.asked {
            return;
        }
        let typing = matches!(&self.overlay, Some(Overlay::Prompt(p)) if p.kind == PromptKind::Find);
        let hits = &mut self.reader.hits;
        let finds = match finds {
            Ok(finds) => finds,
            Err(fault) => {
                hits.found.clear();
                (hits.all, hits.ended, hits.fault, hits.from) = (true, true, Some(fault), None);
                return;
            }
        };
        (hits.found, hits.all, hits.ended) = (finds.hits, finds.all, finds.ended);
        let Some(from) = hits.from else { return };
        let next = hits.found.get(hits.found.partition_point(|h| h.start < from));
        // around the corner when nothing follows
        match next.or(hits.found.first()).copied() {
            Some(hit) => {
                hits.from = None;
                self.reader.go(hit.start);
                if hit.start < from && !typing {
                    self.say("notice.around-forth");
                }
            }
            None if !finds.ended => {}
            None if typing => self.reader.go(from),
            None => {
                hits.from = None;
                self.say("notice.not-found");
            }
        }
    }

    /// The line has changed, or how it is taken.
    pub(super) fn find_changed(&mut self, fx: &mut Effects) {
        let Some(Overlay::Prompt(prompt)) = &self.overlay else { return };
        let from = prompt.back.as_ref().map_or(0, |b| b.cursor);
        let text = prompt.text.text();
        if text.trim().is_empty() {
            self.reader.forget_hits();
            self.reader.go(from);
        } else {
            self.ask_finds(Sought::typed(self.finding.mode, &text), from, fx);
        }
    }

    /// What an action does in the line of `/`; whether it was one of these.
    pub(super) fn find_act(&mut self, action: Action, fx: &mut Effects) -> bool {
        match action {
            Action::NextPane => self.widen(fx),
            Action::Filter => {
                self.finding.mode = self.finding.mode.next();
                self.find_changed(fx);
            }
            Action::Up | Action::Down => self.recall_find(action == Action::Up, fx),
            Action::PageDown => drop(self.reader_act(Action::NextHit, None, fx)),
            Action::PageUp => drop(self.reader_act(Action::PrevHit, None, fx)),
            _ => return false,
        }
        true
    }

    /// What was looked for before, in the line.
    fn recall_find(&mut self, older: bool, fx: &mut Effects) {
        let Some(Overlay::Prompt(prompt)) = &mut self.overlay else { return };
        let past = &self.finding.past;
        let line = match older {
            true => prompt.recall.older(past, &prompt.text.text()),
            false => prompt.recall.newer(past),
        };
        if let Some(line) = line {
            prompt.text.set(&line);
            self.find_changed(fx);
        }
    }

    /// Tab: the same in everything.
    fn widen(&mut self, fx: &mut Effects) {
        let Some(Overlay::Prompt(prompt)) = &self.overlay else { return };
        let text = prompt.text.text();
        let query = match self.finding.mode {
            _ if text.trim().is_empty() => text,
            FindMode::Words => text,
            FindMode::Literal => format!("\"{}\"", text.replace('"', "\\\"")),
            FindMode::Regex => format!("/{text}/"),
        };
        self.drop_line(fx);
        self.start_search(fx);
        self.search.input.set("");
        self.search_paste(&query, fx);
    }

    /// Enter in the line of `/`: the reader stays at the hit. `false` keeps the line open.
    pub(super) fn take_find(&mut self, prompt: &Prompt, fx: &mut Effects) -> bool {
        let text = prompt.text.text();
        if text.trim().is_empty() {
            // as in less and vim: the same once more
            if let Some(last) = self.finding.past.first().cloned() {
                self.leave_trace();
                self.ask_finds(Sought::typed(self.finding.mode, &last), self.reader.cursor + 1, fx);
            }
            return true;
        }
        if self.reader.hits.fault.is_some() {
            return false;
        }
        past::remember(&mut self.finding.past, &text, REMEMBERED);
        let Some(back) = &prompt.back else { return true };
        if let Some(open) = &self.reader.open {
            self.trail.leave(super::Spot { doc: open.id, byte: back.cursor });
        }
        // an answer that is still on its way says itself whether there was anything
        let hits = &mut self.reader.hits;
        if hits.ended && hits.found.is_empty() {
            hits.from = None;
            self.say("notice.not-found");
        } else if hits.from.is_none() && self.reader.cursor < back.cursor {
            self.say("notice.around-forth");
        }
        true
    }

    /// Esc: everything as it was.
    pub(super) fn drop_find(&mut self, back: Back, fx: &mut Effects) {
        self.reader.asked += 1;
        self.reader.go(back.cursor);
        self.reader.top = back.top;
        self.reader.hits = back.hits;
        // what was still being looked for then is asked again
        if let (Some(sought), false, Some(doc)) =
            (&self.reader.hits.of, self.reader.hits.ended, self.reader.open.clone())
        {
            self.find_in(doc, sought.clone(), fx);
        }
    }

    /// Takes the marks of a search away.
    pub(super) fn clear_hits(&mut self) {
        self.reader.forget_hits();
        self.reader.pointed = None;
        self.search.live = false;
    }

    /// What is wrong with the pattern in the line of `/`, if anything is.
    #[must_use]
    pub fn find_fault(&self) -> Option<&'static str> {
        self.reader.hits.fault.map(|fault| fault.text(self.words.lang()))
    }

    /// Which of how many, for the line of `/`: "4/14", with a plus when there may be more.
    #[must_use]
    pub fn find_counter(&self) -> String {
        let hits = &self.reader.hits;
        let more = if hits.all { "" } else { "+" };
        match hits.count(self.reader.cursor) {
            Some((0, of)) => format!("–/{of}{more}"),
            Some((at, of)) => format!("{at}/{of}{more}"),
            None if hits.of.is_none() => String::new(),
            None if hits.ended => "0".to_owned(),
            None => "…".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests;
