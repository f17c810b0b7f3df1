//! The heat map: knelpunten against years or organisations, as numbers.

use super::counts::{Cell, same_org};
use super::make::{ids_of, name, near, same_title};
use super::material::{Index, Mention};
use super::{Key, Material};
use crate::knelpunt::Certainty;
use crate::knelpunt::register::Made;
use crate::knelpunt::register::tree::{Branch, tree};
use rustc_hash::FxHashSet;
use std::collections::BTreeSet;

/// Longest stretch of years that is shown without leaving out those of which there is no report.
const STRETCH: i32 = 15;

/// What the columns are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Axis {
    /// Years.
    #[default]
    Year,
    /// Organisations.
    Org,
}

/// A column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Column {
    /// A year; `None` for reports that name none.
    Year(Option<i32>),
    /// An organisation; `None` for reports that name none.
    Org(Option<String>),
}

/// A row: one knelpunt.
#[derive(Clone, Debug, PartialEq)]
pub struct GridRow {
    /// The knelpunt; of a found one the latest of those with its title.
    pub key: Key,
    /// Its title.
    pub title: String,
    /// Who found it; `None` for a made one.
    pub org: Option<String>,
    /// How many made ones it is below.
    pub depth: usize,
    /// The found ones in it, by document and id.
    pub found: Vec<Key>,
    /// A number for each column. `None`: nothing is said, and no report of this column's could have: it is not in the
    /// library. An empty one: there is such a report and it says nothing.
    pub cells: Vec<Option<Cell>>,
    /// All of it.
    pub total: Cell,
}

/// The heat map.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Grid {
    /// The columns, ascending; without a year or a name last.
    pub columns: Vec<Column>,
    /// The made knelpunten as a tree, then the found ones by organisation and first appearance.
    pub rows: Vec<GridRow>,
}

impl Grid {
    /// The heat map of everything.
    #[must_use]
    pub fn of(axis: Axis, material: &Material<'_>) -> Grid {
        let index = Index::new(material);
        let made = made_rows(&index);
        let found = found_rows(&index);
        let columns = columns(axis, &index, made.iter().chain(&found).flat_map(|r| &r.mentions));
        let rows = made.into_iter().chain(found).map(|r| r.row(&columns, &index)).collect();
        Grid { columns, rows }
    }
}

/// A row before it is laid out in columns.
struct Draft {
    key: Key,
    title: String,
    org: Option<String>,
    depth: usize,
    found: Vec<Key>,
    mentions: Vec<Mention>,
}

impl Draft {
    fn row(self, columns: &[Column], index: &Index<'_>) -> GridRow {
        let series: BTreeSet<usize> = self.mentions.iter().map(|m| m.series).collect();
        let made = matches!(self.key, Key::Made(_));
        let cell = |column: &Column| {
            let fits = |m: &&Mention| match column {
                Column::Year(year) => m.year == *year,
                Column::Org(org) => same_org(&index.orgs[m.org], org),
            };
            let cell = Cell::of(&self.mentions.iter().filter(fits).copied().collect::<Vec<_>>());
            let could = match column {
                Column::Year(Some(year)) => series.iter().any(|s| index.series[*s].years.contains(year)),
                Column::Year(None) => false,
                // that another organisation says nothing of a knelpunt found in one is no news
                Column::Org(org) => made && index.material.volumes.iter().any(|v| same_org(&v.org, org)),
            };
            (could || !cell.is_empty()).then_some(cell)
        };
        GridRow {
            cells: columns.iter().map(cell).collect(),
            total: Cell::of(&self.mentions),
            key: self.key,
            title: self.title,
            org: self.org,
            depth: self.depth,
            found: self.found,
        }
    }
}

