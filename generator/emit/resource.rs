//! `<resource>.rs`: the models, enums and requests of a resource, in this order.

use super::arguments::{has_headers, takes_text};
use super::code::{Code, HEADER, Imports, doc_comments};
use super::contents::{Contents, Divided};
use super::encode::{uses_structures, uses_styles};
use super::facts::Facts;
use super::limits::has_patterns;
use super::model::{Context, model};
use super::open_enum::{macro_of, open_enum};
use super::request::request;
use super::responses::responses;
use super::split::{Item, Traits, split};
use super::types::import;
use super::union::union;
use super::webhooks::webhook;
use crate::model::api::{
    Api, Constructor, LimitedTypes, Operation, Presence, Reading, Resource, Security, Selection,
    Shape, StreamFormat, Union,
};
use crate::model::names::Name;

/// The runtime, and its modules, as the modules of resources call them.
const RUNTIME: &str = "super::runtime";
const DECODE: &str = "super::runtime::decode";
const MODEL: &str = "super::runtime::model";

/// Returns the files: one, or several where it would be too long or where some of its types are for some modules only.
pub(super) fn resource(
    api: &Api,
    module: &Name,
    resource: &Resource,
    facts: &Facts<'_>,
) -> Vec<(String, String)> {
    let docs = doc_comments(resource.docs.lines(), "//!", "");
    let separator = if docs.is_empty() { "" } else { "\n" };
    let divided = Divided::new(module, resource, facts.users);
    let imports = imports(module, &divided.always, facts.limits);
    let declarations = divided.declarations();
    let head = format!("{HEADER}\n\n{docs}{separator}{imports}{declarations}");
    let items = items(api, module, &divided.always, facts);
    let mut files = split(module.as_str(), head, items);
    for (group, contents) in &divided.groups {
        files.extend(of_group(api, module, (&group.name, contents), facts));
    }
    files
}

/// Returns the files of types that are for some modules only.
fn of_group(
    api: &Api,
    module: &Name,
    (name, contents): (&Name, &Contents<'_>),
    facts: &Facts<'_>,
) -> Vec<(String, String)> {
    let imports = imports(module, contents, facts.limits).in_folder();
    let others = contents.import_of_others(module);
    let head = format!("{HEADER}\n\n{imports}{others}");
    let items = items(api, module, contents, facts).into_iter();
    let items = items.map(Item::in_folder).collect();
    split(&format!("{module}/{name}"), head, items)
}

/// Returns the items of each type and each request, with their names.
fn items<'r>(
    api: &Api,
    module: &Name,
    contents: &Contents<'r>,
    facts: &Facts<'_>,
) -> Vec<Item<'r>> {
    let Contents {
        models,
        enums,
        unions,
        responses: by_status,
        webhooks,
        operations,
    } = contents;
    let code = Code::default();
    let context = Context {
        module,
        limits: facts.limits,
        hashable: facts.hashable,
        code: &code,
    };
    let mut items = Vec::new();
    let mut add = |name: &'r Name, traits, pieces: Vec<String>| {
        items.push(Item {
            name: name.as_str(),
            traits,
            pieces,
        });
    };
    for one in models {
        add(&one.name, Traits::Serde, model(one, context));
    }
    for one in enums {
        add(&one.name, Traits::None, vec![open_enum(one)]);
    }
    for one in unions {
        add(&one.name, Traits::Serde, union(one, context));
    }
    for operation in *operations {
        let of_it = by_status
            .iter()
            .filter(|one| one.operation == operation.name);
        let mut pieces: Vec<String> = of_it
            .flat_map(|one| responses(one, module, &code))
            .collect();
        pieces.extend(request(api, operation, module, facts, &code));
        add(&operation.name, Traits::Request, pieces);
    }
    for one in *webhooks {
        add(&one.name, Traits::None, webhook(one, module, &code));
    }
    items
}

fn imports(module: &Name, contents: &Contents<'_>, limits: &LimitedTypes<'_>) -> Imports<'static> {
    let Contents {
        models,
        enums: _,
        unions,
        responses: by_status,
        webhooks,
        operations,
    } = contents;
    let mut imports = Imports::default();
    import_schemas(module, contents, &mut imports);
    let names = models.iter().map(|model| &model.name);
    let mut types = names.chain(unions.iter().map(|union| &union.name));
    if types.any(|name| limits.contains(module, name)) {
        imports.add("super::runtime", "limit");
    }
    if checks_patterns(contents, module, limits) {
        imports.add("super", "patterns");
    }
    for responses in *by_status {
        for name in ["self", "Decoded", "FromBody", "Undecodable"] {
            imports.add(DECODE, name);
        }
        imports.add("serde", "Serialize");
        imports.add("serde", "Serializer");
        if !responses.is_exhaustive() {
            imports.add("serde_json", "Value");
        }
        let variants = responses.variants.iter();
        for ty in variants.filter_map(|variant| variant.ty.as_ref()) {
            import(ty, module, &mut imports);
        }
    }
    if !operations.is_empty() {
        imports.add(RUNTIME, "self");
    }
    for operation in *operations {
        import_operation(operation, module, &mut imports);
    }
    for webhook in *webhooks {
        imports.add(RUNTIME, "self");
        if webhook.reading != Reading::Json {
            imports.add(RUNTIME, "Decoding");
        }
        if let Some(ty) = &webhook.payload {
            import(ty, module, &mut imports);
        }
    }
    let hides = models
        .iter()
        .any(|model| model.fields.iter().any(|field| field.sensitive))
        || operations
            .iter()
            .any(|operation| operation.params.iter().any(|param| param.sensitive));
    if hides {
        imports.add("std", "fmt");
        imports.add(RUNTIME, "self");
    }
    imports
}

