//! `[[correlations]]`: uncertain inputs that move together.
//!
//! Implements the correlations of section 1 of docs/model.md.

use crate::inputs::{Copula, Impossible, Inputs, Pair};
use crate::reading::{Diagnostic, Span, Table, Value, nearest};

use super::schema::{Key, TableReader};

/// The keys of a `[[correlations]]`.
pub const CORRELATION_KEYS: &[Key] = &[
    Key::shape("between", "a list of two or more paths of uncertain inputs")
        .required()
        .about("the inputs that move together, each with each")
        .example("[\"channels.search.cost_per_click\", \"channels.search.visit_to_lead\"]"),
    Key::number("rank")
        .certain()
        .at_least(-1.0)
        .at_most(1.0)
        .required()
        .unit("Spearman's rank correlation")
        .about("how closely: near 1 both rise together, 0 unrelated, near -1 one falls as the other rises")
        .example("0.5"),
];

/// An input as named in `between`.
type Named = (String, Span);

/// Reads all `[[correlations]]` of `file`, once all inputs are known.
pub fn read(root: &mut TableReader<'_, '_>, file: &Table) {
    let faults_before = root.fault_count();
    let mut pairs: Vec<Pair> = Vec::new();
    let mut named: Vec<Named> = Vec::new();
    for (table, place) in root.tables("correlations") {
        let mut fields = root.open_table("correlations", table, place, CORRELATION_KEYS);
        let before = fields.faults_so_far();
        let rank = fields.certain("rank");
        if rank.abs() == 1.0 && fields.faults_so_far() == before {
            as_one(&mut fields, rank);
        }
        let names = read_names(&mut fields, file);
        for (at, b) in names.iter().enumerate() {
            for a in &names[..at] {
                add_pair(&mut fields, &mut pairs, a, b, rank);
            }
        }
        named.extend(names);
    }
    if root.fault_count() > faults_before {
        return;
    }
    let (inputs, _) = root.inputs();
    match Copula::new(pairs, |name| inputs.find(name)) {
        Ok(copula) => inputs.correlate(copula),
        Err(groups) => {
            let faults = groups.iter().filter_map(|group| contradiction(group, &named));
            faults.for_each(|fault| root.add_fault(fault));
        }
    }
}

/// A rank of 1 or −1 would make one figure of two.
fn as_one(fields: &mut TableReader<'_, '_>, rank: f64) {
    let Some(node) = fields.node("rank") else { return };
    let fault = Diagnostic::at(
        &node.place,
        "`rank`: two inputs can't move together fully",
        format!("at {rank} the one would follow from the other, and there would be one input, not two"),
    );
    let closest = if rank > 0.0 { "0.99" } else { "-0.99" };
    fields.add_fault(fault.write(&node.place, [closest.into()]));
}

/// The names of a group that can be correlated; each of the others is a fault.
fn read_names(fields: &mut TableReader<'_, '_>, file: &Table) -> Vec<Named> {
    let written = fields.texts("between");
    let listed = fields.node("between").map(|node| &node.value);
    if matches!(listed, Some(Value::List(items)) if items.len() < 2) {
        fields.fault("between", "a correlation is between two inputs or more", "write the paths of at least two");
    }
    let mut names: Vec<Named> = Vec::new();
    for (name, place) in written {
        let (inputs, before) = fields.inputs();
        let fault = if names.iter().any(|(own, _)| *own == name) {
            Some(
                Diagnostic::at(&place, format!("`{name}` is named twice"), "named before")
                    .help("leave out one of the two"),
            )
        } else {
            unfit(&name, &place, [inputs, before], file)
        };
        match fault {
            Some(fault) => fields.add_fault(fault),
            None => names.push((name, place)),
        }
    }
    names
}

/// Why an input can't be correlated, if it can't. One that a setting has made certain still can: its part in the luck
/// of the others stays.
fn unfit(name: &str, place: &Span, known: [&Inputs; 2], file: &Table) -> Option<Diagnostic> {
    let input = known.into_iter().find_map(|inputs| inputs.named(name));
    match input {
        Some(input) if input.file.is_some() => Some(
            Diagnostic::at(
                place,
                format!("`{name}` is drawn from a file and can't be correlated here"),
                "drawn by the rows of a file",
            )
            .help("columns of one file keep the correlation that they have there"),
        ),
        Some(_) => None,
        None if is_written(name, file) => Some(
            Diagnostic::at(place, format!("`{name}` is certain: it can't move with another"), "not an uncertain input")
                .help("write it as a range, such as \"2.5 to 4.5\", or leave it out here"),
        ),
        None => {
            let fault = Diagnostic::unknown(place, "input", name);
            let [inputs, before] = known;
            let names = inputs.list().iter().chain(before.list());
            let near = nearest(name, names.map(|input| input.name.as_str()));
            Some(match near {
                Some(near) => fault.did_you_mean(place, &format!("`{near}`"), format!("\"{near}\"")),
                None => fault.help("an input is named by its path, for example channels.search.cost_per_click"),
            })
        }
    }
}

fn is_written(path: &str, file: &Table) -> bool {
    let mut table = file;
    let mut keys = path.split('.').peekable();
    while let Some(key) = keys.next() {
        match (table.get(key).map(|node| &node.value), keys.peek()) {
            (Some(Value::Table(inner)), Some(_)) => table = inner,
            (Some(_), None) => return true,
            _ => return false,
        }
    }
    false
}

fn add_pair(fields: &mut TableReader<'_, '_>, pairs: &mut Vec<Pair>, (a, _): &Named, (b, place): &Named, rank: f64) {
    let same = |pair: &Pair| pair.between.contains(a) && pair.between.contains(b);
    if pairs.iter().any(same) {
        fields.add_fault(
            Diagnostic::at(
                place,
                format!("the correlation between `{a}` and `{b}` is given twice"),
                "this pair was given before",
            )
            .help("leave out one of the two"),
        );
        return;
    }
    let between = [a.clone(), b.clone()];
    pairs.push(Pair { between, rank });
}

fn contradiction(group: &Impossible, named: &[Named]) -> Option<Diagnostic> {
    let (_, place) = named.iter().find(|(name, _)| group.members.contains(name))?;
    let names: Vec<String> = group.members.iter().map(|name| format!("`{name}`")).collect();
    let fault = Diagnostic::at(
        place,
        format!("these inputs can't be correlated as asked: {}", names.join(", ")),
        "their ranks contradict each other: the matrix of correlations is not positive definite",
    );
    Some(fault.help(format!(
        "bring their ranks closer to 0: at {} times what is written they go together",
        group.possible_at
    )))
}
