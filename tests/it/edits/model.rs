//! A report as the generators edit it: every character knows which character of the old text it is or stands in for, so
//! that where a passage went is known from how the edit was made and never from looking for it.

use kantlijn::doc::{BlockKind, Document};
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

/// A character that the old text did not have.
pub const NEW: u32 = u32::MAX;

/// Characters of the old text, numbered through all blocks.
pub type Ids = Range<u32>;

/// A character and where it comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ch {
    /// The character.
    pub c: char,
    /// Its number in the old text, or [`NEW`].
    pub from: u32,
    /// It was put there by a change of something that may not change unseen: a figure, a negation, a name.
    pub touched: bool,
}

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// A heading of a level from 1 (the report's title) on.
    Heading(u8),
    /// Running text.
    Para,
    /// An item of a list.
    Item(Marker),
}

/// How the items of a list are marked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// A bullet.
    Bullet,
    /// 1. 2. 3.
    Number,
}

/// A block of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// What it is.
    pub shape: Shape,
    /// Its text.
    pub text: Vec<Ch>,
}

impl Block {
    /// A block of text that is new.
    pub fn new(shape: Shape, text: &str) -> Self {
        Block { shape, text: fresh(text, false) }
    }

    /// Its text.
    pub fn string(&self) -> String {
        self.text.iter().map(|c| c.c).collect()
    }

    /// Whether it is a heading below the title.
    pub fn heads(&self) -> bool {
        matches!(self.shape, Shape::Heading(2..))
    }
}

/// Characters that are new.
pub fn fresh(text: &str, touched: bool) -> Vec<Ch> {
    text.chars().map(|c| Ch { c, from: NEW, touched }).collect()
}

/// A report.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Its blocks; the first is the title.
    pub blocks: Vec<Block>,
    /// Characters of the old text that were taken out or replaced though they may not change unseen.
    pub struck: BTreeSet<u32>,
    /// How many provisional numbers [`Report::add`] has given out.
    spare: u32,
}

/// Where provisional numbers begin.
const SPARE: u32 = 1 << 24;

impl Report {
    /// A report of these blocks.
    pub fn new(blocks: Vec<Block>) -> Self {
        Report { blocks, ..Report::default() }
    }

