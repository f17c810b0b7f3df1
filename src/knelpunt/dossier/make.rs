//! Putting a dossier together: what belongs to it, where each thing stands, and in which order.

use super::alike::nearness;
use super::counts::{self, Cell};
use super::material::{Index, Own};
use super::run::{self, Run};
use super::{Again, Child, Context, Dossier, Entry, FoundIn, Key, OrgGroup, YearGroup};
use crate::knelpunt::FoundRow;
use crate::knelpunt::register::{Made, meant, tree};
use crate::notes::{Note, TargetKind};
use std::cmp::Reverse;

pub(super) fn of_made(made: &Made, with_children: bool, index: &Index<'_>) -> Dossier {
    let register = index.material.register;
    let members = if with_children { members(tree::with_below(register, &made.id), register) } else { vec![made] };
    let ids = ids_of(&members);
    let (notes, found) = (index.notes(&ids), index.found(&ids));
    let children = register.iter().filter(|m| m.parent.as_deref() == Some(&made.id) && m.id != made.id).map(|child| {
        let ids = ids_of(&self::members(tree::with_below(register, &child.id), register));
        let total = Cell::of(&index.mentions(&index.notes(&ids), &index.found(&ids)));
        Child { id: child.id.clone(), title: child.title.clone(), total }
    });
    let above = self::members(tree::above(register, &made.id), register).into_iter().rev();
    let head = Dossier {
        key: Key::Made(made.id.clone()),
        label: None,
        title: made.title.clone(),
        description: made.description.clone(),
        synonyms: made.synonyms.clone(),
        colour: made.colour,
        above: above.map(|m| (m.id.clone(), m.title.clone())).collect(),
        children: children.collect(),
        with_children,
        history: made.status.clone(),
        query: made.query.clone(),
        ..Dossier::nothing(Key::Made(String::new()))
    };
    head.filled(&notes, &found, index)
}

pub(super) fn of_found(at: usize, index: &Index<'_>) -> Dossier {
    let rows = index.material.found;
    let row = &rows[at];
    let same = same_title(at, index);
    let ids: Vec<&str> = same.iter().map(|i| rows[*i].found.id.as_str()).collect();
    let mut found = index.found(&ids);
    // this very copy of the report, not the first one
    if let Some(copy) = found.iter_mut().find(|i| rows[**i].found.id == row.found.id) {
        *copy = at;
    }
    let brings_in = index.material.register.iter().filter(|m| m.includes.iter().any(|i| ids.contains(&i.as_str())));
    let head = Dossier {
        label: row.found.label.clone(),
        title: name(row),
        above: brings_in.map(|m| (m.id.clone(), m.title.clone())).collect(),
        near: near(at, index).into_iter().map(|i| FoundIn::of(&rows[i])).collect(),
        ..Dossier::nothing(Key::Found(row.doc, row.found.id.clone()))
    };
    head.filled(&index.notes(&ids), &found, index)
}

/// The found rows that bear the same title in any edition of the same report; always the row itself.
pub(super) fn same_title(at: usize, index: &Index<'_>) -> Vec<usize> {
    let title = &index.found_titles[at];
    let certainty = |i: usize| index.material.found[i].found.certainty;
    let same = |i: &usize| {
        *i == at || (!title.is_empty() && index.found_titles[*i] == *title && certainty(*i) == certainty(at))
    };
    index.found_beside(at).iter().copied().filter(same).collect()
}

/// Sections of other editions that seem to speak of the same thing: of each edition the two nearest, by year.
pub(super) fn near(at: usize, index: &Index<'_>) -> Vec<usize> {
    /// More of one edition say more about the words than about the thing.
    const OF_EACH: usize = 2;
    let rows = index.material.found;
    let words = &index.found_words;
    let nearness = |i: &usize| {
        let other = rows[*i].year != rows[at].year && index.found_titles[*i] != index.found_titles[at];
        let score = if other { nearness(&words[at], &words[*i]) } else { 0 };
        (score > 0).then_some((rows[*i].year, Reverse(score), *i))
    };
    let mut all: Vec<_> = index.found_beside(at).iter().filter_map(nearness).collect();
    all.sort_unstable();
    // copies of a report bear the same ids
    all.dedup_by(|b, a| rows[a.2].found.id == rows[b.2].found.id);
    all.chunk_by(|a, b| a.0 == b.0).flat_map(|year| year.iter().take(OF_EACH)).map(|n| n.2).collect()
}

