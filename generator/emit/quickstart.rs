//! The operations that the example program and the documentation of the crate send.

use super::code::{HEADER, doc_comments, item};
use super::credentials;
use super::example::{Construction, construct, used};
use super::root::Root;
use crate::assemble::Crate;
use crate::model::api::{Api, Operation, RequestExample};
use crate::model::module_path::ModulePath;
use crate::model::names::Name;
use quote::quote;

/// The operation that the example program sends.
pub(super) struct Quickstart<'a> {
    api: &'a Api,
    /// Where the API stands.
    path: &'a ModulePath,
    /// The module of the operation.
    module: &'a Name,
    operation: &'a Operation,
    example: &'a RequestExample,
}

impl<'a> Quickstart<'a> {
    /// Returns the example to begin with: that of the first API that has one.
    pub fn of(krate: &'a Crate) -> Option<Self> {
        krate.apis().find_map(|(path, api)| {
            let (module, index) = api.quickstart.as_ref()?;
            let operation = api.resources.get(module)?.operations.get(*index)?;
            let example = operation.request_examples.first()?;
            Some(Self {
                api,
                path,
                module,
                operation,
                example,
            })
        })
    }

    /// Returns the first list that has an example.
    pub fn of_list(krate: &'a Crate) -> Option<Self> {
        krate.apis().find_map(|(path, api)| {
            api.resources.iter().find_map(|(module, resource)| {
                let mut lists = resource
                    .operations
                    .iter()
                    .filter(|one| one.paging.is_some());
                lists.find_map(|operation| {
                    Some(Self {
                        api,
                        path,
                        module,
                        operation,
                        example: operation.request_examples.first()?,
                    })
                })
            })
        })
    }

    /// Returns the imports of the request, and the statements that make it.
    fn request(&self, krate: &str) -> (String, Vec<String>) {
        let Self {
            api,
            path,
            module,
            operation,
            example,
        } = self;
        let root = Root::new(krate, path);
        let Construction { statements, value } = construct(api, operation, example, module);
        let body = item(quote! {
            fn main() {
                #statements
                let request = #value;
            }
        });
        let request = body.lines().skip(1).take_while(|line| *line != "}");
        let imports = used(operation, example, module).import(&root);
        (imports, request.map(str::to_owned).collect())
    }

    /// Returns a template of documentation with the request, which needs features of the crate.
    pub fn documentation(&self, template: &str, krate: &str) -> String {
        let (imports, request) = self.request(krate);
        let conditions = std::iter::once("client".to_owned()).chain(self.path.feature());
        let conditions: Vec<String> = conditions
            .map(|feature| format!("feature = \"{feature}\""))
            .collect();
        let condition = match conditions.as_slice() {
            [one] => one.clone(),
            all => format!("all({})", all.join(", ")),
        };
        let request = request.iter().map(|line| {
            if line.trim_start().starts_with('#') {
                line.replacen('#', "##", 1)
            } else {
                line.clone()
            }
        });
        template
            .replace("{{condition}}", &condition)
            .replace("{{imports}}\n", &imports)
            .replace(
                "{{request}}\n",
                &request
                    .flat_map(|line| [line, "\n".to_owned()])
                    .collect::<String>(),
            )
    }

    /// The features that it needs.
    pub fn features(&self) -> Vec<String> {
        let blocking = "blocking".to_owned();
        let resource = self.api.resources.get(self.module);
        let of_module = resource.and_then(|resource| resource.feature.clone());
        std::iter::once(blocking)
            .chain(self.path.feature())
            .chain(of_module)
            .collect()
    }

    /// Returns the program.
    pub fn program(&self, krate: &str) -> String {
        let Self {
            api,
            path: _,
            module: _,
            operation,
            example: _,
        } = self;
        let (imports, request) = self.request(krate);
        let request: String = request.iter().flat_map(|line| [line, "\n"]).collect();
        let imports =
            format!("{imports}use {krate}::Credentials;\nuse {krate}::blocking::Client;\n");
        let mut imports: Vec<&str> = imports.lines().collect();
        imports.sort_unstable();
        let environment = credentials::environment(api);
        let program = include_str!("../../templates/examples/quickstart.rs")
            .replace("{{id}}", operation.name.as_str())
            .replace("{{imports}}", &format!("{}\n", imports.join("\n")))
            .replace("{{environment}}\n", &doc_comments(&environment, "//!", ""))
            .replace(
                "{{credentials}}",
                &credentials::from_environment(api, krate),
            )
            .replace("{{request}}\n", &request);
        format!("{HEADER}\n\n{program}")
    }
}
