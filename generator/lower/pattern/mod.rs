//! Regular expressions to tables, which the generated crate checks texts with.
//!
//! ```text
//! text --parse--> Ast --expression--> Expression --nfa--> Nfa --table--> Pattern
//! ```

mod expression;
mod nfa;
mod table;

use crate::base::regular_expression;
use crate::model::api::Pattern;

/// Compiles a regular expression, or says why there is no table for it.
pub(super) fn compile(source: &str) -> Result<Pattern, &'static str> {
    let ast = regular_expression::parse(source)
        .map_err(|_| "it has a construct that no table can express, such as look-ahead")?;
    let expression = expression::expression(&ast)?;
    let nfa = nfa::Nfa::new(&expression)?;
    table::table(source, &nfa)
}

#[cfg(test)]
mod tests {
    use super::compile;

    #[track_caller]
    fn check(source: &str, matching: &[&str], others: &[&str]) {
        let pattern = compile(source).unwrap_or_else(|reason| panic_with(source, reason));
        for text in matching {
            assert!(pattern.matches(text), "{source} {text:?}");
        }
        for text in others {
            assert!(!pattern.matches(text), "{source} {text:?}");
        }
    }

    #[expect(clippy::panic, reason = "a test fails by panicking")]
    fn panic_with(source: &str, reason: &str) -> ! {
        panic!("{source}: {reason}")
    }

    #[test]
    fn samples_are_the_shortest_texts_that_match() {
        for (source, least, most, expected) in [
            ("^[A-Z0-9]+$", 1, usize::MAX, Some("1")),
            ("^[A-Z0-9]+$", 5, usize::MAX, Some("11111")),
            ("^(0|[1-9][0-9]*)$", 1, 19, Some("0")),
            (
                "^CH[0-9a-f]{32}$",
                1,
                34,
                Some("CHaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"),
            ),
            (r"^\S+@\S+$", 1, usize::MAX, Some("a@a")),
            ("b", 3, 3, Some("aab")),
            ("^é+$", 2, 2, Some("éé")),
            ("^a{3}$", 4, usize::MAX, None),
            ("^a{3}$", 1, 2, None),
        ] {
            let pattern = compile(source).unwrap_or_else(|reason| panic_with(source, reason));
            let sample = pattern.sample(least, most);
            assert_eq!(sample.as_deref(), expected, "{source}");
            assert!(
                sample.is_none_or(|sample| pattern.matches(&sample)),
                "{source}"
            );
        }
    }

    #[test]
    fn patterns_of_descriptions() {
        check(
            "^CH[0-9a-fA-F]{2}$",
            &["CH0a", "CHFF"],
            &["CH0", "CH0a1", "xCH0a", "", "CH0g"],
        );
        check("^[a-z]{1,3}$", &["a", "abc"], &["", "abcd", "A"]);
        check("[0-9]+", &["a1b", "1"], &["", "ab"]);
        check("^(foo|bar)?$", &["", "foo", "bar"], &["fo", "foobar"]);
        check("^a|b$", &["ax", "xb", "ab"], &["xa", "bx"]);
        check(r"^\d{4}-\d{2}$", &["2024-01"], &["٢٠٢٤-01", "2024-1"]);
        check(r"^\S+@\S+$", &["a@b"], &["a b", "@b", "a@"]);
        check("^[^/]*$", &["", "äö", "a b"], &["a/b"]);
        check(
            r"^\+[1-9]\d{1,14}$",
            &["+15551234567"],
            &["15551234567", "+0"],
        );
        check("^.{2,4}$", &["äö", "😀😀😀"], &["ä", "a\nb", "12345"]);
        check(r"^\p{Lu}x$", &["Äx", "Ax"], &["äx", "ax"]);
        check("^[a-zà-ÿ]+$", &["à", "aÿ"], &["Ā", "A", ""]);
        check("/abc/", &["/abc/", "x/abc/y"], &["abc"]);
        check("", &["", "anything"], &[]);
        check("^$", &[""], &["a"]);
        check("(^a+b)*$", &["", "x", "aab"], &[]);
        check(r"^[\w.-]+$", &["a.b-c_9"], &["a b", "ä"]);
    }

    #[test]
    fn what_has_no_table() {
        for source in [
            "(?=a)b",
            "(?!a)b",
            r"\bword\b",
            r"(a)\1",
            "(?i)a",
            "^[a-z]{1,9000}$",
            "/^abc$/",
            "/^(abc|de)$/i",
            "/^a|b$/",
            "a^b",
            "a$b",
        ] {
            assert!(compile(source).is_err(), "{source}");
        }
    }
}
