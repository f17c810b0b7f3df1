//! What the files of word processors have in common, whichever wrote them: what styles are called, how letters are set,
//! tables that are none, headings that nobody marked.

mod shape;
mod unmarked;

pub(super) use shape::{COLUMNS, Shape, Table};
pub(super) use unmarked::find as mark_unmarked;

use super::scribe::Scribe;
use super::structure::is_contents_title;
use crate::doc::{FurnitureKind, SpanStyle};

/// What headings are called in the languages that Word and LibreOffice write style names in.
const HEADINGS: &[&str] = &["heading", "kop", "überschrift", "titre", "overskrift", "rubrik", "título", "titolo"];

/// What a style makes of a paragraph.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Role {
    #[default]
    Body,
    /// From 1.
    Heading(u8),
    /// The title of the whole.
    Title,
    Quote,
    Caption,
    /// A line of a table of contents, or its title.
    Contents,
}

/// What the name of a style says; `None` where it says nothing.
pub(super) fn role_of(name: &str) -> Option<Role> {
    let name = name.trim().to_lowercase();
    let stem = name.trim_end_matches(|c: char| c.is_ascii_digit());
    let number = name[stem.len()..].parse::<u8>().ok().filter(|n| (1..=10).contains(n));
    let stem = stem.trim_end_matches([' ', '_', '-']);
    if let Some(level) = number.filter(|_| HEADINGS.contains(&stem)) {
        return Some(Role::Heading(level));
    }
    if number.is_some() && matches!(stem, "toc" | "inhopg" | "inhoud" | "verzeichnis" | "contents") {
        return Some(Role::Contents);
    }
    match name.as_str() {
        "title" | "titel" => Some(Role::Title),
        "quote" | "intense quote" | "citaat" | "duidelijk citaat" | "quotations" => Some(Role::Quote),
        "caption" | "bijschrift" => Some(Role::Caption),
        "toc heading" | "kopvaninhoudsopgave" | "table of figures" | "lijst met afbeeldingen" | "contents heading" => {
            Some(Role::Contents)
        }
        _ => None,
    }
}

/// How letters are set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Letters {
    pub(super) strong: bool,
    pub(super) emphasis: bool,
    pub(super) struck: bool,
}

impl Letters {
    /// Sets what is written from here on as `wanted`: marks end and begin only where something changes.
    pub(super) fn change(&mut self, scribe: &mut Scribe, wanted: Letters) {
        let now = std::mem::replace(self, wanted);
        let changes = [
            (now.strong, wanted.strong, SpanStyle::Strong),
            (now.emphasis, wanted.emphasis, SpanStyle::Emphasis),
            (now.struck, wanted.struck, SpanStyle::Strike),
        ];
        for (_, _, style) in changes.iter().filter(|(now, wanted, _)| *now && !wanted) {
            scribe.unmark(|s| s == style);
        }
        for (now, wanted, style) in changes {
            if wanted && !now {
                scribe.mark(style);
            }
        }
    }
}

/// A table of contents begins here: the line just before it that says so goes too.
pub(super) fn drop_contents_title(scribe: &mut Scribe) {
    if scribe.is_open() {
        return;
    }
    let draft = &mut scribe.draft;
    let titled = draft.pieces.last().is_some_and(|p| is_contents_title(draft.text_of(p)));
    if let Some(piece) = draft.pieces.pop_if(|_| titled) {
        let title = draft.text_of(&piece).to_string();
        draft.leave_out(FurnitureKind::Contents, &title);
    }
}

/// Digits that are set raised, as raised digits; `None` for other text.
pub(super) fn raised(text: &str) -> Option<String> {
    const DIGITS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    text.trim().chars().map(|c| Some(DIGITS[c.to_digit(10)? as usize])).collect()
}

/// An address a reader can open from a report.
pub(super) fn is_web(url: &str) -> bool {
    ["http://", "https://", "mailto:"].iter().any(|s| url.starts_with(s))
}

/// Text from a file as one line that is safe to show.
pub(super) fn one_line(text: &str) -> String {
    let mut safe = String::new();
    super::clean::push_safe(&mut safe, text);
    safe.split_whitespace().collect::<Vec<_>>().join(" ")
}
