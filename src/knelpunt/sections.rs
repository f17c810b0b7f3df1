//! Which sections of a report are knelpunten.

use super::asks::asks_in;
use super::detect::{Certainty, Finder, Found};
use crate::doc::{BlockKind, Part, PartId, Section, SectionId, TextRange};
use std::collections::{BTreeSet, HashMap};

impl Finder<'_> {
    /// Explicit sections of one part, and the sections that are candidates.
    pub(super) fn sections_of(&self, part_id: PartId, part: &Part, found: &mut Vec<Found>) {
        let all = self.doc.outline().iter();
        let ids: Vec<SectionId> =
            all.filter(|(_, s)| s.part == part_id && s.parent.is_some()).map(|(id, _)| id).collect();
        let first = found.len();
        let lone = ids.iter().filter(|id| self.rules.bare_label.is_match(&self.section(**id).title)).count() < 2;
        for id in ids.iter().filter(|id| self.has_label(self.section(**id), lone)) {
            self.put_labelled(*id, part, first, found);
        }
        let asking = self.asking_chapters(part, &ids);
        if found.len() == first {
            let presents = self.presents(part);
            let by_sign = [
                self.weakly_labelled(part, &ids, presents),
                self.of_one_form(&ids),
                self.announced(part, &ids),
                self.listed(part, &ids, presents),
            ];
            for id in by_sign.into_iter().flatten() {
                self.put(id, part, Certainty::Explicit, first, found);
            }
            if presents || found.len() == first {
                for id in self.chapters(part, &ids, &asking, presents) {
                    self.put(id, part, Certainty::Explicit, first, found);
                }
            }
        }
        let explicit = found.len() > first;
        for id in &ids {
            let title = &self.section(*id).title;
            // where knelpunten are explicit, other headings that have the word announce them
            let announces = explicit && (self.is_around(*id) || self.rules.heads.is_match(title));
            if self.rules.named.is_match(title) && !announces && !self.heads_a_list(*id) {
                self.put(*id, part, Certainty::Candidate, first, found);
            }
        }
        if !explicit {
            for id in asking {
                self.put(id, part, Certainty::Candidate, first, found);
            }
        }
    }

    /// Whether a heading announces knelpunten and a list of them follows: then its items are what is found.
    fn heads_a_list(&self, id: SectionId) -> bool {
        let section = self.section(id);
        let blocks = self.doc.blocks();
        let follow = section.heading.and_then(|h| blocks.get(h.0 as usize + 1..)).unwrap_or_default();
        let items = follow.iter().take_while(|b| matches!(b.kind, BlockKind::Item { depth: 0, .. })).count();
        items > 1 && self.rules.heads.is_match(&section.title)
    }

    /// Adds a section, unless one that overlaps it was found already.
    fn put(&self, id: SectionId, part: &Part, certainty: Certainty, first: usize, found: &mut Vec<Found>) {
        if !found[first..].iter().any(|f| f.range.overlaps(self.section(id).range)) {
            found.push(self.make(id, part, certainty));
        }
    }

    /// Whether a section is labelled as a knelpunt: by a number ("Knelpunt 1", "Eerste knelpunt"), or by the word alone
    /// ("Knelpunt: …") where that is not the `lone` one of its kind.
    pub(super) fn has_label(&self, section: &Section, lone: bool) -> bool {
        let rules = self.rules;
        section.number.as_deref().is_some_and(|n| rules.label.is_match(n))
            || rules.label.is_match(&section.title)
            || rules.ordinal_label.is_match(&section.title)
            || (!lone && rules.bare_label.is_match(&section.title))
    }

    /// A label that stands twice (a summary, a divider page) is one knelpunt: where most is said of it.
    fn put_labelled(&self, id: SectionId, part: &Part, first: usize, found: &mut Vec<Found>) {
        let new = self.make(id, part, Certainty::Explicit);
        let key = |f: &Found| f.label.as_ref().unwrap_or(&f.title).to_lowercase();
        match found[first..].iter_mut().find(|f| key(f) == key(&new)) {
            Some(old) if old.range.len() < new.range.len() => *old = new,
            Some(_) => {}
            None => found.push(new),
        }
    }

    /// What of a section is its label: number, or the beginning of the title.
    fn label_in<'s>(&self, section: &'s Section) -> Option<(&'s str, bool)> {
        let rules = self.rules;
        let all = [&rules.label, &rules.alike_label, &rules.theme];
        if let Some(number) = section.number.as_deref().filter(|n| all.iter().any(|r| r.is_match(n))) {
            return Some((number, false));
        }
        let all = all.into_iter().chain([&rules.ordinal_label]);
        let mut found = all.filter_map(|r| r.find(&section.title));
        found.next().map(|m| (m.as_str(), true))
    }

    /// Sections numbered with a word for something hard ("Probleem 2", "Uitdaging 3"): two or more of a kind, in a report
    /// that presents them as knelpunten, speaks of knelpunten, or asks for something in most of them.
    fn weakly_labelled(&self, part: &Part, ids: &[SectionId], presents: bool) -> Vec<SectionId> {
        let mut kinds: HashMap<String, Vec<(String, SectionId)>> = HashMap::new();
        for id in ids {
            let section = self.section(*id);
            let text = section.number.as_deref().filter(|n| self.rules.alike_label.is_match(n));
            let text = text.or_else(|| self.rules.alike_label.find(&section.title).map(|m| m.as_str()));
            let Some(text) = text else { continue };
            let mut words = text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty());
            let (Some(word), Some(number)) = (words.next(), words.next_back()) else { continue };
            let same = kinds.entry(word.to_lowercase()).or_default();
            let longer = |other: &SectionId| self.section(*other).range.len() < section.range.len();
            match same.iter_mut().find(|(n, _)| n.eq_ignore_ascii_case(number)) {
                // once more in a summary or on a divider page
                Some((_, old)) if longer(old) => *old = *id,
                Some(_) => {}
                None => same.push((number.to_owned(), *id)),
            }
        }
        let named = self.named_in(part.range).next().is_some();
        let mut out: Vec<SectionId> = Vec::new();
        for same in kinds.into_values().filter(|same| same.len() > 1) {
            let sections: Vec<SectionId> = same.into_iter().map(|(_, id)| id).collect();
            if presents || named || self.most_ask(&sections, part) {
                out.extend(sections);
            }
        }
        out.sort_unstable();
        out
    }

    /// Whether at least half of some sections ask for something.
    fn most_ask(&self, sections: &[SectionId], part: &Part) -> bool {
        let asks = |id: &&SectionId| {
            let asks = asks_in(self.doc, self.rules, self.section(**id).range, part);
            asks.iter().any(|a| self.is_for_others(&a.title, part))
        };
        sections.iter().filter(asks).count() * 2 >= sections.len()
    }

    /// Whether an ask is made of others than the users of what the text explains.
    fn is_for_others(&self, ask: &str, part: &Part) -> bool {
        !self.rules.to_reader.is_match(ask) || self.named_in(part.range).next().is_some()
    }

    /// Chapters with a subsection headed "Wat is het knelpunt?" or the like: several, as one form was filled in for each.
    fn of_one_form(&self, ids: &[SectionId]) -> Vec<SectionId> {
        let states = |id: &SectionId| {
            let children = &self.children[id.0 as usize];
            children.iter().filter(|c| self.rules.stating.is_match(&self.section(**c).title)).count() == 1
        };
        let chapters: Vec<SectionId> = ids.iter().copied().filter(|id| states(id) && !self.is_around(*id)).collect();
        if chapters.len() > 1 { chapters } else { Vec::new() }
    }

    /// Sections whose titles stand in what the text in front of the chapters says of its knelpunten.
    fn announced(&self, part: &Part, ids: &[SectionId]) -> Vec<SectionId> {
        let mut said = String::new();
        for named in self.named_in(part.range) {
            let at = self.doc.block_at(named.start);
            let block = self.doc.block(at);
            let in_front = self.section(block.section).parent.is_none() || self.is_around(block.section);
            if !in_front || block.kind.is_heading() || self.rules.not_presenting.is_match(self.sentence(named)) {
                continue;
            }
            // the rest of the sentence behind a colon, and the list that it leads into
            let rest = self.doc.slice(TextRange::new(named.end, block.range.end));
            let sentence = &rest[..rest.find(['.', '?', '!']).unwrap_or(rest.len())];
            let Some((_, told)) = sentence.split_once(':') else { continue };
            said.push_str(&plain(told));
            if sentence.len() == rest.len() {
                let after = &self.doc.blocks()[at.0 as usize + 1..];
                let items = after.iter().take_while(|b| matches!(b.kind, BlockKind::Item { .. }));
                items.for_each(|item| said.push_str(&plain(self.doc.slice(item.range))));
            }
        }
        if said.is_empty() {
            return Vec::new();
        }
        let told = |id: &SectionId| {
            let title = plain(&self.section(*id).title);
            // one short word stands in many a sentence by chance
            title.trim().len() >= 10 && title.trim().contains(' ') && said.contains(&title)
        };
        let sections: Vec<SectionId> = ids.iter().copied().filter(|id| !self.is_around(*id) && told(id)).collect();
        if sections.len() > 1 { sections } else { Vec::new() }
    }

    /// The sections of a chapter that is headed "Knelpunten"; of one headed by other words for it, where the report
    /// presents them as such or most of them ask.
    fn listed(&self, part: &Part, ids: &[SectionId], presents: bool) -> Vec<SectionId> {
        let rules = self.rules;
        let mut out = Vec::new();
        for id in ids.iter().filter(|id| !self.is_around(**id)) {
            let title = &self.section(*id).title;
            let sure = rules.heads.is_match(title);
            if !sure && !rules.alike_heads.is_match(title) {
                continue;
            }
            let usable = |c: &SectionId| {
                let title = &self.section(*c).title;
                let asks = rules.asks(title, None) || rules.is_plain_ask(self.section(*c));
                !asks && !rules.around.is_match(title)
            };
            let sections: Vec<SectionId> = self.children[id.0 as usize].iter().copied().filter(usable).collect();
            if sections.len() > 1 && (sure || presents || self.most_ask(&sections, part)) {
                out.extend(sections);
            }
        }
        out
    }

    /// Chapters that end in asks, of a part that presents its chapters as knelpunten or has several such chapters.
    fn chapters(&self, part: &Part, ids: &[SectionId], asking: &[SectionId], presents: bool) -> Vec<SectionId> {
        if !presents {
            let siblings = |id: &SectionId| {
                let parent = self.section(*id).parent;
                asking.iter().filter(|other| self.section(**other).parent == parent).count()
            };
            return asking.iter().copied().filter(|id| siblings(id) > 1).collect();
        }
        let theme = |text: &str| self.rules.theme.is_match(text);
        let is_theme = |s: &Section| s.number.as_deref().is_some_and(theme) || theme(&s.title);
        let themes = ids.iter().copied().filter(|id| is_theme(self.section(*id)));
        // chapters whose asks have no heading of their own, but a lead-in
        let chapters = self.children[part.root.0 as usize].iter().copied();
        let led = chapters
            .filter(|id| !self.is_around(*id))
            .filter(|id| !asks_in(self.doc, self.rules, self.section(*id).range, part).is_empty());
        let all: BTreeSet<SectionId> = asking.iter().copied().chain(themes).chain(led).collect();
        // a chapter is taken whole, not a section of it as well
        all.iter().copied().filter(|id| !self.ancestors(*id).any(|a| all.contains(&a))).collect()
    }

    /// Sections with a subsection that asks, by its heading, and someone.
    fn asking_chapters(&self, part: &Part, ids: &[SectionId]) -> Vec<SectionId> {
        let asks = ids.iter().map(|id| self.section(*id)).filter(|s| self.rules.asks(&s.title, part.org.as_deref()));
        let asks = asks.filter(|s| self.is_for_others(&s.title, part));
        let chapters: BTreeSet<SectionId> = asks
            .filter_map(|s| s.parent)
            .filter(|id| self.section(*id).parent.is_some() && !self.is_around(*id))
            .collect();
        chapters.into_iter().collect()
    }

    /// Whether the title of a part, or the text around its chapters, says that they are about knelpunten.
    fn presents(&self, part: &Part) -> bool {
        if self.rules.title.is_match(&part.title) {
            return true;
        }
        self.named_in(part.range).any(|named| {
            let id = self.doc.block(self.doc.block_at(named.start)).section;
            let around = self.section(id).parent.is_none() || self.is_around(id);
            let sentence = self.sentence(named);
            around && self.rules.presenting.is_match(sentence) && !self.rules.not_presenting.is_match(sentence)
        })
    }

    fn make(&self, id: SectionId, part: &Part, certainty: Certainty) -> Found {
        let section = self.section(id);
        let (label, title) = self.name(id, section);
        // a reader may call it otherwise: its id is made of what the file calls it
        let named = self.doc.imported_section(id).map_or_else(|| (label.clone(), title.clone()), |s| self.name(id, s));
        let asks = asks_in(self.doc, self.rules, section.range, part);
        let name = named.0.unwrap_or(named.1);
        Found { id: name, label, title, section: id, part: section.part, range: section.range, certainty, asks }
    }

    /// The label and the title of a section.
    fn name(&self, id: SectionId, section: &Section) -> (Option<String>, String) {
        let (mut label, mut title) = (None, section.title.clone());
        match self.label_in(section) {
            Some((number, false)) => label = Some(number.to_string()),
            Some((found, true)) => {
                label = Some(found.trim_matches(|c: char| !c.is_alphanumeric()).to_string());
                title = section.title[found.len()..].trim().to_string();
            }
            None => {
                if let Some(found) = self.rules.bare_label.find(&title) {
                    title = title[found.end() - last_len(found.as_str())..].to_string();
                }
            }
        }
        if title.is_empty() {
            title = self.title_below(id).or_else(|| label.clone()).unwrap_or_default();
        }
        (label, title)
    }

    /// The title that stands under a label as a heading of its own, with nothing between the two.
    fn title_below(&self, id: SectionId) -> Option<String> {
        let child = self.section(*self.children[id.0 as usize].first()?);
        let heading = self.section(id).heading?;
        let follows = child.heading.is_some_and(|h| h.0 == heading.0 + 1);
        (follows && !child.title.is_empty()).then(|| child.title.clone())
    }
}

/// Bytes of the last character: the pattern for a bare label reads the first one of the title.
fn last_len(text: &str) -> usize {
    text.chars().next_back().map_or(0, char::len_utf8)
}

/// The words of a text in small letters, a blank before and after each.
fn plain(text: &str) -> String {
    let mut out = String::from(" ");
    for word in text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()) {
        out.extend(word.chars().flat_map(char::to_lowercase));
        out.push(' ');
    }
    out
}
