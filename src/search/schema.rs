//! What the index is made of: its fields, and the analysers that fill them.
//!
//! `text` holds every word of a passage at its position by all it can be found by ([`super::terms`]): its folded form;
//! its stem, where that is another word; the roots it is derived from; the parts of a compound. One reading of the text
//! serves all. `begin` holds the first letters of its words: what is asked for when the first keys of a word are pressed,
//! when thousands of words begin so. `label` holds whole terms, each behind the letter of its class ([`Class`]): what
//! filters look at, and the words around a passage that are not its own.

use super::memories::{Borrowed, Memories};
use super::terms::{PART, ROOT, STEM};
use crate::doc::Lang;
use crate::lang::tokens;
use rustc_hash::FxHashSet;
use tantivy::Index;
use tantivy::schema::{
    BytesOptions, FAST, Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

const WORDS: &str = "kantlijn-words";
/// Letters of the longest beginning that is held.
const BEGINNING: usize = 3;
const BEGINNINGS: &str = "kantlijn-beginnings";
const LINES: &str = "kantlijn-lines";

/// Classes of terms in `label`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Words of the report's title.
    Report = b'r' as isize,
    /// The file's path, folded, as one term.
    File = b'f' as isize,
    /// Words of the organisation's name.
    Org = b'o' as isize,
    /// The year.
    Year = b'y' as isize,
    /// Words of all headings the passage lies under.
    Section = b's' as isize,
    /// Words of the headings merged with the passage.
    Heading = b'h' as isize,
    /// Words of the line that leads into the list the passage is an item of, or of the heads above a row of a table.
    LeadIn = b'l' as isize,
    /// Ids and words of knelpunten.
    Knelpunt = b'k' as isize,
    /// Tags, whole and by their words.
    Tag = b't' as isize,
    /// Status of a note.
    Status = b'u' as isize,
    /// Page, as printed and as counted.
    Page = b'p' as isize,
    /// `note`, on notes only.
    Kind = b'i' as isize,
    /// Language of the part.
    Lang = b'g' as isize,
    /// Key of the document: what is deleted together.
    Doc = b'd' as isize,
    /// Key and edition, once a document, on an entry of its own.
    Edition = b'e' as isize,
    /// Id of a note.
    Note = b'n' as isize,
    /// The id of a knelpunt as it is, to count by.
    KnelpuntId = b'K' as isize,
    /// An abbreviation and what it stands for, parted by a tab: on the entry of a document that explains it.
    Short = b'a' as isize,
    /// The same the other way round.
    Full = b'A' as isize,
    /// The name of an organisation as it is, to count by.
    OrgName = b'O' as isize,
}

impl Class {
    /// The term of a value.
    pub fn term(self, value: &str) -> String {
        format!("{}{value}", self as u8 as char)
    }
}

/// The fields.
#[derive(Clone, Copy, Debug)]
pub(super) struct Fields {
    pub text: Field,
    pub begin: Field,
    pub label: Field,
    pub doc: Field,
    pub part: Field,
    pub year: Field,
    pub shape: Field,
    pub print: Field,
    pub stored: Field,
}

pub(super) fn schema() -> (Schema, Fields) {
    let mut b = Schema::builder();
    let indexed = |name: &str, option, norms| {
        TextOptions::default().set_indexing_options(
            TextFieldIndexing::default().set_tokenizer(name).set_index_option(option).set_fieldnorms(norms),
        )
    };
    let fields = Fields {
        text: b.add_text_field("text", indexed(WORDS, IndexRecordOption::WithFreqsAndPositions, true)),
        begin: b.add_text_field("begin", indexed(BEGINNINGS, IndexRecordOption::Basic, false)),
        label: b.add_text_field("label", indexed(LINES, IndexRecordOption::Basic, false)),
        doc: b.add_u64_field("doc", NumericOptions::from(FAST)),
        part: b.add_u64_field("part", NumericOptions::from(FAST)),
        year: b.add_i64_field("year", NumericOptions::from(FAST)),
        shape: b.add_u64_field("shape", NumericOptions::from(FAST)),
        print: b.add_u64_field("print", NumericOptions::from(FAST)),
        stored: b.add_bytes_field("stored", BytesOptions::default().set_stored()),
    };
    (b.build(), fields)
}

/// Tells an index its analysers; needed each time one is opened.
pub(super) fn register(index: &Index, memories: &Memories) {
    index.tokenizers().register(WORDS, Words { analyser: memories.borrow(), ..Words::default() });
    index.tokenizers().register(BEGINNINGS, Beginnings::default());
    index.tokenizers().register(LINES, Lines);
}

/// Where a text has another reading than what stands there: a byte, and the words it may also be.
pub(super) type Other<'a> = (u32, &'a str);

