//! kantlijn: read, search and annotate long reports in the terminal.
//!
//! Three paths cross this crate, each walked once, in one direction:
//!
//! - **text flows down**: bytes → [`doc`] (by `import`) → index (`search`);
//! - **keys flow in**: key → action (`keys`) → state (`app`);
//! - **state flows out**: state → screen (`ui`).
//!
//! Who may import whom is written in `ARCHITECTURE.md` and kept by `tests/it/architecture.rs`.

pub mod app;
pub mod cli;
pub mod compare;
pub mod config;
pub mod dirs;
pub mod doc;
pub mod import;
pub mod keys;
pub mod knelpunt;
pub mod lang;
pub mod layout;
pub mod library;
pub mod notes;
pub mod refs;
pub mod runtime;
pub mod search;
pub mod ui;
pub mod words;
