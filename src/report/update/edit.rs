//! A plan as it was written, changed figure by figure.

use crate::reading::{Entry, Node, Span, Table, Value};

/// The table of a plan that is changed, and what was changed that a planner should know.
#[derive(Debug)]
pub(super) struct Edit {
    pub(super) table: Table,
    pub(super) notes: Vec<String>,
}

impl Edit {
    /// Puts a value where it belongs.
    pub(super) fn put(&mut self, path: &[&str], value: Value) {
        let path: Vec<String> = path.iter().map(|&key| key.to_owned()).collect();
        self.table.put(&path, Some(node(value)));
    }

    /// Puts a number of at most six digits.
    pub(super) fn number(&mut self, path: &[&str], x: f64) {
        self.put(path, Value::Number(six_digits(x)));
    }

    /// Puts a list of numbers; takes the key away where there are none.
    pub(super) fn numbers(&mut self, path: &[&str], list: &[f64]) {
        match list {
            [] => self.take(path),
            list => self.put(path, numbers(list)),
        }
    }

    /// Takes a key away.
    pub(super) fn take(&mut self, path: &[&str]) {
        let path: Vec<String> = path.iter().map(|&key| key.to_owned()).collect();
        self.table.put(&path, None);
    }

    /// Takes a table away that holds nothing any more.
    pub(super) fn take_if_empty(&mut self, path: &[&str]) {
        if self.child(path).is_some_and(Table::is_empty) {
            self.take(path);
        }
    }

    /// What stands at a path.
    pub(super) fn get(&self, path: &[&str]) -> Option<&Node> {
        let path: Vec<String> = path.iter().map(|&key| key.to_owned()).collect();
        self.table.at(&path)
    }

    /// The table at a path.
    pub(super) fn child(&self, path: &[&str]) -> Option<&Table> {
        match &self.get(path)?.value {
            Value::Table(table) => Some(table),
            _ => None,
        }
    }

    /// The names of the tables in the table at a path, in the order of the file.
    pub(super) fn children(&self, path: &[&str]) -> Vec<String> {
        let entries = self.child(path).into_iter().flat_map(Table::iter);
        entries.filter(|own| matches!(own.node.value, Value::Table(_))).map(|own| own.key.clone()).collect()
    }

    /// The keys that lead to an input of that name: names of tables may have points of their own.
    pub(super) fn path_of(&self, name: &str) -> Option<Vec<String>> {
        fn walk(table: &Table, name: &str) -> Option<Vec<String>> {
            table.iter().find_map(|Entry { key, node, .. }| {
                if key == name {
                    return Some(vec![key.clone()]);
                }
                let rest = name.strip_prefix(key.as_str())?.strip_prefix('.')?;
                let Value::Table(inner) = &node.value else { return None };
                let mut path = walk(inner, rest)?;
                path.insert(0, key.clone());
                Some(path)
            })
        }
        walk(&self.table, name)
    }
}

/// A value that nobody wrote.
pub(super) fn node(value: Value) -> Node {
    Node { value, place: Span::default() }
}

/// A list of numbers.
pub(super) fn numbers(list: &[f64]) -> Value {
    Value::List(list.iter().map(|x| node(Value::Number(six_digits(*x)))).collect())
}

/// A table in braces.
pub(super) fn in_braces(entries: Vec<(&str, Value)>) -> Value {
    let mut table = Table::EMPTY;
    entries.into_iter().for_each(|(key, value)| table.put(&[key.to_owned()], Some(node(value))));
    Value::Table(table.in_braces())
}

/// As far as any record knows a figure.
fn six_digits(x: f64) -> f64 {
    format!("{x:.5e}").parse().unwrap_or(x)
}
