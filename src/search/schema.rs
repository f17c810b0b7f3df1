//! What the index is made of: its fields, and the two analysers that fill them.
//!
//! `text` holds every word of a passage twice at its position: folded, and (behind [`STEM`]) as its stem; one reading of
//! the text serves both. The first letters of its words stand there too, behind [`START`]: what is asked for when the
//! first key of a word is pressed, when thousands of words begin so. `label` holds whole terms, each behind the letter of its class ([`Class`]): what filters look
//! at, and the words around a passage that are not its own.

use crate::doc::Lang;
use crate::lang::{Analyser, tokens};
use tantivy::Index;
use tantivy::schema::{
    BytesOptions, FAST, Field, IndexRecordOption, NumericOptions, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer};

/// Stands before a stem in `text`.
pub(super) const STEM: char = '\u{1}';
/// Stands before the first letter of a word, once a passage.
pub(super) const START: char = '\u{2}';
const WORDS: &str = "kantlijn-words";
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
    pub label: Field,
    pub doc: Field,
    pub part: Field,
    pub year: Field,
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
        label: b.add_text_field("label", indexed(LINES, IndexRecordOption::Basic, false)),
        doc: b.add_u64_field("doc", NumericOptions::from(FAST)),
        part: b.add_u64_field("part", NumericOptions::from(FAST)),
        year: b.add_i64_field("year", NumericOptions::from(FAST)),
        stored: b.add_bytes_field("stored", BytesOptions::default().set_stored()),
    };
    (b.build(), fields)
}

/// Tells an index its analysers; needed each time one is opened.
pub(super) fn register(index: &Index) {
    index.tokenizers().register(WORDS, Words::default());
    index.tokenizers().register(LINES, Lines);
}

/// A text as the `text` field takes it: its language, then the text.
pub(super) fn field_text(lang: Lang, text: &str) -> String {
    let mark = match lang {
        Lang::Nl => 'n',
        Lang::En => 'e',
    };
    format!("{mark}{text}")
}

/// The words of a text, folded and stemmed.
#[derive(Clone, Default)]
struct Words {
    stemmer: Analyser,
    arena: String,
    found: Vec<(u32, u32, u32)>,
}

struct WordStream<'a> {
    arena: &'a str,
    found: std::slice::Iter<'a, (u32, u32, u32)>,
    token: Token,
}

impl Tokenizer for Words {
    type TokenStream<'a> = WordStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> WordStream<'a> {
        let (lang, body) = match text.split_at_checked(1) {
            Some(("e", body)) => (Lang::En, body),
            Some((_, body)) => (Lang::Nl, body),
            None => (Lang::Nl, text),
        };
        let Words { stemmer, arena, found } = self;
        arena.clear();
        found.clear();
        // which of the 128 characters of ASCII have begun a word
        let mut begun = 0_u128;
        let (mut last, mut ascending) = (0, true);
        tokens(body, |t| {
            ascending &= t.position >= last;
            last = t.position;
            let from = arena.len() as u32;
            arena.push_str(t.text);
            let middle = arena.len() as u32;
            arena.push(STEM);
            arena.push_str(stemmer.stem(lang, t.text));
            found.push((from, middle, t.position));
            let end = arena.len() as u32;
            found.push((middle, end, t.position));
            let first = t.text.as_bytes()[0];
            if first.is_ascii() && begun & 1 << first == 0 {
                begun |= 1 << first;
                arena.push(START);
                arena.push(first as char);
                found.push((end, arena.len() as u32, t.position));
            }
        });
        // A reading of several words comes after them, and the engine wants the places of a term in order.
        if !ascending {
            found.sort_by_key(|(_, _, position)| *position);
        }
        WordStream { arena, found: found.iter(), token: Token::default() }
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
