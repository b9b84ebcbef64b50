//! Tables of draws as spreadsheets and samplers write them.

use std::fs;
use std::path::Path;

use foremix::scenario::{Files, LoadError, Loader, Note, Scenario};

const PLAN: &str = "
[channels.search]
kind = \"ppc\"
budget = 24_000
clicks_available = 1_500
visit_to_lead = 0.04
cost_per_click = { file = \"FILE\", column = \"COLUMN\" }
";

/// A plan whose cost per click is a column of a file, and the file, both in memory.
fn load(table: impl Into<Vec<u8>>, column: &str) -> Result<Scenario, LoadError> {
    let plan = format!("{PLAN}{REST}").replace("FILE", "draws.csv").replace("COLUMN", column);
    let files = Files::in_memory([("plan.toml", plan.into_bytes()), ("draws.csv", table.into())]);
    Loader::of(files).load::<&str>(Path::new("plan.toml"), None, &[]).map(|loaded| loaded.scenario)
}

const REST: &str = "
[sales]
opportunity_rate = 0.3
close_rate = 0.3
cycle_weeks = 3
[deals]
average_value = 1_000
";

/// The values at the middles of so many equal shares: the rows of the file, in its order.
fn rows(scenario: &Scenario, count: usize) -> Vec<f64> {
    let input = scenario.plan.parts.inputs.named("channels.search.cost_per_click").expect("the input");
    (0..count).map(|row| input.at((row as f64 + 0.5) / count as f64)).collect()
}

fn faults(table: impl Into<Vec<u8>>, column: &str) -> String {
    match load(table, column) {
        Ok(_) => panic!("the table was taken"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn tables_are_read_whatever_keeps_their_cells_apart() {
    let expected = [2.5, 3.25, 1234.5];
    for table in [
        "cpc,x\n2.5,1\n3.25,2\n1234.5,3\n",
        "\u{feff}cpc;x\r\n2.5;1\r\n3.25;2\r\n1234.5;3\r\n",
        "cpc\tx\n2.5\t1\n3.25\t2\n1234.5\t3\n",
        "cpc;x\n2,5;1\n3,25;2\n1.234,5;3\n",
        "cpc,x\n\"2,5\",1\n\"3,25\",2\n\"1234,5\",3\n",
        "cpc\n2,5\n3,25\n1234,5\n",
        "x\tcpc\rone\t2.5\rtwo\t3.25\rthree\t1234.5",
        "# by a sampler\n# seed = 1\nx,cpc\n1,2.5\n# adaptation\n2,3.25\n\n3,1234.5\n# 1 second\n",
        "\"x, y\",cpc\n\"a\nb\",2.5\n\"say \"\"c\"\"\",3.25\nd,1234.5\n",
    ] {
        let scenario = load(table, "cpc").unwrap_or_else(|error| panic!("{table}\n{error}"));
        assert_eq!(rows(&scenario, 3), expected, "{table}");
    }
}

#[test]
fn what_is_no_table_of_draws_is_told_with_its_cause() {
    let utf16: Vec<u8> = "\u{feff}cpc\n1\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (table, said) in [
        (&b"cpc,x\n2,5,1\n"[..], "write decimals after a point"),
        (b"cpc,x\n2.5,1\n3\n", "line 3 has 1 cell"),
        (b"Report\n\"June 1, 2026\"\nweek,cpc\n1,2.5\n", "the table begins in line 3"),
        (b"Report;;\n\nweek;cpc\n1;2,5\n", "the table begins in line 3"),
        (b"week,cpc\n1,2.5\n2,3\nTotal,5.5\n", "line 4 of draws.csv looks like a total"),
        (b"name;cpc\nA;2,5\nB;3,5\nGesamt:;6\n", "line 4 of draws.csv looks like a total"),
        (b"cpc,x\n\"1,234\",1\n\"2,345\",2\n", "this could be 1.234 or 1234"),
        (b"cpc;x\n2,5;1\n1.234;2\n", "commas stand in this number, and a point in that of line 3"),
        (b"cpc\n2.5\n\"3.5\n4.5\n", "a quote in line 3 is never closed"),
        (b"PK\x03\x04\x00\x00", "workbook"),
        (b"", "is empty"),
        (b"# nothing but this\n", "is empty"),
        (b"cpc,x\n", "has no rows"),
        (b"#cpc,x\n1,2\n3,4\n", "take it off line 1"),
        (&utf16, "UTF-16"),
    ] {
        let told = faults(table, "cpc");
        assert!(told.contains(said), "{}\n{told}", String::from_utf8_lossy(table));
    }
}

#[test]
fn names_that_differ_by_what_nobody_sees_are_one_name() {
    for header in ["cpc,cpc", "cpc, cpc ", "cpc,CPC", "\u{feff}cpc,c pc", "Cpc,x,cpc"] {
        let row = vec!["2.5"; header.split(',').count()].join(",");
        let told = faults(format!("{header}\n{row}\n"), "cpc");
        assert!(told.contains("has 2 columns called `cpc`") && told.contains("the 1st"), "{header}\n{told}");
    }
    let told = faults("a,CPC\n1,2.5\n", "cpc");
    assert!(told.contains("write `CPC`"), "{told}");
    let told = faults("a,b\n1,2.5\n", "cpc");
    assert!(told.contains("its columns: a, b"), "{told}");
    // Two others of one name are nobody's concern.
    assert!(load("x,x,cpc\n1,2,2.5\n", "cpc").is_ok());
}

#[test]
fn all_faulty_cells_are_told_with_their_lines_and_many_are_counted() {
    let told = faults("# a comment\ncpc\n2.5\n$3\n\n-1\nNaN\n\"\"\n4\n", "cpc");
    let lines: Vec<usize> =
        told.match_indices("in line ").map(|(at, _)| told[at + 8..at + 9].parse().unwrap()).collect();
    assert_eq!(lines, [4, 6, 7, 8], "{told}");
    assert!(told.contains("-1 is not allowed"), "{told}");
    assert_eq!(told.matches("delete the rows that lie below 0; that raises the mean").count(), 1, "{told}");
    let many = faults(format!("cpc\n2\n{}", "x\n".repeat(10_000)), "cpc");
    assert!(many.contains("9980 more cells of column `cpc`"), "{many}");
    assert!(many.len() < 20_000, "{} bytes", many.len());
}

#[test]
fn a_cell_is_quoted_no_longer_than_needed() {
    let told = faults(format!("cpc,secret\n{},hidden\n", "s".repeat(500)), "cpc");
    assert!(!told.contains(&"s".repeat(41)) && !told.contains("hidden"), "{told}");
    let told = faults(format!("{}\nx\n", "n".repeat(500)), "cpc");
    assert!(!told.contains(&"n".repeat(41)), "{told}");
}

#[test]
fn rows_of_different_things_are_noted() {
    let mut long = String::from("draw,channel,cpc\n");
    for draw in 0..50 {
        for (at, channel) in ["search", "social", "tv"].iter().enumerate() {
            long.push_str(&format!("{draw},{channel},{}\n", at + 1));
        }
    }
    let scenario = load(long, "cpc").unwrap_or_else(|error| panic!("{error}"));
    let note = scenario.notes.iter().find(|note| matches!(note, Note::RowsOfDifferentThings { .. }));
    let text = foremix::report::note(note.expect("a note"));
    assert!(text.contains("channel (search, social, tv") && text.contains("index=\"draw\""), "{text}");
    let chains = "chain,cpc\na,1\na,2\nb,3\nb,4\n";
    let names = "name,cpc\na,1\nb,2\nc,3\nd,4\n";
    for table in [chains, names] {
        let scenario = load(table, "cpc").unwrap_or_else(|error| panic!("{error}"));
        assert!(!scenario.notes.iter().any(|note| matches!(note, Note::RowsOfDifferentThings { .. })), "{table}");
    }
}

/// Two inputs of two paths: the keys that their rows are drawn by, and the notes.
fn keys(folder: &Path, paths: [&str; 2]) -> (Vec<String>, Vec<Note>) {
    let plan = format!("{PLAN}{REST}").replace("FILE", paths[0]).replace("COLUMN", "cpc");
    let rate = format!("visit_to_lead = {{ file = \"{}\", column = \"rate\" }}", paths[1]);
    fs::write(folder.join("plan.toml"), plan.replace("visit_to_lead = 0.04", &rate)).expect("a plan");
    let loaded = Loader::default().load::<&str>(&folder.join("plan.toml"), None, &[]);
    let scenario = loaded.unwrap_or_else(|error| panic!("{error}")).scenario;
    let keys = scenario.plan.parts.inputs.list().iter().map(|input| input.key().to_owned());
    (keys.collect(), scenario.notes)
}

#[test]
fn one_file_is_one_file_by_any_path_and_two_of_one_name_are_two() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    fs::create_dir_all(at.join("a/b")).expect("folders");
    for path in ["draws.csv", "a/draws.csv", "a/b/draws.csv"] {
        fs::write(at.join(path), "cpc,rate\n1,0.1\n2,0.2\n").expect("a table");
    }
    let absolute = at.join("draws.csv").display().to_string();
    let mut alike = vec!["draws.csv", "./draws.csv", "a/../draws.csv", "a/b/../../draws.csv", &absolute];
    if cfg!(unix) {
        #[cfg(unix)]
        std::os::unix::fs::symlink("draws.csv", at.join("link.csv")).expect("a link");
        alike.push("link.csv");
    }
    for path in alike {
        let (keys, notes) = keys(at, ["draws.csv", path]);
        assert_eq!(keys, ["draws.csv", "draws.csv"], "{path}");
        assert!(!notes.iter().any(|note| matches!(note, Note::FilesOfOneName(_))), "{path}");
    }
    let (in_folder, notes) = keys(at, ["a/draws.csv", "a/b/../draws.csv"]);
    assert_eq!(in_folder, ["draws.csv", "draws.csv"]);
    assert!(!notes.iter().any(|note| matches!(note, Note::FilesOfOneName(_))));
    let (mut apart, notes) = keys(at, ["draws.csv", "a/b/draws.csv"]);
    apart.sort();
    assert_eq!(apart, ["a/b/draws.csv", "draws.csv"]);
    assert!(notes.contains(&Note::FilesOfOneName(vec!["a/b/draws.csv".into(), "draws.csv".into()])), "{notes:?}");
}
