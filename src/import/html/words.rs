//! What pages call their parts: words in classes, ids and roles, and the few titles that mean the same on every site.
//! Data for `article` and `notes`; nothing here looks at a page.

/// Words of which one is enough: what bears it is around the text, not of it.
const SITE: &[&str] = &[
    "nav",
    "navbar",
    "navigation",
    "navigatie",
    "navheader",
    "navfooter",
    "navbox",
    "docnav",
    "navmenu",
    "sidenav",
    "subnav",
    "topnav",
    "breadcrumb",
    "breadcrumbs",
    "kruimelpad",
    "cookie",
    "cookies",
    "cookiebar",
    "cookiebanner",
    "cookieconsent",
    "cookiewall",
    "consent",
    "gdpr",
    "share",
    "sharing",
    "sharebar",
    "sharebuttons",
    "sharedaddy",
    "addthis",
    "addtoany",
    "social",
    "socials",
    "socialmedia",
    "skiplink",
    "skiplinks",
    "skipnav",
    "pagination",
    "paginering",
    "pager",
    "prevnext",
    "topbar",
    "menubar",
    "offcanvas",
    "megamenu",
    "editsection",
    "jumpto",
    "catlinks",
    "printfooter",
    "backtotop",
    "totop",
    "advert",
    "advertisement",
    "searchform",
    "searchbox",
    "searchbar",
    "langswitch",
    "languageswitcher",
    "siteheader",
    "sitefooter",
    "pagefooter",
    "readspeaker",
];

/// Words that say it of what lies beside the text; within it they are boxes, and their words are of it.
const BESIDE: &[&str] =
    &["sidebar", "modal", "popup", "tooltip", "feedback", "newsletter", "nieuwsbrief", "toolbar", "noprint", "widget"];

/// Words for the lines of a title page that are set as headings and head nothing.
const TITLE_LINES: &[&str] = &[
    "subtitle",
    "ondertitel",
    "author",
    "corpauthor",
    "editor",
    "othercredit",
    "edition",
    "pubdate",
    "releaseinfo",
    "byline",
];

/// Words that say it only where there is hardly anything but links.
const LINKS: &[&str] = &[
    "menu",
    "submenu",
    "links",
    "related",
    "gerelateerd",
    "header",
    "footer",
    "banner",
    "masthead",
    "tags",
    "tagcloud",
    "skip",
    "language",
    "languages",
    "archive",
    "prev",
    "next",
    "previous",
    "vorige",
    "volgende",
    "meta",
    "actions",
    "buttons",
];

/// Words next to which the others mean the opposite ("content-with-sidebar").
const OPPOSITE: &[&str] = &["with", "has", "no", "not", "without", "zonder", "hide", "collapsed"];

/// Words for a table of contents.
const CONTENTS: &[&str] = &[
    "toc",
    "tableofcontents",
    "inhoudsopgave",
    "doctoc",
    "tocnav",
    "onthispage",
    "toctree",
    "listoftables",
    "listoffigures",
    "listofexamples",
];

/// Words for the foot of a page.
const FOOT: &[&str] = &["footer", "colophon", "sitefooter", "pagefooter"];

/// Words for a box with a remark, whose heading is none of the outline.
const REMARK: &[&str] = &[
    "note",
    "tip",
    "warning",
    "caution",
    "important",
    "admonition",
    "danger",
    "attention",
    "hint",
    "callout",
    "example",
    "practice",
    "issue",
    "ednote",
];

/// Words for what is left to screen readers.
const UNSEEN: &[&str] = &["sronly", "visuallyhidden", "screenreadertext", "screenreaderonly", "invisible"];

/// Words for a link to the place where it stands.
const SELF: &[&str] = &["headerlink", "anchorlink", "selflink", "permalink", "headinganchor", "anchorjs"];

/// Words for footnotes and what leads to them.
const NOTE: &[&str] = &[
    "footnote",
    "footnotes",
    "footnoteref",
    "noteref",
    "voetnoot",
    "voetnoten",
    "msofootnotereference",
    "msoendnotereference",
    "sdfootnoteanc",
    "sdendnoteanc",
    "footnoteanchor",
    "footnotereference",
    "endnote",
    "endnotes",
    "reference",
];

/// How ids of footnotes begin.
const NOTE_IDS: &[&str] = &[
    "fn",
    "_fn",
    "ftn",
    "_ftn",
    "_edn",
    "edn",
    "footnote",
    "endnote",
    "voetnoot",
    "noot",
    "cite_note",
    "sdfootnote",
    "sdendnote",
    "user-content-fn",
    "easy-footnote",
];

/// What footnotes are headed with.
const NOTE_TITLES: &[&str] = &[
    "footnotes",
    "footnote",
    "notes",
    "endnotes",
    "voetnoten",
    "voetnoot",
    "noten",
    "eindnoten",
    "referenties",
    "references",
];

