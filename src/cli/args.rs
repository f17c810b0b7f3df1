//! What can be typed on the command line. Only the shape; the meaning is in the file of each command.

use super::knelpunt::KnelpuntCommand;
use crate::config::LangChoice;
use crate::notes::export::Form;
use crate::notes::export::citation::Style;
use crate::search::{Sort, Step};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;
use std::str::FromStr;

/// Read, search and annotate long reports in the terminal.
///
/// Without a command: opens the screens on these files and folders; without a path, on the library of the config;
/// without that, on the demonstration reports.
#[derive(Debug, Parser)]
#[command(name = "kantlijn", version, max_term_width = 100)]
pub struct Args {
    /// What holds for every command.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Files and folders to open; `-` is a document on standard input.
    pub paths: Vec<PathBuf>,
}

/// What holds for every command.
#[derive(Clone, Debug, Default, ClapArgs)]
pub struct Global {
    /// Write JSON, one object a line, where something is listed.
    #[arg(long, global = true)]
    pub json: bool,
    /// The library of the config to use, when no path is given.
    #[arg(long, global = true, value_name = "NAME")]
    pub library: Option<String>,
    /// Read further paths from this file, one a line; `-` is standard input.
    #[arg(long, global = true, value_name = "FILE")]
    pub paths_from: Option<PathBuf>,
    /// The config file (or KANTLIJN_CONFIG).
    #[arg(long, global = true, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// The folder of notes and knelpunten (or KANTLIJN_DATA_DIR).
    #[arg(long, global = true, value_name = "DIR")]
    pub data_dir: Option<PathBuf>,
    /// Notes of somebody else's to show beside your own: their data folder or folder of notes, or NAME=DIR to say what
    /// to call them. Only read. May be given more than once.
    #[arg(long, global = true, value_name = "[NAME=]DIR")]
    pub notes: Vec<String>,
    /// The folder of index and parsed documents (or KANTLIJN_CACHE_DIR).
    #[arg(long, global = true, value_name = "DIR")]
    pub cache_dir: Option<PathBuf>,
    /// The folder of last places and history (or KANTLIJN_STATE_DIR).
    #[arg(long, global = true, value_name = "DIR")]
    pub state_dir: Option<PathBuf>,
    /// The password of protected files (or KANTLIJN_PASSWORD, which others on this machine can't see). The text of what it
    /// opens is kept in the cache and the index like any other.
    #[arg(long, global = true, value_name = "PASSWORD", env = "KANTLIJN_PASSWORD", hide_env_values = true)]
    pub password: Option<String>,
    /// The language of screens and messages.
    #[arg(long, global = true, value_enum)]
    pub lang: Option<LangArg>,
    /// Colour in text written to a terminal.
    // a string, because `note add` has a --color of its own, and both are one to the parser
    #[arg(long, global = true, value_name = "WHEN", value_parser = ["auto", "always", "never"])]
    pub color: Option<String>,
    /// Write the log to this file.
    #[arg(long, global = true, value_name = "FILE")]
    pub log_file: Option<PathBuf>,
    /// Log more: -v what is done, -vv everything. Without --log-file, on standard error.
    #[arg(short, long, global = true, action = clap::ArgAction::Count)]
    pub verbose: u8,
}

/// The languages of screens and messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LangArg {
    /// Dutch.
    Nl,
    /// English.
    En,
}

impl From<LangArg> for LangChoice {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::Nl => LangChoice::Nl,
            LangArg::En => LangChoice::En,
        }
    }
}

/// When to use colour.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum When {
    /// On a terminal, unless NO_COLOR is set.
    #[default]
    Auto,
    /// Also into a file or pipe.
    Always,
    /// Nowhere.
    Never,
}

