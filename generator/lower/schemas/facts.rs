//! What a schema says: the keywords of all parts that have to hold at once, merged.

use super::keywords::{Keywords, SchemaRef};
use indexmap::IndexMap;
use openapiv3::{AdditionalProperties, Discriminator};
use serde_json::Value;
use std::borrow::Cow;

/// A place where a schema is used. All of its parts have to hold: one part, as a rule; several where an `allOf` has a
/// property twice.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Use<'d> {
    pub parts: Vec<Part<'d>>,
}

/// A schema or a reference, and where it is.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Part<'d> {
    pub schema: SchemaRef<'d>,
    /// A JSON pointer into the finished document.
    pub pointer: String,
    /// Whether the alternatives of the schema (`oneOf`, `anyOf`) are left out.
    pub without_groups: bool,
}

impl<'d> Use<'d> {
    pub fn new(schema: impl Into<SchemaRef<'d>>, pointer: impl Into<String>) -> Self {
        Self {
            parts: vec![Part {
                schema: schema.into(),
                pointer: pointer.into(),
                without_groups: false,
            }],
        }
    }

    /// Returns where the schema is, for messages: the last part is the one that says more.
    pub fn pointer(&self) -> &str {
        self.parts.last().map_or("", |part| part.pointer.as_str())
    }

    /// Returns the type of a schema in place.
    pub fn inline_type(&self) -> Option<&'d str> {
        match self.parts.as_slice() {
            [
                Part {
                    schema: SchemaRef::Item(schema),
                    ..
                },
            ] => Keywords::of(schema).typ,
            _ => None,
        }
    }

    /// Returns each part as a place of its own.
    pub fn each(&self) -> impl DoubleEndedIterator<Item = Self> {
        self.parts.iter().map(|part| Self {
            parts: vec![part.clone()],
        })
    }

    /// Returns the parts that are alternatives of a union.
    pub fn alternatives(&self) -> impl Iterator<Item = Self> {
        let is_alternative = |part: &Part<'_>| {
            let mut names = part.pointer.rsplit('/').skip(1);
            !part.without_groups && matches!(names.next(), Some("oneOf" | "anyOf"))
        };
        self.each()
            .filter(move |one| one.parts.iter().all(is_alternative))
    }

    /// Adds what has to hold besides.
    pub fn and(mut self, other: Self) -> Self {
        for part in other.parts {
            if !self.parts.iter().any(|known| known.is(&part)) {
                self.parts.push(part);
            }
        }
        self
    }
}

impl Part<'_> {
    fn is(&self, other: &Self) -> bool {
        self.without_groups == other.without_groups
            && (self.pointer == other.pointer
                || matches!(
                    (self.schema, other.schema),
                    (SchemaRef::Reference(one), SchemaRef::Reference(other)) if one == other
                ))
    }
}

/// One of the two ends of a range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(in crate::lower) struct Bound {
    pub value: f64,
    pub exclusive: bool,
}

/// What an object may have beside its properties (`additionalProperties`).
#[derive(Debug, Clone)]
pub(in crate::lower) enum Additional<'d> {
    /// Nothing is described: they are allowed, and nobody expects them.
    Unstated,
    Allowed,
    Denied,
    Schema(Use<'d>),
}

/// A list of alternatives.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Group<'d> {
    pub keyword: Keyword,
    pub alternatives: Vec<Use<'d>>,
}

/// A list of alternatives that say only which properties there have to be.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Choice<'d> {
    pub keyword: Keyword,
    /// The required properties of each alternative.
    pub required: Vec<Vec<&'d str>>,
}

/// The keyword of a list of alternatives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::lower) enum Keyword {
    OneOf,
    AnyOf,
}

impl Keyword {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::OneOf => "oneOf",
            Self::AnyOf => "anyOf",
        }
    }
}

/// A value that an `enum` lists.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Listed<'d> {
    pub value: Cow<'d, Value>,
    /// What the description calls it (`x-enum-varnames`, or the title of a schema of one value).
    pub name: Option<&'d str>,
    pub description: Option<&'d str>,
    pub pointer: String,
}

impl<'d> Listed<'d> {
    fn new(
        value: &Cow<'d, Value>,
        index: usize,
        extensions: &'d IndexMap<String, Value>,
        pointer: &str,
    ) -> Self {
        let extension = |keys: [&str; 3]| {
            let listed = keys.into_iter().find_map(|key| extensions.get(key))?;
            let text = match listed {
                Value::Array(texts) => texts.get(index)?,
                Value::Object(texts) => texts.get(value.as_str()?)?,
                _ => return None,
            };
            text.as_str().filter(|text| !text.trim().is_empty())
        };
        Self {
            value: value.clone(),
            name: extension(["x-enum-varnames", "x-enumNames", "x-enum-names"]),
            description: extension([
                "x-enum-descriptions",
                "x-enumDescriptions",
                "x-enum-description",
            ]),
            pointer: format!("{pointer}/enum/{index}"),
        }
    }
}

