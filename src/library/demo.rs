//! The demonstration library: reports of our own writing, built into the program.

/// File names and contents.
const FILES: &[(&str, &str)] = &[];

/// The demonstration reports: file name and Markdown.
#[must_use]
pub fn files() -> &'static [(&'static str, &'static str)] {
    FILES
}

/// The content of one of them.
#[must_use]
pub fn bytes(file: &str) -> Option<&'static [u8]> {
    FILES.iter().find(|(name, _)| *name == file).map(|(_, text)| text.as_bytes())
}