impl When {
    /// The word as it was typed; `None` for any other.
    pub fn parse(word: &str) -> Option<When> {
        match word {
            "auto" => Some(When::Auto),
            "always" => Some(When::Always),
            "never" => Some(When::Never),
            _ => None,
        }
    }
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Search reports and notes: hits, best first.
    Search(SearchArgs),
    /// The outline of a file.
    Outline(OneFile),
    /// Knelpunten: those found in the reports, and your own.
    Knelpunten(Paths),
    /// The dossier of a knelpunt: all that reports and notes say of it, by organisation and year.
    Dossier {
        /// The id of the knelpunt, found or your own; `kantlijn knelpunten --json` tells it.
        id: String,
        /// Files and folders. Without: the library of the config.
        paths: Vec<PathBuf>,
        /// Without what belongs to the knelpunten below it.
        #[arg(long)]
        apart: bool,
    },
    /// Your own knelpunten: add, edit, merge, remove.
    #[command(subcommand)]
    Knelpunt(KnelpuntCommand),
    /// What the reports refer to: parliamentary papers, laws, gazettes, judgments, European acts, addresses.
    References(Paths),
    /// Reports that are editions of one another: another year, a corrected version, another format.
    Editions(EditionsArgs),
    /// What differs between two reports: section by section, word by word. Exit code 1 when nothing does.
    Compare(CompareArgs),
    /// The text of a file as the reader shows it.
    Show(ShowArgs),
    /// Notes: add, list, show, edit, remove, check.
    #[command(subcommand)]
    Note(NoteCommand),
    /// Notes, dossiers and sources as a file for other programs, or as a text to send on.
    Export(Box<ExportArgs>),
    /// Notes and knelpunten from a file: CSV, JSON Lines, or of another program. The form is known by what the file holds.
    ///
    /// Each note is put to the report that it names, or else to the one in which its quote stands. What is here already is
    /// never overwritten. All that comes in is one step of undo.
    Import(ImportArgs),
    /// Show the original of a report, or of the report that a note is on, in your viewer.
    Open(OpenArgs),
    /// The data folder (notes, knelpunten, trash, history) as one ZIP archive. Unpacked it is the data folder again.
    Backup(BackupArgs),
    /// Bring the index up to date.
    Index(IndexArgs),
    /// What is where, what was not read and why, and what to do.
    Doctor(Paths),
    /// The folders and files in use.
    Paths,
    /// The settings in use, or the defaults.
    Config(ConfigArgs),
    /// The keys in use.
    Keys,
    /// Completions for a shell, to be put where it looks for them.
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// The manual page, in roff.
    Man {
        /// Write a page for every command into this folder instead.
        #[arg(long, value_name = "DIR")]
        dir: Option<PathBuf>,
    },
}

/// Files and folders.
#[derive(Debug, ClapArgs)]
pub struct Paths {
    /// Files and folders; `-` is a document on standard input. Without: the library of the config.
    pub paths: Vec<PathBuf>,
}

/// One file.
#[derive(Debug, ClapArgs)]
pub struct OneFile {
    /// The file; `-` is standard input.
    pub path: PathBuf,
}

/// `search`.
#[derive(Debug, ClapArgs)]
pub struct SearchArgs {
    /// What to look for. With --batch and --saved this is taken as a path.
    #[arg(required_unless_present_any = ["batch", "saved"])]
    pub query: Option<String>,
    /// Where to look; `-` is a document on standard input. Without: the library of the config.
    pub paths: Vec<PathBuf>,
    /// How many hits at most; without, 50, and with --new all.
    #[arg(long, value_name = "N")]
    pub limit: Option<usize>,
    /// The order of the hits; without, best first, or as the search was saved.
    #[arg(long, value_enum)]
    pub sort: Option<SortArg>,
    /// One query a line from this file; `-` is standard input. Searches the text only, unless a query says `in:`.
    #[arg(long, value_name = "FILE")]
    pub batch: Option<PathBuf>,
    /// Ask the saved search of this name; without a name, list them all.
    #[arg(long, value_name = "NAME", num_args = 0..=1, default_missing_value = "", conflicts_with = "batch")]
    pub saved: Option<String>,
    /// With --saved NAME: only hits that no earlier run with --new has told in this library, for cron. Nothing new:
    /// nothing is written (with --json the end line) and the exit code is 1.
    ///
    /// A hit is known by its words and the title and year of its report: a file that moved, or was indexed anew, has the
    /// same hits. Each is told once. What was there when the search was saved (here with --save, or in the screens) is not
    /// new in that library; in a library where it has never been asked everything is. With --limit N the rest is told by
    /// the next runs. What was told is kept in the state folder.
    #[arg(long, requires = "saved")]
    pub new: bool,
    /// Save the query under this name, besides asking it; another one of that name makes way.
    #[arg(long, value_name = "NAME", conflicts_with_all = ["batch", "saved"])]
    pub save: Option<String>,
    /// Steps of the chain to take away, to measure what they bring.
    #[arg(long, value_name = "STEP", value_delimiter = ',', value_parser = steps(), hide = true)]
    pub without: Vec<Step>,
}

/// Reads the name of a step.
fn steps() -> impl TypedValueParser<Value = Step> {
    let names = PossibleValuesParser::new(Step::ALL.map(Step::name));
    names.try_map(|name| Step::parse(&name).ok_or("no such step"))
}

/// The order of hits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SortArg {
    /// Best first.
    Score,
    /// Latest year first.
    Year,
    /// As they stand in the library.
    Order,
}

