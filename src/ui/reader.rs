//! The text: breadcrumb, rows with their signs, progress.

use super::paint::{put, put_right};
use super::{Role, Theme};
use crate::app::geometry::{Area, GUTTER};
use crate::app::knelpunten::colour;
use crate::app::margin::Mark;
use crate::app::{App, OpenDoc, Pane};
use crate::doc::{Block, BlockId, BlockKind, SpanStyle, TextRange};
use crate::keys::Action;
use crate::knelpunt::Certainty;
use crate::layout::{DecorRole, Line, LineKind, Piece, ScreenRow, sanitise};
use crate::notes::NoteKind;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::Style;
use std::fmt::Display;

/// What is laid over the text, in order: the later ones on top.
struct Marks<'a> {
    hits: &'a [TextRange],
    notes: &'a [Mark],
    pointed: Option<TextRange>,
    selected: Option<TextRange>,
    cursor: u32,
}

pub(super) fn draw(app: &App, theme: &Theme, buf: &mut Buffer) -> Option<Position> {
    let area = app.panes.text;
    if area.is_empty() {
        return None;
    }
    let Some(open) = &app.reader.open else {
        welcome(app, theme, buf, area);
        return None;
    };
    breadcrumb(app, theme, buf, area, open);
    let marks = Marks {
        hits: &app.reader.hits.found,
        notes: &app.margin.marks,
        pointed: app.reader.pointed,
        selected: app.reader.selected(),
        cursor: app.reader.cursor,
    };
    let mut cursor = None;
    for (i, row) in app.reader.rows.iter().enumerate() {
        let y = area.y + 1 + i as u16;
        if y + 1 >= area.y + area.h {
            break;
        }
        let x = area.x + GUTTER;
        draw_line(theme, buf, open, row.line(), x, y, &marks);
        gutter(app, theme, buf, open, row, area.x, y, &marks);
        let here = app.reader.flow().is_some_and(|f| f.place_of(app.reader.cursor) == row.place);
        if here {
            // in a wide table it may stand out of sight
            let cell = app.reader.flow().and_then(|f| f.x_of(row.place, app.reader.cursor));
            cursor = cell.map(|cell| Position { x: x + cell, y }).or(cursor);
        }
    }
    status(app, theme, buf, area, open);
    cursor
}

/// The signs left of a row: where the reader is, what has a note, what is a knelpunt.
#[allow(clippy::too_many_arguments)]
fn gutter(
    app: &App,
    theme: &Theme,
    buf: &mut Buffer,
    open: &OpenDoc,
    row: &ScreenRow,
    x: u16,
    y: u16,
    marks: &Marks<'_>,
) {
    let line = row.line();
    let here = app.reader.flow().is_some_and(|f| f.place_of(app.reader.cursor) == row.place);
    if here {
        let role = if app.pane == Pane::Text { Role::Here } else { Role::Muted };
        put(buf, x, y, 1, "›", theme.style(role));
    }
    let section = open.doc.blocks().get(row.place.block as usize).map(|b: &Block| (b, b.section));
    let heading = matches!(line.kind, LineKind::Heading { .. });
    if let Some((block, id)) = section
        && heading
        && line.range.start == block.range.start
        && open.knelpunt_of(id).is_some_and(|f| f.certainty == Certainty::Explicit)
    {
        put(buf, x + 1, y, 1, "◆", theme.style(Role::Knelpunt));
    } else if let Some(mark) = note_on(marks.notes, line) {
        // the sign of the note where it begins, a bar along the rest of its passage
        let sign = match (line.range.contains(mark.range.start), mark.twin, mark.kind, mark.colour) {
            (false, ..) => "▌",
            (true, true, ..) => "≈",
            (true, false, NoteKind::Highlight, Some(_)) => colour::sign(mark.colour),
            (true, false, kind, _) => super::margin::sign(kind),
        };
        put(buf, x + 1, y, 1, sign, theme.style(Role::sign(mark.colour, Role::Note)));
    } else if section.is_some_and(|(block, _)| line.range.contains(block.range.start))
        && !matches!(line.kind, LineKind::Blank)
        && open.doc.correction_at(BlockId(row.place.block)).is_some()
    {
        put(buf, x + 1, y, 1, "±", theme.style(Role::Accent));
    } else if marks.pointed.is_some_and(|p| p.overlaps(line.range)) {
        put(buf, x + 1, y, 1, "▏", theme.style(Role::Accent));
    }
}

