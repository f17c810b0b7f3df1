//! Layout: bytes ↔ cells. Which bytes of a document stand on which row of the screen, and at which cell.
//!
//! Pure functions of a [`Document`](crate::doc::Document) and a width. [`Flow`] lays out lazily, block by block, and only
//! what is looked at: rows are found by [`Place`] (block and row in it) or by byte, never by a line number counted from
//! the top. This module must not know colours, keys, the terminal or where a document comes from.
//!
//! Cells are counted by grapheme clusters as ratatui counts them: East-Asian wide 2, marks that combine 0, control
//! characters 0 (they are never drawn).

mod block;
mod cells;
mod flow;
mod line;
mod table;
mod units;
mod wrap;

pub use cells::{sanitise, truncate, width};
pub use flow::{Flow, ScreenRow};
pub use line::{DecorRole, Line, LineKind, Measure, Piece, Pieces, Place};
pub use table::Wide;
pub use units::{
    next_grapheme, next_sentence, next_word, paragraph_at, prev_grapheme, prev_sentence, prev_word, sentence_at,
    word_at,
};
pub use wrap::{plain_width, wrap_text};
