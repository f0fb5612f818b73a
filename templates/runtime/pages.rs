//! Lists in the asynchronous client: pages and records as streams.

use super::error::Error;
use super::exchange::{Answer, Core};
use super::paging::{PageError, Paged, Walk};
use super::response::Response;
use super::transport::BoxFuture;
use bytes::Bytes;
use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
#[cfg(feature = "client")]
use std::pin::Pin;
use std::task::{Context, Poll, ready};

/// The pages of a list, in turn; it ends after the last page and after an error.
///
/// It is a [`Stream`](https://docs.rs/futures-core) with the feature `client`, and has
/// [`next`](Self::next) without it.
#[must_use = "a stream does nothing until it is asked for a page"]
pub struct Pages<O: Paged> {
    core: Core,
    state: State<O>,
}

enum State<O> {
    /// The list was not asked for yet.
    First(O),
    /// The request for the page that comes next.
    Ready(Box<Position>),
    /// The page is on its way.
    Fetching(Box<Position>, BoxFuture<'static, Result<Answer, Error>>),
    /// The next page may not be fetched.
    Refused(PageError),
    Done,
}

struct Position {
    walk: Walk,
    request: http::Request<Bytes>,
}

impl<O: Paged> Pages<O> {
    pub(super) fn new(core: Core, mut operation: O) -> Self {
        operation.bound_page_size();
        Self {
            core,
            state: State::First(operation),
        }
    }

    /// Returns the next page; `None` after the last one.
    ///
    /// Dropping the future keeps the request going, and the next call waits for it.
    ///
    /// # Errors
    /// Returns any [`Error`]; [`Error::Page`] when the next page is not on the server of the list.
    pub async fn next(&mut self) -> Option<Result<Response<O::Output>, Error>> {
        poll_fn(|context| self.poll_page(context)).await
    }

    fn poll_page(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Response<O::Output>, Error>>> {
        loop {
            self.state = match std::mem::replace(&mut self.state, State::Done) {
                State::First(operation) => match operation.to_request(&self.core.config) {
                    Ok(request) => self.begin(request),
                    Err(error) => return Poll::Ready(Some(Err(error))),
                },
                State::Ready(position) => {
                    let request = Ok(position.request.clone());
                    let exchange = self.core.exchange(O::META, request);
                    State::Fetching(position, exchange)
                }
                State::Fetching(position, mut exchange) => {
                    let Poll::Ready(outcome) = exchange.as_mut().poll(context) else {
                        self.state = State::Fetching(position, exchange);
                        return Poll::Pending;
                    };
                    return Poll::Ready(Some(self.arrive(position, outcome)));
                }
                State::Refused(error) => return Poll::Ready(Some(Err(error.into()))),
                State::Done => return Poll::Ready(None),
            };
        }
    }

    fn begin(&self, request: http::Request<Bytes>) -> State<O> {
        let base_url = self.core.config.base_url();
        let walk = Walk::new(O::META.id, base_url, request.uri().clone());
        State::Ready(Box::new(Position { walk, request }))
    }

    /// Decodes a page and prepares the way to the next one.
    fn arrive(
        &mut self,
        mut position: Box<Position>,
        outcome: Result<Answer, Error>,
    ) -> Result<Response<O::Output>, Error> {
        let Answer { response, epilogue } = outcome?;
        let page = epilogue.conclude(O::decode(response))?;
        let next = O::next_page(&page).and_then(|next| position.walk.advance(next));
        self.state = match next {
            Some(Ok(uri)) => {
                let uri = self.core.config.with_query_credential(&O::META, uri);
                *position.request.uri_mut() = uri;
                State::Ready(position)
            }
            Some(Err(error)) => State::Refused(error),
            None => State::Done,
        };
        Ok(page)
    }
}

/// The records of a list, in turn; it ends after the last record and after an error.
///
/// It is a [`Stream`](https://docs.rs/futures-core) with the feature `client`, and has
/// [`next`](Self::next) without it.
#[must_use = "a stream does nothing until it is asked for a record"]
pub struct Items<O: Paged> {
    pages: Pages<O>,
    page: Option<Response<()>>,
    records: VecDeque<O::Item>,
}

impl<O: Paged> Items<O> {
    pub(super) fn new(pages: Pages<O>) -> Self {
        Self {
            pages,
            page: None,
            records: VecDeque::new(),
        }
    }

    /// Returns the next record; `None` after the last one.
    ///
    /// Dropping the future keeps the request going, and the next call waits for it.
    ///
    /// # Errors
    /// Returns any [`Error`]; [`Error::Page`] when the next page is not on the server of the list.
    pub async fn next(&mut self) -> Option<Result<O::Item, Error>> {
        poll_fn(|context| self.poll_item(context)).await
    }

    /// Returns what came with the page of the latest record, such as headers and deviations.
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

/// Nothing in it is pinned: the request on its way is on the heap.
impl<O: Paged> Unpin for Pages<O> {}

impl<O: Paged> Unpin for Items<O> {}

#[cfg(feature = "client")]
impl<O: Paged> futures_core::Stream for Pages<O> {
    type Item = Result<Response<O::Output>, Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_page(context)
    }
}

#[cfg(feature = "client")]
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
