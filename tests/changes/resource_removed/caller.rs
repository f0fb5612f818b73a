use harbour::crew::ListCrew;

pub fn call(request: ListCrew) -> ListCrew {
    request
}
