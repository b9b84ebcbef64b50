//! Two slips in one file are both found.
//!
//! A faulty file differs from right/plan.toml in a few lines. The differences of any two files that do not touch the
//! same key are laid over the plan together, and every fault of either must be among those of the two.

use std::collections::BTreeSet;
use std::path::Path;

use foremix::reading::{Diagnostic, Premise, Sources};
use toml::de::DeTable;

use crate::{FOLDER, faults, scenarios};

/// Parts that every scenario of the collection has, unless their absence is its fault.
const ALWAYS: [&str; 5] = ["", "[channels.walk_in]", "[sales]", "[sales.reps.team]", "[deals]"];

/// Headers with the lines below them; the lines before any header stand below "".
#[derive(Clone)]
struct Sections(Vec<(String, Vec<String>)>);

impl Sections {
    fn of(text: &str) -> Self {
        let mut sections = vec![(String::new(), Vec::new())];
        for line in text.lines().filter(|line| !line.trim().is_empty()) {
            if line.starts_with('[') {
                sections.push((line.to_owned(), Vec::new()));
            } else if !line.starts_with('#') {
                sections.last_mut().unwrap().1.push(line.to_owned());
            }
        }
        Self(sections)
    }

    fn find(&self, header: &str) -> Option<&Vec<String>> {
        let found = self.0.iter().find(|(own, _)| own == header);
        found.map(|(_, lines)| lines)
    }

    fn text(&self) -> String {
        let parts = self.0.iter().map(|(header, lines)| {
            let lines: String = lines.iter().map(|line| format!("{line}\n")).collect();
            format!("{header}\n{lines}\n")
        });
        parts.collect()
    }
}

/// The key of a line; keys that make one statement together count as one.
fn key(line: &str) -> String {
    let mut parts = line.split(['=', ':', ' ', '\t', '.']);
    match parts.find(|part| !part.is_empty()).unwrap_or("") {
        "value_cv" | "median_value" | "value_p90" => "average_value".into(),
        "cost_per_click" | "clicks_available" | "tody" => "today".into(),
        key => key.into(),
    }
}

/// Files of which the one says why the other's fault is none beside it.
const EXPLAINED: [[&str; 2]; 12] = [
    // The misspelled key is the missing one.
    ["rate-missing", "misspelled-key-beside-the-right-one"],
    ["sales-missing", "unknown-table"],
    // There is one after all.
    ["sales-missing", "only-reps-of-sales"],
    ["sales-missing", "text-for-a-group-of-reps"],
    ["deals-missing", "open-deals-beyond-counting"],
    ["channels-missing", "open-deals-beyond-counting"],
    ["channels-missing", "array-of-tables-for-channels"],
    // What one of them lacks, the other has.
    ["segment-that-nobody-reaches", "audience-that-does-not-sum"],
    ["brand-share-without-a-brand", "brand-that-nobody-builds"],
    ["hours-per-customer-without-customers", "churn-above-one"],
    ["delivery-that-limits-nothing", "delivery-of-less-than-nothing"],
    ["open-deals-without-a-count", "open-deals-without-weeks"],
];

/// What one file changes.
struct Change {
    name: String,
    /// (header, line) that it lacks
    removed: Vec<(String, String)>,
    /// (header, line) that it adds
    added: Vec<(String, String)>,
    /// headers that it lacks
    gone: Vec<String>,
    /// headers that it has, from the plan or of its own
    headers: Vec<String>,
    /// (header, key) of what it changes
    touched: BTreeSet<(String, String)>,
    readable: bool,
    faults: Vec<Diagnostic>,
    sources: Sources,
}

impl Change {
    /// None where the file is no variation of the plan.
    fn of(path: &Path, plan: &Sections) -> Option<Self> {
        let text = std::fs::read_to_string(path).ok()?;
        let (faults, sources) = faults(path, &[])?;
        let own = Sections::of(&text);
        let mut headers: Vec<String> = own.0.iter().map(|(header, _)| header.clone()).collect();
        let distinct: BTreeSet<&String> = headers.iter().collect();
        let kin = ALWAYS.iter().filter(|&&header| own.find(header).is_some());
        // Nothing can be told of what stands behind a long text that never ends.
        let endless = text.contains("\"\"\"");
        if endless || kin.count() < 3 || distinct.len() < headers.len() || text.contains(['\r', '\u{feff}']) {
            return None;
        }
        let gone = ALWAYS.iter().filter(|&&header| own.find(header).is_none());
        let gone: Vec<String> = gone.map(|&header| header.to_owned()).collect();
        let mut added = Vec::new();
        let mut removed = Vec::new();
        for (header, lines) in &own.0 {
            let right = plan.find(header).cloned().unwrap_or_default();
            let in_place = |line: &String| (header.clone(), line.clone());
            added.extend(lines.iter().filter(|line| !right.contains(line)).map(in_place));
            removed.extend(right.iter().filter(|line| !lines.contains(line)).map(in_place));
        }
        headers.retain(|header| !header.is_empty());
        let lines = removed.iter().chain(&added);
        let touched = lines.map(|(header, line)| (header.clone(), key(line)));
        Some(Self {
            touched: touched.collect(),
            name: path.file_stem()?.to_str()?.to_owned(),
            removed,
            added,
            gone,
            headers,
            readable: DeTable::parse(&text).is_ok(),
            faults: faults.iter().cloned().collect(),
            sources,
        })
    }

