//! What stands above the hits: the box, what was understood, how much was found, and the years it is from.

use super::App;
use crate::layout::wrap_text;

/// Lines of the pane from which each part of the head is shown.
const UNDERSTOOD_FROM: u16 = 14;
const YEARS_FROM: u16 = 18;
const WRAPPED_FROM: u16 = 22;

/// The head of the search view, without its box.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Head {
    /// What was understood of the query; empty where there is no room for it.
    pub understood: Vec<String>,
    /// The years the hits are from, when there are several.
    pub years: Option<Years>,
    /// A line parts it from the hits.
    pub ruled: bool,
}

impl Head {
    /// Its lines, with the box and the totals.
    #[must_use]
    pub fn height(&self) -> u16 {
        2 + self.understood.len() as u16 + u16::from(self.years.is_some()) + u16::from(self.ruled)
    }
}

/// How many hits are from each year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Years {
    /// The first year.
    pub first: i32,
    /// The last one.
    pub last: i32,
    /// The year with the most, the later of several, and how many.
    pub peak: (i32, u32),
    /// How many are from no known year.
    pub without: u64,
    /// How many in each year from the first to the last; of a long time, in as many steps as fit.
    pub counts: Vec<u32>,
}

impl Years {
    /// Of the years of so many hits, ascending, in at most so many steps; `None` for fewer than two years.
    #[must_use]
    pub fn of(years: &[(i32, u32)], total: u64, steps: usize) -> Option<Years> {
        let (&(first, _), &(last, _)) = (years.first()?, years.last()?);
        if first >= last || steps == 0 {
            return None;
        }
        let span = (i64::from(last) - i64::from(first) + 1) as usize;
        let steps = steps.min(span);
        let mut counts = vec![0_u32; steps];
        for (year, n) in years {
            let at = (i64::from(*year) - i64::from(first)) as usize * steps / span;
            counts[at] = counts[at].saturating_add(*n);
        }
        let peak = years.iter().copied().max_by_key(|(year, n)| (*n, *year))?;
        let known: u64 = years.iter().map(|(_, n)| u64::from(*n)).sum();
        Some(Years { first, last, peak, without: total.saturating_sub(known), counts })
    }
}

impl App {
    /// What stands above the hits.
    #[must_use]
    pub fn search_head_now(&self) -> Head {
        let (h, cells) = (self.panes.left.h, usize::from(self.panes.left.w.saturating_sub(2)));
        let search = &self.search;
        if h < UNDERSTOOD_FROM {
            return Head::default();
        }
        let mut understood = Vec::new();
        if !search.query.is_empty() {
            let text = format!("= {}", search.query.understood(self.words.lang()));
            let lines = if h >= WRAPPED_FROM { 2 } else { 1 };
            understood.extend(wrap_text(&text, cells).into_iter().take(lines).map(str::to_owned));
            let shown: usize = understood.iter().map(String::len).sum();
            // what does not fit is seen to be cut
            if let (Some(last), true) = (understood.last_mut(), shown + lines < text.len()) {
                *last = format!("{}…", crate::layout::truncate(last, cells.saturating_sub(1)).trim_end_matches('…'));
            }
        } else {
            understood.push(String::new());
        }
        let years = search.results.as_ref().filter(|_| h >= YEARS_FROM);
        let years = years.and_then(|r| Years::of(&r.facets.years, r.total, cells.saturating_sub(28).min(20)));
        Head { understood, years, ruled: true }
    }

    /// Lines of the pane above the hits.
    #[must_use]
    pub fn search_head(&self) -> u16 {
        self.search_head_now().height()
    }
}

#[cfg(test)]
mod tests;
