//! What a dossier says in words: where a knelpunt returns, how much there is of it, where it stands.

use crate::knelpunt::dossier::{Cell, Run, Verdict};
use crate::knelpunt::register::StatusAt;
use crate::words::Words;

/// What a run amounts to, with the years that say so. Of a knelpunt `titled` in the reports it is its title that is or is
/// not there.
#[must_use]
pub fn verdict(words: &Words, run: &Run, titled: bool) -> String {
    let seen = years(run.seen());
    let mut parts = vec![match run.verdict {
        Verdict::Returning { seen: n, of } => {
            words.f("dossier.returning", &[("seen", &n), ("of", &of), ("years", &seen)])
        }
        Verdict::Back { since } => words.f("dossier.back", &[("year", &last(run.seen())), ("since", &since)]),
        Verdict::New if titled => words.f("dossier.new-title", &[("year", &seen)]),
        Verdict::New => words.f("dossier.new", &[("year", &seen)]),
        Verdict::Gone { last } if titled => words.f("dossier.gone-title", &[("year", &last)]),
        Verdict::Gone { last } => words.f("dossier.gone", &[("year", &last)]),
        Verdict::Once => words.f("dossier.once", &[("years", &seen)]),
        Verdict::Unclear if seen.is_empty() => words.t("dossier.unclear").to_owned(),
        Verdict::Unclear => words.f("dossier.unclear-but", &[("years", &seen)]),
    }];
    if matches!(run.verdict, Verdict::Gone { .. }) && run.seen().count() > 1 {
        parts.push(words.f("dossier.in-years", &[("years", &seen)]));
    }
    let mut more = |key: &str, years: String| {
        if !years.is_empty() {
            parts.push(words.f(key, &[("years", &years)]));
        }
    };
    more("dossier.not-in", years(run.missing()));
    more("dossier.in-doubt", years(run.unsure()));
    more("dossier.absent", years(run.absent()));
    parts.join(" · ")
}

/// How much there is: "3 passages, 1 gevonden, 1 onzeker". Empty when there is nothing.
#[must_use]
pub fn amount(words: &Words, cell: &Cell) -> String {
    let mut parts = Vec::new();
    let mut more = |key: &str, n: u32| {
        if n > 0 {
            parts.push(words.n(key, u64::from(n)));
        }
    };
    more("dossier.passages", cell.passages - cell.unloaded);
    more("dossier.unloaded", cell.unloaded);
    more("dossier.found", cell.found);
    more("dossier.again", cell.again);
    more("dossier.unsure", cell.unsure);
    parts.join(", ")
}

/// A status with its day and what says so.
#[must_use]
pub fn status(words: &Words, at: &StatusAt) -> String {
    let mut out = words.t(&format!("status.{}", at.status.name())).to_owned();
    if let Some(date) = at.date {
        out = format!("{out} {date}");
    }
    match &at.source {
        Some(source) => format!("{out} ({source})"),
        None => out,
    }
}

/// Years in a row, those that follow one another as a stretch: "2019, 2021–2024".
#[must_use]
pub fn years(years: impl Iterator<Item = i32>) -> String {
    let all: Vec<i32> = years.collect();
    let stretches = all.chunk_by(|a, b| a + 1 == *b);
    let said = stretches.map(|s| match s {
        [first, .., last] if s.len() > 2 => format!("{first}–{last}"),
        _ => s.iter().map(ToString::to_string).collect::<Vec<_>>().join(", "),
    });
    said.collect::<Vec<_>>().join(", ")
}

fn last(years: impl Iterator<Item = i32>) -> i32 {
    years.max().unwrap_or_default()
}
