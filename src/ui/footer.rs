//! The line at the bottom: a notice when there is one, keys that may follow those typed, else the keys that matter here.

use super::paint::{fill, put, put_right};
use super::{Role, Theme};
use crate::app::heatmap::Mode;
use crate::app::notes::Row;
use crate::app::views::Listed;
use crate::app::{App, Overlay, Pane, View, Weight};
use crate::keys::{Action, sequence_text};
use ratatui::buffer::Buffer;

pub(super) fn draw(app: &App, theme: &Theme, buf: &mut Buffer) {
    let area = app.panes.footer;
    fill(buf, area, theme.style(Role::Footer));
    let mut right = area.x + area.w;
    let typed = typed(app);
    if !typed.is_empty() {
        right = put_right(buf, right.saturating_sub(1), area.y, area.w / 2, &typed, theme.style(Role::Key))
            .saturating_sub(1);
    }
    let next = app.may_follow();
    let mut x = area.x + 1;
    if app.typed.letter.is_some() {
        put(buf, x, area.y, right.saturating_sub(x), app.words.t("screen.letter"), theme.style(Role::Info));
    } else if !next.is_empty() {
        for (key, action) in next {
            let what = action.map_or("…", |a| app.action_words(a));
            x = hint(buf, theme, x, right, area.y, &sequence_text(&[key]), what);
        }
    } else if let Some(notice) = &app.notice {
        let role = match notice.weight {
            Weight::Info => Role::Info,
            Weight::Warning => Role::Warning,
            Weight::Error => Role::Error,
        };
        put(buf, x, area.y, right.saturating_sub(x), &notice.text, theme.style(role));
    } else {
        let contexts = app.contexts();
        let told = |(action, words): (Action, &'static str)| {
            let keys = app.keymap.keys_for(&contexts, action).into_iter().next()?;
            Some((sequence_text(&keys), app.words.t(words)))
        };
        // how to go on from here is told on a narrow screen too; of the others, as many as fit before it
        let always: Vec<_> = ALWAYS.into_iter().filter_map(told).collect();
        let kept = always.iter().map(|(key, what)| need(key, what) + 2).sum::<u16>();
        for (key, what) in hints(app).into_iter().chain([(Action::Palette, "hint.palette")]).filter_map(told) {
            x = hint(buf, theme, x, right.saturating_sub(kept), area.y, &key, what);
        }
        for (key, what) in always {
            x = hint(buf, theme, x, right, area.y, &key, what);
        }
    }
}

fn typed(app: &App) -> String {
    let count = app.typed.count.map(|c| c.to_string()).unwrap_or_default();
    format!("{count}{}", sequence_text(&app.typed.keys))
}

/// Told at the end of the line wherever no text is typed.
const ALWAYS: [(Action, &str); 2] = [(Action::Help, "hint.help"), (Action::Quit, "hint.quit")];

/// Columns of a key and what it does.
fn need(key: &str, what: &str) -> u16 {
    (crate::layout::width(key) + crate::layout::width(what) + 1) as u16
}

/// Draws a key and what it does when both fit.
fn hint(buf: &mut Buffer, theme: &Theme, x: u16, right: u16, y: u16, key: &str, what: &str) -> u16 {
    if x + need(key, what) > right {
        return x;
    }
    let x = put(buf, x, y, right - x, key, theme.style(Role::Key)) + 1;
    put(buf, x, y, right - x, what, theme.style(Role::Footer)) + 2
}

