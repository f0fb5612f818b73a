//! Lists in the blocking client: pages and records as iterators.

use super::super::client::{Response, blocking::Client};
use super::super::error::Error;
use super::super::transport::block_on;
use super::paged::Paged;
use super::pages;

impl Client {
    /// Returns an iterator of the pages of a list, as responses.
    ///
    /// No page is requested before the iterator reaches it.
    pub fn pages<O: Paged>(&self, request: O) -> Pages<O> {
        Pages(self.async_client().pages(request))
    }

    /// Returns an iterator of the records of all pages of a list.
    ///
    /// No page is requested before the iterator reaches one of its records.
    pub fn items<O: Paged>(&self, request: O) -> Items<O> {
        Items(self.async_client().items(request))
    }
}

/// The pages of a list; it ends after the last page and after an error.
#[derive(Debug)]
#[must_use = "iterators are lazy"]
pub struct Pages<O: Paged>(pages::Pages<O>);

impl<O: Paged> Iterator for Pages<O> {
    type Item = Result<Response<O::Output>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        block_on(self.0.next())
    }
}

impl<O: Paged> std::iter::FusedIterator for Pages<O> {}

/// The records of a list; it ends after the last record and after an error.
///
/// A record that cannot be decoded is an [`Error::Record`], after which the next one can be read.
#[derive(Debug)]
#[must_use = "iterators are lazy"]
pub struct Items<O: Paged>(pages::Items<O>);

impl<O: Paged> Items<O> {
    /// Ends the list after `count` records, and requests pages that are no larger, as far as the API has a parameter for
    /// that and the request does not set it.
    pub fn limit(self, count: usize) -> Self {
        Self(self.0.limit(count))
    }

    /// Returns the response of the latest record's page without its data: headers, deviations and so on.
    pub fn page(&self) -> Option<&Response<()>> {
        self.0.page()
    }
}

impl<O: Paged> Iterator for Items<O> {
    type Item = Result<O::Item, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        block_on(self.0.next())
    }
}

impl<O: Paged> std::iter::FusedIterator for Items<O> {}
