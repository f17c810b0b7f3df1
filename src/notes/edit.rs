//! Changing YAML text in place: what is changed is rewritten where it stands, and every other byte stays.

use super::yaml::{Entry, Node, Style, Value};
use std::ops::Range;

/// What should stand in the text, in the order in which a new text has it.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Want {
    /// No such key.
    Nothing,
    /// A scalar, as it is written.
    Word(String),
    /// A list.
    List(Vec<Want>),
    /// A mapping.
    Map(Vec<(&'static str, Want)>),
}

impl Want {
    /// On one line.
    pub fn inline(&self) -> String {
        match self {
            Want::Nothing => "null".to_owned(),
            Want::Word(word) => word.clone(),
            Want::List(items) => {
                format!("[{}]", items.iter().map(Want::inline).collect::<Vec<_>>().join(", "))
            }
            Want::Map(entries) => {
                let entries = entries.iter().filter(|(_, want)| !want.is_empty());
                let entries: Vec<_> = entries.map(|(key, want)| format!("{key}: {}", want.inline())).collect();
                format!("{{{}}}", entries.join(", "))
            }
        }
    }

    /// Whether a text without that key says the same.
    pub fn is_empty(&self) -> bool {
        match self {
            Want::Nothing => true,
            Want::Word(_) => false,
            Want::List(items) => items.is_empty(),
            Want::Map(entries) => entries.iter().all(|(_, want)| want.is_empty()),
        }
    }
}

/// The text with everything rewritten in which `new` differs from `old`; `root` is what was read from the text and `old` what
/// it was taken to mean. The caller checks that the outcome means `new`.
pub(super) fn edit(text: &str, root: &Node, old: &Want, new: &Want, eol: &str) -> String {
    let mut editor = Editor { text, eol, changes: Vec::new() };
    editor.map(root, 0..text.len(), old, new);
    let Editor { mut changes, .. } = editor;
    changes.sort_by_key(|(range, _)| range.start);
    let mut out = String::with_capacity(text.len() + 64);
    let mut at = 0;
    for (range, with) in changes {
        if range.start < at {
            continue; // Overlaps what was replaced as a whole.
        }
        out.push_str(&text[at..range.start]);
        out.push_str(&with);
        at = range.end;
    }
    out.push_str(&text[at..]);
    out
}

struct Editor<'a> {
    text: &'a str,
    eol: &'a str,
    changes: Vec<(Range<usize>, String)>,
}

