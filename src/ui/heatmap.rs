//! The heat map: knelpunten against years or organisations. A cell is told by its shade and by its figure or sign.

use super::Role;
use crate::app::heatmap::shade;
use crate::knelpunt::dossier::Cell;

/// A cell as it is drawn: shade and number of mentions, or the sign of what there is instead.
pub(super) fn sign(cell: Option<&Cell>) -> String {
    match cell {
        None => String::new(),
        Some(cell) if cell.mentions() > 0 => {
            let doubt = if cell.unsure > 0 { "?" } else { "" };
            format!("{}{}{doubt}", shade(cell.mentions()), cell.mentions().min(999))
        }
        Some(cell) if cell.unsure > 0 => "?".to_owned(),
        Some(cell) if cell.near > 0 => "≈".to_owned(),
        Some(_) => "·".to_owned(),
    }
}

/// How a cell looks.
pub(super) fn sign_role(cell: Option<&Cell>) -> Role {
    match cell {
        Some(cell) if cell.mentions() > 0 => Role::Knelpunt,
        Some(cell) if cell.unsure > 0 => Role::Moved,
        _ => Role::Muted,
    }
}
