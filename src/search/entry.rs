//! From a document or a note to entries of the index.

use super::likeness::print;
use super::passages::{Passage, passages};
use super::schema::{Class, Fields, Other, field_text};
use super::shape::Shape;
use super::types::{DocEntry, HitKind, NoteEntry};
use crate::doc::{DocId, Document, Lang, Lines, Page, SectionId, SpanStyle, TextRange};
use crate::lang::{Abbreviation, Analyser, Reading, abbreviations, fold, tokens};
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use tantivy::TantivyDocument;

/// What is kept with an entry, so that a hit can be shown without opening anything but its text.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Stored {
    pub kind: HitKind,
    pub doc: Option<DocId>,
    pub note: Option<String>,
    pub report: String,
    pub part: u32,
    pub org: Option<String>,
    pub year: Option<i32>,
    pub lang: Lang,
    pub section: Vec<String>,
    pub section_id: Option<SectionId>,
    pub range: TextRange,
    /// The heads of its columns, of a row of a table.
    pub heads: Option<TextRange>,
    pub lines: Option<Lines>,
    pub page: Option<Page>,
    pub knelpunten: Vec<String>,
    /// Other readings of words in it, each with its byte from the beginning.
    pub others: Vec<(u32, String)>,
    /// The text of a note, which is in no document.
    pub text: String,
}

/// Terms of `label`, each once.
#[derive(Clone, Default)]
struct Labels(BTreeSet<String>);

impl Labels {
    fn add(&mut self, class: Class, value: &str) {
        self.0.insert(class.term(&value.replace(['\n', '\r'], " ")));
    }

    /// The words of a text, folded and stemmed.
    fn words(&mut self, class: Class, text: &str, lang: Lang, stemmer: &mut Analyser) {
        tokens(text, |t| {
            self.add(class, t.text);
            self.add(class, stemmer.stem(lang, t.text));
        });
    }

    fn text(&self) -> String {
        let mut out = String::new();
        for label in &self.0 {
            out.push_str(label);
            out.push('\n');
        }
        out
    }
}

/// Stands in the column of documents for a note that is on none.
pub(super) const NO_DOCUMENT: u64 = u64::MAX;

/// The words of a name in their folded forms, with a blank between them.
pub(super) fn words_of(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    tokens(text, |t| {
        if t.reading == Reading::Main {
            out.push_str(if out.is_empty() { "" } else { " " });
            out.push_str(t.text);
        }
    });
    out
}

/// The key of a document among labels.
pub(super) fn doc_key(id: DocId) -> String {
    format!("{:016x}", id.0)
}

/// All entries of a document: one for itself, one for each passage.
pub(super) fn of_document(entry: &DocEntry<'_>, f: &Fields, stemmer: &mut Analyser) -> Vec<TantivyDocument> {
    let doc = entry.doc;
    let key = doc_key(entry.id);
    let mut record = Labels::default();
    record.add(Class::Doc, &key);
    record.add(Class::Edition, &format!("{key}{}", doc.edition().hex()));
    for Abbreviation { short, full } in abbreviations(doc.text()) {
        let (short, full) = (fold(&short), words_of(&full));
        record.add(Class::Short, &format!("{short}\t{full}"));
        record.add(Class::Full, &format!("{full}\t{short}"));
    }
    let mut first = TantivyDocument::new();
    first.add_text(f.label, record.text());
    first.add_u64(f.doc, entry.id.0);
    let mut out = vec![first];
    let mut file = Labels::default();
    file.add(Class::Doc, &key);
    file.add(Class::File, &fold(entry.file));
    // labels of the section the last passage lay in, as text, and its path
    let mut last: Option<(SectionId, String, Vec<String>)> = None;
    let mut last_part = None;
    let mut last_heads: Option<(TextRange, Labels)> = None;
    for p in passages(doc) {
        let part = doc.outline().part(p.part);
        let title = if part.title.is_empty() { entry.title } else { &part.title };
        let (_, shared, path) = match last.take() {
            Some(same) if same.0 == p.section => last.insert(same),
            _ => {
                let path = doc.outline().path_labels(p.section);
                let mut labels = file.clone();
                labels.words(Class::Report, title, part.lang, stemmer);
                labels.add(Class::Lang, if part.lang == Lang::Nl { "nl" } else { "en" });
                about(&mut labels, part.org.as_deref(), part.year, part.lang, stemmer);
                path.iter().for_each(|s| labels.words(Class::Section, s, part.lang, stemmer));
                last.insert((p.section, labels.text(), path))
            }
        };
        // the words of a table's heads are looked at once, not for each row
        let heads = p.heads.map(|at| match last_heads.take() {
            Some(same) if same.0 == at => last_heads.insert(same).1.clone(),
            _ => {
                let mut words = Labels::default();
                words.words(Class::LeadIn, doc.slice(at), part.lang, stemmer);
                last_heads.insert((at, words)).1.clone()
            }
        });
        let mut own = heads.unwrap_or_default();
        let page = doc.source().page_at(p.range.start).cloned();
        own_labels(&mut own, &p, entry, page.as_ref(), stemmer);
        let knelpunten = entry.knelpunten.iter().filter(|k| k.range.overlaps(p.range)).map(|k| k.id.to_owned());
        let stored = Stored {
            kind: HitKind::Text,
            doc: Some(entry.id),
            note: None,
            report: title.to_owned(),
            part: p.part.0,
            org: part.org.clone(),
            year: part.year,
            lang: part.lang,
            section: path.clone(),
            section_id: Some(p.section),
            range: p.range,
            heads: p.heads,
            lines: doc.source().lines(p.range),
            page,
            knelpunten: knelpunten.collect(),
            others: others(doc, p.range).map(|(at, other)| (at, other.to_owned())).collect(),
            text: String::new(),
        };
        let words = doc.slice(p.range);
        let text = field_text(part.lang, others(doc, p.range), words);
        let mut passage = build(f, &stored, format!("{shared}{}", own.text()), text);
        passage.add_u64(f.shape, Shape::of(words) as u64);
        // under whatever heading it stands; a heading alone is like nothing
        let body = p.headings.last().map_or(p.range.start, |&h| doc.block(h).range.end);
        passage.add_u64(f.print, print(doc.slice(TextRange::new(body, p.range.end))));
        if last_part.replace(p.part) != Some(p.part) {
            begins(f, &mut passage, &stored);
        }
        out.push(passage);
    }
    out
}

