//! What is judged of a note in another edition: what stood there and what stands there now in one text, word by word, with
//! signs as well as colours: `[-gone-]`, `[+new+]`, and `!` before figures, negations and names that differ.

use super::paint::{frame, put};
use super::{Role, Theme};
use crate::app::App;
use crate::app::geometry::Area;
use crate::app::review::Judged;
use crate::keys::{Action, Context, sequence_text};
use crate::layout::{truncate, width, wrap_text};
use crate::notes::anchor::State;
use crate::notes::diff::{Kind, Op, Piece, Weighty, weighty, words};
use ratatui::buffer::Buffer;
use ratatui::style::Style;

/// Words of what stays the same that are shown at either end of a long stretch.
const KEPT: usize = 14;
/// Rows of the note's own words.
const OWN: usize = 2;

/// Text that flows over the rows, in runs of one style.
struct Run {
    text: String,
    style: Style,
    /// A blank stands before it.
    apart: bool,
}

pub(super) fn draw(app: &App, theme: &Theme, buf: &mut Buffer) {
    let area = app.panes.text;
    if area.is_empty() {
        return;
    }
    let w = &app.words;
    let at = app.review.here.as_ref().and_then(|here| app.review.items.iter().position(|i| i.key == *here));
    let (Some(at), Some((note, located)), Some(judged)) = (at, app.review_here(), app.judged()) else { return };
    let of = app.review.items.len();
    let title = w.f("review.title", &[("at", &(at + 1)), ("of", &of)]);
    let inside = frame(buf, theme, area, &title, false).inset(1, 0, 1, 0);
    let mut rows: Vec<Vec<Run>> = Vec::new();
    let plain = |text: &str, role: Role| Run { text: text.to_owned(), style: theme.style(role), apart: true };
    let cells = usize::from(inside.w);
    let own = note.body.trim();
    for row in wrap_text(own, cells).into_iter().take(OWN) {
        rows.push(vec![plain(row, Role::NoteText)]);
    }
    let pieces = pieces(&judged);
    let differ = weighty(&pieces[1]);
    let (sign, role) = match located.state {
        State::Moved => ("review.moved", Role::Moved),
        State::Changed => ("review.changed", Role::Moved),
        State::Uncertain => ("review.uncertain", Role::Moved),
        _ => ("review.orphan", Role::Moved),
    };
    let why = why(app, located.state, &judged, &pieces[1], &differ);
    let said = format!("{}: {why}", w.t(sign));
    rows.extend(wrap_text(&said, cells).into_iter().map(|row| vec![plain(row, role)]));
    let now = if located.state == State::Orphan { "review.nearest" } else { "review.now" };
    for (label, place) in [("review.then", &judged.then), (now, &judged.now)] {
        if label == "review.nearest" && judged.choices.is_empty() {
            continue;
        }
        let text = format!("{} {place}", w.t(label));
        rows.push(vec![plain(&truncate(&text, cells), Role::Muted)]);
    }
    rows.push(Vec::new());
    rows.extend(flow(&pieces, cells, theme));
    if judged.choices.len() > 1 || (located.state == State::Uncertain && !judged.choices.is_empty()) {
        rows.push(Vec::new());
        rows.push(vec![plain(w.t("review.candidates"), Role::Title)]);
        for (i, (place, text)) in judged.choices.iter().enumerate() {
            let here = if i == app.review.choice { "▸" } else { " " };
            let line = format!("{here}{} {}", i + 1, if place.is_empty() { text } else { place });
            let role = if i == app.review.choice { Role::Here } else { Role::Text };
            let mut row = vec![plain(&truncate(&line, cells), role)];
            let left = cells.saturating_sub(width(&line) + 2);
            if left > 12 && !place.is_empty() {
                row.push(plain(&truncate(&format!(" “{text}”"), left), Role::Muted));
            }
            rows.push(row);
        }
    }
    let keys = keys(app, theme, cells, judged.choices.len());
    let room = usize::from(inside.h).saturating_sub(keys.len() + 1);
    let cut = rows.len() > room;
    for (y, row) in rows.iter().take(if cut { room.saturating_sub(1) } else { room }).enumerate() {
        paint(buf, inside, y, row);
    }
    if cut && room > 0 {
        let more = plain(w.t("review.more"), Role::Muted);
        paint(buf, inside, room - 1, &[more]);
    }
    for (i, row) in keys.iter().enumerate() {
        paint(buf, inside, usize::from(inside.h) - keys.len() + i, row);
    }
}

