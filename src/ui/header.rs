//! The line at the top: the program, what is loaded, the way to search, and what is under way.

use super::paint::{fill, put, put_right, tint};
use super::{Role, Theme};
use crate::app::{App, View};
use ratatui::buffer::Buffer;

pub(super) fn draw(app: &App, theme: &Theme, buf: &mut Buffer) {
    let area = app.panes.header;
    let style = theme.style(Role::Header);
    fill(buf, area, style);
    let w = &app.words;
    let mut right = area.x + area.w;
    if let Some(p) = &app.progress {
        let text = if p.total == 0 { "⟳ ".to_owned() } else { format!("⟳ {}/{} ", p.done, p.total) };
        right = put_right(buf, right, area.y, area.w / 3, &text, style).saturating_sub(1);
    }
    let mut x = put(buf, area.x, area.y, area.w, " kantlijn", theme.style(Role::Header)) + 2;
    for view in View::ALL {
        let name = w.t(match view {
            View::Read => "view.read",
            View::Search => "view.search",
            View::Knelpunten => "view.knelpunten",
            View::Notes => "view.notes",
            // those without a key of their own are reached from others
            View::Library | View::Dossier | View::Compare => "view.library",
        });
        if x + crate::layout::width(name) as u16 + 2 >= right {
            break;
        }
        // a dossier is one of the knelpunten
        let here = view == app.view || (view == View::Knelpunten && app.view == View::Dossier);
        let text = if here { format!("[{name}]") } else { format!(" {name} ") };
        let from = x;
        x = put(buf, x, area.y, right - x, &text, style);
        if here {
            tint(buf, from, area.y, x - from, theme.style(Role::BorderFocus));
        }
    }
    let reports = app.shelf.reports().count() as u64;
    let knelpunten =
        app.shelf.entries().iter().filter_map(|e| e.summary()).map(|s| u64::from(s.knelpunten.explicit)).sum();
    let notes = app.notebook.len() as u64;
    let counts =
        [w.n("count.reports", reports), w.n("count.knelpunten", knelpunten), w.n("count.notes", notes)].join(" · ");
    let review = app.review.items.len() as u64;
    let fits = |text: &String| x + crate::layout::width(text) as u16 + 3 < right;
    // what asks something of the reader is told first, and on a narrow screen alone
    let asked = Some(format!("≠ {}", w.n("review.count", review))).filter(fits).unwrap_or(format!("≠{review}"));
    if review > 0 && x + crate::layout::width(&asked) as u16 + 3 < right {
        right = put_right(buf, right.saturating_sub(1), area.y, right - x, &asked, theme.style(Role::Moved))
            .saturating_sub(1);
    }
    let counts = if app.demo { format!("{} · {counts}", w.t("screen.demo")) } else { counts };
    if x + crate::layout::width(&counts) as u16 + 3 < right {
        put_right(buf, right.saturating_sub(1), area.y, right - x, &counts, style);
    }
}
