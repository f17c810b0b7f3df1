//! Lines typed before, the last one first, and a field that goes through them.

/// Puts a line before the others, once; so many are kept.
pub(super) fn remember(past: &mut Vec<String>, line: &str, most: usize) {
    let line = line.trim();
    if !line.is_empty() {
        past.retain(|p| p != line);
        past.insert(0, line.to_owned());
        past.truncate(most);
    }
}

/// Where a field stands among the lines typed before.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Recall {
    at: Option<usize>,
    /// What was typed before the first step back.
    typed: String,
}

impl Recall {
    /// What the field holds is typed, not recalled.
    pub(super) fn restart(&mut self) {
        self.at = None;
    }

    /// Whether the field holds a line of before.
    pub(super) fn is_on(&self) -> bool {
        self.at.is_some()
    }

    /// The line before the one that the field holds, of those that begin with what was typed; `None` when there is none.
    pub(super) fn older(&mut self, past: &[String], field: &str) -> Option<String> {
        if self.at.is_none() {
            field.clone_into(&mut self.typed);
        }
        let from = self.at.map_or(0, |at| at + 1);
        let fits = |line: &&String| line.starts_with(&self.typed) && **line != self.typed;
        let (step, line) = past.iter().skip(from).enumerate().find(|(_, line)| fits(line))?;
        self.at = Some(from + step);
        Some(line.clone())
    }

    /// The line after it; after the newest what was typed.
    pub(super) fn newer(&mut self, past: &[String]) -> Option<String> {
        let at = self.at?;
        let fits = |line: &String| line.starts_with(&self.typed) && *line != self.typed;
        self.at = past.iter().take(at).rposition(fits);
        Some(self.at.map_or_else(|| self.typed.clone(), |at| past[at].clone()))
    }
}

#[cfg(test)]
mod tests;
