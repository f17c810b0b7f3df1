//! The tree of reports and sections at the left: what is unfolded, where its cursor stands, and the rows it shows. It
//! follows the reading place while the keys are elsewhere.

use super::jump::Intent;
use super::list::ListCursor;
use super::{App, Effects, OpenDoc, Pane, Shelf, View};
use crate::doc::{BlockId, PartId, PartKind, SectionId, TextRange};
use crate::keys::Action;
use crate::knelpunt::{Certainty, Found};
use crate::library::{DocId, Entry, PartSummary};
use crate::notes::anchor::Anchor;
use rustc_hash::{FxHashMap, FxHashSet};

/// A node of the tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct NodeId {
    /// The document.
    pub doc: DocId,
    /// The part: the report.
    pub part: PartId,
    /// The section; `None` for the report itself.
    pub section: Option<SectionId>,
}

/// A node that is not folded away.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Node {
    /// What it stands for.
    pub id: NodeId,
    /// Depth, 0 for a report.
    pub depth: u16,
    /// Unfolded, folded, or without children.
    pub fold: Option<bool>,
}

/// One row of the tree, with all that is shown of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The node.
    pub node: Node,
    /// Title as shown.
    pub text: String,
    /// The year of a report, when its text does not hold it; empty for sections.
    pub year: String,
    /// It is a found knelpunt, or holds this many.
    pub knelpunten: u32,
    /// It is a found knelpunt itself.
    pub is_knelpunt: bool,
    /// Notes in it.
    pub notes: u32,
    /// Of a report: notes whose place in it has to be looked at.
    pub review: u32,
    /// Hits in it while a search is live.
    pub hits: u32,
    /// Its share of its report, from 0 to 1.
    pub share: f32,
    /// The reader stands in it (innermost one shown).
    pub here: bool,
    /// The reader corrected its heading.
    pub corrected: bool,
}

/// The state of the navigator.
#[derive(Clone, Debug, Default)]
pub struct Navigator {
    /// Nodes that are unfolded.
    unfolded: FxHashSet<NodeId>,
    /// The cursor among the rows.
    pub cursor: ListCursor,
    /// All nodes that are not folded away, in order.
    pub nodes: Vec<Node>,
    /// The rows in sight, from `cursor.top` on.
    pub rows: Vec<Row>,
    /// Only rows with this in their title are shown; empty shows all.
    pub filter: String,
    /// The node the tree last followed the reader to.
    followed: Option<NodeId>,
}

impl Navigator {
    /// The node the cursor stands on.
    #[must_use]
    pub fn current(&self) -> Option<Node> {
        self.nodes.get(self.cursor.at).copied()
    }

    /// Shows the sections of all parts of a document.
    pub(super) fn unfold_doc(&mut self, doc: DocId) {
        let nodes: Vec<_> = self.nodes.iter().filter(|n| n.id.doc == doc && n.depth == 0).map(|n| n.id).collect();
        self.unfolded.extend(nodes);
    }
}

impl App {
    /// Computes the nodes of the tree, where its cursor stands, and the rows in sight: details only of those.
    pub(super) fn arrange_navigator(&mut self) {
        let here = self.reader.open.clone().and_then(|open| {
            let section = self.reader.section()?;
            let part = open.doc.outline().section(section).part;
            let id = NodeId { doc: open.id, part, section: Some(section) };
            Some((open, id))
        });
        if let Some((open, node)) = &here
            && self.navigator.followed != Some(*node)
            && self.pane != Pane::Left
        {
            self.navigator.followed = Some(*node);
            self.unfold_to(open, *node);
        }
        if self.view != View::Read {
            return;
        }
        // a cursor at the top stays there while reports come in above it; further down it keeps its node
        let kept = self.navigator.current().filter(|_| self.navigator.cursor.at > 0).map(|n| n.id);
        let nodes = self.navigator_nodes();
        let at_here = here.as_ref().and_then(|(open, id)| innermost(&nodes, open, *id));
        let wanted = if self.pane == Pane::Left { None } else { at_here };
        let wanted = wanted.or_else(|| nodes.iter().position(|n| Some(n.id) == kept));
        let len = nodes.len();
        self.navigator.nodes = nodes;
        if let Some(at) = wanted {
            self.navigator.cursor.go(at, len);
        }
        let height = usize::from(self.panes.left.h.saturating_sub(2));
        self.navigator.cursor.settle(len, height);
        let top = self.navigator.cursor.top;
        let in_sight = top..(top + height).min(len);
        self.navigator.rows =
            in_sight.filter_map(|i| self.row_of(self.navigator.nodes[i], Some(i) == at_here)).collect();
    }

