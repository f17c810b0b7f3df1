//! Source to tape: the tokens of `html5ever` and a stack of our own. What HTML leaves unsaid is put in (ends of paragraphs,
//! items, cells), what it forbids is made the best of, and nothing is searched farther than the stack is deep.

use super::book::resolve;
use super::tags::{Name, Tag};
use super::tape::Tape;
use crate::import::ImportError;
use crate::import::budget::Budget;
use crate::import::clean::Source;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::{Rawtext, Rcdata, ScriptData};
use html5ever::tokenizer::{
    BufferQueue, Tag as Token, TagKind, Token as Tokens, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts,
};
use std::cell::RefCell;

/// How much is handed to the tokenizer at a time; between two of them we look how it goes.
const CHUNK: usize = 16 * 1024;
/// A tag with more attributes than this is no tag of a text: the tokenizer compares each with all before it.
const MANY_ATTRIBUTES: usize = 2_000;
/// Nodes of one page, at 20 bytes each and as much for what is judged of them.
const MAX_NODES: u32 = 1 << 24;

/// Reads a page. `xml` when elements may close themselves (`<p/>`), as they do in books.
/// `text` begins at the line with the index `first` of the source.
pub(super) fn parse(
    source: &Source,
    first: usize,
    text: &str,
    budget: &Budget<'_>,
    xml: bool,
) -> Result<Tape, ImportError> {
    let mut tape = Tape::default();
    tape.element(Tag::Html, 0, 1);
    let page = Page { source, first, text, xml, path: None };
    run(&mut tape, 0, page, budget)?;
    Ok(tape)
}

/// Adds a file of a book to a tape, with names and links that hold in the whole book; gives the element that holds it.
pub(super) fn append(tape: &mut Tape, path: &str, source: &Source, budget: &Budget<'_>) -> Result<u32, ImportError> {
    if tape.nodes.is_empty() {
        tape.element(Tag::Html, 0, 0);
    }
    let file = tape.element(Tag::Div, 0, 0);
    tape.attribute(Name::Id, &format!("{path}#"));
    run(tape, file, Page { source, first: 0, text: &source.text, xml: true, path: Some(path) }, budget)?;
    tape.nodes[0].end = tape.len();
    Ok(file)
}

/// A page to be read.
struct Page<'a> {
    source: &'a Source,
    first: usize,
    text: &'a str,
    xml: bool,
    path: Option<&'a str>,
}

fn run(tape: &mut Tape, root: u32, page: Page<'_>, budget: &Budget<'_>) -> Result<(), ImportError> {
    let Page { source, first, text, xml, path } = page;
    let builder = Builder {
        tape: std::mem::take(tape),
        open: vec![root],
        over: [0; Tag::COUNT],
        counts: [0; Tag::COUNT],
        hidden: None,
        body: false,
        head: false,
        xml,
        tokens: 0,
        error: None,
        budget,
        source,
        first,
        path,
    };
    let sink = Sink(RefCell::new(builder));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let input = BufferQueue::default();
    let (mut rest, mut seen, mut stalled) = (text, 0, 0);
    while !rest.is_empty() {
        let mut end = rest.len().min(CHUNK);
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let (chunk, after) = rest.split_at(end);
        rest = after;
        input.push_back(StrTendril::from_slice(chunk));
        let _ = tokenizer.feed(&input);
        budget.time()?;
        let mut builder = tokenizer.sink.0.borrow_mut();
        if let Some(error) = builder.error.take() {
            return Err(error);
        }
        // No token from a whole chunk: a long comment, a picture in a value, or a tag that never ends.
        let tokens = std::mem::replace(&mut seen, builder.tokens);
        drop(builder);
        if seen == tokens {
            stalled += chunk.bytes().filter(|b| b.is_ascii_whitespace() || *b == b'/').count();
            if stalled > MANY_ATTRIBUTES {
                // Ends a tag; in comments and values it does nothing.
                input.push_back(StrTendril::from_slice(">"));
                let _ = tokenizer.feed(&input);
            }
        } else {
            stalled = 0;
        }
    }
    tokenizer.end();
    let mut builder = tokenizer.sink.0.into_inner();
    if let Some(error) = builder.error.take() {
        return Err(error);
    }
    builder.pop_to(1);
    *tape = builder.tape;
    tape.nodes[root as usize].end = tape.len();
    Ok(())
}

