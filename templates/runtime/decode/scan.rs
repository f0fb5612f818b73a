//! From text to tokens, in one pass and without recursion.

use super::grammar::{Malformed, literal, malformed, number_end, skip_whitespace, string};
use super::stack::{Open, Stack};
use super::token::{MAX_LENGTH, Token};

/// How many arrays or objects that are nested too deeply are noted.
const NOTED_TOO_DEEP: usize = 100;

/// Up to this length of a text, tokens are not counted before memory is reserved for them.
const SHORT: usize = 16 * 1024;

/// How many bytes of a short text there are for each token, as a rule.
const BYTES_PER_TOKEN: usize = 12;

/// The tokens of a text.
pub(super) struct Tokens {
    pub(super) list: Vec<Token>,
    /// The positions of the first arrays or objects that are nested too deeply, up to a bound.
    pub(super) too_deep: Vec<u32>,
}

/// Scans a text.
pub(super) fn scan(text: &[u8]) -> Result<Tokens, Box<Malformed>> {
    if text.len() > MAX_LENGTH {
        return malformed(MAX_LENGTH, "a text of less than 2 GiB");
    }
    let mut tokens = Tokens {
        list: Vec::with_capacity(capacity(text)),
        too_deep: Vec::new(),
    };
    tokens.scan(text)?;
    Ok(tokens)
}

/// Returns for how many tokens memory is reserved. Each but the first comes after one of four characters, and shares
/// its two bytes with none.
fn capacity(text: &[u8]) -> usize {
    if text.len() <= SHORT {
        return text.len() / BYTES_PER_TOKEN + 8;
    }
    let count = |chunk: &[u8]| {
        let is_before_token = |byte: u8| {
            u8::from(byte == b',') | u8::from(byte == b':') | u8::from(byte | 0x20 == b'{')
        };
        usize::from(
            chunk
                .iter()
                .fold(0_u8, |count, &byte| count + is_before_token(byte)),
        )
    };
    let counted: usize = text.chunks(u8::MAX as usize).map(count).sum();
    usize::min(counted, text.len() / 2) + 1
}

/// What is inside of a container that was opened.
enum Inside {
    /// A value, which is at this offset.
    Value(usize),
    /// Nothing: the container is closed and ends at this offset.
    Nothing(usize),
}

impl Tokens {
    fn scan(&mut self, text: &[u8]) -> Result<(), Box<Malformed>> {
        let mut stack = Stack::new();
        let mut at = 0;
        loop {
            at = skip_whitespace(text, at);
            let end = match text.get(at) {
                Some(b'"') => self.push(&stack, string(text, at)?),
                Some(b'-' | b'0'..=b'9') => {
                    self.push(&stack, Token::leaf(at, number_end(text, at)?))
                }
                Some(b'{') => match self.open_object(&mut stack, text, at)? {
                    Inside::Value(next) => {
                        at = next;
                        continue;
                    }
                    Inside::Nothing(end) => end,
                },
                Some(b'[') => match self.open_list(&mut stack, text, at) {
                    Inside::Value(next) => {
                        at = next;
                        continue;
                    }
                    Inside::Nothing(end) => end,
                },
                Some(b't') => self.push(&stack, literal(text, at, b"true")?),
                Some(b'f') => self.push(&stack, literal(text, at, b"false")?),
                Some(b'n') => self.push(&stack, literal(text, at, b"null")?),
                Some(_) | None => return malformed(at, "a value"),
            };
            match self.after_value(&mut stack, text, end)? {
                Some(next) => at = next,
                None => return Ok(()),
            }
        }
    }

    /// Adds a token, unless it is nested too deeply, and returns where it ends.
    #[inline]
    fn push(&mut self, stack: &Stack, token: Token) -> usize {
        if stack.deep.is_empty() {
            self.list.push(token);
        }
        token.end()
    }

    #[inline]
    fn open_list(&mut self, stack: &mut Stack, text: &[u8], start: usize) -> Inside {
        self.open(stack, start, Open::List);
        let at = skip_whitespace(text, start + 1);
        if text.get(at) == Some(&b']') {
            self.close(stack, at + 1);
            return Inside::Nothing(at + 1);
        }
        Inside::Value(at)
    }

    #[inline]
    fn open_object(
        &mut self,
        stack: &mut Stack,
        text: &[u8],
        start: usize,
    ) -> Result<Inside, Box<Malformed>> {
        self.open(stack, start, Open::Object);
        let at = skip_whitespace(text, start + 1);
        if text.get(at) == Some(&b'}') {
            self.close(stack, at + 1);
            return Ok(Inside::Nothing(at + 1));
        }
        self.name(stack, text, at).map(Inside::Value)
    }

    #[inline]
    fn open(&mut self, stack: &mut Stack, start: usize, open: Open) {
        stack.innermost = Some(open);
        if let Some(slot) = stack.shallow.get_mut(stack.depth) {
            *slot = position(self.list.len());
            let bit = 1 << stack.depth;
            stack.objects = if open == Open::Object {
                stack.objects | bit
            } else {
                stack.objects & !bit
            };
            stack.depth += 1;
            self.list.push(Token::container(start));
        } else {
            self.open_deep(stack, start, open);
        }
    }

    #[cold]
    fn open_deep(&mut self, stack: &mut Stack, start: usize, open: Open) {
        if stack.deep.is_empty() {
            if self.too_deep.len() < NOTED_TOO_DEEP {
                self.too_deep.push(position(self.list.len()));
            }
            self.list.push(Token::leaf(start, start));
        }
        stack.deep.push(open);
    }

