//! Reading tables inside a table, each with a reader of its own.

use crate::inputs::{TextTable, place_in_file};
use crate::reading::{Diagnostic, Entry, Node, Span, Table, Value, escaped, escaped_path, unknown};

use super::keys::Key;
use super::table_reader::{Reading, TableReader};
use super::words::nearest_word;

/// The most keys that a fault names where a table was expected.
const FEW: usize = 10;

impl<'t> TableReader<'_, 't> {
    /// A table within this one, or none.
    pub fn child(&mut self, name: &str, keys: &'static [Key]) -> Option<TableReader<'_, 't>> {
        let (_, node) = self.look_up(name);
        let node = node?;
        let path = self.path_of(name);
        match &node.value {
            Value::Table(table) => Some(TableReader::open(self.reading, path, table, node.place.clone(), vec![keys])),
            _ => {
                self.wrong_table(&path, node, keys);
                None
            }
        }
    }

    /// A table whose `kind` decides its further keys: the word, and the table opened with the keys of `kinds` that
    /// belong to it. A kind without keys may be written as a bare word. None where it was not written, or is a fault.
    pub fn variant(
        &mut self,
        name: &str,
        kinds: &'static [(&'static str, &'static [Key])],
    ) -> Option<(&'static str, TableReader<'_, 't>)> {
        let (_, node) = self.look_up(name);
        self.variant_of(name, node?, kinds)
    }

    /// As [`TableReader::variant`], for a table that was found by [`TableReader::children`].
    pub fn variant_of(
        &mut self,
        name: &str,
        node: &'t Node,
        kinds: &'static [(&'static str, &'static [Key])],
    ) -> Option<(&'static str, TableReader<'_, 't>)> {
        const KIND: &[Key] = &[Key::text("kind")];
        static NOTHING: Table = Table::EMPTY;
        let (given, table) = match &node.value {
            Value::Text(word) => (Some((word.as_str(), &node.place)), &NOTHING),
            Value::Table(table) => {
                let kind = table.get("kind").map(|kind| match &kind.value {
                    Value::Text(word) => (word.as_str(), &kind.place),
                    other => (other.what(), &kind.place),
                });
                (kind, table)
            }
            other => (Some((other.what(), &node.place)), &NOTHING),
        };
        let words = || kinds.iter().map(|&(word, _)| word);
        let all = words().collect::<Vec<_>>().join(", ");
        let Some((given, place)) = given else {
            self.fault_at(&node.place, format!("`{name}` needs `kind`"), format!("one of {all}"));
            return None;
        };
        let Some(&(word, keys)) = kinds.iter().find(|(word, _)| *word == given) else {
            let fault =
                Diagnostic::at(place, format!("`{name}`: {}", unknown("kind", given)), format!("allowed: {all}"));
            self.reading.faults.add(match nearest_word(given, &words().collect::<Vec<_>>()) {
                Some(word) => fault.did_you_mean(place, &format!("\"{word}\""), format!("\"{word}\"")),
                None => fault,
            });
            return None;
        };
        let path = self.path_of(name);
        let fields = TableReader::open(self.reading, path, table, node.place.clone(), vec![KIND, keys]);
        Some((word, fields))
    }

    /// A table of texts in a file that the key `name` names; `is_known` knows the names of its columns. None where it
    /// can't be read, which is a fault.
    pub fn text_table(&mut self, name: &str, file: &str, is_known: impl Fn(&str) -> bool) -> Option<TextTable> {
        let node = self.node(name)?;
        if escaped(file) {
            let fault = escaped_path(&node.place, self.reading.sources.excerpt(&node.place));
            self.reading.faults.add(fault);
            return None;
        }
        let Reading { sheets, sources, faults, .. } = self.reading;
        let path = sources.folder(node.place.source).join(file);
        match sheets.texts((file, &path), &node.place, is_known, sources) {
            Ok(table) => Some(table),
            Err(fault) => {
                faults.add(Diagnostic { message: format!("`{name}`: {}", fault.message), ..fault });
                None
            }
        }
    }

    /// The place of a text in a line of a file that the plan names.
    pub fn place_in_file(&mut self, file: &str, line: u64, text: &str) -> Span {
        place_in_file(file, line, text, &mut self.reading.sources)
    }

    /// The tables `[path.name.X]`, each with its entry, in the order of the file.
    pub fn children(&mut self, name: &str) -> Vec<(&'t Entry, &'t Table)> {
        let (_, node) = self.look_up(name);
        let Some(node) = node else {
            return Vec::new();
        };
        let path = self.path_of(name);
        let Value::Table(table) = &node.value else {
            self.wrong_table(&path, node, &[]);
            return Vec::new();
        };
        let mut found = Vec::new();
        for entry in table.iter() {
            match &entry.node.value {
                Value::Table(inner) => found.push((entry, inner)),
                _ => self.wrong_table(&format!("{path}.{}", entry.key), &entry.node, &[]),
            }
        }
        found
    }

    /// The tables `[[name]]`, each with its place, in the order of the file.
    pub fn tables(&mut self, name: &str) -> Vec<(&'t Table, &'t Span)> {
        let (items, is_list) = self.items(name);
        let mut found = Vec::new();
        for item in items {
            match &item.value {
                Value::Table(table) if is_list => found.push((table, &item.place)),
                _ => self.reading.faults.add(
                    Diagnostic::at(
                        &item.place,
                        format!("[[{name}]] is a list of tables"),
                        format!("found {}", item.value.what()),
                    )
                    .help(format!("write a header [[{name}]], in double brackets, and its keys below it")),
                ),
            }
        }
        found
    }

    /// Opens a table found by [`TableReader::tables`].
    pub fn open_table(
        &mut self,
        name: &str,
        table: &'t Table,
        place: &Span,
        keys: &'static [Key],
    ) -> TableReader<'_, 't> {
        let path = self.path_of(name);
        TableReader::open(self.reading, path, table, place.clone(), vec![keys])
    }

    /// Tells that a table was expected; its keys are named where they are few.
    fn wrong_table(&mut self, path: &str, node: &Node, keys: &[Key]) {
        let names: Vec<&str> = keys.iter().map(|key| key.name).collect();
        let named = if (1..=FEW).contains(&names.len()) { format!(": {}", names.join(", ")) } else { String::new() };
        self.reading.faults.add(
            Diagnostic::at(&node.place, format!("[{path}] is a table"), format!("found {}", node.value.what()))
                .help(format!("write a header [{path}] and its keys below it{named}")),
        );
    }

    /// Opens a table found by [`TableReader::children`].
    pub fn open_child(
        &mut self,
        path: &str,
        entry: &'t Entry,
        table: &'t Table,
        keys: Vec<&'static [Key]>,
    ) -> TableReader<'_, 't> {
        let path = self.path_of(&format!("{path}.{}", entry.key));
        TableReader::open(self.reading, path, table, entry.node.place.clone(), keys)
    }
}
