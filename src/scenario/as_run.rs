//! The plan as it was run, as a scenario of its own: with what it builds on, its variant and its settings laid over it,
//! its draws and its seed. It gives the same figures again, from the folder that it was written to.

use std::path::{Path, PathBuf};

use crate::reading::{Node, Span, Table, Value, document_text, leads_to};

use super::idle::idle;
use super::simulation::LARGEST_SEED;
use super::{RawPlan, Scenario};

/// How a plan was run, and where its text will stand.
#[derive(Clone, Copy, Debug)]
pub struct AsRun<'a> {
    /// how many draws
    pub runs: u64,
    /// the seed
    pub seed: u64,
    /// the folder of the text: paths of files of draws are seen from there
    pub folder: &'a Path,
    /// figures that were varied around the plan: options as they were typed
    pub varied: &'a [String],
}

impl RawPlan {
    /// The text of the plan as it was run, which `scenario` was read from this draft.
    #[must_use]
    pub fn as_run(&self, scenario: &Scenario, run: AsRun<'_>) -> String {
        let mut table = self.table().clone();
        let place = Span { source: self.source, span: 0..0 };
        let mut put = |path: &[&str], value: Option<Value>| {
            let path: Vec<String> = path.iter().map(|&key| key.to_owned()).collect();
            table.put(&path, value.map(|value| Node { value, place: place.clone() }));
        };
        put(&["name"], Some(Value::Text(scenario.title())));
        put(&["simulation", "runs"], Some(Value::Number(run.runs as f64)));
        // A seed beyond what a file can hold is given on the command line.
        let seed_fits = run.seed as f64 <= LARGEST_SEED;
        put(&["simulation", "seed"], seed_fits.then_some(Value::Number(run.seed as f64)));
        let mut left_out = without_effect(&mut table);
        left_out.extend(without_certain(&mut table, scenario));
        self.lead_to_files(&mut table, run.folder);
        let seed = if seed_fits { String::new() } else { format!(" --seed {}", run.seed) };
        let mut lines = vec![
            format!("The plan as foremix {} ran it, of {}.", env!("CARGO_PKG_VERSION"), file_name(&self.path)),
            format!("It stands by itself: foremix run scenario.toml{seed} gives the same figures."),
        ];
        lines.extend(scenario.variant.iter().map(|variant| format!("Variant: {variant}")));
        lines.extend(scenario.changed.iter().map(|change| {
            let was = change.was.as_ref().map_or("not in the file".into(), |was| format!("was {was}"));
            format!("Changed: {} = {} ({was})", change.path, change.value)
        }));
        lines.extend(run.varied.iter().map(|option| format!("Varied: {option}")));
        lines.extend(left_out.iter().map(|what| format!("Left out: {what}")));
        let comment: String = lines.iter().map(|line| format!("# {}\n", on_one_line(line))).collect();
        format!("{comment}\n{}", document_text(&table, &self.sources))
    }

    /// The text of the plan as it stands in a folder: a scenario of its own.
    #[must_use]
    pub fn text_in(&self, folder: &Path) -> String {
        let mut table = self.table().clone();
        self.lead_to_files(&mut table, folder);
        document_text(&table, &self.sources)
    }

    /// Makes the paths of files of draws and of deals lead to them from another folder: as seen from there, where both are below the
    /// present folder, and whole elsewhere. What came through a pipe has no path that leads there again.
    fn lead_to_files(&self, table: &mut Table, folder: &Path) {
        if let Some(real) = table.get("file").and_then(|file| self.lies_at(file)) {
            let path = seen_from(&real, folder).unwrap_or(real);
            if let Some(entry) = table.iter_mut().find(|entry| entry.key == "file") {
                entry.node.value = Value::Text(path.to_string_lossy().into_owned());
            }
        }
        for entry in table.iter_mut() {
            if let Value::Table(inner) = &mut entry.node.value {
                self.lead_to_files(inner, folder);
            }
        }
    }
}

/// The path of a file as seen from a folder, where both are below the present folder.
fn seen_from(file: &Path, folder: &Path) -> Option<PathBuf> {
    let here = std::env::current_dir().and_then(|here| here.canonicalize()).ok()?;
    let below = leads_to(folder).ok()?.strip_prefix(&here).ok()?.components().count();
    let file = file.strip_prefix(&here).ok()?;
    Some(std::iter::repeat_n(Path::new(".."), below).collect::<PathBuf>().join(file))
}

/// Takes keys out that act on nothing: after a setting they are a note, in a file of its own a fault.
fn without_effect(table: &mut Table) -> Vec<String> {
    let mut left_out = Vec::new();
    loop {
        let found = idle(table);
        if found.is_empty() {
            return left_out;
        }
        let before = left_out.len();
        table.retain(&mut |entry| {
            let own = found.iter().find(|own| own.place == entry.key_place);
            left_out.extend(own.map(|own| own.words()));
            own.is_none()
        });
        if left_out.len() == before {
            return left_out;
        }
    }
}

/// Takes inputs out of correlations that a setting has made certain.
fn without_certain(table: &mut Table, scenario: &Scenario) -> Vec<String> {
    let mut left_out = Vec::new();
    let Some(entry) = table.iter_mut().find(|entry| entry.key == "correlations") else { return left_out };
    let Value::List(groups) = &mut entry.node.value else { return left_out };
    let inputs = &scenario.plan.parts.inputs;
    groups.retain_mut(|group| {
        let Value::Table(group) = &mut group.value else { return true };
        let Some(between) = group.iter_mut().find(|entry| entry.key == "between") else { return true };
        let Value::List(names) = &mut between.node.value else { return true };
        names.retain(|name| match &name.value {
            Value::Text(text) if inputs.named(text).is_none() => {
                left_out
                    .push(format!("the correlation of {text}, which is certain now; the luck of others moves by that"));
                false
            }
            _ => true,
        });
        names.len() > 1
    });
    if groups.is_empty() {
        table.remove("correlations");
    }
    left_out
}

fn file_name(path: &Path) -> String {
    match path.as_os_str() == "-" {
        true => "standard input".to_owned(),
        false => path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned(),
    }
}

fn on_one_line(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
