//! What the user decided, applied to what follows from the description.

use super::Lowering;
use super::module::renamed_module;
use super::schemas::{Facts, Kind as SchemaKind, Use};
use super::selection::Candidate;
use crate::base::pointer::escape;
use crate::model::api::{Custom, IntegerType, JsonForm, Type};
use crate::model::names::Name;
use crate::model::reserved::feature_names;
use crate::model::settings::{Features, Key, Openness, RustPath, Settings, entry};
use serde_json::Value;

/// Types that values have without a type of the user's, by the paths that they can be asked for by.
const BUILT_IN: [(&str, Type); 12] = [
    ("String", Type::String),
    ("std::string::String", Type::String),
    ("bool", Type::Bool),
    ("f64", Type::F64),
    ("i32", Type::Integer(IntegerType::I32)),
    ("i64", Type::Integer(IntegerType::I64)),
    ("u32", Type::Integer(IntegerType::U32)),
    ("u64", Type::Integer(IntegerType::U64)),
    ("uuid::Uuid", Type::Uuid),
    ("chrono::NaiveDate", Type::Date),
    ("serde_json::Value", Type::Json),
    ("chrono::DateTime<chrono::FixedOffset>", Type::DateTime),
];

impl<'d> Lowering<'d> {
    /// Returns the type that the user has for a named schema.
    pub(super) fn type_of_schema(&self, place: &Use<'d>, facts: &Facts<'d>) -> Option<Type> {
        if self.settings.schemas.is_empty() {
            return None;
        }
        let name = self.schemas.component(place)?;
        let path = entry(&self.settings.schemas, name)?;
        Some(type_at(path, self.json_form(place, facts), sample(facts)))
    }

    /// Returns the type that the user has for the format of a single value.
    pub(super) fn type_of_format(&self, facts: &Facts<'d>) -> Option<Type> {
        let path = entry(&self.settings.formats, facts.format?)?;
        let form = match facts.typ {
            Some("integer" | "number") => JsonForm::Number,
            Some("boolean") => JsonForm::Bool,
            _ => JsonForm::Text,
        };
        Some(type_at(path, form, sample(facts)))
    }

    fn json_form(&self, place: &Use<'d>, facts: &Facts<'d>) -> JsonForm {
        match facts.typ {
            Some("string") => JsonForm::Text,
            Some("integer" | "number") => JsonForm::Number,
            Some("boolean") => JsonForm::Bool,
            Some("array") => JsonForm::List,
            Some(_) => JsonForm::Object,
            None => {
                let schema = self.schemas.classify(place);
                let is_struct =
                    schema.is_some_and(|schema| matches!(schema.kind, SchemaKind::Struct));
                if is_struct {
                    JsonForm::Object
                } else {
                    JsonForm::Any
                }
            }
        }
    }

    /// Returns the module that stands for one, where the user has another name for it.
    pub(super) fn renamed_module(&self, module: Name) -> Name {
        renamed_module(self.settings, module)
    }

    /// Returns the name that the user has for an operation.
    pub(super) fn renamed_operation(&self, operation: &Candidate<'_>) -> Option<&'d str> {
        let renames = self.settings.renames.operations.iter();
        let mut chosen = renames.filter(|(key, _)| operation.is_called(&key.text));
        chosen.next().map(|(_, name)| name.as_str())
    }

    /// Returns the name that the user has for a property of a schema, which is at a pointer.
    pub(super) fn renamed_field(&self, pointer: &str, property: &str) -> Option<&'d str> {
        let fields = self.settings.renames.fields.iter();
        let mut of_schema = fields.filter(|(key, _)| is_component(pointer, &key.text));
        let (_, names) = of_schema.next()?;
        entry(names, property).map(String::as_str)
    }

    /// Gives types what the user wants of them beyond their shape.
    pub(super) fn apply_to_types(&mut self) {
        let settings = self.settings;
        for (module, resource) in &mut self.resources {
            let is_optional =
                settings.features == Features::Modules && !resource.operations.is_empty();
            resource.feature = is_optional.then(|| feature_of(module));
            for model in &mut resource.models {
                model.derives = derives(settings, &model.pointer);
            }
            for union in &mut resource.unions {
                union.derives = derives(settings, &union.pointer);
            }
            for open_enum in &mut resource.enums {
                open_enum.derives = derives(settings, &open_enum.pointer);
                open_enum.is_closed = is_closed(settings, &open_enum.pointer);
            }
        }
    }
}

/// Returns the feature of a module, beside those of every crate.
fn feature_of(module: &Name) -> String {
    let feature = module.as_str().replace('_', "-");
    if feature_names().any(|taken| taken == feature) {
        format!("{feature}-api")
    } else {
        feature
    }
}

/// Returns a value that a type for this schema takes: one that the description has, or one of a format that has few.
fn sample(facts: &Facts<'_>) -> Option<Value> {
    if let Some(given) = facts.example.or(facts.default) {
        return Some(given.clone());
    }
    let text = match facts.format? {
        "date-time" => "2024-01-02T03:04:05Z",
        "date" => "2024-01-02",
        "time" => "03:04:05Z",
        "duration" => "PT1H",
        "uuid" => "00000000-0000-4000-8000-000000000000",
        "byte" | "base64" => "dmFsdWU=",
        "uri" | "url" => "https://example.com/",
        "email" => "someone@example.com",
        _ => return None,
    };
    Some(Value::from(text))
}

fn type_at(path: &RustPath, form: JsonForm, sample: Option<Value>) -> Type {
    let spelled: String = path.as_str().split_whitespace().collect();
    let spelled = spelled.trim_start_matches("::");
    let built_in = BUILT_IN.iter().find(|(known, _)| *known == spelled);
    match built_in {
        None => Type::Custom(Custom {
            path: path.clone(),
            form,
            sample,
        }),
        Some((_, ty)) => ty.clone(),
    }
}

fn is_component(pointer: &str, schema: &str) -> bool {
    let name = pointer.strip_prefix("/components/schemas/");
    name.is_some_and(|name| name == escape(schema))
}

fn derives(settings: &Settings, pointer: &str) -> Vec<RustPath> {
    let lists = settings.derives.iter();
    let is_meant = |key: &Key| key.text == "*" || is_component(pointer, &key.text);
    let mut derives: Vec<RustPath> = Vec::new();
    for path in lists
        .filter(|(key, _)| is_meant(key))
        .flat_map(|(_, list)| list)
    {
        if !derives.contains(path) {
            derives.push(path.clone());
        }
    }
    derives
}

fn is_closed(settings: &Settings, pointer: &str) -> bool {
    let mut own = settings.enums.schemas.iter();
    let own = own.find(|(key, _)| is_component(pointer, &key.text));
    let openness = own.map_or(settings.enums.default, |(_, openness)| *openness);
    openness == Openness::Closed
}
