//! Every faulty file gives its message, every right one none.

use insta::{assert_snapshot, with_settings};

use crate::{FOLDER, faults, scenarios};

#[test]
fn every_faulty_file_gives_its_message() {
    let files = scenarios(FOLDER);
    assert!(files.len() >= 80, "{} files", files.len());
    for path in files {
        let name = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let (faults, sources) = faults(&path, &[]).unwrap_or_else(|| panic!("{name} has no fault"));
        with_settings!({snapshot_path => ".", prepend_module_to_snapshot => false, omit_expression => true}, {
            assert_snapshot!(name, faults.render(&sources, false));
        });
    }
}

#[test]
fn no_snapshot_is_left_without_its_file() {
    for entry in std::fs::read_dir(FOLDER).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|ending| ending == "snap") {
            assert!(path.with_extension("toml").exists(), "{}", path.display());
        }
    }
}

#[test]
fn right_files_have_no_fault() {
    for path in scenarios("tests/faults/right") {
        if let Some((faults, sources)) = faults(&path, &[]) {
            panic!("{}", faults.render(&sources, false));
        }
    }
}
