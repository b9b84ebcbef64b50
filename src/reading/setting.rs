//! `--set PATH=VALUE`: one value of a scenario, in any spelling that it has in a file; quotes may be left out.

use toml::de::{DeTable, DeValue};

use super::tree::convert_table;
use super::{Diagnostic, Diagnostics, Node, Sources, Span, Table, Value, parse};

/// What messages call the text of an option by.
const NAME: &str = "the command line";

/// Reads one option; its faults point into the option as it was typed.
pub fn parse_setting(sources: &mut Sources, option: &str, faults: &mut Diagnostics) -> Option<Table> {
    let source = sources.add(NAME, option);
    if let Ok(table) = DeTable::parse(option) {
        let table = convert_table(table.into_inner(), source, option);
        if !table.is_empty() {
            return Some(table);
        }
    }
    let example = "for example --set channels.search.budget=90k";
    let Some(equals) = equals_sign(option) else {
        let place = Span { source, span: 0..option.len() };
        faults.add(Diagnostic::at(&place, "a setting is PATH=VALUE", "`=` is missing").help(example));
        return None;
    };
    let (path, value) = (&option[..equals], option[equals + 1..].trim());
    let path_alone = format!("{path}=0");
    let Ok(table) = DeTable::parse(&path_alone) else {
        let place = Span { source, span: 0..equals };
        let fault = if path.trim().is_empty() {
            Diagnostic::at(&place, "a setting is PATH=VALUE", "the path is missing").help(example)
        } else {
            Diagnostic::at(
                &place,
                "this is not a path into a scenario",
                "keys are joined by periods; a name with spaces or other signs needs double quotes",
            )
            .help("for example --set 'channels.\"my channel\".budget=90k'")
        };
        faults.add(fault);
        return None;
    };
    if value.starts_with(['[', '{', '"', '\'']) {
        // Somebody meant TOML here: say what is wrong with it.
        parse(sources, source, faults);
        return None;
    }
    // A value such as 90k, 2% to 5% or best_first is a text without its quotes.
    let mut table = convert_table(table.into_inner(), source, &path_alone);
    let start = option.len() - option[equals + 1..].trim_start().len();
    table.set_leaf(Node {
        value: Value::Text(value.to_owned()),
        place: Span { source, span: start..start + value.len() },
    });
    Some(table)
}

/// The first = that is not part of a quoted name.
fn equals_sign(option: &str) -> Option<usize> {
    let mut quote = None;
    option
        .char_indices()
        .find(|&(_, c)| {
            match quote {
                None if c == '=' => return true,
                None if matches!(c, '"' | '\'') => quote = Some(c),
                Some(open) if c == open => quote = None,
                _ => {}
            }
            false
        })
        .map(|(at, _)| at)
}

/// The path of an option and what is given for it; none where tthere is no =.
#[must_use]
pub fn split_setting(option: &str) -> Option<(&str, &str)> {
    let at = equals_sign(option)?;
    Some((option[..at].trim(), option[at + 1..].trim()))
}

/// The keys of a path, one after the other; none where it is no path.
#[must_use]
pub fn keys_of_path(path: &str) -> Option<Vec<String>> {
    let leads_to = format!("{path}=0");
    let mut table = DeTable::parse(&leads_to).ok()?.into_inner();
    let mut keys = Vec::new();
    loop {
        let (key, value) = table.into_iter().next()?;
        keys.push(key.into_inner().into_owned());
        match value.into_inner() {
            DeValue::Table(inner) => table = inner,
            _ => return Some(keys),
        }
    }
}
