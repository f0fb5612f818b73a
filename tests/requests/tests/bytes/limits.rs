//! Rules that are checked before a request is sent.

use super::support::{refused, sent};
use requests::limits::v1::b::Save;
use requests::limits::v1::models::{Size, Thing};
use requests::limits::v1::q::Search;
use requests::{Credentials, Operation};
use std::collections::BTreeMap;

#[track_caller]
fn check(is_kept: bool, rule: &str, operation: &impl Operation) {
    if is_kept {
        sent(operation);
    } else {
        let reason = refused(operation, Credentials::none());
        assert!(reason.contains(rule), "{reason}");
    }
}

#[test]
fn parameters() {
    for (code, is_kept) in [
        ("AB-1", true),
        ("AB-\u{664}", false),
        ("A-1", false),
        ("xAB-1", false),
    ] {
        check(
            is_kept,
            "does not match the pattern",
            &Search::new().code(code),
        );
    }
    for (step, is_kept) in [(0.3, true), (1.1, true), (0.35, false), (0.0, true)] {
        check(
            is_kept,
            "must be a multiple of 0.1",
            &Search::new().step(step),
        );
    }
    check(true, "", &Search::new().even(-4));
    check(false, "must be a multiple of 2", &Search::new().even(3));
    check(true, "", &Search::new().ids(["a", "b"]));
    check(
        false,
        "has the item 2 twice",
        &Search::new().ids(["a", "b", "a"]),
    );
    check(
        false,
        "the maximum is 3",
        &Search::new().ids(["a", "b", "c", "d"]),
    );
    check(
        false,
        "does not match the pattern",
        &Search::new().ids(["a", "B"]),
    );
    let labels = |count: usize| {
        let labels = (0..count).map(|index| (index.to_string(), String::new()));
        Search::new().labels(labels.collect::<BTreeMap<_, _>>())
    };
    check(true, "", &labels(2));
    check(false, "the minimum is 1", &labels(0));
    check(false, "the maximum is 2", &labels(3));
    check(true, "", &Search::new().size(Size::new().w(1)));
    check(
        false,
        "has 0 members, but the minimum is 1",
        &Search::new().size(Size::new()),
    );
    check(
        false,
        "the minimum is 1",
        &Search::new().size(Size::new().w(0)),
    );
    let _: Search = Search::new().small(-128_i8).odd("anything");
}

#[test]
fn bodies() {
    let save = |thing: Thing| Save::new(thing);
    check(true, "", &save(Thing::new().slug("a-1").ratio(0.75)));
    check(
        false,
        "`$.slug` does not match the pattern",
        &save(Thing::new().slug("A")),
    );
    check(
        false,
        "`$.ratio` is 0.3, but must be a multiple of 0.25",
        &save(Thing::new().ratio(0.3)),
    );
    check(
        false,
        "`$.tags` has the item 1 twice",
        &save(Thing::new().tags(["a", "a"])),
    );
    check(
        false,
        "`$.size` has 0 members",
        &save(Thing::new().size(Size::new())),
    );
    let three = Thing::new().slug("a").ratio(1.0).tags(["t"]);
    check(false, "has 3 members, but the maximum is 2", &save(three));
}
