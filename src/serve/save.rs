//! Saving what was moved: a look at the difference first, then the file in one step.
//!
//! The new text is written beside the file and read back as the command would read it: only where that gives the very plan
//! of the page, and where the file is still the one that the difference was shown for, it takes the file's place.

use std::fs;
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use similar::{ChangeTag, TextDiff};
use tempfile::NamedTempFile;
use xxhash_rust::xxh3::xxh3_64;

use crate::reading::keys_of_path;
use crate::scenario::{Loaded, RawPlan, changes};

use super::faults::Trouble;
use super::plans::{Plans, text_of};
use super::state::State;
use super::toml_text::{self, Edit, edited};

/// Where a page's plan is to be saved.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Place {
    /// in the file, as the plan itself
    Plan,
    /// in the file, as a variant of this name
    Variant(String),
    /// in a new file of this name in the folder
    File(String),
}

/// What saving would change.
#[derive(Debug, Serialize)]
pub(super) struct Difference {
    /// the file's name
    file: String,
    /// what the file holds now, in a word; to be given back with the order to save
    before: String,
    /// lines that change, with a few around them
    lines: Vec<Line>,
}

#[derive(Debug, Serialize)]
struct Line {
    /// `+`, `-`, a blank, or `…` where lines are left out
    sign: char,
    text: String,
}

/// Where it was saved.
#[derive(Debug, Serialize)]
pub(super) struct Saved {
    file: String,
    /// what the file is known by now
    version: Option<String>,
}

/// Lines around a change.
const AROUND: usize = 2;

/// A text to be written, and what it takes the place of.
struct Draft {
    path: PathBuf,
    old: Option<String>,
    new: String,
    variant: Option<String>,
    plan: RawPlan,
}

/// What saving would change.
pub(super) fn difference(plans: &Plans, state: &State, place: &Place) -> Result<Difference, Trouble> {
    let draft = Draft::of(plans, state, place)?;
    let old = draft.old.as_deref().unwrap_or_default();
    Ok(Difference {
        file: file_name(&draft.path),
        before: print_of(draft.old.as_deref()),
        lines: lines(old, &draft.new),
    })
}

/// Saves; `before` is what [`difference`] said of the file.
pub(super) fn save(plans: &Plans, state: &State, place: &Place, before: &str) -> Result<Saved, Trouble> {
    let draft = Draft::of(plans, state, place)?;
    let file = file_name(&draft.path);
    let changed = || {
        Trouble::Conflict(format!("{file} was changed meanwhile and was left as it is; look at the difference again"))
    };
    if print_of(draft.old.as_deref()) != before {
        return Err(changed());
    }
    let failed = |error: io::Error| Trouble::Unfit(format!("{file} can't be written: {error}"));
    let mut staged = tempfile::Builder::new()
        .prefix(".foremix-")
        .suffix(".toml")
        .tempfile_in(draft.path.parent().unwrap_or(plans.folder()))
        .map_err(failed)?;
    staged.write_all(draft.new.as_bytes()).and_then(|()| staged.as_file().sync_all()).map_err(failed)?;
    let read =
        plans.load_file(staged.path(), draft.variant.as_deref(), &[]).map_err(|error| Trouble::of(error, &[]))?;
    if !changes(&draft.plan, &read.draft).is_empty() {
        return Err(Trouble::Unfit(format!(
            "{file} was left as it is: written into it, the figures would make another plan than the one shown"
        )));
    }
    put_in_place(staged, &draft).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => changed(),
        _ => failed(error),
    })?;
    let version = match place {
        Place::File(_) => {
            plans.turn_to(draft.path);
            plans.look_again()
        }
        Place::Plan | Place::Variant(_) => plans.look_again(),
    };
    Ok(Saved { file, version })
}

/// Gives the staged file its name. [`ErrorKind::AlreadyExists`] says that another text has come there meanwhile.
fn put_in_place(staged: NamedTempFile, draft: &Draft) -> io::Result<()> {
    let Some(old) = &draft.old else {
        let file = staged.persist_noclobber(&draft.path).map_err(|error| error.error)?;
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            file.set_permissions(fs::Permissions::from_mode(0o644))?;
        }
        return file.sync_all();
    };
    staged.as_file().set_permissions(fs::metadata(&draft.path)?.permissions())?;
    if fs::read(&draft.path)? != old.as_bytes() {
        return Err(ErrorKind::AlreadyExists.into());
    }
    staged.persist(&draft.path).map(drop).map_err(|error| error.error)
}

