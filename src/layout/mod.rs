//! Bytes to cells and back.
