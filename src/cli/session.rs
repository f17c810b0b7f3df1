//! What every command begins with: folders, config, language, and the library the paths name.

use super::args::{Global, When};
use super::out::{Out, say};
use crate::config::{self, Config, ConfigProblem, LangChoice, resolved};
use crate::dirs::{DirOverrides, Dirs};
use crate::knelpunt::Own;
use crate::library::{Entry, Library, ScanOptions};
use crate::notes::store::{OthersNotes, Store};
use crate::runtime::librarian::{Librarian, Sources, Step};
use crate::search::Anew;
use crate::words::Words;
use anyhow::{Context, bail};
use std::fs;
use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;

/// What every command works with.
pub struct Session {
    /// What was typed that holds for all commands.
    pub global: Global,
    /// Folders in use.
    pub dirs: Dirs,
    /// Settings in use.
    pub config: Config,
    /// What is wrong with the config file.
    pub problems: Vec<ConfigProblem>,
    /// The words of messages.
    pub words: Words,
    /// Standard output.
    pub out: Out,
    /// Whether standard input has been read already: it can be read once.
    input_taken: bool,
}

/// A library brought up to date.
pub struct Opened {
    /// What knows its documents.
    pub librarian: Librarian,
    /// What is in it.
    pub library: Library,
    /// Whether it is the one built into the program.
    pub demo: bool,
}

