//! Stable names for what is exported: the same thing has the same GUID in every export, in every form, on every machine.
//!
//! UUIDs of version 5 (RFC 9562): a hash of a namespace of our own and a name made of what the thing is.

use uuid::{Uuid, uuid};

/// The namespace of all of kantlijn's names: a random UUID, never to be changed.
const NAMESPACE: Uuid = uuid!("b3c1f0a6-6f0d-4d59-9a53-6c1b1d9f4e27");

/// What a GUID is of.
#[derive(Clone, Copy, Debug)]
pub(super) enum Thing {
    /// The user of a project.
    User,
    /// A code, by the id of its knelpunt.
    Code,
    /// A tag as a code, by its words; the group of them is the empty tag.
    Tag,
    /// A report, by its edition and part.
    Source,
    /// A marked place, by its note.
    Selection,
    /// A code on a place, by note and code.
    Coding,
    /// A note.
    Note,
    /// A kind of fact about a report.
    Variable,
    /// The content of a file, by its edition, or what is known of a report.
    Document,
    /// A file of annotations, by its notes.
    Collection,
    /// What a foreign address stands for.
    Address,
}

/// The GUID of this thing, in lower case with hyphens.
pub(super) fn of(thing: Thing, name: &str) -> String {
    Uuid::new_v5(&NAMESPACE, format!("{thing:?}:{name}").as_bytes()).hyphenated().to_string()
}

/// A GUID as files write it (in braces or not, in either case) in the one way in which they are compared; other names as
/// they stand.
pub(super) fn plain(text: &str) -> String {
    match Uuid::try_parse(text.trim()) {
        Ok(uuid) => uuid.hyphenated().to_string(),
        Err(_) => text.trim().to_owned(),
    }
}
