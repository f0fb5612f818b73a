//! The binary, run as a person or a machine runs it: off a terminal, in folders of its own.

#![allow(clippy::panic, clippy::unwrap_used)]

mod action;
mod api;
mod changes;
mod config;
mod diff;
mod docs;
mod explain;
mod first;
mod formats;
mod input;
mod killed;
mod manifest;
mod many;
mod modules;
mod output;
mod ownership;
mod project;
mod remote;
mod same_bytes;
mod settings;
mod system;
