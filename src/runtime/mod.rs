//! The edge: terminal, threads, disk, clock.
