//! What each action does: first what lies over the view, then the focused pane, then what holds everywhere.

use super::heatmap::Mode;
use super::prompt::{Prompt, PromptKind};
use super::{App, Effect, Effects, Overlay, Pane, View, geometry, help, keys::LetterFor, palette};
use crate::doc::Lang;
use crate::keys::{Action, Context, sequence_text};
use crate::words::Words;

impl App {
    pub(super) fn act(&mut self, action: Action, count: Option<u32>, fx: &mut Effects) {
        if matches!(self.overlay, Some(Overlay::Peek(_))) {
            if self.peek_act(action, count, fx) {
                return;
            }
        } else if matches!(self.overlay, Some(Overlay::Sheet(_))) {
            self.sheet_act(action, count, fx);
            return;
        } else if self.overlay.is_some() {
            self.act_overlay(action, fx);
            return;
        }
        let done = match (self.pane, self.view) {
            (Pane::Text, _) => self.reader_act(action, count, fx),
            (Pane::Margin, _) => self.margin_act(action, count, fx),
            (Pane::Facets, _) => self.facets_act(action, count, fx),
            (Pane::Left, View::Read) => self.navigator_act(action, count, fx),
            (Pane::Left, View::Search) => self.search_act(action, count, fx),
            (Pane::Left, View::Knelpunten) if self.heat_mode() == Mode::Full && self.heatmap_act(action, count, fx) => {
                true
            }
            (Pane::Left, View::Knelpunten) => self.knelpunten_act(action, count, fx),
            (Pane::Left, View::Notes) => self.notes_act(action, count, fx),
            (Pane::Left, View::Library) => self.library_act(action, count, fx),
            (Pane::Left, View::Dossier) => self.dossier_act(action, count, fx),
            (Pane::Left, View::Compare) => self.compare_act(action, count, fx),
        };
        if !done && !self.act_anywhere(action, count, fx) {
            let what = self.action_words(action);
            self.notice = Some(super::Notice::info(self.words.f("notice.not-here", &[("what", &what)])));
        }
    }

    fn act_overlay(&mut self, action: Action, fx: &mut Effects) {
        match &self.overlay {
            Some(Overlay::Help(_)) => self.help_act(action),
            Some(Overlay::Palette(_)) => self.palette_act(action, fx),
            Some(Overlay::Picker(_)) => self.picker_act(action, fx),
            Some(Overlay::Prompt(_)) => self.prompt_act(action, fx),
            Some(Overlay::References(_)) => self.references_act(action, fx),
            Some(Overlay::Editor(_)) => self.editor_act(action, fx),
            Some(Overlay::Form(_)) => self.form_act(action, fx),
            Some(Overlay::Peek(_) | Overlay::Sheet(_)) | None => {}
        }
    }

    pub(super) fn cancel_overlay(&mut self, fx: &mut Effects) {
        match &self.overlay {
            Some(Overlay::Editor(_)) => self.editor_act(Action::Cancel, fx),
            Some(Overlay::Prompt(_)) => self.prompt_act(Action::Cancel, fx),
            Some(Overlay::Form(_)) => self.form_act(Action::Cancel, fx),
            _ => self.overlay = None,
        }
    }

    /// What holds in every view; whether the action was one of these.
    fn act_anywhere(&mut self, action: Action, count: Option<u32>, fx: &mut Effects) -> bool {
        match action {
            Action::ViewRead => self.go_view(View::Read, fx),
            Action::ViewSearch => self.go_view(View::Search, fx),
            Action::ViewKnelpunten => self.go_view(View::Knelpunten, fx),
            Action::ViewNotes => self.go_view(View::Notes, fx),
            Action::ViewLibrary => self.go_view(View::Library, fx),
            Action::Dossier => self.dossier_here(fx),
            Action::Review => self.open_review(fx),
            Action::HeatMap if self.view == View::Knelpunten => self.turn_heatmap(fx),
            Action::HeatAxis if self.view == View::Knelpunten => self.turn_axis(fx),
            Action::ScrollLeft if self.heat_mode() != Mode::Off => self.scroll_heatmap(-1),
            Action::ScrollRight if self.heat_mode() != Mode::Off => self.scroll_heatmap(1),
            Action::Compare => self.compare_reports(fx),
            Action::SearchAll => self.start_search(fx),
            Action::NextPane => self.turn_pane(1, fx),
            Action::PrevPane => self.turn_pane(-1, fx),
            Action::Zen => self.look.zen = !self.look.zen,
            Action::Wider => self.set_measure(self.look.measure.saturating_add(4)),
            Action::Narrower => self.set_measure(self.look.measure.saturating_sub(4)),
            Action::Theme => self.next_theme(),
            Action::Language => self.other_language(fx),
            Action::Help => self.overlay = Some(Overlay::Help(help::Help::default())),
            Action::Palette => self.overlay = Some(Overlay::Palette(palette::Palette::new(self))),
            Action::OpenPath => self.overlay = Some(Overlay::Prompt(Prompt::new(PromptKind::OpenPath, ""))),
            Action::References => self.list_references(),
            Action::OpenReference => self.open_reference(fx),
            Action::SetMark => self.typed.letter = Some(LetterFor::SetMark),
            Action::GoMark => self.typed.letter = Some(LetterFor::GoMark),
            Action::Back if self.just_left_dossier() => drop(self.back_to_dossier(fx)),
            Action::Back => self.go_back(false, fx),
            Action::Forward => self.go_back(true, fx),
            Action::Undo => self.keep(super::Act::Undo, fx),
            Action::Redo => self.keep(super::Act::Redo, fx),
            Action::Rescan => fx.push(Effect::Rescan),
            Action::Open if self.pane == Pane::Text && self.view != View::Read => self.read_preview(fx),
            Action::Suspend => fx.push(Effect::Suspend),
            Action::Redraw => fx.push(Effect::Redraw),
            Action::Interrupt => fx.push(Effect::CancelJob),
            Action::Cancel | Action::Quit => self.cancel(action, fx),
            Action::Find => self.find(fx),
            Action::FindWord => self.find_word(fx),
            // so do annotating and taking along, from the tree also while no report is open
            _ if self.view == View::Read && self.annotate_act(action, fx) => {}
            // the jumps of the text work from every pane beside it
            _ if self.view == View::Read && self.pane != Pane::Text => return self.reader_act(action, count, fx),
            _ => return false,
        }
        true
    }

