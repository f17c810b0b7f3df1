//! A PDF file opened: what it may cost is counted here, page by page.

use super::columns;
use super::lines::{self, Line};
use super::markers;
use crate::import::ImportError;
use crate::import::budget::Budget;
use crate::import::draft::Draft;
use crate::import::reader::Job;
use pdfboss_core::{
    Document, Error, Immediate, ObjRef, Object, ObjectSource, OcState, Stream, StructureTree, block_on,
};
use pdfboss_output::{retain_rulings_on_page, retain_spans_on_page};
use pdfboss_text::{FontCache, ReadingOrder, Ruling};
use std::cell::Cell;

/// Strings shown on one page; more than a thousand times a full page of print. Each becomes a span of some hundred bytes.
const MAX_STRINGS: usize = 300_000;
/// Longest text that one character code may stand for, in hexadecimal digits: a ligature is some letters.
const MAX_MAPPED: usize = 256;

/// A PDF file.
pub(super) struct File<'a> {
    pub(super) doc: Document,
    pub(super) job: &'a Job<'a>,
}

/// A page as read.
pub(super) struct Page {
    /// In reading order.
    pub(super) lines: Vec<Line>,
    /// What is drawn with straight lines: borders of tables, the rule above notes.
    pub(super) rules: Vec<Ruling>,
    /// The number as printed.
    pub(super) label: Option<String>,
}

impl<'a> File<'a> {
    /// Opens a file, with the password given or with the empty one.
    pub(super) fn open(job: &'a Job<'a>) -> Result<Self, ImportError> {
        let load = |password: &str| Document::load_with_password(job.bytes.to_vec(), password);
        let loaded = match (load(""), job.password) {
            (Err(Error::Encrypted), Some(password)) => load(password),
            (first, _) => first,
        };
        let doc = match loaded {
            Ok(doc) => doc,
            Err(Error::Encrypted) if job.password.is_some() => return Err(ImportError::WrongPassword),
            Err(Error::Encrypted) => return Err(ImportError::Encrypted),
            Err(_) => return Err(ImportError::Damaged { what: "no table of its objects can be made out" }),
        };
        Ok(File { doc, job })
    }

    /// Reads all pages. One that can't be read costs itself, and a warning.
    pub(super) fn pages(&self, draft: &mut Draft) -> Result<Vec<Page>, ImportError> {
        let count = self.doc.flattened_page_count();
        let limit = self.job.budget.limits.max_pages;
        if count == 0 {
            return Err(ImportError::Damaged { what: "no page in it" });
        }
        if count > limit as usize {
            return Err(ImportError::TooManyPages { limit });
        }
        let fonts = FontCache::default();
        let layers = self.doc.oc_state();
        let tree = self.doc.structure_tree();
        let mut broken = Vec::new();
        let mut pages = Vec::with_capacity(count);
        for index in 0..count {
            self.job.budget.time()?;
            let source = Counted::new(self);
            let page = self.page(index, &source, &fonts, layers.as_ref(), tree.as_ref());
            source.failed()?;
            let (page, whole) = page.unwrap_or((Page { lines: Vec::new(), rules: Vec::new(), label: None }, false));
            if !whole {
                broken.push(index + 1);
            }
            pages.push(page);
        }
        warn(&broken, draft);
        Ok(pages)
    }

    /// Reads one page; whether all of it could be read.
    fn page(
        &self,
        index: usize,
        source: &Counted<'_>,
        fonts: &FontCache,
        layers: Option<&OcState>,
        tree: Option<&StructureTree>,
    ) -> Option<(Page, bool)> {
        let page = self.doc.page(index).ok()?;
        let (mut spans, mut rules, report) = block_on(pdfboss_text::extract_spans_and_rulings_reporting_cached_with(
            Immediate(source),
            &page,
            fonts,
            layers,
            tree,
            ReadingOrder::StructureTree,
        ))
        .ok()?;
        retain_spans_on_page(&mut spans, &page);
        retain_rulings_on_page(&mut rules, &page);
        let mut lines = lines::lines(&spans, index as u32 + 1);
        markers::attach(&mut lines);
        columns::part(&mut lines);
        let whole = !report.skipped.iter().any(|s| s.kind == pdfboss_text::SkippedTextKind::PageContents);
        Some((Page { lines, rules, label: None }, whole))
    }

