//! What the reader takes along: quotes with their sources on the clipboard, and notes, passages or a dossier as a file, in
//! the form that the file's name says.

use super::annotate::Subject;
use super::prompt::{Prompt, PromptKind};
use super::views::Listed;
use super::{App, Effect, Effects, Overlay, Pane, View};
use crate::notes::export::citation::{Cited, Style};
use crate::notes::slug::slug;
use crate::notes::{NoteId, Target};

/// What is to be written to a file.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Taken {
    /// The title of a text.
    pub title: String,
    /// The dossier of this knelpunt; then nothing else counts.
    pub knelpunt: Option<String>,
    /// These notes.
    pub notes: Vec<NoteId>,
    /// Places that have no note.
    pub places: Vec<Target>,
}

impl App {
    /// The style of citations: the reader's, else the one usual in the language of the screens.
    #[must_use]
    pub fn citation_style(&self) -> Style {
        self.style.unwrap_or(Style::usual(self.words.lang()))
    }

    /// Copies the words of a subject, or with `cited` the words with their sources.
    pub(super) fn copy_subject(&mut self, subject: &Subject, cited: bool, fx: &mut Effects) {
        let (style, lang) = (self.citation_style(), self.words.lang());
        let notes = subject.notes.iter().filter_map(|id| self.notebook.note(id)).map(|note| {
            let home = self.notebook.located_of(&note.id).iter().find(|at| at.home && at.place.is_some());
            let source = home.map_or_else(|| Cited::target(&note.target), |at| Cited::at(note, at));
            (source, &note.target)
        });
        let places = subject.places.iter().map(|target| (Cited::target(target), target));
        let texts = notes.chain(places).map(|(source, target)| match cited && target.report.is_some() {
            true => source.quoted(style, lang),
            false => self.target_words(target),
        });
        let text = texts.collect::<Vec<_>>().join("\n\n");
        self.reader.selection = None;
        fx.push(Effect::Copy(text));
    }

    /// Asks for the file that a dossier is to be written to, when the keys stand on one or in one; whether they do.
    pub(super) fn export_dossier(&mut self) -> bool {
        let knelpunt = match (self.pane, self.view) {
            (Pane::Left, View::Dossier) if self.dossier.marked.is_empty() => {
                self.dossier.of.as_ref().map(|d| (d.key.id().to_owned(), d.title.clone()))
            }
            (Pane::Left, View::Knelpunten) => match self.listed().as_slice() {
                [Listed::Made(id) | Listed::Found(_, id)] => {
                    Some((id.clone(), self.knelpunt_name(id).unwrap_or_else(|| id.clone())))
                }
                _ => None,
            },
            _ => None,
        };
        let Some((id, title)) = knelpunt else { return false };
        self.ask_where_to_export(Taken { knelpunt: Some(id), title, ..Taken::default() });
        true
    }

    /// Asks for the file that notes and places are to be written to. On a section that is the notes in it, when there are
    /// any.
    pub(super) fn export_subject(&mut self, subject: Subject) {
        let query = self.search.input.text();
        let title = match query.trim() {
            query if self.view == View::Search && !query.is_empty() => {
                self.words.f("export.title-of", &[("query", &query)])
            }
            _ => self.words.t("export.title").to_owned(),
        };
        let within = self.notes_within();
        let Subject { notes, places } = subject;
        let taken = match within.is_empty() {
            true => Taken { title, notes, places, knelpunt: None },
            false => Taken { title, notes: within, ..Taken::default() },
        };
        self.ask_where_to_export(taken);
    }

    /// The notes in the section, or the report, that the navigator stands on.
    fn notes_within(&self) -> Vec<NoteId> {
        if (self.pane, self.view) != (Pane::Left, View::Read) {
            return Vec::new();
        }
        let Some(node) = self.navigator.current().map(|n| n.id) else { return Vec::new() };
        let section = node.section.zip(self.shelf.open(node.doc));
        let range = section.map(|(section, open)| open.doc.outline().section(section).range);
        let here = |at: &&crate::notes::Located| {
            let placed = || at.place.as_ref().zip(range).is_some_and(|(p, range)| range.contains(p.range.start));
            at.home && at.doc == Some(node.doc) && at.part == node.part && (node.section.is_none() || placed())
        };
        self.notebook.located().iter().filter(here).map(|at| at.note.clone()).collect()
    }

    fn ask_where_to_export(&mut self, taken: Taken) {
        let name = match &taken.knelpunt {
            Some(id) => {
                let slug = Some(slug(&taken.title)).filter(|s| !s.is_empty());
                format!("{}.md", slug.unwrap_or_else(|| crate::notes::slug::slug(id)))
            }
            None => self.words.t("export.file").to_owned(),
        };
        self.overlay = Some(Overlay::Prompt(Prompt::new(PromptKind::Export(Box::new(taken)), &name)));
    }
}
