//! A crate with a client that its build script generates from harbour.yaml.

/// The client of the harbour.
#[allow(clippy::all, reason = "the code is generated")]
pub mod harbour {
    include!(concat!(env!("OUT_DIR"), "/harbour/mod.rs"));
}