/// The note on a row: of several the one that begins there, and one with words before the others.
fn note_on<'a>(notes: &'a [Mark], line: &Line) -> Option<&'a Mark> {
    let on = notes.iter().filter(|n| n.range.overlaps(line.range));
    on.min_by_key(|n| (n.twin, !line.range.contains(n.range.start), n.kind))
}

fn draw_line(theme: &Theme, buf: &mut Buffer, open: &OpenDoc, line: &Line, x: u16, y: u16, marks: &Marks<'_>) {
    let base = match line.kind {
        LineKind::Heading { level: 1 } => Role::HeadingOne,
        LineKind::Heading { level: 2 } => Role::HeadingTwo,
        LineKind::Heading { .. } => Role::Heading,
        LineKind::Rule => Role::Rule,
        LineKind::Quote => Role::Quote,
        LineKind::Code => Role::CodeText,
        LineKind::Footnote => Role::Muted,
        LineKind::TableHead => Role::Strong,
        LineKind::Blank | LineKind::Text | LineKind::Item | LineKind::TableRow => Role::Text,
    };
    for piece in &line.pieces {
        match piece {
            Piece::Decor { text, x: at, role } => {
                let role = match role {
                    DecorRole::Marker | DecorRole::NoteLabel | DecorRole::QuoteBar => Role::Marker,
                    DecorRole::HeadingRule | DecorRole::TableRule | DecorRole::NoteRule => Role::Rule,
                    DecorRole::TableKey => Role::Muted,
                    DecorRole::More => Role::Accent,
                };
                put(buf, x + at, y, buf.area.width, text, theme.style(role));
            }
            Piece::Text { range, x: at, .. } => draw_text(theme, buf, open, *range, base, x + at, y, marks),
        }
    }
}

/// Draws a piece of text in stretches of one style.
#[allow(clippy::too_many_arguments)]
fn draw_text(
    theme: &Theme,
    buf: &mut Buffer,
    open: &OpenDoc,
    range: TextRange,
    base: Role,
    x: u16,
    y: u16,
    marks: &Marks<'_>,
) {
    let from = start_of_spans(open, range.start);
    let spans = open.doc.spans_in(TextRange::new(from, range.end));
    let mut cuts: Vec<u32> = vec![range.start, range.end];
    let mut cut = |r: TextRange| {
        if let Some(r) = r.intersect(range) {
            cuts.extend([r.start, r.end]);
        }
    };
    spans.iter().for_each(|s| cut(s.range));
    let hits = hits_in(marks.hits, range);
    hits.iter().for_each(|h| cut(*h));
    marks.notes.iter().for_each(|n| cut(n.range));
    marks.selected.into_iter().for_each(&mut cut);
    cuts.sort_unstable();
    cuts.dedup();
    let mut at = x;
    for pair in cuts.windows(2) {
        let part = TextRange::new(pair[0], pair[1]);
        let mut style = theme.style(base);
        for span in spans.iter().filter(|s| s.range.covers(part)) {
            style = style.patch(span_style(theme, &span.style));
        }
        // of several marks the shortest is the one that is meant
        let marked = marks.notes.iter().filter(|n| n.range.covers(part));
        if let Some(mark) = marked.min_by_key(|n| (n.colour.is_none(), n.range.len())) {
            style = style.patch(theme.style(Role::mark(mark.colour)));
        }
        if let Some(hit) = hits.iter().find(|h| h.covers(part)) {
            let role = if hit.contains(marks.cursor) { Role::HitHere } else { Role::Hit };
            style = style.patch(theme.style(role));
        }
        if marks.selected.is_some_and(|s| s.covers(part)) {
            style = style.patch(theme.style(Role::Selection));
        }
        at = put(buf, at, y, buf.area.right().saturating_sub(at), open.doc.slice(part), style);
    }
}

/// Where spans that reach a byte may begin: they never cross a block's border, nor that of a table's row.
fn start_of_spans(open: &OpenDoc, byte: u32) -> u32 {
    let block = open.doc.block(open.doc.block_at(byte));
    let row = matches!(block.kind, BlockKind::Table { .. })
        .then(|| open.doc.slice(TextRange::new(block.range.start, byte)).rfind('\n'))
        .flatten();
    block.range.start + row.map_or(0, |at| at as u32 + 1)
}

/// The hits that touch a range; hits ascend and don't overlap.
fn hits_in(hits: &[TextRange], range: TextRange) -> &[TextRange] {
    let from = hits.partition_point(|h| h.end <= range.start);
    let to = hits.partition_point(|h| h.start < range.end);
    &hits[from..to.max(from)]
}