/// The made ones of these ids.
fn members<'a>(ids: Vec<&str>, register: &'a [Made]) -> Vec<&'a Made> {
    ids.into_iter().filter_map(|id| register.iter().find(|m| m.id == id)).collect()
}

/// The ids by which notes and found ones belong to these.
pub(super) fn ids_of<'a>(members: &[&'a Made]) -> Vec<&'a str> {
    let of = |m: &&'a Made| {
        let m: &'a Made = m;
        std::iter::once(m.id.as_str()).chain(m.includes.iter().map(String::as_str))
    };
    members.iter().flat_map(of).collect()
}

impl Dossier {
    fn nothing(key: Key) -> Dossier {
        Dossier {
            key,
            label: None,
            title: String::new(),
            description: String::new(),
            synonyms: Vec::new(),
            colour: None,
            above: Vec::new(),
            children: Vec::new(),
            with_children: false,
            history: Vec::new(),
            query: None,
            groups: Vec::new(),
            own: Vec::new(),
            near: Vec::new(),
            runs: Vec::new(),
            first: None,
            last: None,
            by_year: Vec::new(),
            by_org: Vec::new(),
            total: Cell::default(),
        }
    }

    /// Puts notes and found knelpunten into it.
    fn filled(mut self, notes: &[usize], found: &[usize], index: &Index<'_>) -> Dossier {
        let mentions = index.mentions(notes, found);
        let mut entries: Vec<Entry> = Vec::new();
        for i in notes {
            let (note, own) = (index.material.notes[*i].note, &index.own[*i]);
            let entry = Entry::of(note, own, self.key.id(), index);
            if own.series.is_some() { entries.push(entry) } else { self.own.push(entry) }
        }
        let found: Vec<FoundIn> = found.iter().map(|i| FoundIn::of(&index.material.found[*i])).collect();
        self.groups = grouped(entries, found);
        counts::count_groups(&mut self.groups, &mentions, index);
        self.runs = run::runs(&mentions, index);
        let seen = self.runs.iter().flat_map(Run::seen);
        (self.first, self.last) = (seen.clone().min(), seen.max());
        self.by_year = counts::by_year(&mentions);
        self.by_org = counts::by_org(&mentions, index);
        self.total = Cell::of(&mentions);
        self
    }
}

/// Entries and found ones by organisation and year.
fn grouped(entries: Vec<Entry>, found: Vec<FoundIn>) -> Vec<OrgGroup> {
    let mut groups: Vec<OrgGroup> = Vec::new();
    let fold = |org: &Option<String>| org.as_deref().map(str::to_lowercase);
    let mut year_of = |org: &Option<String>, year: Option<i32>| -> (usize, usize) {
        let at = groups.iter().position(|g| fold(&g.org) == fold(org)).unwrap_or_else(|| {
            groups.push(OrgGroup { org: org.clone(), years: Vec::new(), total: Cell::default() });
            groups.len() - 1
        });
        let years = &mut groups[at].years;
        let y = years.iter().position(|y| y.year == year).unwrap_or_else(|| {
            years.push(YearGroup { year, found: Vec::new(), entries: Vec::new(), total: Cell::default() });
            years.len() - 1
        });
        (at, y)
    };
    let placed: Vec<_> = entries.into_iter().map(|e| (year_of(&e.org, e.year), e)).collect();
    let placed_found: Vec<_> = found.into_iter().map(|f| (year_of(&f.org, f.year), f)).collect();
    placed.into_iter().for_each(|((g, y), e)| groups[g].years[y].entries.push(e));
    placed_found.into_iter().for_each(|((g, y), f)| groups[g].years[y].found.push(f));
    for group in &mut groups {
        group.years.sort_by_key(|y| Reverse(y.year));
        for year in &mut group.years {
            year.found.sort_by(|a, b| (&a.report, a.doc, a.range).cmp(&(&b.report, b.doc, b.range)));
            year.entries.sort_by_cached_key(|e| {
                let place = e.place.as_ref().map(|p| (p.doc, p.at.range));
                // what has no place comes after what has
                (e.report.clone(), place.is_none(), place, e.created, e.note.clone())
            });
        }
    }
    groups.sort_by_cached_key(|g| (g.org.is_none(), fold(&g.org)));
    groups
}

