//! Responses that are streamed: event by event, or a list record by record.

pub mod blocking;
mod connection;
mod event;
mod event_stream;
mod events;
mod frame;
mod framing;
mod list;
mod place;
mod sequence;
mod streamed;

pub use self::event::Event;
pub use self::events::Events;
pub use self::streamed::{EventContent, Streamed, Streaming};