    /// Unfolds the report of a node and the sections it lies in.
    fn unfold_to(&mut self, open: &OpenDoc, node: NodeId) {
        self.navigator.unfolded.insert(NodeId { section: None, ..node });
        let Some(section) = node.section else { return };
        for id in open.doc.outline().path(section) {
            if id != section {
                self.navigator.unfolded.insert(NodeId { section: Some(id), ..node });
            }
        }
    }

    fn navigator_nodes(&self) -> Vec<Node> {
        let filter = self.navigator.filter.to_lowercase();
        let fits = |text: &str| text.to_lowercase().contains(&filter);
        let mut nodes = Vec::new();
        for (entry, part, summary) in self.shelf.reports() {
            let id = NodeId { doc: entry.id, part, section: None };
            let unfolded = self.navigator.unfolded.contains(&id);
            let from = nodes.len();
            nodes.push(Node { id, depth: 0, fold: Some(unfolded) });
            if filter.is_empty() && !unfolded {
                continue;
            }
            if let Some(open) = self.shelf.open(entry.id) {
                self.section_nodes(open, part, &filter, &mut nodes);
            }
            if !filter.is_empty() && nodes.len() == from + 1 && !fits(&self.report_label(entry, summary).0) {
                nodes.pop();
            }
        }
        nodes
    }

    /// The sections of a part: those not folded away, or with a filter all that fit it.
    fn section_nodes(&self, open: &OpenDoc, part: PartId, filter: &str, nodes: &mut Vec<Node>) {
        let outline = open.doc.outline();
        let mut hidden_under: Option<u8> = None;
        for (id, s) in outline.iter().filter(|(_, s)| s.part == part && s.parent.is_some()) {
            let node = NodeId { doc: open.id, part, section: Some(id) };
            let depth = outline.path(id).len() as u16 - 1;
            if !filter.is_empty() {
                if s.label().to_lowercase().contains(filter) {
                    nodes.push(Node { id: node, depth, fold: None });
                }
                continue;
            }
            if hidden_under.is_some_and(|level| s.level > level) {
                continue;
            }
            let has_children = outline.sections().get(id.0 as usize + 1).is_some_and(|n| n.parent == Some(id));
            let unfolded = self.navigator.unfolded.contains(&node);
            hidden_under = (has_children && !unfolded).then_some(s.level);
            nodes.push(Node { id: node, depth, fold: has_children.then_some(unfolded) });
        }
    }

    fn row_of(&self, node: Node, here: bool) -> Option<Row> {
        match node.id.section {
            None => self.report_row(node, here),
            Some(section) => self.section_row(node, section, here),
        }
    }

    /// Text and year by which a report is listed: the publisher tells reports apart best; a letter or memo, and one of
    /// several reports of a publisher in one year, is known by its title.
    fn report_label(&self, entry: &Entry, summary: &PartSummary) -> (String, String) {
        let text = match (&summary.org, summary.kind) {
            (Some(org), PartKind::Report) if !self.shelf.is_ambiguous(summary) => crate::layout::sanitise(org),
            _ => crate::layout::sanitise(Shelf::title(entry, summary)),
        };
        let year = summary.year.map(|y| y.to_string()).filter(|y| !text.contains(y.as_str()));
        (text.into_owned(), year.unwrap_or_default())
    }

