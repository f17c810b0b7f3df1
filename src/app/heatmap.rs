//! The heat map: knelpunten against years or organisations, beside the list of knelpunten or in its place. What is in the
//! cells comes from the dossiers; here is only what of it is in sight and where the cursor stands.

use super::dossier::said;
use super::geometry::Area;
use super::listing::Listing;
use super::views::{Listed, report_line};
use super::{App, Effects, Msg, View};
use crate::keys::Action;
use crate::knelpunt::dossier::{Axis, Cell, Column, Grid, GridRow, Key};
use crate::layout::width;
use std::sync::Arc;

/// From this width on it stands beside the list, above the text.
const BESIDE_FROM: u16 = 120;
/// Least lines of the pane of the text that leave room for it.
const LEAST_LINES: u16 = 24;
/// Cells of a year's column.
const YEAR: u16 = 6;
/// Cells of an organisation's column, at least and at most.
const ORG: (u16, u16) = (6, 11);
/// Cells of the titles at least.
const TITLE: u16 = 16;
/// Lines below the rows: the cursor's row in words, and the legend.
pub const BELOW: u16 = 3;

/// Where it is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Nowhere.
    Off,
    /// Beside the list, following its cursor.
    Beside,
    /// In place of the list.
    Full,
}

/// One row.
#[derive(Clone, Debug, PartialEq)]
pub enum HeatRow {
    /// A blank line.
    Gap,
    /// Whose knelpunten follow.
    Head(String),
    /// A knelpunt, by its place in the grid.
    Of(usize),
}

/// The state of the heat map.
#[derive(Clone, Debug, Default)]
pub struct HeatMap {
    /// What the columns are.
    pub axis: Axis,
    /// The numbers.
    pub grid: Arc<Grid>,
    /// The rows.
    pub rows: Vec<HeatRow>,
    /// Where the list stands.
    pub list: Listing,
    /// How the reader wants it; without a wish it stands beside the list where there is room.
    wish: Option<Mode>,
    /// The first column in sight, when the reader has scrolled; else the latest years are in sight.
    first: Option<usize>,
    /// The filter the rows were made with.
    text: String,
    /// What it is made from may have changed.
    fresh: bool,
}

impl HeatMap {
    /// Takes note of what happens, as far as it may change what is shown.
    pub(super) fn hear(&mut self, msg: &Msg) {
        let changes = matches!(
            msg,
            Msg::Shelf(_)
                | Msg::FoundAll(_)
                | Msg::Notes(_)
                | Msg::Register(_)
                | Msg::Located(_)
                | Msg::Links(_)
                | Msg::Kept(..)
        );
        self.fresh &= !changes;
    }

    pub(super) fn listed(&self) -> Option<Listed> {
        Some(listed(&self.row(self.list.at()?)?.key))
    }

    /// The knelpunt of a row.
    #[must_use]
    pub fn row(&self, row: usize) -> Option<&GridRow> {
        match self.rows.get(row)? {
            HeatRow::Of(at) => self.grid.rows.get(*at),
            HeatRow::Gap | HeatRow::Head(_) => None,
        }
    }
}

fn listed(key: &Key) -> Listed {
    match key.clone() {
        Key::Made(id) => Listed::Made(id),
        Key::Found(doc, id) => Listed::Found(doc, id),
    }
}

/// How the columns lie.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct HeatColumns {
    /// Cells of the titles.
    pub title: u16,
    /// Cells of each column.
    pub each: u16,
    /// The first column in sight.
    pub first: usize,
    /// How many are.
    pub shown: usize,
}

impl App {
    /// Where the heat map is shown.
    #[must_use]
    pub fn heat_mode(&self) -> Mode {
        let room = self.size.0 >= BESIDE_FROM;
        match self.heatmap.wish {
            _ if self.view != View::Knelpunten => Mode::Off,
            Some(Mode::Full) => Mode::Full,
            None | Some(Mode::Beside) if room => Mode::Beside,
            _ => Mode::Off,
        }
    }

