//! What every layer needs: texts and places in them, diagnostics, JSON pointers, documentation.

pub mod diagnostics;
pub mod markdown;
pub mod note;
pub(crate) mod parallel;
pub(crate) mod path_template;
pub(crate) mod pointer;
pub mod source;
pub mod span;
pub(crate) mod suggestions;
