use harbour::{Streamed, ships::ListShips};

pub fn call() -> impl Streamed {
    ListShips::new()
}
