use harbour::ship::ListShips;

pub fn call() -> ListShips {
    ListShips::new()
}
