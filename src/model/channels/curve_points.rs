//! Curves by points: a table of spend and what came of it, as lists or from a file, as ad platforms and marketing-mix models
//! give it out.
//!
//! Implements section 3 of docs/model.md, `saturation` by points.

use crate::inputs::{TextTable, columns, quote, told_names};
use crate::model::schema::{Key, TableReader};
use crate::reading::{Diagnostic, Value};
use crate::units::{LARGEST, Range};

/// The keys of `saturation = { kind = "points" }`.
pub(super) const KEYS: &[Key] = &[
    Key::shape("spend", "list of scaled spends a week, rising from 0; with `file`, the name of a column")
        .about("where the curve is known; of a file, the column `spend` where nothing is said")
        .example("[0, 0.5, 1, 2]"),
    Key::shape("result", "list, one for each spend, rising from 0; with `file`, the name of a column")
        .about("what comes of it, as a share of `scale`; straight lines between, flat beyond the last; of a file, the column `result`")
        .example("[0, 0.45, 0.7, 0.9]"),
    Key::text("file")
        .unit("path, as seen from the folder of this file")
        .about("a CSV file with a row a point, in any order, in place of lists: a bid simulator's, or response curves of a fitted model")
        .example("\"curve.csv\""),
];

/// A point of a curve: a scaled spend a week, and what comes of it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    pub(super) spend: f64,
    pub(super) result: f64,
}

const EXAMPLE: &str = "for example spend = [0, 500, 1_000, 2_000] and result = [0, 0.45, 0.7, 0.9]";

const ORIGIN: Point = Point { spend: 0.0, result: 0.0 };

/// Reads the points; (0, 0) is one of them, whether it is written or not. What stands in for a faulty curve is a line.
pub(super) fn read(fields: &mut TableReader<'_, '_>) -> Vec<Point> {
    let faults = fields.faults_so_far();
    let points = match fields.text_if("file") {
        Some(file) => of_file(fields, &file),
        None => of_lists(fields),
    };
    let stand_in = vec![ORIGIN, Point { spend: 1.0, result: 1.0 }];
    if fields.faults_so_far() > faults {
        return stand_in;
    }
    let with_origin = if points.first() == Some(&ORIGIN) { points } else { [vec![ORIGIN], points].concat() };
    let Some(why) = unfit(&with_origin) else { return with_origin };
    let key = if fields.has("file") { "file" } else { "result" };
    if let Some(node) = fields.node(key) {
        let fault = Diagnostic::at(&node.place, "a curve by points rises from 0", why);
        fields.add_fault(fault.help(EXAMPLE));
    }
    stand_in
}

/// Why points are no curve, if they are none.
fn unfit(points: &[Point]) -> Option<&'static str> {
    if points.windows(2).any(|pair| pair[1].spend <= pair[0].spend) {
        Some("each spend exceeds the one before; the first may be 0, with a result of 0")
    } else if points.windows(2).any(|pair| pair[1].result < pair[0].result) {
        Some("no result is lower than the one before")
    } else if points.last().is_none_or(|last| last.result == 0.0) {
        Some("at least one result is above 0")
    } else {
        None
    }
}

fn of_lists(fields: &mut TableReader<'_, '_>) -> Vec<Point> {
    for name in ["spend", "result"] {
        if !fields.has(name) && !fields.is_misspelled(name) {
            let message = format!("[{}] needs `{name}`, or `file`", fields.path());
            let fault = fields.lack(name, message);
            fields.add_lack(name, fault.help(format!("{EXAMPLE}; or file = \"curve.csv\"")));
        }
    }
    let [spend, result] = ["spend", "result"].map(|name| list(fields, name));
    if spend.len() != result.len()
        && let Some(node) = fields.node("result")
    {
        let why = format!("{} results, for {} spends", result.len(), spend.len());
        let fault = Diagnostic::at(&node.place, "a curve by points has as many results as spends", why);
        fields.add_fault(fault.help(EXAMPLE));
    }
    spend.into_iter().zip(result).map(|(spend, result)| Point { spend, result }).collect()
}

fn list(fields: &mut TableReader<'_, '_>, name: &str) -> Vec<f64> {
    match fields.written(name).map(|node| &node.value) {
        Some(Value::List(items)) => fields.numbers(name, Range::closed(0.0, LARGEST), items),
        Some(other) => {
            let found = format!("found {}", other.what());
            fields.fault(name, format!("`{name}`: expected a list of numbers"), found);
            Vec::new()
        }
        None => Vec::new(),
    }
}

