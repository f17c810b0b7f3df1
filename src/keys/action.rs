//! What a reader can want. One list: the name in `keymap.toml`, and the topic of help it stands under. What each one
//! does is said in the words of the screens, under `action.<name>`.

/// A heading of the help screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Topic {
    /// Moving.
    Move,
    /// Jumping.
    Jump,
    /// Searching.
    Search,
    /// Selecting.
    Select,
    /// Annotating.
    Annotate,
    /// Taking along.
    Take,
    /// Around.
    Around,
}

impl Topic {
    /// All topics, in the order of help.
    pub const ALL: [Topic; 7] =
        [Topic::Move, Topic::Jump, Topic::Search, Topic::Select, Topic::Annotate, Topic::Take, Topic::Around];

    /// The name under which the words of the screens know it (`topic.<name>`).
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Topic::Move => "move",
            Topic::Jump => "jump",
            Topic::Search => "search",
            Topic::Select => "select",
            Topic::Annotate => "annotate",
            Topic::Take => "take",
            Topic::Around => "around",
        }
    }
}

macro_rules! actions {
    ($($variant:ident $name:literal $topic:ident $doc:literal;)*) => {
        /// Something a reader can want.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Action { $(#[doc = $doc] $variant,)* }

        impl Action {
            /// All actions, in the order of help.
            pub const ALL: &[Action] = &[$(Action::$variant),*];

            /// The name in `keymap.toml` and in the words of the screens (`action.<name>`).
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Action::$variant => $name),* }
            }

            /// Where help lists it.
            #[must_use]
            pub fn topic(self) -> Topic {
                match self { $(Action::$variant => Topic::$topic),* }
            }

            /// The action of that name.
            #[must_use]
            pub fn parse(name: &str) -> Option<Action> {
                match name { $($name => Some(Action::$variant),)* _ => None }
            }
        }
    };
}

