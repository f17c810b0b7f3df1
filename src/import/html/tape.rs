//! A page as a tape: its elements and stretches of text in the order of the source, each element knowing where it ends.
//! Trees of nodes cost more, and the walk over a tape needs no recursion.

use super::tags::{Name, Tag};

/// An element or a stretch of text.
pub(super) struct Node {
    pub(super) kind: Kind,
    /// How many attributes an element has.
    attrs: u16,
    /// The element it lies in; the first one lies in itself.
    pub(super) parent: u32,
    /// An element's first attribute; where a text begins in [`Tape::text`].
    start: u32,
    /// The first node after an element's content; where a text ends.
    pub(super) end: u32,
    /// The line of the source it begins on.
    pub(super) line: u32,
}

/// What a node is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Element(Tag),
}

struct Attr {
    name: Name,
    start: u32,
    end: u32,
}

/// A page.
#[derive(Default)]
pub(super) struct Tape {
    pub(super) nodes: Vec<Node>,
    pub(super) text: String,
    attrs: Vec<Attr>,
    values: String,
}

/// No value that we look at is longer; pictures are written into some.
const LONGEST_VALUE: usize = 4096;

impl Tape {
    /// Adds an element without content and gives its place.
    pub(super) fn element(&mut self, tag: Tag, parent: u32, line: u32) -> u32 {
        let at = self.nodes.len() as u32;
        let start = self.attrs.len() as u32;
        self.nodes.push(Node { kind: Kind::Element(tag), attrs: 0, parent, start, end: at + 1, line });
        at
    }

    /// Gives an attribute to the element that was added last.
    pub(super) fn attribute(&mut self, name: Name, value: &str) {
        let Some(node) = self.nodes.last_mut() else { return };
        let mut end = value.len().min(LONGEST_VALUE);
        while !value.is_char_boundary(end) {
            end -= 1;
        }
        let start = self.values.len() as u32;
        self.values.push_str(&value[..end]);
        self.attrs.push(Attr { name, start, end: self.values.len() as u32 });
        node.attrs = node.attrs.saturating_add(1);
    }

    /// Adds text to what was written last, where that is text of the same line.
    pub(super) fn push_text(&mut self, text: &str, parent: u32, line: u32) {
        let start = self.text.len() as u32;
        self.text.push_str(text);
        let end = self.text.len() as u32;
        match self.nodes.last_mut() {
            Some(last)
                if last.kind == Kind::Text && last.parent == parent && last.end == start && last.line == line =>
            {
                last.end = end;
            }
            _ => self.nodes.push(Node { kind: Kind::Text, attrs: 0, parent, start, end, line }),
        }
    }

    pub(super) fn len(&self) -> u32 {
        self.nodes.len() as u32
    }

    pub(super) fn node(&self, at: u32) -> &Node {
        &self.nodes[at as usize]
    }

    /// The element at a place; `None` for text.
    pub(super) fn tag(&self, at: u32) -> Option<Tag> {
        match self.node(at).kind {
            Kind::Element(tag) => Some(tag),
            Kind::Text => None,
        }
    }

    pub(super) fn is(&self, at: u32, tag: Tag) -> bool {
        self.node(at).kind == Kind::Element(tag)
    }

    /// The text at a place; nothing for elements.
    pub(super) fn text_at(&self, at: u32) -> &str {
        let node = self.node(at);
        match node.kind {
            Kind::Text => &self.text[node.start as usize..node.end as usize],
            Kind::Element(_) => "",
        }
    }

    /// The first node after this one and all that is in it.
    pub(super) fn after(&self, at: u32) -> u32 {
        match self.node(at).kind {
            Kind::Text => at + 1,
            Kind::Element(_) => self.node(at).end.max(at + 1),
        }
    }

    /// The value of an attribute.
    pub(super) fn attr(&self, at: u32, name: Name) -> Option<&str> {
        let node = self.node(at);
        if node.kind == Kind::Text || node.attrs == 0 {
            return None;
        }
        let own = &self.attrs[node.start as usize..node.start as usize + usize::from(node.attrs)];
        own.iter().find(|a| a.name == name).map(|a| &self.values[a.start as usize..a.end as usize])
    }

    /// Whether an attribute holds this word among others, whatever its capitals.
    pub(super) fn has_word(&self, at: u32, name: Name, word: &str) -> bool {
        self.attr(at, name).is_some_and(|v| v.split_ascii_whitespace().any(|w| w.eq_ignore_ascii_case(word)))
    }

    /// The places inside an element, itself not among them.
    pub(super) fn inside(&self, at: u32) -> std::ops::Range<u32> {
        at + 1..self.after(at)
    }

    /// The nearest element around this one for which `is` holds, within `limit` steps.
    pub(super) fn around(&self, at: u32, limit: usize, is: impl Fn(Tag) -> bool) -> Option<u32> {
        let mut at = at;
        for _ in 0..limit {
            let parent = self.node(at).parent;
            if parent == at {
                return None;
            }
            at = parent;
            if self.tag(at).is_some_and(&is) {
                return Some(at);
            }
        }
        None
    }

    /// The text in an element, blanks levelled, up to about `limit` bytes.
    pub(super) fn words(&self, at: u32, limit: usize) -> String {
        let mut out = String::new();
        for i in (at..self.after(at)).take(limit + 64) {
            // Between two elements on lines of their own stands a blank, whether the source has one or not.
            if self.tag(i).is_some_and(|t| t.is_block() || t == Tag::Br) && !out.ends_with(' ') && !out.is_empty() {
                out.push(' ');
            }
            for c in self.text_at(i).chars() {
                if !c.is_whitespace() {
                    out.push(c);
                } else if !out.ends_with(' ') && !out.is_empty() {
                    out.push(' ');
                }
            }
            if out.len() > limit {
                break;
            }
        }
        out.truncate(out.trim_end().len());
        out
    }
}
