//! The media types of request bodies: what each is, and what it is called.

use super::media::{essence, is_header_text, is_json};
use super::schemas::Use;
use crate::model::api::Writing;
use heck::ToSnakeCase;
use openapiv3::MediaType;

/// A media type that a body may be sent in.
pub(super) struct Offer<'d> {
    pub media_type: &'d str,
    pub media: &'d MediaType,
    pub schema: Option<Use<'d>>,
    pub sort: Sort,
    /// A JSON pointer into the finished document.
    pub at: String,
}

/// What a body of a media type is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Sort {
    Json,
    JsonLines,
    Form,
    /// By the media type without parameters.
    Multipart(String),
    Text,
    Bytes,
}

/// Decides what a media type is. One that may be any is JSON where a schema says what it contains, and that is not text.
pub(super) fn offer<'d>(
    media_type: &'d str,
    media: &'d MediaType,
    schema: Option<Use<'d>>,
    at: String,
    (is_binary, is_text): (bool, bool),
) -> Offer<'d> {
    let essence = essence(media_type);
    let is_any = matches!(essence.as_str(), "*/*" | "*" | "application/*");
    let sort = if is_lines(&essence) {
        Sort::JsonLines
    } else if !is_binary && (is_json(&essence) || (is_any && schema.is_some() && !is_text)) {
        Sort::Json
    } else if essence == "application/x-www-form-urlencoded" {
        Sort::Form
    } else if essence.starts_with("multipart/") && !essence.contains('*') {
        Sort::Multipart(essence)
    } else if !is_binary && (is_text_type(&essence) || (is_any && is_text)) {
        Sort::Text
    } else {
        Sort::Bytes
    };
    Offer {
        media_type,
        media,
        schema,
        sort,
        at,
    }
}

fn is_text_type(essence: &str) -> bool {
    essence.starts_with("text/")
        || ["xml", "yaml", "graphql", "javascript", "sql", "toml"]
            .iter()
            .any(|text| essence.contains(text))
}

/// Whether a media type is JSON texts, one after the other.
fn is_lines(essence: &str) -> bool {
    matches!(
        essence,
        "application/x-ndjson"
            | "application/ndjson"
            | "application/jsonl"
            | "application/x-jsonl"
            | "application/jsonlines"
            | "application/x-json-lines"
            | "application/x-jsonlines"
            | "application/json-seq"
            | "application/stream+json"
    ) || essence.ends_with("+json-seq")
}

impl Offer<'_> {
    /// Returns the media type that a JSON value is sent as: never a range.
    pub fn written_media_type(&self) -> &str {
        let is_range = self.media_type.contains('*') || !is_header_text(self.media_type);
        if self.sort == Sort::Json && is_range {
            "application/json"
        } else {
            self.media_type
        }
    }

    /// Whether it is a range, or no media type at all, so that the caller has to say which is sent.
    pub fn is_range(&self) -> bool {
        self.media_type.contains('*') || !is_header_text(self.media_type)
    }

    /// Whether both are bytes, or both are text, and differ by the media type only.
    pub fn is_same_bytes(&self, other: &Self) -> bool {
        let is_plain = |one: &Self| match one.sort {
            Sort::Bytes => true,
            Sort::Text => essence(one.media_type).starts_with("text/"),
            Sort::Json | Sort::JsonLines | Sort::Form | Sort::Multipart(_) => false,
        };
        self.sort == other.sort && is_plain(self) && is_plain(other)
    }

    /// Returns how a JSON value is written in this media type.
    pub fn writing(&self) -> Option<Writing> {
        match &self.sort {
            Sort::Json => Some(Writing::Json),
            Sort::Form => Some(Writing::Form(Vec::new())),
            Sort::Multipart(subtype) if subtype == "multipart/form-data" => {
                Some(Writing::Multipart(Vec::new()))
            }
            Sort::Multipart(_) | Sort::JsonLines | Sort::Text | Sort::Bytes => None,
        }
    }

    /// Returns what a request or a method of this media type is called.
    pub fn suffix(&self) -> String {
        let essence = essence(self.media_type);
        let (family, subtype) = essence.split_once('/').unwrap_or(("", &essence));
        match &self.sort {
            Sort::Form => "form".to_owned(),
            Sort::Multipart(subtype) if subtype == "multipart/form-data" => "multipart".to_owned(),
            Sort::Multipart(_) => format!("multipart_{subtype}").to_snake_case(),
            Sort::JsonLines => "lines".to_owned(),
            Sort::Bytes => "bytes".to_owned(),
            Sort::Text if matches!(subtype, "plain" | "*") => "text".to_owned(),
            Sort::Text => subtype.trim_start_matches("x-").to_snake_case(),
            Sort::Json if subtype == "json" && family != "application" => {
                format!("{family}_json").to_snake_case()
            }
            Sort::Json => match subtype.strip_suffix("+json") {
                Some("*") | None => "json".to_owned(),
                Some(name) => name.to_snake_case(),
            },
        }
    }
}
