//! The client of the harbour, made from harbour.yaml when it is built.

#![allow(
    macro_expanded_macro_exports_accessed_by_absolute_paths,
    reason = "the macros of the runtime come in through `include!`"
)]

include!(concat!(env!("OUT_DIR"), "/client/src/items.rs"));
