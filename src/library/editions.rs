//! Which reports are editions of one another: the same report of another year, a corrected version, another format.
//!
//! Found by how reports call themselves ([`crate::doc::naming`]), over what the catalog knows of them: no text is read and
//! no file touched. What the reader says by hand ([`ByHand`]) wins. A false family is worse than a missing one: what is
//! in doubt stays alone.

use super::{Entry, PartSummary};
use crate::doc::naming::{Issue, Likeness, Named, Naming, Version};
use crate::doc::{DocId, Edition, Format, PartId};
use rustc_hash::{FxHashMap, FxHashSet};

/// A report: a part of a document of the library.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ReportId {
    /// The document.
    pub doc: DocId,
    /// The part of it.
    pub part: PartId,
}

/// What the reader says of reports of this library.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ByHand {
    /// The first is an edition of the second, and comes after it unless their years say otherwise.
    pub together: Vec<(ReportId, ReportId)>,
    /// The first is no edition of the second, nor of what that is an edition of.
    pub apart: Vec<(ReportId, ReportId)>,
}

/// What an edition is to those before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Relation {
    /// The first of its family.
    First,
    /// Another year, part of a year or number: the next one.
    Next,
    /// The same issue with other content: a draft, a corrected version.
    Version,
    /// The same issue in another format.
    Format,
    /// The very same content at another place.
    Copy,
}

impl Relation {
    /// The word in JSON.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Relation::First => "first",
            Relation::Next => "next",
            Relation::Version => "version",
            Relation::Format => "format",
            Relation::Copy => "copy",
        }
    }
}

/// One edition of a family.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Which report.
    pub report: ReportId,
    /// What it is to those before it.
    pub relation: Relation,
    /// Which one of those that come time after time.
    pub issue: Issue,
    /// Which version of that.
    pub version: Version,
    /// Whether it is here because the reader says so.
    pub by_hand: bool,
    edition: Option<Edition>,
    format: Format,
}

/// Reports that are editions of one another, the oldest first; at least two.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Family {
    /// The editions.
    pub members: Vec<Member>,
}

/// All families of a library.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Families {
    families: Vec<Family>,
    places: FxHashMap<ReportId, (usize, usize)>,
}

impl Families {
    /// The families of these entries; those that were not read belong to none.
    #[must_use]
    pub fn of(entries: &[Entry], by_hand: &ByHand) -> Families {
        let reports = reports(entries);
        let mut groups = Groups::new(reports.len());
        found(&reports, &mut groups);
        let at: FxHashMap<ReportId, usize> = reports.iter().enumerate().map(|(i, r)| (r.id, i)).collect();
        let known = |pairs: &[(ReportId, ReportId)]| -> Vec<(usize, usize)> {
            pairs.iter().filter_map(|(a, b)| Some((*at.get(a)?, *at.get(b)?))).filter(|(a, b)| a != b).collect()
        };
        let (together, apart) = (known(&by_hand.together), known(&by_hand.apart));
        for (out, from) in apart {
            if groups.of(out) == groups.of(from) {
                groups.take_out(out);
            }
        }
        together.iter().for_each(|(a, b)| groups.join(*a, *b));
        let linked: FxHashSet<usize> = together.iter().flat_map(|(a, b)| [*a, *b]).collect();
        let mut families: Vec<Family> = groups
            .all()
            .into_iter()
            .filter(|members| members.len() > 1)
            .map(|members| family(&reports, members, &linked, &together))
            .collect();
        families.sort_by_key(|f| f.members.iter().map(|m| at[&m.report]).min());
        let places = families
            .iter()
            .enumerate()
            .flat_map(|(f, family)| family.members.iter().enumerate().map(move |(i, m)| (m.report, (f, i))));
        Families { places: places.collect(), families }
    }

    /// All of them, in the order of the library.
    #[must_use]
    pub fn all(&self) -> &[Family] {
        &self.families
    }

    /// The family of a report, and its place in it; `None` when it has no other editions here.
    #[must_use]
    pub fn family(&self, report: ReportId) -> Option<(&Family, usize)> {
        let (family, at) = self.places.get(&report)?;
        Some((&self.families[*family], *at))
    }

    /// Whether two reports are editions of one.
    #[must_use]
    pub fn are_one(&self, a: ReportId, b: ReportId) -> bool {
        a == b || self.places.get(&a).zip(self.places.get(&b)).is_some_and(|(a, b)| a.0 == b.0)
    }

