//! The article, not the site: which elements of a page are its text and which are around it. Judged by element, role,
//! names and how much of it is links. When in doubt, text stays: a menu kept is a smaller loss than a sentence left out.

use super::tags::{Name, Tag};
use super::tape::{Kind, Tape};
use super::words::{self, Says};
use std::cell::Cell;

/// What becomes of an element with everything in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Verdict {
    #[default]
    Keep,
    /// What a site puts around its pages.
    Site,
    /// A table of contents.
    Contents,
    /// Nothing that anybody reads (the mark of a link to itself).
    Nothing,
}

/// Bytes of text in an element, blanks not counted.
#[derive(Clone, Copy, Default)]
struct Weight {
    text: u32,
    /// Of those, in links.
    linked: u32,
    links: u32,
    /// Links to places of this page.
    local: u32,
}

impl Weight {
    fn prose(self) -> u32 {
        self.text - self.linked.min(self.text)
    }

    /// Whether so many per cent of it are links.
    fn linked(self, percent: u32) -> bool {
        self.links > 0 && u64::from(self.linked) * 100 >= u64::from(self.text) * u64::from(percent)
    }
}

/// Prose of this many bytes is nothing that a site repeats on each page.
const MUCH: u32 = 600;

/// Judges a page: a verdict for each node, of which the outermost counts. A `book`'s pages have no site around them.
pub(super) fn judge(tape: &Tape, book: bool) -> Vec<Verdict> {
    let weights = weigh(tape);
    let page = Page::new(tape, &weights, book);
    let mut verdicts = page.verdicts();
    // A page that is nothing but a table of contents, or a page that was misunderstood: then that is its text.
    let all = weights.first().copied().unwrap_or_default();
    for spared in [Verdict::Contents, Verdict::Site] {
        let left = kept(tape, &weights, &verdicts);
        let enough = (all.prose() / 10).max(40).min(all.text);
        if left < enough {
            verdicts.iter_mut().filter(|v| **v == spared).for_each(|v| *v = Verdict::Keep);
        }
    }
    verdicts
}

/// How much text is kept.
fn kept(tape: &Tape, weights: &[Weight], verdicts: &[Verdict]) -> u32 {
    let mut left = weights.first().map_or(0, |w| w.text);
    let mut at = 0;
    while at < tape.len() {
        if verdicts[at as usize] == Verdict::Keep {
            at += 1;
        } else {
            left = left.saturating_sub(weights[at as usize].text);
            at = tape.after(at);
        }
    }
    left
}

/// Counts, from the inside out.
fn weigh(tape: &Tape) -> Vec<Weight> {
    let mut out = vec![Weight::default(); tape.nodes.len()];
    for at in (1..tape.len()).rev() {
        let mut own = out[at as usize];
        match tape.node(at).kind {
            Kind::Text => {
                own.text = tape.text_at(at).bytes().filter(|b| !b.is_ascii_whitespace()).count() as u32;
            }
            Kind::Element(Tag::A) => {
                if let Some(href) = tape.attr(at, Name::Href) {
                    own = Weight { linked: own.text, links: 1, local: u32::from(href.starts_with('#')), ..own };
                }
            }
            // What the page says of itself is no text of it.
            Kind::Element(Tag::Head | Tag::Title) => continue,
            Kind::Element(_) => {}
        }
        out[at as usize] = own;
        let parent = &mut out[tape.node(at).parent as usize];
        parent.text = parent.text.saturating_add(own.text);
        parent.linked = parent.linked.saturating_add(own.linked);
        parent.links = parent.links.saturating_add(own.links);
        parent.local = parent.local.saturating_add(own.local);
    }
    out
}

struct Page<'a> {
    tape: &'a Tape,
    weights: &'a [Weight],
    book: bool,
    /// Prose of the whole page.
    prose: u32,
    /// What the page itself calls its main text; empty when it doesn't, or wrongly.
    main: Vec<u32>,
    /// The smallest element that holds nearly all prose.
    core: u32,
    /// The heading that names the page.
    title: Option<u32>,
    /// Up to where everything counts as main text, beside what the page calls so.
    granted: Cell<u32>,
}

impl<'a> Page<'a> {
    fn new(tape: &'a Tape, weights: &'a [Weight], book: bool) -> Self {
        let prose = weights.first().map_or(0, |w| w.prose());
        let mut page =
            Page { tape, weights, book, prose, main: Vec::new(), core: 0, title: None, granted: Cell::new(0) };
        if book {
            return page;
        }
        let is_main = |at: u32| tape.is(at, Tag::Main) || tape.has_word(at, Name::Role, "main");
        page.main = page.outermost(is_main);
        if page.main.len() > 64 || !page.holds(25) {
            page.main = page.outermost(|at| tape.is(at, Tag::Article));
            // Many articles are a list of them; the page is then what holds the list.
            if page.main.len() > 1 || !page.holds(60) {
                page.main.clear();
            }
        }
        page.core = page.main.first().copied().unwrap_or_else(|| page.heaviest());
        let h1 = |inside: bool| {
            (0..tape.len())
                .find(|at| tape.is(*at, Tag::H1) && page.in_main(*at) == inside && page.weights[*at as usize].text > 0)
        };
        page.title = h1(true).or_else(|| h1(false));
        page
    }