    /// Takes the room of the heat map from that of the text, and puts the numbers together when they are wanted.
    pub(super) fn arrange_heatmap(&mut self) {
        let mode = self.heat_mode();
        if mode == Mode::Off {
            return;
        }
        if !self.heatmap.fresh {
            let volumes = self.volumes();
            self.heatmap.grid = Arc::new(Grid::of(self.heatmap.axis, &self.material(&volumes)));
        }
        if !std::mem::replace(&mut self.heatmap.fresh, true) || self.heatmap.text != self.knelpunten.text {
            self.heatmap.text.clone_from(&self.knelpunten.text);
            let before = self.heatmap.listed();
            self.heatmap.rows = self.heat_rows();
            let shape = |r: &HeatRow| (1, matches!(r, HeatRow::Of(_)));
            self.heatmap.list.set(self.heatmap.rows.iter().map(shape));
            self.heat_go(before);
        }
        if mode == Mode::Beside {
            let text = self.panes.text;
            let wanted = self.heatmap.rows.len() as u16 + 3 + BELOW;
            let most = text.h * 9 / 20;
            let h = if text.h < LEAST_LINES || self.heatmap.grid.rows.is_empty() { 0 } else { wanted.min(most) };
            self.panes.heat = Area { h, ..text };
            self.panes.text = Area { y: text.y + h, h: text.h - h, ..text };
        }
    }

    /// Brings the row of the cursor in sight.
    pub(super) fn settle_heatmap(&mut self) {
        let height = usize::from(self.heat_area().h);
        if self.heat_mode() == Mode::Beside {
            self.heat_go(self.knelpunten.listed());
        }
        self.heatmap.list.settle(height);
    }

    /// The cursor goes to the row of a knelpunt, or of a note's.
    fn heat_go(&mut self, to: Option<Listed>) {
        let Some(to) = to else { return };
        let is_it = |r: &GridRow| listed(&r.key) == to || r.found.iter().any(|k| listed(k) == to);
        // one that a made knelpunt brings in has a row of its own too
        let own = |r: &&GridRow| matches!((&r.key, &to), (Key::Found(..), Listed::Found(..))) && is_it(r);
        let grid = self.heatmap.grid.clone();
        let row = grid.rows.iter().find(own).or_else(|| grid.rows.iter().find(|r| is_it(r)));
        let at = row.and_then(|row| {
            let place = grid.rows.iter().position(|r| r.key == row.key)?;
            self.heatmap.rows.iter().position(|r| *r == HeatRow::Of(place))
        });
        if let Some(at) = at {
            self.heatmap.list.go(at);
        }
    }

    fn heat_rows(&self) -> Vec<HeatRow> {
        let wanted = self.heatmap.text.to_lowercase();
        let fits = |r: &GridRow| {
            let has = |t: &str| t.to_lowercase().contains(&wanted);
            wanted.is_empty() || has(&r.title) || r.org.as_deref().is_some_and(has)
        };
        let mut rows = Vec::new();
        let mut head: Option<Option<&str>> = None;
        for (at, row) in self.heatmap.grid.rows.iter().enumerate().filter(|(_, r)| fits(r)) {
            let made = matches!(row.key, Key::Made(_));
            let of = if made { None } else { row.org.as_deref() };
            if !made && head != Some(of) {
                if !rows.is_empty() {
                    rows.push(HeatRow::Gap);
                }
                rows.push(HeatRow::Head(of.unwrap_or(self.words.t("dossier.no-org")).to_owned()));
                head = Some(of);
            }
            rows.push(HeatRow::Of(at));
        }
        rows
    }

    /// The pane of the heat map; empty when it isn't shown.
    #[must_use]
    pub fn heat_frame(&self) -> Area {
        match self.heat_mode() {
            Mode::Off => Area::default(),
            Mode::Beside => self.panes.heat,
            Mode::Full => self.panes.left,
        }
    }

    /// The lines of its rows.
    #[must_use]
    pub fn heat_area(&self) -> Area {
        self.heat_frame().inset(1, 2, 1, 1 + BELOW)
    }

