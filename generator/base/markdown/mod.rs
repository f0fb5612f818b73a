//! Prose of a description to documentation comments.
//!
//! Markdown is kept; what rustdoc or rustc would stumble over is made harmless: raw HTML and bare `<x>`, brackets that are no
//! link, bare URLs, code blocks that rustdoc would compile and run, control and direction-changing characters.

mod code_block;
mod documentation;
mod lists;
mod wrap;

pub use documentation::Docs;

use code_block::{Code, as_text_block};
use lists::set_in;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};
use std::borrow::Cow;
use std::ops::Range;
use wrap::wrap;

/// Makes documentation out of Markdown.
#[must_use]
pub fn docs(markdown: &str) -> Docs {
    let cleaned = clean(markdown);
    let safe = if may_need_edits(&cleaned) {
        Cow::Owned(make_safe(&cleaned))
    } else {
        Cow::Borrowed(&*cleaned)
    };
    let mut lines = wrap(safe.trim());
    if lines.iter().any(|line| may_begin_block(line)) {
        let set_in = set_in(&lines.join("\n"));
        lines = set_in.lines().map(str::to_owned).collect();
    }
    Docs::from_safe_lines(if has_code_to_run(&lines) {
        let block = as_text_block("", cleaned.lines());
        block.lines().map(str::to_owned).collect()
    } else {
        lines
    })
}

/// Whether rustdoc would still find a code block to compile: Markdown has more corners than a rewriting can know.
fn has_code_to_run(lines: &[String]) -> bool {
    let may_be_code = |line: &String| {
        let bytes = line.as_bytes();
        bytes.starts_with(b"    ")
            || bytes.windows(5).any(|five| five == b"     ")
            || bytes
                .windows(3)
                .any(|three| matches!(three, b"```" | b"~~~"))
    };
    lines.iter().any(may_be_code)
        && Parser::new_ext(&lines.join("\n"), options()).any(|event| match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(language))) => &*language != "text",
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented)) => true,
            _ => false,
        })
}

fn options() -> Options {
    Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
}

/// Makes documentation out of several pieces of Markdown, each a paragraph of its own; empty ones are left out.
#[must_use]
pub fn paragraphs<'t>(pieces: impl IntoIterator<Item = &'t str>) -> Docs {
    let mut lines = Vec::new();
    for piece in pieces {
        let piece = docs(piece);
        if piece.is_empty() {
            continue;
        }
        if !lines.is_empty() {
            lines.push(String::new());
        }
        lines.extend(piece.lines().iter().cloned());
    }
    Docs::from_safe_lines(lines)
}

/// Returns text as inline code, whatever it holds.
#[must_use]
pub fn code(text: &str) -> String {
    let text = clean(text).replace('\n', " ");
    let mut longest = 0;
    let mut run = 0;
    for character in text.chars() {
        run = if character == '`' { run + 1 } else { 0 };
        longest = longest.max(run);
    }
    let fence = "`".repeat(longest + 1);
    if text.starts_with('`') || text.ends_with('`') || text.trim().is_empty() {
        format!("{fence} {text} {fence}")
    } else {
        format!("{fence}{text}{fence}")
    }
}

/// Drops control characters and the ones that change the direction of text, which rustc denies in comments.
fn clean(text: &str) -> Cow<'_, str> {
    let is_clean = |byte| matches!(byte, b'\n' | b' '..=b'~');
    if text.bytes().all(is_clean) {
        return Cow::Borrowed(text);
    }
    let kept = |character: char| match character {
        '\n' | '\r' | '\u{2028}' | '\u{2029}' | '\u{85}' => Some('\n'),
        '\t' => Some(' '),
        '\u{202a}'..='\u{202e}'
        | '\u{2066}'..='\u{2069}'
        | '\u{200e}'
        | '\u{200f}'
        | '\u{61c}'
        | '\u{feff}' => None,
        other if other.is_control() => None,
        other => Some(other),
    };
    let lines_end_alike = text.replace("\r\n", "\n");
    Cow::Owned(lines_end_alike.chars().filter_map(kept).collect())
}

