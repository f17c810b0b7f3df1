//! What stands inside lines: styles, links, marks of notes and the labels notes begin with.

use super::marker;
use super::tags::{Name, Tag};
use super::tape::Tape;
use super::write::{Close, Writer};
use crate::doc::SpanStyle;
use crate::import::ImportError;

impl Writer<'_> {
    /// At the start of a note its label is written again; what comes after it. `None` elsewhere.
    pub(super) fn after_label<'t>(&mut self, text: &'t str) -> Option<&'t str> {
        let label = self.note_head.as_deref()?;
        let marks = |c: char| c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | '^' | '↑' | '↩');
        let rest = text.trim_start_matches(marks);
        if rest.is_empty() {
            return Some("");
        }
        let after = rest.strip_prefix(label).filter(|r| !r.starts_with(char::is_alphanumeric));
        let rest = match after {
            Some(after) => after.trim_start_matches(|c: char| marks(c) || matches!(c, '.' | ':')),
            // A bracket that opens the note's own words stays.
            None => text.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, ']' | ')' | '^' | '↑' | '↩')),
        };
        if !rest.is_empty() {
            self.note_head = None;
        }
        Some(rest)
    }

    pub(super) fn inline(&mut self, at: u32, tag: Tag) -> Result<u32, ImportError> {
        let tape = self.tape;
        if matches!(tag, Tag::Sup | Tag::A | Tag::Span) && self.marks(at) {
            return Ok(tape.after(at));
        }
        match tag {
            Tag::Br if self.pre > 0 && !self.scribe.in_table() => self.scribe.text("\n"),
            Tag::Br => self.breaks += 1,
            Tag::B | Tag::Strong => self.style(at, SpanStyle::Strong),
            Tag::I | Tag::Em | Tag::Cite | Tag::Var => self.style(at, SpanStyle::Emphasis),
            Tag::Code | Tag::Kbd | Tag::Samp | Tag::Tt if self.pre == 0 => self.style(at, SpanStyle::Code),
            Tag::S | Tag::Del | Tag::Strike => self.style(at, SpanStyle::Strike),
            Tag::Sup => return self.raised(at),
            Tag::Q => {
                self.words(at, "“")?;
                self.open(at, Close::Text("”"));
            }
            Tag::A => {
                if self.in_note && self.leads_back(at) {
                    return Ok(tape.after(at));
                }
                let href = tape.attr(at, Name::Href).unwrap_or_default().trim();
                let whole = ["http://", "https://", "mailto:"]
                    .iter()
                    .any(|s| href.get(..s.len()).is_some_and(|h| h.eq_ignore_ascii_case(s)));
                if whole {
                    self.style(at, SpanStyle::Link(href.to_string()));
                }
            }
            Tag::Span => {
                let style = tape.attr(at, Name::StyleOf).unwrap_or_default();
                if style.contains("mso-list:Ignore") || style.contains("mso-list: Ignore") {
                    return Ok(tape.after(at));
                }
                let has = |names: &[&str]| names.iter().any(|n| style.contains(n));
                if has(&["font-weight:bold", "font-weight: bold", "font-weight:700", "font-weight: 700"]) {
                    self.style(at, SpanStyle::Strong);
                }
                if has(&["font-style:italic", "font-style: italic"]) {
                    self.style(at, SpanStyle::Emphasis);
                }
            }
            Tag::Img if tape.attr(at, Name::Class).is_some_and(|c| c.contains("math") || c.contains("tex")) => {
                if let Some(alt) = tape.attr(at, Name::Alt) {
                    self.words(at, alt)?;
                }
            }
            Tag::Input
                if tape.attr(at, Name::Type) == Some("checkbox")
                    && !self.scribe.is_open()
                    && !self.scribe.in_table() =>
            {
                let ticked = tape.attr(at, Name::Checked).is_some();
                if self.scribe.list_depth() > 0 {
                    self.scribe.set_marker(if ticked { "☒" } else { "☐" });
                }
            }
            _ => {}
        }
        Ok(at + 1)
    }

    /// Writes the marks of notes that an element stands for; `false` when it holds other text too.
    fn marks(&mut self, at: u32) -> bool {
        let tape = self.tape;
        if self.notes.is_empty() || tape.after(at) - at > 40 {
            return false;
        }
        let here: Vec<u32> = (at..tape.after(at)).filter(|i| self.notes.is_mark(*i)).collect();
        let Some(first) = here.first() else { return false };
        if tape.is(at, Tag::Span) && tape.words(at, 24).len() > 8 {
            return false;
        }
        debug_assert!(*first >= at);
        // A raised "see also" beside the mark is text.
        let other = tape.words(at, 64).chars().filter(|c| c.is_alphabetic()).count();
        if other > 6 {
            return false;
        }
        self.at_line(at);
        for (n, mark) in here.iter().enumerate() {
            if n > 0 {
                self.scribe.text(" ");
            }
            if let Some((index, note)) = self.notes.of_link(*mark) {
                let label = note.label.clone();
                if !std::mem::replace(&mut note.taken, true) {
                    self.pending.push(index);
                }
                self.scribe.note_ref(&label);
            }
        }
        true
    }

    /// Whether a link in a note leads back to its mark.
    fn leads_back(&self, at: u32) -> bool {
        let local = self.tape.attr(at, Name::Href).is_some_and(|h| h.contains('#'));
        let text = self.tape.words(at, 40);
        let plain = text.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
        let back = self.tape.has_word(at, Name::Role, "doc-backlink")
            || self.tape.has_word(at, Name::Class, "footnote-back")
            || matches!(plain.as_str(), "" | "back" | "terug" | "jump up" | "omhoog");
        local && (back || self.note_head.as_deref().is_some_and(|label| plain == label.to_lowercase()))
    }

    /// Raised text that is no link: the mark of a note where the page has such, else small digits, else words.
    fn raised(&mut self, at: u32) -> Result<u32, ImportError> {
        let text = self.tape.words(at, 16);
        let digits = !text.is_empty() && text.len() <= 3 && text.bytes().all(|b| b.is_ascii_digit());
        if !digits || self.pre > 0 {
            return Ok(at + 1);
        }
        if self.note_head.as_deref() == Some(text.as_str()) {
            return Ok(self.tape.after(at));
        }
        self.at_line(at);
        if self.loose_notes && !self.scribe.in_table() {
            if self.breaks > 0 {
                self.border()?;
            }
            self.scribe.mark(SpanStyle::NoteRef(String::new()));
            self.scribe.text(&text);
            if let Some((_, range)) = self.scribe.lift(|s| matches!(s, SpanStyle::NoteRef(_))) {
                self.scribe.raise(range);
            }
        } else {
            let raised = marker::raised(&text);
            self.words(at, &raised)?;
        }
        Ok(self.tape.after(at))
    }
}

/// Whether a paragraph of the page begins with a raised number: then raised numbers elsewhere lead to it.
pub(super) fn loose_notes(tape: &Tape) -> bool {
    (1..tape.len()).any(|at| {
        let first = tape.is(at, Tag::Sup) && tape.tag(at - 1).is_some_and(|t| matches!(t, Tag::P | Tag::Div | Tag::Br));
        first && tape.words(at, 8).parse::<u16>().is_ok()
    })
}