    /// The editions that notes on a report are carried over to: those that come after it, other formats of the same, and
    /// further copies; not those before it.
    #[must_use]
    pub fn carried_to(&self, report: ReportId) -> Vec<&Member> {
        let Some((family, at)) = self.family(report) else { return Vec::new() };
        let own = &family.members[at];
        let same = |m: &Member| m.is_format_of(own) || (m.edition.is_some() && m.edition == own.edition);
        let members = family.members.iter().enumerate().filter(|(i, _)| *i != at);
        members.filter(|(i, m)| *i > at || same(m)).map(|(_, m)| m).collect()
    }

    /// The edition before a report, whose successor it is: that of the issue or version before, not another format.
    #[must_use]
    pub fn follows(&self, report: ReportId) -> Option<&Member> {
        let (family, at) = self.family(report)?;
        let own = &family.members[at];
        family.members[..at].iter().rev().find(|m| m.edition != own.edition && !m.is_format_of(own))
    }
}

impl Member {
    /// Whether this is the same issue and version in another format.
    fn is_format_of(&self, other: &Member) -> bool {
        !self.issue.differs(&other.issue) && self.version == other.version && self.format != other.format
    }
}

/// A report with its name taken apart.
struct Report<'a> {
    id: ReportId,
    entry: &'a Entry,
    naming: Naming,
    format: Format,
}

/// How a report of the library calls itself.
#[must_use]
pub fn naming(part: &PartSummary, file: &str) -> Naming {
    Naming::of(&Named {
        // what the reader made of the title is for the eye; the file's own is what comes again
        title: part.printed.as_deref().filter(|t| !t.trim().is_empty()).unwrap_or(&part.title),
        org: part.org.as_deref(),
        year: part.year,
        file,
        kind: Some(part.kind),
        lang: Some(part.lang),
    })
}

fn reports(entries: &[Entry]) -> Vec<Report<'_>> {
    let mut out = Vec::new();
    for (entry, summary) in entries.iter().filter_map(|e| Some((e, e.summary()?))) {
        for (i, part) in summary.parts.iter().enumerate() {
            let id = ReportId { doc: entry.id, part: PartId(i as u32) };
            // the name of a bundle says nothing of what is in it
            let file = if summary.parts.len() == 1 { entry.file.as_str() } else { "" };
            out.push(Report { id, entry, naming: naming(part, file), format: summary.format });
        }
    }
    out
}