/// Whether a link leads out of the book.
fn is_outside(href: &str) -> bool {
    let scheme = href.trim_start().split([':', '/', '#', '?']).next().unwrap_or_default();
    href.trim_start()[scheme.len()..].starts_with(':') || href.starts_with("//")
}

struct Sink<'a>(RefCell<Builder<'a>>);

impl TokenSink for Sink<'_> {
    type Handle = ();

    fn process_token(&self, token: Tokens, line: u64) -> TokenSinkResult<()> {
        self.0.borrow_mut().token(token, line as u32)
    }

    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        self.0.borrow().xml
    }
}

struct Builder<'a> {
    tape: Tape,
    /// The elements we are in.
    open: Vec<u32>,
    /// Elements not opened because they lie too deep, by kind: their ends mean nothing.
    over: [u32; Tag::COUNT],
    /// How many of each kind are open.
    counts: [u32; Tag::COUNT],
    /// The element whose content is left out, and how often it lies in itself.
    hidden: Option<(Tag, u32)>,
    body: bool,
    head: bool,
    xml: bool,
    tokens: u64,
    error: Option<ImportError>,
    budget: &'a Budget<'a>,
    source: &'a Source,
    first: usize,
    /// The path of a file in a book.
    path: Option<&'a str>,
}

impl Builder<'_> {
    fn token(&mut self, token: Tokens, line: u32) -> TokenSinkResult<()> {
        self.tokens += 1;
        if self.error.is_some() {
            return TokenSinkResult::Continue;
        }
        match token {
            Tokens::CharacterTokens(text) if self.hidden.is_none() => self.text(&text, line),
            Tokens::TagToken(tag) => {
                let ends = tag.kind == TagKind::EndTag;
                if let Err(error) = self.budget.node() {
                    self.error = Some(error);
                } else if self.tape.len() > MAX_NODES {
                    self.error = Some(ImportError::TooManyNodes { limit: MAX_NODES });
                } else if ends {
                    self.end(Tag::of(&tag.name), line);
                } else {
                    return self.start(&tag, line);
                }
            }
            Tokens::DoctypeToken(doctype) => {
                self.xml |= doctype.public_id.as_deref().is_some_and(|id| id.contains("XHTML"));
            }
            _ => {}
        }
        TokenSinkResult::Continue
    }

    fn text(&mut self, text: &str, line: u32) {
        let breaks = memchr::memchr_iter(b'\n', text.as_bytes()).count() as u32;
        if self.head && !text.trim().is_empty() && self.counts[Tag::Title as usize] == 0 {
            self.end_head();
        }
        let parent = self.parent();
        // A token may run over many lines; its number is that of the last one.
        for (n, part) in text.split_inclusive('\n').enumerate() {
            let line = self.line(line.saturating_sub(breaks) + n as u32);
            self.tape.push_text(part, parent, line);
        }
    }

    /// The line of the file for a line of the cleaned source.
    fn line(&self, line: u32) -> u32 {
        let index = self.first + (line as usize).saturating_sub(1);
        self.source.lines.get(index).or(self.source.lines.last()).map_or(1, |l| l.line)
    }

    fn parent(&self) -> u32 {
        self.open.last().copied().unwrap_or_default()
    }

    fn tag_at(&self, depth: usize) -> Tag {
        self.open.get(depth).and_then(|at| self.tape.tag(*at)).unwrap_or(Tag::Other)
    }

    /// Adds an element and goes into it.
    fn push(&mut self, tag: Tag, line: u32) -> u32 {
        let parent = self.parent();
        let at = self.tape.element(tag, parent, line);
        self.open.push(at);
        self.counts[tag as usize] += 1;
        at
    }

    /// Leaves all elements but the outer `depth`.
    fn pop_to(&mut self, depth: usize) {
        let end = self.tape.len();
        while self.open.len() > depth {
            let tag = self.tag_at(self.open.len() - 1);
            self.counts[tag as usize] -= 1;
            if let Some(at) = self.open.pop() {
                self.tape.nodes[at as usize].end = end;
            }
        }
    }

    /// Leaves the innermost element for which `is` holds, unless one of `wall` lies between.
    fn leave(&mut self, is: impl Fn(Tag) -> bool, wall: impl Fn(Tag) -> bool) -> bool {
        for depth in (1..self.open.len()).rev() {
            let tag = self.tag_at(depth);
            if is(tag) {
                self.pop_to(depth);
                return true;
            }
            if wall(tag) {
                return false;
            }
        }
        false
    }

    fn end_head(&mut self) {
        self.head = false;
        if self.counts[Tag::Head as usize] > 0 {
            self.leave(|t| t == Tag::Head, |_| false);
        }
    }

    fn start(&mut self, token: &Token, line: u32) -> TokenSinkResult<()> {
        use Tag::*;
        let tag = Tag::of(&token.name);
        if let Some((hidden, depth)) = &mut self.hidden {
            // A drawing ends where running text begins, as it does in browsers.
            let breaks_out = *hidden == Svg && tag.is_block();
            if !breaks_out {
                if *hidden == tag && !token.self_closing {
                    *depth += 1;
                }
                return TokenSinkResult::Continue;
            }
            self.hidden = None;
        }
        let closed = token.self_closing && (self.xml || tag == Svg || tag == Math);
        if tag.is_hidden() {
            if closed {
                return TokenSinkResult::Continue;
            }
            self.hidden = Some((tag, 1));
            return match tag {
                Script => TokenSinkResult::RawData(ScriptData),
                Style | Iframe | Noembed | Noframes => TokenSinkResult::RawData(Rawtext),
                Textarea => TokenSinkResult::RawData(Rcdata),
                _ => TokenSinkResult::Continue,
            };
        }
        let line = self.line(line);
        match tag {
            Html => {
                // The first node stands for it.
                if self.tape.len() == 1 && self.path.is_none() {
                    self.attributes(token);
                }
                return TokenSinkResult::Continue;
            }
            Head if self.head || self.body => return TokenSinkResult::Continue,
            Head => self.head = true,
            Body if self.body => return TokenSinkResult::Continue,
            Body => {
                self.end_head();
                self.body = true;
            }
            Base | Link | Meta | Title => {}
            _ => self.end_head(),
        }
        self.implied(tag);
        if tag.is_void() || closed {
            let parent = self.parent();
            self.tape.element(tag, parent, line);
            self.attributes(token);
            return TokenSinkResult::Continue;
        }
        if self.open.len() >= usize::from(self.budget.limits.max_nesting) {
            self.over[tag as usize] += 1;
            self.border(tag, line);
            return TokenSinkResult::Continue;
        }
        self.push(tag, line);
        self.attributes(token);
        match tag {
            Title if !closed => TokenSinkResult::RawData(Rcdata),
            Xmp => TokenSinkResult::RawData(Rawtext),
            Plaintext => TokenSinkResult::Plaintext,
            _ => TokenSinkResult::Continue,
        }
    }

    /// Where an element would begin or end that isn't there, its text is still parted from the rest.
    fn border(&mut self, tag: Tag, line: u32) {
        if tag.is_block() {
            let parent = self.parent();
            self.tape.element(Tag::Div, parent, line);
        }
    }

    fn attributes(&mut self, token: &Token) {
        for attr in &token.attrs {
            let name = Name::of(&attr.name.local);
            match (name, self.path) {
                (Name::Other, _) => {}
                (Name::Id | Name::Called, Some(path)) => self.tape.attribute(name, &format!("{path}#{}", attr.value)),
                (Name::Href, Some(path)) if !is_outside(&attr.value) => {
                    let (path, place) = resolve(path, &attr.value);
                    self.tape.attribute(name, &format!("#{path}#{place}"));
                }
                _ => self.tape.attribute(name, &attr.value),
            }
        }
    }

    /// Ends what the start of this element ends without saying so.
    fn implied(&mut self, tag: Tag) {
        use Tag::*;
        let open = |b: &Self, tags: &[Tag]| tags.iter().any(|t| b.counts[*t as usize] > 0);
        if open(self, &[P]) && tag.ends_p() {
            self.leave(|t| t == P, Tag::is_wall);
        }
        // Nothing but words stands in a heading; one that was never closed must not swallow the rest.
        let no_title = matches!(tag, P | Ul | Ol | Dl | Table | Pre | Blockquote | Section | Article | Hr | Li);
        if (tag.level().is_some() || no_title) && open(self, &[H1, H2, H3, H4, H5, H6]) {
            self.end_heading(tag);
        }
        match tag {
            Li if open(self, &[Li]) => {
                self.leave(
                    |t| t == Li,
                    |t| matches!(t, Ul | Ol | Menu | Dir) || (t.is_block() && !matches!(t, Div | P)),
                );
            }
            Dt | Dd if open(self, &[Dt, Dd]) => {
                self.leave(|t| matches!(t, Dt | Dd), |t| t.is_block() && !matches!(t, Div | P));
            }
            Tr if open(self, &[Table]) => {
                self.leave(|t| matches!(t, Tr | Caption | Colgroup), |t| t == Table);
            }
            Td | Th if open(self, &[Table]) => {
                self.leave(|t| matches!(t, Td | Th | Caption), |t| matches!(t, Tr | Table));
            }
            Thead | Tbody | Tfoot if open(self, &[Table]) => {
                self.leave(|t| matches!(t, Thead | Tbody | Tfoot | Caption | Colgroup), |t| t == Table);
            }
            Option | Optgroup if open(self, &[Option]) => {
                self.leave(|t| t == Option, Tag::is_block);
            }
            A if open(self, &[A]) => {
                self.leave(|t| t == A, Tag::is_block);
            }
            _ => {}
        }
    }

    /// Ends an open heading that has text in it already.
    fn end_heading(&mut self, by: Tag) {
        for depth in (1..self.open.len()).rev() {
            let tag = self.tag_at(depth);
            if tag.level().is_some() {
                let at = self.open[depth];
                // Of a heading with much in it and no words it is no longer asked what it holds.
                let many = self.tape.len() - at > 16;
                let words = || (at + 1..self.tape.len()).any(|i| !self.tape.text_at(i).trim().is_empty());
                let written = by.level().is_some() || many || words();
                if written {
                    self.pop_to(depth);
                }
                return;
            }
            if tag.is_wall() || (tag.is_block() && !matches!(tag, Tag::Div)) {
                return;
            }
        }
    }

    fn end(&mut self, tag: Tag, line: u32) {
        use Tag::*;
        if let Some((hidden, depth)) = &mut self.hidden {
            if *hidden == tag {
                *depth -= 1;
            }
            if *depth == 0 || (matches!(tag, Body | Html) && *hidden != Script) {
                self.hidden = None;
            }
            return;
        }
        match tag {
            Head => return self.end_head(),
            // What stands behind them is shown all the same.
            Html | Body => return,
            Br => {
                let (parent, line) = (self.parent(), self.line(line));
                self.tape.element(Br, parent, line);
                return;
            }
            _ => {}
        }
        if self.over[tag as usize] > 0 {
            if self.open.len() < usize::from(self.budget.limits.max_nesting) {
                self.over = [0; Tag::COUNT];
            } else {
                self.over[tag as usize] -= 1;
                let line = self.line(line);
                return self.border(tag, line);
            }
        }
        if tag.level().is_some() {
            self.leave(|t| t.level().is_some(), Tag::is_wall);
        } else if self.counts[tag as usize] == 0 {
            let line = self.line(line);
            self.border(tag, line);
        } else if tag.is_block() {
            let part = tag == Table || tag.in_table();
            let wall = |t: Tag| if part { t == Table } else { t.is_wall() };
            self.leave(|t| t == tag, wall);
        } else {
            self.end_inline(tag);
        }
    }

    /// Ends an element inside a line. Where it was wrongly closed across the border of a block, the block stays open.
    fn end_inline(&mut self, tag: Tag) {
        let mut crossed = false;
        for depth in (1..self.open.len()).rev() {
            let at = self.tag_at(depth);
            if at == tag {
                if crossed {
                    let node = self.open.remove(depth);
                    self.counts[tag as usize] -= 1;
                    self.tape.nodes[node as usize].end = self.tape.len();
                } else {
                    self.pop_to(depth);
                }
                return;
            }
            if at.is_wall() {
                return;
            }
            crossed |= at.is_block();
        }
    }
}