impl From<SortArg> for Sort {
    fn from(arg: SortArg) -> Sort {
        match arg {
            SortArg::Score => Sort::Score,
            SortArg::Year => Sort::Year,
            SortArg::Order => Sort::Order,
        }
    }
}

/// `editions`.
#[derive(Debug, ClapArgs)]
pub struct EditionsArgs {
    /// Files and folders. Without: the library of the config.
    pub paths: Vec<PathBuf>,
    /// The first report is an edition of the second and follows it. FILE, or FILE#2 for the second report in it.
    #[arg(long, num_args = 2, value_names = ["REPORT", "FOLLOWS"], conflicts_with = "unlink")]
    pub link: Vec<String>,
    /// This report is no edition of those it is listed with.
    #[arg(long, value_name = "REPORT")]
    pub unlink: Option<String>,
}

/// `compare`.
#[derive(Debug, ClapArgs)]
pub struct CompareArgs {
    /// The one that was before. FILE, or FILE#2 for the second report in it.
    pub old: String,
    /// The one that came after.
    pub new: String,
    /// With what is the same.
    #[arg(long)]
    pub all: bool,
}

/// `show`.
#[derive(Debug, ClapArgs)]
pub struct ShowArgs {
    /// The file; `-` is standard input.
    pub path: PathBuf,
    /// Only this section: its number ("2.1") or its title, or the beginning of either.
    #[arg(long, value_name = "NUMBER|TITLE")]
    pub section: Option<String>,
    /// Width of the text in cells; without, as the config says and as the terminal allows.
    #[arg(long, value_name = "CELLS")]
    pub width: Option<u16>,
    /// Straight to standard output, also on a terminal: no pager.
    #[arg(long)]
    pub plain: bool,
}

/// `export`.
#[derive(Debug, ClapArgs)]
pub struct ExportArgs {
    /// Files and folders: only notes that belong to a report in these. Without: all notes, as they stand in the library of
    /// the config.
    pub paths: Vec<PathBuf>,
    /// The form. Without, as the end of the name after -o says.
    #[arg(short, long, value_name = "FORM", value_parser = forms())]
    pub format: Option<Form>,
    /// Only the dossier of this knelpunt, made or found, by id or name: with those that are part of it and the found ones
    /// they bring together.
    #[arg(long, value_name = "ID")]
    pub knelpunt: Option<String>,
    /// Only notes on reports that have this in their title, or on this file.
    #[arg(long, value_name = "REPORT")]
    pub report: Option<String>,
    /// Only notes in sections of this number or title, with all that is in them.
    #[arg(long, value_name = "NUMBER|TITLE")]
    pub section: Option<String>,
    /// Only notes that have this tag; several times: that have them all.
    #[arg(long = "tag", value_name = "TAG")]
    pub tags: Vec<String>,
    /// Only notes of this status: open, promised or resolved.
    #[arg(long, value_name = "STATUS")]
    pub status: Option<String>,
    /// Only this note; several times: only these.
    #[arg(id = "only", long = "note", value_name = "ID")]
    pub notes: Vec<String>,
    /// The file to write; without, standard output. It is written whole or not at all.
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Write over a file that is not of this form.
    #[arg(long)]
    pub force: bool,
    /// markdown, briefing: your own template in place of the built-in one; what it can name is in the README.
    #[arg(long, value_name = "FILE")]
    pub template: Option<PathBuf>,
    /// markdown, briefing: write parts again that you have edited in the file, or taken out of it.
    #[arg(long)]
    pub again: bool,
    /// How sources are said in Markdown and briefings: leidraad, apa or plain. Without, as the config says.
    #[arg(long, value_name = "STYLE", value_parser = styles())]
    pub style: Option<Style>,
    /// csv: begin with a byte-order mark, by which some spreadsheets know UTF-8.
    #[arg(long)]
    pub bom: bool,
    /// csv: what parts the cells; some spreadsheets want a semicolon.
    #[arg(long, value_name = "CHAR", default_value = ",", value_parser = [",", ";", "tab"])]
    pub separator: String,
}

/// `open`.
#[derive(Debug, ClapArgs)]
pub struct OpenArgs {
    /// A file, or the id of a note or its beginning.
    #[arg(value_name = "ID|PATH")]
    pub what: String,
    /// The page to show, counted from 1; of a note without: the one it is on.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub page: Option<u32>,
}

/// `backup`.
#[derive(Debug, ClapArgs)]
pub struct BackupArgs {
    /// The archive to write. It is written whole or not at all.
    pub file: PathBuf,
    /// Write over a file that is there.
    #[arg(long)]
    pub force: bool,
}

