//! A scenario's text with some figures changed: every other byte of it stays, comments and order among them.

use toml_edit::{DocumentMut, Item, Key, Table, TableLike, TomlError, Value};

/// A figure to write: its path, and its value as TOML.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Edit {
    pub(super) path: Vec<String>,
    pub(super) value: String,
}

/// Where figures are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Into<'n> {
    /// into the plan itself
    Plan,
    /// into a variant, which takes the place of one of that name
    Variant(&'n str),
}

/// Why a text can't be changed.
#[derive(Debug, thiserror::Error)]
pub(super) enum EditError {
    /// it is not TOML
    #[error("the file can't be read as TOML: {0}")]
    Toml(#[from] TomlError),
    /// something else stands in the way of a path
    #[error("`{0}` leads through something that is not a table")]
    InTheWay(String),
}

/// The text with `edits` written into it.
///
/// # Errors
///
/// That the text is not TOML, or that a path of it leads through a figure.
pub(super) fn edited(text: &str, edits: &[Edit], into: Into<'_>) -> Result<String, EditError> {
    let (mark, bare) = text.strip_prefix('\u{feff}').map_or(("", text), |bare| ("\u{feff}", bare));
    let mut document: DocumentMut = bare.parse()?;
    match into {
        Into::Plan => {
            for edit in edits {
                put(document.as_table_mut(), &edit.path, &edit.value)?;
            }
        }
        Into::Variant(name) => {
            let table = variant(&mut document, name)?;
            for edit in edits {
                put_dotted(table, &edit.path, &edit.value)?;
            }
        }
    }
    let changed = document.to_string();
    // New lines end as those that are there.
    let lines = match bare.contains("\r\n") {
        true => changed.replace("\r\n", "\n").replace('\n', "\r\n"),
        false => changed,
    };
    Ok(format!("{mark}{lines}"))
}

/// Writes a value at a path below a table, with the tables that it lacks.
fn put(table: &mut dyn TableLike, path: &[String], value: &str) -> Result<(), EditError> {
    let Some((first, rest)) = path.split_first() else { return Ok(()) };
    if rest.is_empty() {
        return set(table, first, value);
    }
    if !table.contains_key(first) {
        let mut new = Table::new();
        // A header of its own only where figures stand in it.
        new.set_implicit(rest.len() > 1);
        table.insert(first, Item::Table(new));
    }
    let inner = table.get_mut(first).and_then(Item::as_table_like_mut);
    put(inner.ok_or_else(|| EditError::InTheWay(path.join(".")))?, rest, value)
}

/// The same as a line of dotted keys: `channels.search.budget = 90_000`.
fn put_dotted(table: &mut Table, path: &[String], value: &str) -> Result<(), EditError> {
    let Some((first, rest)) = path.split_first() else { return Ok(()) };
    if rest.is_empty() {
        return set(table, first, value);
    }
    let entry = table.entry(first).or_insert_with(|| {
        let mut new = Table::new();
        new.set_dotted(true);
        Item::Table(new)
    });
    put_dotted(entry.as_table_mut().ok_or_else(|| EditError::InTheWay(path.join(".")))?, rest, value)
}

/// Gives a key a value; what stands around the old one, a comment behind it among that, stays.
fn set(table: &mut dyn TableLike, key: &str, value: &str) -> Result<(), EditError> {
    let mut value: Value = value.parse()?;
    value.decor_mut().clear();
    match table.get_mut(key) {
        Some(item) => {
            if let Some(old) = item.as_value() {
                *value.decor_mut() = old.decor().clone();
            }
            *item = Item::Value(value);
        }
        None => {
            table.insert(key, Item::Value(value));
        }
    }
    Ok(())
}

/// The table of a variant, empty.
fn variant<'d>(document: &'d mut DocumentMut, name: &str) -> Result<&'d mut Table, EditError> {
    let in_the_way = || EditError::InTheWay(format!("variants.{name}"));
    let variants = document.entry("variants").or_insert_with(|| {
        let mut all = Table::new();
        all.set_implicit(true);
        Item::Table(all)
    });
    let variants = variants.as_table_mut().ok_or_else(in_the_way)?;
    let before = variants.get(name).and_then(Item::as_table).map(|old| (old.decor().clone(), old.position()));
    let mut new = Table::new();
    match before {
        Some((decor, position)) => {
            *new.decor_mut() = decor;
            new.set_position(position);
        }
        None => new.decor_mut().set_prefix("\n"),
    }
    if variants.contains_key(name) {
        variants.insert(name, Item::Table(new));
    } else {
        variants.insert_formatted(&Key::new(name), Item::Table(new));
    }
    variants.get_mut(name).and_then(Item::as_table_mut).ok_or_else(in_the_way)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLAN: &str = "# A shop.\nname = \"Shop\"   # its name\n\n[channels.search]\nkind = \"ppc\"\nbudget = 40_000   # agreed in May\nrate = { p10 = 1, p50 = 2, p90 = 3 } # a guess\n\n[channels.mail] # letters\nbudget = 3\n\n[variants.less] # careful\nchannels.search.budget = 20_000\n";

    fn edit(path: &str, value: &str) -> Edit {
        Edit { path: path.split('.').map(str::to_owned).collect(), value: value.to_owned() }
    }

    #[test]
    fn what_is_not_changed_stays_to_the_byte() {
        let edits = [edit("channels.search.budget", "55000"), edit("channels.search.rate", "\"1 to 4\"")];
        let text = edited(PLAN, &edits, Into::Plan).expect("a text");
        let expected = PLAN
            .replace("budget = 40_000   #", "budget = 55000   #")
            .replace("rate = { p10 = 1, p50 = 2, p90 = 3 } # a", "rate = \"1 to 4\" # a");
        assert_eq!(text, expected);
        assert_eq!(edited(PLAN, &[], Into::Plan).expect("a text"), PLAN);
        let windows = PLAN.replace('\n', "\r\n");
        let text = edited(&windows, &edits, Into::Plan).expect("a text");
        assert_eq!(text, expected.replace('\n', "\r\n"));
    }

    #[test]
    fn a_variant_is_added_or_takes_the_place_of_its_own() {
        let edits = [edit("channels.search.budget", "55000"), edit("channels.mail.budget", "4")];
        let text = edited(PLAN, &edits, Into::Variant("more")).expect("a text");
        assert_eq!(
            text,
            format!("{PLAN}\n[variants.more]\nchannels.search.budget = 55000\nchannels.mail.budget = 4\n")
        );
        let text = edited(PLAN, &edits[1..], Into::Variant("less")).expect("a text");
        assert!(text.starts_with(PLAN.split("[variants.less]").next().expect("a start")), "{text}");
        assert!(text.contains("channels.mail.budget = 4") && !text.contains("20_000"), "{text}");
        let text = edited("[deals]\naverage_value = 3\n", &edits[..1], Into::Variant("a b")).expect("a text");
        assert_eq!(text, "[deals]\naverage_value = 3\n\n[variants.\"a b\"]\nchannels.search.budget = 55000\n");
    }

    #[test]
    fn what_a_file_builds_on_is_overridden_in_a_table_of_its_own() {
        let text = edited("extends = \"base.toml\"\n", &[edit("channels.search.budget", "7")], Into::Plan);
        assert_eq!(text.expect("a text"), "extends = \"base.toml\"\n\n[channels.search]\nbudget = 7\n");
        assert!(edited("a = 1\n", &[edit("a.b", "2")], Into::Plan).is_err());
        assert!(edited("a = \n", &[], Into::Plan).is_err());
    }
}
