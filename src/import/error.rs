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
    /// More than [`super::Limits::max_unpacked`] when unpacked, or packed more tightly than any real text
    /// ([`super::Limits::max_ratio`]).
    #[error("unpacked it is larger than {limit} bytes, or packed so tightly that it can be no report")]
    TooLargeUnpacked {
        /// Bytes allowed.
        limit: u64,
    },
    /// More elements than [`super::Limits::max_nodes`].
    #[error("more than {limit} elements")]
    TooManyNodes {
        /// Elements allowed.
        limit: u32,
    },
    /// More pages than [`super::Limits::max_pages`].
    #[error("more than {limit} pages")]
    TooManyPages {
        /// Pages allowed.
        limit: u32,
    },
    /// Elements inside each other beyond [`super::Limits::max_nesting`].
    #[error("elements more than {limit} deep inside each other")]
    TooDeep {
        /// Depth allowed.
        limit: u16,
    },
    /// [`super::Stop`] was raised.
    #[error("reading it took too long")]
    TookTooLong,
    /// Encrypted, and no password was given.
    #[error("it is protected with a password")]
    Encrypted,
    /// Encrypted, and the password given does not open it.
    #[error("that password does not open it")]
    WrongPassword,
    /// Encrypted in a way that is not undone here (Word, OpenDocument): no password helps.
    #[error("it is protected with a password that only the program that made it can take off")]
    Sealed,
    /// Pages without a single letter on them.
    #[error("no text layer on its {pages} pages: a scan?")]
    NoTextLayer {
        /// Pages in the file.
        pages: u32,
    },
    /// Not put together as its format asks; what is wrong ("the container holds no word/document.xml").
    #[error("damaged or incomplete: {what}")]
    Damaged {
        /// What is wrong, in a few words.
        what: &'static str,
    },
    /// Bytes, but nothing to read in them: blanks, control characters, marks without words.
    #[error("there is no text in it")]
    NoText,
    /// The reader of its format broke off: a fault in the reader, not in the file.
    #[error("kantlijn failed on this file")]
    Failed,
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
            ImportError::Binary { .. } => "save or convert it as PDF, Word, Markdown or plain text and open that",
            ImportError::TooLarge { .. } => "split it, or raise the limit in the config",
            ImportError::TooLargeUnpacked { .. } => "open it in the program that made it and save it anew",
            ImportError::TooManyNodes { .. } | ImportError::TooManyPages { .. } => "split it into smaller files",
            ImportError::TooDeep { .. } => "open it in the program that made it and save it anew, or as plain text",
            ImportError::TookTooLong => "split it, or save it in another format",
            ImportError::Encrypted => "give its password, or save a copy without one",
            ImportError::WrongPassword => "try another password, or save a copy without one",
            ImportError::Sealed => "open it there and save a copy without a password",
            ImportError::NoTextLayer { .. } => "it needs text recognition (OCR) first",
            ImportError::Damaged { .. } => "download or save it again",
            ImportError::TooManyBlocks { .. } => "split it into smaller files",
            ImportError::NoText => "if it was made from a scan, it needs text recognition first",
            ImportError::Failed => "a fault in kantlijn, not in the file; please report it",
            ImportError::Fault(_) => "please report this file as a bug; the other files are not touched by it",
        }
    }
}