    /// Esc and `q`: one step back; at the top `q` leaves the program, Esc only clears.
    fn cancel(&mut self, action: Action, fx: &mut Effects) {
        if self.take_note().is_some_and(|n| n.weight != super::Weight::Info) && action == Action::Cancel {
            return;
        }
        if self.view == View::Dossier {
            self.leave_dossier(fx);
        } else if self.view != View::Read {
            self.go_view(View::Read, fx);
        } else if self.pane != Pane::Text && self.reader.open.is_some() {
            self.pane = Pane::Text;
        } else if self.back_to_dossier(fx) {
        } else if action == Action::Quit {
            self.leave(0, fx);
        } else {
            self.clear_hits();
        }
    }

    pub(super) fn go_view(&mut self, view: View, fx: &mut Effects) {
        self.change_view(view, fx);
        self.pane = match view {
            View::Read if self.reader.open.is_some() => Pane::Text,
            _ => Pane::Left,
        };
        self.enter_view(fx);
    }

    /// Tab: to the next pane that is on the screen or can be brought there.
    fn turn_pane(&mut self, by: i32, fx: &mut Effects) {
        if self.view == View::Search {
            self.turn_search(by, fx);
            return;
        }
        let order: &[Pane] = match self.view {
            View::Read if self.panes.margin.is_empty() => &[Pane::Left, Pane::Text],
            View::Read => &[Pane::Left, Pane::Text, Pane::Margin],
            _ => &[Pane::Left, Pane::Text],
        };
        let at = order.iter().position(|p| *p == self.pane).unwrap_or(0) as i32;
        self.pane = order[(at + by).rem_euclid(order.len() as i32) as usize];
    }

    fn set_measure(&mut self, measure: u16) {
        self.look.measure = measure.clamp(geometry::MEASURE.0, geometry::MEASURE.1);
        let text = self.words.f("notice.measure", &[("n", &self.look.measure)]);
        self.notice = Some(super::Notice::info(text));
    }

    fn next_theme(&mut self) {
        let at = self.look.themes.iter().position(|t| *t == self.look.theme).map_or(0, |i| i + 1);
        if let Some(name) = self.look.themes.get(at % self.look.themes.len().max(1)) {
            self.look.theme.clone_from(name);
            self.notice = Some(super::Notice::info(self.words.f("notice.theme", &[("name", name)])));
        }
    }

    fn other_language(&mut self, fx: &mut Effects) {
        let lang = match self.words.lang() {
            Lang::Nl => Lang::En,
            Lang::En => Lang::Nl,
        };
        self.words = Words::new(lang);
        fx.push(Effect::Speak(lang));
    }
}

impl App {
    /// The keys that do this in the text or anywhere, as they are shown; empty when no key does.
    #[must_use]
    pub fn key_text(&self, action: Action) -> String {
        let contexts = [Context::Reader, Context::Global, Context::Margin, Context::Editor];
        let keys = self.keymap.keys_for(&contexts, action).into_iter().next();
        keys.map(|k| sequence_text(&k)).unwrap_or_default()
    }

    /// The keys that do this while a note is written, as they are shown; empty when no key does.
    #[must_use]
    pub fn editor_key_text(&self, action: Action) -> String {
        let keys = self.keymap.keys_for(&[Context::Editor], action).into_iter().next();
        keys.map(|k| sequence_text(&k)).unwrap_or_default()
    }

    /// The keys that do this in a form, as they are shown; empty when no key does.
    #[must_use]
    pub fn form_key_text(&self, action: Action) -> String {
        let keys = self.keymap.keys_for(&[Context::Form], action).into_iter().next();
        keys.map(|k| sequence_text(&k)).unwrap_or_default()
    }

    /// What an action does, in the words of the screens.
    #[must_use]
    pub fn action_words(&self, action: Action) -> &'static str {
        self.words.t(&format!("action.{}", action.name()))
    }
}
