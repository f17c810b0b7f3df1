//! Knelpunten: found in reports and made by the reader.

mod asks;
mod detect;
mod ids;
mod passages;
pub mod register;
mod rules;
mod sections;

pub use detect::{Ask, Certainty, Found, detect};
pub use rules::{Own, Rules, RulesError};