/// The made ones, each after the one it is part of.
fn made_rows(index: &Index<'_>) -> Vec<Draft> {
    let register = index.material.register;
    let by_title = |a: &Made, b: &Made| a.title.to_lowercase().cmp(&b.title.to_lowercase());
    let row = |branch: Branch| {
        let made = &register[branch.index];
        let ids = ids_of(&[made]);
        let found = index.found(&ids);
        let keys = found.iter().map(|i| &index.material.found[*i]).map(|r| Key::Found(r.doc, r.found.id.clone()));
        Draft {
            key: Key::Made(made.id.clone()),
            title: made.title.clone(),
            org: None,
            depth: branch.depth,
            found: keys.collect(),
            mentions: index.mentions(&index.notes(&ids), &found),
        }
    };
    tree(register, by_title).into_iter().map(row).collect()
}

/// The found ones, those of one report and title together.
fn found_rows(index: &Index<'_>) -> Vec<Draft> {
    let rows = index.material.found;
    let mut done: FxHashSet<usize> = FxHashSet::default();
    let mut out: Vec<(usize, Option<i32>, Draft)> = Vec::new();
    for at in (0..rows.len()).filter(|i| rows[*i].found.certainty == Certainty::Explicit) {
        if done.contains(&at) {
            continue;
        }
        let same = same_title(at, index);
        done.extend(&same);
        let ids: Vec<&str> = same.iter().map(|i| rows[*i].found.id.as_str()).collect();
        let found = index.found(&ids);
        // copies of the report bear the same id
        done.extend(ids.iter().filter_map(|id| index.found_by_id.get(id)).flatten().filter(|i| {
            index.found_series[**i] == index.found_series[at] && index.found_titles[**i] == index.found_titles[at]
        }));
        let mut mentions = index.mentions(&index.notes(&ids), &found);
        for i in near(at, index) {
            mentions.push(index.near(i));
        }
        let Some(latest) = found.iter().copied().max_by_key(|i| rows[*i].year) else { continue };
        let first = found.iter().filter_map(|i| rows[*i].year).min();
        let draft = Draft {
            key: Key::Found(rows[latest].doc, rows[latest].found.id.clone()),
            title: name(&rows[latest]),
            org: rows[latest].org.clone(),
            depth: 0,
            found: same.iter().map(|i| Key::Found(rows[*i].doc, rows[*i].found.id.clone())).collect(),
            mentions,
        };
        out.push((index.found_series[at], first, draft));
    }
    // by organisation, then by year of their first appearance, then as they stand in it
    out.sort_by_cached_key(|(series, first, d)| {
        (d.org.is_none(), d.org.as_deref().map(str::to_lowercase), *series, first.is_none(), *first)
    });
    out.into_iter().map(|(_, _, draft)| draft).collect()
}

fn columns<'m>(axis: Axis, index: &Index<'_>, mentions: impl Iterator<Item = &'m Mention>) -> Vec<Column> {
    let mentions: Vec<&Mention> = mentions.collect();
    match axis {
        Axis::Year => {
            let of_library = index.series.iter().flat_map(|s| &s.years).copied();
            let years: BTreeSet<i32> = of_library.chain(mentions.iter().filter_map(|m| m.year)).collect();
            let undated = mentions.iter().any(|m| m.year.is_none());
            let shown: Vec<i32> = match (years.first(), years.last()) {
                (Some(first), Some(last)) if last - first < STRETCH => (*first..=*last).collect(),
                _ => years.into_iter().collect(),
            };
            shown.into_iter().map(|y| Column::Year(Some(y))).chain(undated.then_some(Column::Year(None))).collect()
        }
        Axis::Org => {
            let volumes = index.material.volumes.iter().map(|v| &v.org);
            let of_mentions = mentions.iter().map(|m| &index.orgs[m.org]);
            let mut orgs: Vec<&Option<String>> = Vec::new();
            for org in volumes.chain(of_mentions) {
                if !orgs.iter().any(|o| same_org(o, org)) {
                    orgs.push(org);
                }
            }
            orgs.sort_by_cached_key(|o| (o.is_none(), o.as_deref().map(str::to_lowercase)));
            orgs.into_iter().map(|o| Column::Org(o.clone())).collect()
        }
    }
}