impl Editor<'_> {
    fn put(&mut self, range: Range<usize>, with: String) {
        self.changes.push((range, with));
    }

    /// Both wants are mappings; `lines` are the whole lines that a mapping by indentation fills.
    fn map(&mut self, node: &Node, lines: Range<usize>, old: &Want, new: &Want) {
        let (Value::Map(entries), Want::Map(old), Want::Map(new)) = (&node.value, old, new) else { return };
        let of = |wants: &[(&str, Want)], key: &str| {
            wants.iter().find(|(k, _)| *k == key).map_or(Want::Nothing, |(_, want)| want.clone())
        };
        let mut keys: Vec<&str> = new.iter().map(|(key, _)| *key).collect();
        keys.extend(old.iter().map(|(key, _)| *key).filter(|key| !new.iter().any(|(k, _)| k == key)));
        for (order, key) in keys.iter().enumerate() {
            let (was, want) = (of(old, key), of(new, key));
            if was == want {
                continue;
            }
            match entries.iter().position(|e| e.key == *key) {
                Some(i) => {
                    let lines = self.lines_of(entries, i, &lines);
                    self.entry(&entries[i], lines, node.style, &was, &want);
                }
                None if want.is_empty() => {}
                None => {
                    let before = keys[..order].iter().rev().find_map(|k| entries.iter().position(|e| e.key == **k));
                    self.insert(node, entries, before, &lines, format!("{key}: {}", want.inline()));
                }
            }
        }
    }

    fn entry(&mut self, entry: &Entry, lines: Range<usize>, parent: Style, was: &Want, want: &Want) {
        let node = &entry.node;
        match (&node.value, node.style, was, want) {
            (Value::Map(_), Style::Block | Style::Flow, Want::Map(_), Want::Map(_)) => self.map(node, lines, was, want),
            (Value::List(items), Style::Block | Style::Flow, Want::List(old), Want::List(new))
                if self.list(items, node.style, &lines, old, new) => {}
            (_, _, _, Want::Nothing) if parent == Style::Block && !self.has_comment(entry, &lines) => {
                self.put(lines, String::new());
            }
            (_, Style::Inline | Style::Flow, ..) => {
                let blank = if self.text[..node.span.start].ends_with(':') { " " } else { "" };
                self.put(node.span.clone(), format!("{blank}{}", want.inline()));
            }
            (_, Style::Block | Style::Other, ..) => {
                // Everything after the colon, to the end of the last line.
                let colon = self.text[entry.at.end..].find(':').map_or(entry.at.end, |at| entry.at.end + at + 1);
                let end = if parent == Style::Flow {
                    node.span.end
                } else {
                    lines.start + self.text[lines].trim_end_matches(['\r', '\n']).len()
                };
                self.put(colon..end.max(colon), format!(" {}", want.inline()));
            }
        }
    }

    /// Takes items out and adds items at the end, where that is all that changes; false when it isn't.
    fn list(&mut self, items: &[Node], style: Style, lines: &Range<usize>, old: &[Want], new: &[Want]) -> bool {
        let mut kept = 0;
        let gone: Vec<bool> = old
            .iter()
            .map(|item| {
                let stays = new.get(kept) == Some(item);
                kept += usize::from(stays);
                !stays
            })
            .collect();
        let added = &new[kept..];
        let Some(last) = items.last().filter(|_| kept > 0 && items.len() == old.len()) else { return false };
        if style == Style::Flow {
            if gone.contains(&true) || !matches!(last.style, Style::Inline | Style::Flow) {
                return false;
            }
            let added: String = added.iter().map(|item| format!(", {}", item.inline())).collect();
            self.put(last.span.end..last.span.end, added);
            return true;
        }
        let starts: Vec<usize> = items.iter().map(|item| self.line_start(item.span.start)).collect();
        let dash = self.text[starts[0]..].find('-').map(|at| &self.text[starts[0]..starts[0] + at]);
        let Some(indent) = dash.filter(|indent| indent.trim().is_empty() && starts[0] >= lines.start) else {
            return false;
        };
        for (i, _) in gone.iter().enumerate().filter(|(_, gone)| **gone) {
            self.put(starts[i]..starts.get(i + 1).copied().unwrap_or(lines.end), String::new());
        }
        let eol = self.eol;
        let added: String = added.iter().map(|item| format!("{indent}- {}{eol}", item.inline())).collect();
        if !added.is_empty() {
            self.put(lines.end..lines.end, added);
        }
        true
    }

    fn insert(&mut self, map: &Node, all: &[Entry], before: Option<usize>, lines: &Range<usize>, line: String) {
        match (map.style, before) {
            (Style::Flow, Some(i)) if matches!(all[i].node.style, Style::Inline | Style::Flow) => {
                let at = all[i].node.span.end;
                self.put(at..at, format!(", {line}"));
            }
            (Style::Flow, _) => {
                let at = map.span.start + 1;
                let comma = if all.is_empty() { "" } else { ", " };
                self.put(at..at, format!("{line}{comma}"));
            }
            (_, before) => {
                let Some(first) = all.first() else { return };
                let indent = &self.text[self.line_start(first.at.start)..first.at.start];
                let line = format!("{indent}{line}{}", self.eol);
                let at = match before {
                    Some(i) => self.lines_of(all, i, lines).end,
                    None => self.line_start(first.at.start),
                };
                self.put(at..at, line);
            }
        }
    }

    /// The whole lines of an entry of a mapping by indentation, without blank lines and comments that follow it.
    fn lines_of(&self, entries: &[Entry], i: usize, all: &Range<usize>) -> Range<usize> {
        let start = self.line_start(entries[i].at.start);
        let mut end = entries.get(i + 1).map_or(all.end, |next| self.line_start(next.at.start)).max(start);
        for line in self.text[start..end].split_inclusive('\n').rev() {
            let content = line.trim();
            if !content.is_empty() && !content.starts_with('#') {
                break;
            }
            end -= line.len();
        }
        start..end
    }

    fn line_start(&self, at: usize) -> usize {
        self.text[..at].rfind('\n').map_or(0, |lf| lf + 1)
    }

    /// Whether words of the reader's stand behind the value, on its line.
    fn has_comment(&self, entry: &Entry, lines: &Range<usize>) -> bool {
        let from = entry.node.span.end.clamp(lines.start, lines.end);
        matches!(entry.node.style, Style::Inline | Style::Flow) && self.text[from..lines.end].contains('#')
    }
}
