//! What the app wants done, done: handed to a worker, or to the terminal.

use super::clipboard::{self, Way};
use super::clock::Clock;
use super::finder::{self, Finder};
use super::indexer::{self, Core, Indexer};
use super::keeper::{self, Keeper};
use super::librarian::Librarian;
use super::places::PlaceBook;
use super::queries::{self, Queries, QueryWorker};
use super::searcher::{self, SearchWorker};
use super::terminal::Screen;
use super::worker::Worker;
use super::{Event, exporter, loader, viewer};
use crate::app::{App, Effect, Effects, Msg, Notice};
use crate::config::Config;
use crate::dirs::Dirs;
use crate::library::Library;
use crate::words::Words;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::sync::mpsc::Sender;
use std::time::Duration;

/// How long a worker that keeps nothing of the reader's is waited for at the end of the program.
const PATIENCE: Duration = Duration::from_millis(300);

/// Why the loop ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Leave {
    /// The reader leaves, with this exit code.
    Quit(u8),
    /// The reader opens a further folder or file: the screens begin anew with it.
    Open(PathBuf),
}

/// The workers.
pub(super) struct Crew {
    loader: Worker<loader::Job>,
    searcher: SearchWorker,
    finder: Finder,
    queries: QueryWorker,
    indexer: Indexer,
    keeper: Keeper,
    /// The settings; of the editor empty: as the environment says.
    config: Config,
    /// The folder that paths of the settings begin at.
    base: Option<PathBuf>,
    inbox: Sender<Event>,
}

impl Crew {
    /// Starts all workers.
    pub(super) fn start(
        inbox: &Sender<Event>,
        librarian: Arc<Librarian>,
        library: Library,
        places: PlaceBook,
        dirs: &Dirs,
        clock: Clock,
        words: Words,
    ) -> io::Result<Crew> {
        let texts = indexer::LibraryTexts::new(&librarian, &library);
        let queries = Queries::open(dirs.state.as_deref(), &library.id.to_string());
        let queries = QueryWorker::start(inbox.clone(), queries, texts.clone())?;
        let finder = Finder::start(inbox.clone())?;
        let searcher = SearchWorker::start(inbox.clone(), texts.clone(), queries.sender(), finder.sender())?;
        let core = Core::new(librarian.clone(), library, texts, words.clone());
        let indexer = Indexer::start(inbox.clone(), core, searcher.sender())?;
        let keeper =
            Keeper::start(inbox.clone(), dirs, librarian.store().cloned(), places, clock, words, indexer.sender())?;
        let loader = loader::start(inbox.clone(), librarian)?;
        Ok(Crew {
            loader,
            searcher,
            finder,
            queries,
            indexer,
            keeper,
            config: Config::default(),
            base: None,
            inbox: inbox.clone(),
        })
    }

    /// Does as the settings say.
    pub(super) fn with_settings(self, config: &Config, dirs: &Dirs) -> Crew {
        Crew { config: config.clone(), base: dirs.config_dir().map(Path::to_owned), ..self }
    }

    /// Does what the app wants, and what it wants thereupon; says so when it wants to leave.
    pub(super) fn perform(
        &self,
        fx: &mut Effects,
        app: &mut App,
        screen: &mut Screen,
    ) -> anyhow::Result<Option<Leave>> {
        while !fx.is_empty() {
            for effect in std::mem::take(fx) {
                if let Some(leave) = self.perform_one(effect, app, screen, fx)? {
                    return Ok(Some(leave));
                }
            }
        }
        Ok(None)
    }

