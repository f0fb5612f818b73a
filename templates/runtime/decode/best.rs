//! Which variant a value is of, in unions without a tag.

use super::kind::Kind;
use super::node::{Key, Node};
use super::rank::{DECISIVE, Rank};
use super::shape::{Shape, ShapeMember, Values};
use std::cmp::Reverse;

impl Node<'_> {
    /// Returns which of several shapes the value is of; `None` when it is of none.
    ///
    /// A value of another type, or with another value than a pinned one, is not of a shape. Of the others it is the
    /// one with all required members, then the most known members, then the fewest values of another type or format, then
    /// the most listed values, then the most values of a format, and then the first.
    pub fn best(self, shapes: &[Shape]) -> Option<usize> {
        let ranks = shapes.iter().enumerate();
        let ranks = ranks.filter_map(|(index, shape)| Some((shape.rank(self)?, Reverse(index))));
        ranks.max().map(|(_, Reverse(index))| index)
    }
}

impl Shape {
    fn rank(&self, node: Node<'_>) -> Option<Rank> {
        if !self.types.contain(node) {
            return None;
        }
        let mut rank = self.rank_alone(node)?;
        rank.listed_values += self.values.count(node)?;
        if !self.any_of.is_empty() {
            let ranks = self.any_of.iter().filter_map(|shape| shape.rank(node));
            rank = rank.and(ranks.max()?);
        }
        Some(rank)
    }

    fn rank_alone(&self, node: Node<'_>) -> Option<Rank> {
        match node.kind() {
            Kind::Object => {
                let allows_other = |value: Node<'_>| match self.items {
                    Some(shape) => shape.types.contain(value),
                    None => !self.is_closed,
                };
                rank_members(node, self.members, allows_other)
            }
            Kind::List => self.rank_list(node),
            Kind::String => Some(self.rank_text(node.text().as_deref())),
            Kind::Number => Some(self.rank_text(node.number())),
            Kind::Null | Kind::Bool => Some(Rank::EXACT),
        }
    }

    /// A value that is not of the format cannot be decoded as this shape.
    fn rank_text(&self, text: Option<&str>) -> Rank {
        let is_valid = self.format.zip(text).map(|(format, text)| format(text));
        match is_valid {
            None => Rank::EXACT,
            Some(false) => Rank::MISMATCH,
            Some(true) => Rank {
                formats: 1,
                ..Rank::EXACT
            },
        }
    }

    /// Returns how well the value of a member is of the shape; `None` when it has another value than a pinned one.
    fn rank_member(&self, value: Node<'_>) -> Option<Rank> {
        let listed_values = self.values.count(value)?;
        if !self.types.contain(value) {
            return Some(Rank::MISMATCH);
        }
        let mut rank = match value.kind() {
            Kind::Object => self.rank_alone(value)?,
            _ => self.rank_alone(value).unwrap_or(Rank::MISMATCH),
        };
        rank.listed_values += listed_values;
        if !self.any_of.is_empty() {
            let ranks = self.any_of.iter().filter_map(|shape| shape.rank(value));
            rank = rank.and(ranks.max().unwrap_or(Rank::MISMATCH));
        }
        Some(rank)
    }

    /// A list is as its first element; what the next ones are counts as far as they are not of the shape.
    fn rank_list(&self, node: Node<'_>) -> Option<Rank> {
        let Some(shape) = self.items else {
            return Some(Rank::EXACT);
        };
        // Null may be an element of any list that has it.
        let mut items = node.items().filter(|item| !item.is_null()).take(DECISIVE);
        let Some(first) = items.next() else {
            return Some(Rank::EXACT);
        };
        let mut least = shape.rank(first)?;
        for item in items {
            match shape.rank(item) {
                Some(rank) => least = least.min(rank),
                None => least.mismatches.0 += 1,
            }
        }
        Some(least)
    }
}

