//! `map.toml`: what is said about an export where it does not say it itself.

use std::collections::BTreeMap;
use std::path::Path;

use crate::reading::{Diagnostic, Diagnostics, Files, Node, Sources, Table, Value, nearest, parse};

use super::dates::DateOrder;
use super::fields::Field;
use super::layouts::{LAYOUTS, same_name};
use super::numbers::DecimalMark;

/// What the map says about one export.
#[derive(Clone, Debug, Default)]
pub struct Answers {
    /// whose export it is
    pub system: Option<String>,
    /// names of columns
    pub columns: BTreeMap<Field, String>,
    /// what comes first in a date
    pub dates: Option<DateOrder>,
    /// what decimals stand after
    pub decimals: Option<DecimalMark>,
    /// the currency that amounts are in, or are changed to
    pub currency: Option<String>,
    /// what one unit of other currencies is worth in it
    pub rates: BTreeMap<String, f64>,
    /// whether amounts in other currencies are left out
    pub other_currencies_left_out: bool,
    /// stages that are won, lost, open
    pub won_stages: Vec<String>,
    /// those that are lost
    pub lost_stages: Vec<String>,
    /// those that are open
    pub open_stages: Vec<String>,
    /// channels of the plan with the words that stand for them in the export
    pub channels: Vec<(String, Vec<String>)>,
    /// of weekly results: the column of spend of each channel
    pub spend: Vec<(String, String)>,
    /// of weekly results: the column of the result
    pub result: Option<String>,
    /// of weekly results: experiments, each with the channel of the plan
    pub lifts: Vec<(String, LiftTest)>,
}

/// An experiment: what a week brought more at one spend than at another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LiftTest {
    /// money a week without it
    pub from: f64,
    /// money a week with it
    pub to: f64,
    /// what a week brought more
    pub lift: f64,
    /// the standard error of that
    pub error: f64,
}

/// A map: answers by export (`deals`, `leads`, `weeks`, or `ads` and a file's name).
#[derive(Clone, Debug, Default)]
pub struct MapFile {
    sections: BTreeMap<(String, String), Answers>,
}

/// How large a map may be.
const LARGEST_MAP: u64 = 1_000_000;

impl MapFile {
    /// Reads a map.
    ///
    /// # Errors
    ///
    /// Every fault of it, with the text that they point into.
    pub fn read(files: &Files, path: &Path) -> Result<Self, (Diagnostics, Sources)> {
        let mut sources = Sources::default();
        let mut faults = Diagnostics::default();
        let bytes = match files.bytes(path, LARGEST_MAP) {
            Ok(bytes) => bytes,
            Err(refusal) => {
                let source = sources.add(path.display().to_string(), "");
                faults.add(Diagnostic::of_file(source, refusal.to_string()));
                return Err((faults, sources));
            }
        };
        let text = String::from_utf8_lossy(&bytes).into_owned();
        let source = sources.add(path.display().to_string(), text);
        let root = parse(&sources, source, &mut faults);
        let mut map = Self::default();
        for entry in root.iter() {
            let Value::Table(table) = &entry.node.value else {
                faults.add(Diagnostic::at(&entry.key_place, "expected a table here", "such as [deals]"));
                continue;
            };
            match entry.key.as_str() {
                "deals" | "leads" | "weeks" | "orders" | "mail" => {
                    let answers = Answers::read(table, &mut faults);
                    map.sections.insert((entry.key.clone(), String::new()), answers);
                }
                "ads" => {
                    for file in table.iter() {
                        let Value::Table(inner) = &file.node.value else {
                            let label = "write [ads.\"FILE.csv\"] above the answers for a file";
                            faults.add(Diagnostic::at(&file.key_place, "expected the table of a file", label));
                            continue;
                        };
                        let answers = Answers::read(inner, &mut faults);
                        map.sections.insert(("ads".into(), file.key.clone()), answers);
                    }
                }
                other => {
                    let fault = Diagnostic::at(&entry.key_place, "unknown table", "not a kind of export");
                    let known = ["deals", "leads", "ads", "weeks", "orders", "mail"];
                    faults.add(match nearest(other, known) {
                        Some(meant) => fault.help(format!("did you mean [{meant}]?")),
                        None => fault.help("known: [deals], [leads], [ads.\"FILE.csv\"], [weeks], [orders], [mail]"),
                    });
                }
            }
        }
        if faults.is_empty() { Ok(map) } else { Err((faults.sorted(), sources)) }
    }

    /// What is said about an export.
    #[must_use]
    pub fn of(&self, kind: &str, file: &str) -> Answers {
        let section = |file: &str| self.sections.get(&(kind.to_owned(), file.to_owned()));
        section(file).or_else(|| section("")).cloned().unwrap_or_default()
    }
}

