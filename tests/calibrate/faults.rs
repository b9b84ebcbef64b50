//! What is said of exports that are wrong: all at once, with file, line and column, and not a word of any cell.

use crate::company::{Truth, as_of, deals};
use crate::exports::{CANARY, hubspot};
use crate::reading::read;

#[test]
fn every_fault_names_file_line_and_column_and_quotes_no_cell() {
    let text =
        format!("id,created,won,lost,amount\n1,{CANARY},2026-02-01,,10\n2,2026-01-05,,,{CANARY}\n3,2026-01-05,,,5,6\n");
    let found = read("deals.csv", text.as_bytes(), "");
    for part in [
        "deals.csv, line 2, column 2 \"created\": this cell holds no date that can be read",
        "deals.csv, line 3, column 5 \"amount\": this cell holds no number that can be read",
        "deals.csv, line 4: this row has more cells than the header",
    ] {
        assert!(found.faults.contains(part), "{part}: {}", found.faults);
    }
    assert!(!found.faults.contains(CANARY), "{}", found.faults);
}

#[test]
fn files_that_are_no_exports_are_told() {
    for (bytes, said) in [
        (&b""[..], "this file is empty"),
        (b"a,b,c\n1,2,3\n", "no row names columns that are known"),
        (b"\xd0\xcf\x11\xe0rest", "this is an old Excel file (.xls)"),
        (b"id,created\n1,2026-01-05\n", "no row names columns that are known"),
    ] {
        let found = read("deals.csv", bytes, "");
        assert!(found.faults.contains(said), "{said}: {}", found.faults);
    }
    let found = read("deals.csv", b"id,created,won\n1,2026-01-05,\n", "[deals]\ncreated = \"Anlage\"\n");
    assert!(found.faults.contains("the map names a column \"Anlage\""), "{}", found.faults);
}

#[test]
fn a_win_without_a_date_is_a_fault() {
    let text = "id,created,status,closed\n1,2026-01-05,won,2026-02-01\n2,2026-01-05,won,\n3,2026-01-06,lost,\n";
    let found = read("deals.csv", text.as_bytes(), "");
    assert_eq!(
        found.faults,
        "deals.csv, line 3, column 4 \"closed\": won without a date\n  help: export the date of the close, too"
    );
}

#[test]
fn many_deals_closed_before_they_were_created_are_a_fault_and_few_are_left_out() {
    let truth = deals(&Truth::default(), 3);
    let (name, bytes) = hubspot(&truth, as_of());
    let text = String::from_utf8(bytes).unwrap();
    // One row: its creation is moved beyond its close.
    let closed = text.lines().position(|line| line.contains("Closed Won")).unwrap();
    let line = text.lines().nth(closed).unwrap().to_owned();
    let cells: Vec<&str> = line.split(',').collect();
    let late = line.replace(cells[6], "2026-11-26 08:15");
    let found = read(name, text.replace(&line, &late).as_bytes(), "");
    assert_eq!((found.faults.as_str(), found.deals.left_out.before_created), ("", 1));
    // All rows: the columns are mixed up.
    let swapped = text.replace("Create Date,Close Date", "Close Date,Create Date");
    let found = read(name, swapped.as_bytes(), "");
    assert!(found.faults.contains("closed before it was created"), "{}", found.faults);
}