    /// The outermost elements for which `is` holds.
    fn outermost(&self, is: impl Fn(u32) -> bool) -> Vec<u32> {
        let mut out = Vec::new();
        let mut at = 0;
        while at < self.tape.len() {
            if is(at) {
                out.push(at);
                at = self.tape.after(at);
            } else {
                at += 1;
            }
        }
        out
    }

    /// Whether what is called the main text holds so many per cent of all prose.
    fn holds(&self, percent: u32) -> bool {
        let held: u64 = self.main.iter().map(|at| u64::from(self.weights[*at as usize].prose())).sum();
        held > 0 && held * 100 >= u64::from(self.prose) * u64::from(percent)
    }

    /// Whether the page's own main text is here, or there is none.
    fn in_main(&self, at: u32) -> bool {
        self.main.is_empty()
            || at < self.granted.get()
            || self.main.iter().any(|m| *m <= at && at < self.tape.after(*m))
    }

    /// The smallest element with seven tenths of the prose.
    fn heaviest(&self) -> u32 {
        let mut core = 0;
        for at in 1..self.tape.len() {
            let node = self.tape.node(at);
            let block = matches!(node.kind, Kind::Element(tag) if tag.is_block());
            if block
                && node.parent == core
                && u64::from(self.weights[at as usize].prose()) * 10 >= u64::from(self.prose) * 7
            {
                core = at;
            }
        }
        core
    }

    fn verdicts(&self) -> Vec<Verdict> {
        let mut out = vec![Verdict::Keep; self.tape.nodes.len()];
        let mut at = 1;
        while at < self.tape.len() {
            let verdict = match self.tape.node(at).kind {
                Kind::Text if self.in_main(at) => Verdict::Keep,
                Kind::Text => Verdict::Nothing,
                Kind::Element(Tag::Head | Tag::Title) => Verdict::Nothing,
                Kind::Element(tag) => self.element(at, tag),
            };
            out[at as usize] = verdict;
            if verdict == Verdict::Contents {
                self.contents_title(at, &mut out);
            }
            at = if verdict == Verdict::Keep { at + 1 } else { self.tape.after(at) };
        }
        out
    }

    /// The heading just before a table of contents goes with it.
    fn contents_title(&self, at: u32, out: &mut [Verdict]) {
        let parent = self.tape.node(at).parent;
        for before in (parent + 1..at).rev().take(24) {
            let Some(tag) = self.tape.tag(before) else { continue };
            if self.tape.node(before).parent == parent && tag.is_block() {
                if words::is_contents_title(&self.tape.words(before, 80)) {
                    out[before as usize] = Verdict::Contents;
                }
                return;
            }
        }
    }

    fn says(&self, at: u32) -> Says {
        let mut says = self.tape.attr(at, Name::Class).map(words::says).unwrap_or_default();
        if let Some(id) = self.tape.attr(at, Name::Id) {
            says.join(words::says(id));
        }
        says
    }

    fn element(&self, at: u32, tag: Tag) -> Verdict {
        let weight = self.weights[at as usize];
        let around_all = tag == Tag::Body || self.spans_main(at);
        if around_all && tag != Tag::Nav {
            return Verdict::Keep;
        }
        let says = self.says(at);
        if weight.text == 0 {
            return Verdict::Keep;
        }
        if self.is_contents(at, tag, weight, says) {
            return Verdict::Contents;
        }
        if self.is_unseen(at, tag, weight, says) || self.is_way(at, tag, weight, says) {
            return Verdict::Nothing;
        }
        if self.book {
            return Verdict::Keep;
        }
        if self.is_site(at, tag, weight, says) && !self.is_needed(at, weight) {
            return Verdict::Site;
        }
        if self.in_main(at) {
            return Verdict::Keep;
        }
        // Beside the main text: its title, with what stands next to it, and what is too much to be repeated on each page.
        let beside_title = self.title.is_some_and(|t| t == at || self.tape.node(t).parent == at) && !weight.linked(30);
        if beside_title || self.title == Some(at) || (weight.prose() >= MUCH && !weight.linked(40)) {
            self.granted.set(self.tape.after(at));
            return Verdict::Keep;
        }
        if self.has_title(at) {
            return Verdict::Keep;
        }
        if tag.is_block() { Verdict::Site } else { Verdict::Nothing }
    }

    /// Whether the main text lies in this element.
    fn spans_main(&self, at: u32) -> bool {
        let end = self.tape.after(at);
        self.main.iter().any(|m| at <= *m && *m < end)
    }