/// Whether a line may begin an entry of a list or a quotation.
fn may_begin_block(line: &str) -> bool {
    let text = line.trim_start();
    text.starts_with(|c: char| "-*+>".contains(c) || c.is_ascii_digit())
}

/// Whether there is anything that an edit begins with: a bracket, a URL, a block of code.
fn may_need_edits(markdown: &str) -> bool {
    let bytes = markdown.as_bytes();
    bytes.iter().any(|byte| matches!(byte, b'<' | b'[' | b']'))
        || bytes
            .windows(3)
            .any(|three| matches!(three, b"://" | b"```" | b"~~~" | b"   "))
}

/// An edit of the source text: what stands in the range is replaced.
struct Edit {
    range: Range<usize>,
    text: String,
}

fn make_safe(markdown: &str) -> String {
    let (safe, has_html) = without_html(markdown);
    // What is inside of HTML is Markdown once the tags are text.
    if has_html {
        without_html(&safe).0
    } else {
        safe
    }
}

/// Returns the Markdown made harmless outside of HTML, whose tags become text, and whether there was any.
fn without_html(markdown: &str) -> (String, bool) {
    let mut has_html = false;
    let mut edits: Vec<Edit> = Vec::new();
    let mut code: Option<Code> = None;
    let mut in_link = 0_usize;
    let events = Parser::new_ext(markdown, options()).into_offset_iter();
    for (_, definition) in events.reference_definitions().iter() {
        if resembles_an_item(&definition.dest) {
            escape_each(markdown, definition.span.clone(), &['<', '['], &mut edits);
        }
    }
    for (event, range) in events {
        match event {
            Event::Start(Tag::CodeBlock(kind)) => code = Some(Code::begin(markdown, range, &kind)),
            Event::End(pulldown_cmark::TagEnd::CodeBlock) => {
                edits.extend(code.take().map(|code| code.end(markdown)));
            }
            Event::Start(Tag::Link { dest_url, .. } | Tag::Image { dest_url, .. }) => {
                in_link += 1;
                if resembles_an_item(&dest_url) {
                    edits.push(Edit {
                        range: range.start..range.start,
                        text: "\\".to_owned(),
                    });
                }
            }
            Event::End(pulldown_cmark::TagEnd::Link | pulldown_cmark::TagEnd::Image) => {
                in_link = in_link.saturating_sub(1);
            }
            Event::Html(_) | Event::InlineHtml(_) => {
                has_html = true;
                // As text, an attribute with a URL is a bare URL.
                if in_link == 0 {
                    wrap_urls(markdown, range.clone(), &mut edits);
                }
                escape_each(markdown, range, &['<'], &mut edits);
            }
            Event::Text(text) => match &mut code {
                Some(code) => code.content += &text,
                None => {
                    if in_link == 0 {
                        wrap_urls(markdown, range.clone(), &mut edits);
                    }
                    escape_each(markdown, range, &['<', '[', ']'], &mut edits);
                }
            },
            _ => {}
        }
    }
    (apply(markdown, edits), has_html)
}

/// rustdoc takes a link target without a scheme, a slash or a fragment for the path of an item.
fn resembles_an_item(target: &str) -> bool {
    !target.contains(['/', '#', ':', '.', '@']) || target.contains("::")
}

fn escape_each(markdown: &str, range: Range<usize>, characters: &[char], edits: &mut Vec<Edit>) {
    for (offset, _) in markdown[range.clone()].match_indices(characters) {
        let at = range.start + offset;
        let before = markdown[..at].bytes().rev();
        let is_escaped = before.take_while(|&byte| byte == b'\\').count() % 2 == 1;
        if !is_escaped {
            edits.push(Edit {
                range: at..at,
                text: "\\".to_owned(),
            });
        }
    }
}

