use harbour::ships::CreateShip;

pub fn call() -> CreateShip {
    CreateShip::new("Albatross").kind(harbour::ships::CreateShipKind::Ferry)
}
