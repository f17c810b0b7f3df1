//! Keys, actions, keymap.
