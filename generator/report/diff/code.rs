//! The kinds of changes.

use serde::{Serialize, Serializer};
use std::fmt;

macro_rules! codes {
    ($($variant:ident $text:literal $about:literal)*) => {
        /// The kind of a change. The texts are stable: scripts and rules in cratewright.toml name them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ChangeCode {
            $(#[doc = $about] $variant,)*
        }

        impl ChangeCode {
            /// Every kind, in the order of docs/review.md.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// Returns the text, such as `field-removed`.
            #[must_use]
            pub const fn as_str(self) -> &'static str {
                match self {
                    $(Self::$variant => $text,)*
                }
            }

            /// Returns what has changed, in a sentence.
            #[must_use]
            pub const fn about(self) -> &'static str {
                match self {
                    $(Self::$variant => $about,)*
                }
            }
        }
    };
}

codes! {
    PackageRenamed "package-renamed" "The package has another name."
    ApiAdded "api-added" "A description was added to the crate."
    ApiRemoved "api-removed" "A description was removed from the crate."
    TitleChanged "title-changed" "The API has another title."
    DocsChanged "docs-changed" "A description reads differently."
    ResourceAdded "resource-added" "A resource was added, with all of its operations."
    ResourceRemoved "resource-removed" "A resource was removed, with all of its operations."
    FeatureChanged "feature-changed" "A module is behind a feature of the crate, or no longer."
    OperationAdded "operation-added" "An operation was added."
    OperationRemoved "operation-removed" "An operation was removed."
    OperationRenamed "operation-renamed" "The struct of an operation has another name or module."
    OperationIdChanged "operation-id-changed" "An operation has another id, and its struct the same name."
    OperationDeprecated "operation-deprecated" "An operation became deprecated."
    OperationUndeprecated "operation-undeprecated" "An operation is no longer deprecated."
    MethodChanged "method-changed" "An operation has another HTTP method."
    PathChanged "path-changed" "An operation has another path."
    ServerChanged "server-changed" "Requests go to another server, or a server has another URL."
    ServerAdded "server-added" "There is another server."
    ServerRemoved "server-removed" "A server was removed."
    ServerRenamed "server-renamed" "The type of a server has another name, or there is one at all."
    ServerVariableChanged "server-variable-changed" "A variable of a server was added, removed, or has other values."
    ConstantParameterAdded "constant-parameter-added" "Requests have a parameter with one possible value."
    ConstantParameterRemoved "constant-parameter-removed" "Requests no longer have a parameter with one possible value."
    ConstantParameterChanged "constant-parameter-changed" "The one possible value of a parameter is another one."
    BodyFormatsChanged "body-formats-changed" "The body can be written in other media types."
    SecurityChanged "security-changed" "An operation has other security requirements."
    CredentialsChanged "credentials-changed" "A security scheme that no operation requires has changed."
    ParameterAdded "parameter-added" "An optional parameter was added."
    RequiredParameterAdded "required-parameter-added" "A required parameter was added."
    ParameterRemoved "parameter-removed" "A parameter was removed."
    ParameterRenamed "parameter-renamed" "A parameter has another name, on the wire or in Rust."
    ParameterMoved "parameter-moved" "A parameter is sent in another part of the request."
    ParameterTypeChanged "parameter-type-changed" "A parameter has another type."
    ParameterStyleChanged "parameter-style-changed" "A parameter is written in another style."
    ParameterNowRequired "parameter-now-required" "A parameter became required."
    ParameterNowOptional "parameter-now-optional" "A parameter became optional."
    ClearMethodChanged "clear-method-changed" "The method that sends a value empty or null was added, removed or renamed."
    ConstructorChanged "constructor-changed" "`new` takes its arguments in another way."
    ConstructorAdded "constructor-added" "A struct can be made by callers."
    ConstructorRemoved "constructor-removed" "A struct can no longer be made by callers."
    DefaultImplAdded "default-impl-added" "A struct implements `Default`."
    DefaultImplRemoved "default-impl-removed" "A struct no longer implements `Default`."
    TraitsAdded "traits-added" "A type implements more traits."
    TraitsRemoved "traits-removed" "A type no longer implements traits."
    DefaultValueChanged "default-value-changed" "The value that the service takes where there is none has changed."
    LimitTightened "limit-tightened" "A limit that is checked before sending allows less."
    LimitLoosened "limit-loosened" "A limit that is checked before sending allows more."
    LimitChanged "limit-changed" "A limit that is checked before sending allows other values."
    RuleAdded "rule-added" "A rule on values that is not checked was added or allows less."
    RuleRemoved "rule-removed" "A rule on values that is not checked was removed or allows more."
    RuleChanged "rule-changed" "A rule on values that is not checked allows other values."
    BodyFormChanged "body-form-changed" "The request body is sent in another form."
    BodyNowRequired "body-now-required" "A request has to have a body."
    BodyNowOptional "body-now-optional" "A request may be without a body."
    RequestMediaTypeAdded "request-media-type-added" "A request may have a body of another media type."
    RequestMediaTypeRemoved "request-media-type-removed" "A request can no longer have a body of a media type."
    EncodingChanged "encoding-changed" "A property of a form is encoded in another way."
    ResponseTypeChanged "response-type-changed" "A response has another type."
    ResponseAdded "response-added" "Responses of another status or media type have a variant of their own."
    ResponseRemoved "response-removed" "Responses of a status or media type no longer have a variant of their own."
    ResponseRenamed "response-renamed" "The variant of a response has another name."
    ResponseStatusesChanged "response-statuses-changed" "Other statuses mean success."
    ResponseMediaTypeAdded "response-media-type-added" "A response may have a body of another media type."
    ResponseMediaTypeRemoved "response-media-type-removed" "A response can no longer have a body of a media type."
    ResponseFormatChanged "response-format-changed" "The body of a response is decoded in another way."
    AcceptChanged "accept-changed" "Other media types are requested."
    ErrorResponseAdded "error-response-added" "An error response was documented."
    ErrorResponseRemoved "error-response-removed" "An error response is no longer documented."
    ErrorTypeChanged "error-type-changed" "The errors of an operation have another type, or have one at all."
    ErrorBodyChanged "error-body-changed" "The body of an error response is another one."
    OtherBodyChanged "other-body-changed" "A body of a media type that the crate does not use is another one."
    PagingAdded "paging-added" "A list can be read page by page."
    PagingRemoved "paging-removed" "A list can no longer be read page by page."
    PagingChanged "paging-changed" "The pages of a list are requested in another way."
    PagingItemChanged "paging-item-changed" "The records of a list have another type."
    StreamAdded "stream-added" "A response can be read event by event, or record by record."
    StreamRemoved "stream-removed" "A response can no longer be read event by event, or record by record."
    StreamChanged "stream-changed" "The events of a stream are requested, separated or ended in another way."
    StreamEventChanged "stream-event-changed" "The events of a stream have another type."
    WebhookAdded "webhook-added" "The service sends another request: a webhook or a callback."
    WebhookRemoved "webhook-removed" "The service no longer sends a request: a webhook or a callback."
    WebhookRenamed "webhook-renamed" "The type of a webhook or a callback has another name or module."
    WebhookChanged "webhook-changed" "A webhook or a callback has another payload, or is sent to another URL."
    HeaderAdded "header-added" "A response header was added to the crate."
    HeaderRemoved "header-removed" "A response header was removed from the crate."
    HeaderRenamed "header-renamed" "A response header has another name on the wire."
    HeaderTypeChanged "header-type-changed" "A response header has another type."
    ResponseHeaderAdded "response-header-added" "A response has another header."
    ResponseHeaderRemoved "response-header-removed" "A response no longer has a header."
    ResponseHeaderNowOptional "response-header-now-optional" "A header of a response is no longer always there."
    ResponseHeaderNowRequired "response-header-now-required" "A header of a response is always there."
    TypeAdded "type-added" "A type was added."
    TypeRemoved "type-removed" "A type was removed."
    TypeRenamed "type-renamed" "A type has another name or module."
    TypeKindChanged "type-kind-changed" "A type is of another kind: a struct, an enum or a union."
    FieldAdded "field-added" "A field was added."
    RequiredFieldAdded "required-field-added" "A field that requests have to have was added."
    FieldRemoved "field-removed" "A field was removed."
    FieldRenamed "field-renamed" "A field has another name, on the wire or in Rust."
    FieldTypeChanged "field-type-changed" "A field has another type."
    FieldPresenceChanged "field-presence-changed" "A field may be absent or null, or no longer."
    FieldAccessChanged "field-access-changed" "A field became `readOnly` or `writeOnly`, or no longer is."
    FieldBoxed "field-boxed" "A field is behind a pointer, or no longer."
    ConstantAdded "constant-added" "A field with one possible value was added."
    ConstantRemoved "constant-removed" "A field with one possible value was removed."
    ConstantChanged "constant-changed" "The one possible value of a field is another one."
    AdditionalPropertiesAdded "additional-properties-added" "A struct has a field for additional properties."
    AdditionalPropertiesRemoved "additional-properties-removed" "A struct no longer has a field for additional properties."
    SensitivityChanged "sensitivity-changed" "A value is kept out of `Debug`, or no longer."
    EnumValueAdded "enum-value-added" "An enum has another value."
    EnumValueRemoved "enum-value-removed" "An enum no longer has a value."
    EnumValueRenamed "enum-value-renamed" "The variant of a value has another name."
    EnumValueRespelled "enum-value-respelled" "A variant has another value on the wire."
    EnumOpennessChanged "enum-openness-changed" "An enum takes values that are not listed, or no longer."
    AlternativeAdded "alternative-added" "A union has another alternative."
    AlternativeRemoved "alternative-removed" "A union no longer has an alternative."
    AlternativeRenamed "alternative-renamed" "The variant of an alternative has another name."
    AlternativeTypeChanged "alternative-type-changed" "An alternative has another type."
    DiscriminatorChanged "discriminator-changed" "The alternatives of a union are told apart by another member or value."
    SidKindAdded "sid-kind-added" "There is another kind of SID."
    SidKindRemoved "sid-kind-removed" "A kind of SID was removed."
    SidPatternRespelled "sid-pattern-respelled" "The pattern of a kind of SID is written differently."
    SidAliasAdded "sid-alias-added" "A kind of SID has another alias."
    SidAliasRemoved "sid-alias-removed" "A kind of SID no longer has an alias."
    SidAliasChanged "sid-alias-changed" "An alias is of another kind of SID."
}

impl ChangeCode {
    /// Returns the kind of this text.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let mut all = Self::ALL.iter().copied();
        all.find(|code| code.as_str() == text)
    }

    /// Returns whether changes of this kind that read the same have one cause as a rule, and take one line. What is added,
    /// removed or renamed as a whole is a change of its own.
    pub(super) const fn folds(self) -> bool {
        !matches!(
            self,
            Self::PackageRenamed
                | Self::ApiAdded
                | Self::ApiRemoved
                | Self::TitleChanged
                | Self::ResourceAdded
                | Self::ResourceRemoved
                | Self::OperationAdded
                | Self::OperationRemoved
                | Self::OperationIdChanged
        )
    }
}

impl fmt::Display for ChangeCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl Serialize for ChangeCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}
