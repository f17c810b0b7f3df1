//! THE EDGE: terminal, threads, disk and clock meet the app here. One UI thread owns the state and the screen; named
//! workers do everything slow and answer by messages. The loop waits when there is nothing to do, takes what is queued
//! under a small budget, performs what the app wants done, and draws once if anything happened.

pub mod chance;
mod clipboard;
pub mod clock;
mod draft;
mod effects;
pub mod exporter;
mod finder;
mod hyperlink;
mod importer;
mod indexer;
pub mod inline;
mod input;
pub mod intake;
mod keeper;
pub mod ledger;
pub mod librarian;
mod loader;
pub mod locator;
mod places;
mod queries;
mod searcher;
pub mod size;
mod suggest;
mod terminal;
mod themes;
mod twins;
pub mod viewer;
mod watcher;
mod worker;

use crate::app::{App, Look, Msg, Notice, Start};
use crate::config::{Colors, Config};
use crate::dirs::Dirs;
use crate::keys::Keymap;
use crate::ui::{Depth, Theme};
use crate::words::Words;
use clock::{Clock, Stopwatch};
use effects::{Crew, Leave};
use librarian::{Librarian, Sources};
use std::io;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;
use terminal::Screen;
use themes::Themes;

/// How long messages are taken in before the screen is drawn again.
const BUDGET: Duration = Duration::from_millis(8);

/// What the screens are started with.
#[derive(Debug)]
pub struct Options {
    /// The settings.
    pub config: Config,
    /// The folders.
    pub dirs: Dirs,
    /// What the library is made of.
    pub sources: Sources,
    /// The words of the screens.
    pub words: Words,
    /// The keys.
    pub keymap: Keymap,
    /// What went wrong before the screens were up, to be said on them: one line each.
    pub problems: Vec<String>,
}

/// What reaches the UI thread.
pub(crate) enum Event {
    /// From a worker.
    Msg(Msg),
    /// From the terminal; more is read once these are done with.
    Input(Vec<crossterm::event::Event>),
    /// The terminal can't be read any more.
    InputLost(String),
    /// Files of notes have changed on disk.
    NotesChanged(Vec<PathBuf>),
    /// The index could not be searched.
    SearchFailed,
    /// The system asks the program to end, with this exit code.
    Terminate(u8),
}

/// Runs the screens until the reader leaves. Gives the exit code.
///
/// # Errors
/// When the terminal can't be used.
pub fn run(mut options: Options) -> anyhow::Result<u8> {
    restore_on_panic();
    let depth = depth(options.config.colors);
    let (send, inbox) = channel();
    let mut permits = None;
    let mut screen = None;
    loop {
        match session(&options, depth, &mut screen, &mut permits, &send, &inbox)? {
            Leave::Quit(code) => return Ok(code),
            Leave::Open(path) => {
                // one's own folder takes the place of the demonstration; a further one joins what is open
                options.sources.demo = false;
                options.sources.paths.push(path);
                options.problems.clear();
            }
        }
    }
}

/// The screens over one library, from the first frame to the end.
fn session(
    options: &Options,
    depth: Depth,
    screen: &mut Option<Screen>,
    permits: &mut Option<Sender<()>>,
    send: &Sender<Event>,
    inbox: &Receiver<Event>,
) -> anyhow::Result<Leave> {
    let Options { config, dirs, sources, words, keymap, problems } = options;
    let librarian = Arc::new(Librarian::new(sources.clone(), dirs.cache.as_deref()));
    let mut library = librarian.known();
    let places = places::PlaceBook::load(dirs.state.as_deref(), &library.id.to_string());
    let open = places.last().and_then(|id| {
        let open = loader::from_cache(&librarian, library.entry(id)?)?;
        let byte = places.byte_in(id, &open.doc);
        Some((Arc::new(open), byte))
    });
    let first = screen.is_none();
    let screen = match screen {
        Some(screen) => screen,
        None => screen.insert(Screen::enter(config.mouse)?),
    };
    let themes = Themes::find(dirs.config_dir(), depth);
    let names = themes.names();
    let mut problems = problems.clone();
    let chosen = match config.theme.as_str() {
        "auto" => names[0].clone(),
        name if names.iter().any(|n| n == name) => name.to_owned(),
        name => {
            problems.push(words.f("notice.no-theme", &[("name", &name)]));
            names[0].clone()
        }
    };
    let look = Look { theme: chosen, themes: names, measure: config.measure, zen: false };
    // the app has them first: a copy of them all would stand between here and the first frame
    let entries = Arc::new(std::mem::take(&mut library.entries));
    let mut app = App::new(Start {
        words: words.clone(),
        keymap: keymap.clone(),
        look,
        size: screen.size()?,
        entries: entries.clone(),
        style: exporter::style_of(config.citation_style),
        open,
        demo: sources.demo,
        version: env!("CARGO_PKG_VERSION"),
    });
    let (theme, faults) = themes.load(&app.look.theme);
    problems.extend(faults);
    screen.draw(&app, &theme)?;

    // the first frame is out; everything slow begins now
    library.entries = entries.to_vec();
    let crew = Crew::start(send, librarian, library, places, dirs, Clock::System, words.clone())?;
    let crew = crew.with_settings(config, dirs);
    if first {
        *permits = Some(input::start(send.clone())?);
        listen_for_signals(send.clone())?;
    } else if let Some(permits) = permits {
        // the key that opened the folder has been dealt with
        let _ = permits.send(());
    }
    for problem in problems {
        app.update(Msg::Notice(Notice::warning(problem)), &mut Vec::new());
    }
    let leave = run_loop(&mut app, (theme, &themes), screen, inbox, permits.as_ref(), &crew);
    crew.finish(!matches!(leave, Ok(Leave::Open(_))));
    // what the workers still had to say was meant for this library
    while let Ok(event) = inbox.try_recv() {
        if let Event::Terminate(code) = event {
            return Ok(Leave::Quit(code));
        }
    }
    leave
}

