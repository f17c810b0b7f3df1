//! How much there is: numbers for a cell of the heat map.

use super::OrgGroup;
use super::material::{Index, Mention, Weight};

/// How much is said of a knelpunt in some year or by some organisation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    /// Noted passages, found where they belong; those of reports that aren't in the library included.
    pub passages: u32,
    /// Of these, those of reports that aren't in the library now.
    pub unloaded: u32,
    /// Noted passages of another edition that stand here again.
    pub again: u32,
    /// Sections that the report itself presents as knelpunten.
    pub found: u32,
    /// Notes whose place is in doubt or gone: not counted as said.
    pub unsure: u32,
    /// Sections of another title that seem to speak of the same thing: not counted as said.
    pub near: u32,
}

impl Cell {
    /// How often it is mentioned, as far as that is sure.
    #[must_use]
    pub fn mentions(&self) -> u32 {
        self.passages + self.again + self.found
    }

    /// Whether nothing at all is known here, not even something in doubt.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Cell::default()
    }

    pub(super) fn of(mentions: &[Mention]) -> Cell {
        let mut cell = Cell::default();
        mentions.iter().for_each(|m| cell.add(m.weight));
        cell
    }

    pub(super) fn add(&mut self, weight: Weight) {
        match weight {
            Weight::Passage => self.passages += 1,
            Weight::Unloaded => {
                self.passages += 1;
                self.unloaded += 1;
            }
            Weight::Again => self.again += 1,
            Weight::Unsure => self.unsure += 1,
            Weight::Found => self.found += 1,
            Weight::Near => self.near += 1,
        }
    }
}

/// By year, ascending; without a year last.
pub(super) fn by_year(mentions: &[Mention]) -> Vec<(Option<i32>, Cell)> {
    let mut out: Vec<(Option<i32>, Cell)> = Vec::new();
    for m in mentions {
        let at = out.iter().position(|(y, _)| *y == m.year).unwrap_or_else(|| {
            out.push((m.year, Cell::default()));
            out.len() - 1
        });
        out[at].1.add(m.weight);
    }
    out.sort_by_key(|(y, _)| (y.is_none(), *y));
    out
}

/// By organisation, by name; without one last.
pub(super) fn by_org(mentions: &[Mention], index: &Index<'_>) -> Vec<(Option<String>, Cell)> {
    let mut out: Vec<(Option<String>, Cell)> = Vec::new();
    for m in mentions {
        let org = &index.orgs[m.org];
        let at = out.iter().position(|(o, _)| same_org(o, org)).unwrap_or_else(|| {
            out.push((org.clone(), Cell::default()));
            out.len() - 1
        });
        out[at].1.add(m.weight);
    }
    out.sort_by_cached_key(|(o, _)| (o.is_none(), o.as_deref().map(str::to_lowercase)));
    out
}

/// Whether two names are of one organisation: the same but for case.
pub(super) fn same_org(a: &Option<String>, b: &Option<String>) -> bool {
    match (a, b) {
        (Some(a), Some(b)) => a == b || a.to_lowercase() == b.to_lowercase(),
        (None, None) => true,
        _ => false,
    }
}

/// Gives each group its numbers.
pub(super) fn count_groups(groups: &mut [OrgGroup], mentions: &[Mention], index: &Index<'_>) {
    for group in groups {
        let of_it: Vec<Mention> =
            mentions.iter().filter(|m| same_org(&index.orgs[m.org], &group.org)).copied().collect();
        group.total = Cell::of(&of_it);
        for year in &mut group.years {
            year.total = Cell::of(&of_it.iter().filter(|m| m.year == year.year).copied().collect::<Vec<_>>());
        }
    }
}
