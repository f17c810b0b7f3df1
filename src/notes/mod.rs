//! Notes, targets, anchors, the store.
