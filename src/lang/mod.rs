//! Dutch (and English) as search needs it.
