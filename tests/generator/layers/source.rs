//! The modules that a file names: in imports, in paths within code, in the arguments of macros.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Macros whose arguments are code that is generated.
const QUOTES: [&str; 2] = ["quote", "quote_spanned"];

/// A file of generator/.
#[derive(Debug)]
pub struct File {
    /// Relative to generator/.
    pub path: String,
    /// Where its module is, from the root of the crate.
    pub module: Vec<String>,
    /// The paths that it names, from the root of the crate.
    pub references: Vec<Vec<String>>,
}

/// Returns the files of a folder, without those that are there for tests alone and the main.rs, which is another crate.
pub fn files(folder: &Path) -> Vec<File> {
    let mut files = Vec::new();
    let mut for_tests = BTreeSet::new();
    let mut open = vec![folder.to_owned()];
    while let Some(next) = open.pop() {
        for entry in fs::read_dir(next).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                let relative = path.strip_prefix(folder).unwrap();
                let relative = relative.to_str().unwrap().replace('\\', "/");
                let text = fs::read_to_string(&path).unwrap();
                let (file, tests) = File::parse(&relative, &text).unwrap();
                for_tests.extend(tests);
                files.push(file);
            }
        }
    }
    files.retain(|file| file.path != "main.rs" && !for_tests.contains(&file.module));
    files.sort_by(|one, other| one.path.cmp(&other.path));
    files
}

impl File {
    /// Reads a file; the modules that it declares for tests come with it.
    pub fn parse(
        path: &str,
        text: &str,
    ) -> Result<(Self, BTreeSet<Vec<String>>), proc_macro2::LexError> {
        let module = module_of(path);
        let mut scan = Scan {
            module: &module,
            children: BTreeSet::new(),
            for_tests: BTreeSet::new(),
            references: Vec::new(),
        };
        let tokens: Vec<TokenTree> = text.parse::<TokenStream>()?.into_iter().collect();
        scan.declarations(&tokens);
        scan.tokens(&tokens);
        let Scan {
            for_tests,
            references,
            ..
        } = scan;
        let file = Self {
            path: path.to_owned(),
            references,
            module,
        };
        Ok((file, for_tests))
    }
}

/// `emit/layout/mod.rs` and `emit/layout.rs` are `emit::layout`.
fn module_of(path: &str) -> Vec<String> {
    let mut module: Vec<String> = path
        .trim_end_matches(".rs")
        .split('/')
        .map(str::to_owned)
        .collect();
    if module
        .last()
        .is_some_and(|last| matches!(last.as_str(), "mod" | "lib" | "main"))
    {
        module.pop();
    }
    module
}

struct Scan<'m> {
    module: &'m [String],
    /// The modules that the file declares.
    children: BTreeSet<String>,
    for_tests: BTreeSet<Vec<String>>,
    references: Vec<Vec<String>>,
}

impl Scan<'_> {
    /// Finds `mod x;` at the top of the file.
    fn declarations(&mut self, tokens: &[TokenTree]) {
        for (index, window) in tokens.windows(3).enumerate() {
            let [
                TokenTree::Ident(keyword),
                TokenTree::Ident(name),
                TokenTree::Punct(end),
            ] = window
            else {
                continue;
            };
            if keyword != "mod" || end.as_char() != ';' {
                continue;
            }
            if is_for_tests(&tokens[..index]) {
                self.for_tests.insert(self.child(&name.to_string()));
            } else {
                self.children.insert(name.to_string());
            }
        }
    }

    fn child(&self, name: &str) -> Vec<String> {
        let mut child = self.module.to_vec();
        child.push(name.to_owned());
        child
    }

    fn tokens(&mut self, tokens: &[TokenTree]) {
        let mut index = 0;
        while index < tokens.len() {
            match &tokens[index] {
                TokenTree::Ident(macro_name)
                    if QUOTES.iter().any(|quote| macro_name == quote)
                        && is_punct(tokens.get(index + 1), '!') =>
                {
                    index += 3;
                }
                TokenTree::Ident(keyword) if keyword == "mod" && is_for_tests(&tokens[..index]) => {
                    index += 3;
                }
                // A visibility, such as `pub(in crate::lower)`, imports nothing.
                TokenTree::Ident(keyword)
                    if keyword == "pub"
                        && matches!(tokens.get(index + 1), Some(TokenTree::Group(_))) =>
                {
                    index += 2;
                }
                TokenTree::Ident(first) if !ends_path(&tokens[..index]) => {
                    index += 1;
                    if let Some(start) = self.start(&first.to_string(), &tokens[index..]) {
                        index = self.path(start, tokens, index);
                    }
                }
                TokenTree::Group(group) => {
                    let inner: Vec<TokenTree> = group.stream().into_iter().collect();
                    self.tokens(&inner);
                    index += 1;
                }
                _ => index += 1,
            }
        }
    }

    /// Returns the module that a path begins at; none for what is no path of this crate.
    fn start(&self, first: &str, after: &[TokenTree]) -> Option<Vec<String>> {
        if !is_colons(after) {
            return None;
        }
        match first {
            "crate" => Some(Vec::new()),
            "super" => {
                let parent = self.module.len().checked_sub(1)?;
                Some(self.module[..parent].to_vec())
            }
            "self" => Some(self.module.to_vec()),
            child if self.children.contains(child) => Some(self.child(child)),
            _ => None,
        }
    }

    /// Follows a path to its end or its branches, and returns the index behind it.
    fn path(&mut self, mut at: Vec<String>, tokens: &[TokenTree], mut index: usize) -> usize {
        while is_colons(&tokens[index..]) {
            match tokens.get(index + 2) {
                Some(TokenTree::Ident(next)) if next == "super" => {
                    at.pop();
                }
                Some(TokenTree::Ident(next)) => at.push(next.to_string()),
                Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                    self.branches(&at, group.stream());
                    return index + 3;
                }
                _ => break,
            }
            index += 3;
        }
        self.references.push(at);
        index
    }

    /// The branches of an import: `{self, a::b, c::{d, e}}`.
    fn branches(&mut self, at: &[String], branches: TokenStream) {
        let tokens: Vec<TokenTree> = branches.into_iter().collect();
        for branch in tokens.split(|token| is_punct(Some(token), ',')) {
            if let Some(TokenTree::Ident(first)) = branch.first() {
                let mut at = at.to_vec();
                if first != "self" {
                    at.push(first.to_string());
                }
                self.path(at, branch, 1);
            }
        }
    }
}

/// Returns whether what follows is for tests alone.
fn is_for_tests(before: &[TokenTree]) -> bool {
    match before {
        [.., TokenTree::Punct(hash), TokenTree::Group(attribute)] => {
            hash.as_char() == '#' && attribute.stream().to_string().replace(' ', "") == "cfg(test)"
        }
        _ => false,
    }
}

/// Returns whether what follows is a later segment of a path.
fn ends_path(before: &[TokenTree]) -> bool {
    before.len() >= 2 && is_colons(&before[before.len() - 2..])
}

fn is_colons(tokens: &[TokenTree]) -> bool {
    is_punct(tokens.first(), ':') && is_punct(tokens.get(1), ':')
}

fn is_punct(token: Option<&TokenTree>, wanted: char) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == wanted)
}
