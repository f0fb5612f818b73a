use harbour::ship::ListShip;

pub fn call(request: ListShip) -> ListShip {
    request
}
