//! What colour marks have, and the sign that goes with each: nothing is told by colour alone.

use crate::app::App;
use crate::knelpunt::register::{meant, tree};
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

    /// The colour of a made knelpunt: its own, else that of the nearest one it is part of that has one.
    #[must_use]
    pub fn colour_of_knelpunt(&self, id: &str) -> Option<Color> {
        let register = &self.notebook.register;
        let made = meant(register, id)?;
        let above = || tree::above(register, &made.id).into_iter().filter_map(|id| meant(register, id));
        made.colour.or_else(|| above().find_map(|m| m.colour))
    }
}
