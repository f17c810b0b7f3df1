//! Roles and themes: what a cell is for, and how that looks. Drawing names roles only; `assets/themes/*.toml` (and the
//! reader's own) say which colours and weights they have. A role that a theme leaves out falls back to a more general
//! one, as scopes do; nothing is ever told by colour alone.

use crate::notes::Color;
use ratatui::style::{Color as Shown, Modifier, Style};
use std::str::FromStr;

macro_rules! roles {
    ($($variant:ident $name:literal $fallback:ident $doc:literal;)*) => {
        /// What a cell is for.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Role { $(#[doc = $doc] $variant,)* }

        impl Role {
            /// All roles.
            pub const ALL: &[Role] = &[$(Role::$variant),*];

            /// The name in theme files.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Role::$variant => $name),* }
            }

            /// The more general role that serves when a theme says nothing of this one.
            #[must_use]
            pub fn fallback(self) -> Role {
                match self { $(Role::$variant => Role::$fallback),* }
            }
        }
    };
}

roles! {
    Text "text" Text "Running text.";
    Muted "muted" Text "What may be overlooked: paths, numbers, rules.";
    Border "border" Muted "Borders of panes.";
    BorderFocus "border.focus" Accent "The border of the pane that has the keys.";
    Title "title" Strong "Titles of panes.";
    Accent "accent" Text "What leads the eye.";
    Strong "strong" Text "Bold text.";
    Emphasis "emphasis" Text "Italic text.";
    Link "link" Accent "Links and references.";
    Footnote "footnote" Link "Marks of footnotes in the text.";
    CodeText "code" Text "Code, and text as it stands.";
    Quote "quote" Emphasis "Quotations.";
    Rule "rule" Muted "Lines in the text: tables, under titles.";
    Marker "marker" Accent "Marks of list items and footnotes.";
    HeadingOne "heading.1" Heading "The title of a report.";
    HeadingTwo "heading.2" Heading "A chapter.";
    Heading "heading" Strong "Deeper headings.";
    Knelpunt "knelpunt" Accent "A knelpunt and its sign.";
    Note "note" Accent "A note and its sign.";
    NoteText "note.text" Text "The words of a note.";
    Highlight "highlight" Note "A highlighted passage.";
    MarkYellow "mark.yellow" Highlight "A passage marked in yellow.";
    MarkGreen "mark.green" Highlight "A passage marked in green.";
    MarkBlue "mark.blue" Highlight "A passage marked in blue.";
    MarkRed "mark.red" Highlight "A passage marked in red.";
    MarkPurple "mark.purple" Highlight "A passage marked in purple.";
    MarkOrange "mark.orange" Highlight "A passage marked in orange.";
    SignYellow "sign.yellow" Knelpunt "The sign of what is yellow.";
    SignGreen "sign.green" Knelpunt "The sign of what is green.";
    SignBlue "sign.blue" Knelpunt "The sign of what is blue.";
    SignRed "sign.red" Knelpunt "The sign of what is red.";
    SignPurple "sign.purple" Knelpunt "The sign of what is purple.";
    SignOrange "sign.orange" Knelpunt "The sign of what is orange.";
    Moved "moved" Warning "The state of a note that is not exact.";
    Hit "hit" Strong "A word that was found.";
    HitForm "hit.form" Hit "A word found in another form, or by its beginning.";
    HitPart "hit.part" HitForm "A word found by its parts, or by an abbreviation.";
    HitNear "hit.near" HitForm "A word found by a spelling near to it.";
    HitHere "hit.here" Hit "The found word under the cursor.";
    Selection "selection" Row "What is selected.";
    Row "row" Text "The row of the cursor in a list that has the keys.";
    RowDim "row.dim" Muted "The row of the cursor in a list that hasn't.";
    Here "here" Strong "Where the reader stands.";
    Header "header" Text "The line at the top.";
    Footer "footer" Muted "The line at the bottom.";
    Key "key" Strong "Keys in hints and help.";
    Input "input" Text "Text being typed.";
    Info "info" Text "A notice that is good to know.";
    Warning "warning" Strong "Something was not done.";
    Error "error" Warning "Something failed.";
    Good "good" Accent "Something is done.";
    DiffGone "diff.gone" Warning "Words that are gone.";
    DiffNew "diff.new" Good "Words that are new.";
    DiffWeighty "diff.weighty" Strong "Figures, negations and names that differ.";
}

impl Role {
    /// The role of a passage marked in this colour.
    #[must_use]
    pub fn mark(colour: Option<Color>) -> Role {
        match colour {
            None => Role::Highlight,
            Some(Color::Yellow) => Role::MarkYellow,
            Some(Color::Green) => Role::MarkGreen,
            Some(Color::Blue) => Role::MarkBlue,
            Some(Color::Red) => Role::MarkRed,
            Some(Color::Purple) => Role::MarkPurple,
            Some(Color::Orange) => Role::MarkOrange,
        }
    }

    /// The role of a sign of this colour; without one it is `plain`.
    #[must_use]
    pub fn sign(colour: Option<Color>, plain: Role) -> Role {
        match colour {
            None => plain,
            Some(Color::Yellow) => Role::SignYellow,
            Some(Color::Green) => Role::SignGreen,
            Some(Color::Blue) => Role::SignBlue,
            Some(Color::Red) => Role::SignRed,
            Some(Color::Purple) => Role::SignPurple,
            Some(Color::Orange) => Role::SignOrange,
        }
    }
}

/// How each role looks.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    name: String,
    styles: Vec<Style>,
}

/// A line of a theme that could not be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("theme {theme}: {what}")]
pub struct ThemeProblem {
    /// Which theme.
    pub theme: String,
    /// What is wrong.
    pub what: String,
}

