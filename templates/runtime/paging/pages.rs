//! Lists in the asynchronous client: pages and records as streams.

use super::super::client::{Client, Executor, Received, Response};
use super::super::error::{Error, PageError};
use super::super::transport::BoxFuture;
use super::cursor::Cursor;
use super::paged::Paged;
use bytes::Bytes;
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
}

enum State<O> {
    /// Nothing was requested yet.
    First(O),
    /// The next page can be requested.
    Ready(Box<Position>),
    /// The page was requested.
    Fetching(Box<Position>, BoxFuture<'static, Result<Received, Error>>),
    /// The next page must not be requested.
    Rejected(PageError),
    Done,
}

struct Position {
    cursor: Cursor,
    request: http::Request<Bytes>,
}

impl<O: Paged> Pages<O> {
    fn new(executor: Executor, mut operation: O) -> Self {
        operation.bound_page_size();
        Self {
            executor,
            state: State::First(operation),
        }
    }

    /// Returns the next page; `None` after the last one.
    ///
    /// Dropping the future does not cancel the request; the next call continues it.
    ///
    /// # Errors
    /// Returns any [`Error`]; [`Error::Page`] if the next page is on another server.
    pub async fn next(&mut self) -> Option<Result<Response<O::Output>, Error>> {
        poll_fn(|context| self.poll_page(context)).await
    }

    fn poll_page(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Response<O::Output>, Error>>> {
        loop {
            self.state = match std::mem::replace(&mut self.state, State::Done) {
                State::First(operation) => match operation.to_request(&self.executor.config) {
                    Ok(request) => self.begin(request),
                    Err(error) => return Poll::Ready(Some(Err(error))),
                },
                State::Ready(position) => {
                    let request = Ok(position.request.clone());
                    let received = self.executor.execute(O::META, request);
                    State::Fetching(position, received)
                }
                State::Fetching(position, mut received) => {
                    let Poll::Ready(result) = received.as_mut().poll(context) else {
                        self.state = State::Fetching(position, received);
                        return Poll::Pending;
                    };
                    return Poll::Ready(Some(self.receive(position, result)));
                }
                State::Rejected(error) => return Poll::Ready(Some(Err(error.into()))),
                State::Done => return Poll::Ready(None),
            };
        }
    }

    fn begin(&self, request: http::Request<Bytes>) -> State<O> {
        let base_url = self.executor.config.base_url();
        let cursor = Cursor::new(O::META.id, base_url, request.uri().clone());
        State::Ready(Box::new(Position { cursor, request }))
    }

    /// Decodes a page and prepares the request for the next one.
    fn receive(
        &mut self,
        mut position: Box<Position>,
        result: Result<Received, Error>,
    ) -> Result<Response<O::Output>, Error> {
        let Received { response, context } = result?;
        let page = context.handle_response(O::decode(response))?;
        let next = O::next_page(&page.data).and_then(|next| position.cursor.advance(next));
        self.state = match next {
            Some(Ok(uri)) => {
                let uri = self.executor.config.with_query_credentials(&O::META, uri);
                *position.request.uri_mut() = uri;
                State::Ready(position)
            }
            Some(Err(error)) => State::Rejected(error),
            None => State::Done,
        };
        Ok(page)
    }
}

/// The records of a list; it ends after the last record and after an error.
///
/// It implements `Stream` of the crate `futures-core`.
#[must_use = "a stream does nothing until it is polled"]
pub struct Items<O: Paged> {
    pages: Pages<O>,
    page: Option<Response<()>>,
    records: VecDeque<O::Item>,
}

impl<O: Paged> Items<O> {
    fn new(pages: Pages<O>) -> Self {
        Self {
            pages,
            page: None,
            records: VecDeque::new(),
        }
    }

    /// Returns the next record; `None` after the last one.
    ///
    /// Dropping the future does not cancel the request; the next call continues it.
    ///
    /// # Errors
    /// Returns any [`Error`]; [`Error::Page`] if the next page is on another server.
    pub async fn next(&mut self) -> Option<Result<O::Item, Error>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    /// Returns the response of the latest record's page without its data: headers, deviations and so on.
    pub fn page(&self) -> Option<&Response<()>> {
        self.page.as_ref()
    }

    fn poll_item(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<O::Item, Error>>> {
        loop {
            if let Some(record) = self.records.pop_front() {
                return Poll::Ready(Some(Ok(record)));
            }
            match ready!(self.pages.poll_page(context)) {
                Some(Ok(page)) => {
                    let (page, rest) = page.into_parts();
                    self.page = Some(rest);
                    self.records = O::items(page).into();
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
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
