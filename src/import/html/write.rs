//! Tape to pieces: a walk over what was kept, which tells the scribe where blocks, lists and styles begin and end.

use super::article::Verdict;
use super::notes::Notes;
use super::tags::{Name, Tag};
use super::tape::{Kind, Tape};
use super::{marker, words};
use crate::doc::{BlockKind, FurnitureKind, SpanStyle};
use crate::import::ImportError;
use crate::import::budget::Budget;
use crate::import::scribe::Scribe;
use rustc_hash::FxHashMap;

/// Writes a page.
pub(super) struct Writer<'a> {
    pub(super) tape: &'a Tape,
    pub(super) scribe: &'a mut Scribe,
    pub(super) budget: &'a Budget<'a>,
    verdicts: &'a [Verdict],
    notes: Notes,
    /// Blocks we are in.
    blocks: Vec<Open>,
    /// Styles we are in.
    styles: Vec<Style>,
    /// Notes whose marks have been written, to be set when the block is complete.
    pending: Vec<usize>,
    /// Line ends asked for since the last text.
    breaks: u32,
    /// How many preformatted elements we are in.
    pre: u32,
    /// At the start of a note, where its label may stand.
    note_head: Option<String>,
    in_note: bool,
    /// Whether paragraphs begin with raised labels that nothing leads to.
    loose_notes: bool,
    plan: Plan,
    /// Pages begun.
    pages: u32,
}

/// What is known of a page from elsewhere.
#[derive(Default)]
pub(super) struct Plan {
    /// Elements that are headings of another level than their own, or that look like none.
    pub(super) levels: FxHashMap<u32, u8>,
    /// Headings that stand nowhere, by the element they belong before.
    pub(super) titles: FxHashMap<u32, Vec<(String, u8)>>,
    /// Pages of a printed edition, by the element they begin at, as they are numbered there.
    pub(super) pages: FxHashMap<u32, String>,
    /// Whether the source has lines to point at.
    pub(super) lines: bool,
}

