//! Access tokens that are fetched, cached and renewed ahead of their expiry.

use super::super::transport::{BoxFuture, SendError};
use super::token::{Token, TokenError, read_token};
use bytes::Bytes;
use http::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderValue, USER_AGENT};
use http::{Method, Uri};
use std::collections::BTreeMap;
use std::future::Future;
use std::pin::Pin;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread;
use std::time::{Duration, Instant};

/// How long a valid token is used after renewing it failed, before the next attempt.
const RETRY_AFTER: Duration = Duration::from_secs(5);

/// The response of the token URL, and the time when it was received.
pub(crate) type Fetched = (Result<http::Response<Bytes>, SendError>, Instant);

/// The token endpoint of a client, and the cached token.
pub(crate) struct TokenSource {
    /// The URL, or the path of the server.
    url: String,
    authorization: Option<HeaderValue>,
    body: Bytes,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    token: Option<Token>,
    /// The request for a token that is in progress.
    fetch: Option<Arc<Fetch>>,
}

/// A request for a token, which every request that waits for it drives: none depends on another one being polled.
struct Fetch {
    future: Mutex<Option<BoxFuture<'static, Fetched>>>,
    result: OnceLock<Result<HeaderValue, TokenError>>,
    waiting: Arc<Waiting>,
}

/// The requests that wait for a token, by number.
#[derive(Default)]
struct Waiting(Mutex<(u64, BTreeMap<u64, Option<Waker>>)>);

/// How a request gets its token.
pub(crate) enum Turn {
    Use(HeaderValue),
    Wait(TokenWait),
}

impl TokenSource {
    pub(super) fn new(url: String, authorization: Option<HeaderValue>, body: String) -> Self {
        Self {
            url,
            authorization,
            body: body.into(),
            state: Mutex::default(),
        }
    }

    /// Returns the token URL, or the path of the server.
    pub(crate) fn url(&self) -> &str {
        &self.url
    }

    /// Returns the request for a token.
    pub(crate) fn request(&self, url: Uri, user_agent: HeaderValue) -> http::Request<Bytes> {
        let mut request = http::Request::new(self.body.clone());
        *request.method_mut() = Method::POST;
        *request.uri_mut() = url;
        let headers = request.headers_mut();
        headers.insert(ACCEPT, HeaderValue::from_static("application/json"));
        headers.insert(
            CONTENT_TYPE,
            HeaderValue::from_static("application/x-www-form-urlencoded"),
        );
        headers.insert(USER_AGENT, user_agent);
        if let Some(authorization) = &self.authorization {
            headers.insert(AUTHORIZATION, authorization.clone());
        }
        request
    }

    /// Returns the `Authorization` header with a valid token, or a future to wait for one.
    ///
    /// Where no request for a token is in progress, `fetch` begins one. It ends when nothing waits for it any more.
    pub(crate) fn turn(
        self: &Arc<Self>,
        now: Instant,
        fetch: impl FnOnce() -> BoxFuture<'static, Fetched>,
    ) -> Turn {
        let mut state = self.state();
        if let Some(token) = state.token.as_ref().filter(|token| now < token.expiry) {
            if now < token.renew || state.fetch.is_some() {
                return Turn::Use(token.header.clone());
            }
        }
        let fetch = state.fetch.get_or_insert_with(|| {
            Arc::new(Fetch {
                future: Mutex::new(Some(fetch())),
                result: OnceLock::new(),
                waiting: Arc::default(),
            })
        });
        Turn::Wait(TokenWait {
            id: fetch.waiting.enter(),
            fetch: Arc::clone(fetch),
            source: Arc::clone(self),
            is_driving: true,
        })
    }

    /// Drops a token that the API rejected, unless it was replaced already.
    pub(crate) fn forget(&self, header: &HeaderValue) {
        let mut state = self.state();
        if state
            .token
            .as_ref()
            .is_some_and(|token| token.header == *header)
        {
            state.token = None;
        }
    }