    /// The headings, paragraphs and lists of a document, without characters that would be marks in another format.
    pub fn of(doc: &Document) -> Self {
        let plain = |text: &str| {
            let chars = text.chars().map(|c| if "*_[]<>|\\`#~$^{}&\t\n".contains(c) { ' ' } else { c });
            chars.collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let mut report = Report::default();
        for block in doc.blocks() {
            let shape = match &block.kind {
                BlockKind::Heading { level } => Shape::Heading(*level),
                BlockKind::Paragraph | BlockKind::Quote => Shape::Para,
                BlockKind::Item { marker, .. } if marker.starts_with(|c: char| c.is_ascii_digit()) => {
                    Shape::Item(Marker::Number)
                }
                BlockKind::Item { .. } => Shape::Item(Marker::Bullet),
                _ => continue,
            };
            let text = plain(doc.slice(block.range));
            if text.chars().filter(|c| c.is_alphabetic()).count() > 3 {
                report.blocks.push(Block::new(shape, &text));
            }
        }
        report
    }

    /// Makes this the old text: its characters are numbered.
    pub fn number(&mut self) {
        self.struck.clear();
        for (n, c) in self.blocks.iter_mut().flat_map(|b| &mut b.text).enumerate() {
            (c.from, c.touched) = (n as u32, false);
        }
    }

    /// Adds a sentence to a block that was numbered; its numbers hold until [`Report::settle`].
    pub fn add(&mut self, block: usize, text: &str) -> Ids {
        let from = SPARE + self.spare;
        let put = text.chars().enumerate().map(|(n, c)| Ch { c, from: from + n as u32, touched: false });
        self.spare += text.chars().count() as u32;
        let into = &mut self.blocks[block].text;
        if !into.is_empty() {
            into.extend(fresh(" ", false));
        }
        into.extend(put);
        from..SPARE + self.spare
    }

    /// Numbers a report anew to which something was added, and tells the new numbers of the old ones.
    pub fn settle(&mut self) -> impl Fn(&Ids) -> Ids + use<> {
        let was: Vec<u32> = self.blocks.iter().flat_map(|b| &b.text).map(|c| c.from).collect();
        self.number();
        let now: HashMap<u32, u32> = was.into_iter().zip(0..).filter(|(was, _)| *was != NEW).collect();
        move |ids| now[&ids.start]..now[&(ids.end - 1)] + 1
    }

    /// The block and the place in it of a character of the old text, where that still is.
    pub fn find(&self, id: u32) -> Option<(usize, usize)> {
        let at = |(b, block): (usize, &Block)| Some((b, block.text.iter().position(|c| c.from == id)?));
        self.blocks.iter().enumerate().find_map(at)
    }

    /// Puts other text in the place of characters of the old text that stand side by side; `protected` when what is
    /// changed may not change unseen. What is put there stands in for what it replaces.
    pub fn replace(&mut self, ids: &Ids, with: &str, protected: bool) {
        let Some((b, from)) = self.find(ids.start) else { return };
        let Some((end, last)) = self.find(ids.end - 1) else { return };
        if end != b || last < from {
            return;
        }
        if protected {
            self.struck.extend(ids.clone());
        }
        let (old, new) = ((last + 1 - from), with.chars().count());
        let stands_for = |i: usize| match () {
            () if new <= old && i < new / 2 => self.blocks[b].text[from + i].from,
            () if new <= old => self.blocks[b].text[last + 1 + i - new].from,
            () if i < old / 2 => self.blocks[b].text[from + i].from,
            () if i >= new - (old - old / 2) => self.blocks[b].text[last + 1 + i - new].from,
            () => NEW,
        };
        let put: Vec<_> =
            with.chars().enumerate().map(|(i, c)| Ch { c, from: stands_for(i), touched: protected }).collect();
        self.blocks[b].text.splice(from..=last, put);
    }

    /// Puts text before a character of the old text.
    pub fn insert(&mut self, before: u32, text: &str, protected: bool) {
        if let Some((b, at)) = self.find(before) {
            self.blocks[b].text.splice(at..at, fresh(text, protected));
        }
    }

    /// Takes characters of the old text out and returns them, with one blank of those that stood around them.
    pub fn cut(&mut self, ids: &Ids) -> Vec<Ch> {
        let Some((b, from)) = self.find(ids.start) else { return Vec::new() };
        let text = &mut self.blocks[b].text;
        let to = text.iter().rposition(|c| ids.contains(&c.from)).map_or(from, |at| at + 1);
        let out = text.drain(from..to).collect();
        if text.get(from).is_some_and(|c| c.c == ' ') {
            text.remove(from);
        } else if from == text.len() && text.last().is_some_and(|c| c.c == ' ') {
            text.pop();
        }
        self.blocks.retain(|b| !b.text.is_empty());
        out
    }

    /// The blocks of the section that begins at a heading: up to the next of its level or above.
    pub fn section(&self, heading: usize) -> Range<usize> {
        let Shape::Heading(level) = self.blocks[heading].shape else { return heading..heading + 1 };
        let ends = |b: &Block| matches!(b.shape, Shape::Heading(other) if other <= level);
        let end = self.blocks[heading + 1..].iter().position(ends);
        heading..end.map_or(self.blocks.len(), |n| heading + 1 + n)
    }

    /// The chapters: sections of the highest level below the title.
    pub fn chapters(&self) -> Vec<Range<usize>> {
        let levels = self.blocks.iter().filter_map(|b| match b.shape {
            Shape::Heading(level @ 2..) => Some(level),
            _ => None,
        });
        let Some(top) = levels.min() else { return Vec::new() };
        let heads = (0..self.blocks.len()).filter(|n| self.blocks[*n].shape == Shape::Heading(top));
        heads.map(|n| self.section(n)).collect()
    }

    /// The sentences of running text, of 30 to 400 characters, by the numbers of their characters.
    pub fn sentences(&self) -> Vec<Ids> {
        let mut out = Vec::new();
        for block in self.blocks.iter().filter(|b| b.shape == Shape::Para) {
            let text = &block.text;
            let mut from = 0;
            for at in 0..text.len() {
                let ends = ".?!".contains(text[at].c) && text.get(at + 1).is_none_or(|c| c.c == ' ');
                let begins = text.get(at + 2).is_none_or(|c| c.c.is_uppercase());
                if ends && begins {
                    if (30..400).contains(&(at + 1 - from)) && text[from].c.is_uppercase() {
                        out.push(text[from].from..text[at].from + 1);
                    }
                    from = at + 2;
                }
            }
        }
        out
    }

    /// The text of these characters, blocks parted by line ends. Of the old text only.
    pub fn text(&self, ids: &Ids) -> String {
        let mut out = String::new();
        let holds = |b: &&Block| b.text[0].from < ids.end && b.text[b.text.len() - 1].from >= ids.start;
        for block in self.blocks.iter().filter(holds) {
            let inside: String = block.text.iter().filter(|c| ids.contains(&c.from)).map(|c| c.c).collect();
            if !out.is_empty() && !inside.is_empty() {
                out.push('\n');
            }
            out.push_str(&inside);
        }
        out
    }

    /// The characters of a block of the old text.
    pub fn ids(&self, block: usize) -> Ids {
        let text = &self.blocks[block].text;
        text[0].from..text[text.len() - 1].from + 1
    }
}

/// An edit the other way round: the edited text becomes the old one, what it was made from the new one.
pub fn reversed(old: &Report, new: &Report) -> (Report, Report) {
    let mut from = new.clone();
    from.number();
    let edited: Vec<_> = new.blocks.iter().flat_map(|b| &b.text).collect();
    let numbers = edited.iter().zip(0..);
    let back: HashMap<u32, u32> = numbers.filter(|(c, _)| c.from != NEW).map(|(c, n)| (c.from, n)).collect();
    let mut to = old.clone();
    to.struck = edited.iter().zip(0..).filter(|(c, _)| c.touched).map(|(_, n)| n).collect();
    for c in to.blocks.iter_mut().flat_map(|b| &mut b.text) {
        c.touched = new.struck.contains(&c.from);
        c.from = back.get(&c.from).copied().unwrap_or(NEW);
    }
    (from, to)
}
