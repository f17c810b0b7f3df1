//! How a document is related to the report that a note names: by content, and by how both call themselves
//! ([`crate::doc::naming`]). What the reader has said by hand is added by [`super::editions::Links::kin`].

use super::note::ReportRef;
use crate::doc::naming::{Likeness, Named, Naming};
use crate::doc::{Document, Edition};
use serde::{Deserialize, Serialize};

/// How a document is related to the report that a note names. Of several documents the greatest is the note's own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Kin {
    /// Another report.
    Stranger,
    /// An edition of it of another year, or one that the reader has linked.
    Series,
    /// The same report and year, other content.
    Report,
    /// The very content.
    Edition,
}

/// How a document is related to a report.
#[must_use]
pub fn kin(report: &ReportRef, doc: &Document) -> Kin {
    kin_among(report, Some(doc.edition()), &names_of(doc))
}

/// The same, of a document of which only the edition and what its parts are called are known.
#[must_use]
pub fn kin_among(report: &ReportRef, edition: Option<Edition>, parts: &[Named<'_>]) -> Kin {
    if edition.is_some() && report.edition == edition {
        return Kin::Edition;
    }
    let wanted = naming(report);
    let of_part = |part: &Named<'_>| {
        let naming = Naming::of(part);
        match (wanted.likeness(&naming), wanted.issue().differs(&naming.issue())) {
            (Likeness::Same, true) => Kin::Series,
            (Likeness::Same, false) => Kin::Report,
            // a name that says little is good for the same report, not for another year of it
            (Likeness::Perhaps, false) if same_words(part.title, &report.title) => Kin::Report,
            _ => Kin::Stranger,
        }
    };
    parts.iter().map(of_part).max().unwrap_or(Kin::Stranger)
}

/// The name of a report, taken apart.
#[must_use]
pub fn naming(report: &ReportRef) -> Naming {
    let ReportRef { title, org, year, file, .. } = report;
    Naming::of(&Named { title, org: org.as_deref(), year: *year, file, kind: None, lang: None })
}

/// What the parts of a document are called, by the reader and by the file.
#[must_use]
pub fn names_of(doc: &Document) -> Vec<Named<'_>> {
    let parts = doc.outline().parts().iter().chain(doc.imported_outline().parts());
    parts.map(|p| Named::part(p, "")).collect()
}

/// Whether two titles are the same, white space and case aside.
#[must_use]
pub fn same_words(a: &str, b: &str) -> bool {
    let fold = |s: &str| s.split_whitespace().map(str::to_lowercase).collect::<Vec<_>>();
    fold(a) == fold(b)
}
