//! A crate with the client of the harbour in one of its modules, generated from harbour.yaml when it is built.

/// The APIs that this crate calls.
pub mod apis {
    include!(concat!(env!("OUT_DIR"), "/apis.rs"));
}
