use harbour::ships::CreateShip;

pub fn call() -> CreateShip {
    CreateShip::new("Albatross").clear_crew()
}
