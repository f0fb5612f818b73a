//! One view of a schema: the keywords that `openapiv3` splits by combination, side by side again.

use openapiv3::{
    AdditionalProperties, AnySchema, ArrayType, BooleanType, IntegerFormat, IntegerType,
    NumberFormat, NumberType, ObjectType, ReferenceOr, Schema, SchemaData, SchemaKind,
    StringFormat, StringType, Type, VariantOrUnknownOrEmpty,
};
use serde_json::Value;
use std::borrow::Cow;

/// A schema or a reference to one, boxed or not.
#[derive(Debug, Clone, Copy)]
pub(in crate::lower) enum SchemaRef<'d> {
    Reference(&'d str),
    /// The component of this name.
    Component(&'d str),
    Item(&'d Schema),
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
pub(in crate::lower) struct Keywords<'d> {
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
    pub enumeration: Vec<Cow<'d, Value>>,
    pub properties: Vec<(&'d str, SchemaRef<'d>)>,
    pub required: Vec<&'d str>,
    pub additional: Option<&'d AdditionalProperties>,
    pub min_properties: Option<usize>,
    pub max_properties: Option<usize>,
    pub items: Option<&'d ReferenceOr<Box<Schema>>>,
    pub min_items: Option<usize>,
    pub max_items: Option<usize>,
    pub unique_items: bool,
    pub all_of: &'d [ReferenceOr<Schema>],
    pub one_of: &'d [ReferenceOr<Schema>],
    pub any_of: &'d [ReferenceOr<Schema>],
    pub not: bool,
}

impl<'d> Keywords<'d> {
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
                enumeration: values_of(enumeration),
                ..empty
            },
            SchemaKind::OneOf { one_of } => Self { one_of, ..empty },
            SchemaKind::AllOf { all_of } => Self { all_of, ..empty },
            SchemaKind::AnyOf { any_of } => Self { any_of, ..empty },
            SchemaKind::Not { not: _ } => Self { not: true, ..empty },
            SchemaKind::Any(any) => empty.any(any),
        }
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
            min_properties: None,
            max_properties: None,
            items: None,
            min_items: None,
            max_items: None,
            unique_items: false,
            all_of: &[],
            one_of: &[],
            any_of: &[],
            not: false,
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
            enumeration: values_of(enumeration),
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
            enumeration: values_of(enumeration),
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
            enumeration: values_of(enumeration),
            ..self
        }
    }

    fn object(self, object: &'d ObjectType) -> Self {
        let ObjectType {
            properties,
            required,
            additional_properties,
            min_properties,
            max_properties,
        } = object;
        Self {
            typ: Some("object"),
            properties: properties_of(properties),
            required: required.iter().map(String::as_str).collect(),
            additional: additional_properties.as_ref(),
            min_properties: *min_properties,
            max_properties: *max_properties,
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
            min_properties,
            max_properties,
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
            enumeration: enumeration.iter().map(Cow::Borrowed).collect(),
            properties: properties_of(properties),
            required: required.iter().map(String::as_str).collect(),
            additional: additional_properties.as_ref(),
            min_properties: *min_properties,
            max_properties: *max_properties,
            items: items.as_ref(),
            min_items: *min_items,
            max_items: *max_items,
            unique_items: unique_items.unwrap_or(false),
            all_of,
            one_of,
            any_of,
            not: not.is_some(),
            data: self.data,
        }
    }
}

fn properties_of(
    properties: &indexmap::IndexMap<String, ReferenceOr<Box<Schema>>>,
) -> Vec<(&str, SchemaRef<'_>)> {
    let property = |(wire, schema)| (String::as_str(wire), SchemaRef::from(schema));
    properties.iter().map(property).collect()
}

/// The listed values, each as JSON; what is none is null.
fn values_of<T: Clone + Into<Value>>(enumeration: &[Option<T>]) -> Vec<Cow<'_, Value>> {
    let values = enumeration.iter().cloned();
    values
        .map(|value| Cow::Owned(value.map_or(Value::Null, Into::into)))
        .collect()
}
