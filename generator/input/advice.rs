//! Ways out of a text that is no YAML or JSON: where a reader gives up is seldom where the mistake is.

use crate::input::yaml::YamlError;

/// Text of which a line is quoted in an advice, at most.
const SHOWN: usize = 60;

/// Says what to do about a text that is no YAML.
pub(super) fn of_yaml(text: &str, error: &YamlError) -> Option<String> {
    if let Some(help) = of_any(text) {
        return Some(help);
    }
    let message = error.message.as_str();
    if message.contains("more than one document") {
        return Some("put each description into a file of its own".to_owned());
    }
    let (line_number, column) = error.position?;
    let line = text.lines().nth(line_number.checked_sub(1)?)?;
    let before: String = line.chars().take(column.saturating_sub(1)).collect();
    let at = line.get(before.len()..)?;
    if has_tab(line) || line_number > 1 && text.lines().nth(line_number - 2).is_some_and(has_tab) {
        return Some("indent with spaces: YAML takes no tabs".to_owned());
    }
    if message.contains("can begin with") {
        let first = at.chars().next()?;
        if first == '\t' {
            return Some("no tab can stand here: use spaces".to_owned());
        }
        return Some(format!(
            "text that begins with `{first}` has to be in quotes"
        ));
    }
    if message.contains("anchor") {
        return Some(
            "`*name` stands for what `&name` marks further up; text that begins with `*` has to be in quotes".to_owned(),
        );
    }
    if message.contains("`:` cannot stand") {
        return Some(of_colon(&before, at));
    }
    if let Some(open) = open_quote(text, line_number) {
        return Some(format!(
            "the quotation mark in line {open} is not closed there"
        ));
    }
    message.contains("is expected here").then(|| {
        "look at the lines before as well: for one that is indented differently from its neighbours, and for a bracket or a \
         quotation mark that is not closed"
            .to_owned()
    })
}

/// Says what to do about a text that is no JSON.
pub(super) fn of_json(text: &str, line: usize, column: usize) -> Option<String> {
    if let Some(help) = of_any(text) {
        return Some(help);
    }
    let line = text.lines().nth(line.checked_sub(1)?)?;
    let at: String = line.chars().skip(column.saturating_sub(1)).collect();
    if at.starts_with("//") || at.starts_with("/*") {
        Some("JSON has no comments: remove it, or write the description in YAML".to_owned())
    } else if at.starts_with('\'') {
        Some("JSON has keys and text in double quotes".to_owned())
    } else {
        None
    }
}

/// Says what to do about a file that holds something else altogether.
pub(super) fn of_markup(text: &str) -> Option<&'static str> {
    text.trim_start().starts_with('<').then_some(
        "this is HTML or XML, perhaps a page that says why the description could not be downloaded",
    )
}

fn of_any(text: &str) -> Option<String> {
    let mut lines = text.lines().zip(1..);
    let conflict = lines.find(|(line, _)| line.starts_with("<<<<<<< "));
    if let Some((_, number)) = conflict {
        return Some(format!(
            "a merge left a conflict in line {number}: choose one of its sides"
        ));
    }
    of_markup(text).map(str::to_owned)
}

/// A colon where there can be none: in text without quotes, or because of what stands in the lines before.
fn of_colon(before: &str, at: &str) -> String {
    let is_plain = |text: &str| !text.contains(['"', '\'', '\\']);
    match before.split_once(": ") {
        Some((key, value)) => {
            let (key, text) = (key.trim(), format!("{value}{}", at.trim_end()));
            let help = "text with `: ` in it has to be in quotes";
            if is_plain(&text) && text.len() + key.len() <= SHOWN {
                format!("{help}: `{key}: \"{text}\"`")
            } else {
                help.to_owned()
            }
        }
        None => "this line is indented by more than its neighbours, or in the line before a `:` is missing, or the space after `-`".to_owned(),
    }
}

fn has_tab(line: &str) -> bool {
    let indentation = line.len() - line.trim_start().len();
    line[..indentation].contains('\t')
}

/// Returns the first line, up to this one, that opens a quotation mark and does not close it.
fn open_quote(text: &str, last: usize) -> Option<usize> {
    let is_open = |line: &str| {
        let is_comment = line.trim_start().starts_with('#');
        let quotes = line.replace("\\\"", "").matches('"').count();
        !is_comment && quotes % 2 == 1 && !line.contains('\'')
    };
    let mut lines = text.lines().zip(1..=last);
    lines.find_map(|(line, number)| is_open(line).then_some(number))
}
