//! The edge: terminal, threads, disk, clock.

pub mod chance;
pub mod clock;
pub mod librarian;
pub mod placer;
pub mod size;
