//! From pieces to outline: which pieces are headings, of what level, and where one report ends and the next begins.

use super::draft::Draft;
use crate::doc::{Lang, PartKind};

/// What was judged of a draft.
pub(super) struct Judged {
    /// In reading order; their pieces never overlap.
    pub(super) headings: Vec<Heading>,
    /// In reading order; the first begins at piece 0.
    pub(super) parts: Vec<PartDraft>,
}

/// A heading.
pub(super) struct Heading {
    /// Its first piece.
    pub(super) first: usize,
    /// Its last piece: the same, but for a label followed by its title.
    pub(super) last: usize,
    /// What stands between its pieces.
    pub(super) join: &'static str,
    /// "2.1", "Knelpunt 1".
    pub(super) number: Option<String>,
    /// The title without the number.
    pub(super) title: String,
    /// From 1, a part's title.
    pub(super) level: u8,
    /// From 0 to 1.
    pub(super) confidence: f32,
}

/// A part.
pub(super) struct PartDraft {
    /// Its first piece.
    pub(super) first: usize,
    pub(super) title: String,
    pub(super) org: Option<String>,
    pub(super) date: Option<String>,
    pub(super) year: Option<i32>,
    pub(super) kind: PartKind,
    pub(super) lang: Lang,
    pub(super) confidence: f32,
}

/// Judges a draft.
pub(super) fn judge(draft: &mut Draft) -> Judged {
    let _ = &draft;
    Judged {
        headings: Vec::new(),
        parts: vec![PartDraft {
            first: 0,
            title: String::new(),
            org: None,
            date: None,
            year: None,
            kind: PartKind::Report,
            lang: Lang::Nl,
            confidence: 0.0,
        }],
    }
}