fn wrap_urls(markdown: &str, range: Range<usize>, edits: &mut Vec<Edit>) {
    let text = &markdown[range.clone()];
    let mut from = 0;
    while let Some(found) = find_scheme(&text[from..]) {
        let start = from + found;
        let length = text[start..]
            .find(|c: char| c.is_whitespace() || "<>\"'`[]{}|\\^".contains(c))
            .unwrap_or(text.len() - start);
        let url = text[start..start + length]
            .trim_end_matches(['.', ',', ';', ':', '!', '?', ')', '*', '_', '~']);
        edits.push(Edit {
            range: range.start + start..range.start + start,
            text: "<".to_owned(),
        });
        let end = range.start + start + url.len();
        edits.push(Edit {
            range: end..end,
            text: ">".to_owned(),
        });
        from = start + length.max(1);
        if from >= text.len() {
            break;
        }
    }
}

fn find_scheme(text: &str) -> Option<usize> {
    let mut schemes = text.match_indices("http");
    let is_scheme = |rest: &str| rest.starts_with("://") || rest.starts_with("s://");
    schemes
        .find(|(at, http)| is_scheme(&text[at + http.len()..]))
        .map(|(at, _)| at)
}

/// Applies the edits from front to back; an edit inside a range that is replaced already is dropped.
fn apply(markdown: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| edit.range.start);
    let mut safe = String::with_capacity(markdown.len() + edits.len());
    let mut done = 0;
    for edit in edits {
        if edit.range.start < done {
            continue;
        }
        safe.push_str(&markdown[done..edit.range.start]);
        safe.push_str(&edit.text);
        done = edit.range.end;
    }
    safe.push_str(&markdown[done..]);
    safe
}

#[cfg(test)]
mod tests {
    use super::{code, docs, has_code_to_run};

    fn lines(markdown: &str) -> Vec<String> {
        docs(markdown).lines().to_vec()
    }

    #[test]
    fn keeps_markdown() {
        let markdown =
            "The SID of the [Account](https://example.com/docs) that *created* the `Channel`.";
        assert_eq!(lines(markdown), [markdown]);
    }

    #[test]
    fn makes_html_brackets_and_urls_harmless() {
        assert_eq!(
            lines("See https://example.com/a, or <b>x</b>."),
            ["See <https://example.com/a>, or \\<b>x\\</b>."]
        );
        assert_eq!(
            lines("One of [a, b] or [c]."),
            ["One of \\[a, b\\] or \\[c\\]."]
        );
        assert_eq!(
            lines("The <a href=\"https://example.com/a\">page</a>"),
            ["The \\<a href=\"<https://example.com/a>\">page\\</a>"]
        );
        assert_eq!(lines("a <sid> and \\[ok\\]"), ["a \\<sid> and \\[ok\\]"]);
        assert_eq!(lines("[Vec](Vec)"), ["\\[Vec](Vec)"]);
        assert_eq!(lines("[x]\n\n[x]: y"), ["\\[x]", "", "\\[x]: y"]);
        assert_eq!(
            lines("[x]\n\n[x]: https://y"),
            ["[x]", "", "[x]: https://y"]
        );
    }

    #[test]
    fn makes_what_is_inside_of_html_harmless() {
        assert_eq!(
            lines("<div>\n[x] `[x]`\n\n</div> [y] <!-- [z] -->"),
            [
                "\\<div>",
                "\\[x\\] `[x]`",
                "",
                "\\</div> \\[y\\] \\<!-- \\[z\\] -->"
            ]
        );
    }

