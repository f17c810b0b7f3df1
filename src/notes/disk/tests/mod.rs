#![allow(clippy::unwrap_used, clippy::panic)]

pub(in crate::notes) mod faults;
