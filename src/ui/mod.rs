//! STATE TO SCREEN: `&App` → buffer; the only drawing. Every pane is drawn by the file of the same name as its state in
//! `app`. Drawing computes nothing that belongs to the state, and never changes it.

mod compare;
mod dossier;
mod editor;
mod footer;
mod form;
mod header;
mod heatmap;
mod help;
mod knelpunten;
mod library;
mod list;
mod margin;
mod navigator;
mod notes;
mod paint;
mod palette;
mod peek;
mod picker;
mod prompt;
mod reader;
mod references;
mod review;
mod search;
mod sheet;
mod theme;

pub use references::{Hyperlink, hyperlinks};
pub use theme::{BUILT_IN, Depth, Role, Theme, ThemeProblem};

use crate::app::heatmap as heat;
use crate::app::{App, Overlay, Pane, View, geometry};
use ratatui::buffer::Buffer;
use ratatui::layout::Position;

/// Draws the app. Returns where the terminal's cursor belongs: on the selected row, in the text, or in the field being
/// typed in, so that a screen reader follows; `None` hides it.
pub fn draw(app: &App, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    let area = buf.area;
    buf.set_style(area, theme.style(Role::Text));
    if area.width < geometry::LEAST.0 || area.height < geometry::LEAST.1 {
        too_small(app, theme, buf);
        return None;
    }
    header::draw(app, theme, buf);
    let cursor = match app.view {
        View::Read => read(app, theme, buf),
        View::Search | View::Knelpunten | View::Notes | View::Library | View::Dossier => beside_list(app, theme, buf),
        View::Compare => compare::draw(app, theme, buf),
    };
    footer::draw(app, theme, buf);
    match &app.overlay {
        Some(Overlay::Help(help)) => {
            help::draw(app, *help, theme, buf);
            None
        }
        Some(Overlay::Peek(seen)) => {
            peek::draw(app, seen, theme, buf);
            cursor
        }
        Some(Overlay::Sheet(words)) => {
            sheet::draw(app, words, theme, buf);
            None
        }
        Some(Overlay::Palette(palette)) => palette::draw(app, palette, theme, buf),
        Some(Overlay::Editor(editor)) => editor::draw(app, editor, theme, buf),
        Some(Overlay::Form(form)) => form::draw(app, form, theme, buf),
        Some(Overlay::Picker(picker)) => picker::draw(app, picker, theme, buf),
        Some(Overlay::References(references)) => references::draw(app, references, theme, buf),
        Some(Overlay::Prompt(prompt)) => prompt::draw(app, prompt, theme, buf),
        None => cursor,
    }
}

/// The list of a view, and the text beside it.
fn beside_list(app: &App, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    let in_list = match app.view {
        View::Read | View::Compare => None,
        View::Search => search::draw(app, theme, buf),
        View::Knelpunten if app.heat_mode() == heat::Mode::Full => heatmap::draw(app, theme, buf),
        View::Knelpunten => {
            heatmap::draw(app, theme, buf);
            knelpunten::draw(app, theme, buf)
        }
        View::Notes => notes::draw(app, theme, buf),
        View::Library => library::draw(app, theme, buf),
        View::Dossier => dossier::draw(app, theme, buf),
    };
    if app.reviewing() && app.pane == Pane::Left && app.review.here.is_some() {
        review::draw(app, theme, buf);
        return in_list;
    }
    let in_text = reader::draw(app, theme, buf);
    if app.pane == Pane::Text { in_text } else { in_list }
}

/// The three columns.
fn read(app: &App, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    let in_tree = navigator::draw(app, theme, buf);
    let in_text = reader::draw(app, theme, buf);
    let in_margin = margin::draw(app, theme, buf);
    match app.pane {
        Pane::Left => in_tree,
        Pane::Text => in_text,
        Pane::Facets => None,
        Pane::Margin => in_margin,
    }
}

/// Says in the middle of a tiny screen that it is too small, as far as that fits.
fn too_small(app: &App, theme: &Theme, buf: &mut Buffer) {
    let area = buf.area;
    let (w, h) = geometry::LEAST;
    let text = app.words.f("screen.too-small", &[("w", &w), ("h", &h)]);
    let row = area.height / 2;
    let text = crate::layout::truncate(&text, usize::from(area.width)).into_owned();
    let x = (area.width - crate::layout::width(&text) as u16) / 2;
    if area.height > 0 {
        buf.set_string(x, row, text, theme.style(Role::Warning));
    }
}
