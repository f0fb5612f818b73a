//! The same work on many items, on every core.

use std::mem;
use std::num::NonZero;
use std::ops::Deref;
use std::panic::resume_unwind;
use std::sync::LazyLock;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{Builder, Scope, ScopedJoinHandle, available_parallelism, scope};

/// As large as that of the main thread, so that what can be nested does not depend on where it is read.
const STACK: usize = 8 << 20;

/// Bytes of a text from which on two threads read it in less time than one.
pub(crate) const LONG: usize = 1 << 16;

/// The cores of this machine.
static CORES: LazyLock<Cores> =
    LazyLock::new(|| Cores::new(available_parallelism().map_or(1, NonZero::get)));

struct Cores {
    all: usize,
    /// The threads that are at work: the one that asks for work to be done, and each that holds a [`Core`].
    at_work: AtomicUsize,
}

/// A core for another thread.
struct Core<'c>(&'c Cores);

impl Cores {
    fn new(all: usize) -> Self {
        Self {
            all,
            at_work: AtomicUsize::new(1),
        }
    }

    /// Takes a core; none where all are taken, as by what this is a part of.
    fn take(&self) -> Option<Core<'_>> {
        let one_more = |count| (count < self.all).then_some(count + 1);
        let taken = self
            .at_work
            .fetch_update(Ordering::Relaxed, Ordering::Relaxed, one_more);
        taken.ok().map(|_| Core(self))
    }
}

impl Drop for Core<'_> {
    fn drop(&mut self) {
        self.0.at_work.fetch_sub(1, Ordering::Relaxed);
    }
}

/// Starts another thread; none where no core or no thread can be had.
fn start<'scope, T: Send + 'scope>(
    scope: &'scope Scope<'scope, '_>,
    work: impl FnOnce() -> T + Send + 'scope,
) -> Option<ScopedJoinHandle<'scope, T>> {
    let core = CORES.take()?;
    let work = move || {
        let _core = core;
        work()
    };
    let builder = Builder::new().stack_size(STACK);
    builder.spawn_scoped(scope, work).ok()
}

/// Waits for another thread, which can have the core of this one meanwhile.
fn wait<T>(helper: ScopedJoinHandle<'_, T>) -> T {
    CORES.at_work.fetch_sub(1, Ordering::Relaxed);
    let result = helper.join();
    CORES.at_work.fetch_add(1, Ordering::Relaxed);
    result.unwrap_or_else(|panic| resume_unwind(panic))
}

/// Does the work on each item; the results are in the order of the items.
pub(crate) fn map<I: Sync, T: Send>(items: &[I], work: impl Fn(&I) -> T + Sync) -> Vec<T> {
    let next = AtomicUsize::new(0);
    let run = || {
        let mut done = Vec::new();
        loop {
            let index = next.fetch_add(1, Ordering::Relaxed);
            match items.get(index) {
                Some(item) => done.push((index, work(item))),
                None => return done,
            }
        }
    };
    let mut done = scope(|scope| {
        let helpers: Vec<_> = (1..items.len()).map_while(|_| start(scope, run)).collect();
        let mut done = run();
        for helper in helpers {
            done.extend(wait(helper));
        }
        done
    });
    done.sort_unstable_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Does two things, at once where there is a core for the second.
pub(crate) fn both<A, B: Send>(first: impl FnOnce() -> A, second: impl Fn() -> B + Sync) -> (A, B) {
    scope(|scope| {
        let helper = start(scope, &second);
        let first = first();
        let second = helper.map_or_else(&second, wait);
        (first, second)
    })
}

/// A large value that is dropped on a thread of its own, since nobody waits for that.
#[derive(Debug)]
pub(crate) struct Aside<T: Send + Default + 'static>(T);

impl<T: Send + Default + 'static> Aside<T> {
    pub(crate) fn new(value: T) -> Self {
        Self(value)
    }
}

impl<T: Send + Default + 'static> Deref for Aside<T> {
    type Target = T;

    fn deref(&self) -> &T {
        &self.0
    }
}

impl<T: Send + Default + 'static> Drop for Aside<T> {
    fn drop(&mut self) {
        let value = mem::take(&mut self.0);
        // Where no thread can be had, it is dropped here.
        let _ = Builder::new().stack_size(STACK).spawn(|| drop(value));
    }
}

#[cfg(test)]
mod tests {
    use super::{Cores, map};

    #[test]
    fn has_a_core_for_each_thread() {
        let cores = Cores::new(3);
        let taken: Vec<_> = std::iter::from_fn(|| cores.take()).collect();
        assert_eq!(taken.len(), 2);
        drop(taken);
        assert!(cores.take().is_some());
    }

    #[test]
    fn keeps_the_order() {
        let items: Vec<usize> = (0..1000).collect();
        assert_eq!(map(&items, |item| *item), items);
        assert!(map(&[], |item: &usize| *item).is_empty());
    }
}
