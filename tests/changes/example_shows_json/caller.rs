use harbour::ship::CreateShip;
use std::borrow::Cow;

pub fn call(text: &String) -> [CreateShip; 4] {
    [
        CreateShip::new().attributes(text),
        CreateShip::new().attributes("{}"),
        CreateShip::new().attributes(Cow::Borrowed("{}")),
        CreateShip::new().attributes(text.clone().into_boxed_str()),
    ]
}
