//! The little HTML that converters leave in Markdown.

/// What a tag means to us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tag {
    Strong,
    Emphasis,
    Strike,
    /// A raised number: a footnote's mark.
    Raised,
    /// A line end.
    Break,
    /// A paragraph's border.
    Block,
    /// Nothing.
    Other,
}

/// A tag and whether it opens.
pub(super) fn tag(html: &str) -> (Tag, bool) {
    let inner = html.trim().trim_start_matches('<').trim_end_matches('>');
    let (inner, opens) = inner.strip_prefix('/').map_or((inner, true), |rest| (rest, false));
    let name = inner.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
    let is = |names: &[&str]| names.iter().any(|n| name.eq_ignore_ascii_case(n));
    let tag = if is(&["b", "strong"]) {
        Tag::Strong
    } else if is(&["i", "em"]) {
        Tag::Emphasis
    } else if is(&["s", "del", "strike"]) {
        Tag::Strike
    } else if is(&["sup"]) {
        Tag::Raised
    } else if is(&["br"]) {
        Tag::Break
    } else if is(&[
        "p", "div", "li", "tr", "td", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "section", "details",
        "summary",
    ]) {
        Tag::Block
    } else {
        Tag::Other
    };
    (tag, opens)
}

/// One thing in a stretch of HTML.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Bit<'a> {
    Text(&'a str),
    Tag(&'a str),
}

/// Whether a scan ended inside something whose content is not shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Hidden {
    #[default]
    No,
    Comment,
    /// A script or a style sheet.
    Raw,
}

/// Splits HTML into text and tags; comments, scripts and styles are left out, over several calls if need be.
pub(super) fn split<'a>(html: &'a str, hidden: &mut Hidden, mut out: impl FnMut(Bit<'a>)) {
    let mut rest = html;
    let mut closed = true;
    while !rest.is_empty() {
        match *hidden {
            Hidden::Comment => match rest.find("-->") {
                Some(at) => (rest, *hidden) = (&rest[at + 3..], Hidden::No),
                None => return,
            },
            Hidden::Raw => match rest.find("</") {
                Some(at) => (rest, *hidden) = (&rest[at..], Hidden::No),
                None => return,
            },
            Hidden::No => {
                let at = rest.find('<').unwrap_or(rest.len());
                if at > 0 {
                    out(Bit::Text(&rest[..at]));
                    rest = &rest[at..];
                    continue;
                }
                if let Some(after) = rest.strip_prefix("<!--") {
                    (rest, *hidden) = (after, Hidden::Comment);
                    continue;
                }
                let is_tag = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?'));
                let end = if is_tag && closed { rest.find('>').map_or(0, |at| at + 1) } else { 0 };
                // Looked for once: a thousand tags that never end must not be a thousand searches.
                closed &= !is_tag || end > 0;
                if end == 0 {
                    out(Bit::Text(&rest[..1]));
                    rest = &rest[1..];
                    continue;
                }
                let lower = rest[1..end].to_ascii_lowercase();
                if lower.starts_with("script") || lower.starts_with("style") {
                    *hidden = Hidden::Raw;
                }
                out(Bit::Tag(&rest[..end]));
                rest = &rest[end..];
            }
        }
    }
}
