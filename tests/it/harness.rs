//! Tests of harness.
