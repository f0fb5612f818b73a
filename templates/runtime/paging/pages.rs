//! Lists in the asynchronous client: pages and records as streams.

use super::super::client::{
    Client, Executor, Received, ReceivedContext, Response, check_status, decode_with,
};
use super::super::decode::{Decoded, RecordError, decode_with as decode_body};
use super::super::error::{DecodeError, Error, PageError};
use super::super::transport::BoxFuture;
use super::cursor::Cursor;
use super::page_request::PageRequest;
use super::paged::Paged;
use super::position::{Position, list};
use bytes::Bytes;
use http::StatusCode;
use http::header::{CONTENT_TYPE, HeaderMap, HeaderValue};
use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

impl Client {
    /// Returns a stream of the pages of a list, as responses.
    ///
    /// No page is requested before it is polled.
    pub fn pages<O: Paged>(&self, request: O) -> Pages<O> {
        Pages::new(self.executor().clone(), request)
    }

    /// Returns a stream of the records of all pages of a list.
    ///
    /// No page is requested before one of its records is polled.
    pub fn items<O: Paged>(&self, request: O) -> Items<O> {
        Items::new(self.pages(request))
    }
}

/// The pages of a list; it ends after the last page and after an error.
///
/// It implements `Stream` of the crate `futures-core`.
#[must_use = "a stream does nothing until it is polled"]
pub struct Pages<O: Paged> {
    executor: Executor,
    state: State<O>,
    /// How many records are wanted.
    limit: Option<usize>,
}

enum State<O> {
    /// Nothing was requested yet.
    First(O),
    /// The next page can be requested.
    Ready(Box<Walk>),
    /// The page was requested.
    Fetching(Box<Walk>, BoxFuture<'static, Result<Received, Error>>),
    /// The next page must not be requested.
    Rejected(PageError),
    Done,
}

/// The way through the pages.
struct Walk {
    cursor: Cursor,
    request: http::Request<Bytes>,
}

/// A page that was received, before it is decoded.
struct Fetched {
    walk: Box<Walk>,
    response: http::Response<Bytes>,
    context: ReceivedContext,
}

impl<O: Paged> Pages<O> {
    fn new(executor: Executor, operation: O) -> Self {
        Self {
            executor,
            state: State::First(operation),
            limit: None,
        }
    }

    /// Returns the next page; `None` after the last one.
    ///
    /// Dropping the future does not cancel the request; the next call continues it.
    ///
    /// # Errors
    /// Returns any [`Error`]; [`Error::Page`] if the next page is on another server, or was returned already.
    pub async fn next(&mut self) -> Option<Result<Response<O::Output>, Error>> {
        poll_fn(|context| self.poll_page(context)).await
    }

