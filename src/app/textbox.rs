//! The one small type behind which the text-editing widget of the ratatui organisation lives: for one line (search,
//! palette) and for many (notes). Everything else in `app` sees text, a cursor and keys.

use crate::keys::{Key, KeyCode};
use ratatui_textarea::{CursorMove, Input, TextArea, WrapMode};

/// Characters that a field of one line takes from a paste: more than any query, path or list of tags is read for.
const LINE: usize = 5_000;

/// A field of text with a cursor, its own undo and selection.
#[derive(Clone, Debug)]
pub struct TextBox {
    area: TextArea<'static>,
    one_line: bool,
}

impl PartialEq for TextBox {
    fn eq(&self, other: &Self) -> bool {
        self.one_line == other.one_line && self.area.lines() == other.area.lines()
    }
}

impl TextBox {
    /// A field of one line; line ends in `text` become blanks.
    #[must_use]
    pub fn line(text: &str) -> Self {
        let mut area = plain(vec![one_line(text)]);
        area.move_cursor(CursorMove::End);
        TextBox { area, one_line: true }
    }

    /// A field of many lines, wrapped at words.
    #[must_use]
    pub fn lines(text: &str) -> Self {
        let mut area = plain(text.split('\n').map(str::to_owned).collect());
        area.set_wrap_mode(WrapMode::WordOrGlyph);
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        TextBox { area, one_line: false }
    }

    /// A field of one line whose characters are not shown.
    #[must_use]
    pub fn secret() -> Self {
        let mut area = plain(vec![String::new()]);
        area.set_mask_char('•');
        TextBox { area, one_line: true }
    }

    /// Its text.
    #[must_use]
    pub fn text(&self) -> String {
        self.area.lines().join("\n")
    }

    /// Whether it holds nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.area.is_empty()
    }

    /// The line its cursor stands on, and how many there are.
    #[must_use]
    pub fn row(&self) -> (usize, usize) {
        (self.area.cursor().0, self.area.lines().len())
    }

    /// Applies a key; whether the text changed.
    pub fn key(&mut self, key: Key) -> bool {
        if self.one_line && matches!(key.code, KeyCode::Enter | KeyCode::Tab | KeyCode::BackTab) {
            return false;
        }
        // as in a shell: the words before the cursor go
        if self.one_line && key == Key::ctrl('u') {
            return self.area.delete_line_by_head();
        }
        self.area.input(input(key))
    }

    /// Puts pasted text in, as text and nothing else; whether the text changed.
    pub fn paste(&mut self, text: &str) -> bool {
        let clean = clean(text);
        self.area.insert_str(if self.one_line { one_line(&clean) } else { clean })
    }

    /// Replaces all of the text, by text and nothing else.
    pub fn set(&mut self, text: &str) {
        let text = clean(text);
        *self = if self.one_line { TextBox::line(&text) } else { TextBox::lines(&text) };
    }

    /// The widget, for drawing.
    #[must_use]
    pub fn widget(&self) -> &TextArea<'static> {
        &self.area
    }

    /// The widget, for styling it before it is drawn.
    pub fn styled(&mut self) -> &mut TextArea<'static> {
        &mut self.area
    }
}

/// The widget without its line under the row of the cursor: how things look is for the theme to say.
fn plain(lines: Vec<String>) -> TextArea<'static> {
    let mut area = TextArea::new(lines);
    area.set_cursor_line_style(Default::default());
    area
}

/// The text without control characters, its lines ended by LF.
fn clean(text: &str) -> String {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    text.chars().filter(|c| !c.is_control() || *c == '\n' || *c == '\t').collect()
}

fn one_line(text: &str) -> String {
    text.chars().take(LINE).map(|c| if matches!(c, '\n' | '\t') { ' ' } else { c }).collect()
}

fn input(key: Key) -> Input {
    use ratatui_textarea::Key as K;
    let code = match key.code {
        KeyCode::Char(c) => K::Char(c),
        KeyCode::Enter => K::Enter,
        KeyCode::Tab | KeyCode::BackTab => K::Tab,
        KeyCode::Backspace => K::Backspace,
        KeyCode::Delete => K::Delete,
        KeyCode::Up => K::Up,
        KeyCode::Down => K::Down,
        KeyCode::Left => K::Left,
        KeyCode::Right => K::Right,
        KeyCode::Home => K::Home,
        KeyCode::End => K::End,
        KeyCode::PageUp => K::PageUp,
        KeyCode::PageDown => K::PageDown,
        KeyCode::F(n) => K::F(n),
        KeyCode::Esc => K::Esc,
        KeyCode::Insert => K::Null,
    };
    Input { key: code, ctrl: key.ctrl, alt: key.alt, shift: key.shift }
}
