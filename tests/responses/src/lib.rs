//! The clients of the descriptions, made when this crate is built.

#![allow(missing_docs, reason = "the descriptions have little of it")]

include!(concat!(env!("OUT_DIR"), "/clients/src/items.rs"));
