//! What the user decided, applied to what follows from the description.

use super::Lowering;
use super::paging::Rule;
use super::schemas::{Facts, Kind as SchemaKind, Use};
use super::selection::{Candidate, missing_operation};
use crate::base::diagnostics::{Diagnostic, Diagnostics};
use crate::base::pointer::escape;
use crate::base::suggestions::nearest;
use crate::input::document::Document;
use crate::model::api::{Custom, IntegerType, JsonForm, Type};
use crate::model::module_path::ModulePath;
use crate::model::names::{Kind, Name};
use crate::model::reserved::feature_names;
use crate::model::settings::{EVERY, Features, Key, Openness, RustPath, Settings, entry};
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

/// Returns the module that stands for one, where the user has another name for it.
pub(super) fn renamed_module(settings: &Settings, module: Name) -> Name {
    match entry(&settings.renames.modules, module.as_str()) {
        Some(chosen) => Name::chosen(Kind::Module, chosen).unwrap_or(module),
        None => module,
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

/// Checks that what settings name is there, and that the names that they give can be had.
///
/// # Errors
///
/// Returns every setting about something that no description has, and every name that cannot be one.
pub fn check_settings(
    settings: &Settings,
    documents: &[(ModulePath, Document)],
) -> Result<(), Diagnostics> {
    let mut problems = Diagnostics::new();
    let Settings {
        source: _,
        selection: _,
        formats: _,
        schemas,
        derives,
        renames,
        enums,
        features: _,
        manifest: _,
        dependencies: _,
        paging: _,
        stream_ends: _,
        // Checked where they are applied.
        media_types: _,
    } = settings;
    let of_schemas = schemas
        .keys()
        .chain(derives.keys().filter(|key| key.text != "*"))
        .chain(renames.types.keys())
        .chain(renames.fields.keys())
        .chain(enums.schemas.keys());
    for key in of_schemas {
        problems.extend(missing_schema(settings, key, documents));
    }
    for (schema, names) in &renames.fields {
        for (property, name) in names {
            problems.extend(missing_property(settings, schema, property, documents));
            problems.extend(wrong_name(settings, property, Kind::Setter, name));
        }
    }
    let operations: Vec<Candidate<'_>> = documents
        .iter()
        .flat_map(|(_, document)| super::selection::operations(document))
        .collect();
    for (key, name) in &renames.operations {
        problems.extend(missing_operation(settings, key, &operations));
        problems.extend(wrong_name(settings, key, Kind::Type, name));
    }
    for (key, name) in &renames.types {
        problems.extend(wrong_name(settings, key, Kind::Type, name));
    }
    for (key, name) in &renames.modules {
        problems.extend(wrong_name(settings, key, Kind::Module, name));
    }
    let named = settings.paging.keys().chain(settings.stream_ends.keys());
    for key in named.filter(|key| key.text != EVERY) {
        problems.extend(missing_operation(settings, key, &operations));
    }
    for (key, rule) in &settings.paging {
        problems.extend(wrong_rule(settings, key, rule));
    }
    problems.propagate()
}

fn wrong_rule(settings: &Settings, key: &Key, rule: &Value) -> Option<Diagnostic> {
    let reason = Rule::read(rule).err()?;
    let message = format!("this does not say how a list is paged: {reason}");
    Some(settings.fault(key, message).help(Rule::HELP))
}

/// Returns the schemas of a description by their names.
fn schemas(document: &Document) -> Option<&serde_json::Map<String, Value>> {
    document.value().pointer("/components/schemas")?.as_object()
}

fn missing_schema(
    settings: &Settings,
    key: &Key,
    documents: &[(ModulePath, Document)],
) -> Option<Diagnostic> {
    let mut all = documents
        .iter()
        .filter_map(|(_, document)| schemas(document));
    if all.any(|schemas| schemas.contains_key(&key.text)) {
        return None;
    }
    let fault = settings.fault(key, format!("there is no schema `{}`", key.text));
    let all = documents
        .iter()
        .filter_map(|(_, document)| schemas(document));
    let names = all.flat_map(|schemas| schemas.keys().map(String::as_str));
    Some(match nearest(&key.text, names) {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => fault.help("schemas are called as in `components/schemas`"),
    })
}

fn missing_property(
    settings: &Settings,
    schema: &Key,
    property: &Key,
    documents: &[(ModulePath, Document)],
) -> Option<Diagnostic> {
    let mut all = documents
        .iter()
        .filter_map(|(_, document)| schemas(document)?.get(&schema.text));
    let schema_value = all.next()?;
    // What a schema is made of can have the property as well.
    let properties = schema_value.get("properties").and_then(Value::as_object);
    let has = properties.is_some_and(|properties| properties.contains_key(&property.text));
    if has || schema_value.get("allOf").is_some() {
        return None;
    }
    let message = format!(
        "the schema `{}` has no property `{}`",
        schema.text, property.text
    );
    let fault = settings.fault(property, message);
    let names = properties
        .into_iter()
        .flat_map(|properties| properties.keys());
    Some(match nearest(&property.text, names.map(String::as_str)) {
        Some(near) => fault.help(format!("did you mean `{near}`?")),
        None => fault,
    })
}

fn wrong_name(settings: &Settings, key: &Key, kind: Kind, name: &str) -> Option<Diagnostic> {
    let reason = Name::chosen(kind, name).err()?;
    Some(settings.fault(
        key,
        format!("`{name}` cannot be the name of this: {reason}"),
    ))
}

/// Returns the modules that settings rename and that no API has.
pub fn unknown_modules<'m>(
    settings: &Settings,
    modules: &(impl Iterator<Item = &'m Name> + Clone),
) -> Diagnostics {
    let renames = settings.renames.modules.iter();
    let missing =
        renames.filter(|(_, name)| !modules.clone().any(|module| module.as_str() == *name));
    missing
        .map(|(key, _)| {
            let fault = settings.fault(key, format!("there is no module `{}`", key.text));
            match nearest(&key.text, modules.clone().map(Name::as_str)) {
                Some(near) => fault.help(format!("did you mean `{near}`?")),
                None => fault.help("`cratewright inspect` lists the modules"),
            }
        })
        .collect()
}
