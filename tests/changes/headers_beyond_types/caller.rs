use harbour::{Header, headers};

pub const LIST: Header<Vec<String>> = headers::X_LIST;
