//! Bodies that are not held in memory, in the blocking client.

use super::super::error::Error;
use super::super::transport::{RequestBody, block_on};
use super::blocking::Client;
use super::download;
use super::operation::Operation;
use super::response::Response;
use bytes::Bytes;
use http::{HeaderMap, StatusCode};
use std::io::{self, Read, Write};

impl Client {
    /// Sends a request and returns its response once the head of that is received; the body is received while it is read,
    /// and has no size limit.
    ///
    /// The limits are those of streams; see [`Limits::idle_timeout`](super::super::Limits::idle_timeout).
    ///
    /// # Errors
    /// Returns any [`Error`].
    pub fn download<O: Operation>(&self, operation: O) -> Result<Download, Error> {
        let download = block_on(self.async_client().download(operation))?;
        Ok(Download {
            download,
            rest: Bytes::new(),
        })
    }

    /// Sends a request with another body, which is read while it is sent, and decodes its response.
    ///
    /// The body takes the place of the one that the operation writes, which may be empty; its media type stays.
    ///
    /// # Errors
    /// Returns any [`Error`].
    pub fn upload<O: Operation>(
        &self,
        operation: O,
        body: impl Into<RequestBody>,
    ) -> Result<Response<O::Output>, Error> {
        block_on(self.async_client().upload(operation, body))
    }
}

/// A response whose body is received while it is read: with [`Read`], chunk by chunk, or into a writer.
#[derive(Debug)]
#[must_use = "a body is not received before it is read"]
pub struct Download {
    download: download::Download,
    /// What was received and not read yet.
    rest: Bytes,
}

impl Download {
    /// Writes the rest of the body, and returns its length in bytes.
    ///
    /// # Errors
    /// Returns the error of the writer, or of the connection.
    pub fn copy_to(&mut self, writer: &mut (impl Write + ?Sized)) -> io::Result<u64> {
        let mut written = 0;
        while let Some(chunk) = self.chunk() {
            let chunk = chunk.map_err(io::Error::other)?;
            writer.write_all(&chunk)?;
            written += chunk.len() as u64;
        }
        Ok(written)
    }

    /// Returns the next chunk; `None` at the end.
    ///
    /// # Errors
    /// Returns [`Error::Send`] when the connection breaks or nothing is received for too long.
    pub fn chunk(&mut self) -> Option<Result<Bytes, Error>> {
        if !self.rest.is_empty() {
            return Some(Ok(std::mem::take(&mut self.rest)));
        }
        block_on(self.download.chunk())
    }

    /// Returns the status.
    pub fn status(&self) -> StatusCode {
        self.download.status()
    }

    /// Returns the headers.
    pub fn headers(&self) -> &HeaderMap {
        self.download.headers()
    }

    /// Returns the id that the server gave the request, from headers such as `X-Request-Id`.
    pub fn request_id(&self) -> Option<&str> {
        self.download.request_id()
    }

    /// Returns the length of the body, if the server announced it.
    pub fn length(&self) -> Option<u64> {
        self.download.length()
    }

    /// Returns the number of bytes that were received so far.
    pub fn received(&self) -> u64 {
        self.download.received()
    }
}

impl Read for Download {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if self.rest.is_empty() {
            match self.chunk() {
                Some(chunk) => self.rest = chunk.map_err(io::Error::other)?,
                None => return Ok(0),
            }
        }
        let length = self.rest.len().min(buffer.len());
        let read = self.rest.split_to(length);
        buffer[..length].copy_from_slice(&read);
        Ok(length)
    }
}