/// Whether the checks of the types of a resource name patterns.
fn checks_patterns(contents: &Contents<'_>, module: &Name, limits: &LimitedTypes<'_>) -> bool {
    let models = contents.models.iter();
    let mut models = models.filter(|model| limits.contains(module, &model.name));
    let in_models = models.any(|model| {
        let rest = model.rest.iter().any(|rest| has_patterns(&rest.limits));
        rest || model.fields.iter().any(|field| has_patterns(&field.limits))
    });
    let unions = contents.unions.iter();
    let mut unions = unions.filter(|union| limits.contains(module, &union.name));
    in_models
        || unions.any(|union| {
            union
                .alternatives
                .iter()
                .any(|one| has_patterns(&one.limits))
        })
}

/// Imports what the models, enums and unions of a resource use.
fn import_schemas(module: &Name, contents: &Contents<'_>, imports: &mut Imports<'_>) {
    let (models, enums, unions) = (&contents.models, &contents.enums, &contents.unions);
    for open_enum in enums {
        imports.add(RUNTIME, "self");
        if !open_enum.is_closed {
            imports.add(MODEL, macro_of(open_enum.kind));
        }
    }
    if models.is_empty() && unions.is_empty() {
        return;
    }
    imports.add(RUNTIME, "self");
    for name in ["self", "Decode", "Mismatch"] {
        imports.add(DECODE, name);
    }
    for name in ["Encode", "JsonWriter"] {
        imports.add(MODEL, name);
    }
    for model in models {
        for field in &model.fields {
            import(&field.ty, module, imports);
            if field.presence == Presence::OptionalNullable {
                imports.add(RUNTIME, "Field");
            }
        }
        if let Some(rest) = &model.rest {
            imports.add("std::collections", "BTreeMap");
            import(&rest.ty, module, imports);
        }
    }
    for union in unions {
        imports.add("serde_json", "Value");
        import_selection(&union.selection, union, imports);
        for alternative in &union.alternatives {
            import(&alternative.ty, module, imports);
        }
    }
}

/// Imports what decides about the variant of a union.
fn import_selection(selection: &Selection, union: &Union, imports: &mut Imports<'_>) {
    match selection {
        Selection::Alternative(_) => {}
        Selection::Kind(arms) => {
            for (_, arm) in arms {
                import_selection(arm, union, imports);
            }
        }
        Selection::Tag { arms, missing, .. } => {
            let arms = arms.iter().map(|(_, arm)| arm);
            for arm in arms.chain(missing.as_deref()) {
                import_selection(arm, union, imports);
            }
        }
        Selection::Shape(candidates) => {
            let shapes = candidates
                .iter()
                .filter_map(|index| union.alternatives.get(*index));
            for one in shapes {
                import_shape(&one.shape, imports);
            }
        }
    }
}

fn import_shape(shape: &Shape, imports: &mut Imports<'_>) {
    if shape.format.is_some() {
        imports.add(MODEL, "format");
    }
    let of_members = shape.members.iter().map(|member| &member.shape);
    let inner = shape.any_of.iter().chain(shape.items.as_deref());
    for inner in inner.chain(of_members) {
        import_shape(inner, imports);
    }
}

fn import_operation(operation: &Operation, module: &Name, imports: &mut Imports<'_>) {
    for name in ["Encoder", "Meta", "Operation"] {
        imports.add("super::runtime", name);
    }
    if !operation.is_plain() {
        imports.add("super::runtime", "Auth");
        imports.add("super::runtime", "Decoding");
    }
    if matches!(operation.security, Security::AnyOf(_)) {
        imports.add("super::runtime", "Scheme");
    }
    let has_optional = operation.params.iter().any(|param| !param.required);
    if has_optional {
        imports.add("super::runtime", "Field");
    }
    if let Some(paging) = &operation.paging {
        imports.add("super::runtime", "self");
        imports.add("super::runtime", "Paged");
        import(&paging.item, module, imports);
    }
    if uses_structures(operation) {
        imports.add("super::runtime", "style");
    }
    if uses_styles(operation) {
        imports.add("super::runtime", "Style");
    }
    for param in &operation.params {
        if !param.limits.is_empty() {
            imports.add("super::runtime", "limit");
        }
        if has_patterns(&param.limits) {
            imports.add("super", "patterns");
        }
        let is_named = matches!(operation.constructor, Constructor::Named(_));
        if takes_text(param) && !(param.required && is_named) {
            imports.add("super::runtime", "Text");
        }
        if has_headers(param) {
            imports.add("super::runtime", "Part");
        }
        import(&param.ty, module, imports);
    }
    if let Some(streaming) = &operation.streaming {
        for name in ["EventContent", "Streamed", "Streaming"] {
            if name != "EventContent" || streaming.format == StreamFormat::EventStream {
                imports.add(RUNTIME, name);
            }
        }
        import(&streaming.event, module, imports);
    }
    if let Some(ty) = &operation.error {
        imports.add(RUNTIME, "DescribedErrors");
        if operation.error_reading != Reading::Json {
            imports.add(RUNTIME, "Decoding");
        }
        import(ty, module, imports);
    }
    if let Some(ty) = &operation.output {
        import(ty, module, imports);
    }
}