    fn poll_page(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Response<O::Output>, Error>>> {
        let fetched = match ready!(self.poll_fetched(context)) {
            Some(Ok(fetched)) => fetched,
            Some(Err(error)) => return Poll::Ready(Some(Err(error))),
            None => return Poll::Ready(None),
        };
        let Fetched {
            walk,
            response,
            context,
        } = fetched;
        let page = context.handle_response(O::decode(response));
        if let Ok(page) = &page {
            let position = decode_body(page.body(), |root| {
                let list = list(root, &O::PAGING).ok().flatten();
                Ok(Position::of(root, list, &O::PAGING))
            });
            let position = position.map(|decoded| decoded.value).unwrap_or_default();
            self.prepare(walk, &position, page.headers());
        }
        Poll::Ready(Some(page))
    }

    /// Fetches the next page.
    fn poll_fetched(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Fetched, Error>>> {
        loop {
            self.state = match std::mem::replace(&mut self.state, State::Done) {
                State::First(operation) => match operation.to_request(self.executor.config()) {
                    Ok(request) => self.begin(request),
                    Err(error) => return Poll::Ready(Some(Err(error))),
                },
                State::Ready(walk) => {
                    let request = Ok(walk.request.clone());
                    let received = self.executor.execute(O::META, request);
                    State::Fetching(walk, received)
                }
                State::Fetching(walk, mut received) => {
                    let Poll::Ready(result) = received.as_mut().poll(context) else {
                        self.state = State::Fetching(walk, received);
                        return Poll::Pending;
                    };
                    return Poll::Ready(Some(result.map(|received| Fetched {
                        walk,
                        response: received.response,
                        context: received.context,
                    })));
                }
                State::Rejected(error) => return Poll::Ready(Some(Err(error.into()))),
                State::Done => return Poll::Ready(None),
            };
        }
    }

    fn begin(&self, request: http::Request<Bytes>) -> State<O> {
        let base_url = self.executor.config().base_url();
        let first = PageRequest {
            uri: request.uri().clone(),
            body: request.body().clone(),
            place: O::PAGING.place,
        };
        let cursor = Cursor::new(&O::META, O::PAGING, base_url, first, self.limit);
        let mut walk = Box::new(Walk { cursor, request });
        let page = walk.cursor.current().clone();
        walk.request_page(page);
        State::Ready(walk)
    }

    /// Prepares the request for the page after one.
    fn prepare(&mut self, mut walk: Box<Walk>, position: &Position, headers: &HeaderMap) {
        self.state = match walk.cursor.advance(position, headers) {
            Some(Ok(mut page)) => {
                let config = self.executor.config();
                page.uri = config.with_query_credentials(&O::META, page.uri);
                walk.request_page(page);
                State::Ready(walk)
            }
            Some(Err(error)) => State::Rejected(error),
            None => State::Done,
        };
    }
}

impl Walk {
    fn request_page(&mut self, page: PageRequest) {
        *self.request.uri_mut() = page.uri;
        // A body that the caller left out is needed for the parameters.
        if self.request.body().is_empty() && !page.body.is_empty() {
            let headers = self.request.headers_mut();
            let kind = headers.entry(CONTENT_TYPE);
            kind.or_insert(HeaderValue::from_static("application/json"));
        }
        *self.request.body_mut() = page.body;
    }
}

/// The records of a list; it ends after the last record and after an error.
///
/// A record that cannot be decoded is an [`Error::Record`], after which the next one can be read.
///
/// It implements `Stream` of the crate `futures-core`.
#[must_use = "a stream does nothing until it is polled"]
pub struct Items<O: Paged> {
    pages: Pages<O>,
    page: Option<Response<()>>,
    records: VecDeque<Result<O::Item, RecordError>>,
    /// How many records are wanted still.
    left: Option<usize>,
}

/// The records of a page, and what it says about the next one.
type Page<T> = (Vec<Result<T, RecordError>>, Position);

impl<O: Paged> Items<O> {
    fn new(pages: Pages<O>) -> Self {
        Self {
            pages,
            page: None,
            records: VecDeque::new(),
            left: None,
        }
    }

    /// Ends the list after `count` records, and requests pages that are no larger, as far as the API has a parameter for
    /// that and the request does not set it.
    pub fn limit(mut self, count: usize) -> Self {
        self.pages.limit = Some(count);
        self.left = Some(count);
        self
    }

    /// Returns the next record; `None` after the last one.
    ///
    /// Dropping the future does not cancel the request; the next call continues it.
    ///
    /// # Errors
    /// Returns [`Error::Record`] for a record that cannot be decoded, and any other [`Error`] when the list cannot go on.
    pub async fn next(&mut self) -> Option<Result<O::Item, Error>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    /// Returns the response of the latest record's page without its data: headers, deviations and so on.
    pub fn page(&self) -> Option<&Response<()>> {
        self.page.as_ref()
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<O::Item, Error>>> {
        loop {
            if self.left == Some(0) {
                return Poll::Ready(None);
            }
            if let Some(record) = self.records.pop_front() {
                self.left = self.left.map(|left| left - 1);
                return Poll::Ready(Some(record.map_err(Error::from)));
            }
            match ready!(self.pages.poll_fetched(context)) {
                Some(Ok(fetched)) => {
                    if let Err(error) = self.receive(fetched) {
                        return Poll::Ready(Some(Err(error)));
                    }
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }

    /// Decodes the records of a page and prepares the request for the next one.
    fn receive(&mut self, fetched: Fetched) -> Result<(), Error> {
        let Fetched {
            walk,
            response,
            context,
        } = fetched;
        let page = context.handle_response(decode_page::<O>(response))?;
        let ((records, position), rest) = page.into_parts();
        self.pages.prepare(walk, &position, rest.headers());
        self.page = Some(rest);
        self.records = records.into();
        Ok(())
    }
}

/// Decodes the records of a page, each for itself, and what the page says about the next one.
fn decode_page<O: Paged>(
    response: http::Response<Bytes>,
) -> Result<Response<Page<O::Item>>, Error> {
    let response = check_status(&O::META, response)?;
    // A response without a body has no records.
    if response.status() == StatusCode::NO_CONTENT || !response.status().is_success() {
        return Ok(decode_with(O::META.id, response, |_| {
            Ok(Decoded::plain((Vec::new(), Position::default())))
        })?);
    }
    if response.body().trim_ascii().is_empty() {
        let (head, body) = response.into_parts();
        let reason = "expected a list, found nothing";
        return Err(DecodeError::of_body(O::META.id, reason, head, body).into());
    }
    Ok(decode_with(O::META.id, response, |body| {
        decode_body(body.bytes, |root| {
            let list = list(root, &O::PAGING)?;
            let records = match list {
                Some(list) => list.records()?,
                None => Vec::new(),
            };
            Ok((records, Position::of(root, list, &O::PAGING)))
        })
    })?)
}

/// No field is pinned: the future of the request is on the heap.
impl<O: Paged> Unpin for Pages<O> {}

impl<O: Paged> Unpin for Items<O> {}

impl<O: Paged> futures_core::Stream for Pages<O> {
    type Item = Result<Response<O::Output>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(context)
    }
}

impl<O: Paged> futures_core::Stream for Items<O> {
    type Item = Result<O::Item, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_item(context)
    }
}

impl<O: Paged> fmt::Debug for Pages<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Pages")
            .field("operation", &O::META.id)
            .finish_non_exhaustive()
    }
}

impl<O: Paged> fmt::Debug for Items<O> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Items")
            .field("operation", &O::META.id)
            .field("records", &self.records.len())
            .finish_non_exhaustive()
    }
}
