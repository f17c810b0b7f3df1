//! Tape to pieces: a walk over what was kept, which tells the scribe where blocks, lists and styles begin and end.

use super::article::Verdict;
use super::inline::loose_notes;
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
    pub(super) notes: Notes,
    /// Blocks we are in.
    blocks: Vec<Open>,
    /// Styles we are in.
    styles: Vec<Style>,
    /// Notes whose marks have been written, to be set when the block is complete.
    pub(super) pending: Vec<usize>,
    /// Line ends asked for since the last text.
    pub(super) breaks: u32,
    /// How many preformatted elements we are in.
    pub(super) pre: u32,
    /// At the start of a note, where its label may stand.
    pub(super) note_head: Option<String>,
    pub(super) in_note: bool,
    /// The title of a remark has been written, and its text goes on behind it.
    run_in: bool,
    /// Whether paragraphs begin with raised labels that nothing leads to.
    pub(super) loose_notes: bool,
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
pub(super) enum Close {
    Block,
    List,
    Item,
    /// An item outside any list.
    LoneItem,
    Quote,
    Definition,
    Pre,
    /// The title of a remark, after which its text goes on in the same line.
    RunIn,
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
            run_in: false,
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
        if close == Close::RunIn {
            self.run_in = self.scribe.is_open();
            return Ok(());
        }
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
        if self.run_in {
            return;
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

    pub(super) fn open(&mut self, at: u32, close: Close) {
        self.blocks.push(Open { end: self.tape.after(at), close });
    }

    pub(super) fn style(&mut self, at: u32, style: SpanStyle) {
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
    pub(super) fn words(&mut self, at: u32, text: &str) -> Result<(), ImportError> {
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
        if std::mem::take(&mut self.run_in) && self.scribe.is_open() {
            self.scribe.text(if self.scribe.draft.text.ends_with([':', '.', '!', '?']) { " " } else { ": " });
        }
        let bare = text.trim_start();
        if bare.len() < text.len() {
            self.scribe.text(" ");
        }
        self.put_on();
        self.scribe.text(bare);
        Ok(())
    }

    fn element(&mut self, at: u32, tag: Tag) -> Result<u32, ImportError> {
        let tape = self.tape;
        let in_table = self.scribe.in_table();
        if tag.is_block() {
            // Only running text goes on behind the title of a remark.
            self.run_in &= matches!(tag, Tag::P | Tag::Div);
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
        if let Some(level) = heading.filter(|level| !self.is_title_line(at, *level)) {
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

    /// Whether a heading is the second line of a title, and begins no section.
    fn is_title_line(&self, at: u32, level: u8) -> bool {
        let tape = self.tape;
        let parent = tape.node(at).parent;
        let below = level > 1 && (tape.is(parent, Tag::Hgroup) || tape.has_word(parent, Name::Class, "head"));
        below || tape.attr(at, Name::Class).is_some_and(|c| words::says(c).title_line)
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
        if self.scribe.in_table() || self.in_note {
            self.style(at, SpanStyle::Strong);
        } else if remark() {
            self.style(at, SpanStyle::Strong);
            return self.open(at, Close::RunIn);
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
}
