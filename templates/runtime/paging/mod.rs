//! Lists that are returned page by page.

pub mod blocking;
mod cursor;
mod link;
mod page_request;
mod paged;
mod pages;
mod position;

pub use self::paged::{Paged, Paging};
pub use self::pages::{Items, Pages};