    fn report_row(&self, node: Node, here: bool) -> Option<Row> {
        let entry = self.shelf.entry(node.id.doc)?;
        let summary = entry.summary()?.parts.get(node.id.part.0 as usize)?;
        let (text, year) = self.report_label(entry, summary);
        let knelpunten = self.shelf.knelpunten_in(entry.id, node.id.part);
        // a file of several reports: each has its own
        let several = entry.summary().is_some_and(|s| s.parts.len() > 1);
        let notes = match several {
            true => self.count_notes(entry.id, summary.range),
            false => self.notebook.count_on(entry.id),
        };
        let hits = match several {
            true => self.search.hits_in_section(entry.id, summary.range),
            false => self.search.hits_in_doc(entry.id),
        };
        let open = self.shelf.open(entry.id);
        let corrected = open.is_some_and(|o| {
            let root = o.doc.outline().parts().get(node.id.part.0 as usize).map(|p| p.root);
            root.is_some_and(|root| o.doc.correction_of(root).is_some())
        });
        let review = if node.id.part.0 == 0 { self.to_review_in(entry.id) } else { 0 };
        Some(Row { node, text, year, knelpunten, is_knelpunt: false, notes, review, hits, share: 1.0, here, corrected })
    }

    fn section_row(&self, node: Node, section: SectionId, here: bool) -> Option<Row> {
        let open = self.shelf.open(node.id.doc)?;
        let outline = open.doc.outline();
        let s = outline.section(section);
        let whole = outline.part(node.id.part).range.len().max(1) as f32;
        let inside = |f: &&Found| f.certainty == Certainty::Explicit && s.range.covers(f.range);
        Some(Row {
            node,
            text: s.label(),
            year: String::new(),
            knelpunten: open.found.iter().filter(inside).count() as u32,
            is_knelpunt: open.knelpunt_of(section).is_some(),
            notes: self.count_notes(open.id, s.range),
            review: 0,
            hits: self.search.hits_in_section(open.id, s.range),
            share: s.range.len() as f32 / whole,
            here,
            corrected: open.doc.correction_of(section).is_some(),
        })
    }

    fn count_notes(&self, doc: DocId, range: TextRange) -> u32 {
        let inside = |a: &Anchor| a.range.is_some_and(|r| range.contains(r.start));
        self.notebook.anchors(doc).iter().filter(|(_, a)| inside(a)).count() as u32
    }

    pub(super) fn navigator_act(&mut self, action: Action, count: Option<u32>, fx: &mut Effects) -> bool {
        let n = count.unwrap_or(1) as isize;
        let len = self.navigator.nodes.len();
        let height = self.panes.left.h.saturating_sub(2).max(1) as isize;
        let node = self.navigator.current();
        match action {
            Action::Down => drop(self.navigator.cursor.step(n, len)),
            Action::Up => drop(self.navigator.cursor.step(-n, len)),
            Action::HalfDown => drop(self.navigator.cursor.step(n * height / 2, len)),
            Action::HalfUp => drop(self.navigator.cursor.step(-n * height / 2, len)),
            Action::PageDown => drop(self.navigator.cursor.step(n * height, len)),
            Action::PageUp => drop(self.navigator.cursor.step(-n * height, len)),
            Action::Top => self.navigator.cursor.go(count.map_or(0, |c| c as usize - 1), len),
            Action::Bottom => self.navigator.cursor.go(len, len),
            Action::Right => self.unfold_node(node, fx),
            Action::Left => self.fold_node(node),
            Action::FoldAll => self.fold_all(),
            Action::Open => {
                if let Some(node) = node {
                    self.open_node(node.id, fx);
                }
            }
            Action::NextSection | Action::NextKnelpunt | Action::PrevSection | Action::PrevKnelpunt => {
                let by = if matches!(action, Action::NextSection | Action::NextKnelpunt) { 1 } else { -1 };
                let only = matches!(action, Action::NextKnelpunt | Action::PrevKnelpunt);
                self.next_row(by, only);
            }
            Action::Cancel if !self.navigator.filter.is_empty() => self.navigator.filter.clear(),
            _ => return false,
        }
        true
    }

