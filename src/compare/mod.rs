//! What differs between two texts ([`words`]) and between two documents ([`align`]): which sections and blocks of the one
//! are those of the other.
//!
//! Pure functions on documents, nothing kept. This module must not know which documents are editions of one another, what a
//! note is, or any screen.

pub mod align;
pub mod words;