    #[test]
    fn sets_lines_of_lists_in_as_far_as_their_text() {
        let markdown =
            "Kinds:\n- one\nand more\n     and most\n  - two\n  deep\n\n1. three\n    * four";
        let expected =
            "Kinds:\n- one\n  and more\n  and most\n  - two\n    deep\n\n1. three\n    * four";
        assert_eq!(lines(markdown).join("\n"), expected);
        assert_eq!(lines("> - one\n> more"), ["> - one", ">   more"]);
        assert_eq!(lines("> - one\nmore"), ["> - one", ">   more"]);
        for text in ["`code`", "**bold**", "2015", "\"quoted\"", "/v1"] {
            let markdown = format!("- one\n      {text}");
            assert_eq!(lines(&markdown), ["- one", &format!("  {text}")]);
        }
        for block in ["* two", "2. two", "+ two", "# two", "***", "```"] {
            let markdown = format!("- one\n      {block}");
            assert_eq!(lines(&markdown), ["- one", &format!("      {block}")]);
        }
        assert_eq!(lines("a - one\n    two"), ["a - one", "    two"]);
    }

    #[test]
    fn marks_code_blocks_as_text() {
        assert_eq!(
            lines("Like\n\n```\npanic!()\n```"),
            ["Like", "", "```text", "panic!()", "```"]
        );
        assert_eq!(
            lines("Like\n\n    panic!()\n    x"),
            ["Like", "", "```text", "panic!()", "x", "```"]
        );
        assert_eq!(lines("```rust\nunclosed"), ["```text", "unclosed", "```"]);
    }

    #[test]
    fn marks_code_blocks_in_lists_and_quotations_as_text() {
        for (markdown, expected) in [
            (
                "1. ```\n   x()\n   ```\n2. y",
                "1. ```text\n   x()\n   ```\n2. y",
            ),
            (
                "- a\n\n  ```rust\n  x()\n  ```",
                "- a\n\n  ```text\n  x()\n  ```",
            ),
            ("> ```\n> x()\n> ```\n> y", "> ```text\n> x()\n> ```\n> y"),
            ("- > ~~~\n  > x()", "- > ```text\n  > x()\n  > ```"),
            (">     x()\n\ny", "> ```text\n> x()\n> ```\n\ny"),
            ("-     x()\n\n      y()", "- ```text\n  x()\n\n  y()\n  ```"),
        ] {
            assert_eq!(lines(markdown).join("\n"), expected, "{markdown}");
        }
    }

    /// Whatever marks are put together, nothing is left that rustdoc would run.
    #[test]
    fn leaves_no_code_to_run() {
        const MARKS: [&str; 12] = [
            "\n",
            "    ",
            "> ",
            "- ",
            "1. ",
            "```",
            "~~~",
            "x()",
            " ",
            "|a|\n|-|\n",
            "[^1]: ",
            "`",
        ];
        let mut dice = 7_u64;
        for _ in 0..4000 {
            let mut markdown = String::new();
            for _ in 0..16 {
                dice = dice.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                markdown += MARKS[usize::try_from(dice >> 33).unwrap_or(0) % MARKS.len()];
            }
            assert!(!has_code_to_run(&lines(&markdown)), "{markdown:?}");
        }
    }

    #[test]
    fn wraps_prose_and_nothing_else() {
        let words = "word ".repeat(30);
        let wrapped = lines(&format!("- {words}1. two"));
        assert_eq!(wrapped.len(), 2);
        assert!(wrapped[0].chars().count() <= 100);
        assert!(wrapped[1].starts_with("  word") && wrapped[1].ends_with("1. two"));
        let code = format!("```text\n{}\n```", words.trim());
        assert_eq!(lines(&code).len(), 3);
        let url = format!("[a](https://example.com/{})", "x".repeat(120));
        assert_eq!(lines(&url), [url]);
    }

    #[test]
    fn drops_characters_that_mislead() {
        assert_eq!(lines("a\u{202e}b\u{0}c\r\nd"), ["abc", "d"]);
    }

    #[test]
    fn writes_code_that_holds_backticks() {
        assert_eq!(code("a"), "`a`");
        assert_eq!(code("`a`"), "`` `a` ``");
    }
}
