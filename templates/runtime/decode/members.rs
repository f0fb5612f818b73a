//! The members of an object, as a struct takes them.

use super::Decode;
use super::constant::Constant;
use super::document::Document;
use super::mismatch::Mismatch;
use super::node::{Key, Node};
use super::reason::Reason;
use std::collections::BTreeMap;
use std::fmt;

/// A member of an object that a struct has a field for, which may not be there.
///
/// There is one for each field of a struct on the stack, so that it is kept small.
#[derive(Clone, Copy)]
pub struct Member<'a> {
    document: &'a Document<'a>,
    /// The position of the object.
    object: u32,
    /// The position of the value, or [`NONE`].
    value: u32,
    name: &'static str,
}

/// The position of the root, which is no member.
const NONE: u32 = 0;

/// The members of an object that a struct has no field for.
#[derive(Debug, Clone)]
pub struct Rest<'a>(Vec<(Key<'a>, Node<'a>)>);

impl<'a> Node<'a> {
    /// Finds members by their names, in whatever order they are; others are passed over.
    ///
    /// # Errors
    /// Returns an error for a value that is no object.
    #[inline]
    pub fn members<const N: usize>(
        self,
        names: &'static [&'static str; N],
    ) -> Result<[Member<'a>; N], Mismatch> {
        let mut found = [NONE; N];
        self.find_members(names, &mut found, None)?;
        Ok(std::array::from_fn(|index| {
            self.member(names[index], found[index])
        }))
    }

    /// Finds members by their names, and returns the remaining ones as well.
    ///
    /// # Errors
    /// Returns an error for a value that is no object.
    #[inline]
    pub fn members_and_rest<const N: usize>(
        self,
        names: &'static [&'static str; N],
    ) -> Result<([Member<'a>; N], Rest<'a>), Mismatch> {
        let mut found = [NONE; N];
        let mut rest = Vec::new();
        self.find_members(names, &mut found, Some(&mut rest))?;
        let members = std::array::from_fn(|index| self.member(names[index], found[index]));
        Ok((members, Rest(rest)))
    }

    #[inline]
    fn member(self, name: &'static str, value: u32) -> Member<'a> {
        Member {
            document: self.document(),
            object: self.position(),
            value,
            name,
        }
    }

    fn find_members(
        self,
        names: &[&'static str],
        found: &mut [u32],
        mut rest: Option<&mut Vec<(Key<'a>, Node<'a>)>>,
    ) -> Result<(), Mismatch> {
        let document = self.document();
        let mut expected = 0;
        let mut inside = self.inside_of_object()?;
        // From slices: an iterator looks each token up again, for its kind, its text and its end.
        while let Some([name, value]) = document.first_tokens(&inside) {
            let position = inside.start;
            let index = if name.has_escapes() {
                let name = document.name(position);
                names.iter().position(|one| **one == name)
            } else {
                find(names, expected, document.quoted_bytes(*name))
            };
            match index.and_then(|index| found.get_mut(index)) {
                Some(slot) => {
                    if *slot != NONE {
                        Node::new(document, position + 1).note_duplicate();
                    }
                    *slot = position + 1;
                    expected = index.map_or(0, |index| index + 1);
                }
                None => {
                    if let Some(rest) = &mut rest {
                        let value = Node::new(document, position + 1);
                        rest.push((Key::new(document, position), value));
                    }
                }
            }
            inside.start = value.next(position + 1);
        }
        Ok(())
    }
}

/// Finds a name, which usually is the expected one or one of those after it.
#[inline]
fn find(names: &[&str], expected: usize, name: &[u8]) -> Option<usize> {
    let (before, after) = names.split_at_checked(expected)?;
    let is_it = |one: &&str| {
        let one = one.as_bytes();
        one.first() == name.first() && one == name
    };
    match after.iter().position(is_it) {
        Some(index) => Some(expected + index),
        None => before.iter().position(is_it),
    }
}

impl<'a> Member<'a> {
    /// Returns the value, if the member is there.
    #[inline]
    pub fn value(self) -> Option<Node<'a>> {
        (self.value != NONE).then(|| Node::new(self.document, self.value))
    }

    /// Decodes a member that is always there.
    ///
    /// # Errors
    /// Returns an error for a value that cannot be decoded, and for a member that is missing or null unless the
    /// type has a way to express that.
    pub fn required<T: Decode>(self) -> Result<T, Mismatch> {
        let mismatch = match self.value().map(T::decode) {
            Some(Ok(value)) => return Ok(value),
            Some(Err(mismatch)) => Some(mismatch),
            None => None,
        };
        let missing = T::missing();
        self.treat_as_empty(mismatch, missing.is_some())?;
        missing.ok_or_else(|| self.is_missing())
    }

    /// Notes that a missing or null member is treated as empty, if it can be.
    #[cold]
    fn treat_as_empty(
        self,
        mismatch: Option<Mismatch>,
        can_be_empty: bool,
    ) -> Result<(), Mismatch> {
        match (self.value(), mismatch) {
            (Some(value), Some(mismatch)) if can_be_empty && value.is_null() => {
                let position = value.position();
                self.document
                    .note_mismatch(position, mismatch, "treated as empty");
                Ok(())
            }
            (_, Some(mismatch)) => Err(mismatch),
            (_, None) if can_be_empty => {
                self.note_missing("treated as empty");
                Ok(())
            }
            (_, None) => Err(self.is_missing()),
        }
    }

    #[cold]
    fn is_missing(self) -> Mismatch {
        Mismatch::new(self.object, Reason::Missing(self.name))
    }

    /// Decodes a member that may be missing; what cannot be decoded counts as missing.
    pub fn optional<T: Decode>(self) -> Option<T> {
        self.value()?.decode_or("treated as missing")
    }

    /// Decodes a member that is always there in responses, but not in requests; what cannot be decoded counts as missing.
    pub fn expected<T: Decode>(self) -> Option<T> {
        if self.value().is_none() && !self.document.is_request {
            self.note_missing("treated as missing");
        }
        self.optional()
    }

    /// Decodes a member that may be missing or null, which is the same; what cannot be decoded counts as missing.
    pub fn optional_or_null<T: Decode>(self) -> Option<T> {
        self.value()
            .filter(|value| !value.is_null())?
            .decode_or("treated as missing")
    }

    /// Decodes a member that is always there and may be null; what cannot be decoded counts as null.
    pub fn nullable<T: Decode>(self) -> Option<T> {
        let Some(value) = self.value() else {
            self.note_missing("treated as null");
            return None;
        };
        if value.is_null() {
            return None;
        }
        value.decode_or("treated as null")
    }

    #[cold]
    fn note_missing(self, outcome: &'static str) {
        self.document
            .note(self.object, Reason::Missing(self.name), outcome);
    }

    /// Checks a member that always has the same value.
    pub fn constant(self, constant: impl Into<Constant>) {
        let constant = constant.into();
        match self.value() {
            Some(value) if constant.is(value) => {}
            Some(value) => value.note(format!("expected {constant}, found another value"), ""),
            None => self.note_missing("its value is known"),
        }
    }
}

/// Shows the name, nothing of the body.
impl fmt::Debug for Member<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Member").field(&self.name).finish()
    }
}

