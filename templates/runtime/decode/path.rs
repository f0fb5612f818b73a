//! Places in a body, as JSONPath (RFC 9535) has them.

use super::document::Document;
use super::member_name::push_name;
use super::notes::Note;
use std::fmt::Write as _;
use std::ops::Range;

/// A deviation with its paths.
pub(super) struct Located {
    pub(super) path: String,
    pub(super) reason: String,
    /// Where the value is in the text.
    pub(super) range: Range<usize>,
}

impl Document<'_> {
    /// Returns the path of a value.
    pub(super) fn path(&self, token: u32) -> String {
        Paths::new(self).path(token)
    }

    /// Returns the deviations that were noted, in the order of the text.
    pub(super) fn into_deviations(mut self) -> Vec<Located> {
        let notes = std::mem::take(&mut self.notes).into_sorted();
        let paths = Known::new(&self, &notes);
        let mut last = (u32::MAX, 0..0);
        let located = notes.into_iter().map(|note| {
            if last.0 != note.token {
                last = (note.token, self.range(note.token));
            }
            Located {
                path: paths.get(note.token).to_owned(),
                reason: sentence(&note, &paths),
                range: last.1.clone(),
            }
        });
        located.collect()
    }
}

/// The paths of the tokens that notes are about.
struct Known {
    tokens: Vec<u32>,
    paths: Vec<String>,
}

impl Known {
    fn new(document: &Document<'_>, notes: &[Note]) -> Self {
        let mut tokens: Vec<u32> = notes.iter().map(|note| note.token).collect();
        tokens.extend(notes.iter().map(|note| note.cause));
        tokens.sort_unstable();
        tokens.dedup();
        let mut finder = Paths::new(document);
        let paths = tokens.iter().map(|token| finder.path(*token)).collect();
        Self { tokens, paths }
    }

    fn get(&self, token: u32) -> &str {
        let index = self.tokens.binary_search(&token);
        index.map_or("", |index| self.paths.get(index).map_or("", |path| path))
    }
}

fn sentence(note: &Note, paths: &Known) -> String {
    let mut sentence = note.reason.to_string();
    if note.cause != note.token {
        sentence.push_str(" at ");
        sentence.push_str(paths.get(note.cause));
    }
    if !note.outcome.is_empty() {
        sentence.push_str("; ");
        sentence.push_str(note.outcome);
    }
    sentence
}

/// Finds the paths of tokens. It costs one pass over the tokens when they are asked for in ascending order.
pub(super) struct Paths<'d> {
    document: &'d Document<'d>,
    /// The containers from the root to the last token that was asked for.
    steps: Vec<Step>,
}

/// A container, and one of its members or elements.
struct Step {
    container: u32,
    /// The token of the element, or of the member's name.
    child: u32,
    index: usize,
}

impl<'d> Paths<'d> {
    pub(super) fn new(document: &'d Document<'d>) -> Self {
        let steps = Vec::new();
        Self { document, steps }
    }

    /// Returns the normalized path (RFC 9535) of a value or a member name: `$.records[3].status`.
    pub(super) fn path(&mut self, token: u32) -> String {
        self.walk_to(token);
        let mut path = String::from("$");
        for step in &self.steps {
            if self.document.is_object(step.container) {
                push_name(&mut path, &self.document.name(step.child));
            } else {
                let _ = write!(path, "[{}]", step.index);
            }
        }
        path
    }

    fn walk_to(&mut self, token: u32) {
        let Self { document, steps } = self;
        if steps.last().is_some_and(|step| token < step.child) {
            steps.clear();
        }
        let is_left = |step: &Step| document.next(step.container) <= token;
        while steps.last().is_some_and(is_left) {
            steps.pop();
        }
        if steps.is_empty() && token > 0 {
            steps.push(Step::into(0));
        }
        while let Some(step) = steps.last_mut() {
            let is_object = document.is_object(step.container);
            let mut value = step.child + u32::from(is_object);
            while document.next(value) <= token {
                step.child = document.next(value);
                step.index += 1;
                value = step.child + u32::from(is_object);
            }
            if token <= value {
                break;
            }
            steps.push(Step::into(value));
        }
    }
}

impl Step {
    fn into(container: u32) -> Self {
        Self {
            container,
            child: container + 1,
            index: 0,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::document::Document;
    use super::super::node::Node;
    use super::Paths;

    /// The paths of all values, in the order of the text.
    fn paths(text: &str) -> Vec<String> {
        let document = Document::new(text).expect("the text is JSON");
        let mut paths = Paths::new(&document);
        let mut all = Vec::new();
        let mut positions = vec![0];
        while let Some(position) = positions.pop() {
            all.push(paths.path(position));
            // What is asked for out of order is found as well.
            assert_eq!(document.path(position), all[all.len() - 1]);
            let node = Node::new(&document, position);
            let children = node.items().chain(node.entries().map(|(_, value)| value));
            let mut children: Vec<u32> = children.map(Node::position).collect();
            children.reverse();
            positions.extend(children);
        }
        all
    }

    #[test]
    fn every_value_has_its_path() {
        let text =
            r#"{"a": [1, {"b_2": [], "": {}}, [[2]]], "c d": {"'\"": 1}, "\u0041": {"x": null}}"#;
        let expected = [
            "$",
            "$.a",
            "$.a[0]",
            "$.a[1]",
            "$.a[1].b_2",
            "$.a[1]['']",
            "$.a[2]",
            "$.a[2][0]",
            "$.a[2][0][0]",
            "$['c d']",
            "$['c d']['\\'\"']",
            "$.A",
            "$.A.x",
        ];
        assert_eq!(paths(text), expected);
    }

    #[test]
    fn long_names_are_cut() {
        let name = "n".repeat(65);
        let shown = "n".repeat(64);
        assert_eq!(
            paths(&format!(r#"{{"{name}": 1}}"#)),
            ["$".to_owned(), format!("$['{shown}…']")]
        );
    }
}
