//! The same work on many items, on every core.

use std::mem;
use std::num::NonZero;
use std::ops::Deref;
use std::panic::resume_unwind;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{Builder, available_parallelism, scope};

/// As large as that of the main thread, so that what can be nested does not depend on where it is read.
const STACK: usize = 8 << 20;

/// Bytes of a text from which on two threads read it in less time than one.
pub(crate) const LONG: usize = 1 << 16;

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
    let cores = available_parallelism().map_or(1, NonZero::get);
    let mut done = scope(|scope| {
        // Where no thread can be had, this one does all of it.
        let helpers: Vec<_> = (1..cores.min(items.len()))
            .map_while(|_| {
                Builder::new()
                    .stack_size(STACK)
                    .spawn_scoped(scope, run)
                    .ok()
            })
            .collect();
        let mut done = run();
        for helper in helpers {
            done.extend(helper.join().unwrap_or_else(|panic| resume_unwind(panic)));
        }
        done
    });
    done.sort_unstable_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

/// Does two things at once.
pub(crate) fn both<A, B: Send>(first: impl FnOnce() -> A, second: impl Fn() -> B + Sync) -> (A, B) {
    scope(|scope| {
        let helper = Builder::new()
            .stack_size(STACK)
            .spawn_scoped(scope, &second);
        let first = first();
        let second = match helper {
            Ok(helper) => helper.join().unwrap_or_else(|panic| resume_unwind(panic)),
            // Where no thread can be had, this one does both.
            Err(_) => second(),
        };
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
    use super::map;

    #[test]
    fn keeps_the_order() {
        let items: Vec<usize> = (0..1000).collect();
        assert_eq!(map(&items, |item| *item), items);
        assert!(map(&[], |item: &usize| *item).is_empty());
    }
}
