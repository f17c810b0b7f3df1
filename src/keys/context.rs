//! Where the focus stands, as far as keys differ by it.

/// A context of the keymap. Lookup goes from the innermost context outwards, `Global` last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Context {
    /// Everywhere.
    Global,
    /// Any list: navigator, margin, hits, knelpunten, notes, library.
    List,
    /// The tree of reports and sections.
    Navigator,
    /// The text of a report.
    Reader,
    /// While something is selected in the text.
    Select,
    /// The notes beside the text.
    Margin,
    /// The hits of a search.
    Search,
    /// The box of the search view.
    SearchBox,
    /// What the hits of a search can be narrowed to.
    Facets,
    /// The view of all knelpunten.
    Knelpunten,
    /// The view of all notes.
    Notes,
    /// The notes whose place has to be looked at.
    Review,
    /// The view of what is loaded.
    Library,
    /// The dossier of a knelpunt.
    Dossier,
    /// The heat map in place of the list of knelpunten.
    Heatmap,
    /// Two reports side by side.
    Compare,
    /// The note editor.
    Editor,
    /// Fields to be filled in.
    Form,
    /// The list of references.
    References,
    /// One line of input: search box, find box, palette, pickers.
    Input,
}

impl Context {
    /// All contexts, in the order of help.
    pub const ALL: [Context; 20] = [
        Context::Global,
        Context::List,
        Context::Navigator,
        Context::Reader,
        Context::Select,
        Context::Margin,
        Context::SearchBox,
        Context::Search,
        Context::Facets,
        Context::Knelpunten,
        Context::Notes,
        Context::Review,
        Context::Library,
        Context::Heatmap,
        Context::Dossier,
        Context::Compare,
        Context::Editor,
        Context::Form,
        Context::References,
        Context::Input,
    ];

    /// The table in `keymap.toml`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Context::Global => "global",
            Context::List => "list",
            Context::Navigator => "navigator",
            Context::Reader => "reader",
            Context::Select => "select",
            Context::Margin => "margin",
            Context::SearchBox => "search-box",
            Context::Search => "search",
            Context::Facets => "facets",
            Context::Knelpunten => "knelpunten",
            Context::Notes => "notes",
            Context::Review => "review",
            Context::Library => "library",
            Context::Dossier => "dossier",
            Context::Heatmap => "heatmap",
            Context::Compare => "compare",
            Context::Editor => "editor",
            Context::Form => "form",
            Context::References => "references",
            Context::Input => "input",
        }
    }
}
