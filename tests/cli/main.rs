//! The binary, run as a person or a machine runs it: off a terminal, in folders of its own.

#![allow(clippy::panic, clippy::unwrap_used)]

mod changes;
mod diff;
mod docs;
mod explain;
mod input;
mod killed;
mod many;
mod output;
mod ownership;
mod project;
mod same_bytes;
mod system;
