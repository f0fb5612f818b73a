//! The examples of the description as tests of the generated crate.

use super::branch;
use super::canary;
use super::code::{HEADER, doc_comments, item, words};
use super::credentials;
use super::example::{Construction, Used, construct, used};
use super::features;
use super::literal::literal;
use super::parts::Parts;
use super::root::Root;
use super::users::Users;
use crate::assemble::Crate;
use crate::base::markdown;
use crate::model::api::{Api, Body, Operation, Reading, RequestExample, Resource, ResponseExample};
use crate::model::names::{Kind, Name, Scope};
use crate::model::reserved::FULL;
use quote::quote;
use std::collections::BTreeSet;
use std::fmt::Write as _;

/// Returns `tests/examples.rs`, which has a module for each resource of an API that has the crate to itself, and one for
/// each API otherwise.
pub(super) fn of_crate(krate: &Crate, users: &Users<'_>) -> String {
    let Some(api) = krate.alone() else {
        return of_apis(krate);
    };
    let template = if features::has_any(krate) {
        include_str!("../../templates/tests/examples_of_apis.rs")
    } else {
        include_str!("../../templates/tests/examples.rs")
    };
    let mut text = format!("{HEADER}\n\n{template}\n");
    for module in modules(api) {
        text.push_str(&condition(api, module, users, ""));
        let _ = writeln!(text, "#[path = \"examples/{module}.rs\"]\nmod {module};");
    }
    text + &mock_server(api, users)
}

fn of_apis(krate: &Crate) -> String {
    let template = include_str!("../../templates/tests/examples_of_apis.rs");
    let mut text = format!("{HEADER}\n\n{template}\n");
    for (module, api) in krate.apis() {
        if let Some(feature) = module.feature().filter(|_| modules(api).next().is_some()) {
            let path = module.to_string().replace("::", "/");
            let name = feature.replace('-', "_");
            let _ = writeln!(
                text,
                "#[cfg(feature = \"{feature}\")]\n#[path = \"examples/{path}/mod.rs\"]\nmod {name};"
            );
        }
    }
    text
}

/// Returns the tests of an API among others, with a module for each resource; none where there is nothing to replay.
pub(super) fn of_api(api: &Api) -> Option<String> {
    let modules: String = modules(api)
        .map(|module| format!("mod {module};\n"))
        .collect();
    if modules.is_empty() {
        return None;
    }
    let title = markdown::paragraphs([api.title.as_str()]);
    let title = doc_comments(title.lines(), "//!", "");
    let mock_server = mock_server(api, &Users::default());
    Some(format!(
        "{HEADER}\n\n{title}\nuse crate::support;\n\n{modules}{mock_server}"
    ))
}

/// The resources that have anything to replay.
fn modules(api: &Api) -> impl Iterator<Item = &Name> {
    let resources = api.resources.iter();
    resources
        .filter(|(_, resource)| has_examples(api, resource))
        .map(|(module, _)| module)
}

/// The condition that a module has all its types, on a line of its own; nothing for a module that always does.
fn condition(api: &Api, module: &Name, users: &Users<'_>, indent: &str) -> String {
    let resource = api.resources.get(module);
    let feature = resource.and_then(|resource| resource.feature.as_deref());
    let feature = feature.or_else(|| users.may_miss_types(module).then_some(FULL));
    feature.map_or_else(String::new, |feature| {
        format!("{indent}#[cfg(feature = \"{feature}\")]\n")
    })
}

/// The test that sends every request to a server that mocks the description; none where there is no request to send.
fn mock_server(api: &Api, users: &Users<'_>) -> String {
    let with_requests = api
        .resources
        .iter()
        .filter(|(_, resource)| has_requests(resource));
    let features: Option<BTreeSet<String>> = with_requests
        .clone()
        .map(|(_, resource)| resource.feature.clone())
        .collect();
    let replays: String = with_requests
        .map(|(module, _)| {
            let condition = condition(api, module, users, "    ");
            format!("{condition}    {module}::replay(&mut server);\n")
        })
        .collect();
    if replays.is_empty() {
        return replays;
    }
    let test = include_str!("../../templates/tests/mock_server.rs");
    // Where every request is behind a feature, there may be none to send.
    let condition = features.map_or_else(String::new, |features| {
        format!("#[cfg({})]\n", branch::condition(&features))
    });
    format!("\n{condition}{}", test.replace("{{replays}}\n", &replays))
}

