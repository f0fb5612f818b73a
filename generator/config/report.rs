//! `[[crate.report]]`: what a project decides about changes of the description.

use crate::base::diagnostics::Diagnostic;
use crate::base::suggestions::nearest;
use crate::report::diff::{ChangeCode, Level, ReportRule, RuleAction};
use std::ops::Range;
use toml::Spanned;

/// One rule as it is written.
#[derive(Debug, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    code: Option<Spanned<String>>,
    at: Option<String>,
    level: Spanned<String>,
    /// For those who read the configuration.
    #[serde(rename = "reason")]
    _reason: Option<String>,
}

/// Returns the rule, or what is wrong with it and where.
pub(super) fn rule(entry: Entry) -> Result<ReportRule, (Range<usize>, Diagnostic)> {
    let Entry {
        code,
        at,
        level,
        _reason: _,
    } = entry;
    let code = match code {
        None => None,
        Some(code) => {
            let known = ChangeCode::parse(code.as_ref());
            Some(known.ok_or_else(|| (code.span(), unknown_code(code.as_ref())))?)
        }
    };
    let action = match level.as_ref().as_str() {
        "ignore" => RuleAction::Ignore,
        "notice" => RuleAction::Count(Level::Notice),
        "addition" => RuleAction::Count(Level::Addition),
        "breaking" => RuleAction::Count(Level::Breaking),
        other => {
            let message = format!("unknown level `{other}` in `[[crate.report]]`");
            let help = "the levels are `ignore`, `notice`, `addition` and `breaking`";
            return Err((
                level.span(),
                Diagnostic::failure("config", message).help(help),
            ));
        }
    };
    Ok(ReportRule { code, at, action })
}

fn unknown_code(code: &str) -> Diagnostic {
    let codes = ChangeCode::ALL.iter().map(|code| code.as_str());
    let help = match nearest(code, codes) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "docs/review.md lists the codes".to_owned(),
    };
    let message = format!("unknown code `{code}` of a change in `[[crate.report]]`");
    Diagnostic::failure("config", message).help(help)
}
