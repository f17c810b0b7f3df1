//! Fields to be filled in: what is said above them, each with its name, and what is to be known of the one that has the
//! keys.

use super::paint::{fill, frame, put};
use super::{Role, Theme};
use crate::app::App;
use crate::app::form::{Field, Form, Input};
use crate::app::geometry::Area;
use crate::keys::Action;
use crate::layout::{truncate, width};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};
use ratatui::widgets::Widget;

/// Columns of the names of fields.
const LABEL: u16 = 15;

pub(super) fn draw(app: &App, form: &Form, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    let area = app.form_area();
    fill(buf, area, theme.style(Role::Text));
    let title = truncate(&form.title, usize::from(area.w.saturating_sub(6))).into_owned();
    let inside = frame(buf, theme, area, &title, true);
    if inside.h < 2 {
        return None;
    }
    let bottom = inside.y + inside.h;
    let (x, room) = (inside.x + 1, inside.w.saturating_sub(2));
    // hints keep their place at the bottom; the fields scroll so that the one with the keys is in sight
    let hints = if inside.h > 4 { 2 } else { 1 };
    let end = bottom - hints;
    let mut y = inside.y;
    let said = app.form_said(form);
    let need: u16 = form.fields.iter().map(Field::height).sum();
    let spare = inside.h.saturating_sub(hints + need);
    for line in said.iter().take(usize::from(if need > 0 { spare.saturating_sub(1) } else { spare })) {
        put(buf, x, y, room, line, theme.style(Role::Text));
        y += 1;
    }
    if y > inside.y && need > 0 {
        y += 1;
    }
    let mut cursor = None;
    let above: u16 = form.fields.iter().take(form.at + 1).map(Field::height).sum();
    let mut skip = above.saturating_sub(end - y);
    for (i, field) in form.fields.iter().enumerate() {
        let (hidden, height) = (skip.min(field.height()), field.height());
        skip -= hidden;
        let height = (height - hidden).min(end.saturating_sub(y));
        if height == 0 {
            continue;
        }
        let here = i == form.at;
        let role = if here { Role::Key } else { Role::Muted };
        put(buf, x, y, 1, if here { "›" } else { " " }, theme.style(Role::Here));
        put(buf, x + 2, y, LABEL.saturating_sub(3), app.words.t(field.label), theme.style(role));
        let at = Area { x: x + LABEL, y, w: room.saturating_sub(LABEL), h: height };
        let stands = draw_input(&field.input, at, here, theme, buf);
        cursor = stands.filter(|_| here).or(cursor);
        y += height;
    }
    if hints > 1 {
        let (hint, role) = match &form.fault {
            Some(fault) => (fault.clone(), Role::Warning),
            None => (app.form_hint(form), Role::Muted),
        };
        put(buf, x, bottom - 2, room, &hint, theme.style(role));
    }
    let (text, role) = match &form.fault {
        Some(fault) if hints == 1 => (fault.clone(), Role::Warning),
        _ => keys(app, form, usize::from(room)),
    };
    put(buf, x, bottom - 1, room, &text, theme.style(role));
    cursor.or(Some(Position { x, y: bottom - 1 }))
}

/// Draws what is typed or chosen. Returns where the cursor stands in it.
fn draw_input(input: &Input, at: Area, here: bool, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    if at.is_empty() {
        return None;
    }
    match input {
        Input::Line(text) | Input::Lines(text) => {
            let field = Rect { x: at.x, y: at.y, width: at.w, height: at.h };
            buf.set_style(field, theme.style(Role::Input));
            let mut text = text.clone();
            if !here {
                // one cursor at a time
                let style = theme.style(Role::Input);
                text.styled().set_cursor_style(style);
            }
            let widget = text.widget();
            widget.render(field, buf);
            let (cursor, top) = (widget.screen_cursor(), widget.scroll_offset());
            let row = (cursor.row as u16).saturating_sub(top.0).min(at.h - 1);
            let column = (cursor.col as u16).saturating_sub(top.1).min(at.w - 1);
            Some(Position { x: at.x + column, y: at.y + row })
        }
        Input::Choice(options, chosen) => {
            let all: usize = options.iter().map(|o| width(o) + 3).sum();
            let (mut x, end) = (at.x, at.x + at.w);
            let mut cursor = None;
            // when they don't all fit only the chosen one is shown
            for (i, option) in options.iter().enumerate().filter(|(i, _)| all <= usize::from(at.w) || i == chosen) {
                let (text, role) = match (i == *chosen, here) {
                    (true, true) => (format!("[{option}]"), Role::Accent),
                    (true, false) => (format!("[{option}]"), Role::Text),
                    (false, _) => (format!(" {option} "), Role::Muted),
                };
                if i == *chosen {
                    cursor = Some(Position { x, y: at.y });
                }
                x = put(buf, x, at.y, end.saturating_sub(x), &text, theme.style(role)) + 1;
            }
            if all > usize::from(at.w) {
                let count = format!("{}/{}", chosen + 1, options.len());
                put(buf, x, at.y, end.saturating_sub(x), &count, theme.style(Role::Muted));
            }
            cursor
        }
    }
}

/// The keys that end it; once giving up was asked for, what that means.
fn keys(app: &App, form: &Form, room: usize) -> (String, Role) {
    let w = &app.words;
    if form.saving {
        return (w.t("editor.saving").to_owned(), Role::Info);
    }
    let key = |action| app.form_key_text(action);
    let (save, cancel, next) = (key(Action::Save), key(Action::Cancel), key(Action::NextPane));
    if form.asked {
        return (w.f("editor.asked", &[("save", &save), ("cancel", &cancel)]), Role::Warning);
    }
    if form.fields.len() <= 1 {
        let yes = key(Action::Open);
        let what = if form.fields.is_empty() { "form.keys-ask" } else { "form.keys-one" };
        return (w.f(what, &[("yes", &yes), ("cancel", &cancel)]), Role::Muted);
    }
    let long = w.f("form.keys", &[("save", &save), ("cancel", &cancel), ("next", &next)]);
    if width(&long) <= room {
        return (long, Role::Muted);
    }
    (w.f("editor.keys-short", &[("save", &save), ("cancel", &cancel)]), Role::Muted)
}
