//! Random bits, for the ids of notes.

use std::hash::{BuildHasher, Hasher, RandomState};

/// Random bits from the system, by way of the seeds of the standard library's hash tables. Not for secrets.
#[must_use]
pub fn random() -> u128 {
    let bits = || u128::from(RandomState::new().build_hasher().finish());
    bits() << 64 | bits()
}
