//! The themes to choose from: the built-in ones, and the reader's own in `themes/` beside the config.

use crate::ui::{BUILT_IN, Depth, Theme};
use std::path::{Path, PathBuf};

/// Names and places of all themes.
pub(super) struct Themes {
    own: Vec<(String, PathBuf)>,
    depth: Depth,
}

impl Themes {
    /// The themes there are; files are only listed, not read.
    pub(super) fn find(config_dir: Option<&Path>, depth: Depth) -> Themes {
        let files = config_dir.and_then(|dir| std::fs::read_dir(dir.join("themes")).ok());
        let mut own: Vec<_> = files
            .into_iter()
            .flatten()
            .filter_map(|entry| Some(entry.ok()?.path()))
            .filter(|path| path.extension().is_some_and(|e| e == "toml"))
            .filter_map(|path| Some((path.file_stem()?.to_string_lossy().into_owned(), path)))
            .collect();
        own.sort();
        Themes { own, depth }
    }

    /// Their names, in the order in which `T` goes through them; one's own of a built-in name takes its place.
    pub(super) fn names(&self) -> Vec<String> {
        let mut names: Vec<String> = BUILT_IN.iter().map(|(name, _)| (*name).to_owned()).collect();
        names
            .extend(self.own.iter().map(|(name, _)| name.clone()).filter(|name| !BUILT_IN.iter().any(|b| b.0 == name)));
        names
    }

    /// The theme of this name (the default when it can't be read), and what is wrong with its file. Without colours
    /// always the one that needs none.
    pub(super) fn load(&self, name: &str) -> (Theme, Vec<String>) {
        let own = self.own.iter().find(|(own, _)| own == name).filter(|_| self.depth != Depth::None);
        let Some((_, path)) = own else { return (Theme::built_in(name, self.depth), Vec::new()) };
        match std::fs::read_to_string(path) {
            Ok(text) => {
                let (theme, problems) = Theme::read(name, &text, self.depth);
                (theme, problems.iter().map(ToString::to_string).collect())
            }
            Err(error) => {
                // under the name asked for, so that it is not read again for every frame
                let theme = Theme::read(name, BUILT_IN[0].1, self.depth).0;
                (theme, vec![format!("{}: {error}", path.display())])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::Role;

    #[test]
    fn own_themes_stand_beside_the_built_in_ones() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let themes = dir.path().join("themes");
        std::fs::create_dir(&themes).expect("a folder");
        std::fs::write(themes.join("zee.toml"), "heading = { fg = \"blue\" }\nmoon = {}\n").expect("a file");
        let found = Themes::find(Some(dir.path()), Depth::True);
        assert_eq!(found.names(), ["terminal", "papier", "mono", "zee"]);
        let (theme, problems) = found.load("zee");
        assert_eq!(theme.name(), "zee");
        assert_eq!(theme.style(Role::Heading).fg, Some(ratatui::style::Color::Blue));
        assert_eq!(problems.len(), 1, "{problems:?}");
        assert_eq!(found.load("papier").0.name(), "papier");
    }
}
