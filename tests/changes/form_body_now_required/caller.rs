use harbour::crew::AddCrew;

pub fn call() -> AddCrew {
    AddCrew::new()
}
