use harbour::models::Problem;
use harbour::runtime::DescribedErrors;
use harbour::ship::GetShip;

pub fn call(error: <GetShip as DescribedErrors>::Error) -> i64 {
    let problem: Problem = error;
    problem.code
}
