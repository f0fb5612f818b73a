//! The body of a request, which need not be in memory.

use super::body_stream::CHUNK;
use bytes::Bytes;
use futures_core::Stream;
use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

/// The body of a request: bytes, a file, or a source that can be read once.
///
/// Clones share their source and their [progress](Self::progress).
#[derive(Clone)]
pub struct RequestBody {
    source: Source,
    length: Option<u64>,
    progress: Progress,
}

#[derive(Clone)]
enum Source {
    Bytes(Bytes),
    /// It is opened for each attempt.
    File(Arc<Path>),
    Once(Arc<Mutex<Option<Once>>>),
}

/// A source that can be read once, so that a request with it is not sent again once reading began.
enum Once {
    Reader(Box<dyn Read + Send>),
    Stream(ChunkStream),
}

pub(super) type ChunkStream = Pin<Box<dyn Stream<Item = io::Result<Bytes>> + Send>>;

/// What a transport reads a body from.
pub(super) enum Content {
    Bytes(Bytes),
    Reader(Box<dyn Read + Send>),
    Stream(ChunkStream),
}

/// How many bytes of a body were sent so far.
#[derive(Debug, Clone, Default)]
pub struct Progress(Arc<AtomicU64>);

impl Progress {
    /// Returns the number of bytes that the transport took so far, in the latest attempt.
    pub fn sent(&self) -> u64 {
        self.0.load(Ordering::Relaxed)
    }

    pub(crate) fn add(&self, bytes: usize) {
        self.0.fetch_add(bytes as u64, Ordering::Relaxed);
    }

    fn restart(&self) {
        self.0.store(0, Ordering::Relaxed);
    }
}

impl RequestBody {
    /// Creates a body that is the content of a file, which is opened for each attempt.
    ///
    /// # Errors
    /// Returns an error when there is no such file.
    pub fn from_file(path: impl Into<PathBuf>) -> io::Result<Self> {
        let path = path.into();
        let length = std::fs::metadata(&path)?.len();
        Ok(Self::new(Source::File(path.into()), Some(length)))
    }

    /// Creates a body that is read while it is sent. A request with it is sent once.
    ///
    /// The length is announced in `Content-Length` if it is known, otherwise the body is sent in chunks.
    pub fn from_reader(reader: impl Read + Send + 'static, length: Option<u64>) -> Self {
        Self::once(Once::Reader(Box::new(reader)), length)
    }

    /// Creates a body from a stream of chunks, for the asynchronous client. A request with it is sent once.
    pub fn from_stream<S, B, E>(stream: S, length: Option<u64>) -> Self
    where
        S: Stream<Item = Result<B, E>> + Send + 'static,
        B: Into<Bytes>,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        Self::once(Once::Stream(Box::pin(Converted(Box::pin(stream)))), length)
    }

    fn once(once: Once, length: Option<u64>) -> Self {
        Self::new(Source::Once(Arc::new(Mutex::new(Some(once)))), length)
    }

    fn new(source: Source, length: Option<u64>) -> Self {
        Self {
            source,
            length,
            progress: Progress::default(),
        }
    }

    /// Returns the length in bytes, if it is known.
    pub fn length(&self) -> Option<u64> {
        self.length
    }

    /// Returns a handle that tells how many bytes were sent so far.
    pub fn progress(&self) -> Progress {
        self.progress.clone()
    }

    /// Returns the bytes, if the body is in memory.
    pub fn as_bytes(&self) -> Option<&Bytes> {
        match &self.source {
            Source::Bytes(bytes) => Some(bytes),
            Source::File(_) | Source::Once(_) => None,
        }
    }

    /// Whether the body can be sent in another attempt.
    pub(crate) fn is_available(&self) -> bool {
        match &self.source {
            Source::Bytes(_) | Source::File(_) => true,
            Source::Once(once) => once
                .lock()
                .unwrap_or_else(PoisonError::into_inner)
                .is_some(),
        }
    }

    /// Returns a reader of the body. A source that is not a file or in memory can be read once.
    ///
    /// # Errors
    /// Returns an error when the file cannot be opened, when the source was read already, and when it is a stream for the
    /// asynchronous client.
    pub fn reader(&self) -> io::Result<Box<dyn Read + Send>> {
        match self.content()? {
            Content::Bytes(bytes) => Ok(Box::new(Counted {
                reader: Box::new(io::Cursor::new(bytes)),
                progress: self.progress(),
            })),
            Content::Reader(reader) => Ok(Box::new(Counted {
                reader,
                progress: self.progress(),
            })),
            Content::Stream(_) => {
                let message = "an asynchronous stream cannot be sent by a blocking transport";
                Err(io::Error::new(io::ErrorKind::Unsupported, message))
            }
        }
    }

    pub(super) fn content(&self) -> io::Result<Content> {
        self.progress.restart();
        match &self.source {
            Source::Bytes(bytes) => Ok(Content::Bytes(bytes.clone())),
            Source::File(path) => Ok(Content::Reader(Box::new(File::open(path)?))),
            Source::Once(once) => {
                let once = once.lock().unwrap_or_else(PoisonError::into_inner).take();
                match once {
                    Some(Once::Reader(reader)) => Ok(Content::Reader(reader)),
                    Some(Once::Stream(stream)) => Ok(Content::Stream(stream)),
                    None => Err(io::Error::other("the body was sent already")),
                }
            }
        }
    }

    /// Reads the whole body into memory, for transports that do not stream.
    pub(crate) async fn collect(self) -> io::Result<Bytes> {
        match self.content()? {
            Content::Bytes(bytes) => Ok(bytes),
            Content::Reader(mut reader) => {
                let mut body = Vec::new();
                reader.read_to_end(&mut body)?;
                Ok(body.into())
            }
            Content::Stream(mut stream) => {
                let mut body = Vec::new();
                while let Some(chunk) =
                    std::future::poll_fn(|context| stream.as_mut().poll_next(context)).await
                {
                    body.extend_from_slice(&chunk?);
                }
                Ok(body.into())
            }
        }
    }
}

impl From<Bytes> for RequestBody {
    fn from(bytes: Bytes) -> Self {
        let length = bytes.len() as u64;
        Self::new(Source::Bytes(bytes), Some(length))
    }
}

impl From<Vec<u8>> for RequestBody {
    fn from(bytes: Vec<u8>) -> Self {
        Bytes::from(bytes).into()
    }
}

impl fmt::Debug for RequestBody {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RequestBody")
            .field("length", &self.length)
            .field("progress", &self.progress)
            .finish_non_exhaustive()
    }
}

/// A reader that counts what is read.
struct Counted {
    reader: Box<dyn Read + Send>,
    progress: Progress,
}

impl Read for Counted {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let most = buffer.len().min(CHUNK);
        let length = self.reader.read(&mut buffer[..most])?;
        self.progress.add(length);
        Ok(length)
    }
}

/// A stream whose chunks and errors are converted.
struct Converted<S>(Pin<Box<S>>);

impl<S, B, E> Stream for Converted<S>
where
    S: Stream<Item = Result<B, E>>,
    B: Into<Bytes>,
    E: Into<Box<dyn std::error::Error + Send + Sync>>,
{
    type Item = io::Result<Bytes>;

    fn poll_next(
        mut self: Pin<&mut Self>,
        context: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Self::Item>> {
        let chunk = self.0.as_mut().poll_next(context);
        chunk.map(|chunk| Some(chunk?.map(Into::into).map_err(io::Error::other)))
    }
}
