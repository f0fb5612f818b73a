//! Responses that differ, as an enum that has a variant for each.

use super::entry::{Entry, phrases};
use crate::base::markdown;
use crate::base::pointer::Pointer;
use crate::lower::Lowering;
use crate::lower::owner::Owner;
use crate::model::api::{
    NamedKind, ResponseVariant, Responses as ResponsesEnum, Role, Type, TypePath,
};
use crate::model::names::{Kind, Scope};

impl<'d> Lowering<'d> {
    /// Makes an enum of responses, which has a variant for each.
    pub(super) fn responses_enum(
        &mut self,
        entries: &[Entry<'_, 'd>],
        role: Role,
        owner: Owner<'_>,
        pointer: &Pointer<'_>,
    ) -> Type {
        let Owner {
            module, operation, ..
        } = owner;
        let spelling = match role {
            Role::Success => format!("{operation}_output"),
            Role::Error => format!("{operation}_error"),
        };
        let name =
            self.scope(module)
                .claim(Kind::Type, &spelling, &format!("{spelling}_by_status"));
        let phrases = phrases(entries);
        let names = Scope::new("").claim_all(Kind::Variant, phrases.iter().map(String::as_str));
        let mut types: Vec<Option<Type>> = Vec::new();
        for (index, entry) in entries.iter().enumerate() {
            let known = entries[..index]
                .iter()
                .position(|other| other.is_like(entry));
            let ty = match (known, role) {
                (Some(known), _) => types[known].clone(),
                (None, Role::Success) => self.content(entry, owner, &phrases[index]),
                (None, Role::Error) => {
                    self.content(entry, owner, &format!("{}_error", phrases[index]))
                }
            };
            types.push(ty);
        }
        let variants = names.into_iter().zip(entries).zip(types);
        let variants = variants.map(|((name, entry), ty)| ResponseVariant {
            name,
            docs: markdown::docs(&entry.described.response.description),
            statuses: entry.described.statuses,
            media_types: entry.media_types(),
            ty,
            reading: entry.reading(),
            pointer: entry.described.pointer.clone(),
        });
        let responses = ResponsesEnum {
            name: name.clone(),
            operation: operation.clone(),
            role,
            variants: variants.collect(),
            pointer: pointer.key("responses").to_string(),
        };
        self.resource(module).responses.push(responses);
        Type::Named(TypePath {
            module: module.clone(),
            name,
            kind: NamedKind::Responses,
        })
    }
}