/// Returns the comparisons that the tests share.
pub(super) fn support(krate: &Crate, name: &str) -> String {
    let support = Parts::new(krate).resolve(include_str!("../../templates/tests/support.rs"));
    let apis = krate.apis().map(|(_, api)| api);
    let support = support
        .replace("{{credentials}}", &credentials::of_every_scheme(apis, name))
        .replace("{{crate}}", name);
    format!("{HEADER}\n\n{support}")
}

fn has_requests(resource: &Resource) -> bool {
    resource
        .operations
        .iter()
        .any(|operation| !operation.request_examples.is_empty())
}

/// Whether a resource has anything to replay.
pub(super) fn has_examples(api: &Api, resource: &Resource) -> bool {
    has_requests(resource)
        || resource
            .operations
            .iter()
            .any(|operation| !operation.response_examples.is_empty())
        || resource
            .models
            .iter()
            .any(|model| canary::body(api, model).is_some())
}

/// Returns the file of a resource: a test for each example, and one for each value that is hidden.
pub(super) fn resource(api: &Api, module: &Name, resource: &Resource, root: &Root) -> String {
    let mut file = TestFile {
        api,
        module,
        functions: Vec::new(),
        sent: String::new(),
        names: Used::of(module),
        helpers: BTreeSet::new(),
    };
    for operation in &resource.operations {
        file.requests(operation);
        file.responses(operation);
    }
    file.replay();
    file.hidden(resource);
    file.text(root)
}

/// A file of tests while it is put together.
struct TestFile<'a> {
    api: &'a Api,
    module: &'a Name,
    functions: Vec<String>,
    /// The statements that send each request.
    sent: String,
    names: Used,
    /// What the tests take from the module `support`.
    helpers: BTreeSet<&'static str>,
}

impl TestFile<'_> {
    /// Adds a test for each example of a request.
    fn requests(&mut self, operation: &Operation) {
        for example in &operation.request_examples {
            self.names.add(used(operation, example, self.module));
            let maker = request_maker(self.api, operation, example, self.module);
            self.functions
                .extend([maker, request_test(operation, example)]);
            let send = if example.has_form_list(&operation.params) {
                "send_list"
            } else {
                "send"
            };
            let _ = writeln!(self.sent, "    server.{send}({});", example.name);
            self.helpers.insert("Built");
            self.helpers.insert(if has_opaque_body(operation) {
                "assert_target"
            } else {
                "assert_request"
            });
        }
    }

    /// Adds a test for each example of a response.
    fn responses(&mut self, operation: &Operation) {
        for example in &operation.response_examples {
            self.names.types.insert(operation.name.to_string());
            self.functions.push(response_test(operation, example));
            self.helpers.insert(assertion(example));
        }
    }

    /// Adds a function that sends every request.
    fn replay(&mut self) {
        if !self.sent.is_empty() {
            self.functions.push(format!("/// Sends every request to a server that mocks the description.\n#[cfg(any(feature = \"blocking\", feature = \"client\"))]\npub fn replay(server: &mut Server) {{\n{}}}\n", self.sent));
        }
    }

    /// Adds a test for each model and each request with values that `Debug` does not show.
    fn hidden(&mut self, resource: &Resource) {
        let mut scope = Scope::default();
        let mut test_name = |name: &Name| {
            let wanted = format!("{name}_hides_what_is_sensitive");
            scope.claim(Kind::Field, &wanted, name.as_str())
        };
        for model in &resource.models {
            if let Some(function) = canary::of_model(self.api, model, &test_name(&model.name)) {
                self.names.types.insert(model.name.to_string());
                self.helpers.insert("assert_hidden_in");
                self.functions.push(function);
            }
        }
        for operation in &resource.operations {
            let name = test_name(&operation.name);
            if let Some((planted, function)) =
                canary::of_request(self.api, operation, self.module, &name)
            {
                self.names.add(used(operation, &planted, self.module));
                self.helpers.insert("assert_hidden");
                self.functions.push(function);
            }
        }
    }

    fn text(self, root: &Root) -> String {
        let title = words(self.module.as_str());
        let mut text = format!("{HEADER}\n\n//! The examples of the {title} resource.\n\n");
        let helpers: Vec<&str> = self.helpers.into_iter().collect();
        let _ = match helpers.as_slice() {
            [one] => writeln!(text, "use super::support::{one};"),
            _ => writeln!(text, "use super::support::{{{}}};", helpers.join(", ")),
        };
        text.push_str(&self.names.import(root));
        if !self.sent.is_empty() {
            text.push_str("#[cfg(any(feature = \"blocking\", feature = \"client\"))]\nuse super::support::Server;\n");
        }
        for function in self.functions {
            text.push('\n');
            text.push_str(&function);
        }
        text
    }
}

