//! What a PDF says of itself: its Info dictionary and its XMP packet.

use super::file::File;
use crate::import::clean::push_safe;

/// Reads title, author, date and language. What made the file is no author of it.
pub(super) fn read(file: &File<'_>) -> Vec<(String, String)> {
    let info = file.doc.metadata();
    let date = info.creation_date_parsed().or_else(|| info.mod_date_parsed());
    let date = date.map(|d| format!("{:04}-{:02}-{:02}", d.year, d.month, d.day));
    let found = [("title", info.title), ("author", info.author), ("date", date), ("language", file.doc.language())];
    let mut out = Vec::new();
    for (key, value) in found {
        let mut text = String::new();
        push_safe(&mut text, value.as_deref().unwrap_or_default());
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        if !text.is_empty() && text.len() <= 500 {
            out.push((key.to_string(), text));
        }
    }
    out
}
