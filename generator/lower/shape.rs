//! One view of a schema: what `openapiv3` splits by the combination of keywords, side by side again.

use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, BooleanType, IntegerFormat, IntegerType,
    NumberFormat, NumberType, ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind,
    StringFormat, StringType, Type, VariantOrUnknownOrEmpty,
};
use std::borrow::Cow;

/// A property of an object: its name, its schema, and where that stands if not below the object itself.
#[derive(Debug, Clone)]
pub(super) struct Property<'d> {
    pub wire: &'d str,
    pub schema: SchemaRef<'d>,
    pub pointer: Option<String>,
}

/// A schema or a reference to one, boxed or not.
#[derive(Debug, Clone, Copy)]
pub(super) enum SchemaRef<'d> {
    Reference(&'d str),
    Item(&'d Schema),
}

impl<'d> SchemaRef<'d> {
    /// Returns the type of a schema that stands in place.
    pub fn inline_type(self) -> Option<&'d str> {
        match self {
            Self::Item(schema) => Shape::of(schema).typ,
            Self::Reference(_) => None,
        }
    }
}

impl<'d> From<&'d ReferenceOr<Schema>> for SchemaRef<'d> {
    fn from(schema: &'d ReferenceOr<Schema>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Item(schema),
        }
    }
}

impl<'d> From<&'d ReferenceOr<Box<Schema>>> for SchemaRef<'d> {
    fn from(schema: &'d ReferenceOr<Box<Schema>>) -> Self {
        match schema {
            ReferenceOr::Reference { reference } => Self::Reference(reference),
            ReferenceOr::Item(schema) => Self::Item(schema),
        }
    }
}

/// A schema, keyword by keyword.
#[derive(Debug)]
pub(super) struct Shape<'d> {
    pub data: &'d SchemaData,
    pub typ: Option<&'d str>,
    pub format: Option<&'d str>,
    pub pattern: Option<&'d str>,
    pub min_length: Option<usize>,
    pub max_length: Option<usize>,
    pub minimum: Option<f64>,
    pub maximum: Option<f64>,
    pub exclusive_minimum: bool,
    pub exclusive_maximum: bool,
    pub multiple_of: Option<f64>,
    pub enumeration: Vec<EnumValue<'d>>,
    pub properties: Vec<Property<'d>>,
    pub required: Vec<&'d str>,
    pub additional: Option<&'d AdditionalProperties>,
    pub items: Option<&'d ReferenceOr<Box<Schema>>>,
    pub min_items: Option<usize>,
    pub max_items: Option<usize>,
    pub unique_items: bool,
    pub all_of: &'d [ReferenceOr<Schema>],
    pub one_of: &'d [ReferenceOr<Schema>],
    pub any_of: &'d [ReferenceOr<Schema>],
    pub not: bool,
    /// Whether a part of it is secret.
    pub hidden: bool,
}

/// A value of an enum, as far as its type allows.
#[derive(Debug, Clone)]
pub(super) enum EnumValue<'d> {
    Text(Cow<'d, str>),
    Null,
    /// A number or a boolean, as JSON writes it.
    Other(String),
}

impl<'d> Shape<'d> {
    pub fn of(schema: &'d Schema) -> Self {
        let Schema {
            schema_data,
            schema_kind,
        } = schema;
        let empty = Self::empty(schema_data);
        match schema_kind {
            SchemaKind::Type(Type::String(string)) => empty.string(string),
            SchemaKind::Type(Type::Number(number)) => empty.number(number),
            SchemaKind::Type(Type::Integer(integer)) => empty.integer(integer),
            SchemaKind::Type(Type::Object(object)) => empty.object(object),
            SchemaKind::Type(Type::Array(array)) => empty.array(array),
            SchemaKind::Type(Type::Boolean(BooleanType { enumeration })) => Self {
                typ: Some("boolean"),
                enumeration: enumeration
                    .iter()
                    .map(|value| other_or_null(value.as_ref()))
                    .collect(),
                ..empty
            },
            SchemaKind::OneOf { one_of } => Self { one_of, ..empty },
            SchemaKind::AllOf { all_of } => Self { all_of, ..empty },
            SchemaKind::AnyOf { any_of } => Self { any_of, ..empty },
            SchemaKind::Not { not: _ } => Self { not: true, ..empty },
            SchemaKind::Any(any) => empty.any(any),
        }
    }

    /// Whether it names its own properties.
    pub fn has_properties(&self) -> bool {
        !self.properties.is_empty()
    }

