//! Lines of prose, broken where they are long.

/// The width that prose is wrapped to, in characters.
const WIDTH: usize = 100;
/// A line up to this long was broken by hand: breaking it again would leave single words behind.
const LONGEST: usize = 120;

/// Breaks long lines of prose; code blocks, tables and headings stay as they are.
pub(super) fn wrap(markdown: &str) -> Vec<String> {
    let mut lines = Vec::new();
    let mut in_code = false;
    for line in markdown.lines().map(str::trim_end) {
        let in_containers = |c: char| " >-+*.)".contains(c) || c.is_ascii_digit();
        let is_fence = line.trim_start_matches(in_containers).starts_with("```");
        in_code ^= is_fence;
        let is_prose = !in_code
            && !is_fence
            && !line.trim_start().starts_with(['#', '|', '>'])
            && !line.contains(" | ");
        if is_prose && line.chars().count() > LONGEST {
            wrap_line(line, &mut lines);
        } else {
            lines.push(line.to_owned());
        }
    }
    lines
}

/// Breaks one line; what follows a list marker keeps its indentation.
fn wrap_line(line: &str, lines: &mut Vec<String>) {
    let text = line.trim_start();
    let marker = text.split_once(' ').map_or(
        "",
        |(first, _)| if begins_a_block(first) { first } else { "" },
    );
    let marker_width = if marker.is_empty() {
        0
    } else {
        marker.len() + 1
    };
    let indent = " ".repeat(line.len() - text.len() + marker_width);
    let mut current = line[..line.len() - text.len()].to_owned();
    let mut width = current.len();
    for (index, word) in text.split(' ').enumerate() {
        let length = word.chars().count();
        if index > 0 && width + 1 + length > WIDTH && !begins_a_block(word) && !word.is_empty() {
            lines.push(
                std::mem::replace(&mut current, indent.clone())
                    .trim_end()
                    .to_owned(),
            );
            width = indent.len();
        } else if index > 0 {
            current.push(' ');
            width += 1;
        }
        current.push_str(word);
        width += length;
    }
    lines.push(current.trim_end().to_owned());
}

/// Whether a word at the beginning of a line would begin a list, a quotation, a heading or a rule.
fn begins_a_block(word: &str) -> bool {
    let is_number = word.strip_suffix(['.', ')']).is_some_and(|number| {
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    });
    is_number
        || word.starts_with(['#', '>', '|', '=', '~'])
        || word.starts_with("```")
        || matches!(word, "-" | "+" | "*" | "--" | "---")
}