/// A text as the fields of words take it: its language and its other readings, then the text.
pub(super) fn field_text<'a>(lang: Lang, others: impl Iterator<Item = Other<'a>>, text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push(match lang {
        Lang::Nl => 'n',
        Lang::En => 'e',
    });
    for (at, other) in others {
        out.push_str(&format!("{at}:{}\n", other.replace(['\0', '\n'], " ")));
    }
    out.push('\0');
    out.push_str(text);
    out
}

/// The reverse of [`field_text`]: language, other readings as lines, text.
fn read_field(value: &str) -> (Lang, &str, &str) {
    let (head, text) = value.split_once('\0').unwrap_or(("n", value));
    let lang = if head.starts_with('e') { Lang::En } else { Lang::Nl };
    (lang, head.get(1..).unwrap_or(""), text)
}

fn others_of(head: &str) -> impl Iterator<Item = Other<'_>> {
    head.lines().filter_map(|line| {
        let (at, other) = line.split_once(':')?;
        Some((at.parse().ok()?, other))
    })
}

/// The words of a text by all they can be found by.
#[derive(Clone, Default)]
struct Words {
    analyser: Borrowed,
    arena: String,
    found: Vec<(u32, u32, u32)>,
}

impl Words {
    fn put(&mut self, sign: Option<char>, text: &str, position: u32) {
        let from = self.arena.len() as u32;
        self.arena.extend(sign);
        self.arena.push_str(text);
        self.found.push((from, self.arena.len() as u32, position));
    }

    fn word(&mut self, lang: Lang, form: &str, position: u32) {
        self.put(None, form, position);
        let word = self.analyser.word(lang, form);
        if *word.stem != *form {
            self.put(Some(STEM), &word.stem, position);
        }
        word.roots.iter().for_each(|root| self.put(Some(ROOT), root, position));
        word.parts.iter().for_each(|part| self.put(Some(PART), part, position));
    }
}

struct WordStream<'a> {
    arena: &'a str,
    found: std::slice::Iter<'a, (u32, u32, u32)>,
    token: Token,
}

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, value: &'a str) -> WordStream<'a> {
        let (lang, head, body) = read_field(value);
        self.arena.clear();
        self.found.clear();
        let (mut last, mut ascending) = (0, true);
        let mut others = others_of(head).peekable();
        tokens(body, |t| {
            ascending &= t.position >= last;
            last = t.position;
            self.word(lang, t.text, t.position);
            // what a broken word may also be stands where the word stands
            while let Some((_, other)) = others.next_if(|(at, _)| *at < t.range.end) {
                tokens(other, |o| self.word(lang, o.text, t.position + o.position));
                ascending = false;
            }
        });
        // A reading of several words comes after them, and the engine wants the places of a term in order.
        if !ascending {
            self.found.sort_by_key(|(_, _, position)| *position);
        }
        WordStream { arena: &self.arena, found: self.found.iter(), token: Token::default() }
    }
}

impl TokenStream for WordStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(&(from, to, position)) = self.found.next() else { return false };
        self.token.text.clear();
        self.token.text.push_str(&self.arena[from as usize..to as usize]);
        self.token.position = position as usize;
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}

/// What the words of a text begin with: the first one, two and three letters, each once.
#[derive(Clone, Default)]
struct Beginnings {
    seen: FxHashSet<[u8; BEGINNING]>,
    found: String,
}

impl Tokenizer for Beginnings {
    type TokenStream<'a> = LineStream<'a>;

    fn token_stream<'a>(&'a mut self, value: &'a str) -> LineStream<'a> {
        let (_, head, body) = read_field(value);
        let Beginnings { seen, found } = self;
        found.clear();
        seen.clear();
        let mut word = |text: &str| {
            let mut letters = [0; BEGINNING];
            // what begins with other letters than these is looked up by its words
            for (i, &b) in text.as_bytes().iter().take(BEGINNING).take_while(|b| b.is_ascii_alphanumeric()).enumerate()
            {
                letters[i] = b;
                if seen.insert(letters) {
                    found.push_str(&text[..=i]);
                    found.push('\n');
                }
            }
        };
        tokens(body, |t| word(t.text));
        others_of(head).for_each(|(_, other)| tokens(other, |t| word(t.text)));
        LineStream { lines: found.lines(), token: Token { position: 0, ..Token::default() } }
    }
}

/// Whether a beginning is held in `begin`.
pub(super) fn is_beginning(text: &str) -> bool {
    text.len() <= BEGINNING && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

/// One term a line.
#[derive(Clone)]
struct Lines;

struct LineStream<'a> {
    lines: std::str::Lines<'a>,
    token: Token,
}

impl Tokenizer for Lines {
    type TokenStream<'a> = LineStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> LineStream<'a> {
        LineStream { lines: text.lines(), token: Token { position: 0, ..Token::default() } }
    }
}

impl TokenStream for LineStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(line) = self.lines.next() else { return false };
        self.token.text.clear();
        self.token.text.push_str(line);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
