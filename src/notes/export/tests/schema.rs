//! As much of XML Schema as the published schemas of REFI-QDA use, so that every export is held against them with every run of
//! the tests: sequences, choices, occurrences, attributes, the plain types, patterns and enumerations.

use super::super::xml_in::{Element, read};
use std::collections::HashMap;
use std::path::Path;

/// A schema.
pub struct Schema {
    root: (String, String),
    types: HashMap<String, Element>,
}

impl Schema {
    /// One of those in `tests/refi`.
    pub fn load(name: &str) -> Schema {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/refi").join(name);
        let schema = read(&std::fs::read(path).unwrap()).unwrap();
        let root = schema.child("element").unwrap();
        let root = (attr(root, "name"), attr(root, "type"));
        let types: HashMap<_, _> =
            schema.children.into_iter().filter(|c| c.name.ends_with("Type")).map(|t| (attr(&t, "name"), t)).collect();
        assert!(types.len() > 5, "{:?}", types.keys());
        Schema { root, types }
    }

    /// What is wrong with a document.
    pub fn faults(&self, document: &[u8]) -> Vec<String> {
        let root = match read(document) {
            Ok(root) => root,
            Err(fault) => return vec![fault.to_string()],
        };
        let mut faults = Vec::new();
        if root.name != self.root.0 {
            faults.push(format!("<{}> is not <{}>", root.name, self.root.0));
        }
        self.element(&root, &self.root.1, &mut faults);
        faults
    }

    fn element(&self, element: &Element, kind: &str, faults: &mut Vec<String>) {
        let here = &element.name;
        let complex = self.types.get(kind).filter(|t| t.is("complexType"));
        let Some(complex) = complex else {
            if !element.children.is_empty() || !element.attributes.is_empty() {
                faults.push(format!("<{here}> is no plain {kind}"));
            }
            return self.value(here, &element.text, kind, faults);
        };
        if !element.text.trim().is_empty() {
            faults.push(format!("<{here}> holds text"));
        }
        for (key, value) in element.attributes.iter().filter(|(key, _)| key != "xmlns") {
            match complex.all("attribute").find(|a| attr(a, "name") == *key) {
                Some(known) => self.value(&format!("{here}/@{key}"), value, &attr(known, "type"), faults),
                None => faults.push(format!("<{here}> has an unknown attribute {key}")),
            }
        }
        for wanted in complex.all("attribute").filter(|a| a.attr("use") == Some("required")) {
            if element.attr(&attr(wanted, "name")).is_none() {
                faults.push(format!("<{here}> has no {}", attr(wanted, "name")));
            }
        }
        let mut at = 0;
        for group in complex.children.iter().filter(|c| c.is("sequence") || c.is("choice")) {
            self.group(element, group, &mut at, faults);
        }
        if let Some(left) = element.children.get(at) {
            faults.push(format!("<{}> is not expected here in <{here}>", left.name));
        }
    }

    /// Takes the children that a sequence or a choice has room for.
    fn group(&self, element: &Element, group: &Element, at: &mut usize, faults: &mut Vec<String>) {
        if group.is("choice") {
            let most = occurs(group, "maxOccurs");
            let mut taken = 0;
            while taken < most {
                let Some(child) = element.children.get(*at) else { break };
                let Some(one) = group.all("element").find(|e| attr(e, "name") == child.name) else { break };
                self.element(child, &attr(one, "type"), faults);
                *at += 1;
                taken += 1;
            }
            let may_be_none = group.all("element").any(|e| occurs(e, "minOccurs") == 0);
            if taken < occurs(group, "minOccurs") && !may_be_none {
                faults.push(format!("<{}> is empty", element.name));
            }
            return;
        }
        for part in &group.children {
            if !part.is("element") {
                self.group(element, part, at, faults);
                continue;
            }
            let (name, most) = (attr(part, "name"), occurs(part, "maxOccurs"));
            let mut taken = 0;
            while taken < most && element.children.get(*at).is_some_and(|c| c.name == name) {
                self.element(&element.children[*at], &attr(part, "type"), faults);
                *at += 1;
                taken += 1;
            }
            if taken < occurs(part, "minOccurs") {
                faults.push(format!("<{}> has no <{name}> where it should be", element.name));
            }
        }
    }

    fn value(&self, what: &str, text: &str, kind: &str, faults: &mut Vec<String>) {
        let good = match kind.strip_prefix("xsd:") {
            Some("string") => true,
            Some("boolean") => ["true", "false", "1", "0"].contains(&text),
            Some("integer") => text.parse::<i128>().is_ok(),
            Some("decimal") => text.parse::<f64>().is_ok(),
            Some("dateTime") => text.parse::<jiff::Timestamp>().is_ok(),
            Some("date") => text.parse::<jiff::civil::Date>().is_ok(),
            Some(other) => panic!("the schema has a type {other} that is not known here"),
            None => {
                let restriction = self.types[kind].child("restriction").unwrap();
                let patterns =
                    restriction.all("pattern").map(|p| regex::Regex::new(&format!("^(?:{})$", attr(p, "value"))));
                let mut patterns = patterns.map(Result::unwrap);
                let one_of = restriction.all("enumeration").any(|e| attr(e, "value") == text);
                one_of || patterns.any(|p| p.is_match(text))
            }
        };
        if !good {
            faults.push(format!("{what} is no {kind}: {text:?}"));
        }
    }
}

fn attr(element: &Element, name: &str) -> String {
    element.attr(name).unwrap_or("").to_owned()
}

fn occurs(element: &Element, which: &str) -> usize {
    match element.attr(which) {
        None => 1,
        Some("unbounded") => usize::MAX,
        Some(number) => number.parse().unwrap(),
    }
}

#[test]
fn what_breaks_a_schema_is_found() {
    let schema = Schema::load("Project.xsd");
    let user = "<Users><User guid=\"11111111-1111-4111-8111-111111111111\"/></Users>";
    let project = |inside: &str| format!("<Project name=\"p\">{inside}</Project>");
    assert_eq!(schema.faults(project(user).as_bytes()), Vec::<String>::new());
    for (document, fault) in [
        ("<Project/>".to_owned(), "has no name"),
        (project("<Users/>"), "has no <User>"),
        (project("<Sources/>"), "is empty"),
        (
            project(&format!("<Notes><Note guid=\"11111111-1111-4111-8111-111111111112\"/></Notes>{user}")),
            "not expected here",
        ),
        (project("<Users><User guid=\"1\"/></Users>"), "is no GUIDType"),
        (project("<Sets><Set guid=\"11111111-1111-4111-8111-111111111112\"/></Sets>"), "has no name"),
        (project("tekst"), "holds text"),
        ("<Project name=\"p\" creationDateTime=\"gisteren\"/>".to_owned(), "is no xsd:dateTime"),
        ("<Project name=\"p\" kleur=\"rood\"/>".to_owned(), "unknown attribute"),
        (project(&format!("{user}{user}")), "not expected here"),
        ("<CodeBook/>".to_owned(), "is not <Project>"),
    ] {
        let faults = schema.faults(document.as_bytes());
        assert!(faults.iter().any(|f| f.contains(fault)), "{faults:?} for {document}");
    }
}
