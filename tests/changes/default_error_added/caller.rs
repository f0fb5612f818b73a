use harbour::ship::CreateShipError;

pub fn call(error: &CreateShipError) -> bool {
    matches!(error, CreateShipError::Undeclared(_))
}
