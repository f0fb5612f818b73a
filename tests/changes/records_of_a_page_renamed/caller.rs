use harbour::ship::ListShipsResponse;

pub fn call(page: ListShipsResponse) -> Option<Vec<String>> {
    page.ships
}
