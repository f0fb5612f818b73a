//! Lists that are returned page by page.

pub mod blocking;
mod cursor;
mod paged;
mod pages;

pub use self::paged::{NextPage, Paged};
pub use self::pages::{Items, Pages};
