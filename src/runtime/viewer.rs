//! The original of a report in the reader's own viewer, at a page where the viewer can be told one.

use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// Viewers that can be told a page, by the beginning of their names, with how. `{file}` is the path, `{uri}` its address,
/// `{page}` the page counted from 1.
const KNOWN: &[(&str, &str)] = &[
    ("evince", "evince --page-index={page} {file}"),
    ("org.gnome.evince", "evince --page-index={page} {file}"),
    ("papers", "papers --page-index={page} {file}"),
    ("org.gnome.papers", "papers --page-index={page} {file}"),
    ("atril", "atril --page-index={page} {file}"),
    ("xreader", "xreader --page-index={page} {file}"),
    ("okular", "okular --page {page} {file}"),
    ("org.kde.okular", "okular --page {page} {file}"),
    ("okularapplication", "okular --page {page} {file}"),
    ("zathura", "zathura --page={page} {file}"),
    ("org.pwmt.zathura", "zathura --page={page} {file}"),
    ("sioyek", "sioyek --page {page} {file}"),
    ("mupdf", "mupdf {file} {page}"),
    ("qpdfview", "qpdfview {file}#{page}"),
    ("firefox", "firefox {uri}#page={page}"),
    ("org.mozilla.firefox", "firefox {uri}#page={page}"),
    ("chromium", "chromium {uri}#page={page}"),
    ("google-chrome", "google-chrome {uri}#page={page}"),
    ("sumatrapdf", "SumatraPDF -page {page} {file}"),
];

/// Shows a file. `setting` is the command line of the settings; empty: the system's own viewer. Without a page a command
/// line that asks for one is given page 1.
///
/// # Errors
/// When nothing can be started.
pub fn show(path: &Path, page: Option<u32>, setting: &str) -> io::Result<()> {
    let own = Some(setting.trim()).filter(|s| !s.is_empty()).map(str::to_owned);
    let is_pdf = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("pdf"));
    let known = || page.filter(|p| *p > 1 && is_pdf).and_then(|_| line_of(&default_viewer()?)).map(str::to_owned);
    let by_line = own.is_some();
    let Some(line) = own.or_else(known) else { return open::that_detached(path) };
    match start(&line, path, page.unwrap_or(1)) {
        // the viewer that the system names may be started in a way of its own
        Err(_) if !by_line => open::that_detached(path),
        done => done,
    }
}

/// How a viewer is told a page, by the name of its entry in the system's menus.
fn line_of(name: &str) -> Option<&'static str> {
    let name = name.trim().to_lowercase();
    KNOWN.iter().find(|(known, _)| name.starts_with(known)).map(|(_, line)| *line)
}

/// The name of the menu entry of the system's viewer for PDF, where the system can be asked.
fn default_viewer() -> Option<String> {
    let asked = Command::new("xdg-mime").args(["query", "default", "application/pdf"]).stderr(Stdio::null()).output();
    asked.ok().filter(|o| o.status.success()).map(|o| String::from_utf8_lossy(&o.stdout).into_owned())
}

fn start(line: &str, path: &Path, page: u32) -> io::Result<()> {
    let words = filled(line, path, page)?;
    let (program, arguments) = words.split_first().ok_or(io::ErrorKind::NotFound)?;
    let mut command = Command::new(program);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    #[cfg(unix)]
    {
        // a key that interrupts this program is none of the viewer's
        use std::os::unix::process::CommandExt;
        command.process_group(0);
    }
    command.spawn().map(drop)
}

/// The words of a command line with file, address and page filled in; a file that no word asks for comes at the end.
fn filled(line: &str, path: &Path, page: u32) -> io::Result<Vec<String>> {
    let path = std::path::absolute(path).unwrap_or_else(|_| PathBuf::from(path));
    let words = shell_words::split(line).map_err(io::Error::other)?;
    let file = path.to_string_lossy();
    let asked = words.iter().any(|w| w.contains("{file}") || w.contains("{uri}"));
    let fill = |word: &String| {
        word.replace("{page}", &page.to_string()).replace("{uri}", &uri(&path)).replace("{file}", &file)
    };
    Ok(words.iter().map(fill).chain((!asked).then(|| file.to_string())).collect())
}

/// The address of a file.
fn uri(path: &Path) -> String {
    let mut out = String::from("file://");
    for byte in path.to_string_lossy().bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'-' | b'.' | b'_' | b'~' => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests;