/// A block that is open, and what its end means.
struct Open {
    end: u32,
    close: Close,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Close {
    Block,
    List,
    Item,
    /// An item outside any list.
    LoneItem,
    Quote,
    Definition,
    Pre,
    /// A heading's or term's words in a cell or remark.
    Text(&'static str),
}

/// A style that is open.
struct Style {
    style: SpanStyle,
    end: u32,
    /// Whether the scribe knows of it.
    on: bool,
}

/// Deeper styles inside each other are not kept.
const MAX_STYLES: usize = 24;

impl<'a> Writer<'a> {
    pub(super) fn new(
        tape: &'a Tape,
        scribe: &'a mut Scribe,
        budget: &'a Budget<'a>,
        verdicts: &'a [Verdict],
        notes: Notes,
        plan: Plan,
    ) -> Self {
        let loose_notes = notes.is_empty() && loose_notes(tape);
        Writer {
            tape,
            scribe,
            budget,
            verdicts,
            notes,
            blocks: Vec::new(),
            styles: Vec::new(),
            pending: Vec::new(),
            breaks: 0,
            pre: 0,
            note_head: None,
            in_note: false,
            loose_notes,
            plan,
            pages: 0,
        }
    }

    /// Writes everything.
    pub(super) fn page(mut self) -> Result<(), ImportError> {
        self.walk(1..self.tape.len())?;
        self.end_block();
        self.set_notes()
    }

    /// Writes a stretch of the tape.
    pub(super) fn walk(&mut self, range: std::ops::Range<u32>) -> Result<(), ImportError> {
        let outer = self.blocks.len();
        let mut at = range.start;
        while at < range.end {
            self.budget.node()?;
            self.leave(at, outer)?;
            at = self.step(at)?;
        }
        self.leave(u32::MAX, outer)
    }

    /// Writes what stands at a place and gives the next one.
    fn step(&mut self, at: u32) -> Result<u32, ImportError> {
        let tape = self.tape;
        match self.verdicts[at as usize] {
            Verdict::Keep => {}
            Verdict::Nothing => return Ok(tape.after(at)),
            verdict => {
                let kind = if verdict == Verdict::Contents { FurnitureKind::Contents } else { FurnitureKind::Site };
                let text = tape.words(at, 200);
                if !text.is_empty() {
                    self.scribe.draft.leave_out(kind, &text);
                }
                if tape.tag(at).is_some_and(Tag::is_block) {
                    self.border()?;
                }
                return Ok(tape.after(at));
            }
        }
        if self.notes.is_note(at) && !self.in_note {
            self.border()?;
            return Ok(tape.after(at));
        }
        match tape.node(at).kind {
            Kind::Text => {
                self.text(at)?;
                Ok(at + 1)
            }
            Kind::Element(tag) => self.element(at, tag),
        }
    }

    /// Ends what ends before this place.
    fn leave(&mut self, at: u32, outer: usize) -> Result<(), ImportError> {
        while self.styles.iter().any(|s| s.end <= at) && (at != u32::MAX || outer == 0) {
            if let Some(n) = self.styles.iter().rposition(|s| s.end <= at) {
                let gone = self.styles.remove(n);
                if gone.on {
                    self.scribe.unmark(|s| *s == gone.style);
                }
            }
        }
        while self.blocks.len() > outer && self.blocks.last().is_some_and(|b| b.end <= at) {
            if let Some(block) = self.blocks.pop() {
                self.close(block.close)?;
            }
        }
        Ok(())
    }

    fn close(&mut self, close: Close) -> Result<(), ImportError> {
        self.end_block();
        let in_table = self.scribe.in_table();
        match close {
            Close::Block => {}
            Close::List if !in_table => self.scribe.end_list(),
            Close::Item if !in_table => self.scribe.end_item(),
            Close::LoneItem if !in_table => {
                self.scribe.end_item();
                self.scribe.end_list();
            }
            Close::Definition if !in_table => {
                self.scribe.end_item();
                self.scribe.end_list();
            }
            Close::Quote if !in_table => self.scribe.end_quote(),
            Close::Pre => self.pre = self.pre.saturating_sub(1),
            Close::Text(text) => self.scribe.text(text),
            _ => {}
        }
        self.set_notes()
    }

    /// A border between blocks: what is open ends, and notes are set where they can be.
    pub(super) fn border(&mut self) -> Result<(), ImportError> {
        self.end_block();
        self.set_notes()
    }

    /// Ends the block that is open; in a cell, whose blocks stay one, a blank parts them.
    fn end_block(&mut self) {
        self.breaks = 0;
        if self.scribe.in_table() {
            return self.scribe.text(" ");
        }
        for style in self.styles.iter_mut().rev().filter(|s| s.on) {
            style.on = false;
            self.scribe.unmark(|s| *s == style.style);
        }
        self.scribe.close();
    }

    /// Sets the notes that wait, unless we are in the middle of a list or a table.
    fn set_notes(&mut self) -> Result<(), ImportError> {
        if self.pending.is_empty() || self.in_note || self.scribe.in_table() || self.scribe.list_depth() > 0 {
            return Ok(());
        }
        let styles = std::mem::take(&mut self.styles);
        self.in_note = true;
        for note in std::mem::take(&mut self.pending) {
            let (label, at) = {
                let note = self.notes.get(note);
                (note.label.clone(), note.at)
            };
            self.scribe.footnote(&label);
            self.note_head = Some(label);
            // Not the element itself: an item of a list of notes is no item.
            self.walk(self.tape.inside(at))?;
            self.end_block();
            self.note_head = None;
            self.scribe.end_footnote();
        }
        self.in_note = false;
        self.styles = styles;
        Ok(())
    }

    pub(super) fn at_line(&mut self, at: u32) {
        if self.plan.lines {
            self.scribe.line = self.tape.node(at).line;
        }
    }

    fn open(&mut self, at: u32, close: Close) {
        self.blocks.push(Open { end: self.tape.after(at), close });
    }

    fn style(&mut self, at: u32, style: SpanStyle) {
        if self.styles.len() < MAX_STYLES {
            self.styles.push(Style { style, end: self.tape.after(at), on: false });
        }
    }

    /// Makes the scribe know of all styles we are in.
    fn put_on(&mut self) {
        for style in self.styles.iter_mut().filter(|s| !s.on) {
            style.on = true;
            self.scribe.mark(style.style.clone());
        }
    }

    fn text(&mut self, at: u32) -> Result<(), ImportError> {
        let text = self.tape.text_at(at);
        if self.pre > 0 && !self.scribe.in_table() {
            self.at_line(at);
            if !self.scribe.is_open() {
                if text.trim_matches('\n').is_empty() {
                    return Ok(());
                }
                self.scribe.begin(BlockKind::Code);
            }
            self.scribe.text(text);
            return Ok(());
        }
        let text = text.trim_start_matches('\n');
        let text = if text.len() < self.tape.text_at(at).len() && self.scribe.is_open() {
            self.scribe.text(" ");
            text
        } else {
            text
        };
        if text.trim().is_empty() {
            if self.scribe.is_open() && !text.is_empty() {
                self.scribe.text(" ");
            }
            return Ok(());
        }
        let text = match self.after_label(text) {
            Some(rest) if rest.trim().is_empty() => return Ok(()),
            Some(rest) => rest,
            None => text,
        };
        self.words(at, text)
    }

    /// Writes words, with the line ends and styles that wait for them.
    fn words(&mut self, at: u32, text: &str) -> Result<(), ImportError> {
        if self.breaks > 0 && self.scribe.is_open() {
            if self.scribe.in_table() {
                self.scribe.text(" ");
            } else if self.breaks > 1 {
                self.border()?;
            } else {
                self.scribe.line_end(true);
            }
        }
        self.breaks = 0;
        self.at_line(at);
        let bare = text.trim_start();
        if bare.len() < text.len() {
            self.scribe.text(" ");
        }
        self.put_on();
        self.scribe.text(bare);
        Ok(())
    }

    /// At the start of a note its label is written again; what comes after it. `None` elsewhere.
    fn after_label<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let label = self.note_head.as_deref()?;
        let marks = |c: char| c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | '^' | '↑' | '↩');
        let rest = text.trim_start_matches(marks);
        if rest.is_empty() {
            return Some("");
        }
        let after = rest.strip_prefix(label).filter(|r| !r.starts_with(char::is_alphanumeric));
        let rest = match after {
            Some(after) => after.trim_start_matches(|c: char| marks(c) || matches!(c, '.' | ':')),
            // A bracket that opens the note's own words stays.
            None => text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ']' | ')' | '^' | '↑' | '↩')),
        };
        if !rest.is_empty() {
            self.note_head = None;
        }
        Some(rest)
    }

    fn element(&mut self, at: u32, tag: Tag) -> Result<u32, ImportError> {
        let tape = self.tape;
        let in_table = self.scribe.in_table();
        if tag.is_block() {
            self.border()?;
            self.at_line(at);
        }
        if self.page_begins(at) {
            return Ok(tape.after(at));
        }
        for (title, level) in self.plan.titles.remove(&at).unwrap_or_default() {
            self.scribe.begin(BlockKind::Heading { level });
            self.scribe.text(&title);
            self.scribe.close();
        }
        let heading = self.plan.levels.get(&at).copied().or_else(|| tag.level()).or_else(|| {
            let level = || tape.attr(at, Name::AriaLevel).and_then(|l| l.trim().parse().ok()).unwrap_or(2);
            tape.has_word(at, Name::Role, "heading").then(level)
        });
        // The second line of a title is no section.
        let second = |at| tape.has_word(at, Name::Class, "subtitle");
        if let Some(level) = heading.filter(|_| !second(at)) {
            self.heading(at, level.clamp(1, 6));
            return Ok(at + 1);
        }
        match tag {
            Tag::Table if !in_table && super::table::is_data(tape, at) => {
                self.table(at)?;
                self.border()?;
                return Ok(tape.after(at));
            }
            Tag::P | Tag::Div if tape.attr(at, Name::Class).is_some_and(|c| c.contains("Mso")) => self.word(at),
            Tag::Ul | Tag::Ol | Tag::Menu | Tag::Dir | Tag::Dl if !in_table => {
                self.scribe.list((tag == Tag::Ol).then(|| marker::start(tape, at)));
                self.open(at, Close::List);
            }
            Tag::Li => self.item(at),
            Tag::Dt => {
                if !in_table {
                    self.scribe.item("");
                }
                self.style(at, SpanStyle::Strong);
                self.open(at, if in_table { Close::Text(": ") } else { Close::Item });
            }
            Tag::Dd if !in_table => {
                self.scribe.list(None);
                self.scribe.item("");
                self.open(at, Close::Definition);
            }
            Tag::Blockquote if !in_table => {
                self.scribe.quote();
                self.open(at, Close::Quote);
            }
            Tag::Pre | Tag::Xmp | Tag::Plaintext if !in_table => {
                self.pre += 1;
                self.open(at, Close::Pre);
            }
            Tag::Summary | Tag::Legend => {
                self.style(at, SpanStyle::Strong);
                self.open(at, Close::Block);
            }
            Tag::Hr => {}
            _ if tag.is_block() => self.open(at, Close::Block),
            _ => return self.inline(at, tag),
        }
        Ok(at + 1)
    }

    fn heading(&mut self, at: u32, level: u8) {
        let tape = self.tape;
        let remark = || {
            tape.around(at, 3, |t| !matches!(t, Tag::Body | Tag::Main | Tag::Article)).is_some() && {
                let mut place = at;
                (0..3).any(|_| {
                    place = tape.node(place).parent;
                    tape.attr(place, Name::Class).is_some_and(|c| words::says(c).remark)
                        && !matches!(tape.tag(place), Some(Tag::Body | Tag::Main | Tag::Article | Tag::Section))
                })
            }
        };
        if self.scribe.in_table() || self.in_note || remark() {
            self.style(at, SpanStyle::Strong);
        } else {
            self.scribe.begin(BlockKind::Heading { level });
            if tape.words(at, 8).is_empty()
                && let Some(alt) = tape.inside(at).take(32).find_map(|i| tape.attr(i, Name::Alt))
            {
                self.scribe.text(alt);
            }
        }
        self.open(at, Close::Block);
    }

    /// Notes that a page of the printed edition begins; `true` when the element stands for nothing else.
    fn page_begins(&mut self, at: u32) -> bool {
        let tape = self.tape;
        let mark = tape.has_word(at, Name::EpubType, "pagebreak") || tape.has_word(at, Name::Role, "doc-pagebreak");
        let listed = self.plan.pages.remove(&at);
        if mark || listed.is_some() {
            let said = || tape.attr(at, Name::TitleOf).or_else(|| tape.attr(at, Name::AriaLabel)).map(str::to_string);
            let words = || Some(tape.words(at, 12)).filter(|w| !w.is_empty() && w.len() <= 12 && mark);
            let label = listed.or_else(said).or_else(words).map(|l| l.trim_end_matches('.').to_string());
            self.pages = self.pages.saturating_add(1);
            self.scribe.page(self.pages, label);
        }
        mark
    }

    fn item(&mut self, at: u32) {
        if self.scribe.in_table() {
            self.scribe.text("• ");
            return self.open(at, Close::Block);
        }
        let lone = self.scribe.list_depth() == 0;
        if lone {
            self.scribe.list(None);
        }
        let marker = marker::of_item(self.tape, at, self.scribe.number());
        self.scribe.item(marker);
        self.open(at, if lone { Close::LoneItem } else { Close::Item });
    }

    /// A paragraph as Word exports it: what it is stands in its class and style.
    fn word(&mut self, at: u32) {
        let tape = self.tape;
        let class = tape.attr(at, Name::Class).unwrap_or_default();
        if class.contains("MsoTitle") && !self.scribe.in_table() {
            self.scribe.begin(BlockKind::Heading { level: 1 });
        } else if let Some((depth, marker)) = marker::of_word(tape, at).filter(|_| !self.scribe.in_table()) {
            for _ in 0..=depth {
                self.scribe.list(None);
                self.open(at, Close::List);
            }
            self.scribe.item(marker);
            return self.open(at, Close::Item);
        }
        self.open(at, Close::Block);
    }

    fn inline(&mut self, at: u32, tag: Tag) -> Result<u32, ImportError> {
        let tape = self.tape;
        if matches!(tag, Tag::Sup | Tag::A | Tag::Span) && self.marks(at) {
            return Ok(tape.after(at));
        }
        match tag {
            Tag::Br if self.pre > 0 && !self.scribe.in_table() => self.scribe.text("\n"),
            Tag::Br => self.breaks += 1,
            Tag::B | Tag::Strong => self.style(at, SpanStyle::Strong),
            Tag::I | Tag::Em | Tag::Cite | Tag::Var => self.style(at, SpanStyle::Emphasis),
            Tag::Code | Tag::Kbd | Tag::Samp | Tag::Tt if self.pre == 0 => self.style(at, SpanStyle::Code),
            Tag::S | Tag::Del | Tag::Strike => self.style(at, SpanStyle::Strike),
            Tag::Sup => return self.raised(at),
            Tag::Q => {
                self.words(at, "“")?;
                self.open(at, Close::Text("”"));
            }
            Tag::A => {
                if self.in_note && self.leads_back(at) {
                    return Ok(tape.after(at));
                }
                let href = tape.attr(at, Name::Href).unwrap_or_default().trim();
                let whole = ["http://", "https://", "mailto:"]
                    .iter()
                    .any(|s| href.get(..s.len()).is_some_and(|h| h.eq_ignore_ascii_case(s)));
                if whole {
                    self.style(at, SpanStyle::Link(href.to_string()));
                }
            }
            Tag::Span => {
                let style = tape.attr(at, Name::StyleOf).unwrap_or_default();
                if style.contains("mso-list:Ignore") || style.contains("mso-list: Ignore") {
                    return Ok(tape.after(at));
                }
                let has = |names: &[&str]| names.iter().any(|n| style.contains(n));
                if has(&["font-weight:bold", "font-weight: bold", "font-weight:700", "font-weight: 700"]) {
                    self.style(at, SpanStyle::Strong);
                }
                if has(&["font-style:italic", "font-style: italic"]) {
                    self.style(at, SpanStyle::Emphasis);
                }
            }
            Tag::Img if tape.attr(at, Name::Class).is_some_and(|c| c.contains("math") || c.contains("tex")) => {
                if let Some(alt) = tape.attr(at, Name::Alt) {
                    self.words(at, alt)?;
                }
            }
            Tag::Input
                if tape.attr(at, Name::Type) == Some("checkbox")
                    && !self.scribe.is_open()
                    && !self.scribe.in_table() =>
            {
                let ticked = tape.attr(at, Name::Checked).is_some();
                if self.scribe.list_depth() > 0 {
                    self.scribe.set_marker(if ticked { "☒" } else { "☐" });
                }
            }
            _ => {}
        }
        Ok(at + 1)
    }

    /// Writes the marks of notes that an element stands for; `false` when it holds other text too.
    fn marks(&mut self, at: u32) -> bool {
        let tape = self.tape;
        if self.notes.is_empty() || tape.after(at) - at > 40 {
            return false;
        }
        let here: Vec<u32> = (at..tape.after(at)).filter(|i| self.notes.is_mark(*i)).collect();
        let Some(first) = here.first() else { return false };
        if tape.is(at, Tag::Span) && tape.words(at, 24).len() > 8 {
            return false;
        }
        debug_assert!(*first >= at);
        // A raised "see also" beside the mark is text.
        let other = tape.words(at, 64).chars().filter(|c| c.is_alphabetic()).count();
        if other > 6 {
            return false;
        }
        self.at_line(at);
        for (n, mark) in here.iter().enumerate() {
            if n > 0 {
                self.scribe.text(" ");
            }
            if let Some((index, note)) = self.notes.of_link(*mark) {
                let label = note.label.clone();
                if !std::mem::replace(&mut note.taken, true) {
                    self.pending.push(index);
                }
                self.scribe.note_ref(&label);
            }
        }
        true
    }

    /// Whether a link in a note leads back to its mark.
    fn leads_back(&self, at: u32) -> bool {
        let local = self.tape.attr(at, Name::Href).is_some_and(|h| h.contains('#'));
        let text = self.tape.words(at, 40);
        let plain = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let back = self.tape.has_word(at, Name::Role, "doc-backlink")
            || self.tape.has_word(at, Name::Class, "footnote-back")
            || matches!(plain.as_str(), "" | "back" | "terug" | "jump up" | "omhoog");
        local && (back || self.note_head.as_deref().is_some_and(|label| plain == label.to_lowercase()))
    }

    /// Raised text that is no link: the mark of a note where the page has such, else small digits, else words.
    fn raised(&mut self, at: u32) -> Result<u32, ImportError> {
        let text = self.tape.words(at, 16);
        let digits = !text.is_empty() && text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit());
        if !digits || self.pre > 0 {
            return Ok(at + 1);
        }
        if self.note_head.as_deref() == Some(text.as_str()) {
            return Ok(self.tape.after(at));
        }
        self.at_line(at);
        if self.loose_notes && !self.scribe.in_table() {
            if self.breaks > 0 {
                self.border()?;
            }
            self.scribe.mark(SpanStyle::NoteRef(String::new()));
            self.scribe.text(&text);
            if let Some((_, range)) = self.scribe.lift(|s| matches!(s, SpanStyle::NoteRef(_))) {
                self.scribe.raise(range);
            }
        } else {
            let raised = marker::raised(&text);
            self.words(at, &raised)?;
        }
        Ok(self.tape.after(at))
    }
}

/// Whether a paragraph of the page begins with a raised number: then raised numbers elsewhere lead to it.
fn loose_notes(tape: &Tape) -> bool {
    (1..tape.len()).any(|at| {
        let first = tape.is(at, Tag::Sup) && tape.tag(at - 1).is_some_and(|t| matches!(t, Tag::P | Tag::Div | Tag::Br));
        first && tape.words(at, 8).parse::<u16>().is_ok()
    })
}