    fn perform_one(
        &self,
        effect: Effect,
        app: &mut App,
        screen: &mut Screen,
        fx: &mut Effects,
    ) -> anyhow::Result<Option<Leave>> {
        match effect {
            Effect::Load(id) => match app.shelf.entry(id) {
                Some(entry) => self.loader.give(loader::Job::Load(Box::new(entry.clone()))),
                None => log::warn!("asked for a document that is not in the library: {id:?}"),
            },
            Effect::Compare { old, new } => {
                let entry = |id: crate::doc::DocId| app.shelf.entry(id).cloned();
                if let (Some(a), Some(b)) = (entry(old.doc), entry(new.doc)) {
                    let both = [(a, old.part), (b, new.part)];
                    self.loader.give(loader::Job::Compare(Box::new(both)));
                }
            }
            Effect::Anchor(doc, notes) => self.loader.give(loader::Job::Anchor(doc, notes)),
            Effect::Search { generation, query, sort, typing, limit } => {
                let options = searcher::options(limit, sort, typing);
                self.searcher.give(searcher::Job::Search { generation, query, options });
            }
            Effect::Find { generation, doc, sought, from } => {
                self.finder.ask(finder::Question { generation, doc, sought, from });
            }
            Effect::Keep(ticket, act) => self.keeper.give(keeper::Job::Act(ticket, act)),
            Effect::Draft(draft) => self.keeper.give(keeper::Job::Draft(draft)),
            Effect::DraftDone(key) => self.keeper.give(keeper::Job::DraftDone(key)),
            Effect::Remember(places) => self.keeper.give(keeper::Job::Remember(places)),
            Effect::ReadTrash => self.keeper.give(keeper::Job::ReadTrash),
            Effect::ReadQueries => self.keeper.give(keeper::Job::ReadQueries),
            Effect::Asked(query) => self.queries.give(queries::Job::Asked(query)),
            Effect::CountQueries(all) => self.queries.give(queries::Job::Count(all)),
            Effect::LookAt(saved) => self.queries.give(queries::Job::Look(saved)),
            Effect::Begin(saved) => self.queries.give(queries::Job::Begin(saved)),
            Effect::FindTwins(located) => self.queries.give(queries::Job::Twins(located)),
            Effect::Suggest(wanted) => self.queries.give(queries::Job::Suggest(wanted)),
            Effect::Speak(lang) => self.keeper.give(keeper::Job::Speak(lang)),
            Effect::Copy(text) => {
                if let Some(notice) = self.copy(text, screen, &app.words)? {
                    app.update(Msg::Answer(notice), fx);
                }
            }
            Effect::Export { path, taken } => {
                let base = directories::BaseDirs::new();
                let path = at_home(path, base.as_ref().map(directories::BaseDirs::home_dir));
                let manner = exporter::Manner {
                    words: app.words.clone(),
                    style: app.style,
                    template: self.config.template_file(self.base.as_deref()),
                };
                let entries = app.shelf.entries().to_vec();
                self.loader.give(loader::Job::Export(Box::new(loader::Export { taken, path, manner, entries })));
            }
            Effect::EditOutside(text) => {
                let edited = screen.lend(|| edit_outside(&self.config.editor, &text))?;
                let result =
                    edited.map_err(|why| Notice::error(app.words.f("notice.edit-failed", &[("reason", &why)])));
                app.update(Msg::Edited(result), fx);
                app.update(Msg::Resize(screen.size()?.0, screen.size()?.1), fx);
            }
            Effect::OpenOriginal(path, page) => {
                if let Err(error) = viewer::show(&path, page, &self.config.viewer) {
                    let text = app.words.f("notice.not-shown", &[("file", &path.display()), ("reason", &error)]);
                    app.update(Msg::Notice(Notice::error(text)), fx);
                }
            }
            Effect::OpenAddress(url) => {
                if let Err(error) = open::that_detached(&url) {
                    let text = app.words.f("notice.not-shown", &[("file", &url), ("reason", &error)]);
                    app.update(Msg::Notice(Notice::error(text)), fx);
                }
            }
            Effect::AddPath(path) => {
                let base = directories::BaseDirs::new();
                let path = at_home(path, base.as_ref().map(directories::BaseDirs::home_dir));
                // a folder without the right to look into it fails here, not on an empty screen
                let opened = std::fs::metadata(&path)
                    .and_then(|meta| if meta.is_dir() { std::fs::read_dir(&path).map(drop) } else { Ok(()) });
                match opened {
                    Ok(()) => return Ok(Some(Leave::Open(path))),
                    Err(error) => {
                        let key = match error.kind() {
                            io::ErrorKind::NotFound => "notice.path-missing",
                            io::ErrorKind::PermissionDenied => "notice.path-closed",
                            _ => "notice.no-such-path",
                        };
                        let text = app.words.f(key, &[("path", &path.display()), ("reason", &error)]);
                        app.update(Msg::Notice(Notice::error(text)), fx);
                    }
                }
            }
            Effect::Unlock(id, password) => self.indexer.give(indexer::Job::Unlock(id, password)),
            Effect::Rescan => self.indexer.give(indexer::Job::Look),
            Effect::CancelJob => self.indexer.cancel(),
            Effect::Suspend => {
                screen.lend(suspend)??;
                app.update(Msg::Resize(screen.size()?.0, screen.size()?.1), fx);
            }
            Effect::Redraw => screen.forget()?,
            Effect::Quit(code) => return Ok(Some(Leave::Quit(code))),
        }
        Ok(None)
    }

