//! The work that is measured, each beside what it is compared with: the same cases serve criterion, the paired ratios
//! and the budget.

pub mod allocations;
pub mod generating;
pub mod pairs;
pub mod synthetic;
pub mod talking;
pub mod unions;
