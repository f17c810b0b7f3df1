//! All integration tests in one binary; what each file tests is its name.
#![allow(clippy::unwrap_used, clippy::panic, clippy::print_stdout, missing_docs)]

mod anchoring;
mod architecture;
mod cli;
mod config;
mod corpus;
mod facts;
mod find;
mod formats;
mod harness;
mod headings;
mod hostile;
mod import;
mod import_front;
mod import_pdf;
mod indexes;
mod journeys;
mod keys;
mod knelpunt;
mod layout;
mod library;
mod made;
mod outlines;
mod pdf_file;
mod pty;
mod query;
mod reading;
mod references;
mod relevance;
mod saved;
mod screens;
mod search;
mod searching;
mod store;
mod tables;
mod words;