fn paint(buf: &mut Buffer, area: Area, y: usize, row: &[Run]) {
    let y = area.y + y as u16;
    let mut x = area.x;
    for (i, run) in row.iter().enumerate() {
        if i > 0 && run.apart {
            x += 1;
        }
        let right = area.x + area.w;
        if y < area.y + area.h && x < right {
            x = put(buf, x, y, right - x, &run.text, run.style);
        }
    }
}

/// The way from what stood there to what stands there now: before, the passage, after.
fn pieces(judged: &Judged) -> [Vec<Piece>; 3] {
    match &judged.new {
        // without the text around the place nothing is said of it
        Some(new) => [0, 1, 2].map(|i| match (i, new[i].is_empty()) {
            (0 | 2, true) => words(&judged.old[i], &judged.old[i]),
            (1, _) => words(&judged.old[i], &new[i]),
            _ => trimmed(words(&judged.old[i], &new[i]), i == 0),
        }),
        None => [0, 1, 2].map(|i| match i {
            // no place, so nothing to weigh word by word
            1 => words(&judged.old[1], &judged.old[1]).into_iter().map(|p| Piece { op: Op::Gone, ..p }).collect(),
            _ => words(&judged.old[i], &judged.old[i]),
        }),
    }
}

/// The context in which something stayed the same: where it was cut off says nothing.
fn trimmed(mut pieces: Vec<Piece>, before: bool) -> Vec<Piece> {
    if pieces.iter().any(|p| p.op == Op::Same) {
        let edge = |p: Option<&Piece>| p.is_some_and(|p| p.op != Op::Same);
        while before && edge(pieces.first()) {
            pieces.remove(0);
        }
        while !before && edge(pieces.last()) {
            pieces.pop();
        }
    }
    pieces
}

/// Why it is asked, in words.
fn why(app: &App, state: State, judged: &Judged, pieces: &[Piece], differ: &[Weighty]) -> String {
    let w = &app.words;
    let count = |op: Op| pieces.iter().filter(|p| p.op == op).map(|p| p.text.split(' ').count()).sum::<usize>();
    match state {
        State::Orphan if judged.choices.is_empty() => w.t("review.why-orphan").to_owned(),
        State::Orphan => w.t("review.why-nearest").to_owned(),
        State::Uncertain if judged.choices.len() > 1 => w.n("review.why-several", judged.choices.len() as u64),
        State::Uncertain if differ.is_empty() && count(Op::Gone) + count(Op::New) == 0 => {
            w.t("review.why-around").to_owned()
        }
        State::Moved => w.t("review.why-moved").to_owned(),
        _ if !differ.is_empty() => {
            let said = differ.iter().take(3).map(|d| {
                let kind = w.t(match d.kind {
                    Kind::Negation => "review.negation",
                    Kind::Figure => "review.figure",
                    Kind::Name | Kind::Word => "review.name",
                });
                let or_none = |text: &str| if text.is_empty() { "∅".to_owned() } else { text.to_owned() };
                format!("{kind} {} → {}", or_none(&d.old), or_none(&d.new))
            });
            said.collect::<Vec<_>>().join("; ")
        }
        _ => w.f("review.why-words", &[("gone", &count(Op::Gone)), ("new", &count(Op::New))]),
    }
}

