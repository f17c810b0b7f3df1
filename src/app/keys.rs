//! From key to action: Ctrl-C, text fields, counts, sequences, and the contexts of the focus.

use super::{App, Effect, Effects, Notice, Overlay, Pane, View};
use crate::keys::{Action, Context, Found, Key, KeyCode};

/// What a letter is awaited for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LetterFor {
    /// To set a mark.
    SetMark,
    /// To go to one.
    GoMark,
}

/// The largest count that can be typed before a key.
const MOST: u32 = 99_999;

impl App {
    /// The contexts in which a key is looked up, the innermost first.
    #[must_use]
    pub fn contexts(&self) -> Vec<Context> {
        match &self.overlay {
            Some(Overlay::Editor(_)) => return vec![Context::Editor],
            Some(Overlay::Form(_)) => return vec![Context::Form],
            Some(Overlay::Palette(_) | Overlay::Picker(_) | Overlay::Prompt(_)) => return vec![Context::Input],
            Some(Overlay::References(_)) => return vec![Context::Input, Context::References],
            Some(Overlay::Help(_)) => return vec![Context::List, Context::Global],
            Some(Overlay::Peek(_) | Overlay::Sheet(_)) | None => {}
        }
        self.contexts_beneath()
    }

    /// The contexts of the view, whatever lies over it.
    #[must_use]
    pub fn contexts_beneath(&self) -> Vec<Context> {
        if self.view == View::Search && self.search.typing {
            return vec![Context::SearchBox, Context::Input];
        }
        let mut out = Vec::with_capacity(4);
        match (self.pane, self.view) {
            (Pane::Text, _) => {
                if self.reader.selection.is_some() {
                    out.push(Context::Select);
                }
                out.push(Context::Reader);
            }
            (Pane::Margin, _) => out.extend([Context::Margin, Context::List]),
            (Pane::Facets, _) => out.extend([Context::Facets, Context::List]),
            (Pane::Left, View::Read) => out.extend([Context::Navigator, Context::List]),
            (Pane::Left, View::Search) => out.extend([Context::Search, Context::List]),
            (Pane::Left, View::Knelpunten) if self.heat_mode() == super::heatmap::Mode::Full => {
                out.extend([Context::Heatmap, Context::Knelpunten, Context::List]);
            }
            (Pane::Left, View::Knelpunten) => out.extend([Context::Knelpunten, Context::List]),
            (Pane::Left, View::Notes) if self.reviewing() => {
                out.extend([Context::Review, Context::Notes, Context::List]);
            }
            (Pane::Left, View::Notes) => out.extend([Context::Notes, Context::List]),
            (Pane::Left, View::Library) => out.extend([Context::Library, Context::List]),
            (Pane::Left, View::Dossier) => out.extend([Context::Dossier, Context::List]),
            (Pane::Left, View::Compare) => out.push(Context::Compare),
        }
        out.push(Context::Global);
        out
    }

    pub(super) fn on_key(&mut self, key: Key, fx: &mut Effects) {
        if key == Key::ctrl('c') {
            self.typed = super::Typed::default();
            self.interrupt(fx);
            return;
        }
        if self.notice.as_ref().is_some_and(|n| n.weight == super::Weight::Info) {
            self.take_note();
        }
        if let Some(what) = self.typed.letter.take() {
            if let KeyCode::Char(c) = key.code {
                self.letter(what, c, fx);
            }
            return;
        }
        let contexts = self.contexts();
        let types =
            matches!(contexts.first(), Some(Context::Input | Context::SearchBox | Context::Editor | Context::Form));
        if types {
            match self.keymap.lookup(&contexts, &[key]) {
                Found::Action(action) => self.act(action, None, fx),
                _ => self.type_key(key, fx),
            }
            return;
        }
        // a digit that does something by itself here is no count
        if let (true, Some(digit)) = (self.typed == super::Typed::default(), key.digit())
            && let Found::Action(action) = self.keymap.lookup(&contexts, &[key])
        {
            self.act(action, Some(digit), fx);
            return;
        }
        if let Some(digit) =
            key.digit().filter(|d| self.typed.keys.is_empty() && (*d > 0 || self.typed.count.is_some()))
        {
            self.typed.count = Some((self.typed.count.unwrap_or(0) * 10 + digit).min(MOST));
            return;
        }
        self.typed.keys.push(key);
        match self.keymap.lookup(&contexts, &self.typed.keys) {
            Found::Action(action) => {
                let count = std::mem::take(&mut self.typed).count;
                self.act(action, count, fx);
            }
            Found::Pending(_) => {}
            Found::None => {
                let typed = std::mem::take(&mut self.typed);
                // a key that means nothing here is said, so that a typing error is seen; Esc always gives up in silence
                if key.code != KeyCode::Esc {
                    let keys = crate::keys::sequence_text(&typed.keys);
                    self.notice = Some(Notice::info(self.words.f("notice.no-such-key", &[("keys", &keys)])));
                }
            }
        }
    }