    /// Can both be seen in one file? They touch different keys; nothing of a channel is read where its kind is wrong.
    fn is_apart_from(&self, other: &Self) -> bool {
        let touches = |change: &Self, header: &String| change.touched.iter().any(|(own, _)| own == header);
        let hides = |a: &Self, b: &Self| {
            let touched = &a.touched;
            let kinds = touched.iter().filter(|(_, key)| key == "kind" || key == "knd");
            let mut hidden = a.gone.iter().chain(kinds.map(|(header, _)| header));
            hidden.any(|header| touches(b, header))
        };
        // A key at the top of the file may be the table that the other writes to.
        let takes_over = |a: &Self, b: &Self| {
            let touched = &a.touched;
            let top = touched.iter().filter(|(header, _)| header.is_empty() || header == "[[channels]]");
            let mut tables = top.map(|(header, key)| match header.as_str() {
                "" => format!("[{key}"),
                _ => "[channels.".into(),
            });
            tables.any(|table| {
                b.headers.iter().any(|header| header.starts_with(&table) && !ALWAYS.contains(&header.as_str()))
            })
        };
        let without_channels = |a: &Self, b: &Self| {
            a.gone.iter().any(|header| header.starts_with("[channels"))
                && b.headers.iter().any(|header| header.starts_with("[channels") && !ALWAYS.contains(&header.as_str()))
        };
        // Who writes to [deals.open] has a table [deals].
        let parent = |a: &Self, b: &Self| {
            let within = |gone: &String| format!("{}.", gone.trim_end_matches(']'));
            a.gone.iter().map(within).any(|within| b.headers.iter().any(|header| header.starts_with(&within)))
        };
        let explained = EXPLAINED.iter().any(|pair| pair.contains(&&*self.name) && pair.contains(&&*other.name));
        let one_way = |a: &Self, b: &Self| hides(a, b) || takes_over(a, b) || without_channels(a, b) || parent(a, b);
        self.touched.is_disjoint(&other.touched) && !explained && !one_way(self, other) && !one_way(other, self)
    }

    fn lay_over(&self, plan: &Sections, text: &mut Sections) {
        for header in &self.headers {
            let is_new = text.find(header).is_none() && !ALWAYS.contains(&header.as_str());
            if is_new {
                let lines = plan.find(header).cloned().unwrap_or_default();
                text.0.push((header.clone(), lines));
            }
        }
        text.0.retain(|(header, _)| !self.gone.contains(header));
        for (header, lines) in &mut text.0 {
            lines.retain(|line| !self.removed.contains(&(header.clone(), line.clone())));
            let own = self.added.iter().filter(|(own, _)| own == header);
            lines.extend(own.map(|(_, line)| line.clone()));
        }
    }

    /// Must this fault be seen beside those of `other`?
    fn shows(&self, fault: &Diagnostic, other: &Self) -> bool {
        match fault.premise {
            Some(_) if !other.readable => false,
            Some(Premise::WeeksKnown) => {
                let at_the_top = (String::new(), "horizon".to_owned());
                let other_weeks = other.headers.iter().any(|header| header == "[horizon]");
                !other_weeks && !other.touched.contains(&at_the_top)
            }
            _ => true,
        }
    }
}

/// What makes two faults the same wherever they stand.
fn likeness(fault: &Diagnostic, sources: &Sources) -> [String; 4] {
    let marked = sources.excerpt(&fault.place);
    // Some labels name a line, which is another one here.
    let label = fault.label.trim_end_matches(|c: char| c.is_ascii_digit());
    [
        fault.message.clone(),
        label.to_owned(),
        fault.help.clone().unwrap_or_default(),
        marked.lines().next().unwrap_or("").to_owned(),
    ]
}

#[test]
fn two_slips_in_one_file_are_both_found() {
    try_pairs(4);
}

#[test]
#[ignore = "half a minute for the pairs that the quick test leaves out"]
fn any_two_slips_in_one_file_are_both_found() {
    try_pairs(1);
}

/// Tries one of `every` pairs.
fn try_pairs(every: usize) {
    let text = std::fs::read_to_string("tests/faults/right/plan.toml").unwrap();
    let plan = Sections::of(&text);
    let files = scenarios(FOLDER);
    let changes: Vec<Change> = files.iter().filter_map(|path| Change::of(path, &plan)).collect();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("two.toml");
    let mut base = plan.clone();
    base.0.retain(|(header, _)| ALWAYS.contains(&header.as_str()));
    let mut tried = 0;
    let mut wrong = Vec::new();
    for (at, first) in changes.iter().enumerate() {
        let others = changes.iter().enumerate().skip(at + 1);
        let sample = others.filter(|(other, _)| (at * at + other) % every == 0);
        for (_, second) in sample.filter(|(_, second)| first.is_apart_from(second)) {
            let mut both = base.clone();
            first.lay_over(&plan, &mut both);
            second.lay_over(&plan, &mut both);
            std::fs::write(&path, both.text()).unwrap();
            let Some((found, sources)) = faults(&path, &[]) else {
                wrong.push(format!("{} with {}: no fault", first.name, second.name));
                continue;
            };
            let found: Vec<_> = found.iter().map(|fault| likeness(fault, &sources)).collect();
            for (own, other) in [(first, second), (second, first)] {
                for fault in own.faults.iter().filter(|fault| own.shows(fault, other)) {
                    if !found.contains(&likeness(fault, &own.sources)) {
                        let (own, other) = (&own.name, &other.name);
                        wrong.push(format!("{own} with {other}: \"{}\" is lost", fault.message));
                    }
                }
            }
            tried += 1;
        }
    }
    assert!(tried > 1_000, "{tried} pairs");
    assert!(wrong.is_empty(), "{} of {tried}:\n{}", wrong.len(), wrong.join("\n"));
}
