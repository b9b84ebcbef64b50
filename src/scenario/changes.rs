//! What one plan changes of another, group by group, and plans that take over only some of it.

use std::collections::BTreeSet;

use crate::reading::{Node, Table, Value};

use super::{ROOT_KEYS, RawPlan};

/// Tables that are compared key by key.
const BY_KEY: [&str; 3] = ["channels", "sales", "simulation"];

/// Keys that change no figure of a plan that is run like the other.
const WITHOUT_EFFECT: [&[&str]; 8] = [
    &["version"],
    &["name"],
    &["description"],
    &["currency"],
    &["targets"],
    &["simulation", "runs"],
    &["simulation", "seed"],
    &["simulation", "sampling"],
];

/// Keys that differ between two plans and belong together: a channel, the team, the deals ….
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// what it is called: `search`, `team`, `deals`
    pub name: String,
    /// the paths of its tables and keys that differ
    pub paths: Vec<Vec<String>>,
}

impl Group {
    /// Both as one.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        let mut paths = self.paths;
        paths.extend(other.paths);
        Self { name: format!("{} and {}", self.name, other.name), paths }
    }
}

/// What `plan` changes of `base`, in groups, in the order of their names.
#[must_use]
pub fn changes(base: &RawPlan, plan: &RawPlan) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for path in changed_paths(base, plan) {
        let name = group_name(&path);
        match groups.iter_mut().find(|group| group.name == name) {
            Some(group) => group.paths.push(path),
            None => groups.push(Group { name, paths: vec![path] }),
        }
    }
    groups.sort_by(|a, b| a.name.cmp(&b.name));
    for at in 0..groups.len() {
        let label = groups[at].paths.first().and_then(|path| label(path, plan).or_else(|| label(path, base)));
        // Without a label a channel is shown by its name, as everywhere.
        let label = label.or_else(|| groups[at].name.contains('_').then(|| groups[at].name.replace('_', " ")));
        if let Some(label) = label.filter(|label| groups.iter().all(|group| group.name != *label)) {
            groups[at].name = label;
        }
    }
    groups
}

/// What people call the channel at a path.
fn label(path: &[String], plan: &RawPlan) -> Option<String> {
    let [table, channel] = path else { return None };
    let node = plan.table().at(&[table.clone(), channel.clone(), "label".into()])?;
    match (&**table, &node.value) {
        ("channels", Value::Text(label)) => Some(label.clone()),
        _ => None,
    }
}

fn changed_paths(base: &RawPlan, plan: &RawPlan) -> BTreeSet<Vec<String>> {
    let differ = |a: Option<&Node>, b: Option<&Node>| match (a, b) {
        (Some(a), Some(b)) => !same(a, base, b, plan),
        (a, b) => a.is_some() || b.is_some(),
    };
    let mut paths = BTreeSet::new();
    for key in keys(base.table(), plan.table()) {
        let (a, b) = (base.table().get(key), plan.table().get(key));
        if !differ(a, b) {
            continue;
        }
        if !BY_KEY.contains(&key) {
            paths.insert(vec![key.to_owned()]);
            continue;
        }
        let (a, b) = (table_of(a), table_of(b));
        for inner in keys(a, b) {
            if differ(a.get(inner), b.get(inner)) {
                paths.insert(vec![key.to_owned(), inner.to_owned()]);
            }
        }
    }
    paths.retain(|path| !WITHOUT_EFFECT.iter().any(|own| path == own));
    paths
}

fn group_name(path: &[String]) -> String {
    match path.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        // A channel may be called like a table.
        ["channels", name] if name == "team" || ROOT_KEYS.iter().any(|key| key.name == name) => {
            format!("channel {name}")
        }
        ["channels", name] => name.to_owned(),
        ["sales", "reps"] => "team".to_owned(),
        [first, ..] => first.to_owned(),
        [] => String::new(),
    }
}

fn keys<'t>(a: &'t Table, b: &'t Table) -> BTreeSet<&'t str> {
    let all = a.iter().chain(b.iter());
    all.map(|entry| entry.key.as_str()).collect()
}

fn table_of(node: Option<&Node>) -> &Table {
    const NONE: &Table = &Table::EMPTY;
    match node.map(|node| &node.value) {
        Some(Value::Table(table)) => table,
        _ => NONE,
    }
}

/// Whether two values say the same, wherever they stand. A file of draws is the same whatever its path is.
pub(super) fn same(a: &Node, of_a: &RawPlan, b: &Node, of_b: &RawPlan) -> bool {
    let alike = |a: &Node, b: &Node| same(a, of_a, b, of_b);
    match (&a.value, &b.value) {
        (Value::Text(one), Value::Text(other)) => one == other,
        (Value::Number(one), Value::Number(other)) => one == other,
        (Value::Truth(one), Value::Truth(other)) => one == other,
        (Value::Date(one), Value::Date(other)) => one == other,
        (Value::List(one), Value::List(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(a, b)| alike(a, b))
        }
        (Value::Table(one), Value::Table(other)) => keys(one, other).into_iter().all(|key| {
            let Some((a, b)) = one.get(key).zip(other.get(key)) else { return false };
            match key {
                "file" => of_a.identity(a) == of_b.identity(b),
                _ => alike(a, b),
            }
        }),
        _ => false,
    }
}

impl RawPlan {
    /// This draft with `groups` as they are in `plan`.
    #[must_use]
    pub fn take_over(&self, plan: &Self, groups: &[&Group]) -> Self {
        let mut mixed = self.with_table(self.table.clone());
        let offset = mixed.sources.append(&plan.sources);
        for path in groups.iter().flat_map(|group| &group.paths) {
            let mut node = plan.table.at(path).cloned();
            if let Some(node) = &mut node {
                node.move_sources(offset);
            }
            mixed.table.put(path, node);
        }
        mixed
    }
}
