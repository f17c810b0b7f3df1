//! REFI-QDA codebooks (`.qdc`, version 1.0): all knelpunten with hierarchy, colour and description, for ATLAS.ti, MAXQDA, NVivo,
//! QualCoder and whoever reads that form.
//!
//! Written strictly (the published order, nothing empty), read tolerantly: any namespace, any case, with or without
//! byte-order mark. Programs write namespaces of several versions (`codebook:1.0`, `codebook:1:0`, `codebook:0:4`).

use super::codes;
use super::tally::Tally;
use super::xml_in::{self, Element};
use super::xml_out::Out;
use super::{Code, ImportFault, Incoming, ORIGIN};
use std::collections::HashMap;

/// Most bytes of a codebook.
const LARGEST: usize = 64 << 20;

/// A codebook of these codes; `None` when there are none, for which the form has no words.
#[must_use]
pub fn write(codes: &[Code]) -> Option<Vec<u8>> {
    if codes.is_empty() {
        return None;
    }
    let mut out = Out::new();
    out.open("CodeBook", &[("xmlns", "urn:QDA-XML:codebook:1.0"), ("origin", ORIGIN)]);
    out.open("Codes", &[]);
    codes::write(&mut out, codes, &[], &HashMap::new());
    Some(out.into_bytes())
}

/// Reads a codebook.
///
/// # Errors
/// When it isn't one, is damaged or too large.
pub fn read(bytes: &[u8]) -> Result<Incoming, ImportFault> {
    if bytes.len() > LARGEST {
        return Err(ImportFault::Refused(format!("a codebook of more than {} MB", LARGEST >> 20)));
    }
    if bytes.starts_with(b"PK") {
        return Err(ImportFault::AnotherForm("this is a project (.qdpx), not a codebook".to_owned()));
    }
    let root = xml_in::read(bytes)?;
    let book = match () {
        () if root.is("CodeBook") => &root,
        () if root.is("Project") => root.child("CodeBook").unwrap_or(&root),
        () => {
            let message = format!("this is no codebook: it begins with <{}>, not with <CodeBook>", root.name);
            return Err(ImportFault::AnotherForm(message));
        }
    };
    let mut tally = Tally::default();
    if root.is("Project") {
        let rest = |e: &Element| usize::from(!e.is("CodeBook"));
        tally.more("parts of a project besides its codes", root.children.iter().map(rest).sum());
    }
    let read = codes::read(book, &mut tally);
    tally.more("notes on codes, which a codebook does not hold", read.notes.len());
    Ok(Incoming { codes: read.codes, said: tally.sentences(), ..Incoming::default() })
}

#[cfg(test)]
mod tests;
