//! A notice: what, on what, and what next.

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
