//! Quotes with their sources as a Markdown file: of what is selected, of what the cursor stands on, or of all that is
//! marked in a list.

use super::annotate::Subject;
use super::prompt::{Prompt, PromptKind};
use super::{App, Overlay, View};
use crate::notes::Target;

impl App {
    /// Asks for the file that the quotes of a subject are to be written to.
    pub(super) fn ask_where_to_export(&mut self, subject: &Subject) {
        let text = self.quotes(subject);
        let name = self.words.t("export.file");
        self.overlay = Some(Overlay::Prompt(Prompt::new(PromptKind::Export(text), name)));
    }

    /// The quotes in Markdown: each as a quotation with its source below it, and the words of a note after that.
    fn quotes(&self, subject: &Subject) -> String {
        let query = self.search.input.text();
        let title = match query.trim() {
            query if self.view == View::Search && !query.is_empty() => {
                self.words.f("export.title-of", &[("query", &query)])
            }
            _ => self.words.t("export.title").to_owned(),
        };
        let mut out = format!("# {}\n", one_line(&title));
        for id in &subject.notes {
            if let Some(note) = self.notebook.note(id) {
                self.put_quote(&note.target, &note.body, &mut out);
            }
        }
        for target in &subject.places {
            self.put_quote(target, "", &mut out);
        }
        out
    }

    fn put_quote(&self, target: &Target, words: &str, out: &mut String) {
        out.push('\n');
        if let Some(quote) = target.quote() {
            for line in quote.exact.trim().lines() {
                out.push_str(format!("> {line}").trim_end());
                out.push('\n');
            }
            out.push('\n');
        }
        out.push_str(&format!("— {}\n", one_line(&self.source(target))));
        if !words.trim().is_empty() {
            out.push_str(&format!("\n{}\n", words.trim()));
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
