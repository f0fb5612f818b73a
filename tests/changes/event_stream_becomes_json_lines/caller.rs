use harbour::ship::WatchShips;

pub fn call() -> WatchShips {
    WatchShips::new()
}
