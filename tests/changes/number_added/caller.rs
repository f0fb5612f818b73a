use harbour::models::Ship;
use std::collections::HashSet;

pub fn call(ships: Vec<Ship>) -> HashSet<Ship> {
    ships.into_iter().collect()
}