    /// Whether it is a file, where it is a part of a body of several.
    pub fn is_file(&self) -> bool {
        self.typ == Some("string") && self.format == Some("binary")
    }

    /// Whether it lists alternatives.
    pub fn has_alternatives(&self) -> bool {
        !self.one_of.is_empty() || !self.any_of.is_empty()
    }

    /// The alternatives that it lists, and the keyword that lists them.
    pub fn alternatives(&self) -> (&'static str, &'d [ReferenceOr<Schema>]) {
        if self.one_of.is_empty() {
            ("anyOf", self.any_of)
        } else {
            ("oneOf", self.one_of)
        }
    }

    /// Whether it is a string of listed values.
    pub fn is_text_enum(&self) -> bool {
        matches!(self.typ, Some("string") | None)
            && self
                .enumeration
                .iter()
                .any(|value| matches!(value, EnumValue::Text(_)))
            && !self
                .enumeration
                .iter()
                .any(|value| matches!(value, EnumValue::Other(_)))
    }

    /// The numbers or booleans that it lists.
    pub fn listed_others(&self) -> Vec<&str> {
        let values = self.enumeration.iter();
        values
            .filter_map(|value| match value {
                EnumValue::Other(text) => Some(text.as_str()),
                EnumValue::Text(_) | EnumValue::Null => None,
            })
            .collect()
    }

    /// Whether null is a value.
    pub fn nullable(&self) -> bool {
        self.data.nullable
            || self
                .enumeration
                .iter()
                .any(|value| matches!(value, EnumValue::Null))
    }

    fn empty(data: &'d SchemaData) -> Self {
        Self {
            data,
            typ: None,
            format: None,
            pattern: None,
            min_length: None,
            max_length: None,
            minimum: None,
            maximum: None,
            exclusive_minimum: false,
            exclusive_maximum: false,
            multiple_of: None,
            enumeration: Vec::new(),
            properties: Vec::new(),
            required: Vec::new(),
            additional: None,
            items: None,
            min_items: None,
            max_items: None,
            unique_items: false,
            all_of: &[],
            one_of: &[],
            any_of: &[],
            not: false,
            hidden: false,
        }
    }

    fn string(self, string: &'d StringType) -> Self {
        let StringType {
            format,
            pattern,
            enumeration,
            min_length,
            max_length,
        } = string;
        Self {
            typ: Some("string"),
            format: match format {
                VariantOrUnknownOrEmpty::Item(StringFormat::Date) => Some("date"),
                VariantOrUnknownOrEmpty::Item(StringFormat::DateTime) => Some("date-time"),
                VariantOrUnknownOrEmpty::Item(StringFormat::Password) => Some("password"),
                VariantOrUnknownOrEmpty::Item(StringFormat::Byte) => Some("byte"),
                VariantOrUnknownOrEmpty::Item(StringFormat::Binary) => Some("binary"),
                VariantOrUnknownOrEmpty::Unknown(name) => Some(name),
                VariantOrUnknownOrEmpty::Empty => None,
            },
            pattern: pattern.as_deref(),
            min_length: *min_length,
            max_length: *max_length,
            enumeration: enumeration
                .iter()
                .map(|value| {
                    value
                        .as_deref()
                        .map_or(EnumValue::Null, |text| EnumValue::Text(Cow::Borrowed(text)))
                })
                .collect(),
            ..self
        }
    }

    fn number(self, number: &'d NumberType) -> Self {
        let NumberType {
            format,
            multiple_of,
            exclusive_minimum,
            exclusive_maximum,
            minimum,
            maximum,
            enumeration,
        } = number;
        Self {
            typ: Some("number"),
            format: match format {
                VariantOrUnknownOrEmpty::Item(NumberFormat::Float) => Some("float"),
                VariantOrUnknownOrEmpty::Item(NumberFormat::Double) => Some("double"),
                VariantOrUnknownOrEmpty::Unknown(name) => Some(name),
                VariantOrUnknownOrEmpty::Empty => None,
            },
            minimum: *minimum,
            maximum: *maximum,
            exclusive_minimum: *exclusive_minimum,
            exclusive_maximum: *exclusive_maximum,
            multiple_of: *multiple_of,
            enumeration: enumeration
                .iter()
                .map(|value| other_or_null(value.as_ref()))
                .collect(),
            ..self
        }
    }

