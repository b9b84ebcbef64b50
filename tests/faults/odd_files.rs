//! Files that are no text at all, or not there, or not to be read.

use std::fs;
use std::path::Path;

use foremix::scenario::{LoadError, load};

fn message(path: &Path) -> String {
    load(path, &[]).unwrap_err().to_string()
}

#[test]
fn a_missing_file_and_a_folder_are_called_what_they_are() {
    let missing = message(Path::new("no/such/plan.toml"));
    assert!(missing.contains("no such file"), "{missing}");
    assert!(missing.contains("no/such/plan.toml"), "{missing}");
    let folder = message(Path::new("tests/faults"));
    assert!(folder.contains("this is a folder"), "{folder}");
    let inside = message(Path::new("Cargo.toml/plan.toml"));
    assert!(inside.contains("Cargo.toml/plan.toml"), "{inside}");
}

#[test]
fn a_hundred_megabytes_are_refused_unread() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("huge.toml");
    fs::File::create(&path).unwrap().set_len(100_000_000).unwrap();
    assert!(message(&path).contains("larger than 1 MB"));
}

#[test]
fn a_megabyte_of_rubbish_is_refused_in_little_time() {
    let folder = tempfile::tempdir().unwrap();
    for (name, line) in [("words", "no sense at all\n"), ("brackets", "a = [{"), ("headers", "[a]\n")] {
        let path = folder.path().join(name);
        fs::write(&path, line.repeat(1_000_000 / line.len())).unwrap();
        let started = std::time::Instant::now();
        let message = message(&path);
        assert!(message.contains("error"), "{name}");
        assert!(message.len() < 1_000_000, "{name}: {} bytes", message.len());
        assert!(started.elapsed().as_secs() < 20, "{name}: {:?}", started.elapsed());
    }
}

#[cfg(unix)]
#[test]
#[expect(clippy::print_stderr, reason = "says why nothing was tested")]
fn a_file_that_may_not_be_read_is_no_fault_of_the_scenario() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("secret.toml");
    fs::write(&path, "name = \"secret\"\n").unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o000)).unwrap();
    if fs::read(&path).is_ok() {
        eprintln!("skipped: this user reads every file");
        return;
    }
    let error = load(&path, &[]).unwrap_err();
    assert!(matches!(error, LoadError::Unreadable { .. }), "{error}");
    assert!(error.to_string().contains("secret.toml can't be read"), "{error}");
}