actions! {
    Down "down" Move "One row down.";
    Up "up" Move "One row up.";
    Left "left" Move "One character to the left; in a tree: fold.";
    Right "right" Move "One character to the right; in a tree: unfold.";
    WordNext "word-next" Move "To the next word.";
    WordPrev "word-prev" Move "To the previous word.";
    LineStart "line-start" Move "To the start of the row.";
    LineEnd "line-end" Move "To the end of the row.";
    HalfDown "half-page-down" Move "Half a screen down.";
    HalfUp "half-page-up" Move "Half a screen up.";
    PageDown "page-down" Move "A screen down.";
    PageUp "page-up" Move "A screen up.";
    Top "top" Move "To the beginning; with a count, to that percentage or row.";
    Bottom "bottom" Move "To the end.";
    ScrollLeft "scroll-left" Move "A wide table to the left.";
    ScrollRight "scroll-right" Move "A wide table to the right.";
    NextSection "next-section" Jump "To the next section.";
    PrevSection "prev-section" Jump "To the previous section.";
    NextChange "next-change" Jump "To the next place where two reports differ.";
    PrevChange "prev-change" Jump "To the place before where two reports differ.";
    NextKnelpunt "next-knelpunt" Jump "To the next knelpunt.";
    PrevKnelpunt "prev-knelpunt" Jump "To the previous knelpunt.";
    NextNote "next-note" Jump "To the next note.";
    PrevNote "prev-note" Jump "To the previous note.";
    NextHit "next-hit" Jump "To the next hit.";
    PrevHit "prev-hit" Jump "To the previous hit.";
    NextParagraph "next-paragraph" Jump "To the next paragraph.";
    PrevParagraph "prev-paragraph" Jump "To the previous paragraph.";
    NextPage "next-page" Jump "To the next page.";
    PrevPage "prev-page" Jump "To the previous page.";
    Back "jump-back" Jump "Back to where the last jump began.";
    Forward "jump-forward" Jump "Forth again.";
    NextFootnote "next-footnote" Jump "To the next mark of a footnote.";
    PrevFootnote "prev-footnote" Jump "To the previous mark of a footnote.";
    Peek "peek" Jump "Peek at the footnote of this row; from a footnote back to its mark.";
    SetMark "set-mark" Jump "Put a mark here; a letter follows, a capital marks across the library.";
    GoMark "go-mark" Jump "To a mark; its letter follows.";
    Open "open" Jump "Open what the cursor stands on.";
    FoldAll "fold-all" Jump "Fold or unfold everything.";
    Dossier "dossier" Jump "The dossier of the knelpunt here.";
    Compare "compare" Jump "Compare with the edition before, side by side; once more: with another.";
    References "references" Jump "The references of this report: papers, laws, addresses.";
    SearchAll "search-all" Search "Search everything, as you type.";
    Find "find" Search "Find in this pane.";
    FindWord "find-word" Search "Find the word under the cursor.";
    Suggestion "suggestion" Search "Take the query that was suggested.";
    Facets "facets" Search "What the hits can be narrowed to, with counts.";
    Grouping "grouping" Search "Hits by report, or as one list.";
    SavedSearches "saved-searches" Search "The saved searches, to ask one.";
    SaveSearch "save-search" Search "Save this search under a name.";
    ClearHits "clear-hits" Search "Take the marks of the search away.";
    SelectChars "select-characters" Select "Select characters.";
    SelectSentences "select-sentences" Select "Select sentences.";
    TakeSentence "take-sentence" Select "Select the sentence.";
    TakeParagraph "take-paragraph" Select "Select the paragraph.";
    TakeSection "take-section" Select "Select the section.";
    SwapEnds "swap-ends" Select "To the other end of the selection.";
    MarkEntry "mark-entry" Select "Mark the entry, for one act on all marked ones.";
    MarkAll "mark-all" Select "Mark all entries shown, or none.";
    AddNote "note" Annotate "Write a note on the selection, the sentence, or what the cursor stands on.";
    Highlight "highlight" Annotate "Highlight.";
    Bookmark "bookmark" Annotate "Put a bookmark here.";
    Code "code" Annotate "Put it to a knelpunt.";
    Uncode "uncode" Annotate "Take the note out of this knelpunt.";
    Again "again" Annotate "The last annotation again, here.";
    Tags "tags" Annotate "Tags of the note.";
    SetStatus "status" Annotate "Status of the note: none, open, promised, resolved.";
    EditNote "edit" Annotate "Edit the note in this pane.";
    EditOutside "edit-outside" Annotate "Edit the note in your own editor.";
    Delete "delete" Annotate "Put the note in the trash.";
    TakeBack "take-back" Annotate "Out of the trash; of a note of somebody else's, a copy of one's own.";
    KeepNote "keep-note" Annotate "Of two versions of a note: the note stays, the copy goes to the trash.";
    KeepCopy "keep-copy" Annotate "Of two versions of a note: the copy takes the place of the note.";
    KeepBoth "keep-both" Annotate "Of two versions of a note: both stay, the copy as a note of its own.";
    HeadingUp "heading-up" Annotate "The heading one level up, with what lies under it.";
    HeadingDown "heading-down" Annotate "The heading one level down, with what lies under it.";
    HeadingTitle "heading-title" Annotate "Another title for the heading.";
    HeadingRemove "heading-remove" Annotate "It is no heading.";
    HeadingMake "heading-make" Annotate "The paragraph is a heading.";
    HeadingRestore "heading-restore" Annotate "The heading as the file has it.";
    KnelpuntNew "knelpunt-new" Annotate "Make a knelpunt.";
    KnelpuntRename "knelpunt-rename" Annotate "Another title for the knelpunt.";
    KnelpuntMerge "knelpunt-merge" Annotate "Merge the marked knelpunten into one.";
    KnelpuntSplit "knelpunt-split" Annotate "The marked notes and found knelpunten to a new knelpunt.";
    KnelpuntUnder "knelpunt-under" Annotate "Put the knelpunt under another.";
    KnelpuntUp "knelpunt-up" Annotate "The knelpunt one level up.";
    KnelpuntGather "knelpunt-gather" Annotate "Bring found knelpunten together under one of your own.";
    LinkEdition "link-edition" Annotate "This report is an edition of another.";
    UnlinkEdition "unlink-edition" Annotate "This report is no edition of the others.";
    Undo "undo" Annotate "Undo.";
    Redo "redo" Annotate "Redo.";
    AcceptAnchor "accept" Annotate "Accept the place shown for a moved note.";
    Candidate "candidate" Annotate "Of the places a note might have, the one of this number.";
    LeaveAnchor "leave" Annotate "Leave the note: it has no place in this edition.";
    AcceptMoved "accept-moved" Annotate "Accept the places of all that were only moved.";
    CopyQuote "copy" Take "Copy the quote.";
    CopyCited "copy-cited" Take "Copy the quote with its source.";
    Export "export" Take "Write the quotes with their sources to a Markdown file.";
    OpenOriginal "open-original" Take "Open the original.";
    OpenReference "open-reference" Take "Open what the text refers to here: a paper, an act, an address.";
    OpenPath "open-path" Take "Open a folder or file.";
    ViewRead "view-read" Around "Read.";
    ViewSearch "view-search" Around "Search.";
    ViewKnelpunten "view-knelpunten" Around "Knelpunten.";
    ViewNotes "view-notes" Around "Notes.";
    ViewLibrary "view-library" Around "Library.";
    Review "review" Around "Notes whose place has to be looked at.";
    NextPane "next-pane" Around "To the next pane.";
    PrevPane "prev-pane" Around "To the previous pane.";
    Zen "zen" Around "Only the text, or the columns again.";
    Wider "wider" Around "A wider measure.";
    Narrower "narrower" Around "A narrower measure.";
    Theme "theme" Around "The next theme.";
    Language "language" Around "The other language of the screens.";
    Sort "sort" Around "Another order.";
    Filter "filter" Around "Another filter.";
    HeatMap "heatmap" Around "The heat map beside the list of knelpunten, in its place, or away.";
    HeatAxis "heatmap-axis" Around "Years or organisations in the heat map.";
    Help "help" Around "Help on the keys that work here.";
    Palette "palette" Around "Go to anything: report, section, note, knelpunt, command.";
    Rescan "rescan" Around "Look again for changed files.";
    Save "save" Around "Save.";
    Cancel "cancel" Around "Back; at the top, quit.";
    Quit "quit" Around "Back; at the top, quit.";
    Interrupt "interrupt" Around "Cancel what is running; then quit.";
    Suspend "suspend" Around "Suspend.";
    Redraw "redraw" Around "Draw the screen anew.";
}
