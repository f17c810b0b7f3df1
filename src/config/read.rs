//! Reading the file: each setting by itself, so that one wrong word doesn't cost the others.

use super::{Config, MEASURE};
use serde::Deserialize;
use serde::de::IntoDeserializer;
use std::fmt;
use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use toml::Spanned;
use toml::de::{DeTable, DeValue, Error};

/// Something wrong in a config file; the default is used instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConfigProblem {
    /// The file.
    pub file: PathBuf,
    /// Line and column, both from 1, the column in characters; `None` when the file itself can't be read.
    pub place: Option<(usize, usize)>,
    /// What is wrong, and what would be right as far as it is known. One line.
    pub what: String,
}

impl fmt::Display for ConfigProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place {
            Some((line, column)) => write!(f, "{}:{line}:{column}: {}", self.file.display(), self.what),
            None => write!(f, "{}: {}", self.file.display(), self.what),
        }
    }
}

/// Reads a config file. One that isn't there is the defaults, and a problem only when it was `named` by hand.
#[must_use]
pub fn load(file: &Path, named: bool) -> (Config, Vec<ConfigProblem>) {
    match fs::read(file) {
        Ok(bytes) => match std::str::from_utf8(&bytes) {
            Ok(text) => parse(text, file),
            Err(error) => {
                let before = String::from_utf8_lossy(&bytes[..error.valid_up_to()]);
                let what = "not UTF-8: save the file as UTF-8".to_owned();
                (Config::default(), vec![at(file, &before, before.len(), what)])
            }
        },
        Err(error) if error.kind() == std::io::ErrorKind::NotFound && !named => (Config::default(), Vec::new()),
        Err(error) => {
            (Config::default(), vec![ConfigProblem { file: file.to_owned(), place: None, what: error.to_string() }])
        }
    }
}

/// Reads the text of a config file, named in what is said of it.
#[must_use]
pub fn parse(text: &str, file: &Path) -> (Config, Vec<ConfigProblem>) {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut problems = Vec::new();
    let mut table = match DeTable::parse(text) {
        Ok(table) => table,
        Err(error) => {
            let start = error.span().map_or(0, |s| s.start);
            return (Config::default(), vec![at(file, text, start, one_line(error.message()))]);
        }
    };
    // what is wrong is taken out and the rest read again; each round takes out one value, so it ends
    let mut config = loop {
        match Config::deserialize(table.clone().into_deserializer()) {
            Ok(config) => break config,
            Err(error) => {
                let start = error.span().map_or(0, |s| s.start);
                problems.push(at(file, text, start, explain(&error)));
                if !error.span().is_some_and(|span| remove(table.get_mut(), &span)) {
                    break Config::default();
                }
            }
        }
    };
    check(&mut config, table.get_ref(), |span, what| problems.push(at(file, text, span.start, what)));
    problems.sort_by_key(|p| p.place);
    (config, problems)
}

