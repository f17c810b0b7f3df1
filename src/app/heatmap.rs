//! The heat map over knelpunten and years or organisations.

/// The shade of so many mentions: the more, the darker.
#[must_use]
pub fn shade(mentions: u32) -> &'static str {
    match mentions {
        0 => " ",
        1 => "░",
        2..=4 => "▒",
        5..=9 => "▓",
        _ => "█",
    }
}
