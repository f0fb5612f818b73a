//! How a parameter is written, in words.

use crate::model::api::Style;

pub(super) fn in_words(style: &Style, reserved: bool) -> String {
    let (name, explode) = match style {
        Style::Simple { explode } => ("`simple`", *explode),
        Style::Label { explode } => ("`label`", *explode),
        Style::Matrix { explode } => ("`matrix`", *explode),
        Style::Form { explode } => ("`form`", *explode),
        Style::SpaceDelimited => ("`spaceDelimited`", false),
        Style::PipeDelimited => ("`pipeDelimited`", false),
        Style::DeepObject => ("`deepObject`", false),
        Style::Prefixed(_) => ("one parameter for each key", false),
        Style::Json => ("JSON", false),
        Style::TextOrJson => ("text or JSON", false),
        Style::EachTextOrJson => ("text or JSON for each item", false),
    };
    let explode = if explode { "exploded " } else { "" };
    let reserved = if reserved {
        ", with reserved characters as they are"
    } else {
        ""
    };
    format!("{explode}{name}{reserved}")
}
