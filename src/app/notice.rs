//! A notice: what, on what, and what next. What workers report waits its turn, so that one fault does not hide another.

use super::App;

/// Notices that wait at most: past these something is repeating itself.
const WAITING: usize = 8;

/// How grave a notice is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// Good to know; gone with the next key.
    Info,
    /// Something was not done; stays until Esc or the next notice.
    Warning,
    /// Something failed.
    Error,
}

/// A notice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// How grave.
    pub weight: Weight,
    /// The text, in the language of the screens.
    pub text: String,
}

impl Notice {
    /// Good to know.
    #[must_use]
    pub fn info(text: impl Into<String>) -> Self {
        Notice { weight: Weight::Info, text: text.into() }
    }

    /// Something was not done.
    #[must_use]
    pub fn warning(text: impl Into<String>) -> Self {
        Notice { weight: Weight::Warning, text: text.into() }
    }

    /// Something failed.
    #[must_use]
    pub fn error(text: impl Into<String>) -> Self {
        Notice { weight: Weight::Error, text: text.into() }
    }
}

impl App {
    /// Says what nobody asked for: at once, or once the reader has taken note of a graver thing on the screen.
    pub(super) fn tell(&mut self, notice: Notice) {
        match &self.notice {
            Some(now) if now.weight != Weight::Info => {
                let known = *now == notice || self.later.contains(&notice);
                if !known && notice.weight != Weight::Info && self.later.len() < WAITING {
                    self.later.push(notice);
                }
            }
            _ => self.notice = Some(notice),
        }
    }

    /// The reader has taken note: the next thing that waits to be said takes its place. What was said, if anything.
    pub(super) fn take_note(&mut self) -> Option<Notice> {
        let next = (!self.later.is_empty()).then(|| self.later.remove(0));
        std::mem::replace(&mut self.notice, next)
    }
}

#[cfg(test)]
mod tests;