impl Answers {
    fn read(table: &Table, faults: &mut Diagnostics) -> Self {
        let mut own = Self::default();
        for entry in table.iter() {
            let node = &entry.node;
            if let Value::Text(text) = &node.value
                && text.trim() == "?"
            {
                let fault =
                    Diagnostic::at(&node.place, format!("{} is not answered yet", entry.key), "still a question");
                faults.add(fault.help("write the answer here; the line says what to choose from"));
                continue;
            }
            match entry.key.as_str() {
                "system" => own.read_system(node, faults),
                "dates" => {
                    own.dates = choice(node, faults, &[("dmy", DateOrder::DayFirst), ("mdy", DateOrder::MonthFirst)]);
                }
                "decimals" => {
                    own.decimals = choice(node, faults, &[(".", DecimalMark::Point), (",", DecimalMark::Comma)]);
                }
                "currency" => own.currency = text_of(node, faults),
                "rates" => own.read_rates(node, faults),
                "stages" => own.read_stages(node, faults),
                "result" => own.result = text_of(node, faults),
                "spend" => {
                    own.spend = pairs(node, faults);
                }
                "lifts" => own.read_lifts(node, faults),
                "channel" | "channels" => own.read_channels(node, faults),
                "closed" if matches!(node.value, Value::Table(_)) => {
                    for (which, column) in pairs(node, faults) {
                        match which.as_str() {
                            "won" => drop(own.columns.insert(Field::Won, column)),
                            "lost" => drop(own.columns.insert(Field::Lost, column)),
                            _ => faults.add(Diagnostic::at(&node.place, "expected won and lost here", "")),
                        }
                    }
                }
                key => match Field::named(key) {
                    Some(field) => own.columns.extend(text_of(node, faults).map(|name| (field, name))),
                    None => {
                        let fault = Diagnostic::at(&entry.key_place, format!("unknown key {key}"), "");
                        faults.add(match nearest(key, KEYS) {
                            Some(meant) => fault.did_you_mean(&entry.key_place, meant, meant),
                            None => fault.help("docs/calibrate.md lists the keys of map.toml"),
                        });
                    }
                },
            }
        }
        own
    }

    fn read_system(&mut self, node: &Node, faults: &mut Diagnostics) {
        let Some(text) = text_of(node, faults) else { return };
        let name = same_name(&text);
        if LAYOUTS.iter().any(|layout| same_name(layout.system).starts_with(&name)) {
            self.system = Some(name);
        } else {
            let mut systems: Vec<&str> = LAYOUTS.iter().map(|layout| layout.system).collect();
            systems.dedup();
            let fault = Diagnostic::at(&node.place, "unknown system", "");
            faults.add(fault.help(format!("known: {}", systems.join(", "))));
        }
    }

    fn read_rates(&mut self, node: &Node, faults: &mut Diagnostics) {
        match &node.value {
            Value::Text(text) if text == "leave out" => self.other_currencies_left_out = true,
            Value::Table(table) => {
                for entry in table.iter() {
                    match entry.node.value {
                        Value::Number(rate) if rate > 0.0 => drop(self.rates.insert(entry.key.to_uppercase(), rate)),
                        _ => faults.add(Diagnostic::at(&entry.node.place, "expected a number above 0", "the rate")),
                    }
                }
            }
            _ => {
                let fault = Diagnostic::at(&node.place, "expected rates such as { USD = 0.92 }", "");
                faults.add(fault.help("or write \"leave out\": deals in other currencies count, their amounts don't"));
            }
        }
    }

    fn read_stages(&mut self, node: &Node, faults: &mut Diagnostics) {
        for (fate, names) in lists(node, faults) {
            match fate.as_str() {
                "won" => self.won_stages = names,
                "lost" => self.lost_stages = names,
                "open" => self.open_stages = names,
                _ => faults.add(Diagnostic::at(&node.place, "expected won, lost and open here", "")),
            }
        }
    }

    /// `[[weeks.lifts]]`: a channel, two spends a week, what the second brought more, and its standard error.
    fn read_lifts(&mut self, node: &Node, faults: &mut Diagnostics) {
        let example = "such as { channel = \"tv\", from = 0, to = 5_000, lift = 800, error = 200 }";
        let Value::List(items) = &node.value else {
            faults.add(Diagnostic::at(&node.place, "expected a list of lift tests", example));
            return;
        };
        for item in items {
            let Value::Table(table) = &item.value else {
                faults.add(Diagnostic::at(&item.place, "expected a lift test", example));
                continue;
            };
            let number = |key: &str| match table.get(key).map(|node| &node.value) {
                Some(Value::Number(number)) => Some(*number),
                _ => None,
            };
            let channel = match table.get("channel").map(|node| &node.value) {
                Some(Value::Text(name)) => Some(name.clone()),
                _ => None,
            };
            let test = channel.zip(number("from").zip(number("to"))).zip(number("lift").zip(number("error")));
            match test {
                Some(((channel, (from, to)), (lift, error))) if error > 0.0 && from >= 0.0 && to >= 0.0 => {
                    self.lifts.push((channel, LiftTest { from, to, lift, error }));
                }
                _ => {
                    let fault = Diagnostic::at(&item.place, "not a whole lift test", example);
                    faults.add(fault.help("channel, from, to (money a week), lift and its standard error above 0"));
                }
            }
        }
    }

