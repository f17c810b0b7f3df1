//! What one file may ask of us, and how far it has come: size, nodes, depth, unpacked bytes, time. Every reader counts
//! here, so that what a hostile file costs is bounded by the limits and never by the file. Knows no format and no clock:
//! time is up when whoever started the reading says so ([`Stop`]).

use super::ImportError;
use std::cell::Cell;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// What a file may ask of us. The defaults let every real report through and stop what would eat the machine.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Bytes of the file; 200 MB. Never more than 1 GiB, whatever is asked: places in text are 32 bits.
    pub max_bytes: u64,
    /// Bytes of everything that is unpacked from the file together (the entries of a ZIP container, streams of a PDF); 1 GB.
    pub max_unpacked: u64,
    /// How many times larger than its packed form one entry of a container may be, once it is over a megabyte; 200.
    pub max_ratio: u32,
    /// Elements, tokens or objects looked at; 50 million.
    pub max_nodes: u32,
    /// Pages; 20,000.
    pub max_pages: u32,
    /// Blocks of the document; two million.
    pub max_blocks: u32,
    /// Headings; what comes after 50,000 of them is running text.
    pub max_headings: u32,
    /// Lists and quotations inside each other; 32. Deeper marks are read as this depth.
    pub max_depth: u16,
    /// Elements inside each other in XML, HTML and PDF structures; 256. What lies deeper is read as this depth where the
    /// format allows it, and refused where it doesn't.
    pub max_nesting: u16,
    /// Raised by whoever started the reading when it has taken too long.
    pub stop: Stop,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            max_bytes: 200_000_000,
            max_unpacked: 1_000_000_000,
            max_ratio: 200,
            max_nodes: 50_000_000,
            max_pages: 20_000,
            max_blocks: 2_000_000,
            max_headings: 50_000,
            max_depth: 32,
            max_nesting: 256,
            stop: Stop::default(),
        }
    }
}

/// A flag that says "enough": shared between the reading and who watches the time. Never raised unless somebody does.
#[derive(Clone, Debug, Default)]
pub struct Stop(Arc<AtomicBool>);

impl Stop {
    /// Says that the reading should end; it does so within some thousands of nodes, or a page.
    pub fn raise(&self) {
        self.0.store(true, Ordering::Relaxed);
    }

    /// Whether it should end.
    #[must_use]
    pub fn is_raised(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }
}

/// What one reading has used up.
pub(super) struct Budget<'a> {
    pub(super) limits: &'a Limits,
    nodes: Cell<u32>,
    unpacked: Cell<u64>,
}

impl<'a> Budget<'a> {
    pub(super) fn new(limits: &'a Limits) -> Self {
        Budget { limits, nodes: Cell::new(0), unpacked: Cell::new(0) }
    }

    /// Counts one node; every so often looks whether time is up.
    pub(super) fn node(&self) -> Result<(), ImportError> {
        let nodes = self.nodes.get() + 1;
        self.nodes.set(nodes);
        if nodes > self.limits.max_nodes {
            return Err(ImportError::TooManyNodes { limit: self.limits.max_nodes });
        }
        if nodes.is_multiple_of(1024) { self.time() } else { Ok(()) }
    }

    /// Counts bytes that were unpacked.
    pub(super) fn unpack(&self, bytes: u64) -> Result<(), ImportError> {
        let unpacked = self.unpacked.get().saturating_add(bytes);
        self.unpacked.set(unpacked);
        if unpacked > self.limits.max_unpacked {
            return Err(ImportError::TooLargeUnpacked { limit: self.limits.max_unpacked });
        }
        self.time()
    }

    /// How many bytes may still be unpacked.
    #[cfg(test)]
    pub(super) fn left(&self) -> u64 {
        self.limits.max_unpacked.saturating_sub(self.unpacked.get())
    }

    /// Whether there is time left.
    pub(super) fn time(&self) -> Result<(), ImportError> {
        if self.limits.stop.is_raised() { Err(ImportError::TookTooLong) } else { Ok(()) }
    }
}