    #[expect(
        clippy::cast_precision_loss,
        reason = "limits are small; a limit beyond 2^53 is not meant to the last digit"
    )]
    fn integer(self, integer: &'d IntegerType) -> Self {
        let IntegerType {
            format,
            multiple_of,
            exclusive_minimum,
            exclusive_maximum,
            minimum,
            maximum,
            enumeration,
        } = integer;
        Self {
            typ: Some("integer"),
            format: match format {
                VariantOrUnknownOrEmpty::Item(IntegerFormat::Int32) => Some("int32"),
                VariantOrUnknownOrEmpty::Item(IntegerFormat::Int64) => Some("int64"),
                VariantOrUnknownOrEmpty::Unknown(name) => Some(name),
                VariantOrUnknownOrEmpty::Empty => None,
            },
            minimum: minimum.map(|limit| limit as f64),
            maximum: maximum.map(|limit| limit as f64),
            exclusive_minimum: *exclusive_minimum,
            exclusive_maximum: *exclusive_maximum,
            multiple_of: multiple_of.map(|step| step as f64),
            enumeration: enumeration
                .iter()
                .map(|value| other_or_null(value.as_ref()))
                .collect(),
            ..self
        }
    }

    fn object(self, object: &'d ObjectType) -> Self {
        let ObjectType {
            properties,
            required,
            additional_properties,
            min_properties: _,
            max_properties: _,
        } = object;
        Self {
            typ: Some("object"),
            properties: properties_of(properties),
            required: required.iter().map(String::as_str).collect(),
            additional: additional_properties.as_ref(),
            ..self
        }
    }

    fn array(self, array: &'d ArrayType) -> Self {
        let ArrayType {
            items,
            min_items,
            max_items,
            unique_items,
        } = array;
        Self {
            typ: Some("array"),
            items: items.as_ref(),
            min_items: *min_items,
            max_items: *max_items,
            unique_items: *unique_items,
            ..self
        }
    }

    fn any(self, any: &'d AnySchema) -> Self {
        let AnySchema {
            typ,
            pattern,
            multiple_of,
            exclusive_minimum,
            exclusive_maximum,
            minimum,
            maximum,
            properties,
            required,
            additional_properties,
            min_properties: _,
            max_properties: _,
            items,
            min_items,
            max_items,
            unique_items,
            enumeration,
            format,
            min_length,
            max_length,
            one_of,
            all_of,
            any_of,
            not,
        } = any;
        Self {
            typ: typ.as_deref(),
            format: format.as_deref(),
            pattern: pattern.as_deref(),
            min_length: *min_length,
            max_length: *max_length,
            minimum: *minimum,
            maximum: *maximum,
            exclusive_minimum: exclusive_minimum.unwrap_or(false),
            exclusive_maximum: exclusive_maximum.unwrap_or(false),
            multiple_of: *multiple_of,
            enumeration: enumeration.iter().map(EnumValue::of).collect(),
            properties: properties_of(properties),
            required: required.iter().map(String::as_str).collect(),
            additional: additional_properties.as_ref(),
            items: items.as_ref(),
            min_items: *min_items,
            max_items: *max_items,
            unique_items: unique_items.unwrap_or(false),
            all_of,
            one_of,
            any_of,
            not: not.is_some(),
            hidden: false,
            data: self.data,
        }
    }
}

fn properties_of(
    properties: &indexmap::IndexMap<String, ReferenceOr<Box<Schema>>>,
) -> Vec<Property<'_>> {
    let property = |(wire, schema)| Property {
        wire: String::as_str(wire),
        schema: SchemaRef::from(schema),
        pointer: None,
    };
    properties.iter().map(property).collect()
}

impl<'d> EnumValue<'d> {
    fn of(value: &'d serde_json::Value) -> Self {
        match value {
            serde_json::Value::String(text) => Self::Text(Cow::Borrowed(text)),
            serde_json::Value::Null => Self::Null,
            serde_json::Value::Bool(_)
            | serde_json::Value::Number(_)
            | serde_json::Value::Array(_)
            | serde_json::Value::Object(_) => Self::Other(value.to_string()),
        }
    }
}

fn other_or_null<'d, T: ToString>(value: Option<&T>) -> EnumValue<'d> {
    value.map_or(EnumValue::Null, |value| EnumValue::Other(value.to_string()))
}

impl Property<'_> {
    /// Returns where the property stands, as a JSON pointer; `object` is the pointer of its object.
    pub fn pointer(&self, object: &str) -> String {
        match &self.pointer {
            Some(pointer) => pointer.clone(),
            None => format!(
                "{object}/properties/{}",
                crate::base::pointer::escape(self.wire)
            ),
        }
    }
}