fn request_maker(
    api: &Api,
    operation: &Operation,
    example: &RequestExample,
    module: &Name,
) -> String {
    let (function, name) = (&example.name, &operation.name);
    let Construction { statements, value } = construct(api, operation, example, module);
    item(quote! {
        fn #function() -> Built<#name> {
            #statements
            let request = #value;
            Ok(request)
        }
    })
}

fn request_test(operation: &Operation, example: &RequestExample) -> String {
    let RequestExample {
        name,
        key: _,
        target,
        form,
        json,
        values: _,
    } = example;
    let body = match &operation.body {
        Body::None => String::new(),
        Body::Form => form.clone(),
        Body::Json(_) if json.is_null() => String::new(),
        Body::Json(_) => json.to_string(),
        Body::JsonLines(_) | Body::Text(_) | Body::Bytes(_) | Body::Multipart(_) => {
            return target_test(operation, name, target);
        }
    };
    let mut text = String::new();
    let _ = writeln!(text, "#[test]\nfn {name}_is_encoded() {{");
    let _ = writeln!(text, "    assert_request(");
    let _ = writeln!(text, "        {name}(),");
    let _ = writeln!(
        text,
        "        {},",
        literal(&format!("{} {target}", operation.method))
    );
    let _ = writeln!(text, "        {},", literal(&body));
    let _ = writeln!(text, "    );\n}}");
    text
}

/// Returns a test of everything but the body, for bodies that are not the same each time.
fn target_test(operation: &Operation, name: &Name, target: &str) -> String {
    format!(
        "#[test]\nfn {name}_is_encoded() {{\n    assert_target({name}(), {});\n}}\n",
        literal(&format!("{} {target}", operation.method))
    )
}

fn has_opaque_body(operation: &Operation) -> bool {
    matches!(
        operation.body,
        Body::JsonLines(_) | Body::Text(_) | Body::Bytes(_) | Body::Multipart(_)
    )
}

/// The helper that asserts what the example of a response is decoded into.
fn assertion(example: &ResponseExample) -> &'static str {
    match example.reading {
        Reading::Json | Reading::Form if example.deviations.is_none() => "assert_not_decoded",
        Reading::Json | Reading::Form => "assert_response",
        Reading::Text => "assert_text",
        Reading::Empty | Reading::Bytes => "assert_empty",
    }
}

fn response_test(operation: &Operation, example: &ResponseExample) -> String {
    let ResponseExample {
        name,
        status,
        body,
        reading,
        deviations,
    } = example;
    let (assertion, operation) = (assertion(example), &operation.name);
    let mut text = String::new();
    let outcome = match deviations {
        Some(_) => "is_decoded",
        None => "is_not_decoded",
    };
    let _ = writeln!(text, "#[test]\nfn {name}_{outcome}() {{");
    let call = format!("    {assertion}::<{operation}>({status}");
    let _ = match reading {
        Reading::Json | Reading::Form => {
            let body = serde_json::to_string_pretty(body).unwrap_or_default();
            let body = raw(&without_directions(body));
            let deviations = deviations.as_ref().map(|paths| {
                let paths: Vec<String> = paths.iter().map(|path| literal(path)).collect();
                format!(", &[{}]", paths.join(", "))
            });
            let _ = writeln!(text, "    let body = {body};");
            writeln!(text, "{call}, body{});\n}}", deviations.unwrap_or_default())
        }
        Reading::Text => {
            let body = literal(body.as_str().unwrap_or_default());
            writeln!(text, "{call}, {body});\n}}")
        }
        Reading::Empty | Reading::Bytes => writeln!(text, "{call});\n}}"),
    };
    text
}

/// Escapes what changes the direction of text, which the compiler takes in no literal; in JSON it can only stand in strings.
fn without_directions(json: String) -> String {
    let is_direction = |c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if !json.contains(is_direction) {
        return json;
    }
    let escaped = json.chars().map(|c| match c {
        c if is_direction(c) => format!("\\u{:04x}", u32::from(c)),
        _ => c.to_string(),
    });
    escaped.collect()
}

/// Returns a raw string literal with as many `#` as the text needs.
fn raw(text: &str) -> String {
    let mut hashes = String::from("#");
    while text.contains(&format!("\"{hashes}")) {
        hashes.push('#');
    }
    format!("r{hashes}\"{text}\"{hashes}")
}
