use harbour::ship::CreateShip;

pub fn call() -> CreateShip {
    CreateShip::new()
}
