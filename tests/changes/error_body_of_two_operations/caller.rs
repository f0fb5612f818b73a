use harbour::models::Problem;

pub fn call(problem: &Problem) -> &str {
    &problem.code
}
