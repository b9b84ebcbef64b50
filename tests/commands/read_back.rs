//! Who embeds the library reads `summary.json` back into its types, without loss.

use foremix::report::summary::{ComparisonSummary, Summary, SweepSummary};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::{foremix, scenario, stderr, stdout};

/// What is printed with `--json` is the same text after it was read and written again.
fn is_read_back<T: Serialize + DeserializeOwned>(command: &str, plan: &str, arguments: &[&str]) {
    let folder = tempfile::tempdir().unwrap();
    // With 40 draws there are no errors yet.
    for runs in ["40", "1024"] {
        let output = foremix(folder.path())
            .arg(command)
            .arg(scenario(plan))
            .args(["--runs", runs, "--json", "--formats", "json"])
            .args(arguments)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", stderr(&output));
        let written = stdout(&output);
        let read: T = serde_json::from_str(&written).unwrap();
        assert_eq!(serde_json::to_string_pretty(&read).unwrap(), written.trim_end(), "{command} {plan}");
    }
}

#[test]
fn a_run_is_read_back() {
    is_read_back::<Summary>("run", "web-shop.toml", &[]);
}

#[test]
fn comparisons_are_read_back() {
    is_read_back::<ComparisonSummary>("compare", "b2b-saas.toml", &["--set", "channels.search.budget=60k"]);
    is_read_back::<ComparisonSummary>("compare", "web-shop.toml", &[]);
}

#[test]
fn sweeps_of_numbers_and_of_texts_are_read_back() {
    let budget = "channels.search.budget=30k..90k:3";
    is_read_back::<SweepSummary>("sweep", "b2b-saas.toml", &["--vary", budget, "--keep-total"]);
    is_read_back::<SweepSummary>(
        "sweep",
        "b2b-saas.toml",
        &["--vary", budget, "--vary", "channels.content.budget=10k,20k"],
    );
    let texts = "sales.cycle_weeks=4,6 to 9";
    is_read_back::<SweepSummary>("sweep", "b2b-saas.toml", &["--vary", texts]);
}
