//! Annotations coming in: ours, another program's, or Hypothesis' (what its interface gives and what it exports).

use super::super::guid::{self, Thing};
use super::super::incoming::IncomingNote;
use super::super::tally::Tally;
use super::super::{Code, ImportFault, Incoming, IncomingSource, codes, record};
use super::PDF_FRAGMENT;
use crate::doc::{Edition, Page};
use crate::notes::note::{Target, TargetKind};
use crate::notes::slug::slug;
use crate::notes::{NoteId, NoteKind, Quote};
use jiff::Timestamp;
use serde_json::Value;
use std::collections::HashMap;

/// Most bytes of a file.
const LARGEST: usize = 256 << 20;
/// Selectors refined by selectors.
const DEEPEST: usize = 16;

/// Reads annotations: one, a list, a collection, a page, a graph, or what Hypothesis gives.
///
/// # Errors
/// When it isn't JSON, or there is no annotation in it.
pub fn read(bytes: &[u8]) -> Result<Incoming, ImportFault> {
    if bytes.len() > LARGEST {
        return Err(ImportFault::Refused(format!("annotations of more than {} MB", LARGEST >> 20)));
    }
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let root: Value = serde_json::from_slice(bytes).map_err(|e| ImportFault::Broken(e.to_string()))?;
    let mut reader = Reader::default();
    let mut found = Vec::new();
    reader.collect(&root, &mut found);
    reader.concepts(&root);
    let annotations = found.len();
    found.into_iter().for_each(|annotation| reader.annotation(annotation));
    reader.replies();
    if annotations == 0 && root["total"] != 0 && reader.incoming.codes.is_empty() {
        return Err(ImportFault::AnotherForm("there is no annotation in it".to_owned()));
    }
    Ok(Incoming { said: reader.tally.sentences(), ..reader.incoming })
}

#[derive(Default)]
struct Reader {
    incoming: Incoming,
    tally: Tally,
    /// Where the source of an address is in `incoming.sources`.
    sources: HashMap<String, usize>,
    /// Answers, by the note that they answer.
    replies: Vec<(String, IncomingNote)>,
}

