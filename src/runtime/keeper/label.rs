//! What acts are called in the history. The screens have words for each, in `done`.

use crate::app::Act;
use crate::app::knelpunten::KnelpuntAct;
use crate::notes::store::Stored;
use crate::notes::{Note, NoteKind};

/// What an act is called.
pub(super) fn label(act: &Act) -> &'static str {
    match act {
        Act::Create(new) if new.iter().all(|n| !n.knelpunten.is_empty()) => "code",
        Act::Create(new) => match new.first().map(|n| n.kind) {
            Some(kind) if new.iter().any(|n| n.kind != kind) => "create",
            Some(NoteKind::Highlight) => "highlight",
            Some(NoteKind::Bookmark) => "bookmark",
            _ => "create",
        },
        Act::Save(notes) => what_changed(notes),
        Act::CreateAndSave { create, save } => match what_changed(save) {
            "code" if create.iter().all(|n| !n.knelpunten.is_empty()) => "code",
            "tag" if create.iter().all(|n| !n.tags.is_empty()) => "tag",
            _ => "change",
        },
        Act::Trash(_) => "trash",
        Act::Settle(all) if all.iter().all(|s| s.position.is_none()) => "leave",
        Act::Settle(_) => "accept",
        Act::LinkEditions(_) => "link-editions",
        Act::UnlinkEditions(..) => "part-editions",
        Act::Restore(_) => "restore",
        Act::KeepVersion { .. } => "keep-version",
        Act::Knelpunt(KnelpuntAct::Make { create, save, .. }) if create.len() + save.len() > 0 => "code",
        Act::Knelpunt(KnelpuntAct::Make { .. }) => "make-knelpunt",
        Act::Knelpunt(KnelpuntAct::Revise(_)) => "change-knelpunt",
        Act::Knelpunt(KnelpuntAct::Status { .. }) => "status-knelpunt",
        Act::Knelpunt(KnelpuntAct::Merge { .. }) => "merge-knelpunten",
        Act::Knelpunt(KnelpuntAct::Split { .. }) => "split-knelpunt",
        Act::Knelpunt(KnelpuntAct::Remove(_)) => "remove-knelpunt",
        Act::Correct { .. } => "correct-heading",
        Act::SaveQuery(_) => "save-query",
        Act::RenameQuery { .. } => "rename-query",
        Act::DropQuery(_) => "drop-query",
        Act::Undo | Act::Redo => "change",
    }
}

/// Makes one part of a note as it is in another.
type Take = fn(&mut Note, &Note);

/// What became other in all of these notes.
fn what_changed(notes: &[(Stored, Note)]) -> &'static str {
    let parts: [(&str, Take); 5] = [
        ("code", |n, to| n.knelpunten.clone_from(&to.knelpunten)),
        ("tag", |n, to| n.tags.clone_from(&to.tags)),
        ("status", |n, to| n.status = to.status),
        ("colour", |n, to| n.color = to.color),
        ("write", |n, to| n.body.clone_from(&to.body)),
    ];
    let only = |change: Take| {
        notes.iter().all(|(read, new)| {
            let mut same = read.note.clone();
            change(&mut same, new);
            same.modified = new.modified;
            same == *new
        })
    };
    parts.into_iter().find(|(_, change)| only(*change)).map_or("change", |(name, _)| name)
}
