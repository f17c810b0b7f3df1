//! The demonstration library: reports of our own writing, built into the program.

/// File names and contents.
const FILES: &[(&str, &str)] = &[
    ("bodemwarmte-2025.txt", include_str!("../../assets/demo/bodemwarmte-2025.txt")),
    ("bruggen-en-sluizen-2024.md", include_str!("../../assets/demo/bruggen-en-sluizen-2024.md")),
    ("bruggen-en-sluizen-2025.md", include_str!("../../assets/demo/bruggen-en-sluizen-2025.md")),
    ("metering-2025-en.md", include_str!("../../assets/demo/metering-2025-en.md")),
    ("speeltoestellen-2025.md", include_str!("../../assets/demo/speeltoestellen-2025.md")),
];

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