    fn has_title(&self, at: u32) -> bool {
        self.title.is_some_and(|t| at <= t && t < self.tape.after(at))
    }

    /// Whether too much would go with it: a large share of the page, or its only title.
    fn is_needed(&self, at: u32, weight: Weight) -> bool {
        let share = u64::from(weight.prose()) * 100 >= u64::from(self.prose) * 30;
        (share && !weight.linked(50)) || (self.has_title(at) && !self.tape.is(at, Tag::Nav)) || self.spans_core(at)
    }

    fn spans_core(&self, at: u32) -> bool {
        self.core > 0 && at <= self.core && self.core < self.tape.after(at)
    }

    fn is_contents(&self, at: u32, tag: Tag, weight: Weight, says: Says) -> bool {
        use Tag::*;
        if !matches!(tag, Nav | Div | Ul | Ol | Dl | Section | Aside | Details | Table | P) {
            return false;
        }
        let role = |word| self.tape.has_word(at, Name::Role, word) || self.tape.has_word(at, Name::EpubType, word);
        let called = says.contents || role("doc-toc") || role("toc") || role("landmarks") || role("page-list");
        if called {
            return weight.linked(50) && weight.prose() < MUCH.max(weight.linked);
        }
        let own = weight.links >= 3 && weight.local * 10 >= weight.links * 9;
        own && tag != P && weight.linked(80)
    }

    /// Whether nobody is meant to see it.
    fn is_unseen(&self, at: u32, tag: Tag, weight: Weight, says: Says) -> bool {
        let tape = self.tape;
        let styled = tape.attr(at, Name::StyleOf).is_some_and(|style| {
            let style: String = style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase();
            style.contains("display:none") || style.contains("visibility:hidden") || style.contains("mso-hide:all")
        });
        let hidden = styled
            || tape.attr(at, Name::Hidden).is_some_and(|v| v != "until-found")
            || tape.attr(at, Name::AriaHidden) == Some("true");
        // Folded text is hidden too, until somebody unfolds it.
        (hidden && weight.prose() < 300) || (says.unseen && tag.level().is_none() && weight.text < 80)
    }

    /// Whether it is a link that only leads about the page, or a button.
    fn is_way(&self, at: u32, tag: Tag, weight: Weight, says: Says) -> bool {
        match tag {
            Tag::A => {
                let local = self.tape.attr(at, Name::Href).is_none_or(|h| h.starts_with('#'));
                (says.to_itself && weight.text <= 12)
                    || (weight.text <= 48 && (local || says.site) && words::is_way(&self.tape.words(at, 80)))
            }
            Tag::Button | Tag::Input | Tag::Option | Tag::Optgroup => {
                let titled = |t: Tag| t.level().is_some() || matches!(t, Tag::Summary | Tag::Dt);
                weight.text < 300 && self.tape.around(at, 4, titled).is_none()
            }
            _ => false,
        }
    }

    fn is_site(&self, at: u32, tag: Tag, weight: Weight, says: Says) -> bool {
        use Tag::*;
        let role = |words: &[&str]| words.iter().any(|w| self.tape.has_word(at, Name::Role, w));
        let inner = || {
            self.tape.around(at, 24, |t| matches!(t, Article | Section | Main | Blockquote)).is_some()
                || (!self.main.is_empty() && self.in_main(at))
        };
        if tag.level().is_some() {
            return false;
        }
        if tag == Nav || role(&["navigation", "menu", "menubar", "search", "toolbar"]) {
            return true;
        }
        if tag == Dialog || role(&["dialog", "alertdialog"]) {
            return true;
        }
        if tag == Header || role(&["banner"]) {
            return !inner();
        }
        if tag == Footer || role(&["contentinfo"]) {
            return !says.note && (!inner() || (weight.linked(50) && weight.links > 1));
        }
        if tag == Aside || role(&["complementary"]) {
            let remark = says.remark || says.note || role(&["note", "doc-footnote"]);
            return !remark && (!inner() || weight.linked(40) || says.site);
        }
        if tag == Form {
            return weight.prose() < 2 * MUCH;
        }
        if says.foot && !inner() && tag.is_block() {
            return true;
        }
        let container = tag.is_block() || tag == Span;
        if container && says.site {
            return weight.prose() < MUCH || weight.linked(50);
        }
        if container && says.beside && !self.in_core(at) {
            return weight.prose() < MUCH;
        }
        if container && (says.links || says.beside) && weight.links > 0 {
            return weight.linked(70) && weight.prose() < 120;
        }
        // A list of links beside the text.
        let beside = !self.in_core(at) && matches!(tag, Ul | Ol | Div | Table | P | Section | Center);
        beside && weight.links >= 4 && weight.linked(75)
    }

    /// Whether it lies where nearly all prose is.
    fn in_core(&self, at: u32) -> bool {
        self.core <= at && at < self.tape.after(self.core)
    }
}