/// The points of a file, by rising spend.
fn of_file(fields: &mut TableReader<'_, '_>, file: &str) -> Vec<Point> {
    let names = ["spend", "result"].map(|key| match fields.written(key).map(|node| &node.value) {
        None => key.to_owned(),
        Some(Value::Text(name)) => name.trim().to_owned(),
        Some(other) => {
            let message = format!("`{key}`: expected the name of a column of {file}");
            let found = format!("found {}; leave out the list, or `file`", other.what());
            fields.fault(key, message, found);
            key.to_owned()
        }
    });
    let is_named = |name: &str, wanted: &str| name.trim().eq_ignore_ascii_case(wanted);
    let Some(mut table) = fields.text_table("file", file, |name| names.iter().any(|wanted| is_named(name, wanted)))
    else {
        return Vec::new();
    };
    if !keep_own_rows(fields, &mut table) {
        return Vec::new();
    }
    let places = names.map(|wanted| {
        let place = table.names.iter().position(|own| is_named(own, &wanted));
        if place.is_none() {
            lacks(fields, &table, &wanted);
        }
        place
    });
    let [Some(spend), Some(result)] = places else { return Vec::new() };
    let [spends, results] = [spend, result].map(|at| figures(fields, &table, at));
    let mut points: Vec<Point> = spends
        .into_iter()
        .zip(results)
        .filter_map(|(spend, result)| Some(Point { spend: spend?, result: result? }))
        .collect();
    points.sort_by(|a, b| a.spend.total_cmp(&b.spend));
    points
}

/// Of a table of several channels keeps the rows of this one; false, and a fault, where it has none.
fn keep_own_rows(fields: &mut TableReader<'_, '_>, table: &mut TextTable) -> bool {
    let Some(at) = table.names.iter().position(|name| name.eq_ignore_ascii_case("channel")) else { return true };
    let mut channels: Vec<&str> = table.column(at);
    channels.sort_unstable();
    channels.dedup();
    if channels.len() < 2 {
        return true;
    }
    let plain = |name: &str| name.replace(['_', '-', '"'], " ").trim().to_lowercase();
    let own = fields.path().strip_prefix("channels.").and_then(|path| path.strip_suffix(".saturation"));
    let own = plain(own.unwrap_or_default());
    if !channels.iter().any(|name| plain(name) == own) {
        let place = fields.place_of("file");
        let message = format!("`file`: {} has several channels, and none of them is this one", table.file);
        let fault = Diagnostic::at(&place, message, "whose curve is it?");
        let help = "call this channel as it is called there, or give it a file of its own";
        fields.add_fault(fault.help(format!("its channels: {}; {help}", told_names(channels))));
        return false;
    }
    table.rows.retain(|row| plain(&row.cells[at]) == own);
    true
}

fn lacks(fields: &mut TableReader<'_, '_>, table: &TextTable, wanted: &str) {
    let place = fields.place_of("file");
    let message = format!("`file`: {} has no column `{wanted}`", table.file);
    let fault = Diagnostic::at(&place, message, "a curve needs what was spent, and what came of it");
    let help = "name them, for example spend = \"cost\", result = \"conversions\"";
    fields
        .add_fault(fault.help(format!("its columns: {}; {help}", told_names(table.names.iter().map(String::as_str)))));
}

/// The cells of a column of points; none where a fault was told. A line that sums up others is one.
fn figures(fields: &mut TableReader<'_, '_>, table: &TextTable, at: usize) -> Vec<Option<f64>> {
    const MOST_SHOWN: usize = 20;
    let cells = columns::amounts(&table.column(at));
    let mut shown = 0;
    let mut found = Vec::new();
    for (row, cell) in table.rows.iter().zip(cells) {
        let read = match cell {
            _ if row.is_total => Err("this line looks like a total: delete it, or put # in front of it".into()),
            Ok(Some(number)) if number <= LARGEST => Ok(number),
            Ok(Some(_)) => Err("this number is too large".into()),
            Ok(None) => Err("this cell is empty".into()),
            Err(why) => Err(why),
        };
        if let Err(why) = &read
            && shown < MOST_SHOWN
        {
            shown += 1;
            let place = fields.place_in_file(&table.file, row.line, &row.cells[at]);
            let (name, line) = (quote(&table.names[at]), row.line);
            let message = format!("`file`: column `{name}` of {} can't be used in line {line}", table.file);
            fields.fault_at(&place, message, why);
        }
        found.push(read.ok());
    }
    found
}