/// The themes built in, by name. The first is the default: it takes its colours from the terminal's own palette.
pub const BUILT_IN: [(&str, &str); 3] = [
    ("terminal", include_str!("../../assets/themes/terminal.toml")),
    ("papier", include_str!("../../assets/themes/papier.toml")),
    ("mono", include_str!("../../assets/themes/mono.toml")),
];

/// How many colours the terminal shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// None: `NO_COLOR`, or a terminal without.
    None,
    /// The sixteen of the palette.
    Sixteen,
    /// 256.
    Indexed,
    /// All.
    True,
}

impl Theme {
    /// Reads a theme: a table a role with `fg`, `bg` (names, `#rrggbb` or an index) and `bold`, `italic`, `underline`,
    /// `reverse`, `dim`. Returns what could not be used; the rest holds.
    #[must_use]
    pub fn read(name: &str, text: &str, depth: Depth) -> (Theme, Vec<ThemeProblem>) {
        let mut problems = Vec::new();
        let mut problem = |what: String| problems.push(ThemeProblem { theme: name.to_owned(), what });
        let table: toml::Table = toml::from_str(text).unwrap_or_else(|e| {
            problem(e.to_string());
            toml::Table::new()
        });
        for key in table.keys().filter(|k| !Role::ALL.iter().any(|r| r.name() == *k)) {
            problem(format!("there is no role `{key}`"));
        }
        let mut own: Vec<Option<Style>> = Vec::with_capacity(Role::ALL.len());
        for role in Role::ALL {
            own.push(match table.get(role.name()) {
                None => None,
                Some(value) => match style(value, depth) {
                    Ok(style) => Some(style),
                    Err(what) => {
                        problem(format!("{}: {what}", role.name()));
                        None
                    }
                },
            });
        }
        let styles = Role::ALL
            .iter()
            .map(|role| {
                let mut at = *role;
                loop {
                    if let Some(style) = own[at as usize] {
                        return style;
                    }
                    if at.fallback() == at {
                        return Style::new();
                    }
                    at = at.fallback();
                }
            })
            .collect();
        (Theme { name: name.to_owned(), styles }, problems)
    }

    /// The built-in theme of this name; the default one when there is none. Without colours always `mono`.
    #[must_use]
    pub fn built_in(name: &str, depth: Depth) -> Theme {
        let name = if depth == Depth::None { "mono" } else { name };
        let (name, text) = BUILT_IN.into_iter().find(|(n, _)| *n == name).unwrap_or(BUILT_IN[0]);
        Theme::read(name, text, depth).0
    }

    /// A theme in which every role has an index of its own as colour, so that tests can read roles off a screen.
    #[must_use]
    pub fn of_roles() -> Theme {
        let styles = Role::ALL.iter().map(|r| Style::new().fg(Shown::Indexed(*r as u8 + 16))).collect();
        Theme { name: "roles".to_owned(), styles }
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// How a role looks.
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        self.styles[role as usize]
    }
}

fn style(value: &toml::Value, depth: Depth) -> Result<Style, String> {
    let table = value.as_table().ok_or("a table is wanted, such as { fg = \"cyan\", bold = true }")?;
    let mut style = Style::new();
    for (key, value) in table {
        let modifier = match key.as_str() {
            "fg" | "bg" => {
                let text = value.as_str().ok_or_else(|| format!("`{key}`: the name of a colour is wanted"))?;
                let color = Shown::from_str(text).map_err(|_| format!("`{text}` is no colour"))?;
                if let Some(color) = shown(color, depth) {
                    style = if key == "fg" { style.fg(color) } else { style.bg(color) };
                }
                continue;
            }
            "bold" => Modifier::BOLD,
            "italic" => Modifier::ITALIC,
            "underline" => Modifier::UNDERLINED,
            "reverse" => Modifier::REVERSED,
            "dim" => Modifier::DIM,
            _ => return Err(format!("`{key}` is none of fg, bg, bold, italic, underline, reverse, dim")),
        };
        if value.as_bool().ok_or_else(|| format!("`{key}`: true or false is wanted"))? {
            style = style.add_modifier(modifier);
        }
    }
    Ok(style)
}

/// The colour as this terminal can show it.
fn shown(color: Shown, depth: Depth) -> Option<Shown> {
    match (color, depth) {
        (_, Depth::None) => None,
        (Shown::Rgb(r, g, b), Depth::Indexed) => Some(Shown::Indexed(cube(r, g, b))),
        (Shown::Rgb(..) | Shown::Indexed(16..), Depth::Sixteen) => None,
        (color, _) => Some(color),
    }
}

/// The nearest of the 6×6×6 colours and 24 greys of the 256-colour palette (as xterm lays it out).
fn cube(r: u8, g: u8, b: u8) -> u8 {
    const STEPS: [u8; 6] = [0, 95, 135, 175, 215, 255];
    let near = |v: u8| (0..6u8).min_by_key(|i| STEPS[usize::from(*i)].abs_diff(v)).unwrap_or(0);
    let (i, j, k) = (near(r), near(g), near(b));
    let distance = |x: (u8, u8, u8)| {
        let d = |a: u8, b: u8| u32::from(a.abs_diff(b)).pow(2);
        d(x.0, r) + d(x.1, g) + d(x.2, b)
    };
    let at = |n: u8| STEPS[usize::from(n)];
    let grey = ((u16::from(r) + u16::from(g) + u16::from(b)) / 3).saturating_sub(3) / 10;
    let grey = grey.min(23) as u8;
    let level = 8 + grey * 10;
    if distance((level, level, level)) < distance((at(i), at(j), at(k))) { 232 + grey } else { 16 + 36 * i + 6 * j + k }
}
