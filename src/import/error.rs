//! Why a file could not be read, and what its reader can do about it.

use crate::doc::DocError;
use thiserror::Error;

/// Why bytes did not become a document. `Display` is the reason, one line; [`ImportError::hint`] is what to do next.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum ImportError {
    /// No bytes at all.
    #[error("the file is empty")]
    Empty,
    /// Not text; what it is instead ("a PDF file (not read yet)").
    #[error("not a text: it is {what}")]
    Binary {
        /// What the bytes are, with its article.
        what: &'static str,
    },
    /// More bytes than [`super::Limits::max_bytes`].
    #[error("{size} bytes, and the limit is {limit}")]
    TooLarge {
        /// Bytes in the file.
        size: u64,
        /// Bytes allowed.
        limit: u64,
    },
    /// More blocks than [`super::Limits::max_blocks`].
    #[error("more than {limit} paragraphs")]
    TooManyBlocks {
        /// Blocks allowed.
        limit: u32,
    },
    /// Bytes, but nothing to read in them: blanks, control characters, marks without words.
    #[error("there is no text in it")]
    NoText,
    /// A fault in the reader, not in the file.
    #[error(transparent)]
    Fault(#[from] DocError),
}

impl ImportError {
    /// The reason in one line.
    #[must_use]
    pub fn reason(&self) -> String {
        self.to_string()
    }

    /// What to do next, in one line.
    #[must_use]
    pub fn hint(&self) -> &'static str {
        match self {
            ImportError::Empty => "check whether it was downloaded or saved completely",
            ImportError::Binary { .. } => "save or convert it as Markdown or plain text and open that",
            ImportError::TooLarge { .. } => "split it, or raise the limit in the config",
            ImportError::TooManyBlocks { .. } => "split it into smaller files",
            ImportError::NoText => "if it was made from a scan, it needs text recognition first",
            ImportError::Fault(_) => "please report this file as a bug; the other files are not touched by it",
        }
    }
}
