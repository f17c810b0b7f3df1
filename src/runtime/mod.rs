//! The edge: terminal, threads, disk, clock.

pub mod librarian;
pub mod size;