fn rank_members(
    node: Node<'_>,
    members: &[ShapeMember],
    allows_other: impl Fn(Node<'_>) -> bool,
) -> Option<Rank> {
    let mut rank = Rank::EXACT;
    let mut required = 0;
    let mut expected = 0;
    for (key, value) in node.entries() {
        let index = position(members, key, expected);
        let Some((index, member)) = index.and_then(|index| Some((index, members.get(index)?)))
        else {
            rank.mismatches.0 += u32::from(!allows_other(value));
            continue;
        };
        expected = index + 1;
        rank.known_members += 1;
        required += usize::from(member.is_required);
        rank = rank.and(member.shape.rank_member(value)?);
    }
    let all_required = members.iter().filter(|member| member.is_required).count();
    rank.has_all_required &= required >= all_required;
    Some(rank)
}

/// Finds a member, which usually is the expected one or one of those after it.
fn position(members: &[ShapeMember], key: Key<'_>, expected: usize) -> Option<usize> {
    let (before, after) = members.split_at_checked(expected)?;
    let found = after.iter().position(|member| key.is(member.name));
    match found {
        Some(index) => Some(expected + index),
        None => before.iter().position(|member| key.is(member.name)),
    }
}

impl Values {
    /// Returns 1 for a listed value and 0 for another; `None` for one that is not allowed.
    fn count(self, node: Node<'_>) -> Option<u32> {
        match self {
            Self::Any => Some(0),
            Self::Listed(values) => Some(u32::from(values.iter().any(|value| value.is(node)))),
            Self::Pinned(values) => values.iter().any(|value| value.is(node)).then_some(1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::constant::Constant;
    use super::super::document::Document;
    use super::super::types::Types;
    use super::{Shape, ShapeMember};

    fn best(shapes: &[Shape], text: &str) -> Option<usize> {
        let document = Document::new(text).expect("the text is JSON");
        document.root().best(shapes)
    }

    #[test]
    fn a_type_that_does_not_match_rules_a_shape_out() {
        let shapes = [
            Types::STRING,
            Types::INTEGER,
            Types::NUMBER,
            Types::BOOL.or(Types::NULL),
            Types::LIST,
        ]
        .map(Shape::new);
        for (text, index) in [
            ("\"a\"", Some(0)),
            ("5", Some(1)),
            ("5.0", Some(1)),
            ("1e999", Some(1)),
            ("5.5", Some(2)),
            ("null", Some(3)),
            ("true", Some(3)),
            ("[]", Some(4)),
            ("{}", None),
        ] {
            assert_eq!(best(&shapes, text), index, "{text}");
        }
    }

    #[test]
    fn members_choose_between_objects() {
        const SHAPES: [Shape; 4] = [
            Shape::object(&[
                Shape::new(Types::STRING).required("a"),
                Shape::new(Types::STRING).optional("c"),
            ]),
            Shape::object(&[
                Shape::new(Types::STRING).required("b"),
                Shape::new(Types::STRING).optional("c"),
            ]),
            Shape::object(&[Shape::new(Types::INTEGER).required("b")]).closed(),
            Shape::object(&[Shape::new(Types::STRING)
                .pinned(&[Constant::Text("x"), Constant::Bool(true)])
                .required("k")]),
        ];
        for (text, index) in [
            (r#"{"a": "1"}"#, 0),
            (r#"{"b": "1"}"#, 1),
            (r#"{"b": 1}"#, 2),
            (r#"{"b": 1, "c": ""}"#, 1),
            (r#"{"c": ""}"#, 0),
            (r#"{"k": "x", "b": 1}"#, 3),
            (r#"{"k": "x", "other": 1}"#, 3),
            (r#"{"k": true}"#, 3),
            (r#"{"k": "y"}"#, 0),
            ("{}", 0),
        ] {
            assert_eq!(best(&SHAPES, text), Some(index), "{text}");
        }
    }

    #[test]
    fn pinned_values_rule_a_shape_out() {
        const SHAPES: [Shape; 2] = [
            Shape::object(&[Shape::new(Types::INTEGER)
                .pinned(&[Constant::Integer(1)])
                .required("k")]),
            Shape::object(&[Shape::new(Types::INTEGER)
                .pinned(&[Constant::Integer(2)])
                .required("k")]),
        ];
        assert_eq!(best(&SHAPES, r#"{"k": 2.0}"#), Some(1));
        assert_eq!(best(&SHAPES, r#"{"k": 3}"#), None);
        assert_eq!(best(&SHAPES, "{}"), Some(0));
    }

    #[test]
    fn values_and_formats_choose_between_scalars() {
        const VALUES: [Shape; 3] = [
            Shape::new(Types::STRING).listed(&[Constant::Text("a")]),
            Shape::new(Types::STRING).listed(&[Constant::Text("b")]),
            Shape::new(Types::STRING).pinned(&[Constant::Text("c")]),
        ];
        for (text, index) in [("\"a\"", 0), ("\"b\"", 1), ("\"c\"", 2), ("\"d\"", 0)] {
            assert_eq!(best(&VALUES, text), Some(index), "{text}");
        }
        let formats = [
            Shape::new(Types::STRING),
            Shape::new(Types::STRING).format(|text| text.len() == 2),
            Shape::new(Types::NUMBER).format(|digits| digits.len() == 2),
        ];
        assert_eq!(best(&formats, "\"abc\""), Some(0));
        assert_eq!(best(&formats, "\"ab\""), Some(1));
        assert_eq!(best(&formats, "12"), Some(2));
    }

    #[test]
    fn what_is_inside_of_members_chooses_between_objects() {
        const INTEGER: Shape = Shape::new(Types::INTEGER);
        const TEXT: Shape = Shape::new(Types::STRING);
        const DATE: Shape = TEXT.format(|text| text.len() == 10);
        const SHAPES: [Shape; 5] = [
            Shape::object(&[INTEGER.required("v")]),
            Shape::object(&[Shape::new(Types::NUMBER).required("v")]),
            Shape::object(&[DATE.required("v")]),
            Shape::object(&[TEXT.required("v")]),
            Shape::object(&[Shape::list(&INTEGER).required("v")]),
        ];
        for (text, index) in [
            (r#"{"v": 1}"#, 0),
            (r#"{"v": 1.5}"#, 1),
            (r#"{"v": "2024-02-29"}"#, 2),
            (r#"{"v": "text"}"#, 3),
            (r#"{"v": [1]}"#, 4),
            // What cannot be decoded is still an object of the first shape.
            (r#"{"v": ["text"]}"#, 0),
        ] {
            assert_eq!(best(&SHAPES, text), Some(index), "{text}");
        }
        let numbers = [
            INTEGER.format(|digits| digits.len() < 20),
            Shape::new(Types::NUMBER),
        ];
        assert_eq!(best(&numbers, "1e3"), Some(0));
        assert_eq!(best(&numbers, "100000000000000000000"), Some(1));
    }

    #[test]
    fn elements_choose_between_lists() {
        const TEXT: Shape = Shape::new(Types::STRING);
        const INTEGER: Shape = Shape::new(Types::INTEGER);
        const SHAPES: [Shape; 3] = [
            Shape::list(&TEXT),
            Shape::list(&INTEGER),
            Shape::new(Types::ANY)
                .any_of(&[Shape::new(Types::BOOL), Shape::object(&[]).items(&INTEGER)]),
        ];
        for (text, index) in [
            ("[]", 0),
            ("[null]", 0),
            ("[\"a\"]", 0),
            ("[1, \"a\"]", 1),
            ("true", 2),
            ("{\"a\": 1}", 2),
        ] {
            assert_eq!(best(&SHAPES, text), Some(index), "{text}");
        }
        assert_eq!(best(&SHAPES, "[null]"), Some(0));
        assert_eq!(best(&SHAPES, "[null, 1]"), Some(1));
    }

    #[test]
    fn members_of_members_choose_between_objects() {
        const fn nested(tag: &'static [Constant; 1]) -> ShapeMember {
            Shape::new(Types::STRING).pinned(tag).required("k")
        }
        const A: &[ShapeMember] = &[nested(&[Constant::Text("a")])];
        const B: &[ShapeMember] = &[nested(&[Constant::Text("b")])];
        const SHAPES: [Shape; 3] = [
            Shape::object(&[Shape::new(Types::OBJECT).members(A).required("of")]),
            Shape::object(&[Shape::new(Types::OBJECT).members(B).required("of")]),
            Shape::object(&[Shape::new(Types::STRING).optional("x")]).any_of(&[
                Shape::object(&[Shape::new(Types::INTEGER)
                    .pinned(&[Constant::Integer(1)])
                    .required("y")]),
                Shape::object(&[Shape::new(Types::INTEGER)
                    .pinned(&[Constant::Integer(2)])
                    .required("z")]),
            ]),
        ];
        for (text, index) in [
            (r#"{"of": {"k": "a"}}"#, Some(0)),
            (r#"{"of": {"k": "b"}}"#, Some(1)),
            (r#"{"of": {"k": "c"}, "z": 3, "y": 3}"#, None),
            (r#"{"z": 2, "y": 3, "x": ""}"#, Some(2)),
        ] {
            assert_eq!(best(&SHAPES, text), index, "{text}");
        }
    }
}