fn span_style(theme: &Theme, style: &SpanStyle) -> Style {
    theme.style(match style {
        SpanStyle::Emphasis => Role::Emphasis,
        SpanStyle::Strong => Role::Strong,
        SpanStyle::Code => Role::CodeText,
        SpanStyle::Strike => Role::Muted,
        SpanStyle::Link(_) => Role::Link,
        SpanStyle::NoteRef(_) => Role::Footnote,
        // How a word was broken in the source is for search to know, not for the page to show.
        SpanStyle::Broken(_) => return Style::default(),
    })
}

/// Report › section › subsection; on a narrow screen the inner ones win.
fn breadcrumb(app: &App, theme: &Theme, buf: &mut Buffer, area: Area, open: &OpenDoc) {
    let Some(section) = app.reader.section() else { return };
    let outline = open.doc.outline();
    let part = outline.part(outline.section(section).part);
    let title = if part.title.is_empty() { open.file.clone() } else { part.title.clone() };
    let mut labels = vec![title];
    labels.extend(outline.path_labels(section));
    let room = usize::from(area.w.saturating_sub(GUTTER + 1));
    let mut text = labels.join(" › ");
    let mut from = 0;
    while crate::layout::width(&text) > room && from + 1 < labels.len() {
        from += 1;
        text = format!("… › {}", labels[from..].join(" › "));
    }
    put(buf, area.x + GUTTER, area.y, room as u16, &sanitise(&text), theme.style(Role::Muted));
}

/// Page, progress, and the counter of hits.
fn status(app: &App, theme: &Theme, buf: &mut Buffer, area: Area, open: &OpenDoc) {
    let y = area.y + area.h - 1;
    let right = area.x + area.w - 1;
    let mut parts = Vec::new();
    if let Some((at, of)) = app.reader.hits.count(app.reader.cursor) {
        let of = if app.reader.hits.all { of.to_string() } else { format!("{of}+") };
        // before the first one the reader stands on none
        let at = if at == 0 { "–".to_owned() } else { at.to_string() };
        parts.push(app.words.f("reader.hits", &[("at", &at), ("of", &of)]));
    }
    if let Some(page) = open.doc.source().page_at(app.reader.cursor) {
        let label = page.label.clone().unwrap_or_else(|| page.index.to_string());
        parts.push(app.words.f("reader.page", &[("page", &label)]));
    }
    parts.push(format!("{:.0} %", app.reader.progress() * 100.0));
    let text = parts.join(" · ");
    let from = put_right(buf, right, y, area.w, &text, theme.style(Role::Muted));
    if let Some(selected) = app.reader.selected() {
        let words = open.doc.slice(selected).split_whitespace().count() as u64;
        let text = app.words.n("reader.selected", words);
        put(buf, area.x + GUTTER, y, from.saturating_sub(area.x + GUTTER), &text, theme.style(Role::Info));
    } else if let Some(wide) = app.reader.wide_table().and_then(|block| app.reader.flow()?.wide(block)) {
        let (to, of) = (wide.seen.end, wide.columns);
        let (left, right) = (app.key_text(Action::ScrollLeft), app.key_text(Action::ScrollRight));
        let named: [(&str, &dyn Display); 5] =
            [("from", &(wide.seen.start + 1)), ("to", &to), ("of", &of), ("left", &left), ("right", &right)];
        let key = if wide.seen.len() == 1 { "reader.column" } else { "reader.columns" };
        let text = app.words.f(key, &named);
        put(buf, area.x + GUTTER, y, from.saturating_sub(area.x + GUTTER + 1), &text, theme.style(Role::Muted));
    }
}

/// What an empty reader says: what to do.
fn welcome(app: &App, theme: &Theme, buf: &mut Buffer, area: Area) {
    let w = &app.words;
    let empty = app.shelf.entries().is_empty();
    let lines = match (empty, app.progress.is_some()) {
        (true, true) => [w.t("welcome.reading"), "", ""],
        (true, false) => [w.t("welcome.empty"), w.t("welcome.empty-how"), ""],
        _ if app.demo => [w.t("welcome.choose"), w.t("welcome.search"), w.t("welcome.demo")],
        _ => [w.t("welcome.choose"), w.t("welcome.search"), w.t("welcome.help")],
    };
    let y = area.y + area.h / 3;
    for (i, line) in lines.iter().enumerate() {
        let role = if i == 0 { Role::Title } else { Role::Muted };
        put(buf, area.x + GUTTER, y + i as u16, area.w.saturating_sub(GUTTER + 1), line, theme.style(role));
    }
}
