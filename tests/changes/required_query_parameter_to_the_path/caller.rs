use harbour::ship::ListShips;

pub fn call(request: ListShips) -> String {
    request.flag
}
