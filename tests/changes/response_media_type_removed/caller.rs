use harbour::ship::{CreateShip, CreateShipAccept};

pub fn call(request: CreateShip, media_type: CreateShipAccept) -> CreateShip {
    request.accept(media_type)
}