/// How many colours the terminal shows: as the settings say, else as `NO_COLOR`, `COLORTERM` and `TERM` do.
fn depth(chosen: Colors) -> Depth {
    let set = |name: &str| std::env::var(name).unwrap_or_default();
    match chosen {
        Colors::None => Depth::None,
        Colors::Sixteen => Depth::Sixteen,
        Colors::Palette => Depth::Indexed,
        Colors::True => Depth::True,
        Colors::Auto if !set("NO_COLOR").is_empty() || set("TERM") == "dumb" => Depth::None,
        Colors::Auto if ["truecolor", "24bit"].contains(&set("COLORTERM").as_str()) => Depth::True,
        Colors::Auto if set("TERM").contains("256") => Depth::Indexed,
        Colors::Auto => Depth::Sixteen,
    }
}

/// The loop: wait, take in, do, draw.
fn run_loop(
    app: &mut App,
    (mut theme, themes): (Theme, &Themes),
    screen: &mut Screen,
    inbox: &Receiver<Event>,
    permits: Option<&Sender<()>>,
    crew: &Crew,
) -> anyhow::Result<Leave> {
    let mut fx = Vec::new();
    let mut shown = app.look.theme.clone();
    loop {
        if let Some(leave) = crew.perform(&mut fx, app, screen)? {
            return Ok(leave);
        }
        if shown != app.look.theme {
            shown.clone_from(&app.look.theme);
            let (new, faults) = themes.load(&shown);
            theme = new;
            faults.into_iter().for_each(|f| app.update(Msg::Notice(Notice::warning(f)), &mut fx));
        }
        screen.draw(app, &theme)?;
        let mut event = match inbox.recv() {
            Ok(event) => event,
            Err(_) => return Ok(Leave::Quit(0)),
        };
        let watch = Stopwatch::start();
        loop {
            let input = matches!(event, Event::Input(_));
            match event {
                Event::Msg(msg) => app.update(msg, &mut fx),
                Event::Input(events) => {
                    terminal::messages(events).into_iter().for_each(|msg| app.update(msg, &mut fx));
                }
                Event::NotesChanged(paths) => crew.read_notes_again(paths),
                Event::SearchFailed => crew.mend_index(),
                Event::InputLost(why) => anyhow::bail!("the terminal can't be read any more: {why}"),
                Event::Terminate(code) => app.end(code, &mut fx),
            }
            if let Some(leave) = crew.perform(&mut fx, app, screen)? {
                return Ok(leave);
            }
            if input {
                // an effect may have lent the terminal to an editor; only now may it be read again
                permits.map(|p| p.send(()));
            }
            if watch.elapsed() > BUDGET {
                break;
            }
            match inbox.try_recv() {
                Ok(next) => event = next,
                Err(_) => break,
            }
        }
    }
}

/// A hang-up or a request to end leaves the program in order: words are kept, the terminal is given back.
#[cfg(unix)]
fn listen_for_signals(inbox: Sender<Event>) -> io::Result<()> {
    use signal_hook::consts::{SIGHUP, SIGTERM};
    let mut signals = signal_hook::iterator::Signals::new([SIGHUP, SIGTERM])?;
    std::thread::Builder::new().name("signals".to_owned()).spawn(move || {
        for signal in signals.forever() {
            if inbox.send(Event::Terminate(128 + signal as u8)).is_err() {
                return;
            }
        }
    })?;
    Ok(())
}

#[cfg(not(unix))]
fn listen_for_signals(_inbox: Sender<Event>) -> io::Result<()> {
    Ok(())
}

/// A panic of the UI thread gives the terminal back before it is printed; one of a worker goes to the log, since the
/// screen is up.
fn restore_on_panic() {
    let before = std::panic::take_hook();
    let ui = std::thread::current().id();
    std::panic::set_hook(Box::new(move |info| {
        log::error!("{info}");
        if std::thread::current().id() == ui {
            let _ = terminal::restore();
            before(info);
        }
    }));
}
