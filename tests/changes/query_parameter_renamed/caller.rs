use harbour::ship::CreateShip;

pub fn call(request: CreateShip) -> CreateShip {
    request.berth("south")
}
