//! Knelpunten: found in reports and made by the reader.

mod asks;
mod detect;
pub mod register;
mod rules;

pub use detect::{Ask, Certainty, Found, detect};
pub use rules::{Rules, RulesError};
