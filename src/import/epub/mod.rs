//! EPUB books to pieces: `package` (what is in the book and in which order) and `contents` (the titles beside the text);
//! the pages themselves are read as web pages are, all of them as one, so that notes and titles reach from file to file.
//! Books are read as they are shipped: what is missing is said, and what is left is read.

mod contents;
mod package;

#[cfg(test)]
mod tests;

use super::container::Container;
use super::draft::Draft;
use super::html::Book;
use super::reader::{Job, Reader};
use super::scribe::Scribe;
use super::{ImportError, clean, decode};

/// The reader of EPUB books.
pub(super) struct Epub;

impl Reader for Epub {
    fn read(&self, job: &Job<'_>) -> Result<Draft, ImportError> {
        let container = Container::open(job.bytes, &job.budget)?;
        let mut package = package::find(&container, &job.budget)?;
        let mut book = Book::default();
        let (mut missing, mut warnings) = (0, Vec::new());
        for path in &package.pages {
            match container.entry(path) {
                Ok(Some(bytes)) => {
                    let source = clean::clean(&decode::decode(&bytes, &mut warnings));
                    book.add(path, &source, &job.budget)?;
                }
                Ok(None) | Err(ImportError::Damaged { .. }) => missing += 1,
                Err(error) => return Err(error),
            }
        }
        if missing == package.pages.len() {
            return Err(package::NONE);
        }
        let mut scribe = Scribe::new(job.budget.limits.max_depth);
        // Who published a book stands for it rather than who wrote it.
        package.meta.sort_by_key(|(key, _)| *key == "author");
        for (key, value) in &package.meta {
            scribe.meta(key, value);
        }
        let contents = contents::read(&container, &package, &job.budget)?;
        book.write(&mut scribe, &contents, &job.budget)?;
        let mut draft = scribe.finish();
        warnings.sort();
        warnings.dedup();
        if missing > 0 {
            warnings.push(format!("{missing} of the pages of this book are missing"));
        }
        draft.warnings.append(&mut warnings);
        Ok(draft)
    }
}
