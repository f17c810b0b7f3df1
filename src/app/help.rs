//! Help on the keys that work here, written from the live keymap: what this pane is for, the keys of the focus by topic,
//! then those that work elsewhere.

use super::{App, Overlay, Pane, View};
use crate::keys::{Action, Context, Found, Key, Topic, sequence_text};
use crate::layout::{width, wrap_text};

/// From this width on the keys stand in two columns.
const TWO_COLUMNS: u16 = 110;
/// Cells between two columns.
const BETWEEN: u16 = 3;

/// The help screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Help {
    /// First row in sight.
    pub top: usize,
}

/// One row of a column.
#[derive(Clone, Debug, PartialEq)]
pub enum HelpRow {
    /// Nothing.
    Gap,
    /// Words on the pane, or the name of the program.
    Words(String),
    /// A head over keys.
    Head(String),
    /// Keys and what they do; the keys stand in the first row of the two only.
    Keys(String, String),
}

impl App {
    /// Width of the columns, and how many there are.
    #[must_use]
    pub fn help_columns(&self) -> (u16, u16) {
        let inside = self.size.0.saturating_sub(4);
        if self.size.0 >= TWO_COLUMNS { ((inside - BETWEEN) / 2, 2) } else { (inside, 1) }
    }

    /// Cells of the keys' own column.
    #[must_use]
    pub fn help_keys_width(&self) -> u16 {
        (self.help_columns().0 / 3).clamp(10, 22)
    }

    /// The columns of the help screen, each with its rows.
    #[must_use]
    pub fn help(&self) -> Vec<Vec<HelpRow>> {
        let (cells, columns) = self.help_columns();
        let sections = self.help_sections(cells);
        if columns == 1 {
            return vec![sections.into_iter().flatten().collect()];
        }
        // whole sections go left until half of the rows are there
        let all: usize = sections.iter().map(Vec::len).sum();
        let (mut left, mut right) = (Vec::new(), Vec::new());
        for section in sections {
            let column =
                if right.is_empty() && left.len() + section.len() / 2 <= all / 2 { &mut left } else { &mut right };
            column.extend(section);
        }
        vec![left, right]
    }

    fn help_sections(&self, cells: u16) -> Vec<Vec<HelpRow>> {
        let contexts = self.contexts_beneath();
        let w = &self.words;
        let mut out = Vec::new();
        let intro = w.t(match (self.view, self.pane) {
            (View::Search, Pane::Left) => "help.for-search",
            (View::Knelpunten, Pane::Left) if self.heat_mode() == super::heatmap::Mode::Full => "help.for-heatmap",
            (View::Knelpunten, Pane::Left) => "help.for-knelpunten",
            (View::Notes, Pane::Left) if self.reviewing() => "help.for-review",
            (View::Notes, Pane::Left) => "help.for-notes",
            (View::Library, Pane::Left) => "help.for-library",
            (View::Dossier, Pane::Left) => "help.for-dossier",
            (View::Compare, Pane::Left) => "help.for-compare",
            (View::Read, Pane::Left) => "help.for-navigator",
            (_, Pane::Facets) => "help.for-facets",
            (_, Pane::Margin) => "help.for-margin",
            (View::Read, Pane::Text) => "help.for-read",
            (_, Pane::Text) => "help.for-preview",
        });
        let mut first: Vec<HelpRow> =
            wrap_text(intro, usize::from(cells)).into_iter().map(|l| HelpRow::Words(l.to_owned())).collect();
        first.push(HelpRow::Gap);
        out.push(first);
        // what is peculiar to this place comes first
        let own: Vec<Context> =
            contexts.iter().copied().filter(|c| !matches!(c, Context::Global | Context::List)).collect();
        let live = self.live_keys(&contexts);
        let (mut here, live): (Vec<_>, Vec<_>) = live
            .into_iter()
            .partition(|(action, _)| own.iter().any(|c| self.keymap.bindings(*c).iter().any(|b| b.action == *action)));
        // the innermost context first
        here.sort_by_key(|(action, _)| {
            own.iter().position(|c| self.keymap.bindings(*c).iter().any(|b| b.action == *action))
        });
        self.help_section(w.t("help.here"), &here, cells, &mut out);
        for topic in Topic::ALL {
            let of_it: Vec<_> = live.iter().filter(|(a, _)| a.topic() == topic).cloned().collect();
            let head = w.t(&format!("topic.{}", topic.name()));
            self.help_section(head, &of_it, cells, &mut out);
        }
        for context in Context::ALL.into_iter().filter(|c| !contexts.contains(c)) {
            let keys = self.live_keys(&[context]);
            let head = format!("{}: {}", w.t("help.elsewhere"), w.t(&format!("context.{}", context.name())));
            self.help_section(&head, &keys, cells, &mut out);
        }
        out
    }

