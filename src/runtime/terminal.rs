//! The terminal: entered and left whole, drawn on inside a synchronized update, handed to other programs and taken back.

use super::hyperlink;
use crate::app::{App, Mouse, MouseKind, Msg};
use crate::keys::{Key, KeyCode};
use crate::ui::{self, Theme};
use crossterm::event::{
    self, DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture, Event, KeyEventKind,
    KeyModifiers, MouseButton, MouseEventKind,
};
use crossterm::terminal::{
    self, BeginSynchronizedUpdate, EndSynchronizedUpdate, EnterAlternateScreen, LeaveAlternateScreen, SetTitle,
};
use crossterm::{clipboard::CopyToClipboard, cursor, execute, queue};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use std::io::{self, BufWriter, Stdout, Write};

/// Bytes gathered before they go to the terminal: more than a full screen of new cells.
const BUFFER: usize = 256 << 10;
/// Events taken in at once at most.
const BATCH: usize = 256;

/// The terminal while the screens are up. Dropping it gives the terminal back.
pub(super) struct Screen {
    terminal: Terminal<CrosstermBackend<BufWriter<Stdout>>>,
    mouse: bool,
    /// Addresses in the text can be followed by the terminal itself.
    links: bool,
    up: bool,
}

impl Screen {
    /// Takes the terminal.
    pub(super) fn enter(mouse: bool) -> io::Result<Screen> {
        let backend = CrosstermBackend::new(BufWriter::with_capacity(BUFFER, io::stdout()));
        let mut screen = Screen { terminal: Terminal::new(backend)?, mouse, links: hyperlink::understood(), up: false };
        screen.take()?;
        Ok(screen)
    }

    fn take(&mut self) -> io::Result<()> {
        terminal::enable_raw_mode()?;
        self.up = true;
        let out = self.terminal.backend_mut();
        queue!(out, EnterAlternateScreen, EnableBracketedPaste, cursor::Hide, SetTitle("kantlijn"))?;
        if self.mouse {
            queue!(out, EnableMouseCapture)?;
        }
        Ok(())
    }

    fn give(&mut self) -> io::Result<()> {
        self.up = false;
        restore()
    }

    /// Draws the app; only what changed goes out.
    pub(super) fn draw(&mut self, app: &App, theme: &Theme) -> io::Result<()> {
        queue!(self.terminal.backend_mut(), BeginSynchronizedUpdate)?;
        let links = self.links;
        self.terminal.draw(|frame| {
            if let Some(position) = ui::draw(app, theme, frame.buffer_mut()) {
                frame.set_cursor_position(position);
            }
            if links {
                ui::hyperlinks(app).iter().for_each(|link| hyperlink::put(frame.buffer_mut(), link));
            }
        })?;
        execute!(self.terminal.backend_mut(), EndSynchronizedUpdate)
    }

    /// Columns and rows.
    pub(super) fn size(&self) -> io::Result<(u16, u16)> {
        self.terminal.size().map(|s| (s.width, s.height))
    }

    /// Everything is drawn anew the next time.
    pub(super) fn forget(&mut self) -> io::Result<()> {
        self.terminal.clear()
    }

    /// Gives the terminal away while something else runs on it, and takes it back.
    pub(super) fn lend<T>(&mut self, run: impl FnOnce() -> T) -> io::Result<T> {
        self.give()?;
        let out = run();
        self.take()?;
        self.forget()?;
        Ok(out)
    }

    /// Puts text on the clipboard of whoever sits at the terminal, by OSC 52: over SSH and through tmux too.
    pub(super) fn copy(&mut self, text: &str) -> io::Result<()> {
        execute!(self.terminal.backend_mut(), CopyToClipboard::to_clipboard_from(text))
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        if self.up {
            // nothing more can be done about a terminal that does not listen
            let _ = self.give();
        }
    }
}

/// Gives the terminal back as it was; also for the panic hook, which has no [`Screen`].
pub(super) fn restore() -> io::Result<()> {
    let mut out = io::stdout();
    queue!(out, EndSynchronizedUpdate, DisableMouseCapture, DisableBracketedPaste, LeaveAlternateScreen, cursor::Show)?;
    out.flush()?;
    terminal::disable_raw_mode()
}

/// Whether the terminal has something to say that has not been read yet.
pub(super) fn has_events() -> io::Result<bool> {
    event::poll(std::time::Duration::ZERO)
}

/// What the terminal has to say: waits for the first event and takes what is there by then, as far as one batch goes.
pub(super) fn read_events() -> io::Result<Vec<Event>> {
    let mut events = vec![event::read()?];
    while events.len() < BATCH && has_events()? {
        events.push(event::read()?);
    }
    Ok(events)
}

/// What an event is to the app; `None` when it is nothing. Notches of the wheel in a row become one.
pub(super) fn messages(events: Vec<Event>) -> Vec<Msg> {
    let mut out: Vec<Msg> = Vec::with_capacity(events.len());
    for msg in events.into_iter().filter_map(message) {
        if let (Msg::Mouse(new), Some(Msg::Mouse(last))) = (&msg, out.last_mut())
            && let (MouseKind::Wheel(a), MouseKind::Wheel(b)) = (new.kind, last.kind)
            && (new.x, new.y) == (last.x, last.y)
        {
            last.kind = MouseKind::Wheel(a.saturating_add(b));
            continue;
        }
        out.push(msg);
    }
    out
}

fn message(event: Event) -> Option<Msg> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => Some(Msg::Key(translate(key)?)),
        Event::Paste(text) => Some(Msg::Paste(text)),
        Event::Resize(w, h) => Some(Msg::Resize(w, h)),
        Event::Mouse(m) => {
            let kind = match m.kind {
                MouseEventKind::Down(MouseButton::Left) => MouseKind::Down,
                MouseEventKind::Drag(MouseButton::Left) => MouseKind::Drag,
                MouseEventKind::Up(MouseButton::Left) => MouseKind::Up,
                MouseEventKind::ScrollDown => MouseKind::Wheel(1),
                MouseEventKind::ScrollUp => MouseKind::Wheel(-1),
                _ => return None,
            };
            Some(Msg::Mouse(Mouse { kind, x: m.column, y: m.row }))
        }
        _ => None,
    }
}

fn translate(key: event::KeyEvent) -> Option<Key> {
    use event::KeyCode as C;
    let code = match key.code {
        C::Char(c) => KeyCode::Char(c),
        C::Enter => KeyCode::Enter,
        C::Esc => KeyCode::Esc,
        C::Tab => KeyCode::Tab,
        C::BackTab => KeyCode::BackTab,
        C::Backspace => KeyCode::Backspace,
        C::Delete => KeyCode::Delete,
        C::Insert => KeyCode::Insert,
        C::Up => KeyCode::Up,
        C::Down => KeyCode::Down,
        C::Left => KeyCode::Left,
        C::Right => KeyCode::Right,
        C::Home => KeyCode::Home,
        C::End => KeyCode::End,
        C::PageUp => KeyCode::PageUp,
        C::PageDown => KeyCode::PageDown,
        C::F(n) => KeyCode::F(n),
        _ => return None,
    };
    let mods = key.modifiers;
    // a shifted character is the character itself, and Shift-Tab has a code of its own
    let shift = mods.contains(KeyModifiers::SHIFT) && !matches!(code, KeyCode::Char(_) | KeyCode::BackTab);
    Some(Key { code, ctrl: mods.contains(KeyModifiers::CONTROL), alt: mods.contains(KeyModifiers::ALT), shift })
}