/// The name of a found knelpunt: its title, or what numbers it.
pub(super) fn name(row: &FoundRow) -> String {
    let label = || row.found.label.clone().unwrap_or_default();
    if row.found.title.is_empty() { label() } else { row.found.title.clone() }
}

impl FoundIn {
    fn of(row: &FoundRow) -> FoundIn {
        FoundIn {
            id: row.found.id.clone(),
            doc: row.doc,
            range: row.found.range,
            label: row.found.label.clone(),
            title: name(row),
            report: row.report.clone(),
            org: row.org.clone(),
            year: row.year,
            certainty: row.found.certainty,
            asks: row.found.asks.clone(),
        }
    }
}

impl Entry {
    fn of(note: &Note, own: &Own<'_>, dossier: &str, index: &Index<'_>) -> Entry {
        let on_found = |id: &str| {
            let row = index.found_by_id.get(id).map(|rows| &index.material.found[rows[0]].found.title);
            row.or(note.target.section.last()).cloned().unwrap_or_else(|| id.to_owned())
        };
        let quote = match &note.target.kind {
            TargetKind::Passage(quote) => quote.exact.trim().to_owned(),
            TargetKind::Section => own.section.last().cloned().unwrap_or_default(),
            TargetKind::Knelpunt(id) => {
                meant(index.material.register, id).map_or_else(|| on_found(id), |m| m.title.clone())
            }
            TargetKind::Report => own.report.to_owned(),
        };
        let is_it = |id: &String| id == dossier || meant(index.material.register, id).is_some_and(|m| m.id == dossier);
        let on_it = matches!(&note.target.kind, TargetKind::Knelpunt(k) if is_it(k));
        let direct = on_it || note.knelpunten.iter().any(is_it);
        let again = own.again.iter().map(|(_, l)| Again {
            year: l.year,
            state: l.state,
            page: l.page.clone(),
            place: l.place.as_ref().and_then(|at| Some(Context { doc: l.doc?, at: at.clone() })),
        });
        Entry {
            note: note.id.clone(),
            kind: note.kind,
            state: own.state,
            report: own.report.to_owned(),
            org: own.org.map(str::to_owned),
            year: own.year,
            file: own.file.to_owned(),
            section: own.section.to_vec(),
            page: own.page.cloned(),
            quote,
            passage: note.target.quote().is_some(),
            place: own.place.map(|(doc, at)| Context { doc, at: at.clone() }),
            candidates: own.candidates,
            words: note.body.trim().to_owned(),
            tags: note.tags.clone(),
            status: note.status,
            created: note.created,
            via: if direct { None } else { via(note, index) },
            again: again.collect(),
        }
    }
}

/// The knelpunt that brings a note into a dossier of which it isn't itself: the first one it names that is known.
fn via(note: &Note, index: &Index<'_>) -> Option<String> {
    let on = match &note.target.kind {
        TargetKind::Knelpunt(id) => Some(id),
        _ => None,
    };
    let known =
        |id: &&String| index.found_by_id.contains_key(id.as_str()) || meant(index.material.register, id).is_some();
    note.knelpunten.iter().chain(on).find(known).cloned()
}
