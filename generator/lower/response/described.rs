//! The responses that an operation describes, with what each offers.

use crate::base::pointer::Pointer;
use crate::lower::Lowering;
use crate::lower::media::{Offers, Representation, schema_of, stream_format};
use crate::lower::references::Section;
use crate::model::api::{NoteKind, Reading};
use crate::model::names::Name;
use openapiv3::{ReferenceOr, Response, Responses, StatusCode};

/// Every status: those of `default`.
pub(super) const ALL: (u16, u16) = (100, 599);

/// A response of an operation.
pub(in crate::lower) struct Described<'d> {
    /// The first and the last status that it is for.
    pub statuses: (u16, u16),
    pub response: &'d Response,
    pub pointer: String,
    pub offers: Offers<'d>,
}

impl<'d> Lowering<'d> {
    /// Returns the responses of an operation, single statuses first, then ranges, then the one for all.
    pub(super) fn described(
        &mut self,
        responses: &'d Responses,
        method: &str,
        pointer: &Pointer<'_>,
    ) -> Vec<Described<'d>> {
        let Responses {
            default,
            responses,
            extensions: _,
        } = responses;
        let at = pointer.key("responses");
        let statuses = |status: &StatusCode| match status {
            StatusCode::Code(code) => (*code, *code),
            StatusCode::Range(class) => (class * 100, class * 100 + 99),
        };
        let listed = responses
            .iter()
            .map(|(status, response)| (status.to_string(), statuses(status), response));
        let default = default.iter();
        let default = default.map(|response| ("default".to_owned(), ALL, response));
        let mut listed: Vec<_> = listed.chain(default).collect();
        listed.sort_by_key(|(_, (first, last), _)| (last - first, *first));
        let mut described = Vec::new();
        for (key, statuses, response) in listed {
            let at = at.key(&key);
            if let Some((response, at)) = self.response(response, &at) {
                described.push(Described {
                    statuses,
                    response,
                    offers: self.offers(response, statuses.0, method, &Pointer::to(&at)),
                    pointer: at,
                });
            }
        }
        described
    }

    /// Returns what a response offers; those of some statuses and methods have no body, whatever the description says.
    fn offers(
        &mut self,
        response: &'d Response,
        status: u16,
        method: &str,
        at: &Pointer<'_>,
    ) -> Offers<'d> {
        if response.content.is_empty() {
            return Offers::default();
        }
        let at = at.key("content");
        if method == "HEAD" || [204, 205, 304].contains(&status) {
            let what = if method == "HEAD" {
                "a response to HEAD".to_owned()
            } else {
                format!("a response of status {status}")
            };
            let message = format!("{what} has no body (RFC 9110); content left out");
            self.note(NoteKind::Generalised, &at, message);
            return Offers::default();
        }
        let offers = Offers::of(&response.content, &self.schemas, &at.to_string());
        if !offers.dropped.is_empty() {
            let kept = offers.whole.first().and_then(|one| one.offers.first());
            let kept = kept.map_or("*/*", |offer| offer.name);
            let message = format!(
                "`{}` is the same in another form; `{kept}` is asked for",
                offers.dropped.join("`, `")
            );
            self.note(NoteKind::Generalised, &at, message);
        }
        self.note_undecoded(&offers, &at);
        offers
    }

    /// Notes what has a schema that nothing decodes by.
    fn note_undecoded(&mut self, offers: &Offers<'d>, at: &Pointer<'_>) {
        for Representation { reading, offers } in &offers.whole {
            let kept = match reading {
                Reading::Text => "text",
                Reading::Bytes => "bytes",
                Reading::Empty | Reading::Json | Reading::Form => continue,
            };
            for offer in offers {
                let at = at.key(offer.name);
                let schema = schema_of(offer.content, &at.to_string());
                let is_stream = stream_format(offer.name).is_some();
                if !is_stream && schema.is_some_and(|schema| self.is_composite(&schema)) {
                    let message = format!(
                        "`{}` is not decoded by its schema: it is {kept}",
                        offer.name
                    );
                    self.note(NoteKind::Generalised, &at, message);
                }
            }
        }
    }

    pub(super) fn headers_of(&mut self, described: &[Described<'d>]) -> Vec<Name> {
        let mut headers = Vec::new();
        for one in described {
            let at = Pointer::to(&one.pointer);
            for (name, header) in &one.response.headers {
                headers.extend(self.header(name, header, &at.key("headers")));
            }
        }
        headers.sort();
        headers.dedup();
        headers
    }

    fn response(
        &mut self,
        response: &'d ReferenceOr<Response>,
        at: &Pointer<'_>,
    ) -> Option<(&'d Response, String)> {
        match response {
            ReferenceOr::Item(response) => Some((response, at.to_string())),
            ReferenceOr::Reference { reference } => {
                let components = self.openapi.components.as_ref();
                let section = Section {
                    key: "responses",
                    what: "response",
                    items: components.map(|components| &components.responses),
                };
                let found = self.component(reference, &section, at)?;
                Some((found, reference.trim_start_matches('#').to_owned()))
            }
        }
    }
}
