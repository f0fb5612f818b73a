use harbour::models::Event;

pub fn call(event: &Event) -> bool {
    matches!(event, Event::Arrival(_) | Event::Departure(_))
}
