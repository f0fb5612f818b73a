//! Lists that are returned page by page.

use super::change::{Rust, Wire};
use super::code::ChangeCode;
use super::collector::Collector;
use super::operation::Pair;
use super::types::{in_words, is_same_in_rust};
use crate::model::api::Paging;

pub(super) fn compare(pair: &Pair<'_, '_>, out: &mut Collector) {
    let subject = pair.subject();
    let mut add = |code, rust, what: String| {
        out.add(code, &subject, (Wire::Unseen, rust), pair.at(), what);
    };
    match (&pair.old.paging, &pair.new.paging) {
        (None, None) => {}
        (None, Some(_)) => {
            let what = "can be read page by page".to_owned();
            add(ChangeCode::PagingAdded, Rust::Minor, what);
        }
        (Some(_), None) => {
            let what = "can no longer be read page by page".to_owned();
            add(ChangeCode::PagingRemoved, Rust::Major, what);
        }
        (Some(old), Some(new)) => {
            let Paging {
                items,
                items_may_be_absent,
                item,
                size,
                next,
                place,
                more,
                total,
                pages,
            } = new;
            if !is_same_in_rust(pair.ctx, &old.item, item) {
                let what = format!("records: {}", in_words(&old.item, item));
                add(ChangeCode::PagingItemChanged, Rust::Major, what);
            }
            let parts = [
                (
                    "the list of records",
                    old.items == *items && old.items_may_be_absent == *items_may_be_absent,
                ),
                ("the size of a page", old.size == *size),
                ("the next page", old.next == *next && old.place == *place),
                (
                    "the end of the list",
                    old.more == *more && old.total == *total && old.pages == *pages,
                ),
            ];
            let changed: Vec<&str> = parts
                .iter()
                .filter(|(_, is_same)| !is_same)
                .map(|(part, _)| *part)
                .collect();
            if !changed.is_empty() {
                let what = format!("paging changed: {}", changed.join(", "));
                add(ChangeCode::PagingChanged, Rust::Patch, what);
            }
        }
    }
}
