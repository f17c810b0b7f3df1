//! The only module that knows the search engine.
