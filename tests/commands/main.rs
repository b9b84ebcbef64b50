//! The command `foremix` as a person meets it: what it prints, what it writes, how it ends.

mod answers;
mod as_run;
mod asking;
mod check_and_init;
mod compare;
mod goal;
mod handover;
mod help;
mod hostile;
mod interrupts;
mod optimize;
mod parquet;
mod parts;
mod pictures;
mod precision;
mod read_back;
mod reading;
mod run;
mod sensitivity;
mod slides;
mod sweep;
mod what_if;
mod workbook;
mod writing;

use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;

/// The command, run in `folder`.
fn foremix(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("foremix").unwrap();
    command.current_dir(folder).env_remove("NO_COLOR");
    command
}

/// A bundled scenario.
fn scenario(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios").join(name)
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// What stands in a folder, hidden or not, in the order of names.
fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned()).collect();
    names.sort();
    names
}

/// Sentences fit 80 columns; the rows of a table, whose cells are apart, are as wide as they must be.
fn is_a_table_or_fits(line: &str) -> bool {
    line.trim_start().contains("  ") || line.chars().count() <= 80
}

/// Compares with a snapshot; `INSTA_UPDATE=always cargo test` writes them anew.
macro_rules! assert_same {
    ($name:expr, $text:expr) => {
        insta::with_settings!({omit_expression => true, prepend_module_to_snapshot => false}, {
            insta::assert_snapshot!($name, $text);
        })
    };
}
use assert_same;
