//! What is kantlijn's own and has no place in another form: kept below a person's words, as the front matter that files of
//! notes have, so that it can be read by anybody, survives other programs that keep descriptions, and comes back whole.
//!
//! ```text
//! The reader's words.
//!
//! ---
//! id: …
//! status: open
//! ---
//! ```

use super::{Code, StatusSaid};
use crate::notes::edit::Want;
use crate::notes::slug::slug;
use crate::notes::yaml::{Node, Value, read, scalar};
use crate::notes::{Note, parse, render};

const FENCE: &str = "---";

/// The front matter of a note, without its words.
pub(super) fn of_note(note: &Note) -> String {
    let mut bare = note.clone();
    bare.body.clear();
    render(&bare)
}

/// The note that front matter is of, with these words.
pub(super) fn to_note(front: &str, body: &str) -> Option<Note> {
    let mut note = parse(front).ok()?;
    body.clone_into(&mut note.body);
    Some(note)
}

/// Front matter that holds the words too: for those that the other form has no way to say.
pub(super) fn with_body(front: &str, body: &str) -> String {
    let lines = front.trim_end().strip_suffix(FENCE).unwrap_or(front);
    format!("{lines}body: {}\n{FENCE}\n", scalar(body))
}

/// One value of front matter.
pub(super) fn value(front: &str, key: &str) -> Option<String> {
    scalar_of(&read(inside(front)).ok()?.entry(key)?.node)
}

fn inside(front: &str) -> &str {
    let front = front.trim_end();
    front.strip_prefix(FENCE).and_then(|f| f.strip_suffix(FENCE)).unwrap_or("")
}

/// Words with front matter below them.
pub(super) fn below(words: &str, front: &str) -> String {
    match (words.is_empty(), front.is_empty()) {
        (_, true) => words.to_owned(),
        (true, _) => front.to_owned(),
        _ => format!("{words}\n\n{front}"),
    }
}

/// The words, and the front matter below them if there is any. White space at the end, and the line ends of other
/// programs, do no harm.
pub(super) fn split(text: &str) -> (&str, Option<&str>) {
    let end = text.trim_end();
    let Some(inner) = end.strip_suffix(FENCE).filter(|t| t.ends_with('\n')) else { return (text, None) };
    let open = inner.rmatch_indices(FENCE).map(|(at, _)| at).find(|at| {
        let alone = inner[at + FENCE.len()..].starts_with('\n');
        alone && (*at == 0 || inner[..*at].ends_with('\n'))
    });
    let Some(open) = open else { return (text, None) };
    let words = &text[..open];
    let words = words.strip_suffix("\n\n").or_else(|| words.strip_suffix('\n')).unwrap_or(words);
    (words, Some(&text[open..end.len()]))
}

/// The description of a code, with what has no place of its own below it. What a reader of titles finds out by itself is
/// left out, so that most codes need nothing.
pub(super) fn describe(code: &Code) -> String {
    let word = |text: &str| Want::Word(scalar(text));
    let wanted = [
        ("found", Want::Word("true".to_owned()), !code.made),
        ("synonyms", Want::List(code.synonyms.iter().map(|s| word(s)).collect()), !code.synonyms.is_empty()),
        ("includes", Want::List(code.includes.iter().map(|s| word(s)).collect()), !code.includes.is_empty()),
        ("formerly", Want::List(code.formerly.iter().map(|s| word(s)).collect()), !code.formerly.is_empty()),
        ("query", code.query.as_deref().map_or(Want::Nothing, word), code.query.is_some()),
        ("status", code.status.map_or(Want::Nothing, |s| word(s.name())), code.status.is_some()),
        ("history", Want::List(code.history.iter().map(said).collect()), !code.history.is_empty()),
    ];
    let mut lines: String =
        wanted.iter().filter(|(.., is)| *is).map(|(key, want, _)| format!("{key}: {}\n", want.inline())).collect();
    // A description that ends in what looks like ours gets one of ours below it.
    if code.id != slug(&code.title) || split(&code.description).1.is_some() {
        lines.insert_str(0, &format!("id: {}\n", scalar(&code.id)));
    }
    if lines.is_empty() {
        return code.description.clone();
    }
    below(&code.description, &format!("{FENCE}\n{lines}{FENCE}\n"))
}

/// What a description says of a code of this title. The id is empty when the description names none.
pub(super) fn described(title: &str, description: &str) -> Code {
    let plain = Code { title: title.to_owned(), description: description.to_owned(), made: true, ..Code::default() };
    let (words, Some(front)) = split(description) else { return plain };
    let Ok(root @ Node { value: Value::Map(_), .. }) = read(inside(front)) else { return plain };
    let text = |key: &str| root.entry(key).and_then(|e| scalar_of(&e.node));
    let known = ["id", "found", "synonyms", "includes", "formerly", "query", "status", "history"];
    if !known.iter().any(|key| root.entry(key).is_some()) {
        return plain;
    }
    let words_of = |key: &str| items(&root, key).iter().filter_map(scalar_of).collect();
    Code {
        id: text("id").unwrap_or_default(),
        description: words.to_owned(),
        synonyms: words_of("synonyms"),
        includes: words_of("includes"),
        formerly: words_of("formerly"),
        query: text("query"),
        status: text("status").and_then(|s| s.parse().ok()),
        history: items(&root, "history").iter().filter_map(said_there).collect(),
        made: text("found").as_deref() != Some("true"),
        ..plain
    }
}

/// Where a knelpunt stood, as it is written.
fn said(entry: &StatusSaid) -> Want {
    let word = |text: &str| Want::Word(scalar(text));
    Want::Map(vec![
        ("status", word(entry.status.name())),
        ("date", entry.date.map_or(Want::Nothing, |d| Want::Word(d.to_string()))),
        ("source", entry.source.as_deref().map_or(Want::Nothing, word)),
    ])
}

fn said_there(node: &Node) -> Option<StatusSaid> {
    let text = |key: &str| node.entry(key).and_then(|e| scalar_of(&e.node));
    let date = text("date").and_then(|d| d.parse().ok());
    Some(StatusSaid { status: text("status")?.parse().ok()?, date, source: text("source") })
}

fn scalar_of(node: &Node) -> Option<String> {
    match &node.value {
        Value::Scalar(text) => Some(text.clone()),
        _ => None,
    }
}

/// The items of a list under a key; none when there is no list.
fn items<'a>(root: &'a Node, key: &str) -> &'a [Node] {
    match root.entry(key).map(|e| &e.node.value) {
        Some(Value::List(items)) => items,
        _ => &[],
    }
}