    /// Keys that may follow those typed so far, with what each leads to; empty when none are pending.
    #[must_use]
    pub fn may_follow(&self) -> Vec<(Key, Option<Action>)> {
        if self.typed.keys.is_empty() {
            return Vec::new();
        }
        match self.keymap.lookup(&self.contexts(), &self.typed.keys) {
            Found::Pending(next) => next,
            _ => Vec::new(),
        }
    }

    /// Gives a key to the text field that has the focus.
    fn type_key(&mut self, key: Key, fx: &mut Effects) {
        match &mut self.overlay {
            Some(Overlay::Editor(_)) => self.editor_key(key, fx),
            Some(Overlay::Form(_)) => self.form_key(key),
            Some(Overlay::Palette(_)) => self.palette_key(key),
            Some(Overlay::Picker(_)) => self.picker_key(key, fx),
            Some(Overlay::Prompt(_)) => self.prompt_key(key, fx),
            Some(Overlay::References(_)) => self.references_key(key),
            Some(Overlay::Help(_) | Overlay::Peek(_) | Overlay::Sheet(_)) => {}
            None => self.search_key(key, fx),
        }
    }

    pub(super) fn on_paste(&mut self, text: &str, fx: &mut Effects) {
        match &mut self.overlay {
            Some(Overlay::Editor(_)) => self.editor_paste(text, fx),
            Some(Overlay::Form(_)) => self.form_paste(text),
            Some(Overlay::Palette(_)) => self.palette_paste(text),
            Some(Overlay::Picker(_)) => self.picker_paste(text, fx),
            Some(Overlay::Prompt(_)) => self.prompt_paste(text, fx),
            Some(Overlay::References(_)) => self.references_paste(text),
            Some(Overlay::Help(_) | Overlay::Peek(_) | Overlay::Sheet(_)) => {}
            None if self.view == View::Search && self.search.typing => self.search_paste(text, fx),
            // outside a text field pasted text is no command and means nothing
            None => self.notice = Some(Notice::info(self.words.t("notice.paste-nowhere"))),
        }
    }

    fn letter(&mut self, what: LetterFor, c: char, fx: &mut Effects) {
        match what {
            LetterFor::SetMark => match self.reader.spot() {
                Some(spot) => {
                    self.trail.mark(c, spot);
                    self.notice = Some(Notice::info(self.words.f("notice.marked", &[("letter", &c)])));
                }
                None => self.notice = Some(Notice::info(self.words.t("notice.nothing-open"))),
            },
            LetterFor::GoMark => match self.trail.marked(c, self.reader.spot().map(|s| s.doc)) {
                Some(spot) => self.jump_to(spot, fx),
                None => self.notice = Some(Notice::info(self.words.f("notice.no-mark", &[("letter", &c)]))),
            },
        }
    }

    /// Ctrl-C: what is running is cancelled; when nothing is, the program ends with 130.
    fn interrupt(&mut self, fx: &mut Effects) {
        if self.overlay.is_some() {
            self.cancel_overlay(fx);
        } else if self.view == View::Search && self.search.typing {
            self.search.typing = false;
        } else if self.progress.is_some() {
            fx.push(Effect::CancelJob);
        } else {
            self.leave(130, fx);
        }
    }
}
