//! The box, what was understood of the query, how much was found, and the years it is from.

use super::super::list;
use super::super::paint::put;
use super::super::{Role, Theme};
use crate::app::App;
use crate::app::geometry::Area;
use crate::app::search::Years;
use crate::layout::{sanitise, truncate, width};
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

/// An eighth to eight eighths of a row.
const BARS: [&str; 8] = ["▁", "▂", "▃", "▄", "▅", "▆", "▇", "█"];

pub(super) fn draw(app: &App, theme: &Theme, buf: &mut Buffer, inside: Area) -> Option<Position> {
    let s = &app.search;
    let w = &app.words;
    let mut x = put(buf, inside.x, inside.y, 2, "⌕ ", theme.style(Role::Key));
    if let Some(scope) = &s.scope {
        let only = w.f("search.only", &[("report", &sanitise(&scope.name))]);
        let chip = format!("[{}]", truncate(&only, usize::from(inside.w / 2)));
        x = put(buf, x, inside.y, inside.w, &chip, theme.style(Role::Accent));
        x = put(buf, x, inside.y, 1, " ", theme.style(Role::Text));
    }
    let at = Area { x, y: inside.y, w: (inside.x + inside.w).saturating_sub(x), h: 1 };
    let cursor = list::field(&s.input, at, theme, buf);
    if s.input.is_empty() {
        put(buf, at.x + 1, at.y, at.w.saturating_sub(1), w.t("search.type"), theme.style(Role::Muted));
    }
    let head = app.search_head_now();
    let mut y = inside.y + 1;
    for line in &head.understood {
        put(buf, inside.x, y, inside.w, line, theme.style(Role::Muted));
        y += 1;
    }
    let (text, role) = totals(app);
    put(buf, inside.x, y, inside.w, &text, theme.style(role));
    if let Some(years) = &head.years {
        y += 1;
        draw_years(app, theme, buf, Area { y, h: 1, ..inside }, years);
    }
    if head.ruled {
        list::rule(inside, y + 1, theme, buf);
    }
    cursor
}

/// How many of how many are shown.
fn totals(app: &App) -> (String, Role) {
    let s = &app.search;
    let w = &app.words;
    if let Some(reason) = &s.problem {
        return (w.f("search.problem", &[("reason", reason)]), Role::Error);
    }
    let Some(results) = &s.results else {
        let text = if s.waiting { w.t("search.waiting") } else { "" };
        return (text.to_owned(), Role::Muted);
    };
    if results.total == 0 {
        return (w.t("search.none").to_owned(), Role::Warning);
    }
    let text = w.f(
        "search.totals",
        &[
            ("shown", &w.number(s.shown().min(results.total))),
            ("total", &w.number(results.total)),
            ("reports", &w.n("count.reports", results.reports)),
        ],
    );
    match s.marked.len() as u64 {
        0 => (text, Role::Muted),
        n => (format!("{} · {text}", w.n("search.marked", n)), Role::Muted),
    }
}

/// The hits by year: bars between the first and the last year, and the highest of them in words.
fn draw_years(app: &App, theme: &Theme, buf: &mut Buffer, at: Area, years: &Years) {
    let (style, dim) = (theme.style(Role::Accent), theme.style(Role::Muted));
    let peak = app.words.f("search.peak", &[("year", &years.peak.0), ("n", &app.words.number(years.peak.1.into()))]);
    let (first, last) = (years.first.to_string(), years.last.to_string());
    let words = width(&first) + width(&last) + width(&peak) + 5;
    let wide = words + 2 * years.counts.len() <= usize::from(at.w);
    let end = at.x + at.w;
    let mut x = put(buf, at.x, at.y, at.w, &first, dim) + 1;
    let most = years.counts.iter().copied().max().unwrap_or(0).max(1);
    for count in &years.counts {
        // a year without hits is a dot, not the lowest bar
        let level = (u64::from(*count) * BARS.len() as u64 + u64::from(most) / 2) / u64::from(most);
        let sign = match *count {
            0 => "·",
            _ => BARS[(level as usize).clamp(1, BARS.len()) - 1],
        };
        for _ in 0..if wide { 2 } else { 1 } {
            x = put(buf, x, at.y, end.saturating_sub(x), sign, if *count == 0 { dim } else { style });
        }
    }
    x = put(buf, x + 1, at.y, end.saturating_sub(x + 1), &last, dim);
    let without = match years.without {
        0 => String::new(),
        n => format!(" · {}", app.words.n("search.no-year", n)),
    };
    put(buf, x, at.y, end.saturating_sub(x), &format!(" · {peak}{without}"), dim);
}