/// The text with its changes, wrapped.
fn flow(pieces: &[Vec<Piece>; 3], cells: usize, theme: &Theme) -> Vec<Vec<Run>> {
    let mut runs: Vec<Run> = Vec::new();
    for (part, pieces) in pieces.iter().enumerate() {
        let context = part != 1;
        // the passage in quotation marks, its surroundings cut off
        let mark = |text: &str, role: Role, apart: bool| Run { text: text.to_owned(), style: theme.style(role), apart };
        match part {
            1 => runs.push(mark("“", Role::Text, true)),
            0 if !pieces.is_empty() => runs.push(mark("…", Role::Muted, true)),
            2 => runs.push(mark("”", Role::Text, false)),
            _ => {}
        }
        for (i, piece) in pieces.iter().enumerate() {
            let apart = match i {
                // a full stop after the passage stands against it
                0 => context && !piece.text.starts_with(['.', ',', ';', ':', '!', '?', ')']),
                _ => piece.apart,
            };
            let weighty = piece.kind > Kind::Word;
            let (open, close, role) = match piece.op {
                Op::Same => ("", "", if context { Role::Muted } else { Role::Text }),
                Op::Gone => ("[-", "-]", Role::DiffGone),
                Op::New => ("[+", "+]", Role::DiffNew),
            };
            let mut style = theme.style(role);
            if weighty && !context {
                style = theme.style(Role::DiffWeighty);
            } else if context && piece.op != Op::Same {
                style = theme.style(Role::Muted);
            }
            let bang = if weighty && !context { "!" } else { "" };
            let text = if piece.op == Op::Same { shortened(&piece.text) } else { piece.text.clone() };
            let text = format!("{open}{bang}{text}{close}");
            for (n, word) in text.split(' ').enumerate() {
                runs.push(Run { text: word.to_owned(), style, apart: n > 0 || apart });
            }
        }
        if part == 2 && !pieces.is_empty() {
            runs.push(mark("…", Role::Muted, true));
        }
    }
    wrapped(runs, cells)
}

/// The runs in rows: what stands together stays together, as long as a row can hold it.
fn wrapped(runs: Vec<Run>, cells: usize) -> Vec<Vec<Run>> {
    let mut rows: Vec<Vec<Run>> = Vec::new();
    let mut used = 0;
    let mut runs = runs.into_iter().peekable();
    while let Some(first) = runs.next() {
        let mut word = vec![first];
        while let Some(run) = runs.next_if(|run| !run.apart) {
            word.push(run);
        }
        let whole: usize = word.iter().map(|run| width(&run.text)).sum();
        for (n, run) in word.into_iter().enumerate() {
            let gap = usize::from(run.apart && used > 0);
            let long = if n == 0 && whole <= cells { whole } else { width(&run.text) };
            let fits = used + gap + long <= cells || (n > 0 && whole <= cells);
            match rows.last_mut() {
                Some(row) if fits => {
                    used += gap + width(&run.text);
                    row.push(run);
                }
                _ => {
                    used = width(&run.text);
                    rows.push(vec![run]);
                }
            }
        }
    }
    rows
}

/// A long stretch in which nothing changed, with its middle left out.
fn shortened(text: &str) -> String {
    let all: Vec<&str> = text.split(' ').collect();
    if all.len() <= 3 * KEPT {
        return text.to_owned();
    }
    format!("{} … {}", all[..KEPT].join(" "), all[all.len() - KEPT..].join(" "))
}

/// The keys of the queue, as many rows as they take.
fn keys(app: &App, theme: &Theme, cells: usize, choices: usize) -> Vec<Vec<Run>> {
    let w = &app.words;
    let contexts = [Context::Review, Context::Notes, Context::List, Context::Global];
    let key = |action: Action| {
        app.keymap.keys_for(&contexts, action).into_iter().next().map(|k| sequence_text(&k)).unwrap_or_default()
    };
    let moved = app.review.items.iter().filter(|i| app.reviewed(i).is_some_and(|(_, l)| l.state == State::Moved));
    let moved = moved.count();
    let mut all: Vec<(String, String)> = Vec::new();
    if choices > 0 {
        all.push((key(Action::AcceptAnchor), w.t("review.accept").to_owned()));
    }
    if choices > 1 {
        all.push((format!("1–{choices}"), w.t("review.take").to_owned()));
    }
    all.push((key(Action::Open), w.t("review.text").to_owned()));
    all.push((key(Action::LeaveAnchor), w.t("review.leave").to_owned()));
    if moved > 1 {
        all.push((key(Action::AcceptMoved), w.f("review.all-moved", &[("n", &moved)])));
    }
    let mut rows: Vec<Vec<Run>> = vec![Vec::new()];
    let mut used = 0;
    for (key, what) in all {
        let long = width(&key) + 1 + width(&what);
        if used > 0 && used + 2 + long > cells {
            rows.push(Vec::new());
            used = 0;
        }
        let first = if used > 0 { " " } else { "" };
        used += long + 2;
        if let Some(row) = rows.last_mut() {
            row.push(Run { text: format!("{first}{key}"), style: theme.style(Role::Key), apart: true });
            row.push(Run { text: what, style: theme.style(Role::Muted), apart: true });
        }
    }
    rows
}
