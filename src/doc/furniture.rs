//! What was left out of the text because nobody reads it: known, so that it can be shown, but neither searched nor laid out.

use serde::{Deserialize, Serialize};

/// Something that was left out, with all its repetitions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Furniture {
    /// What it is.
    pub kind: FurnitureKind,
    /// The first of it, at most [`Furniture::SAMPLE`] bytes.
    pub text: String,
    /// How many times it was left out.
    pub count: u32,
}

impl Furniture {
    /// How much of its text is kept, in bytes.
    pub const SAMPLE: usize = 200;
}

/// Why something is no text to read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FurnitureKind {
    /// A line at the head or foot of every page.
    RunningHead,
    /// A page number alone.
    PageNumber,
    /// A table of contents; the outline is in its place.
    Contents,
    /// A heading printed again (on a divider page).
    Repeat,
    /// What a web site puts around an article: menus, banners, share buttons.
    Site,
}