impl Reader {
    fn collect<'v>(&mut self, value: &'v Value, out: &mut Vec<&'v Value>) {
        let object = match value {
            Value::Array(list) => return list.iter().for_each(|v| self.collect(v, out)),
            Value::Object(object) => object,
            _ => return,
        };
        let held = ["rows", "annotations", "items", "@graph"].into_iter().find_map(|key| object.get(key));
        if object.contains_key("target") || object.contains_key("uri") || has_type(value, "Annotation") {
            out.push(value);
        } else if let Some(held) = held {
            self.collect(held, out);
        } else if let Some(first) = object.get("first") {
            self.page(first, out);
        }
        if let Some(next) = object.get("next") {
            self.page(next, out);
        }
    }

    fn page<'v>(&mut self, page: &'v Value, out: &mut Vec<&'v Value>) {
        match page {
            Value::String(_) => self.tally.add("pages of annotations that are kept elsewhere"),
            page => self.collect(page, out),
        }
    }

    /// Knelpunten of ours beside the annotations.
    fn concepts(&mut self, root: &Value) {
        let concepts: Vec<&Value> = list(&root["kantlijn:knelpunten"]).collect();
        let mut ids = HashMap::new();
        for concept in &concepts {
            let title = text(&concept["skos:prefLabel"]).unwrap_or_default();
            let mut code = record::described(&title, concept["skos:note"].as_str().unwrap_or(""));
            if code.id.is_empty() {
                code.id = slug(&title);
            }
            code.color = concept["kantlijn:color"].as_str().and_then(codes::nearest).map(|(color, _)| color);
            ids.insert(concept["id"].as_str().unwrap_or(""), code.id.clone());
            self.incoming.codes.push(code);
        }
        for (code, concept) in self.incoming.codes.iter_mut().zip(&concepts) {
            code.parent = concept["skos:broader"]["id"].as_str().and_then(|id| ids.get(id)).cloned();
        }
    }

    fn annotation(&mut self, annotation: &Value) {
        let words = self.bodies(annotation);
        if let Some(note) = self.own(annotation, &words) {
            self.incoming.notes.push(note);
            return;
        }
        let motivations: Vec<&str> = list(&annotation["motivation"]).filter_map(Value::as_str).collect();
        let id = annotation["id"].as_str().or(annotation["@id"].as_str());
        let created = time(annotation, &["created", "dcterms:created"]);
        let modified = time(annotation, &["modified", "updated", "dcterms:modified"]);
        let kind = match () {
            () if motivations.iter().any(|m| m.ends_with("bookmarking")) => NoteKind::Bookmark,
            () if words.body.is_empty() => NoteKind::Highlight,
            () => NoteKind::Note,
        };
        let reply = list(&annotation["references"]).next().and_then(Value::as_str).map(str::to_owned);
        let reply = reply.or_else(|| annotation["target"].as_str().filter(|t| self.has(t)).map(str::to_owned));
        let address = annotation["uri"].as_str();
        let targets: Vec<&Value> = match list(&annotation["target"]).collect::<Vec<_>>() {
            none if none.is_empty() => vec![&Value::Null],
            some => some,
        };
        for (i, target) in targets.into_iter().enumerate() {
            let (target, source) = self.target(target, address, annotation);
            let note = IncomingNote {
                id: id.and_then(|id| name(id, i)),
                kind,
                created,
                modified,
                knelpunten: words.knelpunten.clone(),
                tags: words.tags.clone(),
                body: words.body.clone(),
                source,
                ..IncomingNote::on(target)
            };
            match &reply {
                Some(to) => self.replies.push((to.clone(), note)),
                None => self.incoming.notes.push(note),
            }
        }
    }

    /// Whether an annotation of this id has been read.
    fn has(&self, id: &str) -> bool {
        let id = name(id, 0);
        id.is_some() && self.incoming.notes.iter().any(|n| n.id == id)
    }

    /// A note that kantlijn wrote, with what has been changed about it since.
    fn own(&mut self, annotation: &Value, words: &Words) -> Option<IncomingNote> {
        let front = annotation["kantlijn:record"].as_str()?;
        let Some(note) = record::to_note(front, &words.body) else {
            self.tally.add("records of notes that can't be read: taken as those of another program");
            return None;
        };
        let mut note = IncomingNote::from(note);
        if !same(&note.tags, &words.tags) {
            note.tags.clone_from(&words.tags);
        }
        if !same(&note.knelpunten, &words.knelpunten) {
            note.knelpunten.clone_from(&words.knelpunten);
        }
        note.modified = note.modified.max(time(annotation, &["modified"]));
        Some(note)
    }

    fn bodies(&mut self, annotation: &Value) -> Words {
        let mut words = Words::default();
        let mut parts = Vec::new();
        // Hypothesis: the words and the tags are keys of their own.
        parts.extend(["bodyValue", "text"].into_iter().filter_map(|key| annotation[key].as_str()).map(str::to_owned));
        words.tags.extend(list(&annotation["tags"]).filter_map(Value::as_str).map(str::to_owned));
        for body in list(&annotation["body"]).flat_map(|b| match has_type(b, "Choice") || has_type(b, "List") {
            true => list(&b["items"]).collect(),
            false => vec![b],
        }) {
            let value =
                body.as_str().map(str::to_owned).or_else(|| text(&body["value"])).or_else(|| text(&body["chars"]));
            let purposes: Vec<&str> = list(&body["purpose"]).filter_map(Value::as_str).collect();
            let purpose = |word: &str| purposes.iter().any(|p| p.ends_with(word));
            match (value, body["kantlijn:knelpunt"].as_str()) {
                (_, Some(id)) => words.knelpunten.push(id.to_owned()),
                (Some(value), _) if purpose("tagging") => words.tags.push(value),
                (Some(value), _) if purpose("classifying") => words.knelpunten.push(self.code(&value)),
                (Some(value), _) => parts.push(value),
                (None, _) => match body["source"].as_str().or(body["id"].as_str()).or(body["source"]["id"].as_str()) {
                    Some(address) => parts.push(format!("<{address}>")),
                    None => self.tally.add("bodies of annotations that are no text"),
                },
            }
        }
        words.body = parts.into_iter().filter(|p| !p.is_empty()).collect::<Vec<_>>().join("\n\n");
        words
    }

    /// The id of the code of this title.
    fn code(&mut self, title: &str) -> String {
        if let Some(code) = self.incoming.codes.iter().find(|c| c.title == title) {
            return code.id.clone();
        }
        let base = match slug(title) {
            slug if slug.is_empty() => guid::of(Thing::Address, title),
            slug => slug,
        };
        let taken = |id: &String| self.incoming.codes.iter().any(|c| c.id == *id);
        let mut all = std::iter::once(base.clone()).chain((2u32..).map(|n| format!("{base}-{n}")));
        let id = all.find(|id| !taken(id)).unwrap_or(base);
        self.incoming.codes.push(Code { id: id.clone(), title: title.to_owned(), made: true, ..Code::default() });
        id
    }

    /// What an annotation is on, and which source that is.
    fn target(&mut self, target: &Value, address: Option<&str>, annotation: &Value) -> (Target, Option<usize>) {
        let of = if target["source"].is_null() { target } else { &target["source"] };
        let address = of.as_str().or(of["id"].as_str()).or(of["@id"].as_str()).or(address).unwrap_or("");
        let source = self.source(of, address, annotation);
        let mut selectors = Vec::new();
        list(&target["selector"]).for_each(|s| flatten(s, &mut selectors, 0));
        let mut target = Target {
            report: Some(self.incoming.sources[source].report()),
            kind: TargetKind::Report,
            section: Vec::new(),
            page: None,
            position: None,
        };
        let is = |s: &&Value, name: &str| has_type(s, name);
        // The innermost quote says most.
        if let Some(quote) = selectors.iter().rfind(|s| is(s, "TextQuoteSelector")) {
            let part = |key| text(&quote[key]).unwrap_or_default();
            let (exact, prefix, suffix) = (part("exact"), part("prefix"), part("suffix"));
            if !exact.trim().is_empty() {
                target.kind = TargetKind::Passage(Quote { exact, prefix, suffix, times: None });
            }
        }
        target.page = selectors.iter().find_map(|s| page(s));
        if target.kind == TargetKind::Report && !selectors.is_empty() && target.page.is_none() {
            self.tally.add("places told otherwise than by their words: taken as notes on the whole document");
        }
        (target, Some(source))
    }

    fn source(&mut self, of: &Value, address: &str, annotation: &Value) -> usize {
        if let Some(known) = self.sources.get(address) {
            return *known;
        }
        let field = |keys: &[&str]| keys.iter().find_map(|key| text(&of[*key])).filter(|t| !t.trim().is_empty());
        let title = list(&annotation["document"]["title"]).next().and_then(text);
        let title = field(&["dcterms:title", "dc:title", "title", "label", "name"]).or(title);
        let date = field(&["dcterms:date", "dc:date"]);
        let index = self.incoming.sources.len();
        self.sources.insert(address.to_owned(), index);
        self.incoming.sources.push(IncomingSource {
            title: title.unwrap_or_else(|| address.rsplit('/').next().unwrap_or("").to_owned()),
            org: field(&["dcterms:publisher", "dc:publisher"]),
            year: date.and_then(|d| d.get(..4)?.parse().ok()),
            edition: of["dcterms:identifier"].as_str().and_then(Edition::parse),
            file: field(&["kantlijn:file"]).unwrap_or_else(|| address.to_owned()),
            text: None,
        });
        index
    }

    /// Answers stand below the note that they answer; those to something else are notes.
    fn replies(&mut self) {
        for (to, reply) in std::mem::take(&mut self.replies) {
            let to = name(&to, 0);
            match self.incoming.notes.iter_mut().find(|n| to.is_some() && n.id == to) {
                Some(note) => {
                    self.tally.add("answers, put below the note that they answer");
                    if !note.body.is_empty() {
                        note.body.push_str("\n\n");
                    }
                    note.body.push_str(&reply.body);
                    note.kind = NoteKind::Note;
                    note.tags.extend(reply.tags);
                }
                None => {
                    self.tally.add("answers to a note that is not in the file, taken as notes");
                    self.incoming.notes.push(reply);
                }
            }
        }
    }
}