    fn drive(&self, fetch: &Fetch) {
        let mut slot = lock(&fetch.future);
        let Some(mut future) = slot.take() else {
            return;
        };
        let unwinding = Unwinding(self, fetch);
        let waker = Waker::from(Arc::clone(&fetch.waiting));
        match future.as_mut().poll(&mut Context::from_waker(&waker)) {
            Poll::Pending => *slot = Some(future),
            Poll::Ready((result, now)) => {
                let result = match result {
                    Ok(response) => read_token(&response, now),
                    Err(error) => Err(TokenError::unreachable(&error)),
                };
                self.settle(fetch, result, now);
            }
        }
        drop(unwinding);
    }

    /// Ends a request for a token.
    fn settle(&self, fetch: &Fetch, result: Result<Token, TokenError>, now: Instant) {
        let mut state = self.state();
        state.fetch = None;
        let result = match (result, &mut state.token) {
            (Ok(token), current) => {
                let header = token.header.clone();
                *current = Some(token);
                Ok(header)
            }
            (Err(_), Some(old)) if now < old.expiry => {
                old.renew = now + RETRY_AFTER;
                Ok(old.header.clone())
            }
            (Err(error), _) => Err(error),
        };
        drop(state);
        let _ = fetch.result.set(result);
        fetch.waiting.wake_all();
    }

    fn state(&self) -> MutexGuard<'_, State> {
        lock(&self.state)
    }
}

/// Ends a request for a token that panics.
struct Unwinding<'a>(&'a TokenSource, &'a Fetch);

impl Drop for Unwinding<'_> {
    fn drop(&mut self) {
        if thread::panicking() && self.1.result.get().is_none() {
            self.0
                .settle(self.1, Err(TokenError::panicked()), Instant::now());
        }
    }
}

impl Waiting {
    fn enter(&self) -> u64 {
        let (next, wakers) = &mut *lock(&self.0);
        *next += 1;
        wakers.insert(*next, None);
        *next
    }

    fn set_waker(&self, id: u64, waker: &Waker) {
        let (_, wakers) = &mut *lock(&self.0);
        wakers.insert(id, Some(waker.clone()));
    }

    /// Removes a request, and returns whether it was the last one.
    fn leave(&self, id: u64) -> bool {
        let (_, wakers) = &mut *lock(&self.0);
        wakers.remove(&id);
        wakers.is_empty()
    }

    fn wake_all(&self) {
        let wakers: Vec<Waker> = {
            let (_, wakers) = &mut *lock(&self.0);
            wakers.values_mut().filter_map(Option::take).collect()
        };
        wakers.into_iter().for_each(Waker::wake);
    }
}

impl Wake for Waiting {
    fn wake(self: Arc<Self>) {
        self.wake_all();
    }
}

/// A request that waits for a token.
pub(crate) struct TokenWait {
    source: Arc<TokenSource>,
    fetch: Arc<Fetch>,
    id: u64,
    is_driving: bool,
}

impl TokenWait {
    /// Whether this one began the request for the token.
    pub(crate) fn is_first(&self) -> bool {
        self.id == 1
    }

    /// Returns one that drives the request for the token in the place of this one, which only waits from now on.
    pub(crate) fn split_driver(&mut self) -> Self {
        self.is_driving = false;
        Self {
            source: Arc::clone(&self.source),
            id: self.fetch.waiting.enter(),
            fetch: Arc::clone(&self.fetch),
            is_driving: true,
        }
    }

    /// Drives the request for the token.
    pub(crate) fn drive(&mut self) {
        self.is_driving = true;
    }

    /// Leaves driving to another one.
    pub(crate) fn rest(&mut self) {
        self.is_driving = false;
    }
}

impl Future for TokenWait {
    type Output = Result<HeaderValue, TokenError>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        self.fetch.waiting.set_waker(self.id, context.waker());
        if self.is_driving {
            self.source.drive(&self.fetch);
        }
        match self.fetch.result.get() {
            Some(result) => Poll::Ready(result.clone()),
            None => Poll::Pending,
        }
    }
}

impl Drop for TokenWait {
    fn drop(&mut self) {
        let mut state = self.source.state();
        let is_current = |fetch: &mut Arc<Fetch>| Arc::ptr_eq(fetch, &self.fetch);
        let abandoned = if self.fetch.waiting.leave(self.id) {
            state.fetch.take_if(is_current)
        } else {
            None
        };
        drop(state);
        drop(abandoned);
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
