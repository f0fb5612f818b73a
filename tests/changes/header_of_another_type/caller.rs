use harbour::{Header, headers};

pub const TOTAL: Header<i64> = headers::X_TOTAL;
