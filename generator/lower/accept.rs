//! The parameter that chooses a media type of the response.

use super::Lowering;
use super::owner::Owner;
use super::params::Inputs;
use crate::base::markdown;
use crate::base::pointer::Pointer;
use crate::model::api::{
    Docs, Literal, Location, NamedKind, OpenEnum, Param, Style, Type, TypePath, Variant,
};
use crate::model::names::{Kind, Scope};
use serde_json::Value;

impl Lowering<'_> {
    /// Returns the parameter that chooses a media type of the response, where there are several.
    pub(super) fn accept_param(
        &mut self,
        choices: &[String],
        owner: Owner<'_>,
        pointer: &Pointer<'_>,
    ) -> Option<(Param, Value)> {
        let first = choices.first()?;
        let spelling = format!("{}_accept", owner.operation);
        let name = self
            .scope(owner.module)
            .claim(Kind::Type, &spelling, &spelling);
        let pointer = pointer.key("responses").to_string();
        let spellings = choices.iter().map(String::as_str);
        let names = Scope::new(name.as_str()).claim_all(Kind::Variant, spellings);
        let variants = names.into_iter().zip(choices).map(|(name, wire)| Variant {
            name,
            docs: Docs::default(),
            wire: Literal::Text(wire.clone()),
            pointer: pointer.clone(),
        });
        let docs = "The media types that the response is available in.";
        let open_enum = OpenEnum {
            name: name.clone(),
            docs: markdown::docs(docs),
            kind: NamedKind::TextEnum,
            variants: variants.collect(),
            is_closed: false,
            derives: Vec::new(),
            pointer: pointer.clone(),
        };
        self.resource(owner.module).enums.push(open_enum);
        let docs =
            format!("The media type of the response; any of them by default, `{first}` preferred.");
        let param = Param {
            // Another parameter may have the name; see `add_accept`.
            name: Scope::new("").claim(Kind::Setter, "accept", "accept_media_type"),
            clear: None,
            wire: "Accept".to_owned(),
            location: Location::Header,
            docs: markdown::docs(&docs),
            ty: Type::Named(TypePath {
                module: owner.module.clone(),
                name,
                kind: NamedKind::TextEnum,
            }),
            required: false,
            default: None,
            sends_default: false,
            style: Style::Simple { explode: false },
            reserved: false,
            part: None,
            limits: Vec::new(),
            rules: Vec::new(),
            sensitive: false,
            pointer,
        };
        Some((param, Value::String(first.clone())))
    }
}

/// Adds the parameter that chooses a media type of the response before those of the body.
pub(super) fn add_accept(inputs: &mut Inputs<'_>, mut param: Param, sample: Value) {
    let mut scope = Scope::new("");
    for param in &inputs.params {
        scope.claim(Kind::Setter, param.name.as_str(), param.wire.as_str());
    }
    param.name = scope.claim(Kind::Setter, "accept", "accept_media_type");
    let before_body = |param: &Param| param.location != Location::Body;
    let at = inputs.params.partition_point(before_body);
    inputs.params.insert(at, param);
    inputs.samples.insert(at, sample);
}
