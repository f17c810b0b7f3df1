//! Tests of anchoring.
