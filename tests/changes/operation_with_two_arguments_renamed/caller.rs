use harbour::ship::PutShip;

pub fn call(request: PutShip) -> PutShip {
    request
}
