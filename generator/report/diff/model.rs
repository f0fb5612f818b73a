//! Structs: which fields they have, and how callers make them.

use super::catalogue::{Direction, Key, path};
use super::change::{Rust, Wire};
use super::code::ChangeCode;
use super::collector::{At, Collector, Noun, Subject};
use super::context::Context;
use super::rename::{Member, members_renamed};
use super::types::{in_words, is_same_in_rust, renamed_key, type_change};
use super::{constants, constructor, field, limits, rules};
use crate::model::api::{Access, Limit, Model, ModelField, Rest, Rule, Type};
use crate::report::type_name::type_name;

/// Both versions of a struct.
pub(super) struct Pair<'c, 'a> {
    pub ctx: &'c Context<'a>,
    pub old: &'a Model,
    pub new: &'a Model,
    pub old_key: Key<'a>,
    pub key: Key<'a>,
    /// The path of the old version.
    pub old_path: String,
    pub direction: Direction,
}

impl<'c, 'a> Pair<'c, 'a> {
    pub fn new(ctx: &'c Context<'a>, old_key: Key<'a>, old: &'a Model, new: &'a Model) -> Self {
        let key = renamed_key(ctx, old_key);
        let before = ctx.before.direction(old_key);
        Self {
            ctx,
            old,
            new,
            old_key,
            key,
            old_path: path(old_key),
            direction: before.or(ctx.after.direction(key)),
        }
    }

    /// The struct, as the subject of a difference.
    pub fn subject(&self) -> Subject {
        Subject::item(Noun::Struct, path(self.key))
    }

    pub fn at(&self) -> At<'a> {
        At::Both(&self.old.pointer, &self.new.pointer)
    }

    /// Whether callers can make both versions.
    pub fn is_made(&self) -> bool {
        self.old.constructor.is_some() && self.new.constructor.is_some()
    }

    /// Returns the rules that are known of both versions: limits are none where callers make the struct.
    pub fn comparable_rules(&self, old: &[Rule], new: &[Rule]) -> (Vec<Rule>, Vec<Rule>) {
        if self.old.constructor.is_some() == self.new.constructor.is_some() {
            (old.to_vec(), new.to_vec())
        } else {
            (rules::without_limits(old), rules::without_limits(new))
        }
    }

    /// In which directions a member of the struct is sent.
    pub fn direction_of(&self, access: Access) -> Direction {
        Direction {
            sent: self.direction.sent && access != Access::ReadOnly,
            received: self.direction.received && access != Access::WriteOnly,
        }
    }
}

/// Compares two versions of a struct.
pub(super) fn compare(pair: &Pair<'_, '_>, out: &mut Collector) {
    let Model {
        name: _, // the key, or a rename
        docs,
        fields: _,    // by `fields`
        constants: _, // by `constants`
        rest: _,      // by `rest`
        members,
        constructor: _, // by `made`
        rules,
        derives: _, // by `traits`
        pointer: _, // the place
    } = pair.new;
    let subject = pair.subject();
    out.docs((&pair.old.docs, docs), &subject, pair.at());
    fields(pair, out);
    constants::compare(pair, out);
    rest(pair, out);
    made(pair, out);
    let limits = |members: Option<(usize, usize)>| -> Vec<Limit> {
        let members = members.map(|(least, most)| Limit::Items(least, most));
        members.into_iter().collect()
    };
    let (at, direction) = (pair.at(), pair.direction);
    // Of what is only received, it is a rule.
    if pair.is_made() {
        let members = (limits(pair.old.members), limits(*members));
        limits::compare(&subject, at, (&members.0, &members.1), direction, out);
    }
    let rules = pair.comparable_rules(&pair.old.rules, rules);
    rules::compare(&subject, at, (&rules.0, &rules.1), direction, out);
}

fn fields(pair: &Pair<'_, '_>, out: &mut Collector) {
    let (old, new) = (&pair.old.fields, &pair.new.fields);
    let has = |fields: &[ModelField], wire: &str| fields.iter().any(|one| one.wire == wire);
    for before in old {
        if let Some(now) = new.iter().find(|other| other.wire == before.wire) {
            field::compare(pair, before, now, out);
        }
    }
    let removed: Vec<(usize, &ModelField)> = old
        .iter()
        .enumerate()
        .filter(|(_, one)| !has(new, &one.wire) && !constants::has(pair.new, &one.wire))
        .collect();
    let added: Vec<(usize, &ModelField)> = new
        .iter()
        .enumerate()
        .filter(|(_, one)| !has(old, &one.wire) && !constants::has(pair.old, &one.wire))
        .collect();
    let fits = |from: usize, to: usize| {
        let ((_, old), (_, new)) = (removed[from], added[to]);
        old.presence == new.presence
            && old.access == new.access
            && is_same_in_rust(pair.ctx, &old.ty, &new.ty)
    };
    let renamed = members_renamed(&members(&removed), &members(&added), fits);
    for (from, to) in &renamed {
        let (old, new) = (removed[*from].1, added[*to].1);
        field::renamed(pair, old, new, out);
        field::compare(pair, old, new, out);
    }
    for (index, (_, old)) in removed.iter().enumerate() {
        if renamed.iter().all(|(from, _)| *from != index) {
            field::removed(pair, old, out);
        }
    }
    for (index, (_, new)) in added.iter().enumerate() {
        if renamed.iter().all(|(_, to)| *to != index) {
            field::added(pair, new, out);
        }
    }
}