    /// Closes the innermost container, which ends at `end`.
    #[inline]
    fn close(&mut self, stack: &mut Stack, end: usize) {
        if !stack.deep.is_empty() {
            return self.close_deep(stack, end);
        }
        stack.depth = stack.depth.saturating_sub(1);
        stack.innermost = stack.last();
        let next = self.list.len();
        let container = stack
            .shallow
            .get(stack.depth)
            .and_then(|position| self.list.get_mut(*position as usize));
        if let Some(container) = container {
            container.close(next);
        }
    }

    #[cold]
    fn close_deep(&mut self, stack: &mut Stack, end: usize) {
        stack.deep.pop();
        stack.innermost = stack.last();
        if let (true, Some(token)) = (stack.deep.is_empty(), self.list.last_mut()) {
            *token = Token::leaf(token.start(), end);
        }
    }

    /// Reads the name of a member and its colon, and returns where its value is.
    #[inline]
    fn name(&mut self, stack: &Stack, text: &[u8], at: usize) -> Result<usize, Box<Malformed>> {
        if text.get(at) != Some(&b'"') {
            return malformed(at, "the name of a member");
        }
        let end = self.push(stack, string(text, at)?);
        let at = skip_whitespace(text, end);
        if text.get(at) != Some(&b':') {
            return malformed(at, "`:`");
        }
        Ok(at + 1)
    }

    /// Reads what is after a value, and returns where the next value is, unless that was the last one.
    #[inline]
    fn after_value(
        &mut self,
        stack: &mut Stack,
        text: &[u8],
        end: usize,
    ) -> Result<Option<usize>, Box<Malformed>> {
        let mut at = skip_whitespace(text, end);
        loop {
            match (stack.innermost, text.get(at)) {
                (Some(Open::Object), Some(b',')) => {
                    let at = skip_whitespace(text, at + 1);
                    return self.name(stack, text, at).map(Some);
                }
                (Some(Open::List), Some(b',')) => return Ok(Some(at + 1)),
                (Some(Open::Object), Some(b'}')) | (Some(Open::List), Some(b']')) => {
                    self.close(stack, at + 1);
                    at = skip_whitespace(text, at + 1);
                }
                (None, None) => return Ok(None),
                (None, Some(_)) => return malformed(at, "the end"),
                (Some(Open::Object), _) => return malformed(at, "`,` or `}`"),
                (Some(Open::List), _) => return malformed(at, "`,` or `]`"),
            }
        }
    }
}

/// Narrows the position of a token, of which there are fewer than bytes.
#[inline]
fn position(index: usize) -> u32 {
    u32::try_from(index).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::super::stack::MAX_DEPTH;
    use super::{SHORT, scan};

    #[test]
    fn tokens_take_at_most_four_bytes_for_each_byte() {
        for text in [
            format!("[{}1]", "1,".repeat(SHORT)),
            format!("[{}[]]", "[],".repeat(SHORT)),
            format!("[{}{{}}]", r#"{"":1},"#.repeat(SHORT)),
            format!(r#"["{}"]"#, ",".repeat(SHORT * 2)),
            format!("{}1{}", "[".repeat(SHORT), "]".repeat(SHORT)),
        ] {
            let tokens = scan(text.as_bytes()).expect("the text is JSON").list;
            assert!(tokens.len() <= tokens.capacity());
            assert!(tokens.capacity() * 8 <= text.len() * 4 + 8);
        }
    }

    #[test]
    fn containers_beyond_the_depth_have_one_token() {
        let nested =
            |depth: usize| format!("[{}2{},3]", "[".repeat(depth - 1), "]".repeat(depth - 1));
        let tokens = |depth| scan(nested(depth).as_bytes()).expect("the text is JSON");
        assert_eq!(tokens(MAX_DEPTH).list.len(), MAX_DEPTH + 2);
        assert!(tokens(MAX_DEPTH).too_deep.is_empty());
        for beyond in [1, 2, 10_000] {
            let tokens = tokens(MAX_DEPTH + beyond);
            assert_eq!(tokens.list.len(), MAX_DEPTH + 2);
            assert_eq!(tokens.too_deep, [128]);
        }
    }

    #[test]
    fn containers_beyond_the_depth_are_checked() {
        let nested = |inside: &str| format!("{}{inside}{}", "[".repeat(200), "]".repeat(200));
        for sound in ["", "1, {}", r#"{"a": [], "b": {}}, null"#] {
            assert!(scan(nested(sound).as_bytes()).is_ok(), "{sound}");
        }
        for unsound in ["1,", "{]", r#"{"a"}"#, "[}", "]", r#"{"a": [}]"#, "1 2"] {
            assert!(scan(nested(unsound).as_bytes()).is_err(), "{unsound}");
        }
    }

    #[test]
    fn errors_say_what_is_expected_where() {
        for (text, reason) in [
            ("", "expected a value, found the end at line 1, column 1"),
            (
                "{\n  \"a\" 1}",
                "expected `:`, found `1` at line 2, column 7",
            ),
            (
                "[1 2]",
                "expected `,` or `]`, found `2` at line 1, column 4",
            ),
            ("[1,]", "expected a value, found `]` at line 1, column 4"),
            (
                r#"{"a":1,}"#,
                "expected the name of a member, found `}` at line 1, column 8",
            ),
            (
                "\"\u{1}\"",
                "expected no control character in a string, found another character at line 1, column 2",
            ),
            ("01", "expected the end, found `1` at line 1, column 2"),
            (
                r#""\u12""#,
                "expected four hexadecimal digits, found `1` at line 1, column 4",
            ),
        ] {
            let error = scan(text.as_bytes()).err().expect("the text is not JSON");
            assert_eq!(error.reason(text.as_bytes()), reason);
        }
    }
}
