//! Which documents there are.
