use harbour::ship::CreateShip;

pub fn call() -> CreateShip {
    CreateShip::new("Albatross").kind(harbour::ship::CreateShipKind::Cargo)
}
