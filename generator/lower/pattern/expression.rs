//! The regular expressions that a table can express, with the meaning that ECMA-262 gives to them.

use regex_syntax::ast::{
    AssertionKind, Ast, ClassPerl, ClassPerlKind, ClassSet, ClassSetItem, ClassUnicode,
    RepetitionKind, RepetitionRange,
};
use regex_syntax::hir::translate::Translator;
use regex_syntax::hir::{Class, HirKind};

/// A regular expression.
#[derive(Debug, Clone)]
pub(super) enum Expression {
    /// Each in turn; nothing at all where there is none.
    Sequence(Vec<Expression>),
    AnyOf(Vec<Expression>),
    Repeated {
        inner: Box<Expression>,
        min: u32,
        max: Option<u32>,
    },
    /// One character of these ranges.
    Class(Ranges),
    Start,
    End,
}

/// Ranges of characters, each with its first and its last; sorted, and apart from each other.
pub(super) type Ranges = Vec<(u32, u32)>;

/// The last character.
pub(super) const LAST: u32 = char::MAX as u32;

/// What `\s` stands for (ECMA-262, `CharacterClassEscape`).
const SPACE: [(u32, u32); 10] = [
    (0x09, 0x0d),
    (0x20, 0x20),
    (0xa0, 0xa0),
    (0x1680, 0x1680),
    (0x2000, 0x200a),
    (0x2028, 0x2029),
    (0x202f, 0x202f),
    (0x205f, 0x205f),
    (0x3000, 0x3000),
    (0xfeff, 0xfeff),
];
const DIGIT: [(u32, u32); 1] = [(0x30, 0x39)];
const WORD: [(u32, u32); 4] = [(0x30, 0x39), (0x41, 0x5a), (0x5f, 0x5f), (0x61, 0x7a)];
/// The ends of lines, which `.` does not stand for.
const LINE_ENDS: [(u32, u32); 3] = [(0x0a, 0x0a), (0x0d, 0x0d), (0x2028, 0x2029)];

pub(super) fn expression(ast: &Ast) -> Result<Expression, &'static str> {
    Ok(match ast {
        Ast::Empty(_) => Expression::Sequence(Vec::new()),
        Ast::Flags(_) => return Err("it sets flags"),
        Ast::Literal(literal) => single(literal.c),
        Ast::Dot(_) => Expression::Class(negated(LINE_ENDS.to_vec())),
        Ast::Assertion(assertion) => match assertion.kind {
            AssertionKind::StartLine => Expression::Start,
            AssertionKind::EndLine => Expression::End,
            _ => return Err("it looks at the boundaries of words"),
        },
        Ast::ClassUnicode(class) => Expression::Class(unicode(class)?),
        Ast::ClassPerl(class) => Expression::Class(perl(class)),
        Ast::ClassBracketed(class) => Expression::Class(set(&class.kind, class.negated)?),
        Ast::Repetition(repetition) => {
            let (min, max) = match &repetition.op.kind {
                RepetitionKind::ZeroOrOne => (0, Some(1)),
                RepetitionKind::ZeroOrMore => (0, None),
                RepetitionKind::OneOrMore => (1, None),
                RepetitionKind::Range(RepetitionRange::Exactly(count)) => (*count, Some(*count)),
                RepetitionKind::Range(RepetitionRange::AtLeast(min)) => (*min, None),
                RepetitionKind::Range(RepetitionRange::Bounded(min, max)) => (*min, Some(*max)),
            };
            Expression::Repeated {
                inner: Box::new(expression(&repetition.ast)?),
                min,
                max,
            }
        }
        Ast::Group(group) => match &group.kind {
            regex_syntax::ast::GroupKind::NonCapturing(flags) if !flags.items.is_empty() => {
                return Err("it sets flags");
            }
            _ => expression(&group.ast)?,
        },
        Ast::Alternation(alternation) => {
            let each = alternation.asts.iter().map(expression);
            Expression::AnyOf(each.collect::<Result<_, _>>()?)
        }
        Ast::Concat(concat) => {
            let each = concat.asts.iter().map(expression);
            Expression::Sequence(each.collect::<Result<_, _>>()?)
        }
    })
}

fn single(character: char) -> Expression {
    Expression::Class(vec![(character.into(), character.into())])
}

fn perl(class: &ClassPerl) -> Ranges {
    let ranges = match class.kind {
        ClassPerlKind::Digit => DIGIT.to_vec(),
        ClassPerlKind::Space => SPACE.to_vec(),
        ClassPerlKind::Word => WORD.to_vec(),
    };
    if class.negated {
        negated(ranges)
    } else {
        ranges
    }
}

fn unicode(class: &ClassUnicode) -> Result<Ranges, &'static str> {
    let unknown = "it names a class of characters that is not known";
    let ast = Ast::class_unicode(class.clone());
    let hir = Translator::new().translate("", &ast).map_err(|_| unknown)?;
    match hir.kind() {
        HirKind::Class(Class::Unicode(class)) => Ok(class
            .iter()
            .map(|range| (range.start().into(), range.end().into()))
            .collect()),
        _ => Err(unknown),
    }
}

fn set(set: &ClassSet, is_negated: bool) -> Result<Ranges, &'static str> {
    let ClassSet::Item(item) = set else {
        return Err("it has operations on classes of characters");
    };
    let ranges = merged(of_item(item)?);
    Ok(if is_negated { negated(ranges) } else { ranges })
}

fn of_item(item: &ClassSetItem) -> Result<Ranges, &'static str> {
    Ok(match item {
        ClassSetItem::Empty(_) => Vec::new(),
        ClassSetItem::Literal(literal) => vec![(literal.c.into(), literal.c.into())],
        ClassSetItem::Range(range) => vec![(range.start.c.into(), range.end.c.into())],
        ClassSetItem::Ascii(_) => return Err("it names a POSIX class of characters"),
        ClassSetItem::Unicode(class) => unicode(class)?,
        ClassSetItem::Perl(class) => perl(class),
        ClassSetItem::Bracketed(class) => set(&class.kind, class.negated)?,
        ClassSetItem::Union(union) => {
            let mut ranges = Vec::new();
            for item in &union.items {
                ranges.extend(of_item(item)?);
            }
            ranges
        }
    })
}

fn merged(mut ranges: Ranges) -> Ranges {
    ranges.sort_unstable();
    let mut merged: Ranges = Vec::new();
    for (first, last) in ranges {
        match merged.last_mut() {
            Some((_, end)) if first <= end.saturating_add(1) => *end = (*end).max(last),
            _ => merged.push((first, last)),
        }
    }
    merged
}

fn negated(ranges: Ranges) -> Ranges {
    let mut others = Vec::new();
    let mut next = 0;
    for (first, last) in ranges {
        if first > next {
            others.push((next, first - 1));
        }
        next = last + 1;
    }
    if next <= LAST {
        others.push((next, LAST));
    }
    others
}
