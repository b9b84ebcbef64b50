//! Where results can't go, the command says so with exit code 1; what stood there is whole, and no litter is left.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

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

/// The program, started in `folder`.
fn command(folder: &Path) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("foremix"));
    command.current_dir(folder);
    command
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

/// A run that takes some seconds, in a folder with results of an earlier one; `meanwhile` happens while it goes on.
fn while_it_runs(folder: &Path, meanwhile: impl FnOnce(&Path)) -> Output {
    assert!(run_to(folder, "results").status.success());
    let child = command(folder)
        .arg("run")
        .arg(scenario("starter.toml"))
        .args(["--runs", "150k", "--formats", "svg", "--out", "results"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    std::thread::sleep(Duration::from_millis(150));
    meanwhile(&folder.join("results"));
    child.wait_with_output().unwrap()
}

fn draws(results: &Path) -> u64 {
    let summary: serde_json::Value = serde_json::from_slice(&fs::read(results.join("summary.json")).unwrap()).unwrap();
    summary["runs"].as_u64().unwrap()
}

#[test]
fn a_file_that_enters_the_folder_during_the_run_is_kept_and_the_results_go_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let output = while_it_runs(folder.path(), |results| fs::write(results.join("notes.txt"), "mine").unwrap());
    assert_refused(&output, "results holds notes.txt");
    assert!(String::from_utf8_lossy(&output.stderr).contains("; the results are in results-2"));
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(text.contains("Written to results-2"), "{text}");
    assert_eq!(names(folder.path()), ["results", "results-2"]);
    assert_eq!(fs::read(folder.path().join("results/notes.txt")).unwrap(), b"mine");
    assert_eq!(draws(&folder.path().join("results")), 100);
    assert_eq!(draws(&folder.path().join("results-2")), 150_000);
}

#[test]
fn a_file_that_takes_the_place_during_the_run_is_kept_and_the_results_go_beside_it() {
    let folder = tempfile::tempdir().unwrap();
    let output = while_it_runs(folder.path(), |results| {
        fs::remove_dir_all(results).unwrap();
        fs::write(results, "mine").unwrap();
    });
    assert_refused(&output, "results is a file");
    assert_eq!(fs::read(folder.path().join("results")).unwrap(), b"mine");
    assert_eq!(draws(&folder.path().join("results-2")), 150_000);
}

#[test]
fn a_forecast_that_can_not_be_written_is_said_all_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let inner = folder.path().join("inner");
    fs::create_dir(&inner).unwrap();
    let output = while_it_runs(&inner, |_| {
        fs::remove_dir_all(&inner).unwrap();
        fs::write(&inner, "mine").unwrap();
    });
    assert_refused(&output, "can't be written to results");
    assert!(String::from_utf8_lossy(&output.stdout).contains("150,000 simulated quarters"));
    assert_eq!(names(folder.path()), ["inner"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_standard_output_does_not_hide_where_the_results_are() {
    let folder = tempfile::tempdir().unwrap();
    let output = command(folder.path())
        .arg("run")
        .arg(scenario("starter.toml"))
        .args(["--runs", "100", "--out", "results"])
        .stdout(fs::File::create("/dev/full").unwrap())
        .output()
        .unwrap();
    assert_refused(&output, "No space left");
    assert!(stderr(&output).contains("the results are in results"), "{}", stderr(&output));
    assert_eq!(names(folder.path()), ["results"]);
}

#[cfg(unix)]
#[test]
fn the_umask_of_the_user_is_kept() {
    use std::os::unix::fs::PermissionsExt;
    for (umask, folder_mode, file_mode) in [("022", 0o755, 0o644), ("027", 0o750, 0o640), ("077", 0o700, 0o600)] {
        let folder = tempfile::tempdir().unwrap();
        let command = format!(
            "umask {umask}; exec '{}' run '{}' --runs 100 --quiet --out results",
            assert_cmd::cargo::cargo_bin("foremix").display(),
            scenario("starter.toml").display()
        );
        let status = Command::new("sh").args(["-c", &command]).current_dir(folder.path()).status().unwrap();
        assert!(status.success());
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        let results = folder.path().join("results");
        assert_eq!(mode(&results), folder_mode, "{umask}");
        for name in names(&results) {
            assert_eq!(mode(&results.join(&name)), file_mode, "{umask}: {name}");
        }
    }
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    std::os::unix::fs::symlink("nowhere", folder.path().join("link")).unwrap();
    assert_refused(&run_to(folder.path(), "link"), "link that leads nowhere");
    assert_eq!(names(folder.path()), ["link"]);
}

/// What `script` gives for an ordinary user, since the superuser may change what is closed: in a folder of that user's
/// with `foremix` and `plan.toml`. None where this user can't become another.
#[cfg(target_os = "linux")]
fn as_nobody(folder: &Path, script: &str) -> Option<Output> {
    fs::copy(assert_cmd::cargo::cargo_bin("foremix"), folder.join("foremix")).unwrap();
    fs::copy(scenario("starter.toml"), folder.join("plan.toml")).unwrap();
    let owned = Command::new("chown").args(["-R", "nobody"]).arg(folder).status();
    if !owned.is_ok_and(|status| status.success()) {
        return None;
    }
    let mut command = Command::new("setpriv");
    command.args(["--reuid=nobody", "--clear-groups", "sh", "-c", script]).current_dir(folder);
    command.output().ok()
}

#[cfg(target_os = "linux")]
#[test]
fn results_that_can_not_be_removed_are_left_whole() {
    let run = "./foremix run plan.toml --runs 100 --formats svg --quiet --out results";
    let folder = tempfile::tempdir().unwrap();
    let Some(output) = as_nobody(folder.path(), &format!("{run} && chmod 555 results && {run} --seed 2")) else {
        return;
    };
    assert_refused(&output, "the earlier results in results can't be removed");
    let before = names(&folder.path().join("results"));
    assert!(before.contains(&"summary.json".to_owned()), "{before:?}");
    // The same, where it becomes impossible while the run goes on.
    let meanwhile = "chmod 755 results; (sleep 0.2; chmod 555 results) & ./foremix run plan.toml --runs 150k --formats svg \
                     --out results; code=$?; wait; exit $code";
    let output = as_nobody(folder.path(), meanwhile).unwrap();
    assert_refused(&output, "the earlier results in results can't be removed");
    assert!(String::from_utf8_lossy(&output.stdout).contains("Written to results-2"));
    assert_eq!(names(folder.path()), ["foremix", "plan.toml", "results", "results-2"]);
    assert_eq!(names(&folder.path().join("results")), before);
    assert_eq!(draws(&folder.path().join("results")), 100);
    assert_eq!(draws(&folder.path().join("results-2")), 150_000);
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
        let status = Command::new("mount")
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
        let _ = Command::new("umount").arg(self.0.path()).status();
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
fn a_mount_point_is_refused_and_a_folder_inside_it_is_not() {
    let Some(mount) = Mount::new("size=4m") else {
        return;
    };
    let elsewhere = tempfile::tempdir().unwrap();
    assert_refused(&run_to(elsewhere.path(), mount.0.path()), "is a mount point");
    assert!(run_to(elsewhere.path(), mount.0.path().join("results")).status.success());
    assert_eq!(names(mount.0.path()), ["results"]);
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
