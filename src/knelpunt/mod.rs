//! Knelpunten: found in reports and made by the reader.

mod asks;
mod detect;
pub mod dossier;
mod ids;
mod passages;
pub mod register;
mod row;
mod rules;
mod sections;
pub mod suggest;

pub use detect::{Ask, Certainty, Found, detect};
pub use row::FoundRow;
pub use rules::{Own, Rules, RulesError};
