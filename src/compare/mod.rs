//! What differs between two documents: which sections and blocks of the one are those of the other ([`align`]). What differs
//! between two passages, word by word, is for `notes::diff` to say.
//!
//! Pure functions on documents, nothing kept. This module must not know which documents are editions of one another, what a
//! note is, or any screen.

pub mod align;
