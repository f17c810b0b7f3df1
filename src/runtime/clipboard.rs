//! The clipboard: over SSH and in tmux the terminal's own (OSC 52), so that the text comes to where the reader sits; else a
//! helper of the system when there is one, else the terminal's again. Which way it went is said.

use super::Event;
use crate::app::{Msg, Notice};
use crate::words::Words;
use std::io::{self, Write};
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc::Sender;

/// Bytes of text that go through OSC 52 at most: with the sequence around them, coded in base 64, they stay below the
/// 100,000 bytes that terminals commonly take.
pub(super) const MOST: usize = 74_994;

/// By which way text goes to the clipboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// The terminal's own.
    Terminal,
    /// A program that takes it on its standard input: its name and arguments.
    Helper(Vec<String>),
}

impl Way {
    /// The way that the settings say (`auto`, `terminal`, or a command line), else the best there is. `env` gives variables,
    /// `there` says whether a program is to be had.
    pub(super) fn choose(setting: &str, env: &dyn Fn(&str) -> Option<String>, there: &dyn Fn(&str) -> bool) -> Way {
        match setting.trim() {
            "" | "auto" => {}
            "terminal" => return Way::Terminal,
            line => {
                let words = shell_words::split(line).ok().filter(|w| !w.is_empty());
                return words.map_or(Way::Terminal, Way::Helper);
            }
        }
        let set = |name: &str| env(name).is_some_and(|v| !v.is_empty());
        if ["SSH_CONNECTION", "SSH_TTY", "SSH_CLIENT", "TMUX"].iter().any(|name| set(name)) {
            return Way::Terminal;
        }
        let mut helpers: Vec<&[&str]> = Vec::new();
        if cfg!(target_os = "macos") {
            helpers.push(&["pbcopy"]);
        }
        if cfg!(windows) {
            helpers.push(&["clip.exe"]);
        }
        if set("WAYLAND_DISPLAY") {
            helpers.push(&["wl-copy"]);
        }
        if set("DISPLAY") {
            helpers.push(&["xclip", "-selection", "clipboard"]);
            helpers.push(&["xsel", "--clipboard", "--input"]);
        }
        let helper = helpers.into_iter().find(|helper| there(helper[0]));
        helper.map_or(Way::Terminal, |helper| Way::Helper(helper.iter().map(|w| (*w).to_owned()).collect()))
    }

    fn name<'a>(&'a self, words: &Words) -> &'a str {
        match self {
            Way::Terminal => words.t("notice.by-terminal"),
            Way::Helper(line) => line.first().map_or("", String::as_str),
        }
    }
}

/// Whether a program is on the path.
pub(super) fn is_there(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| Path::new(&folder).join(program).is_file())
}

/// Gives text to a helper, on a thread of its own: one that hangs holds up nobody. What became of it is told.
pub(super) fn hand_over(inbox: Sender<Event>, way: Way, text: String, words: Words) -> io::Result<()> {
    std::thread::Builder::new().name("clipboard".to_owned()).spawn(move || {
        let done = match &way {
            Way::Helper(line) => give(line, &text),
            Way::Terminal => Ok(()),
        };
        let done = done.map(|()| &way).map_err(|error| (way.clone(), error));
        let said = match &done {
            Ok(way) => said(&words, &text, Ok(way)),
            Err((way, error)) => said(&words, &text, Err((way, error))),
        };
        // nobody listens any more when the program has ended
        let _ = inbox.send(Event::Msg(Msg::Answer(said)));
    })?;
    Ok(())
}

fn give(line: &[String], text: &str) -> io::Result<()> {
    let (program, arguments) = line.split_first().ok_or(io::ErrorKind::NotFound)?;
    // one that stays to serve the clipboard must not hold on to the terminal
    let mut child = Command::new(program)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()?;
    if let Some(mut stdin) = child.stdin.take() {
        stdin.write_all(text.as_bytes())?;
    }
    let status = child.wait()?;
    if status.success() { Ok(()) } else { Err(io::Error::other(status.to_string())) }
}

/// What is said of a text that was put on the clipboard, or wasn't.
pub(super) fn said(words: &Words, text: &str, done: Result<&Way, (&Way, &io::Error)>) -> Notice {
    match done {
        Ok(way) => {
            let count = words.n("notice.copied", text.split_whitespace().count() as u64);
            Notice::info(words.f("notice.copied-by", &[("what", &count), ("way", &way.name(words))]))
        }
        Err((way, error)) => {
            Notice::error(words.f("notice.not-copied", &[("way", &way.name(words)), ("reason", error)]))
        }
    }
}

#[cfg(test)]
mod tests;
