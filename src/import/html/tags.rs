//! The elements and attributes that mean something to us, and what HTML says of each.

use html5ever::{LocalName, local_name};

macro_rules! names {
    ($(#[$doc:meta])* $enum:ident: $($name:ident = $text:tt),* ; $($rare:ident = $rare_text:tt),*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub(super) enum $enum {
            $($name,)*
            $($rare,)*
            Other,
        }

        impl $enum {
            /// By its name in the source, in lower case.
            pub(super) fn of(name: &LocalName) -> Self {
                match *name {
                    $(local_name!($text) => $enum::$name,)*
                    $(_ if &**name == $rare_text => $enum::$rare,)*
                    _ => $enum::Other,
                }
            }
        }
    };
}

names! {
    /// An element.
    Tag:
    A = "a", Abbr = "abbr", Address = "address", Article = "article", Aside = "aside", Audio = "audio", B = "b",
    Base = "base", Bdi = "bdi", Big = "big", Blockquote = "blockquote", Body = "body", Br = "br", Button = "button",
    Canvas = "canvas", Caption = "caption", Center = "center", Cite = "cite", Code = "code", Col = "col",
    Colgroup = "colgroup", Datalist = "datalist", Dd = "dd", Del = "del", Details = "details", Dialog = "dialog",
    Dir = "dir", Div = "div", Dl = "dl", Dt = "dt", Em = "em", Embed = "embed", Fieldset = "fieldset",
    Figcaption = "figcaption", Figure = "figure", Footer = "footer", Form = "form", H1 = "h1", H2 = "h2", H3 = "h3",
    H4 = "h4", H5 = "h5", H6 = "h6", Head = "head", Header = "header", Hgroup = "hgroup", Hr = "hr", Html = "html",
    I = "i", Iframe = "iframe", Img = "img", Input = "input", Ins = "ins", Kbd = "kbd", Label = "label",
    Legend = "legend", Li = "li", Link = "link", Main = "main", Mark = "mark", Math = "math", Menu = "menu",
    Meta = "meta", Nav = "nav", Noembed = "noembed", Noframes = "noframes", Noscript = "noscript", Object = "object",
    Ol = "ol", Optgroup = "optgroup", Option = "option", P = "p", Param = "param", Plaintext = "plaintext", Pre = "pre",
    Q = "q", Rp = "rp", Rt = "rt", Ruby = "ruby", S = "s", Samp = "samp", Script = "script", Section = "section",
    Select = "select", Small = "small", Source = "source", Span = "span", Strike = "strike", Strong = "strong",
    Style = "style", Sub = "sub", Summary = "summary", Sup = "sup", Svg = "svg", Table = "table", Tbody = "tbody",
    Td = "td", Template = "template", Textarea = "textarea", Tfoot = "tfoot", Th = "th", Thead = "thead",
    Title = "title", Tr = "tr", Track = "track", Tt = "tt", U = "u", Ul = "ul", Var = "var", Video = "video",
    Wbr = "wbr", Xmp = "xmp";
    Annotation = "annotation"
}

names! {
    /// An attribute.
    Name:
    Align = "align", Alt = "alt", Charset = "charset", Checked = "checked", Class = "class", Colspan = "colspan", Content = "content",
    Datetime = "datetime", Headers = "headers", Href = "href", Id = "id", Itemprop = "itemprop", Lang = "lang",
    Called = "name", Property = "property", Rel = "rel", Role = "role", Rowspan = "rowspan", Scope = "scope",
    Start = "start", StyleOf = "style", Summary = "summary", TitleOf = "title", Type = "type", Value = "value", Hidden = "hidden",
    AriaHidden = "aria-hidden", AriaLevel = "aria-level", AriaLabel = "aria-label", Reversed = "reversed",
    XmlLang = "xml:lang";
    EpubType = "epub:type"
}

impl Tag {
    /// How many there are.
    pub(super) const COUNT: usize = Tag::Other as usize + 1;

    /// The level of a heading.
    pub(super) fn level(self) -> Option<u8> {
        (Tag::H1 as u8..=Tag::H6 as u8).contains(&(self as u8)).then(|| self as u8 - Tag::H1 as u8 + 1)
    }

    /// Whether it never has content.
    pub(super) fn is_void(self) -> bool {
        use Tag::*;
        matches!(self, Base | Br | Col | Embed | Hr | Img | Input | Link | Meta | Param | Source | Track | Wbr)
    }

    /// Whether nothing in it is text of the page.
    pub(super) fn is_hidden(self) -> bool {
        use Tag::*;
        matches!(
            self,
            Annotation
                | Audio
                | Canvas
                | Datalist
                | Iframe
                | Noembed
                | Noframes
                | Noscript
                | Rp
                | Script
                | Select
                | Style
                | Svg
                | Template
                | Textarea
                | Video
        )
    }

    /// Whether it starts on a line of its own.
    pub(super) fn is_block(self) -> bool {
        use Tag::*;
        self.level().is_some()
            || matches!(
                self,
                Address
                    | Article
                    | Aside
                    | Blockquote
                    | Body
                    | Caption
                    | Center
                    | Dd
                    | Details
                    | Dialog
                    | Dir
                    | Div
                    | Dl
                    | Dt
                    | Fieldset
                    | Figcaption
                    | Figure
                    | Footer
                    | Form
                    | Header
                    | Hgroup
                    | Hr
                    | Html
                    | Legend
                    | Li
                    | Main
                    | Menu
                    | Nav
                    | Ol
                    | P
                    | Plaintext
                    | Pre
                    | Section
                    | Summary
                    | Table
                    | Tbody
                    | Td
                    | Tfoot
                    | Th
                    | Thead
                    | Tr
                    | Ul
                    | Xmp
            )
    }

    /// Whether its start ends an open paragraph.
    pub(super) fn ends_p(self) -> bool {
        // A table doesn't in old pages; but no paragraph goes on after one.
        self.is_block() && !matches!(self, Tag::Html | Tag::Body)
    }

    /// Whether what is open outside it is not closed from within.
    pub(super) fn is_wall(self) -> bool {
        use Tag::*;
        matches!(self, Table | Td | Th | Caption | Html | Body | Object)
    }

    /// Whether it is a part of a table.
    pub(super) fn in_table(self) -> bool {
        use Tag::*;
        matches!(self, Td | Th | Tr | Tbody | Thead | Tfoot | Caption | Colgroup)
    }
}
