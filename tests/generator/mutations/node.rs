//! A description as a tree that can be wrong in every way, and its text in JSON and YAML.

use serde_json::Value;
use std::ops::RangeInclusive;

/// A value in which a key can stand twice.
#[derive(Debug, Clone)]
pub(crate) enum Node {
    Scalar(Value),
    List(Vec<Node>),
    Map(Vec<(String, Node)>),
}

/// The position of each node among the children of its parent, from the top.
pub(crate) type Path = Vec<usize>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Json,
    Yaml,
}

impl Node {
    pub(crate) fn of(value: &Value) -> Self {
        match value {
            Value::Array(items) => Self::List(items.iter().map(Self::of).collect()),
            Value::Object(entries) => Self::Map(
                entries
                    .iter()
                    .map(|(key, value)| (key.clone(), Self::of(value)))
                    .collect(),
            ),
            scalar => Self::Scalar(scalar.clone()),
        }
    }

    pub(crate) fn get(&self, path: &[usize]) -> &Self {
        path.iter().fold(self, |node, index| match node {
            Self::List(items) => &items[*index],
            Self::Map(entries) => &entries[*index].1,
            Self::Scalar(_) => node,
        })
    }

    pub(crate) fn get_mut(&mut self, path: &[usize]) -> &mut Self {
        let Some((index, rest)) = path.split_first() else {
            return self;
        };
        match self {
            Self::List(items) => items[*index].get_mut(rest),
            Self::Map(entries) => entries[*index].1.get_mut(rest),
            Self::Scalar(_) => self,
        }
    }

    /// Every node but the document itself.
    pub(crate) fn paths(&self) -> Vec<Path> {
        let mut all = Vec::new();
        let mut open = vec![(self, Path::new())];
        while let Some((node, path)) = open.pop() {
            let children: Vec<&Self> = match node {
                Self::Scalar(_) => Vec::new(),
                Self::List(items) => items.iter().collect(),
                Self::Map(entries) => entries.iter().map(|(_, child)| child).collect(),
            };
            for (index, child) in children.into_iter().enumerate() {
                let path: Path = path.iter().copied().chain([index]).collect();
                all.push(path.clone());
                open.push((child, path));
            }
        }
        all
    }

    /// The keys on the way to a node.
    pub(crate) fn keys(&self, path: &[usize]) -> Vec<String> {
        let mut keys = Vec::new();
        let mut node = self;
        for index in path {
            node = match node {
                Self::List(items) => {
                    keys.push(index.to_string());
                    &items[*index]
                }
                Self::Map(entries) => {
                    keys.push(entries[*index].0.clone());
                    &entries[*index].1
                }
                Self::Scalar(_) => node,
            };
        }
        keys
    }

    /// Writes the text, a node on a line, and returns the lines that the watched node stands on, counted from 1.
    pub(crate) fn write(&self, form: Form, watched: &[usize]) -> (String, RangeInclusive<usize>) {
        let mut writer = Writer {
            form,
            watched,
            text: String::new(),
            lines: 1,
            found: 1..=1,
        };
        writer.node(self, &mut Path::new());
        writer.text.push('\n');
        (writer.text, writer.found)
    }
}

struct Writer<'w> {
    form: Form,
    watched: &'w [usize],
    text: String,
    lines: usize,
    found: RangeInclusive<usize>,
}

impl Writer<'_> {
    fn node(&mut self, node: &Node, path: &mut Path) {
        let start = self.lines;
        match (node, self.form) {
            (Node::Scalar(scalar), _) => self.text += &scalar.to_string(),
            (Node::List(items), _) if items.is_empty() => self.text += "[]",
            (Node::Map(entries), _) if entries.is_empty() => self.text += "{}",
            (Node::List(items), Form::Json) => {
                self.text.push('[');
                self.json(items.iter().map(|item| (None, item)), path);
                self.text.push(']');
            }
            (Node::Map(entries), Form::Json) => {
                self.text.push('{');
                self.json(entries.iter().map(|(key, child)| (Some(key), child)), path);
                self.text.push('}');
            }
            (Node::List(items), Form::Yaml) => {
                self.yaml(items.iter().map(|item| (None, item)), path);
            }
            (Node::Map(entries), Form::Yaml) => {
                self.yaml(entries.iter().map(|(key, child)| (Some(key), child)), path);
            }
        }
        if path == self.watched {
            self.found = start..=self.lines;
        }
    }

    fn json<'n>(
        &mut self,
        children: impl Iterator<Item = (Option<&'n String>, &'n Node)>,
        path: &mut Path,
    ) {
        for (index, (key, child)) in children.enumerate() {
            if index > 0 {
                self.text.push(',');
            }
            self.line(path.len() + 1);
            if let Some(key) = key {
                self.text += &Value::from(key.as_str()).to_string();
                self.text += ": ";
            }
            path.push(index);
            self.node(child, path);
            path.pop();
        }
        self.line(path.len());
    }

    fn yaml<'n>(
        &mut self,
        children: impl Iterator<Item = (Option<&'n String>, &'n Node)>,
        path: &mut Path,
    ) {
        for (index, (key, child)) in children.enumerate() {
            if !self.text.is_empty() {
                self.line(path.len());
            }
            match key {
                // A longer one would have to be written with `?`.
                Some(key) if key.len() < 1000 => {
                    self.text += &Value::from(key.as_str()).to_string();
                    self.text += ": ";
                }
                Some(key) => {
                    self.text += "? ";
                    self.text += &Value::from(key.as_str()).to_string();
                    self.line(path.len());
                    self.text += ": ";
                }
                None => self.text += "- ",
            }
            path.push(index);
            self.node(child, path);
            path.pop();
        }
    }

    fn line(&mut self, indent: usize) {
        self.text.push('\n');
        self.text += &"  ".repeat(indent);
        self.lines += 1;
    }
}
