//! What a crate will be, as plain data, and the names of everything in it.

pub mod api;
pub mod module_path;
pub mod names;
pub mod package;
pub(crate) mod reserved;
pub mod settings;
pub(crate) mod wire;
