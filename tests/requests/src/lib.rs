//! The clients of the descriptions, made when this crate is built.

include!(concat!(env!("OUT_DIR"), "/clients/src/items.rs"));
