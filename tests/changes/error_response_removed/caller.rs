use harbour::DescribedErrors;
use harbour::models::Problem;
use harbour::ship::ListShip;

pub fn call(error: <ListShip as DescribedErrors>::Error) -> Problem {
    error
}
