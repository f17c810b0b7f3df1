//! Where kantlijn keeps its files.
