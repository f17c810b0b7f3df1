//! What colour marks have, and the sign that goes with each: nothing is told by colour alone.

use crate::app::App;
use crate::knelpunt::register::meant;
use crate::notes::{Color, Note};

/// The sign of a knelpunt of this colour.
#[must_use]
pub fn sign(colour: Option<Color>) -> &'static str {
    match colour {
        None => "◆",
        Some(Color::Yellow) => "●",
        Some(Color::Green) => "▲",
        Some(Color::Blue) => "■",
        Some(Color::Red) => "▼",
        Some(Color::Purple) => "★",
        Some(Color::Orange) => "♣",
    }
}

impl App {
    /// The colour of a note's mark: its own, else that of the first knelpunt it is put to that has one.
    #[must_use]
    pub fn colour_of_note(&self, note: &Note) -> Option<Color> {
        note.color.or_else(|| note.knelpunten.iter().find_map(|id| self.colour_of_knelpunt(id)))
    }

    /// The colour of a made knelpunt.
    #[must_use]
    pub fn colour_of_knelpunt(&self, id: &str) -> Option<Color> {
        meant(&self.notebook.register, id).and_then(|m| m.colour)
    }
}
