use harbour::{Operation, Streamed, models::Ship, ships::ListShips};

pub fn call() -> impl Streamed {
    ListShips::new()
}

pub fn all(ships: <ListShips as Operation>::Output) -> Vec<Ship> {
    ships
}
