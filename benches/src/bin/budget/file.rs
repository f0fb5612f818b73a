//! `budget.txt`: one count a line, its name, what it may be, and by how many per cent it may be missed.

use super::Failure;
use super::counts::Count;
use std::fmt;
use std::fs;
use std::path::PathBuf;

fn path() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("budget.txt")
}

/// The slack of a count, in per cent: instructions differ between versions of the compiler and the C library.
fn slack(name: &str) -> u64 {
    match name.rsplit_once('/') {
        Some((_, "instructions")) => 10,
        Some((_, "allocations" | "allocated-bytes")) if name.starts_with("generate") => 5,
        Some((_, "lines-of-the-crate" | "lines-of-the-description" | "bytes-of-the-crate")) => 3,
        _ => 0,
    }
}

/// Writes the counts as the budget.
pub(super) fn write(counts: &[Count]) -> Result<(), Failure> {
    let old = read()?;
    let mut text = String::from(
        "# What a change may cost, see README.md: the count, its budget, the slack in per cent.\n",
    );
    for Count { name, value } in counts {
        // What cannot be counted here keeps its budget.
        let kept = old
            .iter()
            .find(|budget| budget.name == *name)
            .map(|budget| budget.value);
        if let Some(value) = value.ok().or(kept) {
            text.push_str(&format!("{name} {value} {}\n", slack(name)));
        }
    }
    fs::write(path(), text)?;
    Ok(())
}

struct Budget {
    name: String,
    value: u64,
    slack: u64,
}

fn read() -> Result<Vec<Budget>, Failure> {
    let text = fs::read_to_string(path()).unwrap_or_default();
    let lines = text.lines().filter(|line| !line.starts_with('#'));
    lines
        .map(|line| {
            let mut words = line.split_whitespace();
            let mut next = || words.next().ok_or_else(|| format!("budget.txt: {line:?}"));
            Ok(Budget {
                name: next()?.to_owned(),
                value: next()?.parse()?,
                slack: next()?.parse()?,
            })
        })
        .collect()
}

/// A count beside its budget.
pub(super) struct Verdict {
    name: String,
    now: Result<u64, &'static str>,
    budget: Option<Budget>,
}

impl Verdict {
    /// Returns whether the count is above what it may be, or has no budget yet.
    pub(super) fn is_broken(&self) -> bool {
        match (&self.now, &self.budget) {
            (Ok(now), Some(budget)) => *now > budget.value + budget.value * budget.slack / 100,
            (Ok(_), None) => true,
            (Err(_), _) => false,
        }
    }

    /// Returns whether the count is below its budget by more than the slack and five per cent.
    pub(super) fn is_bettered(&self) -> bool {
        match (&self.now, &self.budget) {
            (Ok(now), Some(budget)) => {
                *now < budget.value - budget.value * (budget.slack + 5).min(100) / 100
            }
            _ => false,
        }
    }
}

impl fmt::Display for Verdict {
    #[expect(clippy::cast_precision_loss, reason = "a change to be read by people")]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, now, budget } = self;
        let now = match now {
            Ok(now) => *now,
            Err(reason) => return write!(f, "{name:58} not counted: {reason}"),
        };
        match budget {
            None => write!(f, "{name:58} {now:>12} {:>12}         NO BUDGET", "-"),
            Some(Budget { value, slack, .. }) => {
                let change = (now as f64 / (*value).max(1) as f64 - 1.0) * 100.0;
                write!(f, "{name:58} {now:>12} {value:>12} {change:>+6.1}%")?;
                if self.is_broken() {
                    write!(f, " BROKEN (slack {slack}%)")?;
                }
                Ok(())
            }
        }
    }
}

/// Holds the counts against the file.
pub(super) fn compare(counts: &[Count]) -> Result<Vec<Verdict>, Failure> {
    let mut budgets = read()?;
    let verdicts = counts.iter().map(|Count { name, value }| {
        let index = budgets.iter().position(|budget| budget.name == *name);
        Verdict {
            name: name.clone(),
            now: *value,
            budget: index.map(|index| budgets.swap_remove(index)),
        }
    });
    Ok(verdicts.collect())
}
