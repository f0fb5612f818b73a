//! Which paths a generated file can have, on this system and on others.

/// The file that says what cratewright wrote.
pub const MANIFEST: &str = ".cratewright.json";
/// What it was called before cratewright had its name.
pub(super) const OLD_MANIFEST: &str = ".flexgen.json";
/// The folder that is there while cratewright writes.
pub(super) const WORK_FOLDER: &str = ".cratewright.tmp";
/// The file in it whose presence means that files are being moved.
pub(super) const JOURNAL: &str = "journal.json";
/// Names at the top of the folder that no generated file can have.
const RESERVED: [&str; 2] = [MANIFEST, WORK_FOLDER];

/// Names that Windows gives to devices, in any folder and with any extension.
const DEVICES: [&str; 22] = [
    "con", "prn", "aux", "nul", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8",
    "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9",
];

/// Says why a path cannot be a generated file's, on this system or another.
pub(crate) fn check_path(path: &str) -> Result<(), String> {
    if path.is_empty() {
        return Err("it is empty".to_owned());
    }
    let first = path.split('/').next().unwrap_or_default();
    if RESERVED
        .iter()
        .any(|reserved| first.eq_ignore_ascii_case(reserved))
    {
        return Err("cratewright keeps that name for itself".to_owned());
    }
    path.split('/').try_for_each(check_part)
}

fn check_part(part: &str) -> Result<(), String> {
    if matches!(part, "" | "." | "..") {
        return Err("it is absolute, or has an empty, `.` or `..` part".to_owned());
    }
    if let Some(bad) = part
        .chars()
        .find(|&c| c.is_control() || "\\:*?\"<>|".contains(c))
    {
        return Err(format!("it has the character {bad:?}"));
    }
    if part.ends_with(['.', ' ']) {
        return Err("a part of it ends in a dot or a space".to_owned());
    }
    let stem = part
        .split('.')
        .next()
        .unwrap_or_default()
        .trim_end()
        .to_ascii_lowercase();
    if DEVICES.contains(&stem.as_str()) {
        return Err(format!("`{stem}` is the name of a device on Windows"));
    }
    Ok(())
}

/// Returns the folders that a file is in, the outermost first.
pub(super) fn folders_of(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    path.match_indices('/').map(|(slash, _)| &path[..slash])
}
