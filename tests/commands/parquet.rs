//! Draws as Parquet, read back by the crate, and by DuckDB or pandas where Python has them.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::process::Command;

use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::record::{Field, Row};

use crate::{foremix, scenario, stderr};

/// Writes the draws of a run; gives its summary.
fn written(folder: &Path) -> serde_json::Value {
    let mut command = foremix(folder);
    command.arg("run").arg(scenario("b2b-saas.toml")).args(["--runs", "300", "--formats", "parquet,csv", "--json"]);
    let output = command.args(["--out", "results"]).output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn every_outcome_and_input_is_a_column_with_unit_and_meaning() {
    let folder = tempfile::tempdir().unwrap();
    let summary = written(folder.path());
    let reader = SerializedFileReader::new(File::open(folder.path().join("results/draws.parquet")).unwrap()).unwrap();
    let rows: Vec<Row> = reader.get_row_iter(None).unwrap().map(|row| row.unwrap()).collect();
    assert_eq!(rows.len(), 300);
    let number = |row: &Row, name: &str| match row.get_column_iter().find(|(own, _)| *own == name) {
        Some((_, Field::Double(number))) => Some(*number),
        Some((_, Field::Null)) => None,
        other => panic!("{name}: {other:?}"),
    };
    let mean = |name: &str| {
        let values: Vec<f64> = rows.iter().filter_map(|row| number(row, name)).collect();
        values.iter().sum::<f64>() / values.len() as f64
    };
    let near = |a: f64, b: f64| (a - b).abs() <= 1e-9 * b.abs();
    let means = |part: &str| summary[part].as_object().unwrap().clone();
    for name in ["revenue", "profit_with_tail", "leads"] {
        assert!(near(mean(name), means("outcomes")[name]["mean"].as_f64().unwrap()), "{name}");
    }
    for (name, stats) in means("inputs") {
        assert!(near(mean(&name), stats["mean"].as_f64().unwrap()), "{name}");
    }
    let metadata = reader.metadata().file_metadata().key_value_metadata().unwrap();
    let columns = metadata.iter().find(|pair| pair.key == "foremix.columns").unwrap().value.as_deref().unwrap();
    let columns: serde_json::Value = serde_json::from_str(columns).unwrap();
    let columns = columns.as_array().unwrap();
    assert_eq!(columns.len(), rows[0].len());
    let revenue = columns.iter().find(|column| column["name"] == "revenue").unwrap();
    assert_eq!(revenue["unit"], "USD");
    assert!(columns.iter().all(|column| column["meaning"].as_str().is_some_and(|about| !about.is_empty())));
}

/// Reads both tables and prints how far P10, the middle and the mean of revenue are apart.
const READ: &str = r#"
import sys
try:
    import duckdb
    ask = "SELECT quantile_cont(revenue, 0.1), median(revenue), avg(revenue), count(*) FROM '{}'"
    read = lambda file: duckdb.sql(ask.format(file)).fetchall()[0]
except ImportError:
    try:
        import pandas, pyarrow
    except ImportError:
        print("neither duckdb nor pandas with pyarrow")
        sys.exit(0)
    def read(file):
        draws = pandas.read_parquet(file) if file.endswith("parquet") else pandas.read_csv(file)
        own = draws["revenue"]
        return own.quantile(0.1), own.median(), own.mean(), len(own)
for a, b in zip(read("results/draws.parquet"), read("results/draws.csv")):
    assert abs(a - b) <= 1e-9 * abs(b), (a, b)
print("same")
"#;

#[test]
fn other_programs_read_the_same_draws() {
    let folder = tempfile::tempdir().unwrap();
    written(folder.path());
    let python = std::env::var_os("FOREMIX_PYTHON").unwrap_or_else(|| "python3".into());
    let read = Command::new(python).args(["-c", READ]).current_dir(folder.path()).output();
    // Not by a macro, whose lines are swallowed where a test passes.
    let mut said = std::io::stderr();
    match read {
        Err(_) => drop(writeln!(said, "skipped: Python is not installed")),
        Ok(output) => {
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
            let lacking = String::from_utf8_lossy(&output.stdout).trim().to_owned();
            if lacking != "same" {
                drop(writeln!(said, "skipped: Python has {lacking}"));
            }
        }
    }
}
