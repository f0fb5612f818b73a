//! The command line.

use clap::{Args, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

#[derive(Debug, Parser)]
#[command(
    name = "cratewright",
    version,
    about,
    after_help = "Without --spec, cratewright.toml in the current directory or a parent of it says what to do; `cratewright init` \
                  writes one.\n\
                  `cratewright explain CODE` says more about a message.\n\
                  Exit status: 0 fine, 1 `check` found stale output or `diff --fail-on` what it looks for, 2 an error."
)]
pub(super) struct Cli {
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    pub output: OutputArgs,
}

#[derive(Debug, Args)]
pub(super) struct OutputArgs {
    /// How diagnostics and results are written: for people, as one JSON object a line, as annotations of GitHub Actions, or
    /// as one SARIF document; json and sarif are on standard output
    #[arg(long, value_enum, global = true, default_value_t = MessageFormat::Human, value_name = "FORMAT")]
    pub message_format: MessageFormat,
    /// Print errors only
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Print every warning and every file, not a summary of them
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// When to use colors: `auto` is on terminals, unless `NO_COLOR` is set
    #[arg(long, value_enum, global = true, default_value_t = Color::Auto, value_name = "WHEN")]
    pub color: Color,
}

impl OutputArgs {
    /// Returns whether a person reads along.
    pub(super) fn is_for_people(&self) -> bool {
        self.message_format == MessageFormat::Human && !self.quiet
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    Auto,
    Always,
    Never,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum MessageFormat {
    Human,
    Json,
    Github,
    Sarif,
}

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Write a cratewright.toml for a description
    Init(InitArgs),
    /// Write the crate: all files or none, unmanaged files left alone
    Generate(GenerateArgs),
    /// Compare the crate with what would be written; write nothing
    Check(CheckArgs),
    /// Show what becomes of each operation and each SID, and what is not enforced
    Inspect(InspectArgs),
    /// Print the public API of the generated part, one line for each field, for reviewers
    Api(ApiArgs),
    /// Say what a changed description does to callers, and which version follows
    Diff(DiffArgs),
    /// Pin what the URLs of cratewright.toml have now in cratewright.lock
    Fetch(FetchArgs),
    /// Print the dependencies of a crate whose build script generates the code, as lines for its Cargo.toml
    Dependencies(DependenciesArgs),
    /// Explain the code of a message, with a wrong and a right example; list all codes without one
    Explain(ExplainArgs),
    /// Print the JSON schema of cratewright.toml, for editors
    Schema,
    /// Print completions for a shell
    Completions(CompletionsArgs),
    /// Print the manual page, in roff
    Man,
}

#[derive(Debug, Args)]
pub(super) struct InitArgs {
    /// The description: a file or an `https://` URL [default: the one that is found here]
    #[arg(value_name = "SPEC")]
    pub spec: Option<PathBuf>,
    /// The same, as for the other commands
    #[arg(long = "spec", value_name = "FILE", conflicts_with = "spec")]
    pub named: Option<PathBuf>,
    /// The name of the package [default: made of the title of the description]
    #[arg(long, value_name = "NAME")]
    pub package: Option<String>,
    /// The folder of the crate [default: the name of the package]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct ApiArgs {
    #[command(flatten)]
    pub selection: Selection,
}

#[derive(Debug, Args)]
pub(super) struct DependenciesArgs {
    #[command(flatten)]
    pub selection: Selection,
    /// The features of the generated code [default: client]
    #[arg(long, value_name = "FEATURE", value_delimiter = ',')]
    pub features: Option<Vec<String>>,
}

#[derive(Debug, Args)]
pub(super) struct FetchArgs {
    /// The configuration to use instead of cratewright.toml
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct CompletionsArgs {
    #[arg(value_enum, value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}

#[derive(Debug, Args)]
pub(super) struct GenerateArgs {
    #[command(flatten)]
    pub selection: Selection,
    #[command(flatten)]
    pub out: Out,
    /// Say what would be written, and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Overwrite generated files that were edited, and files in the way that cratewright did not write
    #[arg(long)]
    pub force: bool,
    /// Write the version that follows from the changes into cratewright.toml and Cargo.lock, and an entry into the crate's
    /// CHANGELOG.md
    #[arg(long, conflicts_with = "spec")]
    pub bump: bool,
    /// Collect the changes under `Unreleased` in the crate's CHANGELOG.md; the version stays as it is until `--bump`
    #[arg(long, conflicts_with_all = ["spec", "bump"])]
    pub unreleased: bool,
    /// Write what changes for callers to a file, in Markdown, as the text of a pull request
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct CheckArgs {
    #[command(flatten)]
    pub selection: Selection,
    #[command(flatten)]
    pub out: Out,
}

#[derive(Debug, Args)]
pub(super) struct InspectArgs {
    #[command(flatten)]
    pub selection: Selection,
    /// A table for people or one JSON document for each crate, a list when it is made of several descriptions
    #[arg(long, value_enum, default_value_t = InspectFormat::Table)]
    pub format: InspectFormat,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum InspectFormat {
    Table,
    Json,
}

#[derive(Debug, Args)]
pub(super) struct DiffArgs {
    /// The description as it was: a file, an `https://` URL, or a git revision of a file such as HEAD:spec/flex.yaml
    #[arg(value_name = "OLD")]
    pub old: PathBuf,
    /// The description as it is, in the same forms
    #[arg(value_name = "NEW")]
    pub new: PathBuf,
    /// Text for a terminal, Markdown for a comment on a pull request, one JSON document, annotations of GitHub Actions, or
    /// SARIF for code scanning
    #[arg(long, value_enum, default_value_t = DiffFormat::Text)]
    pub format: DiffFormat,
    /// End with status 1 when a change breaks callers or the wire, or when there is any
    #[arg(long, value_enum, value_name = "WHAT")]
    pub fail_on: Option<FailOn>,
    /// An overlay to apply to both; may be given several times
    #[arg(long, value_name = "FILE")]
    pub overlay: Vec<PathBuf>,
    /// The operations to compare, by operationId [default: all]
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    pub operations: Vec<String>,
    /// The version of the crate, for the one that follows
    #[arg(long, value_name = "VERSION")]
    pub crate_version: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum DiffFormat {
    Text,
    Markdown,
    Json,
    Github,
    Sarif,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    Breaking,
    Any,
}

#[derive(Debug, Args)]
pub(super) struct ExplainArgs {
    /// The code in the brackets of a message, such as `dangling-ref`
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
}

#[derive(Debug, Args)]
pub(super) struct Out {
    /// The folder of the crate
    #[arg(long, value_name = "DIR", requires = "spec")]
    pub out: Option<PathBuf>,
}

#[derive(Debug, Args)]
pub(super) struct Selection {
    /// A description, YAML or JSON: a file, an `https://` URL, or `-` for standard input; given several times, each is a module of
    /// one crate, behind a feature, which `MODULE=FILE` names, as in `money::v2=billing.yaml`
    #[arg(long, value_name = "FILE")]
    pub spec: Vec<PathBuf>,
    /// The name of the package [default: the name of the folder]; without --spec, the one crate of cratewright.toml to do
    #[arg(long, value_name = "NAME")]
    pub package: Option<String>,
    /// The version of the package [default: 0.1.0]
    #[arg(long, value_name = "VERSION", requires = "spec")]
    pub crate_version: Option<String>,
    /// The configuration to use instead of cratewright.toml
    #[arg(long, value_name = "FILE", conflicts_with = "spec")]
    pub config: Option<PathBuf>,
    /// An overlay to apply to the description; may be given several times
    #[arg(long, value_name = "FILE", requires = "spec")]
    pub overlay: Vec<PathBuf>,
    /// The operations to generate, by operationId or `METHOD /path` [default: all]
    #[arg(long, value_name = "ID", value_delimiter = ',', requires = "spec")]
    pub operations: Vec<String>,
    /// Fail, with status 2 and nothing written, when there is a warning about a description
    #[arg(long)]
    pub deny_warnings: bool,
}