    /// Puts text on the clipboard; the notice, unless it comes once a helper has done its work.
    fn copy(&self, text: String, screen: &mut Screen, words: &Words) -> io::Result<Option<Notice>> {
        let way = Way::choose(&self.config.clipboard, &|name| std::env::var(name).ok(), &clipboard::is_there);
        let told = match &way {
            Way::Terminal if text.len() > clipboard::MOST => Some(Notice::warning(
                words.f("notice.copy-too-long", &[("most", &words.number(clipboard::MOST as u64))]),
            )),
            Way::Terminal => {
                screen.copy(&text)?;
                Some(clipboard::said(words, &text, Ok(&way)))
            }
            Way::Helper(_) => {
                clipboard::hand_over(self.inbox.clone(), way, text, words.clone())?;
                None
            }
        };
        Ok(told)
    }

    /// Has the notes read again, these files in any case.
    pub(super) fn read_notes_again(&self, changed: Vec<PathBuf>) {
        self.keeper.give(keeper::Job::Reload(changed));
    }

    /// Has the index looked at, and made anew when it is damaged.
    pub(super) fn mend_index(&self) {
        self.indexer.give(indexer::Job::Mend);
    }

    /// Lets every worker end: notes are written first, indexing stops where it is and goes on at the next start. When the
    /// program ends too, only the notes are waited for: a cache file is whole or not there, and a reader of a huge file
    /// doesn't look up before its end.
    pub(super) fn finish(self, program_ends: bool) {
        // each ends when nobody holds a way to it any more: first those who give jobs to others
        self.keeper.finish();
        let patience = program_ends.then_some(PATIENCE);
        self.indexer.finish(patience);
        self.searcher.finish(patience);
        self.finder.finish(patience);
        self.queries.finish(patience);
        self.loader.finish(patience);
    }
}

/// A path as typed: `~` at its beginning is the home folder, as in a shell.
fn at_home(path: PathBuf, home: Option<&Path>) -> PathBuf {
    match (path.strip_prefix("~"), home) {
        (Ok(rest), Some(home)) => home.join(rest),
        _ => path,
    }
}

/// Edits text in the reader's own editor: that of the settings, else `$VISUAL`, else `$EDITOR`, else `vi`. Gives the text as the editor left it.
fn edit_outside(configured: &str, text: &str) -> Result<String, String> {
    let set = |name: &str| std::env::var(name).ok().filter(|v| !v.trim().is_empty());
    let own = Some(configured.to_owned()).filter(|e| !e.trim().is_empty());
    let line = own.or_else(|| set("VISUAL")).or_else(|| set("EDITOR")).unwrap_or_else(|| "vi".to_owned());
    let words = shell_words::split(&line).map_err(|e| format!("{line}: {e}"))?;
    let (program, arguments) = words.split_first().ok_or("no editor is set")?;
    let write = || -> io::Result<tempfile::NamedTempFile> {
        let mut file = tempfile::Builder::new().prefix("kantlijn-").suffix(".md").tempfile()?;
        file.write_all(text.as_bytes())?;
        file.flush()?;
        Ok(file)
    };
    let file = write().map_err(|e| e.to_string())?;
    let status = Command::new(program).args(arguments).arg(file.path()).status();
    match status {
        Ok(status) if status.success() => read_back(file.path()),
        Ok(status) => Err(format!("{program}: {status}")),
        Err(error) => Err(format!("{program}: {error}")),
    }
}

fn read_back(path: &Path) -> Result<String, String> {
    let text = std::fs::read_to_string(path).map_err(|e| e.to_string())?;
    // editors end a file with a line end; a note has none of its own
    Ok(text.strip_suffix('\n').map(str::to_owned).unwrap_or(text))
}

/// Stops the process until the shell continues it.
#[cfg(unix)]
fn suspend() -> io::Result<()> {
    signal_hook::low_level::raise(signal_hook::consts::SIGTSTP)
}

#[cfg(not(unix))]
fn suspend() -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests;