impl Rest<'_> {
    /// Decodes the members; those that cannot be decoded are left out.
    pub fn values<T: Decode>(self) -> BTreeMap<String, T> {
        Node::decode_entries(self.0.into_iter())
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::Document;

    /// The value of a member, and how many deviations there are.
    fn read(text: &str, presence: &str) -> (Option<i64>, usize) {
        let document = Document::new(text).expect("the text is JSON");
        let [member] = document.root().members(&["a"]).expect("it is an object");
        let value = match presence {
            "optional" => member.optional(),
            "expected" => member.expected(),
            "optional or null" => member.optional_or_null(),
            "nullable" => member.nullable(),
            other => panic!("{other}"),
        };
        (value, document.notes().mark())
    }

    #[test]
    fn null_and_missing_count_as_the_description_says() {
        for (text, optional, optional_or_null, nullable) in [
            (r#"{"a": 1}"#, (Some(1), 0), (Some(1), 0), (Some(1), 0)),
            (r#"{"a": null}"#, (None, 1), (None, 0), (None, 0)),
            (r#"{"b": 1}"#, (None, 0), (None, 0), (None, 1)),
            (r#"{"a": []}"#, (None, 1), (None, 1), (None, 1)),
        ] {
            assert_eq!(read(text, "optional"), optional, "{text}");
            let is_missing = usize::from(!text.contains("\"a\""));
            let expected = (optional.0, optional.1 + is_missing);
            assert_eq!(read(text, "expected"), expected, "{text}");
            assert_eq!(read(text, "optional or null"), optional_or_null, "{text}");
            assert_eq!(read(text, "nullable"), nullable, "{text}");
        }
    }

    #[test]
    fn what_only_responses_have_is_not_missed_in_requests() {
        let mut document = Document::new("{}").expect("the text is JSON");
        document.is_request = true;
        let [member] = document.root().members(&["a"]).expect("it is an object");
        assert_eq!(member.expected::<i64>(), None);
        assert_eq!(document.notes().mark(), 0);
    }
}
