use harbour::ship::GetShip;

pub fn call(request: GetShip) -> GetShip {
    request
}
