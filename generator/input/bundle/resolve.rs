//! From the text of a `$ref` to the place that it means.

use super::{Bundler, is_inlined, only_reference, reference_of};
use crate::base::diagnostics::Diagnostic;
use crate::base::pointer::escape;
use crate::base::source::is_url as is_web;
use crate::input::source_map::ROOT;
use percent_encoding::percent_decode_str;
use serde_json::Value;
use std::collections::BTreeSet;

/// References that are followed for one: each is a few frames of the stack.
const HOPS: usize = 250;

/// The references that were followed for one, each with the file that it is in.
type Trail = Vec<(usize, String)>;

/// A node of a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    pub file: usize,
    pub pointer: String,
}

/// Why a reference leads nowhere; `None` when that was reported already.
pub(super) type Fault = Option<Box<Diagnostic>>;

/// Returns the name of a component of the description itself, when the place is one of this section.
pub(super) fn component(place: &Place, section: &str) -> Option<String> {
    let name = place
        .pointer
        .strip_prefix("/components/")?
        .strip_prefix(section)?
        .strip_prefix('/')?;
    (place.file == ROOT && !name.contains('/')).then(|| unescape(name))
}

impl Bundler {
    /// Finds what a reference in a file means; `at` is where it stands.
    pub(super) fn resolve(
        &mut self,
        file: usize,
        reference: &str,
        at: &str,
    ) -> Result<Place, Fault> {
        self.follow(file, reference, at, &mut Trail::new())
    }

