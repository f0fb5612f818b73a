//! The parameters of an operation, and the fields of its form.

use super::catalogue::Travels;
use super::change::{At, Collector, Rust, Wire};
use super::operation::{Pair, typed};
use super::types::{Width, in_words, is_same_in_rust, width};
use crate::model::api::{Constructor, Location, Param};

/// Every parameter is sent, and none is received.
const SENT: Travels = Travels {
    sent: true,
    received: false,
};

/// Compares the parameters: paired by their name on the wire, first where they travel in the same way.
pub(super) fn compare_all(pair: &Pair<'_, '_>, out: &mut Collector<'_>) {
    let mut free: Vec<&Param> = pair.new.params.iter().collect();
    let mut left: Vec<&Param> = Vec::new();
    let mut pairs: Vec<(&Param, &Param)> = Vec::new();
    let mut take = |old: &Param, is_moved: bool| {
        let fits = |new: &&Param| {
            new.wire == old.wire && (is_moved || way(new.location) == way(old.location))
        };
        let index = free.iter().position(fits)?;
        Some(free.remove(index))
    };
    for old in &pair.old.params {
        match take(old, false) {
            Some(new) => pairs.push((old, new)),
            None => left.push(old),
        }
    }
    left.retain(|old| match take(old, true) {
        Some(new) => {
            pairs.push((old, new));
            false
        }
        None => true,
    });
    for (old, new) in pairs {
        compare(pair, old, new, out);
    }
    for old in left {
        removed(pair, old, out);
    }
    for new in free {
        added(pair, new, out);
    }
}

fn way(location: Location) -> &'static str {
    match location {
        Location::Path | Location::Account => "the path",
        Location::Query => "the query",
        Location::Header => "a header",
        Location::Cookie => "a cookie",
        Location::Body => "the body",
    }
}

fn path_of(pair: &Pair<'_, '_>, param: &Param) -> String {
    format!("{}::{}", pair.path, param.name)
}

fn removed(pair: &Pair<'_, '_>, old: &Param, out: &mut Collector<'_>) {
    let message = format!(
        "`{}` takes `{}` ({}) no more",
        pair.new.name,
        old.wire,
        way(old.location)
    );
    let class = (Wire::BreaksRequests, Rust::Major);
    let at = At::Old(&old.pointer);
    out.add("parameter-removed", &path_of(pair, old), class, at, message);
}

fn added(pair: &Pair<'_, '_>, new: &Param, out: &mut Collector<'_>) {
    let (code, wire, rust, what) = if new.required {
        (
            "required-parameter-added",
            Wire::BreaksRequests,
            Rust::Major,
            "requires",
        )
    } else {
        ("parameter-added", Wire::Compatible, Rust::Minor, "can take")
    };
    let place = match (&pair.new.constructor, new.required) {
        (Constructor::Named(params), true) => format!(", in `{params}`"),
        (Constructor::Positional, true) => ", an argument of `new`".to_owned(),
        (_, false) => String::new(),
    };
    let message = format!(
        "`{}` {what} `{}` ({}, {}){place}",
        pair.new.name,
        new.wire,
        way(new.location),
        typed(&new.ty)
    );
    let at = At::New(&new.pointer);
    out.add(code, &path_of(pair, new), (wire, rust), at, message);
}

fn compare(pair: &Pair<'_, '_>, old: &Param, new: &Param, out: &mut Collector<'_>) {
    let Param {
        name,
        clear: _,
        wire,
        location,
        docs,
        ty,
        required: _,
        default: _,
        sends_default: _,
        style,
        reserved: _,
        part: _,
        limits,
        sensitive,
        pointer,
    } = new;
    let at = At::Both(&old.pointer, pointer);
    let path = path_of(pair, new);
    let owner = &pair.new.name;
    let what = format!("`{wire}` of `{owner}`");
    out.docs((&old.docs, docs), &what, &path, at);
    let mut add =
        |code, wire, rust, message: String| out.add(code, &path, (wire, rust), at, message);
    if old.name != *name {
        let message = format!(
            "`{wire}` of `{owner}` is called `{name}` in Rust, and was `{}`",
            old.name
        );
        add("parameter-renamed", Wire::Unseen, Rust::Major, message);
    }
    if way(old.location) != way(*location) {
        let message = format!(
            "`{wire}` of `{owner}` travels in {}, and did in {}",
            way(*location),
            way(old.location)
        );
        add(
            "parameter-moved",
            Wire::BreaksRequests,
            Rust::Patch,
            message,
        );
    }
    let change = width((&old.ty, pair.before), (ty, pair.after));
    let is_same = is_same_in_rust(&old.ty, ty);
    if !is_same || change != Width::default() {
        let message = format!(
            "`{wire}` of `{owner}` changed from {}",
            in_words(&old.ty, ty)
        );
        let rust = if is_same { Rust::Patch } else { Rust::Major };
        add(
            "parameter-type-changed",
            change.on_wire(SENT),
            rust,
            message,
        );
    }
    if old.style != *style {
        let message = format!("`{wire}` of `{owner}` is written in another style");
        add(
            "parameter-style-changed",
            Wire::BreaksRequests,
            Rust::Patch,
            message,
        );
    }
    if old.sensitive != *sensitive {
        let what = if *sensitive {
            "is kept out of"
        } else {
            "is shown by"
        };
        let message = format!("`{wire}` of `{owner}` {what} `Debug` now");
        add("sensitivity-changed", Wire::Unseen, Rust::Patch, message);
    }
    requirement(pair, (old, new), out);
    let name = format!("`{wire}` of `{owner}`");
    super::limits::compare(&name, &path, at, (&old.limits, limits), out);
}

fn requirement(pair: &Pair<'_, '_>, (old, new): (&Param, &Param), out: &mut Collector<'_>) {
    let at = At::Both(&old.pointer, &new.pointer);
    let path = path_of(pair, new);
    let (wire, owner) = (&new.wire, &pair.new.name);
    match (old.required, new.required) {
        (true, true) => {}
        (false, true) => {
            let message = format!(
                "`{wire}` of `{owner}` is required now: it goes to `new` instead of a setter"
            );
            let class = (Wire::BreaksRequests, Rust::Major);
            out.add("parameter-now-required", &path, class, at, message);
        }
        (true, false) => {
            let message = format!(
                "`{wire}` of `{owner}` is optional now: it has a setter instead of a place in `new`"
            );
            let class = (Wire::Compatible, Rust::Major);
            out.add("parameter-now-optional", &path, class, at, message);
        }
        (false, false) => match (&old.clear, &new.clear) {
            (Some(one), Some(other)) if one == other => {}
            (None, None) => {}
            (None, Some(clear)) => {
                let message = format!("`{wire}` of `{owner}` can be sent empty with `{clear}`");
                let class = (Wire::Unseen, Rust::Minor);
                out.add("clear-method-added", &path, class, at, message);
            }
            (Some(clear), _) => {
                let message = format!("the method `{clear}` of `{owner}` is gone");
                let class = (Wire::Unseen, Rust::Major);
                out.add("clear-method-removed", &path, class, at, message);
            }
        },
    }
}
