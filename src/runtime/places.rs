//! Where each report was left, and which was open last: a small file in the state folder that may be lost.

use crate::app::Places;
use crate::doc::{Document, Edition};
use crate::library::DocId;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// How many reports are remembered in one library.
const MOST: usize = 5_000;

/// The places of one library.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct PlaceBook {
    /// The report that was open last.
    last: Option<DocId>,
    places: BTreeMap<u64, Place>,
    #[serde(skip)]
    file: Option<PathBuf>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct Place {
    edition: String,
    byte: u32,
    words: String,
}

impl PlaceBook {
    /// The places of a library, as far as they are remembered.
    pub(super) fn load(state: Option<&Path>, library: &str) -> PlaceBook {
        let file = state.map(|s| s.join("places").join(format!("{library}.json")));
        let read = file
            .as_ref()
            .and_then(|f| fs::read(f).ok())
            .and_then(|bytes| serde_json::from_slice::<PlaceBook>(&bytes).ok());
        PlaceBook { file, ..read.unwrap_or_default() }
    }

    /// The report that was open last.
    pub(super) fn last(&self) -> Option<DocId> {
        self.last
    }

    /// The byte at which a report was left: the same one in the same content, else where the words stand now.
    pub(super) fn byte_in(&self, id: DocId, doc: &Document) -> u32 {
        let Some(place) = self.places.get(&id.0) else { return 0 };
        if Edition::parse(&place.edition) == Some(doc.edition()) {
            return place.byte.min(doc.text().len() as u32);
        }
        if place.words.is_empty() {
            return 0;
        }
        doc.text().find(&place.words).map_or(0, |at| at as u32)
    }

    /// Remembers a place and writes the file. What can't be written is only lost as a place.
    pub(super) fn remember(&mut self, at: &Places) {
        self.last = Some(at.doc);
        let place = Place { edition: at.edition.to_string(), byte: at.byte, words: at.words.clone() };
        self.places.insert(at.doc.0, place);
        while self.places.len() > MOST {
            let other = self.places.keys().copied().find(|k| *k != at.doc.0);
            other.map(|k| self.places.remove(&k));
        }
        if let Err(error) = self.write() {
            log::warn!("the place was not remembered: {error}");
        }
    }

    fn write(&self) -> std::io::Result<()> {
        let Some(file) = &self.file else { return Ok(()) };
        let folder = file.parent().unwrap_or(Path::new("."));
        fs::create_dir_all(folder)?;
        let mut temp = tempfile::NamedTempFile::new_in(folder)?;
        serde_json::to_writer(&mut temp, self)?;
        temp.persist(file)?;
        Ok(())
    }
}
