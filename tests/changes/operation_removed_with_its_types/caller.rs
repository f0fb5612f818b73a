use harbour::crew::AddCrew;

pub fn call(request: AddCrew) -> AddCrew {
    request
}