    /// Gives the pages the numbers that the file gives them, where it does.
    pub(super) fn label(&self, pages: &mut [Page]) {
        let Some(ranges) = self.doc.page_labels().filter(|r| !r.is_empty()) else { return };
        for (index, page) in pages.iter_mut().enumerate() {
            let Some(range) = ranges.iter().rev().find(|r| r.first_page <= index) else { continue };
            // A numeral is written out digit by digit, so a wild number would be a wild label.
            let sane = range.start_at < 100_000 && range.prefix.as_ref().is_none_or(|p| p.len() <= 40);
            if sane {
                let label = range.label(index);
                page.label = (!label.trim().is_empty()).then(|| label.trim().to_string()).or(page.label.take());
            }
        }
    }
}

/// Says which pages could not be read.
fn warn(broken: &[usize], draft: &mut Draft) {
    if broken.is_empty() {
        return;
    }
    let named: Vec<String> = broken.iter().take(20).map(usize::to_string).collect();
    let more = if broken.len() > 20 { format!(" and {} more", broken.len() - 20) } else { String::new() };
    let page = if broken.len() == 1 { "page" } else { "pages" };
    draft.warnings.push(format!("{page} {}{more} could not be read", named.join(", ")));
}

/// The objects of a file, each counted.
pub(super) struct Counted<'a> {
    doc: &'a Document,
    budget: &'a Budget<'a>,
    /// Strings shown so far.
    strings: Cell<usize>,
    failed: Cell<Option<ImportError>>,
}

impl<'a> Counted<'a> {
    pub(super) fn new(file: &'a File<'a>) -> Self {
        Counted { doc: &file.doc, budget: &file.job.budget, strings: Cell::new(0), failed: Cell::new(None) }
    }

    /// The limit that was passed, if one was.
    pub(super) fn failed(&self) -> Result<(), ImportError> {
        self.failed.take().map_or(Ok(()), Err)
    }

    fn count(&self, result: Result<(), ImportError>) -> Result<(), Error> {
        result.map_err(|e| {
            self.failed.set(Some(e));
            Error::Other("a limit was passed".into())
        })
    }
}

impl ObjectSource for Counted<'_> {
    fn get(&self, r: ObjRef) -> Result<Object, Error> {
        self.count(self.budget.node())?;
        self.doc.get(r)
    }

    fn stream_data(&self, s: &Stream) -> Result<Vec<u8>, Error> {
        let data = self.doc.stream_data(s)?;
        self.count(self.budget.unpack(data.len() as u64))?;
        // What is shown is written between these; pictures and fonts hold them by chance, but are not read here.
        let strings = self.strings.get() + memchr::memchr2_iter(b'(', b'<', &data).count();
        self.strings.set(strings);
        if strings > MAX_STRINGS || (memchr::memmem::find(&data, b"beginbf").is_some() && maps_much(&data)) {
            return Err(Error::Other("too much text on a page".into()));
        }
        Ok(data)
    }

    fn resolve(&self, o: &Object) -> Result<Object, Error> {
        if matches!(o, Object::Ref(_)) {
            self.count(self.budget.node())?;
        }
        self.doc.resolve(o)
    }
}

/// Whether a table from codes to characters lets a code stand for a whole text.
fn maps_much(data: &[u8]) -> bool {
    data.split(|b| matches!(b, b'<' | b'>')).any(|hex| hex.len() > MAX_MAPPED && hex.iter().all(u8::is_ascii_hexdigit))
}
