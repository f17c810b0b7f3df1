//! A reader at an imaginary terminal: the real app, its effects done inline (no threads, no sleeps, a fixed clock), its
//! screen read as text with the roles of its cells beside it.

use kantlijn::doc::Lang;
use kantlijn::runtime::inline::Inline;
use kantlijn::ui::{Role, Theme, draw};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Color;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// A folder of reports and a folder for everything kantlijn keeps, both gone at the end.
pub struct Desk {
    /// The reports.
    pub reports: TempDir,
    /// Notes, cache, state.
    pub home: TempDir,
}

impl Desk {
    /// A desk without reports.
    pub fn empty() -> Desk {
        Desk { reports: TempDir::new().unwrap(), home: TempDir::new().unwrap() }
    }

    /// A desk with the reports of the demonstration library, as files.
    pub fn new() -> Desk {
        let desk = Desk::empty();
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/demo");
        for entry in std::fs::read_dir(from).unwrap() {
            let path = entry.unwrap().path();
            std::fs::copy(&path, desk.reports.path().join(path.file_name().unwrap())).unwrap();
        }
        desk
    }

    /// A desk with these reports only: name and text.
    pub fn of(files: &[(&str, &str)]) -> Desk {
        let desk = Desk { reports: TempDir::new().unwrap(), home: TempDir::new().unwrap() };
        for (name, text) in files {
            std::fs::write(desk.reports.path().join(name), text).unwrap();
        }
        desk
    }

    /// A reader sitting down at it.
    pub fn sit(&self, w: u16, h: u16, lang: Lang) -> Reader {
        let paths = vec![self.reports.path().to_path_buf()];
        Reader { inline: Inline::new(paths, self.home.path(), (w, h), lang) }
    }

    /// The files of the notes.
    pub fn note_files(&self) -> Vec<PathBuf> {
        let mut out = Vec::new();
        let mut todo = vec![self.home.path().join("data/notes")];
        while let Some(dir) = todo.pop() {
            for entry in std::fs::read_dir(dir).into_iter().flatten() {
                let path = entry.unwrap().path();
                if path.is_dir() { todo.push(path) } else { out.push(path) }
            }
        }
        out.sort();
        out
    }
}

/// Someone at the keys.
pub struct Reader {
    /// The program.
    pub inline: Inline,
}

impl Reader {
    /// Presses keys, parted by blanks as in the keymap: `] k`, `ctrl-d`, `enter`.
    pub fn press(&mut self, keys: &str) -> &mut Self {
        for key in kantlijn::keys::parse_sequence(keys).unwrap_or_else(|| panic!("no keys: {keys}")) {
            self.inline.key(key);
        }
        self
    }

    /// Types text, a key a character.
    pub fn write(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.inline.key(kantlijn::keys::Key::char(c));
        }
        self
    }

    /// The screen as a buffer in which each role has a colour of its own.
    fn buffer(&self) -> Buffer {
        let (w, h) = self.inline.app.size;
        let mut buf = Buffer::empty(Rect { x: 0, y: 0, width: w, height: h });
        draw(&self.inline.app, &Theme::of_roles(), &mut buf);
        buf
    }

    /// The rows of the screen.
    pub fn rows(&self) -> Vec<String> {
        let buf = self.buffer();
        (0..buf.area.height)
            .map(|y| {
                let mut row = String::new();
                let mut skip = 0;
                for x in 0..buf.area.width {
                    if skip > 0 {
                        skip -= 1;
                        continue;
                    }
                    let symbol = buf[(x, y)].symbol();
                    skip = kantlijn::layout::width(symbol).saturating_sub(1);
                    row.push_str(symbol);
                }
                row.trim_end().to_owned()
            })
            .collect()
    }

    /// The screen as text.
    pub fn text(&self) -> String {
        self.rows().join("\n")
    }

    /// The screen as text, and below it which roles stand on each row: `3: heading.2 "Knelpunt 1"`.
    pub fn picture(&self) -> String {
        let buf = self.buffer();
        let mut out = self.text();
        out.push_str("\n--- roles\n");
        for y in 0..buf.area.height {
            let mut runs: Vec<(Role, String)> = Vec::new();
            for x in 0..buf.area.width {
                let cell = &buf[(x, y)];
                let Color::Indexed(i) = cell.fg else { continue };
                let role = Role::ALL[usize::from(i - 16)];
                match runs.last_mut() {
                    Some((last, text)) if *last == role => text.push_str(cell.symbol()),
                    _ => runs.push((role, cell.symbol().to_owned())),
                }
            }
            let plain = [Role::Text, Role::Muted, Role::Border, Role::Header, Role::Footer, Role::Title];
            let said: Vec<String> = runs
                .into_iter()
                .filter(|(role, text)| !plain.contains(role) && !text.trim().is_empty())
                .map(|(role, text)| format!("{} {:?}", role.name(), text.trim()))
                .collect();
            if !said.is_empty() {
                out.push_str(&format!("{y}: {}\n", said.join(" · ")));
            }
        }
        out
    }

    /// Whether the screen shows this text on one row.
    pub fn shows(&self, text: &str) -> bool {
        self.rows().iter().any(|r| r.contains(text))
    }

    /// Fails with the screen when it does not show the text.
    pub fn must_show(&self, text: &str) -> &Self {
        assert!(self.shows(text), "{text:?} is not on the screen:\n{}", self.text());
        self
    }
}