fn members<'p>(fields: &[(usize, &'p ModelField)]) -> Vec<Member<'p>> {
    let members = fields.iter().map(|(index, field)| Member {
        wire: &field.wire,
        docs: &field.docs,
        index: *index,
    });
    members.collect()
}

fn rest(pair: &Pair<'_, '_>, out: &mut Collector) {
    let subject = pair.subject();
    let at_new = At::New(&pair.new.pointer);
    match (&pair.old.rest, &pair.new.rest) {
        (None, None) => {}
        (
            None,
            Some(Rest {
                name,
                ty,
                limits: _, // a part of what is new
            }),
        ) => {
            let subject = subject.at(format!("{}::{name}", subject.owner));
            let what = format!("added additional properties, each `{}`", type_name(ty));
            // Without a word about them, they may be of any type.
            let wire = match (is_closed(pair.old), ty) {
                (true, _) => Wire::Compatible,
                (false, Type::Json) => Wire::Unseen,
                (false, _) => Wire::breaking(pair.direction.sent, false),
            };
            let class = (wire, Rust::Minor);
            out.add(
                ChangeCode::AdditionalPropertiesAdded,
                &subject,
                class,
                at_new,
                what,
            );
        }
        (Some(Rest { name, ty, .. }), None) => {
            let subject = subject.at(format!("{}::{name}", pair.old_path));
            let what = "removed additional properties";
            let Direction { sent, received } = pair.direction;
            let wire = match (is_closed(pair.new), ty) {
                (true, _) => Wire::breaking(sent, received),
                (false, Type::Json) => Wire::Unseen,
                (false, _) => Wire::breaking(false, received),
            };
            let at = At::Old(&pair.old.pointer);
            let class = (wire, Rust::Major);
            out.add(
                ChangeCode::AdditionalPropertiesRemoved,
                &subject,
                class,
                at,
                what,
            );
        }
        (Some(old), Some(new)) => both_rests(pair, old, new, out),
    }
}

/// Whether a struct has no other properties than those that are described.
fn is_closed(model: &Model) -> bool {
    let mut rules = model.rules.iter();
    rules.any(|rule| matches!(rule, Rule::Closed(_)))
}

fn both_rests(pair: &Pair<'_, '_>, old: &Rest, new: &Rest, out: &mut Collector) {
    let Rest { name, ty, limits } = new;
    let owner = pair.subject();
    let subject = Subject {
        noun: Noun::Field,
        label: format!("additional properties of {}", owner.label),
        ..owner.at(format!("{}::{name}", owner.owner))
    };
    let at = pair.at();
    if old.name != *name {
        let what = format!("renamed in Rust from `{}` to `{name}`", old.name);
        let class = (Wire::Unseen, Rust::Major);
        out.add(ChangeCode::FieldRenamed, &subject, class, at, what);
    }
    if let Some(class) = type_change(pair.ctx, (&old.ty, ty), pair.direction) {
        let what = in_words(&old.ty, ty);
        out.add(ChangeCode::FieldTypeChanged, &subject, class, at, what);
    }
    limits::compare(&subject, at, (&old.limits, limits), pair.direction, out);
}

fn made(pair: &Pair<'_, '_>, out: &mut Collector) {
    let (old, new) = (pair.old, pair.new);
    let subject = pair.subject();
    match (&old.constructor, &new.constructor) {
        (None, None) => {}
        (None, Some(_)) => {
            let subject = subject.at(format!("{}::new", subject.owner));
            let what = "can be made with `new`: a request has it now";
            let class = (Wire::Unseen, Rust::Minor);
            out.add(
                ChangeCode::ConstructorAdded,
                &subject,
                class,
                pair.at(),
                what,
            );
        }
        (Some(_), None) => {
            let subject = subject.at(format!("{}::new", pair.old_path));
            let what = "no longer has `new` and setters: no request has it";
            let class = (Wire::Unseen, Rust::Major);
            let at = At::Old(&old.pointer);
            out.add(ChangeCode::ConstructorRemoved, &subject, class, at, what);
        }
        (Some(before), Some(after)) => {
            let versions = ((before, asked_for(old)), (after, asked_for(new)));
            constructor::compare(&subject, pair.at(), versions, out);
        }
    }
    let has_default = |model: &Model| model.fields.iter().all(ModelField::is_optional);
    let has_default = (has_default(old), has_default(new));
    constructor::default_impl(&subject, pair.at(), has_default, out);
}

fn asked_for(model: &Model) -> Vec<&str> {
    let asked = model.fields.iter().filter(|field| field.is_asked_for());
    asked.map(|field| field.wire.as_str()).collect()
}
