//! The conventions that a publisher follows beyond what OpenAPI says.

mod twilio;

pub(super) use twilio::is_twilio;
