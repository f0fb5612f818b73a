//! `allOf`: several schemas that have to hold at once, as one.

use super::facts::{Additional, Bound, Facts, Listed, Use};

impl<'d> Facts<'d> {
    /// Merges what another part says that has to hold, too. Where both say how a value is described, `self` counts.
    pub fn and(&mut self, part: Self) {
        let Self {
            pointer: _,
            title: _,
            description: _,
            deprecated: _,
            nullable: _,
            read_only,
            write_only,
            example,
            default,
            extensions,
            discriminator,
            typ,
            contradicts,
            format,
            patterns,
            min_length,
            max_length,
            minimum,
            maximum,
            multiple_of,
            values,
            properties,
            required,
            additional,
            min_properties,
            max_properties,
            items,
            min_items,
            max_items,
            unique_items,
            groups,
            choices,
            not,
        } = part;
        self.read_only |= read_only;
        self.write_only |= write_only;
        self.example = self.example.or(example);
        self.default = self.default.or(default);
        self.extensions.extend(extensions);
        self.discriminator = self.discriminator.or(discriminator);
        self.contradicts |= contradicts;
        self.and_type(typ);
        self.format = self.format.or(format);
        for pattern in patterns {
            if !self.patterns.contains(&pattern) {
                self.patterns.push(pattern);
            }
        }
        self.min_length = tighter(self.min_length, min_length, usize::max);
        self.max_length = tighter(self.max_length, max_length, usize::min);
        self.minimum = tighter(self.minimum, minimum, Bound::higher);
        self.maximum = tighter(self.maximum, maximum, Bound::lower);
        self.multiple_of = tighter(self.multiple_of, multiple_of, common_multiple);
        self.and_values(values);
        for (wire, property) in properties {
            self.and_property(wire, property);
        }
        for wire in required {
            if !self.required.contains(&wire) {
                self.required.push(wire);
            }
        }
        self.and_additional(additional);
        self.min_properties = tighter(self.min_properties, min_properties, usize::max);
        self.max_properties = tighter(self.max_properties, max_properties, usize::min);
        self.items = both(self.items.take(), items);
        self.min_items = tighter(self.min_items, min_items, usize::max);
        self.max_items = tighter(self.max_items, max_items, usize::min);
        self.unique_items |= unique_items;
        self.groups.extend(groups);
        self.choices.extend(choices);
        self.not |= not;
    }

    fn and_type(&mut self, typ: Option<&'d str>) {
        self.typ = match (self.typ, typ) {
            (Some("number"), Some("integer")) => Some("integer"),
            (Some(own), Some(other)) => {
                self.contradicts |= own != other && (own, other) != ("integer", "number");
                Some(own)
            }
            (own, other) => own.or(other),
        };
    }

    /// The values that both list; where there are none, those of `self`, which nothing satisfies.
    fn and_values(&mut self, values: Vec<Listed<'d>>) {
        if self.values.is_empty() {
            self.values = values;
        } else if !values.is_empty() {
            let is_shared = |own: &Listed<'d>| values.iter().any(|other| other.value == own.value);
            if self.values.iter().any(is_shared) {
                self.values.retain(is_shared);
            } else {
                self.contradicts = true;
            }
        }
    }

    /// Adds what else has to hold for a property.
    pub(super) fn and_property(&mut self, wire: &'d str, property: Use<'d>) {
        match self.properties.get_mut(wire) {
            Some(known) => *known = known.clone().and(property),
            None => {
                self.properties.insert(wire, property);
            }
        }
    }

    fn and_additional(&mut self, additional: Additional<'d>) {
        let own = std::mem::replace(&mut self.additional, Additional::Unstated);
        self.additional = match (own, additional) {
            (Additional::Schema(own), Additional::Schema(other)) => {
                Additional::Schema(own.and(other))
            }
            (Additional::Unstated, other) => other,
            (own, _) => own,
        };
    }
}

impl Bound {
    fn higher(self, other: Self) -> Self {
        if (other.value, other.exclusive) > (self.value, self.exclusive) {
            other
        } else {
            self
        }
    }

    fn lower(self, other: Self) -> Self {
        if other.value < self.value || (other.value <= self.value && other.exclusive) {
            other
        } else {
            self
        }
    }
}

fn tighter<T>(own: Option<T>, other: Option<T>, choose: impl FnOnce(T, T) -> T) -> Option<T> {
    match (own, other) {
        (Some(own), Some(other)) => Some(choose(own, other)),
        (own, other) => own.or(other),
    }
}

fn both<'d>(own: Option<Use<'d>>, other: Option<Use<'d>>) -> Option<Use<'d>> {
    match (own, other) {
        (Some(own), Some(other)) => Some(own.and(other)),
        (own, other) => own.or(other),
    }
}

/// Up to here every integer is a float.
const MOST_WHOLE: f64 = 9_007_199_254_740_992.0;

/// Returns the least number that is a multiple of both (`multipleOf` of two parts); the first where no float is that number.
fn common_multiple(one: f64, other: f64) -> f64 {
    let is_whole = |number: f64| number.fract() == 0.0 && number.abs() <= MOST_WHOLE;
    let mut scale = 1.0;
    while scale < 1e9 && !(is_whole(one * scale) && is_whole(other * scale)) {
        scale *= 10.0;
    }
    let (first, second) = (one * scale, other * scale);
    if !(is_whole(first) && is_whole(second)) || first <= 0.0 || second <= 0.0 {
        return one;
    }
    let (mut divisor, mut rest) = (first, second);
    while rest != 0.0 {
        (divisor, rest) = (rest, divisor % rest);
    }
    let multiple = first / divisor * second;
    if is_whole(multiple) {
        multiple / scale
    } else {
        one
    }
}

#[cfg(test)]
mod tests {
    use super::common_multiple;

    #[test]
    fn steps_of_two_parts_have_a_common_multiple() {
        for (one, other, expected) in [
            (4.0, 6.0, 12.0),
            (5.0, 5.0, 5.0),
            (2.0, 8.0, 8.0),
            (0.1, 0.25, 0.5),
            (0.01, 3.0, 3.0),
            (9_007_199_254_740_991.0, 2.0, 9_007_199_254_740_991.0),
            (1e-12, 3.0, 1e-12),
        ] {
            assert!(
                (common_multiple(one, other) - expected).abs() < f64::EPSILON,
                "{one} {other}"
            );
        }
    }
}
