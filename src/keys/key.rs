//! One key press, and how it is written: `j`, `G`, `ctrl-d`, `alt-left`, `space`, `f1`.

use std::fmt;

/// What was pressed, apart from modifiers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum KeyCode {
    /// A character; upper case is the character itself, never a modifier.
    Char(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift-Tab.
    BackTab,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// Insert.
    Insert,
    /// Arrow up.
    Up,
    /// Arrow down.
    Down,
    /// Arrow left.
    Left,
    /// Arrow right.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// F1 to F24.
    F(u8),
}

/// One key press.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// The key.
    pub code: KeyCode,
    /// With Control.
    pub ctrl: bool,
    /// With Alt.
    pub alt: bool,
    /// With Shift; never set for characters and [`KeyCode::BackTab`].
    pub shift: bool,
}

const NAMES: [(&str, KeyCode); 16] = [
    ("enter", KeyCode::Enter),
    ("esc", KeyCode::Esc),
    ("tab", KeyCode::Tab),
    ("backtab", KeyCode::BackTab),
    ("backspace", KeyCode::Backspace),
    ("delete", KeyCode::Delete),
    ("insert", KeyCode::Insert),
    ("up", KeyCode::Up),
    ("down", KeyCode::Down),
    ("left", KeyCode::Left),
    ("right", KeyCode::Right),
    ("home", KeyCode::Home),
    ("end", KeyCode::End),
    ("pageup", KeyCode::PageUp),
    ("pagedown", KeyCode::PageDown),
    ("space", KeyCode::Char(' ')),
];

impl Key {
    /// A key without modifiers.
    #[must_use]
    pub fn plain(code: KeyCode) -> Self {
        Key { code, ctrl: false, alt: false, shift: false }
    }

    /// A character without modifiers.
    #[must_use]
    pub fn char(c: char) -> Self {
        Key::plain(KeyCode::Char(c))
    }

    /// A character with Control.
    #[must_use]
    pub fn ctrl(c: char) -> Self {
        Key { ctrl: true, ..Key::char(c) }
    }

    /// The digit, when it is one without modifiers: part of a count.
    #[must_use]
    pub fn digit(self) -> Option<u32> {
        match self {
            Key { code: KeyCode::Char(c), ctrl: false, alt: false, .. } => c.to_digit(10),
            _ => None,
        }
    }

    /// Reads one key as written in a keymap; `None` when it is none.
    #[must_use]
    pub fn parse(text: &str) -> Option<Key> {
        let mut key = Key::char(' ');
        let mut rest = text;
        loop {
            if let Some(r) = rest.strip_prefix("ctrl-").filter(|r| !r.is_empty()) {
                key.ctrl = true;
                rest = r;
            } else if let Some(r) = rest.strip_prefix("alt-").filter(|r| !r.is_empty()) {
                key.alt = true;
                rest = r;
            } else if let Some(r) = rest.strip_prefix("shift-").filter(|r| !r.is_empty()) {
                key.shift = true;
                rest = r;
            } else {
                break;
            }
        }
        let mut chars = rest.chars();
        key.code = match (chars.next(), chars.next()) {
            (Some(c), None) if !key.shift => KeyCode::Char(c),
            (Some('f'), Some(_)) if rest[1..].parse::<u8>().is_ok_and(|n| (1..=24).contains(&n)) => {
                KeyCode::F(rest[1..].parse().ok()?)
            }
            _ => NAMES.iter().find(|(name, _)| *name == rest)?.1,
        };
        Some(key)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (on, name) in [(self.ctrl, "ctrl-"), (self.alt, "alt-"), (self.shift, "shift-")] {
            if on {
                f.write_str(name)?;
            }
        }
        match self.code {
            KeyCode::F(n) => write!(f, "f{n}"),
            KeyCode::Char(c) if c != ' ' => write!(f, "{c}"),
            code => match NAMES.iter().find(|(_, c)| *c == code) {
                Some((name, _)) => f.write_str(name),
                None => Ok(()),
            },
        }
    }
}

/// Reads keys parted by blanks: `g r`, `] k`, `ctrl-d`. `None` when one of them is no key or there is none.
#[must_use]
pub fn parse_sequence(text: &str) -> Option<Vec<Key>> {
    let keys: Option<Vec<Key>> = text.split_whitespace().map(Key::parse).collect();
    keys.filter(|k| !k.is_empty())
}

/// How a sequence is shown: characters run together (`]k`, `gg`), others parted by blanks (`g space`), with the
/// modifiers capitalised (`Ctrl-d`).
#[must_use]
pub fn sequence_text(keys: &[Key]) -> String {
    let plain = |k: &Key| matches!(k.code, KeyCode::Char(c) if c != ' ') && !k.ctrl && !k.alt;
    let glue = if keys.iter().all(plain) { "" } else { " " };
    let show = |k: &Key| {
        let text = k.to_string();
        if plain(k) {
            return text;
        }
        let mut parts: Vec<String> = Vec::new();
        let (mods, last) = text.rsplit_once('-').filter(|(_, l)| !l.is_empty()).unwrap_or(("", &text));
        for m in mods.split('-').filter(|m| !m.is_empty()) {
            parts.push(capitalise(m));
        }
        parts.push(if last.chars().count() > 1 { capitalise(last) } else { last.to_owned() });
        parts.join("-")
    };
    keys.iter().map(show).collect::<Vec<_>>().join(glue)
}

fn capitalise(word: &str) -> String {
    match word {
        "pageup" => return "PgUp".to_owned(),
        "pagedown" => return "PgDn".to_owned(),
        "backtab" => return "Shift-Tab".to_owned(),
        _ => {}
    }
    let mut chars = word.chars();
    chars.next().map_or_else(String::new, |c| c.to_uppercase().chain(chars).collect())
}