impl Draft {
    fn of(plans: &Plans, state: &State, place: &Place) -> Result<Self, Trouble> {
        // What the file says now counts, not what it said when the page was opened.
        plans.look_again();
        let Loaded { draft: plan, .. } = plans.load(state)?;
        let edits = edits(&plan);
        let write = |text: &str, into| edited(text, &edits, into).map_err(|error| Trouble::Unfit(error.to_string()));
        if let Place::File(name) = place {
            let Some(answered) = &state.answers else {
                return Err(Trouble::Unfit("the plan has a file already".into()));
            };
            let path = plans.folder().join(checked_name(name)?);
            if path.exists() {
                return Err(Trouble::Conflict(format!(
                    "{name} exists already and was left as it is; choose another name"
                )));
            }
            let new = write(&text_of(answered)?, toml_text::Into::Plan)?;
            return Ok(Self { path, old: None, new, variant: None, plan });
        }
        let path = plans.path().filter(|_| state.answers.is_none());
        let path = path.ok_or_else(|| Trouble::Unfit("the plan has no file yet: give it a name".into()))?;
        // A link is followed, so that the file behind it is written and not the link replaced.
        let path = path.canonicalize().map_err(|error| Trouble::Unfit(format!("{}: {error}", path.display())))?;
        let old = String::from_utf8(fs::read(&path).map_err(|error| Trouble::Unfit(error.to_string()))?)
            .map_err(|_| Trouble::Unfit(format!("{} is not in UTF-8", file_name(&path))))?;
        let (into, variant) = match place {
            Place::Variant(name) if name.trim().is_empty() || name.chars().any(char::is_control) => {
                return Err(Trouble::Unfit("a variant needs a name".into()));
            }
            Place::Variant(name) => (toml_text::Into::Variant(name), Some(name.clone())),
            Place::Plan | Place::File(_) => (toml_text::Into::Plan, None),
        };
        let new = write(&old, into)?;
        Ok(Self { path, old: Some(old), new, variant, plan })
    }
}

/// What is not as the file has it, as lines of a file.
fn edits(plan: &RawPlan) -> Vec<Edit> {
    let changed = plan.changed().into_iter().filter_map(|change| {
        let path = keys_of_path(&change.path)?;
        let value = plan.toml_at(&path)?;
        Some(Edit { path, value })
    });
    changed.collect()
}

/// A name of a new scenario: of this folder, with nothing in it that another system reads as something else.
fn checked_name(name: &str) -> Result<&str, Trouble> {
    let stem = name.strip_suffix(".toml").unwrap_or_default();
    let is_plain = |letter: char| letter.is_alphanumeric() || "-_ ".contains(letter);
    match !stem.trim().is_empty() && stem.len() <= 100 && stem.chars().all(is_plain) {
        true => Ok(name),
        false => Err(Trouble::Unfit(
            "a file's name is made of letters, digits, blanks, - and _, and ends in .toml: for example quarter.toml"
                .into(),
        )),
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned())
}

/// What tells one text of a file from another.
fn print_of(text: Option<&str>) -> String {
    text.map_or_else(|| "none".into(), |text| format!("{:016x}", xxh3_64(text.as_bytes())))
}

fn lines(old: &str, new: &str) -> Vec<Line> {
    let compared = TextDiff::from_lines(old, new);
    let mut lines: Vec<Line> = Vec::new();
    for group in compared.grouped_ops(AROUND) {
        if !lines.is_empty() {
            lines.push(Line { sign: '…', text: String::new() });
        }
        for change in group.iter().flat_map(|op| compared.iter_changes(op)) {
            let sign = match change.tag() {
                ChangeTag::Equal => ' ',
                ChangeTag::Delete => '-',
                ChangeTag::Insert => '+',
            };
            lines.push(Line { sign, text: change.value().trim_end_matches(['\r', '\n']).to_owned() });
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_new_file_stays_in_the_folder() {
        for name in ["../plan.toml", "/tmp/plan.toml", "a/b.toml", "..toml", ".toml", "plan", "C:x.toml", "a\0.toml"] {
            assert!(checked_name(name).is_err(), "{name}");
        }
        assert!(checked_name("third quarter-2.toml").is_ok());
    }

    #[test]
    fn a_difference_shows_a_few_lines_around_each_change() {
        let old: String = (1..=30).map(|line| format!("{line}\n")).collect();
        let new = old.replace("\n5\n", "\nfive\n").replace("\n25\n", "\n");
        let shown: String = lines(&old, &new).iter().map(|line| format!("{}{} ", line.sign, line.text)).collect();
        assert_eq!(shown, " 3  4 -5 +five  6  7 …  23  24 -25  26  27 ");
    }
}