    /// The next report or chapter, or the next knelpunt, among the nodes that are not folded away.
    fn next_row(&mut self, by: isize, only_knelpunten: bool) {
        let len = self.navigator.nodes.len();
        let is_knelpunt = |n: Node| {
            let open = self.shelf.open(n.id.doc);
            n.id.section.zip(open).is_some_and(|(s, open)| open.knelpunt_of(s).is_some())
        };
        let mut at = self.navigator.cursor.at;
        while let Some(next) = at.checked_add_signed(by).filter(|n| *n < len) {
            at = next;
            let node = self.navigator.nodes[at];
            if if only_knelpunten { is_knelpunt(node) } else { node.depth <= 1 } {
                self.navigator.cursor.go(at, len);
                return;
            }
        }
    }

    /// The same text has other headings now: nodes are known by what prints them, and what the cursor stands on stays in
    /// sight.
    pub(super) fn rekey_navigator(&mut self, old: &OpenDoc, new: &OpenDoc) {
        let outline = new.doc.outline();
        let by_heading: FxHashMap<BlockId, SectionId> =
            outline.iter().filter_map(|(id, s)| Some((s.heading?, id))).collect();
        let rekey = |node: NodeId| {
            if node.doc != new.id {
                return Some(node);
            }
            let Some(section) = node.section else { return Some(node) };
            let heading = old.doc.outline().sections().get(section.0 as usize)?.heading?;
            Some(NodeId { section: Some(*by_heading.get(&heading)?), ..node })
        };
        let current = self.navigator.current();
        self.navigator.unfolded = self.navigator.unfolded.drain().filter_map(rekey).collect();
        self.navigator.followed = self.navigator.followed.and_then(rekey);
        for node in &mut self.navigator.nodes {
            // of one that is no more the place among the rows is kept
            node.id = rekey(node.id).unwrap_or(NodeId { section: None, ..node.id });
        }
        if let Some(node) = current.and_then(|n| rekey(n.id)).filter(|n| n.doc == new.id && n.section.is_some()) {
            self.unfold_to(new, node);
        }
    }

    /// Goes to what a row stands for.
    fn open_node(&mut self, node: NodeId, fx: &mut Effects) {
        match (node.section, self.shelf.use_open(node.doc)) {
            (Some(section), Some(open)) => self.jump_to_section(&open, section, fx),
            _ => {
                let range = self.shelf.entry(node.doc).and_then(Entry::summary);
                let byte = range.and_then(|s| s.parts.get(node.part.0 as usize)).map_or(0, |p| p.range.start);
                self.jump_to(super::Spot { doc: node.doc, byte }, fx);
            }
        }
    }

    fn unfold_node(&mut self, node: Option<Node>, fx: &mut Effects) {
        let Some(node) = node else { return };
        match node.fold {
            Some(false) => {
                self.navigator.unfolded.insert(node.id);
                if self.shelf.open(node.id.doc).is_none() {
                    self.with_doc(node.id.doc, Intent::Unfold, fx);
                }
            }
            _ => drop(self.navigator.cursor.step(1, self.navigator.nodes.len())),
        }
    }

    fn fold_node(&mut self, node: Option<Node>) {
        let Some(node) = node else { return };
        if node.fold == Some(true) {
            self.navigator.unfolded.remove(&node.id);
            return;
        }
        let at = self.navigator.cursor.at;
        let parent = self.navigator.nodes[..at].iter().rposition(|n| n.depth < node.depth);
        if let Some(parent) = parent {
            self.navigator.cursor.go(parent, self.navigator.nodes.len());
        }
    }

    fn fold_all(&mut self) {
        if self.navigator.unfolded.is_empty() {
            for open in self.shelf.all_open() {
                for (id, s) in open.doc.outline().iter() {
                    let section = s.parent.is_some().then_some(id);
                    self.navigator.unfolded.insert(NodeId { doc: open.id, part: s.part, section });
                }
            }
        } else {
            self.navigator.unfolded.clear();
        }
    }
}

/// The innermost node shown that the reader stands in.
fn innermost(nodes: &[Node], open: &OpenDoc, here: NodeId) -> Option<usize> {
    let path = here.section.map(|s| open.doc.outline().path(s)).unwrap_or_default();
    let on_path =
        |n: &Node| n.id.doc == here.doc && n.id.part == here.part && n.id.section.is_none_or(|s| path.contains(&s));
    nodes.iter().rposition(on_path)
}
