//! In which editions of a report a knelpunt is mentioned, and what that amounts to: whether it keeps returning, is new, or
//! is no longer mentioned. Said only of editions that are in the library.

use super::material::{Index, Mention, Series, Weight};
use std::collections::{BTreeMap, BTreeSet};

/// The editions that are looked at to say that something keeps returning: the last ones there are.
const WINDOW: usize = 5;
/// In so many of them it is mentioned when it keeps returning.
const RETURNS: usize = 2;
/// Longest stretch of years that is told year by year.
const LONGEST: i32 = 60;

/// A knelpunt in the editions of one report.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Title of the report, without years.
    pub report: String,
    /// Its publisher.
    pub org: Option<String>,
    /// Year by year, from the first edition known to the last, ascending.
    pub years: Vec<YearMark>,
    /// What that amounts to.
    pub verdict: Verdict,
    /// How often it is mentioned in all.
    pub mentions: u32,
}

/// A year of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct YearMark {
    /// Which.
    pub year: i32,
    /// What is known of it.
    pub mark: Mark,
}

/// What is known of a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// It is mentioned so often.
    Seen(u32),
    /// There are only notes whose place is in doubt or gone.
    Unsure,
    /// The edition of this year is in the library and nothing in it belongs to the knelpunt.
    Missing,
    /// No edition of this year is in the library.
    Absent,
}

/// What a run amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// Mentioned in the last edition, and in `seen` of the last `of` ones.
    Returning {
        /// In so many.
        seen: usize,
        /// Of so many.
        of: usize,
    },
    /// Mentioned in the last edition, not in the ones before it, but long ago.
    Back {
        /// When last before.
        since: i32,
    },
    /// Mentioned in the last edition and in none before it.
    New,
    /// Not mentioned since: later editions are in the library.
    Gone {
        /// The last year in which it was.
        last: i32,
    },
    /// One edition is known: nothing can be said.
    Once,
    /// What would decide it is in doubt.
    Unclear,
}

impl Run {
    /// The years in which it is mentioned.
    pub fn seen(&self) -> impl Iterator<Item = i32> + Clone {
        self.with(|m| matches!(m, Mark::Seen(_)))
    }

    /// The years whose edition doesn't mention it.
    pub fn missing(&self) -> impl Iterator<Item = i32> + Clone {
        self.with(|m| m == Mark::Missing)
    }

    /// The years in which there is only doubt.
    pub fn unsure(&self) -> impl Iterator<Item = i32> + Clone {
        self.with(|m| m == Mark::Unsure)
    }

    /// The years between the first and the last of which no edition is in the library.
    pub fn absent(&self) -> impl Iterator<Item = i32> + Clone {
        self.with(|m| m == Mark::Absent)
    }

    fn with(&self, is: impl Fn(Mark) -> bool + Clone) -> impl Iterator<Item = i32> + Clone {
        self.years.iter().filter(move |y| is(y.mark)).map(|y| y.year)
    }
}

/// The runs of all reports in which something is mentioned, those with most mentions first.
pub(super) fn runs(mentions: &[Mention], index: &Index<'_>) -> Vec<Run> {
    let of: BTreeSet<usize> = mentions.iter().map(|m| m.series).collect();
    let run = |series: usize| {
        let of_it: Vec<Mention> = mentions.iter().filter(|m| m.series == series).copied().collect();
        run(&of_it, &index.series[series])
    };
    let mut all: Vec<Run> = of.into_iter().map(run).collect();
    all.sort_by_key(|r| std::cmp::Reverse(r.mentions));
    all
}

fn run(mentions: &[Mention], series: &Series) -> Run {
    let (mut seen, mut unsure) = (BTreeMap::<i32, u32>::new(), BTreeSet::new());
    let mut total = 0;
    for m in mentions {
        match (m.weight, m.year) {
            (Weight::Unsure, Some(year)) => drop(unsure.insert(year)),
            (Weight::Unsure | Weight::Near, _) => {}
            (_, year) => {
                total += 1;
                if let Some(year) = year {
                    *seen.entry(year).or_default() += 1;
                }
            }
        }
    }
    unsure.retain(|y| !seen.contains_key(y));
    let known: BTreeSet<i32> = series.years.iter().chain(seen.keys()).chain(&unsure).copied().collect();
    let years = match (known.first(), known.last()) {
        (Some(first), Some(last)) if last - first <= LONGEST => (*first..=*last).collect(),
        _ => known.iter().copied().collect::<Vec<_>>(),
    };
    let mark = |year: i32| match seen.get(&year) {
        Some(n) => Mark::Seen(*n),
        None if unsure.contains(&year) => Mark::Unsure,
        None if known.contains(&year) => Mark::Missing,
        None => Mark::Absent,
    };
    let years = years.into_iter().map(|year| YearMark { year, mark: mark(year) }).collect();
    let verdict = verdict(&known, &seen.keys().copied().collect(), &unsure);
    Run { report: series.title.clone(), org: series.org.clone(), years, verdict, mentions: total }
}

/// `known`: the years of which an edition is known; `seen` and `unsure`: those of them with mentions, and with doubt only.
fn verdict(known: &BTreeSet<i32>, seen: &BTreeSet<i32>, unsure: &BTreeSet<i32>) -> Verdict {
    let (Some(latest), Some(last)) = (known.last().copied(), seen.last().copied()) else {
        return if seen.is_empty() && !unsure.is_empty() { Verdict::Unclear } else { Verdict::Once };
    };
    if known.len() == 1 {
        return Verdict::Once;
    }
    if last < latest {
        let doubt = unsure.range(last..).next().is_some();
        return if doubt { Verdict::Unclear } else { Verdict::Gone { last } };
    }
    let window: Vec<i32> = known.iter().rev().take(WINDOW).copied().collect();
    let within = window.iter().filter(|y| seen.contains(y)).count();
    if within >= RETURNS {
        return Verdict::Returning { seen: within, of: window.len() };
    }
    match seen.range(..latest).next_back() {
        Some(since) => Verdict::Back { since: *since },
        None if unsure.is_empty() => Verdict::New,
        None => Verdict::Unclear,
    }
}
