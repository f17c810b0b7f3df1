//! `kantlijn [PATH…]` on a terminal: the screens.

use super::args::When;
use super::session::Session;
use crate::config::Colors;
use crate::keys::Keymap;
use crate::runtime::{self, Options};
use std::fs;
use std::path::PathBuf;

/// Whether both ends are a terminal, so that there is somebody to show the screens to.
pub fn possible(session: &Session) -> bool {
    use std::io::IsTerminal;
    !session.global.json && std::io::stdin().is_terminal() && std::io::stdout().is_terminal()
}

/// Runs the screens; gives the exit code.
pub fn run(session: &mut Session, paths: &[PathBuf]) -> anyhow::Result<u8> {
    let sources = session.sources(paths)?;
    let mut problems: Vec<String> = session.problems.iter().map(ToString::to_string).collect();
    let keymap = keymap(session, &mut problems);
    let mut config = session.config.clone();
    match session.global.color.as_deref().and_then(When::parse).unwrap_or_default() {
        When::Auto => {}
        When::Never => config.colors = Colors::None,
        When::Always if config.colors == Colors::None => config.colors = Colors::Auto,
        When::Always => {}
    }
    runtime::run(Options {
        config,
        dirs: session.dirs.clone(),
        sources,
        words: session.words.clone(),
        keymap,
        problems,
    })
}

/// The default keys with the reader's own laid over them.
pub fn keymap(session: &Session, problems: &mut Vec<String>) -> Keymap {
    let mut keymap = Keymap::default();
    let named = !session.config.keymap.is_empty();
    let file = match (named, session.dirs.config_dir()) {
        (true, dir) => {
            Some(dir.map_or_else(|| PathBuf::from(&session.config.keymap), |d| d.join(&session.config.keymap)))
        }
        (false, dir) => dir.map(|d| d.join("keymap.toml")),
    };
    let Some(file) = file else { return keymap };
    match fs::read_to_string(&file) {
        Ok(text) => {
            let faults = keymap.lay_over(&text);
            problems.extend(faults.iter().map(|f| format!("{}: {f}", file.display())));
        }
        Err(error) if named || error.kind() != std::io::ErrorKind::NotFound => {
            problems.push(format!("{}: {error}", file.display()));
        }
        Err(_) => {}
    }
    keymap
}