/// Brings together what is alike by name, and the same content at several places.
fn found(reports: &[Report<'_>], groups: &mut Groups) {
    let mut by_key: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    let mut by_head: FxHashMap<String, Vec<usize>> = FxHashMap::default();
    let mut by_content: FxHashMap<(Edition, PartId), Vec<usize>> = FxHashMap::default();
    for (i, report) in reports.iter().enumerate() {
        if !report.naming.is_nameless() {
            report.naming.keys().into_iter().for_each(|key| by_key.entry(key).or_default().push(i));
            report.naming.head().into_iter().for_each(|head| by_head.entry(head).or_default().push(i));
        }
        report.entry.edition.into_iter().for_each(|e| by_content.entry((e, report.id.part)).or_default().push(i));
    }
    let (named, loose): (Vec<_>, Vec<_>) = pairs(reports, by_key.values())
        .into_iter()
        .partition(|(a, b)| reports[*a].naming.same_org(&reports[*b].naming).is_some());
    named.into_iter().for_each(|(a, b)| groups.join(a, b));
    join_loose(reports, loose, groups);
    for group in by_head.values() {
        // of one year with several subtitles each is a report of its own
        let several = |a: &usize, b: &usize| {
            let (a, b) = (&reports[*a].naming, &reports[*b].naming);
            a.same_org(b) == Some(true) && !a.issue().differs(&b.issue()) && a.other_subtitle(b)
        };
        if !group.iter().any(|a| group.iter().any(|b| several(a, b))) {
            pairs(reports, [group].into_iter()).into_iter().for_each(|(a, b)| groups.join(a, b));
        }
    }
    for group in groups.all() {
        // two of one file are no editions of one another; which of them the others belong to nobody knows
        let mut docs: FxHashMap<DocId, usize> = FxHashMap::default();
        group.iter().for_each(|i| *docs.entry(reports[*i].id.doc).or_default() += 1);
        group.iter().filter(|i| docs[&reports[**i].id.doc] > 1).for_each(|i| groups.take_out(*i));
    }
    by_content.values().flat_map(|g| g.windows(2)).for_each(|w| groups.join(w[0], w[1]));
}

/// The pairs within these groups that are editions of one another.
fn pairs<'g>(reports: &[Report<'_>], groups: impl Iterator<Item = &'g Vec<usize>>) -> Vec<(usize, usize)> {
    let mut out = Vec::new();
    for group in groups {
        for (n, a) in group.iter().enumerate() {
            let alike = |b: &&usize| reports[*a].naming.likeness(&reports[**b].naming) == Likeness::Same;
            out.extend(group[n + 1..].iter().filter(alike).map(|b| (*a.min(b), *a.max(b))));
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// Joins pairs of which one at least names no publisher: it must not bring two publishers together.
fn join_loose(reports: &[Report<'_>], pairs: Vec<(usize, usize)>, groups: &mut Groups) {
    let mut towards: FxHashMap<usize, FxHashSet<usize>> = FxHashMap::default();
    for (a, b) in &pairs {
        for (none, named) in [(a, b), (b, a)] {
            if !reports[*none].naming.has_org() && reports[*named].naming.has_org() {
                towards.entry(*none).or_default().insert(groups.of(*named));
            }
        }
    }
    let several = |i: &usize| towards.get(i).is_some_and(|g| g.len() > 1);
    let one = |i: &usize| towards.get(i).and_then(|g| g.iter().min().copied());
    let joined: Vec<_> = pairs
        .iter()
        .filter(|(a, b)| !several(a) && !several(b))
        .filter(|(a, b)| match (reports[*a].naming.has_org(), reports[*b].naming.has_org()) {
            (false, false) => one(a).is_none() || one(b).is_none() || one(a) == one(b),
            _ => true,
        })
        .collect();
    joined.into_iter().for_each(|(a, b)| groups.join(*a, *b));
}

/// A family in order.
fn family(
    reports: &[Report<'_>],
    mut members: Vec<usize>,
    linked: &FxHashSet<usize>,
    together: &[(usize, usize)],
) -> Family {
    members.sort_by_key(|i| {
        let r = &reports[*i];
        (r.naming.issue().order(), r.naming.version(), format_rank(r.format), r.entry.mtime, r.entry.file.clone(), r.id)
    });
    for (after, before) in together {
        let place = |i: &usize| members.iter().position(|m| m == i);
        let (Some(a), Some(b)) = (place(after), place(before)) else { continue };
        // what their own years say stands
        if a < b && !reports[*after].naming.issue().differs(&reports[*before].naming.issue()) {
            members[a..=b].rotate_left(1);
        }
    }
    let mut out: Vec<Member> = Vec::new();
    for i in members {
        let Report { id, entry, naming, format } = &reports[i];
        let (issue, version) = (naming.issue(), naming.version());
        let mut member = Member {
            report: *id,
            relation: Relation::First,
            issue,
            version,
            by_hand: linked.contains(&i),
            edition: entry.edition,
            format: *format,
        };
        let same_issue = || out.iter().filter(|m| !m.issue.differs(&issue));
        member.relation = match out.last() {
            None => Relation::First,
            Some(_) if entry.edition.is_some() && out.iter().any(|m| m.edition == entry.edition) => Relation::Copy,
            Some(_) if same_issue().next().is_none() => Relation::Next,
            Some(_) if same_issue().any(|m| m.is_format_of(&member)) => Relation::Format,
            Some(_) => Relation::Version,
        };
        out.push(member);
    }
    Family { members: out }
}

/// Formats in which a text is best, first: those that say their structure.
fn format_rank(format: Format) -> u8 {
    match format {
        Format::Markdown => 0,
        Format::Docx | Format::Odt | Format::Epub | Format::Html => 1,
        Format::Plain => 2,
        Format::Pdf => 3,
    }
}

/// Who belongs together: each one's group is named by one of them.
struct Groups(Vec<usize>);

impl Groups {
    fn new(n: usize) -> Groups {
        Groups((0..n).collect())
    }

    fn of(&self, i: usize) -> usize {
        self.0[i]
    }

    fn join(&mut self, a: usize, b: usize) {
        let (keep, drop) = (self.0[a].min(self.0[b]), self.0[a].max(self.0[b]));
        if keep != drop {
            self.0.iter_mut().filter(|g| **g == drop).for_each(|g| *g = keep);
        }
    }

    /// One leaves its group; the others stay together.
    fn take_out(&mut self, i: usize) {
        let group = self.0[i];
        if group == i
            && let Some(heir) = (0..self.0.len()).find(|o| *o != i && self.0[*o] == group)
        {
            self.0.iter_mut().enumerate().filter(|(o, g)| *o != i && **g == group).for_each(|(_, g)| *g = heir);
        }
        self.0[i] = i;
    }

    fn all(&self) -> Vec<Vec<usize>> {
        let mut out: FxHashMap<usize, Vec<usize>> = FxHashMap::default();
        self.0.iter().enumerate().for_each(|(i, g)| out.entry(*g).or_default().push(i));
        let mut out: Vec<_> = out.into_values().collect();
        out.sort_unstable();
        out
    }
}
