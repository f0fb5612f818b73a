use harbour::ship::{CreateShip, CreateShipNotes};

pub fn call(notes: CreateShipNotes) -> CreateShip {
    CreateShip::new().notes(notes)
}
