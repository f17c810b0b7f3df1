//! What a page says of itself: title, publisher, date, language.

use super::tags::{Name, Tag};
use super::tape::Tape;
use crate::import::scribe::Scribe;

/// Keys of `<meta>` and what they stand for, the surest first.
const KEYS: &[(&str, &[&str])] = &[
    ("title", &["dcterms.title", "dc.title", "citation_title", "og:title"]),
    ("author", &["dcterms.creator", "dc.creator", "citation_author"]),
    (
        "organisation",
        &[
            "overheid.authority",
            "dcterms.publisher",
            "dc.publisher",
            "overheid.creator",
            "og:site_name",
            "application-name",
        ],
    ),
    (
        "date",
        &[
            "dcterms.issued",
            "dcterms.date",
            "dc.date.issued",
            "dc.date",
            "dcterms.available",
            "article:published_time",
            "citation_publication_date",
            "date",
            "dcterms.created",
            "dcterms.modified",
            "article:modified_time",
        ],
    ),
    ("language", &["dcterms.language", "dc.language"]),
];

/// Writes it.
pub(super) fn write(tape: &Tape, scribe: &mut Scribe) {
    let mut found: Vec<(String, &str)> = Vec::new();
    let mut title = None;
    // It may stand anywhere in bad pages, but not far into one.
    for at in (0..tape.len()).take(4_000) {
        if tape.is(at, Tag::Meta) {
            let key = tape.attr(at, Name::Called).or_else(|| tape.attr(at, Name::Property)).unwrap_or_default();
            if let Some(content) = tape.attr(at, Name::Content).filter(|c| !c.trim().is_empty()) {
                found.push((key.trim().to_ascii_lowercase().replace("dcterms:", "dcterms."), content));
            }
        } else if tape.is(at, Tag::Title) && title.is_none() {
            title = Some(tape.words(at, 400)).filter(|t| !t.is_empty());
        }
    }
    let of = |key: &str| {
        let names = KEYS.iter().find(|(k, _)| *k == key).map_or(&[][..], |(_, names)| names);
        names.iter().find_map(|n| found.iter().find(|(k, _)| k == n).map(|(_, v)| (*v).trim().to_string()))
    };
    let organisation = of("organisation");
    let title = of("title").or(title).map(|t| without_site(&t, organisation.as_deref()));
    let html = |name| tape.attr(0, name).map(str::to_string);
    let language =
        html(Name::Lang).or_else(|| html(Name::XmlLang)).filter(|l| !l.is_empty()).or_else(|| of("language"));
    let date = of("date").map(|d| d.split('T').next().unwrap_or_default().to_string());
    let all = [
        ("title", title),
        ("organisation", organisation),
        ("author", of("author")),
        ("date", date),
        ("language", language),
    ];
    for (key, value) in all {
        if let Some(value) = value {
            scribe.meta(key, &value);
        }
    }
}

/// A title without the name of the site behind it.
fn without_site(title: &str, site: Option<&str>) -> String {
    let site = site.unwrap_or_default().to_lowercase();
    for sign in [" | ", " - ", " – ", " — ", " :: "] {
        if let Some((front, back)) = title.rsplit_once(sign)
            && !site.is_empty()
            && front.trim().len() > 3
            && (site.contains(&back.trim().to_lowercase()) || back.to_lowercase().contains(&site))
        {
            return front.trim().to_string();
        }
    }
    title.to_string()
}