/// What tables of contents are headed with.
const CONTENTS_TITLES: &[&str] = &[
    "inhoud",
    "inhoudsopgave",
    "inhoudstafel",
    "contents",
    "table of contents",
    "op deze pagina",
    "on this page",
    "in dit artikel",
    "in this article",
    "toc",
    "deze pagina bevat",
];

/// Whole texts of links that lead about the page.
const WAYS: &[&str] = &[
    "terug naar boven",
    "naar boven",
    "back to top",
    "top",
    "skip to content",
    "skip to main content",
    "ga naar inhoud",
    "ga direct naar de inhoud",
    "ga naar de inhoud",
    "direct naar inhoud",
    "naar de inhoud",
    "naar hoofdinhoud",
    "ga naar hoofdinhoud",
    "spring naar inhoud",
    "overslaan en naar de inhoud gaan",
    "edit",
    "[edit]",
    "bewerken",
    "[bewerken]",
    "edit this page",
    "bewerk deze pagina",
    "print",
    "afdrukken",
    "¶",
    "#",
    "§",
    "🔗",
    "permalink",
    "permanente koppeling",
];

/// What names, classes and roles say of an element.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Says {
    /// Around the text.
    pub(super) site: bool,
    /// Around the text where it lies beside it.
    pub(super) beside: bool,
    /// A line of a title page.
    pub(super) title_line: bool,
    /// Around the text where it is all links.
    pub(super) links: bool,
    pub(super) contents: bool,
    pub(super) foot: bool,
    pub(super) remark: bool,
    pub(super) unseen: bool,
    pub(super) to_itself: bool,
    pub(super) note: bool,
}

/// What a class or an id says: each of its words, and those parted by hyphens put together ("skip-link").
pub(super) fn says(value: &str) -> Says {
    let mut out = Says::default();
    for name in value.split_ascii_whitespace().take(64).filter(|n| n.len() <= 80) {
        let mut opposite = false;
        let mut own = Says::default();
        let mut whole = String::with_capacity(name.len());
        for word in parts(name) {
            let word = word.to_ascii_lowercase();
            opposite |= OPPOSITE.contains(&word.as_str());
            own.add(&word);
            whole.push_str(&word);
        }
        own.add(&whole);
        if !opposite {
            out.join(own);
        }
    }
    out
}

impl Says {
    fn add(&mut self, word: &str) {
        self.site |= SITE.contains(&word);
        self.beside |= BESIDE.contains(&word);
        self.title_line |= TITLE_LINES.contains(&word);
        self.links |= LINKS.contains(&word);
        self.contents |= CONTENTS.contains(&word);
        self.foot |= FOOT.contains(&word);
        self.remark |= REMARK.contains(&word);
        self.unseen |= UNSEEN.contains(&word);
        self.to_itself |= SELF.contains(&word);
        self.note |= NOTE.contains(&word);
    }

    /// Both.
    pub(super) fn join(&mut self, other: Says) {
        self.site |= other.site;
        self.beside |= other.beside;
        self.title_line |= other.title_line;
        self.links |= other.links;
        self.contents |= other.contents;
        self.foot |= other.foot;
        self.remark |= other.remark;
        self.unseen |= other.unseen;
        self.to_itself |= other.to_itself;
        self.note |= other.note;
    }
}

/// The words of a name: parted by anything but letters, and where a capital follows a small letter.
fn parts(name: &str) -> impl Iterator<Item = &str> {
    name.split(|c: char| !c.is_ascii_alphanumeric()).flat_map(|part| {
        let bytes = part.as_bytes();
        let mut start = 0;
        (1..=bytes.len()).filter_map(move |at| {
            let border = at == bytes.len() || (bytes[at].is_ascii_uppercase() && bytes[at - 1].is_ascii_lowercase());
            border.then(|| part.get(std::mem::replace(&mut start, at)..at).unwrap_or(""))
        })
    })
}

/// Whether an id is one that footnotes get.
pub(super) fn is_note_id(id: &str) -> bool {
    // In a book the path of the file stands before it.
    let id = id.rsplit('#').next().unwrap_or_default().to_ascii_lowercase();
    NOTE_IDS.iter().any(|n| {
        id.strip_prefix(n).is_some_and(|rest| !rest.starts_with(|c: char| c.is_ascii_alphabetic()) || rest.len() < 4)
    })
}

/// Whether a heading is that of the footnotes.
pub(super) fn is_notes_title(text: &str) -> bool {
    NOTE_TITLES.contains(&text.trim_end_matches([':', '.']).to_lowercase().as_str())
}

/// Whether a heading is that of a table of contents.
pub(super) fn is_contents_title(text: &str) -> bool {
    CONTENTS_TITLES.contains(&text.trim_end_matches([':', '.']).to_lowercase().as_str())
}

/// Whether a link only leads about the page.
pub(super) fn is_way(text: &str) -> bool {
    text.len() <= 48 && WAYS.contains(&text.trim_matches(['↑', '▲', '→', ' ', '^']).to_lowercase().as_str())
}
