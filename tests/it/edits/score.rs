//! How a method did, by kind of edit, with what the shares are shares of.

use super::truth::{Fate, Truth};
use kantlijn::doc::TextRange;
use kantlijn::notes::anchor::{Anchor, State};
use std::fmt;

/// Counts of one kind of edit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Score {
    /// Notes whose passage is still there, the same or hardly edited.
    pub survivors: usize,
    /// Of these, shown at their place (or at all of several places that are equally right).
    pub found: usize,
    /// Of these, not shown but asked about, with their place among the candidates.
    pub asked: usize,
    /// Of the survivors, those whose very words are there.
    pub same: usize,
    /// Of the survivors, those shown as changed at their place.
    pub marked: usize,
    /// Notes whose passage is there with a figure, negation or name changed, or rewritten.
    pub changed: usize,
    /// Of these, shown as changed at their place.
    pub changed_found: usize,
    /// Of these, asked about, with their place among the candidates.
    pub changed_asked: usize,
    /// Of these, shown as not found.
    pub changed_lost: usize,
    /// Notes whose passage was deleted.
    pub gone: usize,
    /// Of these, shown as not found.
    pub gone_lost: usize,
    /// Shown as exact or moved, although the passage is elsewhere, changed or gone: never right.
    pub wrong: usize,
    /// Shown as changed at a place that is not the passage's.
    pub astray: usize,
}

impl Score {
    /// Counts the anchor of a note whose truth is known.
    pub fn count(&mut self, truth: &Truth, anchor: &Anchor) {
        let sure = matches!(anchor.state, State::Exact | State::Moved);
        let here = anchor.range.is_some_and(|r| is_at(r, truth));
        let asks = anchor.state == State::Uncertain;
        let among = asks && anchor.candidates.iter().any(|c| is_near(*c, truth));
        // where two places are equally right, to ask which is meant is as right as to show one of them
        let one_of_all = |t: &TextRange| anchor.candidates.iter().any(|c| overlap(*c, *t) >= 0.5);
        let all_told = asks && truth.ranges.len() > 1 && truth.ranges.iter().all(one_of_all);
        let lost = usize::from(anchor.state == State::Orphan);
        self.astray += usize::from(anchor.state == State::Changed && !anchor.range.is_some_and(|r| is_near(r, truth)));
        match truth.fate {
            Fate::Same | Fate::Edited => {
                self.survivors += 1;
                self.same += usize::from(truth.fate == Fate::Same);
                self.found += usize::from(here || all_told);
                self.asked += usize::from(among && !all_told);
                self.marked += usize::from(here && anchor.state == State::Changed);
                self.wrong += usize::from(sure && !here);
            }
            Fate::Border | Fate::Rewritten | Fate::Changed => {
                let near = anchor.range.is_some_and(|r| is_near(r, truth));
                self.changed += 1;
                self.changed_found += usize::from(anchor.state == State::Changed && near);
                self.changed_asked += usize::from(among);
                self.changed_lost += lost;
                self.wrong += usize::from(sure && !(truth.fate == Fate::Border && near));
            }
            Fate::Gone => {
                self.gone += 1;
                self.gone_lost += lost;
                self.wrong += usize::from(sure);
            }
        }
    }

    /// Counts a note of which a method that knows no doubt says just where it is, or that it isn't.
    pub fn count_shown(&mut self, truth: &Truth, shown: Option<TextRange>) {
        let state = if shown.is_some() { State::Exact } else { State::Orphan };
        self.count(
            truth,
            &Anchor { state, range: shown, candidates: Vec::new(), places: usize::from(shown.is_some()) },
        );
    }

    /// Adds the counts of another.
    pub fn add(&mut self, o: &Score) {
        for (mine, theirs) in [
            (&mut self.survivors, o.survivors),
            (&mut self.found, o.found),
            (&mut self.asked, o.asked),
            (&mut self.same, o.same),
            (&mut self.marked, o.marked),
            (&mut self.changed, o.changed),
            (&mut self.changed_found, o.changed_found),
            (&mut self.changed_asked, o.changed_asked),
            (&mut self.changed_lost, o.changed_lost),
            (&mut self.gone, o.gone),
            (&mut self.gone_lost, o.gone_lost),
            (&mut self.wrong, o.wrong),
            (&mut self.astray, o.astray),
        ] {
            *mine += theirs;
        }
    }

    /// How many notes.
    pub fn notes(&self) -> usize {
        self.survivors + self.changed + self.gone
    }

    /// Share of survivors found without asking, in per cent; `None` without survivors.
    pub fn unasked(&self) -> Option<f64> {
        (self.survivors > 0).then(|| 100.0 * self.found as f64 / self.survivors as f64)
    }

    /// Share of survivors found at all, in per cent.
    pub fn at_all(&self) -> Option<f64> {
        (self.survivors > 0).then(|| 100.0 * (self.found + self.asked) as f64 / self.survivors as f64)
    }
}

/// The heads of the columns of [`Score`] as displayed.
pub const HEADS: &str =
    "notes wrong astray | surv.   same  found asked unasked at all | chgd. shown asked  lost | gone  lost";

impl fmt::Display for Score {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |s: Option<f64>| s.map_or_else(|| "    –".to_owned(), |s| format!("{s:5.1}"));
        write!(
            f,
            "{:5} {:5} {:6} | {:5} {:6} {:6} {:5}  {}  {} | {:5} {:5} {:5} {:5} | {:4} {:5}",
            self.notes(),
            self.wrong,
            self.astray,
            self.survivors,
            self.same,
            self.found,
            self.asked,
            share(self.unasked()),
            share(self.at_all()),
            self.changed,
            self.changed_found,
            self.changed_asked,
            self.changed_lost,
            self.gone,
            self.gone_lost,
        )
    }
}

/// How much two ranges share of what they cover together, from 0 to 1.
fn overlap(a: TextRange, b: TextRange) -> f64 {
    let (from, to) = (a.start.max(b.start), a.end.min(b.end));
    let both = to.saturating_sub(from);
    f64::from(both) / f64::from((a.len() + b.len() - both).max(1))
}

/// Whether a range is the passage: to the letter (or a mark at its ends) where the words are the same, else nearly.
fn is_at(range: TextRange, truth: &Truth) -> bool {
    let off = |t: &TextRange| range.start.abs_diff(t.start) + range.end.abs_diff(t.end);
    match truth.fate {
        Fate::Same => truth.ranges.iter().any(|t| off(t) <= 6),
        _ => truth.ranges.iter().any(|t| off(t) <= 6 || overlap(range, *t) >= 0.8),
    }
}

/// Whether a range is mostly the passage.
fn is_near(range: TextRange, truth: &Truth) -> bool {
    is_at(range, truth) || truth.ranges.iter().any(|t| overlap(range, *t) >= 0.5)
}