    fn follow(
        &mut self,
        file: usize,
        reference: &str,
        at: &str,
        trail: &mut Trail,
    ) -> Result<Place, Fault> {
        if trail.len() == HOPS {
            return Err(endless(reference, trail));
        }
        trail.push((file, reference.to_owned()));
        let (path, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let identified = match path {
            "" => None,
            path => self
                .identified(file, path)
                .or_else(|| self.identified_from(file, at, path)),
        };
        let (target, base) = match identified {
            _ if path.is_empty() => (file, String::new()),
            Some(pointer) => (file, pointer),
            None => (self.open(file, reference, path)?, String::new()),
        };
        if self.files.value(target).is_none() {
            return Err(None);
        }
        let fragment = decoded(reference, fragment)?;
        let is_relative = path.is_empty() && !fragment.starts_with("/components/");
        let pointer = if fragment.is_empty() || fragment.starts_with('/') {
            let relative = is_relative.then(|| self.in_resource(file, at, &fragment));
            relative.flatten().unwrap_or_else(|| base + &fragment)
        } else if let Some(pointer) = self.identified(target, &format!("#{fragment}")) {
            pointer
        } else {
            let message = format!("`$ref` to `{reference}`: there is no `$anchor` of that name");
            return Err(fault("unsupported-ref", message).map(|fault| {
                Box::new(fault.help("write a JSON pointer, such as `#/components/schemas/Name`"))
            }));
        };
        let place = Place {
            file: target,
            pointer,
        };
        if target == ROOT && is_component(&place.pointer) {
            return Ok(place);
        }
        let found = match self.walk(&place, trail)? {
            Some(found) => Some(found),
            None if path.is_empty() => self.elsewhere(&place, at),
            None => None,
        };
        let Some(found) = found else {
            let fault = self.dangling(reference, &place);
            // A reference at the end of a chain is not the one that is being resolved.
            return Err(match fault {
                Some(fault) if trail.len() > 1 => {
                    Some(Box::new(self.placed(*fault, format!("{at}/$ref"), file)))
                }
                fault => fault,
            });
        };
        if found.file == ROOT && is_component(&found.pointer) {
            return Ok(found);
        }
        let next = self
            .value(&found)
            .and_then(only_reference)
            .map(str::to_owned);
        match next {
            Some(next) => self.follow(found.file, &next, &found.pointer, trail),
            None => Ok(found),
        }
    }

    fn open(&mut self, file: usize, reference: &str, path: &str) -> Result<usize, Fault> {
        let refused =
            |what: &str| {
                let message = format!("`$ref` to `{reference}`: {what}");
                fault("unsupported-ref", message).map(|fault| {
                    Box::new(fault.help(
                        "copy the file to the description, and refer to it by a relative path",
                    ))
                })
            };
        let is_remote = self.files.is_remote(file);
        if is_url(path) && !(is_remote && path.starts_with("//")) {
            if !(self.files.reads_urls() && is_web(path)) {
                return Err(refused("this URL cannot be read here"));
            }
        } else if !is_remote && path.starts_with(['/', '\\']) {
            if let Some(help) = self.in_this_file(path) {
                let message = format!("`$ref` to `{reference}`: only relative paths are followed");
                return Err(
                    fault("unsupported-ref", message).map(|fault| Box::new(fault.help(help)))
                );
            }
            return Err(refused("only relative paths are followed"));
        }
        let path = if is_remote || is_web(path) {
            path.to_owned()
        } else {
            let path = path.split('?').next().unwrap_or_default();
            decoded(reference, path)?
        };
        self.files
            .open(file, &path, &mut self.sources)
            .map_err(|fault| {
                let message = format!("`$ref` to `{reference}`: {}", fault.message);
                let help = self.bare_name(reference);
                let fault = Diagnostic { message, ..fault };
                Some(Box::new(match help {
                    Some(help) => fault.help(help),
                    None => fault,
                }))
            })
    }

    /// A pointer without its `#`.
    fn in_this_file(&self, path: &str) -> Option<String> {
        self.files.value(ROOT)?.pointer(path)?;
        Some(format!("did you mean `#{path}`?"))
    }

    /// The name is that of a component, and the way to it is another: `#/definitions/Name`.
    fn section_of(&self, pointer: &str) -> Option<String> {
        let (parent, name) = pointer.rsplit_once('/')?;
        let components = self.files.value(ROOT)?.get("components")?.as_object()?;
        let (section, _) = components
            .iter()
            .find(|(_, entries)| entries.get(unescape(name)).is_some())?;
        let found = format!("/components/{section}");
        (parent != found).then(|| format!("did you mean `#{found}/{name}`?"))
    }

    /// A schema's name alone is what some write for a reference to it.
    fn bare_name(&self, name: &str) -> Option<String> {
        let pointer = format!("/components/schemas/{}", escape(name));
        self.files.value(ROOT)?.pointer(&pointer)?;
        Some(format!("did you mean `#{pointer}`?"))
    }

    /// Walks a pointer, through the references on its way; `None` when it leads nowhere.
    fn walk(&mut self, place: &Place, trail: &mut Trail) -> Result<Option<Place>, Fault> {
        if self.value(place).is_some() {
            return Ok(Some(Place {
                file: place.file,
                pointer: normal(&place.pointer),
            }));
        }
        let mut at = Place {
            file: place.file,
            pointer: String::new(),
        };
        for token in place.pointer.split('/').skip(1) {
            let token = unescape(token);
            loop {
                let Some(here) = self.value(&at) else {
                    return Ok(None);
                };
                let below = format!("{}/{}", at.pointer, escape(&token));
                if self
                    .files
                    .value(at.file)
                    .and_then(|file| file.pointer(&below))
                    .is_some()
                {
                    at.pointer = below;
                    break;
                }
                let Some(next) = here.as_object().and_then(reference_of).map(str::to_owned) else {
                    return Ok(None);
                };
                let from = at.pointer.clone();
                at = self.follow(at.file, &next, &from, trail)?;
            }
        }
        Ok(Some(at))
    }

    /// Definitions that stand in a schema of their own, and components that a part of the description takes from the whole.
    fn elsewhere(&self, place: &Place, at: &str) -> Option<Place> {
        let exists = |file: usize, pointer: &str| {
            self.files
                .value(file)
                .is_some_and(|value| value.pointer(pointer).is_some())
        };
        if place.pointer.starts_with("/$defs/") || place.pointer.starts_with("/definitions/") {
            let mut end = at.len();
            while end > 0 {
                let pointer = format!("{}{}", &at[..end], place.pointer);
                if exists(place.file, &pointer) {
                    return Some(Place {
                        file: place.file,
                        pointer,
                    });
                }
                end = at[..end].rfind('/').unwrap_or_default();
            }
        }
        exists(ROOT, &place.pointer).then(|| Place {
            file: ROOT,
            pointer: place.pointer.clone(),
        })
    }

    fn dangling(&self, reference: &str, place: &Place) -> Fault {
        let message = format!("`$ref` to `{reference}`, which does not exist");
        let diagnostic = Diagnostic::error("dangling-ref", "", message);
        if let Some(help) = self.section_of(&place.pointer) {
            return Some(Box::new(diagnostic.help(help)));
        }
        let (parent, last) = place.pointer.rsplit_once('/')?;
        let parent = self.files.value(place.file)?.pointer(parent);
        let last = unescape(last);
        let near = parent.and_then(Value::as_object).and_then(|entries| {
            entries
                .keys()
                .map(|key| (strsim::damerau_levenshtein(key, &last), key))
                .filter(|(distance, key)| *distance <= key.len().max(last.len()) / 3)
                .min()
        });
        Some(Box::new(match near {
            Some((_, key)) => diagnostic.help(format!("did you mean `{key}`?")),
            None => diagnostic,
        }))
    }
}

/// Says why a reference is not followed any further: a circle meets a reference again, and a long chain does not.
fn endless(reference: &str, trail: &Trail) -> Fault {
    let different: BTreeSet<&(usize, String)> = trail.iter().collect();
    if different.len() < trail.len() {
        return fault(
            "circular-ref",
            format!("`$ref` to `{reference}` leads back to itself"),
        );
    }
    let message =
        format!("`$ref` to `{reference}` is at the end of a chain of more than {HOPS} references");
    fault("too-deep", message)
        .map(|fault| Box::new(fault.help("refer to the last of them directly")))
}

/// Whether the pointer is one of a component, by section and name.
fn is_component(pointer: &str) -> bool {
    let mut tokens = pointer.split('/').skip(1);
    let (first, section) = (tokens.next(), tokens.next());
    first == Some("components")
        && section.is_some_and(|section| !is_inlined(section))
        && tokens.next().is_some()
        && tokens.next().is_none()
}

/// Whether it begins with a scheme (RFC 3986, 3.1) or a host.
fn is_url(path: &str) -> bool {
    let scheme = path.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme
                .chars()
                .all(|c| c.is_ascii_alphanumeric() || "+-.".contains(c))
    });
    scheme || path.starts_with("//")
}

fn decoded(reference: &str, part: &str) -> Result<String, Fault> {
    if !part.contains('%') {
        return Ok(part.to_owned());
    }
    percent_decode_str(part)
        .decode_utf8()
        .map(std::borrow::Cow::into_owned)
        .map_err(|_| {
            let message =
                format!("`$ref` to `{reference}`: what is percent-encoded in it is not UTF-8");
            fault("unsupported-ref", message)
        })
}

/// Escapes as everyone else does.
fn normal(pointer: &str) -> String {
    pointer
        .split('/')
        .skip(1)
        .map(|token| format!("/{}", escape(&unescape(token))))
        .collect()
}

fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

#[expect(
    clippy::unnecessary_wraps,
    reason = "it is what a reference fails with"
)]
fn fault(code: &'static str, message: String) -> Fault {
    Some(Box::new(Diagnostic::error(code, "", message)))
}
