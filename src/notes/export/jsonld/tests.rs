#![allow(clippy::unwrap_used, clippy::panic)]

use super::super::tests::{again, bundle};
use super::super::{Bundle, ImportFault};
use super::*;
use crate::doc::Page;
use crate::notes::note::TargetKind;
use serde_json::Value;

#[test]
fn everything_comes_back_and_a_second_export_is_the_same_bytes() {
    let bundle = bundle();
    let text = write(&bundle);
    let read = read(text.as_bytes()).unwrap();
    assert_eq!(read.said, Vec::<String>::new());
    let notes: Vec<_> = read.notes.iter().map(|n| n.whole().unwrap()).collect();
    assert_eq!(notes, bundle.items.iter().map(|i| i.note.clone()).collect::<Vec<_>>());
    assert_eq!(read.codes, bundle.codes);
    assert_eq!(write(&again(&read, &bundle)), text);
    let none = super::read(write(&Bundle::default()).as_bytes()).unwrap();
    assert_eq!((none.notes.len(), none.codes.len()), (0, 0));
}

#[test]
fn an_annotation_is_as_the_model_has_it() {
    let bundle = bundle();
    let root: Value = serde_json::from_str(&write(&bundle)).unwrap();
    assert_eq!(root["@context"][0], CONTEXT);
    assert_eq!(root["total"], bundle.items.len());
    let items = root["first"]["items"].as_array().unwrap();
    let mut ids: Vec<_> = items.iter().map(|i| i["id"].as_str().unwrap()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), items.len());
    for (item, annotation) in bundle.items.iter().zip(items) {
        assert_eq!(annotation["type"], "Annotation");
        assert!(annotation["target"].is_object());
        let bodies = annotation["body"].as_array().map_or(0, Vec::len);
        let note = &item.note;
        assert_eq!(bodies, note.tags.len() + note.knelpunten.len() + usize::from(!note.body.is_empty()));
        let selector = |kind: &str| {
            annotation["target"]["selector"].as_array().and_then(|s| s.iter().find(|s| s["type"] == kind)).cloned()
        };
        if let TargetKind::Passage(quote) = &note.target.kind {
            let selector = selector("TextQuoteSelector").unwrap();
            match &item.at.place {
                Some(place) => assert_eq!(selector["exact"], place.text.as_str()),
                None => assert_eq!(selector["exact"], quote.exact.as_str()),
            }
        }
        if let Some(place) = &item.at.place {
            let selector = selector("TextPositionSelector").unwrap();
            assert_eq!(
                (selector["start"].as_u64(), selector["end"].as_u64()),
                (Some(place.position.start.into()), Some(place.position.end.into()))
            );
        }
    }
    assert_eq!(items[0]["body"][0]["format"], "text/markdown");
    assert_eq!(items[0]["body"][3]["value"], "Stilstand van pompen");
    assert_eq!(items[1]["motivation"], "highlighting");
}

#[test]
fn what_another_program_changed_is_taken_over() {
    let mut root: Value = serde_json::from_str(&write(&bundle())).unwrap();
    let first = &mut root["first"]["items"][0];
    first["body"][0]["value"] = "Anders.".into();
    first["body"].as_array_mut().unwrap().remove(1);
    first["modified"] = "2030-01-01T00:00:00Z".into();
    let read = read(root.to_string().as_bytes()).unwrap();
    let note = &read.notes[0];
    assert_eq!((note.body.as_str(), note.tags.len(), note.knelpunten.len()), ("Anders.", 1, 2));
    assert_eq!(note.modified.unwrap().to_string(), "2030-01-01T00:00:00Z");
}

/// What Hypothesis' interface gives for a search, shortened; and the same as its export has it.
const HYPOTHESIS: &str = r##"{"total": 3, "rows": [
 {"id": "aB3_dEf-GhIjKlMnOpQr12", "created": "2026-01-03T19:46:09.334682+00:00", "updated": "2026-01-04T19:46:09.334682+00:00",
  "user": "acct:iemand@hypothes.is", "uri": "https://voorbeeld.nl/dijk.pdf", "text": "Klopt dit?", "tags": ["dijk"],
  "group": "__world__", "document": {"title": ["Staat van de dijk"]},
  "target": [{"source": "https://voorbeeld.nl/dijk.pdf", "selector": [
    {"type": "PageSelector", "index": 4, "label": "v"}, {"type": "RangeSelector", "startContainer": "/p[1]", "startOffset": 0},
    {"type": "TextPositionSelector", "start": 12, "end": 24},
    {"type": "TextQuoteSelector", "exact": "de dijk lekt", "prefix": "wij zien: ", "suffix": " al jaren"}]}]},
 {"id": "zzzzzzzzzzzzzzzzzzzzzz", "created": "2026-01-05T19:46:09+00:00", "uri": "https://voorbeeld.nl/dijk.pdf", "text": "Ja.",
  "tags": ["eens"], "references": ["aB3_dEf-GhIjKlMnOpQr12"], "target": [{"source": "https://voorbeeld.nl/dijk.pdf"}]},
 {"id": "yyyyyyyyyyyyyyyyyyyyyy", "uri": "https://voorbeeld.nl/dijk.pdf", "text": "Over alles.", "tags": [],
  "target": [{"source": "https://voorbeeld.nl/dijk.pdf"}]}]}"##;

