//! The words of the screens in Dutch and English.