/// `import`.
#[derive(Debug, ClapArgs)]
pub struct ImportArgs {
    /// The file; `-` is standard input.
    pub file: PathBuf,
    /// Files and folders in which the notes are looked for. Without: the library of the config.
    pub paths: Vec<PathBuf>,
}

/// Reads the name of a form.
fn forms() -> impl TypedValueParser<Value = Form> {
    PossibleValuesParser::new(Form::ALL.iter().map(|f| f.name()))
        .try_map(|name| Form::from_str(&name).map_err(|()| "no such form"))
}

/// Reads the name of a style of citation that can stand in a text.
fn styles() -> impl TypedValueParser<Value = Style> {
    let names = [Style::Leidraad, Style::Apa, Style::Plain].map(Style::name);
    PossibleValuesParser::new(names).try_map(|name| Style::from_str(&name).map_err(|()| "no such style"))
}

/// `index`.
#[derive(Debug, ClapArgs)]
pub struct IndexArgs {
    /// Files and folders. Without: the library of the config.
    pub paths: Vec<PathBuf>,
    /// Throw the index of this library away and make it anew.
    #[arg(long)]
    pub rebuild: bool,
    /// Say what the index holds.
    #[arg(long)]
    pub stats: bool,
}

/// `config`.
#[derive(Debug, ClapArgs)]
pub struct ConfigArgs {
    /// The defaults, documented, as a file to begin with.
    #[arg(long)]
    pub default: bool,
}

/// `note`.
#[derive(Debug, Subcommand)]
pub enum NoteCommand {
    /// Add a note without the screens; prints it.
    Add(Box<NoteAddArgs>),
    /// All notes.
    List {
        /// Those in the trash.
        #[arg(long)]
        trash: bool,
    },
    /// One note.
    Show {
        /// Its id, or the beginning of it.
        id: String,
    },
    /// Edit a note in $VISUAL or $EDITOR.
    Edit {
        /// Its id, or the beginning of it.
        id: String,
    },
    /// Put notes in the trash.
    Rm {
        /// Their ids, or the beginnings of them.
        #[arg(required = true)]
        ids: Vec<String>,
    },
    /// Put notes back that are in the trash.
    Restore {
        /// Their ids, or the beginnings of them.
        #[arg(required = true)]
        ids: Vec<String>,
    },
    /// Look for every note in what the files hold now; reports state and place of each.
    Check(NoteCheckArgs),
}

/// `note add`.
#[derive(Debug, Default, ClapArgs)]
pub struct NoteAddArgs {
    /// The file; `-` is standard input.
    #[arg(required_unless_present = "batch")]
    pub path: Option<PathBuf>,
    /// The passage, word for word; runs of white space match any white space.
    #[arg(long, value_name = "TEXT")]
    pub quote: Option<String>,
    /// What stands right before it.
    #[arg(long, value_name = "TEXT")]
    pub prefix: Option<String>,
    /// What stands right after it.
    #[arg(long, value_name = "TEXT")]
    pub suffix: Option<String>,
    /// The section it stands in; without a quote, the section the note is on.
    #[arg(long, value_name = "TITLE")]
    pub section: Option<String>,
    /// note, highlight or bookmark.
    #[arg(long, value_name = "KIND")]
    pub kind: Option<String>,
    /// The words of the note, in Markdown; `-` reads them from standard input.
    #[arg(long, value_name = "TEXT")]
    pub text: Option<String>,
    /// A knelpunt it is put to, by id.
    #[arg(long = "knelpunt", value_name = "ID")]
    pub knelpunten: Vec<String>,
    /// A tag.
    #[arg(long = "tag", value_name = "TAG")]
    pub tags: Vec<String>,
    /// open, promised or resolved.
    #[arg(long, value_name = "STATUS")]
    pub status: Option<String>,
    /// yellow, green, blue, red, purple or orange: the colour of its mark. (auto, always and never are about the
    /// output, as everywhere.)
    #[arg(long, value_name = "COLOR")]
    pub color: Option<String>,
    /// JSON lines of the same (file, quote, prefix, suffix, section, kind, text, knelpunten, tags, status, color).
    #[arg(long, value_name = "FILE", conflicts_with_all = ["path", "quote", "text"])]
    pub batch: Option<PathBuf>,
}

/// `note check`.
#[derive(Debug, ClapArgs)]
pub struct NoteCheckArgs {
    /// Files and folders. Without: the library of the config.
    pub paths: Vec<PathBuf>,
    /// Take the files as editions of the report of this title.
    #[arg(long = "as", value_name = "REPORT")]
    pub report: Option<String>,
    /// Report each note also for every later edition of its report, and for other formats of it.
    #[arg(long)]
    pub editions: bool,
}
