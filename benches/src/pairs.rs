//! Two pieces of work in turn, in one run: what a machine does to one, it does to the other.

use std::hint::black_box;
use std::time::{Duration, Instant};

/// How long the rounds of one side take, long beside the cost of reading the clock, short beside what a busy machine interrupts.
const ROUND: Duration = Duration::from_micros(50);

/// How the time of one piece of work compares with that of another, over all pairs of rounds.
#[derive(Debug, Clone, Copy)]
pub struct Ratio {
    /// The lower quartile.
    pub low: f64,
    /// The median.
    pub median: f64,
    /// The upper quartile.
    pub high: f64,
    /// The median time of the first piece of work, in nanoseconds.
    pub ours: f64,
    /// The median time of the second, in nanoseconds.
    pub theirs: f64,
}

/// Measures `ours` against `theirs` over so many pairs of rounds.
pub fn compare<A, B>(
    pairs: usize,
    mut ours: impl FnMut() -> A,
    mut theirs: impl FnMut() -> B,
) -> Ratio {
    let (our_calls, their_calls) = (calls(&mut ours), calls(&mut theirs));
    let (mut ratios, mut our_times, mut their_times) = (Vec::new(), Vec::new(), Vec::new());
    for pair in 0..pairs {
        // Each goes first as often as the other.
        let (a, b) = if pair % 2 == 0 {
            let a = time(&mut ours, our_calls);
            (a, time(&mut theirs, their_calls))
        } else {
            let b = time(&mut theirs, their_calls);
            (time(&mut ours, our_calls), b)
        };
        ratios.push(a / b);
        our_times.push(a);
        their_times.push(b);
    }
    Ratio {
        low: quantile(&mut ratios, 0.25),
        median: quantile(&mut ratios, 0.5),
        high: quantile(&mut ratios, 0.75),
        ours: quantile(&mut our_times, 0.5),
        theirs: quantile(&mut their_times, 0.5),
    }
}

/// Finds how many calls make a round.
fn calls<T>(work: &mut impl FnMut() -> T) -> u32 {
    let mut calls = 1;
    loop {
        let start = Instant::now();
        for _ in 0..calls {
            black_box(work());
        }
        if start.elapsed() >= ROUND || calls >= 1 << 24 {
            return calls;
        }
        calls *= 2;
    }
}

/// Returns the nanoseconds of one call.
fn time<T>(work: &mut impl FnMut() -> T, calls: u32) -> f64 {
    let start = Instant::now();
    for _ in 0..calls {
        black_box(work());
    }
    start.elapsed().as_secs_f64() * 1e9 / f64::from(calls)
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a position in a short list"
)]
fn quantile(values: &mut [f64], share: f64) -> f64 {
    values.sort_by(f64::total_cmp);
    values[((values.len() - 1) as f64 * share).round() as usize]
}