impl Session {
    /// Reads the config; what is wrong with it is said on standard error, and the rest applies.
    pub fn new(global: Global) -> Session {
        let or_env =
            |flag: &Option<PathBuf>, name: &str| flag.clone().or_else(|| std::env::var_os(name).map(PathBuf::from));
        let dirs = Dirs::new(&DirOverrides {
            config_file: or_env(&global.config, "KANTLIJN_CONFIG"),
            data: or_env(&global.data_dir, "KANTLIJN_DATA_DIR"),
            cache: or_env(&global.cache_dir, "KANTLIJN_CACHE_DIR"),
            state: or_env(&global.state_dir, "KANTLIJN_STATE_DIR"),
        });
        let (config, problems) = match &dirs.config_file {
            Some(file) => config::load(file, dirs.config_named),
            None => (Config::default(), Vec::new()),
        };
        problems.iter().for_each(|problem| say(&problem.to_string()));
        let asked = global.lang.map_or(config.lang, LangChoice::from).chosen();
        let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].map(|name| std::env::var(name).ok());
        let words = Words::new(Words::detect(asked, &locale));
        let out = Out::new(global.json, global.color.as_deref().and_then(When::parse).unwrap_or_default());
        Session { global, dirs, config, problems, words, out, input_taken: false }
    }

    /// The library that these paths name, up to date. Says on standard error what was not read.
    pub fn open(&mut self, paths: &[PathBuf]) -> anyhow::Result<Opened> {
        self.open_anew(paths, false)
    }

    /// The same; with `rebuild` its index is written anew.
    pub fn open_anew(&mut self, paths: &[PathBuf], rebuild: bool) -> anyhow::Result<Opened> {
        let sources = self.sources(paths)?;
        let by_hand = self.by_hand(paths);
        let opened = self.bring_up(sources, rebuild);
        self.report_failed(&opened.library, by_hand);
        if by_hand && opened.library.ready().next().is_none() {
            bail!(self.words.t("cli.nothing-read"));
        }
        Ok(opened)
    }

    /// Brings a library up to date, with a progress line when a person looks on.
    pub fn bring_up(&self, sources: Sources, rebuild: bool) -> Opened {
        let demo = sources.demo;
        let librarian = Librarian::new(sources, self.dirs.cache.as_deref());
        let mut library = librarian.known();
        let mut bar = Bar::new();
        let (go_on, mut tell) = (AtomicBool::new(false), |step: Step, _: &Library| bar.show(step));
        let updated = match rebuild {
            true => librarian.rebuild(&mut library, &go_on, &mut tell),
            false => librarian.update(&mut library, &go_on, &mut tell),
        };
        bar.end();
        match updated.anew {
            Some(Anew::Version) => say(self.words.t("cli.anew-version")),
            Some(Anew::Damage) => say(self.words.t("cli.anew-damage")),
            None => {}
        }
        if let Some(trouble) = librarian.reader().cache.trouble() {
            say(&self.words.f("cli.cache-trouble", &[("trouble", &trouble)]));
        } else if let Some(trouble) = updated.trouble {
            say(&self.words.f("cli.cache-trouble", &[("trouble", &trouble)]));
        }
        Opened { librarian, library, demo }
    }

    /// After a search that failed: whether the index was damaged, and is whole again now.
    pub fn mend(&self, opened: &Opened) -> bool {
        if !opened.librarian.mend() {
            return false;
        }
        say(self.words.t("cli.anew-damage"));
        // nothing in the library changes: all of it has been read
        let mut library = opened.library.clone();
        let mut bar = Bar::new();
        opened.librarian.update(&mut library, &AtomicBool::new(false), &mut |step, _| bar.show(step));
        bar.end();
        true
    }

    /// One file, up to date, with its entry.
    pub fn open_one(&mut self, path: &Path) -> anyhow::Result<(Opened, Entry)> {
        if path.is_dir() {
            bail!(self.words.f("cli.is-folder", &[("path", &path.display())]));
        }
        let opened = self.open(&[path.to_owned()])?;
        let first = opened.library.ready().next().map(|(entry, _)| entry.clone());
        let entry = first.with_context(|| self.words.t("cli.nothing-read"))?;
        Ok((opened, entry))
    }

    fn by_hand(&self, paths: &[PathBuf]) -> bool {
        !paths.is_empty() || self.global.paths_from.is_some()
    }

    /// The reader's own patterns for knelpunten.
    fn own_patterns(&self) -> Own {
        let set = self.config.knelpunten.clone();
        Own { words: set.words, labels: set.labels, asking: set.asking, candidates: set.candidates }
    }

    /// Notes of others: those of the settings and those named here.
    fn overlays(&self) -> Vec<OthersNotes> {
        let home = directories::BaseDirs::new();
        let home = home.as_ref().map(directories::BaseDirs::home_dir);
        let set = self.config.notes.iter().map(|text| {
            let overlay = OthersNotes::parse(text);
            OthersNotes { folder: resolved(&overlay.folder, self.dirs.config_dir(), home), ..overlay }
        });
        let here = std::env::current_dir().ok();
        let named = self.global.notes.iter().map(|text| {
            let overlay = OthersNotes::parse(text);
            OthersNotes { folder: resolved(&overlay.folder, here.as_deref(), home), ..overlay }
        });
        set.chain(named).collect()
    }

    /// The folder of notes, with those of others laid over it.
    pub fn store(&self) -> anyhow::Result<Store> {
        Ok(Store::open(self.dirs.data()?).with_others(&self.overlays()))
    }

    /// What the library is made of.
    pub fn sources(&mut self, paths: &[PathBuf]) -> anyhow::Result<Sources> {
        let mut sources = Sources {
            paths: paths.to_vec(),
            input: None,
            demo: false,
            options: ScanOptions {
                include: self.config.files.include.clone(),
                exclude: self.config.files.exclude.clone(),
                max_bytes: self.config.limits.max_bytes(),
            },
            data: self.dirs.data().ok().map(Path::to_owned),
            others: self.overlays(),
            limits: self.config.limits.clone(),
            password: self.global.password.clone(),
            knelpunten: self.own_patterns(),
        };
        if !self.by_hand(paths) {
            self.configured(&mut sources)?;
            return Ok(sources);
        }
        if let Some(list) = self.global.paths_from.clone() {
            sources.paths.extend(self.read_list(&list)?);
        }
        if sources.paths.iter().any(|p| p.as_os_str() == "-") {
            sources.paths.retain(|p| p.as_os_str() != "-");
            sources.input = Some(self.take_input(sources.options.max_bytes)?.into());
        }
        if sources.paths.is_empty() && sources.input.is_none() {
            bail!(self.words.t("cli.no-paths"));
        }
        Ok(sources)
    }

    /// The library of the config: the one named, else the first, else the demonstration.
    fn configured(&self, sources: &mut Sources) -> anyhow::Result<()> {
        let library = match &self.global.library {
            Some(name) => {
                let found = self.config.library.iter().find(|l| l.name == *name);
                let known = || self.config.library.iter().map(|l| l.name.as_str()).collect::<Vec<_>>().join(", ");
                Some(found.with_context(|| self.words.f("cli.no-library", &[("name", name), ("known", &known())]))?)
            }
            None => self.config.library.first(),
        };
        let Some(library) = library else {
            sources.demo = true;
            return Ok(());
        };
        sources.options.include.extend(library.include.iter().cloned());
        sources.options.exclude.extend(library.exclude.iter().cloned());
        let home = directories::BaseDirs::new();
        sources.paths = library.roots(self.dirs.config_dir(), home.as_ref().map(directories::BaseDirs::home_dir));
        Ok(())
    }

    /// The paths of a list, one a line; blank lines are passed over.
    fn read_list(&mut self, list: &Path) -> anyhow::Result<Vec<PathBuf>> {
        let text = self.read_text(list)?;
        Ok(text.lines().filter(|line| !line.trim().is_empty()).map(PathBuf::from).collect())
    }

    /// The bytes of a file, or of standard input for `-`.
    pub fn read_bytes(&mut self, file: &Path) -> anyhow::Result<Vec<u8>> {
        if file.as_os_str() == "-" {
            return self.take_input(u64::MAX - 1);
        }
        fs::read(file).with_context(|| file.display().to_string())
    }

    /// The text of a file, or of standard input for `-`.
    pub fn read_text(&mut self, file: &Path) -> anyhow::Result<String> {
        let bytes = self.read_bytes(file)?;
        String::from_utf8(bytes).with_context(|| self.words.f("cli.not-utf8", &[("file", &file.display())]))
    }

    /// Standard input, all of it and one byte more than `max` at most. It can be taken once.
    fn take_input(&mut self, max: u64) -> anyhow::Result<Vec<u8>> {
        if std::mem::replace(&mut self.input_taken, true) {
            bail!(self.words.t("cli.input-twice"));
        }
        let mut bytes = Vec::new();
        io::stdin().lock().take(max + 1).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Files that were not read: each with its reason when the paths were given by hand and they are few, else how
    /// many there are and where the reasons stand.
    fn report_failed(&self, library: &Library, by_hand: bool) {
        const FEW: usize = 5;
        let count = library.failed().count();
        if by_hand && count <= FEW {
            for (entry, failure) in library.failed() {
                say(&self.words.f("cli.not-read", &[("file", &entry.file), ("reason", &failure.reason)]));
            }
        } else if count > 0 {
            say(&self.words.n("cli.not-read-count", count as u64));
        }
    }
}

/// A progress line on standard error, only when a person looks on and it takes a while.
struct Bar {
    shown: bool,
    wanted: bool,
}

impl Bar {
    fn new() -> Bar {
        Bar { shown: false, wanted: io::stderr().is_terminal() }
    }

    fn show(&mut self, step: Step) {
        const WIDTH: u64 = 30;
        if !self.wanted || step.total < 20 {
            return;
        }
        let full = (step.done * WIDTH / step.total) as usize;
        let bar = format!("\r{}{} {}/{}", "█".repeat(full), "·".repeat(WIDTH as usize - full), step.done, step.total);
        // a bar that can't be drawn is no reason to stop
        let _ = write!(io::stderr(), "{bar}");
        self.shown = true;
    }

    fn end(&mut self) {
        if self.shown {
            let _ = write!(io::stderr(), "\r\x1b[K");
        }
    }
}
