use harbour::{Paged, ships::ListShip};

pub fn call() -> impl Paged {
    ListShip::new()
}
