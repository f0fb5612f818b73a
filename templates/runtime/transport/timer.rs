//! Waiting without knowing the runtime, and running a future without one.

use std::future::Future;
use std::io;
use std::pin::{Pin, pin};
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, Wake, Waker};
use std::thread::{self, Thread};
use std::time::{Duration, Instant};

/// A future that is ready after a while. A thread of its own wakes it.
pub(crate) struct Timer {
    duration: Duration,
    started: Option<(Instant, Arc<Mutex<Waker>>)>,
}

impl Timer {
    pub(crate) fn new(duration: Duration) -> Self {
        Self {
            duration,
            started: None,
        }
    }

    fn start(&mut self, waker: &Waker) -> io::Result<()> {
        let duration = self.duration;
        let slot = Arc::new(Mutex::new(waker.clone()));
        self.started = Some((Instant::now(), Arc::clone(&slot)));
        thread::Builder::new().spawn(move || {
            thread::sleep(duration);
            slot.lock()
                .unwrap_or_else(PoisonError::into_inner)
                .wake_by_ref();
        })?;
        Ok(())
    }
}

impl Future for Timer {
    type Output = ();

    fn poll(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<()> {
        let Some((begin, slot)) = &self.started else {
            if self.start(context.waker()).is_ok() {
                return Poll::Pending;
            }
            // Without a thread to spare, waiting on this one is the way that is left.
            thread::sleep(self.duration);
            return Poll::Ready(());
        };
        slot.lock()
            .unwrap_or_else(PoisonError::into_inner)
            .clone_from(context.waker());
        // Looked at after the waker is in its place, so that none is missed.
        if begin.elapsed() >= self.duration {
            return Poll::Ready(());
        }
        Poll::Pending
    }
}

/// Runs a future to its end on this thread, which sleeps while there is nothing to do.
pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    let mut future = pin!(future);
    // What is ready at once, such as the next event of a chunk, needs no waker.
    if let Poll::Ready(output) = future
        .as_mut()
        .poll(&mut Context::from_waker(Waker::noop()))
    {
        return output;
    }
    loop {
        if let Some(output) = block_on_within(future.as_mut(), Duration::MAX) {
            return output;
        }
    }
}

/// Runs a future on this thread, for a time at most.
pub(crate) fn block_on_within<F: Future>(future: F, timeout: Duration) -> Option<F::Output> {
    let begin = Instant::now();
    let waker = Waker::from(Arc::new(Unpark(thread::current())));
    let mut context = Context::from_waker(&waker);
    let mut future = pin!(future);
    loop {
        if let Poll::Ready(output) = future.as_mut().poll(&mut context) {
            return Some(output);
        }
        match timeout.checked_sub(begin.elapsed()) {
            Some(left) if !left.is_zero() => thread::park_timeout(left),
            _ => return None,
        }
    }
}

struct Unpark(Thread);

impl Wake for Unpark {
    fn wake(self: Arc<Self>) {
        self.0.unpark();
    }
}

#[cfg(test)]
mod tests {
    use super::{Timer, block_on};
    use std::future::poll_fn;
    use std::task::Poll;
    use std::thread;
    use std::time::Duration;

    #[test]
    fn a_future_is_polled_again_when_another_thread_wakes_it() {
        let mut polls = 0;
        let future = poll_fn(|context| {
            polls += 1;
            if polls == 3 {
                return Poll::Ready("done");
            }
            let waker = context.waker().clone();
            thread::spawn(move || waker.wake());
            Poll::Pending
        });
        assert_eq!(block_on(future), "done");
    }

    #[test]
    fn a_timer_is_ready_when_its_thread_has_waited() {
        block_on(Timer::new(Duration::ZERO));
    }
}