#[test]
fn hypothesis_is_understood() {
    let export = HYPOTHESIS.replace("\"rows\"", "\"annotations\"");
    let array = serde_json::from_str::<Value>(HYPOTHESIS).unwrap()["rows"].to_string();
    for text in [HYPOTHESIS, &export, &array, &format!("\u{feff}{HYPOTHESIS}")] {
        let read = read(text.as_bytes()).unwrap();
        assert_eq!(read.notes.len(), 2);
        let note = &read.notes[0];
        assert_eq!(note.id.as_ref().unwrap().as_str(), "aB3_dEf-GhIjKlMnOpQr12");
        assert_eq!((note.body.as_str(), note.tags.join(" ").as_str()), ("Klopt dit?\n\nJa.", "dijk eens"));
        let quote = note.target.quote().unwrap();
        assert_eq!((quote.prefix.as_str(), quote.exact.as_str()), ("wij zien: ", "de dijk lekt"));
        assert_eq!(
            (&note.target.page, note.target.position),
            (&Some(Page { index: 5, label: Some("v".into()) }), None)
        );
        assert_eq!(read.notes[1].target.kind, TargetKind::Report);
        assert_eq!((read.sources.len(), read.sources[0].title.as_str()), (1, "Staat van de dijk"));
        assert_eq!(read.sources[0].file, "https://voorbeeld.nl/dijk.pdf");
        assert_eq!(read.said, ["answers, put below the note that they answer: 1"]);
    }
}

#[test]
fn annotations_of_other_programs_are_understood() {
    let text = r##"{"@context": "http://www.w3.org/ns/anno.jsonld", "@graph": [
      {"id": "http://voorbeeld.nl/a1", "type": "Annotation", "motivation": ["bookmarking"], "target": "http://voorbeeld.nl/blad#xywh=1,2,3,4"},
      {"id": "urn:uuid:3FA85F64-5717-4562-B3FC-2C963F66AFA6", "type": ["Annotation"], "bodyValue": "kort",
       "target": [{"source": {"id": "http://voorbeeld.nl/b", "dcterms:title": {"nl": "Blad B"}, "dcterms:date": "2024-05-01"},
         "selector": {"type": "FragmentSelector", "conformsTo": "http://tools.ietf.org/rfc/rfc3778", "value": "page=3",
            "refinedBy": {"type": "TextQuoteSelector", "exact": "hier staat het"}}},
        {"source": "http://voorbeeld.nl/c", "selector": {"type": "XPathSelector", "value": "/p"}}]},
      {"id": "kort", "type": "oa:Annotation", "body": [{"type": "TextualBody", "value": "Ketens", "purpose": "classifying"},
        {"type": "TextualBody", "value": "Ketens", "purpose": "classifying"}, {"type": "TextualBody", "value": "t", "purpose": "tagging"},
        "los", {"type": "Image", "id": "http://voorbeeld.nl/plaatje"}, {"type": "Vreemd"}],
       "target": {"id": "http://voorbeeld.nl/c"}}]}"##;
    let read = read(text.as_bytes()).unwrap();
    let notes: Vec<_> = read
        .notes
        .iter()
        .map(|n| (n.id.as_ref().unwrap().as_str(), n.kind.name(), n.target.kind.name(), n.body.as_str()))
        .collect();
    let made = name_of("http://voorbeeld.nl/a1");
    assert_eq!(
        notes,
        [
            (made.as_str(), "bookmark", "report", ""),
            ("3fa85f64-5717-4562-b3fc-2c963f66afa6", "note", "passage", "kort"),
            ("3fa85f64-5717-4562-b3fc-2c963f66afa6-2", "note", "report", "kort"),
            ("kort", "note", "report", "los\n\n<http://voorbeeld.nl/plaatje>"),
        ]
    );
    assert_eq!(read.notes[1].target.page.as_ref().unwrap().index, 3);
    assert_eq!((read.sources[1].title.as_str(), read.sources[1].year), ("Blad B", Some(2024)));
    assert_eq!(read.codes.iter().map(|c| c.id.as_str()).collect::<Vec<_>>(), ["ketens"]);
    assert_eq!(
        read.said,
        [
            "places told otherwise than by their words: taken as notes on the whole document: 1",
            "bodies of annotations that are no text: 1",
        ]
    );
}

fn name_of(address: &str) -> String {
    super::super::guid::of(super::super::guid::Thing::Address, address)
}

#[test]
fn bad_files_are_refused_with_a_reason() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for (text, reason) in [
        ("", "EOF"),
        ("{\"rows\": [", "line 1"),
        ("gewoon tekst", "line 1"),
        ("[]", "no annotation"),
        ("{\"a\": 1}", "no annotation"),
        ("3", "no annotation"),
        (&deep, "recursion"),
    ] {
        let fault = read(text.as_bytes()).unwrap_err();
        assert!(fault.to_string().contains(reason), "{fault} for {:?}", &text[..text.len().min(40)]);
    }
    assert!(matches!(read(b"\xff\xfe\x00"), Err(ImportFault::Broken(_))));
    for strange in [
        "{\"target\": 3}",
        "{\"target\": [[]], \"body\": {\"value\": {}}}",
        "{\"uri\": {}, \"tags\": 3, \"created\": []}",
    ] {
        assert_eq!(read(strange.as_bytes()).unwrap().notes.len(), 1);
    }
}