/// Values that are of the right kind and still no good.
fn check(config: &mut Config, table: &DeTable<'_>, mut say: impl FnMut(Range<usize>, String)) {
    let default = Config::default();
    let span = |path: &[&str]| {
        let mut found = 0..0;
        let mut table = Some(table);
        for name in path {
            let value = table.and_then(|t| t.get(*name));
            found = value.map_or(found, Spanned::span);
            table = value.and_then(|v| v.get_ref().as_table());
        }
        found
    };
    if !(MEASURE.0..=MEASURE.1).contains(&config.measure) {
        let what = format!("measure must be {} to {}, not {}", MEASURE.0, MEASURE.1, config.measure);
        say(span(&["measure"]), what);
        config.measure = default.measure;
    }
    let (limits, usual) = (&mut config.limits, &default.limits);
    for (name, value, range, usual) in [
        ("file_mb", &mut limits.file_mb, 1..=1024, usual.file_mb),
        ("unpacked_mb", &mut limits.unpacked_mb, 1..=16_384, usual.unpacked_mb),
        ("ratio", &mut limits.ratio, 10..=10_000, usual.ratio),
        ("nodes", &mut limits.nodes, 10_000..=4_000_000_000, usual.nodes),
        ("depth", &mut limits.depth, 16..=4096, usual.depth),
        ("pages", &mut limits.pages, 1..=1_000_000, usual.pages),
        ("seconds", &mut limits.seconds, 1..=3600, usual.seconds),
    ] {
        if !range.contains(value) {
            say(span(&["limits", name]), format!("{name} must be {} to {}, not {value}", range.start(), range.end()));
            *value = usual;
        }
    }
    let mut keep = |globs: &mut Vec<String>, place: &[&str]| {
        globs.retain(|glob| match globset::Glob::new(glob) {
            Ok(_) => true,
            Err(error) => {
                say(span(place), format!("\"{glob}\" is no glob: {}", error.kind()));
                false
            }
        });
    };
    keep(&mut config.files.include, &["files", "include"]);
    keep(&mut config.files.exclude, &["files", "exclude"]);
    for library in &mut config.library {
        keep(&mut library.include, &["library"]);
        keep(&mut library.exclude, &["library"]);
    }
    let own = &mut config.knelpunten;
    let lists = [
        ("words", &mut own.words),
        ("labels", &mut own.labels),
        ("asking", &mut own.asking),
        ("candidates", &mut own.candidates),
    ];
    for (name, list) in lists {
        let written = table.get("knelpunten").and_then(|t| t.get_ref().as_table()).and_then(|t| t.get(name));
        let written = written.and_then(|v| v.get_ref().as_array());
        let mut at = 0..;
        list.retain(|word| {
            let value = at.next().and_then(|i: usize| written?.get(i));
            let place = value.map_or_else(|| span(&["knelpunten", name]), Spanned::span);
            match regex::Regex::new(word) {
                Ok(pattern) if !pattern.is_match("") => return true,
                Ok(_) => say(place, format!("\"{word}\" matches everything")),
                Err(error) => say(place, one_line(&error.to_string())),
            }
            false
        });
    }
    let mut names: Vec<String> = Vec::new();
    for library in &config.library {
        if library.name.is_empty() || names.contains(&library.name) {
            say(span(&["library"]), format!("each [[library]] needs a name of its own, not \"{}\"", library.name));
        }
        names.push(library.name.clone());
    }
}

/// The message, and for a key that isn't known the nearest one that is.
fn explain(error: &Error) -> String {
    let message = one_line(error.message());
    let mut words = message.split('`').skip(1).step_by(2);
    if !message.starts_with("unknown field") {
        return message;
    }
    let Some(wrong) = words.next() else { return message };
    let known: Vec<&str> = words.collect();
    let nearest = known.iter().copied().min_by_key(|k| distance(wrong, k)).filter(|k| distance(wrong, k) <= 3);
    match nearest {
        Some(near) => format!("unknown setting \"{wrong}\"; did you mean \"{near}\"?"),
        None => format!("unknown setting \"{wrong}\"; known are: {}", known.join(", ")),
    }
}

/// Takes out the innermost setting that the span lies in (its key or its value). Whether there was one.
fn remove(table: &mut DeTable<'_>, span: &Range<usize>) -> bool {
    let inside = |outer: Range<usize>| outer.start <= span.start && span.end <= outer.end;
    let Some(key) = table.iter().find(|(k, v)| inside(k.span()) || holds(v, span)).map(|(k, _)| k.clone()) else {
        return false;
    };
    let on_key = inside(key.span());
    let value = table.get_mut(&key).map(Spanned::get_mut);
    let inner = !on_key
        && match value {
            Some(DeValue::Table(inner)) => remove(inner, span),
            Some(DeValue::Array(list)) => {
                list.iter_mut().any(|v| if let DeValue::Table(t) = v.get_mut() { remove(t, span) } else { false })
            }
            _ => false,
        };
    inner || table.remove(&key).is_some()
}

/// Whether a value, or a key or value within it, holds the span. (The span of a `[table]` is that of its head.)
fn holds(value: &Spanned<DeValue<'_>>, span: &Range<usize>) -> bool {
    let own = value.span();
    own.start <= span.start && span.end <= own.end
        || match value.get_ref() {
            DeValue::Table(t) => t.iter().any(|(k, v)| k.span() == *span || holds(v, span)),
            DeValue::Array(list) => list.iter().any(|v| holds(v, span)),
            _ => false,
        }
}

fn at(file: &Path, text: &str, byte: usize, what: String) -> ConfigProblem {
    let before = text.get(..byte.min(text.len())).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    ConfigProblem { file: file.to_owned(), place: Some((line, column)), what }
}

fn one_line(message: &str) -> String {
    message.lines().collect::<Vec<_>>().join("; ")
}

/// Edit distance (Wagner and Fischer), for "did you mean".
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.chars().enumerate() {
        let mut corner = row[0];
        row[0] = i + 1;
        for (j, cb) in b.iter().enumerate() {
            let next = (corner + usize::from(ca != *cb)).min(row[j] + 1).min(row[j + 1] + 1);
            corner = std::mem::replace(&mut row[j + 1], next);
        }
    }
    row[b.len()]
}