/// What the bodies of an annotation say.
#[derive(Default)]
struct Words {
    body: String,
    tags: Vec<String>,
    knelpunten: Vec<String>,
}

/// One or several, none or one.
fn list(value: &Value) -> impl Iterator<Item = &Value> {
    let (many, one): (&[Value], Option<&Value>) = match value {
        Value::Null => (&[], None),
        Value::Array(items) => (items, None),
        other => (&[], Some(other)),
    };
    many.iter().chain(one)
}

/// A text, also where it says its language (`{"en": …}`, `{"@value": …}`), the first of several.
fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => items.first().and_then(text),
        Value::Object(object) => object.get("@value").or_else(|| object.values().next())?.as_str().map(str::to_owned),
        _ => None,
    }
}

fn has_type(value: &Value, name: &str) -> bool {
    let named = |key: &str| {
        list(&value[key]).any(|t| t.as_str().is_some_and(|t| t.rsplit([':', '#', '/']).next() == Some(name)))
    };
    named("type") || named("@type")
}

/// A selector and all that it is refined by, from the outside in.
fn flatten<'v>(selector: &'v Value, out: &mut Vec<&'v Value>, depth: usize) {
    if depth > DEEPEST {
        return;
    }
    if has_type(selector, "Choice") {
        list(&selector["items"]).for_each(|s| flatten(s, out, depth + 1));
    } else {
        out.push(selector);
    }
    list(&selector["refinedBy"]).for_each(|s| flatten(s, out, depth + 1));
}

