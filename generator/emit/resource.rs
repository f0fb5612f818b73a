//! `<resource>.rs`: the models, enums and requests of a resource, in this order.

use super::HEADER;
use super::answers::answers;
use super::code::{Code, Imports, doc_comments, or_else_line, words};
use super::model::model;
use super::open_enum::open_enum;
use super::request::request;
use super::root::Root;
use super::types::import;
use super::union::union;
use crate::api::{Answers, Api, LimitedTypes, Location, Operation, Presence, Resource, Style};
use crate::names::Name;

/// Returns the file.
pub(super) fn resource(
    api: &Api,
    module: &Name,
    resource: &Resource,
    (root, limits): (&Root, &LimitedTypes<'_>),
) -> String {
    let Resource {
        docs,
        models,
        enums,
        unions,
        answers: by_status,
        operations,
    } = resource;
    let docs = or_else_line(docs, || {
        format!(
            "The {} resource.",
            words(module.as_str().trim_end_matches("_resource"))
        )
    });
    let mut pieces = vec![
        format!("{HEADER}\n\n{}", doc_comments(&docs, "//!", "")),
        imports(module, resource, limits).to_string(),
    ];
    let code = Code::default();
    for one in models {
        pieces.extend(model(one, module, limits, &code));
    }
    pieces.extend(enums.iter().map(open_enum));
    pieces.extend(unions.iter().flat_map(|one| union(one, module, limits)));
    for operation in operations {
        let of_it = by_status
            .iter()
            .filter(|one| one.operation == operation.name);
        pieces.extend(of_it.flat_map(|one| answers(one, module, &code)));
        pieces.extend(request(api, operation, module, (root, limits), &code));
    }
    pieces.retain(|piece| !piece.is_empty());
    pieces.join("\n")
}

fn imports(module: &Name, resource: &Resource, limits: &LimitedTypes<'_>) -> Imports<'static> {
    let Resource {
        docs: _,
        models,
        enums,
        unions,
        answers: by_status,
        operations,
    } = resource;
    let mut imports = Imports::default();
    for model in models {
        imports.add("super::runtime", "self");
        imports.add("super::runtime", "json_object");
        for field in &model.fields {
            import(&field.ty, module, &mut imports);
            if field.presence == Presence::Tristate {
                imports.add("super::runtime", "Field");
            }
        }
        if let Some(rest) = &model.rest {
            imports.add("std::collections", "BTreeMap");
            import(&rest.ty, module, &mut imports);
        }
    }
    for union in unions {
        imports.add("super::runtime", "self");
        imports.add("super::runtime", "one_of");
        for alternative in &union.alternatives {
            import(&alternative.ty, module, &mut imports);
        }
    }
    let names = models.iter().map(|model| &model.name);
    let mut types = names.chain(unions.iter().map(|union| &union.name));
    if types.any(|name| limits.contains(module, name)) {
        imports.add("super::runtime", "limit");
    }
    if !enums.is_empty() {
        imports.add("super::runtime", "self");
        imports.add("super::runtime", "open_enum");
    }
    for Answers { answers, .. } in by_status {
        imports.add("super::runtime", "body");
        imports.add("serde", "Serialize");
        imports.add("serde", "Serializer");
        imports.add("serde_json", "Value");
        for ty in answers.iter().filter_map(|answer| answer.ty.as_ref()) {
            import(ty, module, &mut imports);
        }
    }
    for operation in operations {
        import_operation(operation, module, &mut imports);
    }
    let hides = models
        .iter()
        .any(|model| model.fields.iter().any(|field| field.sensitive))
        || operations
            .iter()
            .any(|operation| operation.params.iter().any(|param| param.sensitive));
    if hides {
        imports.add("std", "fmt");
    }
    imports
}

fn import_operation(operation: &Operation, module: &Name, imports: &mut Imports<'_>) {
    for name in ["Encoder", "Meta", "Operation"] {
        imports.add("super::runtime", name);
    }
    imports.add("http", "Method");
    if !operation.is_plain() {
        imports.add("super::runtime", "Auth");
        imports.add("super::runtime", "Decoding");
    }
    let has_optional = operation.params.iter().any(|param| !param.required);
    if has_optional {
        imports.add("super::runtime", "Field");
    }
    if let Some(paging) = &operation.paging {
        imports.add("super::runtime", "NextPage");
        imports.add("super::runtime", "Paged");
        import(&paging.item, module, imports);
    }
    for param in &operation.params {
        if !param.limits.is_empty() {
            imports.add("super::runtime", "limit");
        }
        if param.location == Location::Cookie || matches!(param.style, Style::Joined(_)) {
            imports.add("super::runtime", "style");
        }
        import(&param.ty, module, imports);
    }
    if let Some(ty) = &operation.output {
        import(ty, module, imports);
    }
}