/// The other readings of words in a range, from its beginning.
pub(super) fn others(doc: &Document, range: TextRange) -> impl Iterator<Item = Other<'_>> {
    doc.spans_in(range).iter().filter_map(move |s| match &s.style {
        SpanStyle::Broken(other) => Some((s.range.start - range.start, other.as_str())),
        _ => None,
    })
}

/// The labels a passage does not share with its section.
fn own_labels(labels: &mut Labels, p: &Passage, entry: &DocEntry<'_>, page: Option<&Page>, stemmer: &mut Analyser) {
    let doc = entry.doc;
    let lang = doc.outline().part(p.part).lang;
    for &h in &p.headings {
        labels.words(Class::Heading, doc.slice(doc.block(h).range), lang, stemmer);
    }
    if let Some(lead) = p.lead_in {
        labels.words(Class::LeadIn, doc.slice(doc.block(lead).range), lang, stemmer);
    }
    if let Some(page) = page {
        labels.add(Class::Page, &page.index.to_string());
        page.label.iter().for_each(|l| labels.add(Class::Page, &fold(l)));
    }
    for k in entry.knelpunten.iter().filter(|k| k.range.overlaps(p.range)) {
        knelpunt(labels, k.id, k.title, lang, stemmer);
    }
}

fn about(labels: &mut Labels, org: Option<&str>, year: Option<i32>, lang: Lang, stemmer: &mut Analyser) {
    if let Some(org) = org {
        labels.add(Class::OrgName, org);
        labels.words(Class::Org, org, lang, stemmer);
    }
    if let Some(year) = year {
        labels.add(Class::Year, &year.to_string());
    }
}

fn knelpunt(labels: &mut Labels, id: &str, title: &str, lang: Lang, stemmer: &mut Analyser) {
    labels.add(Class::Knelpunt, &fold(id));
    labels.add(Class::KnelpuntId, id);
    labels.words(Class::Knelpunt, id, lang, stemmer);
    labels.words(Class::Knelpunt, title, lang, stemmer);
}

/// The entry of a note.
pub(super) fn of_note(n: &NoteEntry, f: &Fields, stemmer: &mut Analyser) -> TantivyDocument {
    // notes are short and their language unknown; their reader's reports are Dutch
    let lang = Lang::Nl;
    let mut labels = Labels::default();
    labels.add(Class::Kind, "note");
    labels.add(Class::Note, &n.id);
    labels.words(Class::Report, &n.report, lang, stemmer);
    about(&mut labels, n.org.as_deref(), n.year, lang, stemmer);
    n.section.iter().for_each(|s| labels.words(Class::Section, s, lang, stemmer));
    n.knelpunten.iter().for_each(|(id, title)| knelpunt(&mut labels, id, title, lang, stemmer));
    for tag in &n.tags {
        labels.add(Class::Tag, &fold(tag));
        labels.words(Class::Tag, tag, lang, stemmer);
    }
    n.status.iter().for_each(|s| labels.add(Class::Status, &fold(s)));
    if let Some(page) = &n.page {
        labels.add(Class::Page, &page.index.to_string());
        page.label.iter().for_each(|l| labels.add(Class::Page, &fold(l)));
    }
    let text = match (n.body.trim(), n.quote.trim()) {
        ("", quote) => quote.to_owned(),
        (body, "") => body.to_owned(),
        (body, quote) => format!("{body}\n\n“{quote}”"),
    };
    let stored = Stored {
        kind: HitKind::Note,
        doc: n.doc,
        note: Some(n.id.clone()),
        report: n.report.clone(),
        part: n.part,
        org: n.org.clone(),
        year: n.year,
        lang,
        section: n.section.clone(),
        section_id: n.section_id,
        range: n.range.unwrap_or_default(),
        heads: None,
        lines: n.lines,
        page: n.page.clone(),
        knelpunten: n.knelpunten.iter().map(|(id, _)| id.clone()).collect(),
        others: Vec::new(),
        text,
    };
    let mut note = build(f, &stored, labels.text(), field_text(lang, std::iter::empty(), &stored.text));
    note.add_u64(f.doc, n.doc.map_or(NO_DOCUMENT, |doc| doc.0));
    begins(f, &mut note, &stored);
    note
}

/// Says of which part and year this entry is, and all after it until the next that says so.
fn begins(f: &Fields, entry: &mut TantivyDocument, stored: &Stored) {
    entry.add_u64(f.part, u64::from(stored.part));
    if let Some(year) = stored.year {
        entry.add_i64(f.year, i64::from(year));
    }
}

fn build(f: &Fields, stored: &Stored, labels: String, text: String) -> TantivyDocument {
    let mut d = TantivyDocument::new();
    d.add_text(f.begin, &text);
    d.add_text(f.text, text);
    d.add_text(f.label, labels);
    let bytes = postcard::to_stdvec(stored).expect("plain data without maps or floats always serialises");
    d.add_bytes(f.stored, &bytes);
    d
}