    /// What the keys do in these contexts: each action with the keys that really lead to it.
    fn live_keys(&self, contexts: &[Context]) -> Vec<(Action, Vec<Vec<Key>>)> {
        let mut out: Vec<(Action, Vec<Vec<Key>>)> = Vec::new();
        for binding in contexts.iter().flat_map(|c| self.keymap.bindings(*c)) {
            if self.keymap.lookup(contexts, &binding.keys) != Found::Action(binding.action) {
                continue;
            }
            match out.iter_mut().find(|(a, _)| *a == binding.action) {
                Some((_, keys)) if keys.contains(&binding.keys) => {}
                Some((_, keys)) => keys.push(binding.keys),
                None => out.push((binding.action, vec![binding.keys])),
            }
        }
        out.sort_by_key(|(a, _)| *a);
        out
    }

    fn help_section(&self, head: &str, keys: &[(Action, Vec<Vec<Key>>)], cells: u16, out: &mut Vec<Vec<HelpRow>>) {
        if keys.is_empty() {
            return;
        }
        let room = usize::from(self.help_keys_width());
        let mut rows = vec![HelpRow::Head(head.to_owned())];
        for (action, keys) in keys {
            let words = self.action_words(*action);
            let mut lines = wrap_text(words, usize::from(cells).saturating_sub(room + 1)).into_iter();
            // as many of the keys as there is room for; the first one always
            let mut shown = String::new();
            // digits one after another are one range
            let all: Vec<String> = keys.iter().map(|key| sequence_text(key)).collect();
            let digits =
                all.len() > 2 && all.iter().all(|k| k.len() == 1 && k.starts_with(|c: char| c.is_ascii_digit()));
            let all = match (digits, all.first(), all.last()) {
                (true, Some(first), Some(last)) => vec![format!("{first}–{last}")],
                _ => all,
            };
            for key in all {
                if shown.is_empty() {
                    shown = key;
                } else if width(&shown) + 2 + width(&key) <= room {
                    shown = format!("{shown}  {key}");
                }
            }
            rows.push(HelpRow::Keys(shown, lines.next().unwrap_or_default().to_owned()));
            rows.extend(lines.map(|l| HelpRow::Keys(String::new(), l.to_owned())));
        }
        rows.push(HelpRow::Gap);
        out.push(rows);
    }

    pub(super) fn help_act(&mut self, action: Action) {
        let rows = self.help().iter().map(Vec::len).max().unwrap_or(0);
        let height = usize::from(self.size.1.saturating_sub(4)).max(1);
        let Some(Overlay::Help(help)) = &mut self.overlay else { return };
        let last = rows.saturating_sub(height);
        help.top = match action {
            Action::Down => help.top + 1,
            Action::Up => help.top.saturating_sub(1),
            Action::HalfDown => help.top + height / 2,
            Action::HalfUp => help.top.saturating_sub(height / 2),
            Action::PageDown | Action::MarkEntry => help.top + height,
            Action::PageUp => help.top.saturating_sub(height),
            Action::Top => 0,
            Action::Bottom => last,
            _ => {
                self.overlay = None;
                return;
            }
        }
        .min(last);
    }
}

#[cfg(test)]
mod tests;
