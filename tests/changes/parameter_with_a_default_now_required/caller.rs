use harbour::ship::GetShip;

pub fn call() -> GetShip {
    GetShip::new().berth("south")
}
