//! Keys, actions and the map between them.
//!
//! Knows nothing of terminals or of the state: a [`Key`] is what was pressed, an [`Action`] what the reader wants, a
//! [`Context`] where the focus stands, and a [`Keymap`] says which key means what where. Help is written from the live
//! map, so it is always right.

mod action;
mod context;
mod key;
mod keymap;

pub use action::{Action, Topic};
pub use context::Context;
pub use key::{Key, KeyCode, parse_sequence, sequence_text};
pub use keymap::{Binding, Found, Keymap, KeymapProblem};
