//! Settings: what they are, their defaults, and reading them with every fault named by file, line and column.
//!
//! A setting that can't be read keeps its default and is a [`ConfigProblem`]; all others still apply. The file is
//! never written. `config.example.toml` documents every setting at its default; a test keeps it so.

mod read;

pub use read::{ConfigProblem, load, parse};

use crate::doc::Lang;
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// Narrowest and widest measure that can be set, in cells.
pub const MEASURE: (u16, u16) = (40, 120);

/// The text of `config.example.toml`: every setting at its default, commented out.
pub const EXAMPLE: &str = include_str!("../../config.example.toml");

/// All settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Config {
    /// The language of screens and commands.
    pub lang: LangChoice,
    /// Name of the theme; a file of that name in `themes/` beside the config, or a built-in one; `auto`: chosen by the
    /// terminal's colours.
    pub theme: String,
    /// How many colours to use.
    pub colors: Colors,
    /// Width of the text in cells, within [`MEASURE`].
    pub measure: u16,
    /// Whether the mouse is used.
    pub mouse: bool,
    /// The editor for `e`, with its arguments; empty: `$VISUAL`, then `$EDITOR`.
    pub editor: String,
    /// The style of citations for `Y` and in texts; `auto`: the one usual in the language of the screens.
    pub citation_style: CitationStyle,
    /// The template for exports in Markdown, in place of the built-in one; empty: none. Relative to the config's folder.
    pub template: String,
    /// How text is put on the clipboard: `auto`, `terminal` (OSC 52), or a command line that takes it on standard input.
    pub clipboard: String,
    /// The viewer for originals: a command line in which `{file}`, `{uri}` and `{page}` are filled in; empty: the system's.
    pub viewer: String,
    /// The file with one's own keys; empty: `keymap.toml` beside the config. Relative to the config's folder.
    pub keymap: String,
    /// The libraries: the first is opened when none is named.
    pub library: Vec<LibraryConfig>,
    /// Notes of others to show beside the reader's own: their folders, or `NAME=FOLDER`; paths as those of a library.
    pub notes: Vec<String>,
    /// What is taken from folders.
    pub files: Files,
    /// What a file may cost.
    pub limits: Limits,
    /// How knelpunten are found.
    pub knelpunten: Knelpunten,
}

/// A named set of folders and files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub struct LibraryConfig {
    /// The name for `--library`.
    pub name: String,
    /// Folders and files; `~/` is the home folder, other relative ones start at the config's folder.
    pub paths: Vec<PathBuf>,
    /// Globs of what to take, on top of those of `files`.
    pub include: Vec<String>,
    /// Globs of what to leave out, on top of those of `files`.
    pub exclude: Vec<String>,
}

/// What is taken from folders, in every library.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub struct Files {
    /// Globs of what to take, on the path within the folder or on the name; empty: everything.
    pub include: Vec<String>,
    /// Globs of files and folders to leave out.
    pub exclude: Vec<String>,
}

/// What a file may cost.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Files larger than this many megabytes (of 1,048,576 bytes) are listed, not read; 1 to 1024.
    pub file_mb: u32,
    /// Megabytes that all that is unpacked from one file may take together; 1 to 16,384.
    pub unpacked_mb: u32,
    /// How many times larger than its packed form a part of a file may be; 10 to 10,000.
    pub ratio: u32,
    /// Elements in a file; 10,000 to four billion.
    pub nodes: u32,
    /// Elements inside each other; 16 to 4096.
    pub depth: u32,
    /// Pages of a file; 1 to a million.
    pub pages: u32,
    /// Seconds that reading one file may take; 1 to 3600.
    pub seconds: u32,
}

/// How knelpunten are found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(default, deny_unknown_fields)]
pub struct Knelpunten {
    /// Further words for a knelpunt: regular expressions on whole words, whatever their case.
    pub words: Vec<String>,
    /// Further words of a label, which with a number make a section a knelpunt; likewise.
    pub labels: Vec<String>,
    /// Further words of asking; likewise.
    pub asking: Vec<String>,
    /// Phrases that make a passage a candidate, with `KNELPUNT` for every word for one; likewise.
    pub candidates: Vec<String>,
}

/// The language of screens and commands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "lowercase")]
pub enum LangChoice {
    /// As the locale says.
    #[default]
    Auto,
    /// Dutch.
    Nl,
    /// English.
    En,
}

/// The style of citations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "kebab-case")]
pub enum CitationStyle {
    /// As is usual in the language of the screens.
    #[default]
    Auto,
    /// Leidraad voor juridische auteurs.
    Leidraad,
    /// APA, 7th edition.
    Apa,
    /// All that is known, in brackets.
    Plain,
    /// BibTeX.
    Bibtex,
    /// CSL-JSON.
    CslJson,
}

/// How many colours to use.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, Default)]
pub enum Colors {
    /// As the terminal says.
    #[default]
    #[serde(rename = "auto")]
    Auto,
    /// None: signs and weight only.
    #[serde(rename = "none")]
    None,
    /// The terminal's own sixteen.
    #[serde(rename = "16")]
    Sixteen,
    /// The 256 of xterm.
    #[serde(rename = "256")]
    Palette,
    /// 24 bits.
    #[serde(rename = "true")]
    True,
}

impl Default for Config {
    fn default() -> Self {
        Config {
            lang: LangChoice::Auto,
            theme: "auto".into(),
            colors: Colors::Auto,
            measure: 76,
            mouse: true,
            editor: String::new(),
            citation_style: CitationStyle::Auto,
            template: String::new(),
            clipboard: "auto".into(),
            viewer: String::new(),
            keymap: String::new(),
            library: Vec::new(),
            notes: Vec::new(),
            files: Files::default(),
            limits: Limits::default(),
            knelpunten: Knelpunten::default(),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            file_mb: 200,
            unpacked_mb: 1024,
            ratio: 200,
            nodes: 50_000_000,
            depth: 256,
            pages: 20_000,
            seconds: 60,
        }
    }
}

impl LangChoice {
    /// The language chosen; `None` where the locale decides.
    #[must_use]
    pub fn chosen(self) -> Option<Lang> {
        match self {
            LangChoice::Auto => None,
            LangChoice::Nl => Some(Lang::Nl),
            LangChoice::En => Some(Lang::En),
        }
    }
}

impl Limits {
    /// The size limit in bytes.
    #[must_use]
    pub fn max_bytes(&self) -> u64 {
        u64::from(self.file_mb) << 20
    }
}

impl Config {
    /// The file of the reader's own template; relative ones start at `base`.
    #[must_use]
    pub fn template_file(&self, base: Option<&Path>) -> Option<PathBuf> {
        let file = Path::new(self.template.trim());
        (!file.as_os_str().is_empty()).then(|| base.map_or_else(|| file.to_owned(), |base| base.join(file)))
    }
}

impl LibraryConfig {
    /// The paths as the file system knows them: `~/` is the folder `home`, relative ones start at `base`.
    #[must_use]
    pub fn roots(&self, base: Option<&Path>, home: Option<&Path>) -> Vec<PathBuf> {
        self.paths.iter().map(|path| resolved(path, base, home)).collect()
    }
}

/// A path of the settings as the file system knows it: `~/` is the folder `home`, a relative one starts at `base`.
#[must_use]
pub fn resolved(path: &Path, base: Option<&Path>, home: Option<&Path>) -> PathBuf {
    match (path.strip_prefix("~"), home, base) {
        (Ok(rest), Some(home), _) => home.join(rest),
        (Err(_), _, Some(base)) => base.join(path),
        _ => path.to_owned(),
    }
}
