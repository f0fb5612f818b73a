//! Making JSON that `serde_json` refuses, although its grammar is sound, into JSON that it accepts.

/// How deep arrays and objects may nest; `serde_json` stops at 128.
const DEPTH: usize = 100;

/// JSON text with what stood in the way replaced.
pub(crate) struct Repaired {
    pub(crate) text: String,
    /// What was replaced, for a reader.
    pub(crate) reasons: Vec<&'static str>,
}

/// Replaces what RFC 8259 lets stand and `serde_json` does not take.
///
/// Halves of surrogate pairs, which services leave behind when they cut a string in the middle of a
/// character, become U+FFFD. Arrays and objects more than 100 levels deep become null. Both cost
/// one pass, without recursion.
pub(crate) fn repair(json: &str) -> Repaired {
    let mut repair = Repair {
        rest: json,
        out: String::with_capacity(json.len()),
        surrogates: false,
        depths: false,
    };
    repair.run();
    let reasons = [
        (
            repair.surrogates,
            "found half a surrogate pair in a string, which is replaced by U+FFFD",
        ),
        (
            repair.depths,
            "found arrays or objects nested too deeply, which are replaced by null",
        ),
    ];
    let reasons = reasons
        .into_iter()
        .filter_map(|(found, reason)| found.then_some(reason))
        .collect();
    Repaired {
        text: repair.out,
        reasons,
    }
}

struct Repair<'a> {
    rest: &'a str,
    out: String,
    surrogates: bool,
    depths: bool,
}

impl Repair<'_> {
    fn run(&mut self) {
        let mut depth = 0_usize;
        while let Some(at) = self.rest.find(['"', '[', '{', ']', '}']) {
            let (before, from) = self.rest.split_at(at);
            let (mark, after) = from.split_at(1);
            self.rest = after;
            if depth <= DEPTH {
                self.out.push_str(before);
            }
            match mark {
                "\"" => self.string(depth <= DEPTH),
                "[" | "{" => {
                    depth += 1;
                    if depth <= DEPTH {
                        self.out.push_str(mark);
                    } else if depth == DEPTH + 1 {
                        self.out.push_str("null");
                        self.depths = true;
                    }
                }
                _ => {
                    if depth <= DEPTH {
                        self.out.push_str(mark);
                    }
                    depth = depth.saturating_sub(1);
                }
            }
        }
        self.out.push_str(self.rest);
    }

    /// Copies the rest of a string, its closing quote included.
    fn string(&mut self, keep: bool) {
        let start = self.out.len();
        self.out.push('"');
        while let Some(at) = self.rest.find(['"', '\\']) {
            let (before, from) = self.rest.split_at(at);
            self.out.push_str(before);
            self.rest = from;
            if from.starts_with('"') {
                self.copy(1);
                break;
            }
            self.escape();
        }
        if !keep {
            self.out.truncate(start);
        }
    }

    fn escape(&mut self) {
        match code_unit(self.rest) {
            Some(0xD800..=0xDBFF)
                if matches!(
                    self.rest.get(6..).and_then(code_unit),
                    Some(0xDC00..=0xDFFF)
                ) =>
            {
                self.copy(12);
            }
            Some(0xD800..=0xDFFF) => {
                self.out.push('\u{FFFD}');
                self.rest = self.rest.get(6..).unwrap_or_default();
                self.surrogates = true;
            }
            Some(_) | None => self.copy(2),
        }
    }

    /// Copies `length` bytes, or all that is left.
    fn copy(&mut self, length: usize) {
        let (copied, rest) = self
            .rest
            .split_at_checked(length)
            .unwrap_or((self.rest, ""));
        self.out.push_str(copied);
        self.rest = rest;
    }
}

/// Returns the UTF-16 code unit of the escape that `text` begins with: `\u1234`.
fn code_unit(text: &str) -> Option<u16> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    u16::from_str_radix(digits, 16).ok()
}