    fn read_channels(&mut self, node: &Node, faults: &mut Diagnostics) {
        if let Value::Text(name) = &node.value {
            self.columns.insert(Field::Channel, name.clone());
            return;
        }
        for (channel, names) in lists(node, faults) {
            if channel == "column" {
                self.columns.extend(names.into_iter().next().map(|name| (Field::Channel, name)));
            } else {
                self.channels.push((channel, names));
            }
        }
    }
}

/// The keys of a table of the map that are no columns, and the columns.
const KEYS: [&str; 17] = [
    "system", "dates", "decimals", "currency", "rates", "stages", "channel", "spend", "result", "lifts", "id", "stage",
    "status", "created", "closed", "amount", "day",
];

fn text_of(node: &Node, faults: &mut Diagnostics) -> Option<String> {
    match &node.value {
        Value::Text(text) => Some(text.clone()),
        other => {
            let what = format!("expected a string, found {}", other.what());
            faults.add(Diagnostic::at(&node.place, what, ""));
            None
        }
    }
}

fn choice<T: Copy>(node: &Node, faults: &mut Diagnostics, choices: &[(&str, T)]) -> Option<T> {
    let text = text_of(node, faults)?;
    let found = choices.iter().find(|(word, _)| *word == text.trim()).map(|(_, value)| *value);
    if found.is_none() {
        let words: Vec<String> = choices.iter().map(|(word, _)| format!("\"{word}\"")).collect();
        faults.add(Diagnostic::at(&node.place, "not one of the choices", "").write(&node.place, words));
    }
    found
}

fn pairs(node: &Node, faults: &mut Diagnostics) -> Vec<(String, String)> {
    let firsts = lists(node, faults).into_iter().map(|(key, names)| (key, names.into_iter().next()));
    firsts.filter_map(|(key, name)| Some((key, name?))).collect()
}

/// `{ a = "x", b = ["y", "z"] }`.
fn lists(node: &Node, faults: &mut Diagnostics) -> Vec<(String, Vec<String>)> {
    let Value::Table(table) = &node.value else {
        faults.add(Diagnostic::at(&node.place, "expected a table", "such as { search = [\"Google\"] }"));
        return Vec::new();
    };
    let mut found = Vec::new();
    for entry in table.iter() {
        let names = match &entry.node.value {
            Value::List(items) => items.iter().filter_map(|item| text_of(item, faults)).collect(),
            _ => text_of(&entry.node, faults).into_iter().collect(),
        };
        found.push((entry.key.clone(), names));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<MapFile, String> {
        let files = Files::in_memory([("map.toml", text)]);
        MapFile::read(&files, Path::new("map.toml")).map_err(|(faults, sources)| faults.render(&sources, false))
    }

    #[test]
    fn a_map_answers_for_each_export() {
        let map = read(
            "[deals]\nsystem = \"pipedrive\"\ncreated = \"Deal - Deal created\"\nclosed = { won = \"W\", lost = \"L\" }\n\
             dates = \"dmy\"\ncurrency = \"EUR\"\nrates = { USD = 0.92 }\nstages = { open = [\"Legal\"] }\n\
             [deals.channel]\ncolumn = \"Deal - Source\"\nsearch = [\"Google\", \"PPC\"]\n\
             [ads.\"g.csv\"]\ndecimals = \",\"\n[weeks]\nresult = \"sales\"\nspend = { tv = \"tv_S\" }\n",
        )
        .expect("a map");
        let deals = map.of("deals", "any.csv");
        assert_eq!(deals.columns[&Field::Won], "W");
        assert_eq!(deals.columns[&Field::Channel], "Deal - Source");
        assert_eq!((deals.dates, deals.rates["USD"]), (Some(DateOrder::DayFirst), 0.92));
        assert_eq!(deals.channels, [("search".to_owned(), vec!["Google".to_owned(), "PPC".to_owned()])]);
        assert_eq!(map.of("ads", "g.csv").decimals, Some(DecimalMark::Comma));
        assert_eq!(map.of("ads", "other.csv").decimals, None);
        assert_eq!(map.of("weeks", "w.csv").spend, [("tv".to_owned(), "tv_S".to_owned())]);
    }

    #[test]
    fn every_fault_of_a_map_is_told_and_an_open_question_is_one() {
        let text = read("[deal]\n[deals]\ndates = \"?\"\ndecimals = \";\"\ncraeted = \"x\"\nrates = 3\n").unwrap_err();
        for part in [
            "did you mean [deals]?",
            "dates is not answered yet",
            "write \".\" or \",\"",
            "did you mean created?",
            "USD",
        ] {
            assert!(text.contains(part), "{part}: {text}");
        }
    }
}
