//! Annotations going out.

use super::super::guid::{self, Thing};
use super::super::{Bundle, Code, Item, ORIGIN, Source, codes, record};
use super::{CONTEXT, OWN, PDF_FRAGMENT};
use crate::doc::Format;
use crate::notes::describe::quote;
use crate::notes::note::{NoteKind, ReportRef, TargetKind};
use crate::notes::{Position, Quote};
use serde_json::{Map, Value, json};

/// All notes as an annotation collection; pretty, ended by a line end.
#[must_use]
pub fn write(bundle: &Bundle) -> String {
    let titles = |id: &str| Code::meant(&bundle.codes, id).map_or(id, |c| c.title.as_str()).to_owned();
    let items: Vec<Value> = bundle.items.iter().map(|item| annotation(item, bundle, &titles)).collect();
    let names: Vec<&str> = bundle.items.iter().map(|i| i.note.id.as_str()).collect();
    let id = urn(Thing::Collection, &names.join(" "));
    let mut collection = json!({
        "@context": [CONTEXT, {"kantlijn": OWN}],
        "id": id,
        "type": "AnnotationCollection",
        "generator": {"id": "urn:kantlijn", "type": "Software", "name": ORIGIN},
        "total": items.len(),
    });
    if !bundle.codes.is_empty() {
        collection["kantlijn:knelpunten"] = bundle.codes.iter().map(concept).collect();
    }
    if !items.is_empty() {
        let page = format!("{id}#1");
        collection["last"] = json!(page);
        collection["first"] =
            json!({"id": page, "type": "AnnotationPage", "partOf": id, "startIndex": 0, "items": items});
    }
    // Maps of plain JSON can always be written.
    let mut out = serde_json::to_string_pretty(&collection).unwrap_or_default();
    out.push('\n');
    out
}

fn urn(thing: Thing, name: &str) -> String {
    format!("urn:uuid:{}", guid::of(thing, name))
}

fn concept(code: &Code) -> Value {
    let mut out = Map::new();
    out.insert("id".into(), json!(urn(Thing::Code, &code.id)));
    out.insert("type".into(), json!("skos:Concept"));
    out.insert("skos:prefLabel".into(), json!(code.title));
    if !code.synonyms.is_empty() {
        out.insert("skos:altLabel".into(), json!(code.synonyms));
    }
    if let Some(parent) = &code.parent {
        out.insert("skos:broader".into(), json!({"id": urn(Thing::Code, parent)}));
    }
    if let Some(color) = code.color {
        out.insert("kantlijn:color".into(), json!(codes::hex(color)));
    }
    // Below the description stands what the vocabulary has no words for.
    let note = record::describe(code);
    if !note.is_empty() {
        out.insert("skos:note".into(), json!(note));
    }
    Value::Object(out)
}

fn annotation(item: &Item, bundle: &Bundle, title: &dyn Fn(&str) -> String) -> Value {
    let note = &item.note;
    let motivation = match note.kind {
        NoteKind::Note => "commenting",
        NoteKind::Highlight => "highlighting",
        NoteKind::Bookmark => "bookmarking",
    };
    let mut bodies = Vec::new();
    if !note.body.is_empty() {
        bodies.push(json!({
            "type": "TextualBody", "purpose": "commenting", "format": "text/markdown", "value": note.body
        }));
    }
    bodies.extend(note.tags.iter().map(|tag| json!({"type": "TextualBody", "purpose": "tagging", "value": tag})));
    bodies.extend(note.knelpunten.iter().map(|id| {
        json!({
            "type": "TextualBody", "purpose": "classifying", "value": title(id), "kantlijn:knelpunt": id
        })
    }));
    let mut out = json!({
        "id": urn(Thing::Note, note.id.as_str()),
        "type": "Annotation",
        "motivation": motivation,
        "created": note.created.to_string(),
        "modified": note.modified.to_string(),
        "target": target(item, bundle, title),
        "kantlijn:record": record::of_note(note),
    });
    if !bodies.is_empty() {
        out["body"] = Value::Array(bodies);
    }
    out
}

fn target(item: &Item, bundle: &Bundle, title: &dyn Fn(&str) -> String) -> Value {
    let target = &item.note.target;
    let Some(report) = &target.report else {
        let id = match &target.kind {
            TargetKind::Knelpunt(id) => id.as_str(),
            _ => "",
        };
        return json!({"id": urn(Thing::Code, id), "type": "skos:Concept", "skos:prefLabel": title(id)});
    };
    let source = bundle.sources.iter().find(|s| Some(s.edition) == item.at.edition && s.part == item.at.part);
    let (place, source) = match (&item.at.place, source) {
        (Some(place), Some(source)) => (Some(place), source),
        _ => (
            None,
            match source {
                Some(source) if target.kind == TargetKind::Report => source,
                _ => return selected(document(report), own_selectors(target.quote(), target.position)),
            },
        ),
    };
    let mut selectors = match place {
        None => Vec::new(),
        // In the edition that it was made on, the note's own words say most.
        Some(place) if report.edition == Some(source.edition) && target.position == Some(place.position) => {
            own_selectors(target.quote(), Some(place.position))
        }
        Some(place) => {
            let words = matches!(target.kind, TargetKind::Passage(_)).then(|| quote(source.text.text(), place.range));
            own_selectors(words.as_ref(), Some(place.position))
        }
    };
    let page = item.at.page.as_ref().filter(|_| source.text.format() == Format::Pdf && place.is_some());
    if let Some(page) = page {
        let mut fragment =
            json!({"type": "FragmentSelector", "conformsTo": PDF_FRAGMENT, "value": format!("page={}", page.index)});
        if let Some(quote) = selectors.first().filter(|s| s["type"] == "TextQuoteSelector") {
            fragment["refinedBy"] = quote.clone();
        }
        selectors.push(fragment);
    }
    selected(document(&reference(source)), selectors)
}

fn reference(source: &Source) -> ReportRef {
    ReportRef {
        title: source.title.clone(),
        org: source.org.clone(),
        year: source.year,
        edition: Some(source.edition),
        file: source.file.clone(),
    }
}

fn document(report: &ReportRef) -> Value {
    // Several reports may be in one file.
    let name = match report.edition {
        Some(edition) => format!("{edition} {}", report.title),
        None => format!("{:?} {:?} {:?}", report.title, report.org, report.year),
    };
    let mut out = json!({"id": urn(Thing::Document, &name), "type": "Text", "dcterms:title": report.title});
    let rest = [
        ("dcterms:publisher", report.org.clone()),
        ("dcterms:date", report.year.map(|y| y.to_string())),
        ("dcterms:identifier", report.edition.map(|e| e.to_string())),
        ("kantlijn:file", (!report.file.is_empty()).then(|| report.file.clone())),
    ];
    for (key, value) in rest {
        if let Some(value) = value {
            out[key] = json!(value);
        }
    }
    out
}

fn own_selectors(quote: Option<&Quote>, position: Option<Position>) -> Vec<Value> {
    let mut out = Vec::new();
    if let Some(quote) = quote {
        out.push(json!({
            "type": "TextQuoteSelector", "exact": quote.exact, "prefix": quote.prefix, "suffix": quote.suffix
        }));
    }
    if let Some(position) = position {
        out.push(json!({"type": "TextPositionSelector", "start": position.start, "end": position.end}));
    }
    out
}

/// A document, or what the selectors select of it.
fn selected(source: Value, selectors: Vec<Value>) -> Value {
    match selectors.len() {
        0 => source,
        _ => json!({"type": "SpecificResource", "source": source, "selector": selectors}),
    }
}
