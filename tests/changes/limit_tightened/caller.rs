use harbour::ships::CreateShip;

pub fn call() -> CreateShip {
    CreateShip::new("Albatross").crew(3)
}