/// The keys that matter where the focus stands, the most wanted first.
fn hints(app: &App) -> Vec<(Action, &'static str)> {
    use Action as A;
    // what lies over the view has the keys
    match &app.overlay {
        Some(Overlay::Editor(_)) => {
            return vec![(A::Save, "hint.save"), (A::EditOutside, "hint.edit-outside"), (A::Cancel, "hint.back")];
        }
        Some(Overlay::Form(form)) => {
            return match form.fields.len() {
                0 => vec![(A::Open, "hint.remove"), (A::Cancel, "hint.back")],
                1 => vec![(A::Open, "hint.save"), (A::Cancel, "hint.back")],
                _ => vec![(A::Save, "hint.save"), (A::NextPane, "hint.next"), (A::Cancel, "hint.back")],
            };
        }
        Some(Overlay::Palette(_) | Overlay::Picker(_)) => {
            return vec![(A::Open, "hint.open"), (A::Down, "hint.down"), (A::Up, "hint.up"), (A::Cancel, "hint.back")];
        }
        Some(Overlay::References(_)) => {
            return vec![
                (A::Open, "hint.go"),
                (A::OpenReference, "hint.address"),
                (A::CopyQuote, "hint.copy"),
                (A::Cancel, "hint.back"),
            ];
        }
        Some(Overlay::Help(_)) => {
            return vec![(A::Down, "hint.down"), (A::Up, "hint.up"), (A::Cancel, "hint.back")];
        }
        Some(Overlay::Peek(_)) => {
            return vec![(A::Open, "hint.go"), (A::NextFootnote, "hint.next-footnote"), (A::Cancel, "hint.back")];
        }
        Some(Overlay::Sheet(_)) => return vec![(A::Down, "hint.down"), (A::Up, "hint.up"), (A::Cancel, "hint.back")],
        Some(Overlay::Prompt(_)) | None => {}
    }
    // the trash and second copies have keys of their own
    if (app.view, app.pane) == (View::Notes, Pane::Left) {
        let row = app.notes.list.at().and_then(|at| app.notes.rows.get(at));
        match row {
            Some(Row::Trashed(_)) => {
                return vec![
                    (A::Open, "hint.read-words"),
                    (A::TakeBack, "hint.take-back"),
                    (A::MarkEntry, "hint.mark"),
                    (A::Filter, "hint.filter"),
                ];
            }
            Some(Row::Copy(_)) => {
                return vec![
                    (A::Open, "hint.compare"),
                    (A::KeepNote, "hint.keep-note"),
                    (A::KeepCopy, "hint.keep-copy"),
                    (A::KeepBoth, "hint.keep-both"),
                ];
            }
            _ => {}
        }
    }
    match (app.view, app.pane) {
        (View::Read, Pane::Text) if app.reader.selection.is_some() => vec![
            (A::AddNote, "hint.note"),
            (A::Highlight, "hint.highlight"),
            (A::Code, "hint.code"),
            (A::CopyQuote, "hint.copy"),
            (A::Cancel, "hint.cancel"),
        ],
        (View::Read, Pane::Text) => vec![
            (A::SearchAll, "hint.search"),
            (A::Find, "hint.find"),
            (A::NextKnelpunt, "hint.next-knelpunt"),
            (A::SelectSentences, "hint.select"),
            (A::AddNote, "hint.note"),
            (A::Code, "hint.code"),
        ],
        (View::Read, Pane::Left) => vec![
            (A::Open, "hint.open"),
            (A::Right, "hint.unfold"),
            (A::SearchAll, "hint.search"),
            (A::Find, "hint.filter"),
            (A::OpenPath, "hint.open-path"),
            (A::HeadingUp, "hint.heading-up"),
            (A::HeadingTitle, "hint.heading-title"),
        ],
        (View::Read, Pane::Margin) => vec![
            (A::Open, "hint.go"),
            (A::EditNote, "hint.edit"),
            (A::Code, "hint.code"),
            (A::Tags, "hint.tags"),
            (A::Delete, "hint.trash"),
        ],
        (View::Search, Pane::Left) if app.search.typing => vec![
            (A::Open, "hint.open"),
            (A::NextPane, "hint.to-hits"),
            (A::Facets, "hint.facets"),
            (A::Filter, "hint.scope"),
            (A::SaveSearch, "hint.save"),
            (A::SavedSearches, "hint.saved"),
            (A::Cancel, "hint.back"),
        ],
        (_, Pane::Facets) => vec![
            (A::Open, if app.facet_chosen() { "hint.let-go" } else { "hint.choose" }),
            (A::Cancel, "hint.to-hits"),
            (A::Facets, "hint.away"),
        ],
        (View::Search, Pane::Left) if !app.search.marked.is_empty() => vec![
            (A::AddNote, "hint.note"),
            (A::Code, "hint.code"),
            (A::Tags, "hint.tags"),
            (A::CopyCited, "hint.cite"),
            (A::Export, "hint.export"),
            (A::MarkAll, "hint.mark-all"),
            (A::Cancel, "hint.cancel"),
        ],
        (View::Search, Pane::Left) if app.saved_here().is_some() => vec![
            (A::Open, "hint.open"),
            (A::EditNote, "hint.rename"),
            (A::Delete, "hint.away"),
            (A::Undo, "hint.undo"),
            (A::Find, "hint.find-all"),
        ],
        (View::Search, _) => {
            let elsewhere = app.hit_stands_elsewhere().then_some((A::Right, "hint.elsewhere"));
            let rest = [
                (A::Open, "hint.open"),
                (A::MarkEntry, "hint.mark"),
                (A::Facets, "hint.facets"),
                (A::Grouping, "hint.grouping"),
                (A::Sort, "hint.sort"),
                (A::AddNote, "hint.note"),
                (A::Code, "hint.code"),
            ];
            elsewhere.into_iter().chain(rest).collect()
        }
        (View::Knelpunten, Pane::Left) if app.heat_mode() == Mode::Full => vec![
            (A::Open, "hint.open"),
            (A::HeatAxis, "hint.axis"),
            (A::Right, "hint.columns"),
            (A::HeatMap, "hint.away"),
            (A::Find, "hint.filter"),
        ],
        (View::Knelpunten, _) => match app.listed_here() {
            Some(Listed::Made(_)) => vec![
                (A::Open, "hint.open"),
                (A::HeatMap, "hint.heatmap"),
                (A::KnelpuntNew, "hint.new"),
                (A::EditNote, "hint.edit"),
                (A::SetStatus, "hint.stand"),
                (A::KnelpuntMerge, "hint.merge"),
                (A::KnelpuntUnder, "hint.under"),
                (A::Delete, "hint.remove"),
                (A::MarkEntry, "hint.mark"),
            ],
            _ => vec![
                (A::Open, "hint.open"),
                (A::HeatMap, "hint.heatmap"),
                (A::KnelpuntNew, "hint.new"),
                (A::KnelpuntGather, "hint.gather"),
                (A::MarkEntry, "hint.mark"),
                (A::Filter, "hint.filter"),
                (A::Sort, "hint.sort"),
                (A::Code, "hint.code"),
            ],
        },
        (View::Notes, Pane::Left) if app.reviewing() => {
            let place = app.judged().is_some_and(|judged| !judged.choices.is_empty());
            let rest = [
                (A::LeaveAnchor, "review.leave"),
                (A::Open, "review.text"),
                (A::Undo, "hint.undo"),
                (A::Filter, "hint.filter"),
            ];
            place.then_some((A::AcceptAnchor, "review.accept")).into_iter().chain(rest).collect()
        }
        (View::Notes, Pane::Text) if app.reviewing() => {
            vec![(A::SelectSentences, "hint.select"), (A::AcceptAnchor, "review.attach"), (A::NextPane, "review.back")]
        }
        (View::Notes, _) => vec![
            (A::Open, "hint.go"),
            (A::EditNote, "hint.edit"),
            (A::Filter, "hint.filter"),
            (A::Tags, "hint.tags"),
            (A::Delete, "hint.trash"),
        ],
        (View::Dossier, _) if matches!(app.listed_here(), Some(Listed::Passage(..))) => vec![
            (A::Open, "hint.go"),
            (A::Code, "hint.code"),
            (A::MarkEntry, "hint.mark"),
            (A::CopyCited, "hint.cite"),
            (A::Undo, "hint.undo"),
        ],
        (View::Dossier, _) if matches!(app.listed_here(), Some(Listed::Made(_))) => {
            // the title opens nothing, a part its own dossier
            let title = app.listed_here().zip(app.dossier.of.as_ref());
            let title = title.is_some_and(|(l, d)| matches!(l, Listed::Made(id) if id == d.key.id()));
            let open = (!title).then_some((A::Open, "hint.open"));
            open.into_iter().chain([(A::SetStatus, "hint.stand"), (A::Export, "hint.export")]).collect()
        }
        (View::Dossier, _) => vec![
            (A::Open, "hint.go"),
            (A::Right, "hint.around"),
            (A::Uncode, "hint.uncode"),
            (A::SetStatus, "hint.status"),
            (A::CopyCited, "hint.cite"),
            (A::Export, "hint.export"),
        ],
        (View::Compare, _) => vec![
            (A::NextChange, "hint.next-change"),
            (A::FoldAll, "hint.fold-same"),
            (A::NextPane, "hint.other-side"),
            (A::Open, "hint.read"),
            (A::Compare, "hint.other-edition"),
        ],
        (View::Library, Pane::Left) if matches!(app.listed_here(), Some(Listed::Report(_))) => vec![
            (A::Open, "hint.open"),
            (A::Compare, "hint.compare"),
            (A::LinkEdition, "hint.edition"),
            (A::OpenPath, "hint.open-path"),
            (A::Rescan, "hint.rescan"),
        ],
        (View::Library, _) => vec![(A::Open, "hint.open"), (A::OpenPath, "hint.open-path"), (A::Rescan, "hint.rescan")],
    }
}
