//! Knelpunten: found in reports and made by the reader.
