//! What the hits can be narrowed to, with counts in figures and in bars.

use super::super::list;
use super::super::paint::{frame, put, put_right};
use super::super::{Role, Theme};
use crate::app::geometry::Area;
use crate::app::search::facets::{FacetRow, ValueRow};
use crate::app::search::filters::Facet;
use crate::app::{App, Pane};
use crate::keys::{Action, Context, sequence_text};
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

/// Columns of the longest bar.
const BAR: u32 = 6;

pub(in crate::ui) fn draw(app: &App, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    let area = app.panes.facets;
    if area.is_empty() {
        return None;
    }
    let focused = app.pane == Pane::Facets;
    let keys = app.keymap.keys_for(&[Context::Search], Action::Facets).into_iter().next();
    let key = keys.map(|k| format!(" ({})", sequence_text(&k))).unwrap_or_default();
    let title = format!("{}{}", app.words.t("facets.title"), if focused { String::new() } else { key });
    let inside = frame(buf, theme, area, &title, focused);
    let pane = &app.search.facets;
    list::rows(&pane.list, inside, focused, theme, buf, |buf, slot| match &pane.rows[slot.row] {
        FacetRow::Gap => {}
        FacetRow::Head(facet) => {
            let words = app.words.t(match facet {
                Facet::Org => "facets.org",
                Facet::Year => "facets.year",
                Facet::Part => "facets.part",
                Facet::Knelpunt => "facets.knelpunt",
            });
            put(buf, slot.at.x + 1, slot.at.y, slot.at.w.saturating_sub(1), words, theme.style(Role::Title));
        }
        FacetRow::More(_, 0) => {
            put(buf, slot.at.x + 3, slot.at.y, slot.at.w, app.words.t("facets.fewer"), theme.style(Role::Muted));
        }
        FacetRow::More(_, n) => {
            let text = app.words.n("facets.more", *n as u64);
            put(buf, slot.at.x + 3, slot.at.y, slot.at.w, &text, theme.style(Role::Muted));
        }
        FacetRow::Value(value) => draw_value(app, theme, buf, slot.at, value),
    })
}

fn draw_value(app: &App, theme: &Theme, buf: &mut Buffer, at: Area, value: &ValueRow) {
    let right = at.x + at.w;
    let count = app.words.number(u64::from(value.count));
    let mut end = put_right(buf, right, at.y, at.w / 3, &count, theme.style(Role::Key));
    // the figure says it all; a bar is for the eye, where names leave room for it
    let least = if value.facet == Facet::Year { 20 } else { 38 };
    if at.w >= least && value.most > 0 {
        let cells = (u64::from(value.count) * u64::from(BAR)).div_ceil(u64::from(value.most)).min(u64::from(BAR));
        // all bars begin in one column, whatever the figures
        let x = right.saturating_sub(width_of(app, value) + 1 + BAR as u16);
        put(buf, x, at.y, BAR as u16, &"▪".repeat(cells as usize), theme.style(Role::Accent));
        end = x;
    }
    let (sign, role) = if value.chosen { ("✓", Role::Good) } else { (" ", Role::Text) };
    put(buf, at.x + 1, at.y, 1, sign, theme.style(role));
    let role = if value.chosen { Role::Strong } else { Role::Text };
    put(buf, at.x + 3, at.y, end.saturating_sub(at.x + 4), &value.name, theme.style(role));
}

/// Columns of the longest figure of a facet.
fn width_of(app: &App, value: &ValueRow) -> u16 {
    crate::layout::width(&app.words.number(u64::from(value.most))) as u16
}