/// The page that a selector names, from 1.
fn page(selector: &Value) -> Option<Page> {
    if has_type(selector, "PageSelector") {
        // Hypothesis counts from 0.
        let index = u32::try_from(selector["index"].as_u64()?).ok()?.checked_add(1)?;
        return Some(Page { index, label: text(&selector["label"]) });
    }
    let pdf = has_type(selector, "FragmentSelector") && selector["conformsTo"] == PDF_FRAGMENT;
    let value = pdf.then(|| selector["value"].as_str()).flatten()?;
    let index = value.trim_start_matches('#').split('&').find_map(|v| v.strip_prefix("page=")?.parse().ok())?;
    Some(Page { index, label: None })
}

/// The id of a note: what stands in the file if it can be one, else one made of it. `target` counts the targets of one
/// annotation.
fn name(id: &str, target: usize) -> Option<NoteId> {
    let plain = id.strip_prefix("urn:uuid:").map(guid::plain).unwrap_or_else(|| id.to_owned());
    let plain = match NoteId::parse(&plain) {
        Some(id) => id.as_str().to_owned(),
        None if plain.is_empty() => return None,
        None => guid::of(Thing::Address, &plain),
    };
    NoteId::parse(&if target == 0 { plain } else { format!("{plain}-{}", target + 1) })
}

fn time(annotation: &Value, keys: &[&str]) -> Option<Timestamp> {
    keys.iter().find_map(|key| text(&annotation[*key])?.parse().ok())
}

/// Whether two lists name the same.
fn same(a: &[String], b: &[String]) -> bool {
    a.iter().all(|x| b.contains(x)) && b.iter().all(|x| a.contains(x))
}