    /// How its columns lie.
    #[must_use]
    pub fn heat_columns(&self) -> HeatColumns {
        let columns = &self.heatmap.grid.columns;
        let room = self.heat_area().w.saturating_sub(2);
        let each = match self.heatmap.axis {
            Axis::Year => YEAR,
            Axis::Org => {
                let widest = columns.iter().map(|c| width(&self.heat_name(c))).max().unwrap_or(0);
                (widest as u16 + 1).clamp(ORG.0, ORG.1)
            }
        };
        let least = TITLE.max(room / 4).min(room);
        let shown = usize::from(room.saturating_sub(least) / each).min(columns.len());
        let last = columns.len() - shown;
        let first = match (self.heatmap.first, self.heatmap.axis) {
            (Some(first), _) => first.min(last),
            // the latest years matter most
            (None, Axis::Year) => last,
            (None, Axis::Org) => 0,
        };
        // the columns stand near the titles: nothing is read across an empty half of the screen
        let indent = |depth: usize| 2 * depth + 4;
        let rows = self.heatmap.grid.rows.iter();
        let longest = rows.map(|r| width(&r.title) + indent(r.depth)).max().unwrap_or(0);
        let title = (room - shown as u16 * each).min(u16::try_from(longest).unwrap_or(u16::MAX).max(least));
        HeatColumns { title, each, first, shown }
    }

    /// What stands above a column.
    #[must_use]
    pub fn heat_name(&self, column: &Column) -> String {
        match column {
            Column::Year(Some(year)) => year.to_string(),
            Column::Org(Some(org)) => report_line("", Some(org), None),
            Column::Year(None) | Column::Org(None) => self.words.t("heatmap.none").to_owned(),
        }
    }

    /// The cursor's row in words, for those who don't see its shades.
    #[must_use]
    pub fn heat_words(&self) -> String {
        let w = &self.words;
        let Some(row) = self.heatmap.list.at().and_then(|at| self.heatmap.row(at)) else { return String::new() };
        let cell = |cell: &Option<Cell>| match cell {
            None => w.t("heatmap.no-report").to_owned(),
            Some(cell) => match said::amount(w, cell) {
                said if !said.is_empty() => said,
                _ if cell.near > 0 => w.t("heatmap.near").to_owned(),
                _ => w.t("heatmap.nothing").to_owned(),
            },
        };
        let told = self.heatmap.grid.columns.iter().zip(&row.cells).filter(|(_, c)| c.is_some());
        let cells: Vec<String> = told.map(|(c, v)| format!("{} {}", self.heat_name(c), cell(v))).collect();
        format!("{}: {}", row.title, cells.join("; "))
    }

    /// Shows the heat map beside the list, in its place, or not at all.
    pub(super) fn turn_heatmap(&mut self, fx: &mut Effects) {
        let room = self.size.0 >= BESIDE_FROM;
        let next = match self.heat_mode() {
            Mode::Beside => Mode::Full,
            Mode::Full => Mode::Off,
            Mode::Off if room => Mode::Beside,
            Mode::Off => Mode::Full,
        };
        self.heatmap.wish = Some(next);
        if next == Mode::Full {
            self.arrange();
            self.heat_go(self.knelpunten.listed());
        }
        self.preview_entry(fx);
    }

    /// Years, or organisations; shows it when it isn't.
    pub(super) fn turn_axis(&mut self, fx: &mut Effects) {
        let heat = &mut self.heatmap;
        heat.axis = if heat.axis == Axis::Year { Axis::Org } else { Axis::Year };
        (heat.fresh, heat.first) = (false, None);
        if self.heat_mode() == Mode::Off {
            self.turn_heatmap(fx);
        }
    }

    /// The columns to the left or right.
    pub(super) fn scroll_heatmap(&mut self, by: isize) {
        let columns = self.heat_columns();
        let last = self.heatmap.grid.columns.len().saturating_sub(columns.shown);
        self.heatmap.first = Some(columns.first.saturating_add_signed(by).min(last));
    }

    /// Keys while it stands in place of the list; whether the action was one for it.
    pub(super) fn heatmap_act(&mut self, action: Action, count: Option<u32>, fx: &mut Effects) -> bool {
        let by = count.unwrap_or(1) as isize;
        match action {
            Action::Left => self.scroll_heatmap(-by),
            Action::Right => self.scroll_heatmap(by),
            Action::Open => {
                if let Some(row) = self.heatmap.list.at().and_then(|at| self.heatmap.row(at)) {
                    let key = row.key.clone();
                    self.open_dossier(key, fx);
                }
            }
            Action::Cancel | Action::Quit if self.knelpunten.text.is_empty() => {
                self.heatmap.wish = Some(Mode::Off);
                self.preview_entry(fx);
            }
            _ => return false,
        }
        true
    }
}

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
