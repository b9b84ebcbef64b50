//! Where results can't go, the command says so with exit code 1; what stood there is whole, and no litter is left.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Output;

use crate::{foremix, names, scenario, stderr};

fn run_to(folder: &Path, out: impl AsRef<OsStr>) -> Output {
    foremix(folder)
        .arg("run")
        .arg(scenario("starter.toml"))
        .args(["--runs", "100", "--quiet", "--out"])
        .arg(out)
        .output()
        .unwrap()
}

fn assert_refused(output: &Output, said: &str) {
    let message = stderr(output);
    assert_eq!(output.status.code(), Some(1), "{message}");
    assert!(message.starts_with("error: ") && message.contains(said), "{message}");
}

#[test]
fn paths_of_all_forms_lead_to_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("here")).unwrap();
    let here = folder.path().join("here");
    let absolute = folder.path().join("absolute").into_os_string();
    for (out, stands) in [
        (OsStr::new("plain"), "here/plain"),
        (OsStr::new("slash/"), "here/slash"),
        (OsStr::new("./dot"), "here/dot"),
        (OsStr::new("../above"), "above"),
        (OsStr::new("deep/er/and/deeper"), "here/deep/er/and/deeper"),
        (OsStr::new("two words\n'and a line'"), "here/two words\n'and a line'"),
        (&absolute, "absolute"),
    ] {
        for _ in 0..2 {
            let output = run_to(&here, out);
            assert_eq!(output.status.code(), Some(0), "{out:?}: {}", stderr(&output));
            assert!(folder.path().join(stands).join("summary.json").is_file(), "{out:?}");
        }
    }
    assert_eq!(names(folder.path()), ["above", "absolute", "here"]);
    assert_eq!(names(&here), ["deep", "dot", "plain", "slash", "two words\n'and a line'"]);
}

#[test]
fn the_folder_one_stands_in_is_not_taken() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("here")).unwrap();
    for out in [".", "..", "./", "/", "new/.."] {
        let output = run_to(&folder.path().join("here"), out);
        assert_eq!(output.status.code(), Some(1), "{out}");
        assert!(stderr(&output).contains("--out"), "{out}: {}", stderr(&output));
    }
    assert_eq!(names(folder.path()), ["here"]);
    assert_eq!(names(&folder.path().join("here")), [""; 0]);
}

#[test]
fn a_file_is_never_replaced_by_a_folder() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("taken"), "mine").unwrap();
    assert_refused(&run_to(folder.path(), "taken"), "taken is a file");
    assert_refused(&run_to(folder.path(), "taken/inside"), "taken/inside");
    assert_eq!(fs::read(folder.path().join("taken")).unwrap(), b"mine");
    assert_eq!(names(folder.path()), ["taken"]);
}

#[test]
fn what_no_forecast_wrote_is_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    assert!(run_to(folder.path(), "results").status.success());
    let results = folder.path().join("results");
    let before = names(&results);
    fs::write(results.join("notes.txt"), "mine").unwrap();
    assert_refused(&run_to(folder.path(), "results"), "notes.txt");
    assert_eq!(fs::read(results.join("notes.txt")).unwrap(), b"mine");
    fs::remove_file(results.join("notes.txt")).unwrap();
    fs::create_dir(results.join("revenue.png.d")).unwrap();
    assert_refused(&run_to(folder.path(), "results"), "revenue.png.d");
    fs::remove_dir(results.join("revenue.png.d")).unwrap();
    assert!(run_to(folder.path(), "results").status.success());
    assert_eq!(names(&results), before);
    fs::create_dir(folder.path().join("photos")).unwrap();
    fs::write(folder.path().join("photos/one.png"), "mine").unwrap();
    assert_refused(&run_to(folder.path(), "photos"), "one.png");
    fs::create_dir(folder.path().join("empty")).unwrap();
    assert!(run_to(folder.path(), "empty").status.success());
    assert_eq!(names(folder.path()), ["empty", "photos", "results"]);
}

#[cfg(unix)]
#[test]
fn a_link_to_a_folder_stays_a_link() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("real")).unwrap();
    std::os::unix::fs::symlink("real", folder.path().join("link")).unwrap();
    assert!(run_to(folder.path(), "link").status.success());
    assert!(folder.path().join("link").is_symlink());
    assert!(folder.path().join("real/summary.json").is_file());
}

#[test]
fn a_name_too_long_leaves_nothing_behind() {
    let folder = tempfile::tempdir().unwrap();
    let long = "x".repeat(300);
    assert_refused(&run_to(folder.path(), &long), "too long");
    assert_refused(&run_to(folder.path(), format!("new/parents/{long}")), "too long");
    assert_refused(&run_to(folder.path(), format!("new/{long}/inside")), "too long");
    assert_eq!(names(folder.path()), [""; 0]);
    assert!(run_to(folder.path(), "y".repeat(255)).status.success());
}

#[cfg(target_os = "linux")]
#[test]
fn where_nothing_can_be_made_the_system_is_quoted() {
    let folder = tempfile::tempdir().unwrap();
    assert_refused(&run_to(folder.path(), "/proc/results"), "/proc/results");
}

/// A small file system of its own, if this user may mount one.
#[cfg(target_os = "linux")]
struct Mount(tempfile::TempDir);

#[cfg(target_os = "linux")]
impl Mount {
    #[expect(clippy::print_stderr, reason = "says why nothing was tested")]
    fn new(options: &str) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let mount = Self(folder);
        if mount.with(options) {
            Some(mount)
        } else {
            eprintln!("skipped: this user may not mount a file system");
            None
        }
    }

    fn with(&self, options: &str) -> bool {
        let status = std::process::Command::new("mount")
            .args(["-t", "tmpfs", "-o", options, "tmpfs"])
            .arg(self.0.path())
            .stderr(std::process::Stdio::null())
            .status();
        status.is_ok_and(|status| status.success())
    }
}

#[cfg(target_os = "linux")]
impl Drop for Mount {
    fn drop(&mut self) {
        let _ = std::process::Command::new("umount").arg(self.0.path()).status();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_results_whole() {
    let Some(mount) = Mount::new("size=2m") else {
        return;
    };
    let disk = mount.0.path();
    assert!(run_to(disk, "results").status.success());
    let old = fs::read(disk.join("results/summary.json")).unwrap();
    let free = || fs::metadata(disk.join("filler")).map_or(0, |filler| filler.len());
    // Fill what is left, but for a few kilobytes: enough to begin, too little to end.
    let mut filler = vec![0_u8; 2 << 20];
    while fs::write(disk.join("filler"), &filler).is_err() {
        filler.truncate(filler.len() - (16 << 10));
    }
    assert!(free() > 0);
    fs::write(disk.join("filler"), &filler[..filler.len() - (16 << 10)]).unwrap();
    assert_refused(&run_to(disk, "results"), "No space left");
    assert_refused(&run_to(disk, "others/new"), "No space left");
    assert_eq!(names(disk), ["filler", "results"]);
    assert_eq!(fs::read(disk.join("results/summary.json")).unwrap(), old);
}

#[cfg(target_os = "linux")]
#[test]
fn a_read_only_disk_is_named() {
    let Some(mount) = Mount::new("size=4m") else {
        return;
    };
    assert!(run_to(mount.0.path(), "results").status.success());
    assert!(mount.with("remount,ro"), "remount");
    let elsewhere = tempfile::tempdir().unwrap();
    assert_refused(&run_to(elsewhere.path(), mount.0.path().join("results")), "Read-only file system");
    assert_refused(&run_to(elsewhere.path(), mount.0.path().join("new/results")), "Read-only file system");
}