/// What a schema says.
#[derive(Debug, Clone)]
pub(in crate::lower) struct Facts<'d> {
    pub pointer: String,
    pub title: Option<&'d str>,
    pub description: Option<&'d str>,
    pub deprecated: bool,
    pub nullable: bool,
    pub read_only: bool,
    pub write_only: bool,
    pub example: Option<&'d Value>,
    pub default: Option<&'d Value>,
    /// The extensions of each part.
    pub extensions: Vec<&'d IndexMap<String, Value>>,
    pub discriminator: Option<&'d Discriminator>,
    pub typ: Option<&'d str>,
    /// Whether two parts say types that no value has at once.
    pub contradicts: bool,
    pub format: Option<&'d str>,
    pub patterns: Vec<&'d str>,
    pub min_length: Option<usize>,
    pub max_length: Option<usize>,
    pub minimum: Option<Bound>,
    pub maximum: Option<Bound>,
    pub multiple_of: Option<f64>,
    /// The listed values; none where any value is allowed.
    pub values: Vec<Listed<'d>>,
    pub properties: IndexMap<&'d str, Use<'d>>,
    pub required: Vec<&'d str>,
    pub additional: Additional<'d>,
    pub min_properties: Option<usize>,
    pub max_properties: Option<usize>,
    pub items: Option<Use<'d>>,
    pub min_items: Option<usize>,
    pub max_items: Option<usize>,
    pub unique_items: bool,
    pub groups: Vec<Group<'d>>,
    /// The groups that were left out because nothing checks them.
    pub choices: Vec<Choice<'d>>,
    pub not: bool,
}

impl<'d> Facts<'d> {
    /// Returns what the keywords of one schema say, without its `allOf`.
    pub fn of(keywords: &Keywords<'d>, pointer: &str) -> Self {
        let Keywords {
            data,
            typ,
            format,
            pattern,
            min_length,
            max_length,
            minimum,
            maximum,
            exclusive_minimum,
            exclusive_maximum,
            multiple_of,
            enumeration,
            properties,
            required,
            additional,
            min_properties,
            max_properties,
            items,
            min_items,
            max_items,
            unique_items,
            all_of: _,
            one_of,
            any_of,
            not,
        } = keywords;
        let bound = |value: Option<f64>, exclusive| value.map(|value| Bound { value, exclusive });
        let property = |&(wire, schema): &(&'d str, SchemaRef<'d>)| {
            let at = format!(
                "{pointer}/properties/{}",
                crate::base::pointer::escape(wire)
            );
            (wire, Use::new(schema, at))
        };
        let is_null = |value: &Cow<'_, Value>| value.is_null();
        let listed = enumeration.iter().enumerate();
        let listed = listed.filter(|(_, value)| !value.is_null());
        Self {
            pointer: pointer.to_owned(),
            title: data.title.as_deref(),
            description: data.description.as_deref(),
            deprecated: data.deprecated,
            nullable: data.nullable || enumeration.iter().any(is_null),
            read_only: data.read_only,
            write_only: data.write_only,
            example: data.example.as_ref(),
            default: data.default.as_ref(),
            extensions: vec![&data.extensions],
            discriminator: data.discriminator.as_ref(),
            typ: *typ,
            contradicts: false,
            format: *format,
            patterns: pattern.iter().copied().collect(),
            min_length: *min_length,
            max_length: *max_length,
            minimum: bound(*minimum, *exclusive_minimum),
            maximum: bound(*maximum, *exclusive_maximum),
            multiple_of: *multiple_of,
            values: listed
                .map(|(index, value)| Listed::new(value, index, &data.extensions, pointer))
                .collect(),
            properties: properties.iter().map(property).collect(),
            required: required.clone(),
            additional: additional_of(*additional, pointer),
            min_properties: *min_properties,
            max_properties: *max_properties,
            items: items.map(|items| Use::new(items, format!("{pointer}/items"))),
            min_items: *min_items,
            max_items: *max_items,
            unique_items: *unique_items,
            groups: groups_of(one_of, any_of, pointer),
            choices: Vec::new(),
            not: *not,
        }
    }

    /// Returns an extension of the schema.
    pub fn extension(&self, key: &str) -> Option<&'d Value> {
        self.extensions
            .iter()
            .find_map(|extensions| extensions.get(key))
    }

    /// Returns whether it says nothing about values: `{description: The address to write to.}`.
    pub fn only_describes(&self) -> bool {
        self.typ.is_none()
            && self.format.is_none()
            && self.values.is_empty()
            && self.properties.is_empty()
            && self.items.is_none()
            && self.groups.is_empty()
            && self.patterns.is_empty()
            && self.minimum.is_none()
            && self.maximum.is_none()
            && matches!(self.additional, Additional::Unstated)
    }

    /// Returns whether it is an object, or may be one.
    pub fn is_object(&self) -> bool {
        match self.typ {
            Some(typ) => typ == "object",
            None => !self.properties.is_empty() || !matches!(self.additional, Additional::Unstated),
        }
    }

    /// Returns whether a property has to be there.
    pub fn requires(&self, wire: &str) -> bool {
        self.required.contains(&wire)
    }
}

fn additional_of<'d>(
    additional: Option<&'d AdditionalProperties>,
    pointer: &str,
) -> Additional<'d> {
    match additional {
        None => Additional::Unstated,
        Some(AdditionalProperties::Any(true)) => Additional::Allowed,
        Some(AdditionalProperties::Any(false)) => Additional::Denied,
        Some(AdditionalProperties::Schema(schema)) => Additional::Schema(Use::new(
            schema.as_ref(),
            format!("{pointer}/additionalProperties"),
        )),
    }
}

fn groups_of<'d>(
    one_of: &'d [openapiv3::ReferenceOr<openapiv3::Schema>],
    any_of: &'d [openapiv3::ReferenceOr<openapiv3::Schema>],
    pointer: &str,
) -> Vec<Group<'d>> {
    [(Keyword::OneOf, one_of), (Keyword::AnyOf, any_of)]
        .into_iter()
        .filter(|(_, listed)| !listed.is_empty())
        .map(|(keyword, listed)| {
            let at = format!("{pointer}/{}", keyword.as_str());
            let alternatives = listed.iter().enumerate();
            Group {
                keyword,
                alternatives: alternatives
                    .map(|(index, schema)| Use::new(schema, format!("{at}/{index}")))
                    .collect(),
            }
        })
        .collect()
}
