//! What `Debug` shows of personal and secret values.

use super::field::Field;
use std::fmt;

/// Stands for a value that is not shown.
pub struct Redacted;

impl fmt::Debug for Redacted {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[redacted]")
    }
}

impl<T> Field<T> {
    /// Returns whether there is a value, but not which one.
    pub fn redacted(&self) -> Field<Redacted> {
        match self {
            Self::Absent => Field::Absent,
            Self::Null => Field::Null,
            Self::Value(_) => Field::Value(Redacted),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Field;

    #[test]
    fn whether_there_is_a_value_is_shown() {
        let shown = |field: Field<&str>| format!("{:?}", field.redacted());
        assert_eq!(shown(Field::Value("s3cret")), "Value([redacted])");
        assert_eq!(shown(Field::Null), "Null");
        assert_eq!(shown(Field::Absent), "Absent");
    }
}
