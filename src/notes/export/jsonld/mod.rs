//! W3C Web Annotations (the data model of 2017) as JSON-LD; and back, also from Hypothesis.
//!
//! One `AnnotationCollection` with one page. A note is an `Annotation`: its words a body for commenting, its tags bodies for
//! tagging, its knelpunten bodies for classifying; its target the document by its content, with the quote, the place in code
//! points and, in a PDF, the page as selectors. Knelpunten are SKOS concepts beside them. What the model has no words for is one
//! string in a namespace of our own (`kantlijn:record`), the front matter of the note, so that import gives back the same note.
//! Ids are UUIDs made of what things are, times are those of the notes: the same notes make the same bytes.

mod read;
mod write;

pub use read::read;
pub use write::write;

/// The context of the model.
const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";
/// What our own names are short for.
const OWN: &str = "urn:kantlijn:";
/// How a page of a PDF is named in a fragment.
const PDF_FRAGMENT: &str = "http://tools.ietf.org/rfc/rfc3778";

/// Whether a file is a collection of annotations as [`write()`](fn@write) makes them.
#[must_use]
pub fn is(bytes: &[u8]) -> bool {
    let root: Option<serde_json::Value> = serde_json::from_slice(bytes).ok();
    root.is_some_and(|r| r["@context"][0] == CONTEXT && r["type"] == "AnnotationCollection")
}

#[cfg(test)]
mod tests;
