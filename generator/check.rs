//! [`Api`] to [`Checked`]: proves that what `lower` decided can be written down, so that `emit` cannot fail.

use crate::base::diagnostics::{Diagnostic, Diagnostics};
use crate::model::api::{
    Api, Constructor, Model, OpenEnum, Operation, Param, Resource, Responses, SidUse, Type,
    TypePath, Union,
};
use crate::model::names::Name;
use std::collections::BTreeSet;

/// An [`Api`] in which every name is there once, and every type that is referred to is there.
#[derive(Debug)]
pub struct Checked(Api);

impl Checked {
    /// Returns what was checked.
    #[must_use]
    pub fn api(&self) -> &Api {
        &self.0
    }

    /// Gives back what was checked.
    #[must_use]
    pub fn into_api(self) -> Api {
        self.0
    }
}

/// Checks that an API can be emitted.
///
/// # Errors
///
/// Returns where the API contradicts itself, which is a defect of `lower`.
pub fn check(api: Api) -> Result<Checked, Diagnostics> {
    let mut checker = Checker {
        types: BTreeSet::new(),
        problems: Diagnostics::default(),
    };
    checker.collect_types(&api);
    checker.check(&api);
    checker.problems.propagate()?;
    Ok(Checked(api))
}

struct Checker {
    types: BTreeSet<(Name, Name)>,
    problems: Diagnostics,
}

impl Checker {
    fn collect_types(&mut self, api: &Api) {
        for (module, resource) in &api.resources {
            let Resource {
                docs: _,
                models,
                enums,
                unions,
                responses,
                webhooks,
                operations,
                feature: _,
            } = resource;
            let made = models.iter().filter_map(|model| match &model.constructor {
                Some(Constructor::Named(name)) => Some(name),
                Some(Constructor::Positional) | None => None,
            });
            let models = models.iter().map(|model| &model.name).chain(made);
            let enums = enums.iter().map(|open_enum| &open_enum.name);
            let unions = unions.iter().map(|union| &union.name);
            let responses = responses.iter().map(|responses| &responses.name);
            let webhooks = webhooks.iter().map(|webhook| &webhook.name);
            let requests = operations.iter().map(|operation| &operation.name);
            let params = operations
                .iter()
                .filter_map(|operation| match &operation.constructor {
                    Constructor::Named(name) => Some(name),
                    Constructor::Positional => None,
                });
            for name in models
                .chain(enums)
                .chain(unions)
                .chain(responses)
                .chain(webhooks)
                .chain(requests)
                .chain(params)
            {
                if !self.types.insert((module.clone(), name.clone())) {
                    self.defect(format!("`{module}::{name}` is there twice"));
                }
            }
        }
    }

    fn check(&mut self, api: &Api) {
        for (module, resource) in &api.resources {
            for model in &resource.models {
                self.check_model(api, module, model);
            }
            for open_enum in &resource.enums {
                self.check_enum(module, open_enum);
            }
            for union in &resource.unions {
                self.check_union(api, module, union);
            }
            for responses in &resource.responses {
                self.check_responses(api, module, responses);
            }
            for webhook in &resource.webhooks {
                if let Some(ty) = &webhook.payload {
                    self.check_type(api, module, ty);
                }
            }
            for operation in &resource.operations {
                self.check_operation(api, module, operation);
            }
        }
        for (alias, target) in &api.sid_aliases {
            if !api.sids.contains_key(&target.kind) {
                self.defect(format!(
                    "the alias `{alias}` is of a kind of SID that is not there"
                ));
            }
        }
    }

    fn check_model(&mut self, api: &Api, module: &Name, model: &Model) {
        self.check_unique(
            module,
            &model.name,
            model.fields.iter().map(|field| &field.name),
        );
        for field in &model.fields {
            self.check_type(api, module, &field.ty);
        }
    }

    fn check_enum(&mut self, module: &Name, open_enum: &OpenEnum) {
        self.check_unique(
            module,
            &open_enum.name,
            open_enum.variants.iter().map(|variant| &variant.name),
        );
    }

    fn check_union(&mut self, api: &Api, module: &Name, union: &Union) {
        let names = union
            .alternatives
            .iter()
            .map(|alternative| &alternative.name);
        self.check_unique(module, &union.name, names);
        for alternative in &union.alternatives {
            self.check_type(api, module, &alternative.ty);
        }
    }

    fn check_responses(&mut self, api: &Api, module: &Name, responses: &Responses) {
        let Responses { name, variants, .. } = responses;
        self.check_unique(module, name, variants.iter().map(|variant| &variant.name));
        for ty in variants.iter().filter_map(|variant| variant.ty.as_ref()) {
            self.check_type(api, module, ty);
        }
    }

    fn check_operation(&mut self, api: &Api, module: &Name, operation: &Operation) {
        let setters = operation
            .params
            .iter()
            .flat_map(|Param { name, clear, .. }| [Some(name), clear.as_ref()]);
        self.check_unique(module, &operation.name, setters.flatten());
        for param in &operation.params {
            self.check_type(api, module, &param.ty);
        }
        let event = operation
            .streaming
            .as_ref()
            .map(|streaming| &streaming.event);
        let item = operation.paging.as_ref().map(|paging| &paging.item);
        let types = [
            operation.output.as_ref(),
            operation.error.as_ref(),
            event,
            item,
        ];
        for ty in types.into_iter().flatten() {
            self.check_type(api, module, ty);
        }
        for header in &operation.headers {
            if !api.headers.contains_key(header) {
                self.defect(format!(
                    "`{module}::{}` has a header that is not there: {header}",
                    operation.name
                ));
            }
        }
    }

    fn check_unique<'n>(
        &mut self,
        module: &Name,
        owner: &Name,
        names: impl Iterator<Item = &'n Name>,
    ) {
        let mut seen = BTreeSet::new();
        for name in names {
            if !seen.insert(name) {
                self.defect(format!("`{module}::{owner}` has `{name}` twice"));
            }
        }
    }

    fn check_type(&mut self, api: &Api, module: &Name, ty: &Type) {
        match ty {
            Type::Named(TypePath {
                module,
                name,
                kind: _,
            }) => {
                if !self.types.contains(&(module.clone(), name.clone())) {
                    self.defect(format!("`{module}::{name}` is referred to and not there"));
                }
            }
            Type::Sid(SidUse { kind, alias }) => {
                let alias_is_there = alias
                    .as_ref()
                    .is_none_or(|alias| api.sid_aliases.contains_key(alias));
                if !api.sids.contains_key(kind) || !alias_is_there {
                    self.defect(format!(
                        "in `{module}`, a SID of kind `{kind}` is referred to and not there"
                    ));
                }
            }
            Type::List(inner) | Type::Map(inner) | Type::Nullable(inner) => {
                self.check_type(api, module, inner);
            }
            Type::Tuple(positions) => {
                for position in positions {
                    self.check_type(api, module, position);
                }
            }
            Type::String
            | Type::Bool
            | Type::Integer(_)
            | Type::F64
            | Type::DateTime
            | Type::Rfc2822
            | Type::Date
            | Type::Time
            | Type::Duration
            | Type::Uuid
            | Type::Base64
            | Type::Json
            | Type::PageMeta
            | Type::File
            | Type::Bytes
            | Type::Custom(_) => {}
        }
    }

    fn defect(&mut self, message: String) {
        let help = "this is a defect of cratewright: please report it with the description";
        self.problems
            .push(Diagnostic::failure("defect", message).help(help));
    }
}
