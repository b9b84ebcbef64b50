//! A plan as it was written: a file, the files it builds on, its variants, and what is laid over them on the command
//! line. Everything here is text and places; what it means is read afterwards.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use crate::inputs::{Sheets, TextTable, is_spelling};
use crate::reading::{
    Diagnostic, Diagnostics, Entry, Files, Node, SourceId, Sources, Span, Table, Value, nearest, parse, parse_setting,
    value_text,
};

use crate::units::plain;

use super::chain::Chain;
use super::load_error::LoadError;
use super::strangers::{Stranger, strangers};
use super::text::{Trouble, read_text};

/// A plan as it was written.
#[derive(Clone, Debug)]
pub struct RawPlan {
    pub(super) path: PathBuf,
    pub(super) source: SourceId,
    pub(super) sources: Sources,
    pub(super) faults: Diagnostics,
    /// whether every line of every file could be read
    pub(super) all_read: bool,
    /// the file with those that it builds on
    pub(super) file: Arc<Table>,
    /// and with a variant laid over it
    pub(super) varied: Arc<Table>,
    /// and with settings laid over that
    pub(super) table: Table,
    /// whether anything is laid over the file
    pub(super) patched: bool,
    /// tables that settings add beside one of nearly the same name
    pub(super) strangers: Vec<Stranger>,
    /// the variant that was chosen
    pub(super) variant: Option<String>,
    /// the variants to choose from
    pub(super) variants: Arc<Variants>,
    files: Files,
    /// the files of draws that were read so far
    pub(super) sheets: Sheets,
}

/// The variants of a file.
#[derive(Debug)]
pub(super) struct Variants {
    entries: Vec<Entry>,
    /// the faults that each of them has by itself, once they were looked for
    pub(super) faults: OnceLock<Result<Vec<Diagnostic>, (Diagnostics, Sources)>>,
}

impl RawPlan {
    /// Reads a file through a door; its tables of draws will be read through `sheets`.
    pub(super) fn through(files: &Files, sheets: &Sheets, path: &Path) -> Result<Self, LoadError> {
        let mut sources = Sources::default();
        let mut faults = Diagnostics::default();
        let mut chain = Chain::begin(files, path);
        let text = match read_text(files, path) {
            Ok(text) => text,
            Err(Trouble::Unfit { message, help, .. }) => {
                let source = sources.add_file(path, chain.folder(), "");
                faults.add(Diagnostic::of_file(source, message).help(help));
                return Err(LoadError::Faulty { faults, sources });
            }
            Err(Trouble::Io(error)) => {
                let path = path.to_owned();
                return Err(LoadError::Unreadable { path, error });
            }
        };
        let source = sources.add_file(path, chain.folder(), text);
        let mut written = parse(&sources, source, &mut faults);
        let mut all_read = faults.is_empty();
        while let Some(node) = written.remove("extends") {
            let Some(base) = chain.follow(&node, &mut sources, &mut faults) else {
                all_read = false;
                break;
            };
            let mut of_base = Diagnostics::default();
            let mut under = parse(&sources, base, &mut of_base);
            all_read &= of_base.is_empty();
            if !chain.is_scenario(&under, &node, &mut faults) {
                all_read = false;
                break;
            }
            of_base.iter().for_each(|fault| faults.add(fault.clone()));
            under.merge(written, is_value);
            written = under;
        }
        let variants = take_variants(&mut written, &mut faults);
        let draft = Self {
            path: path.to_owned(),
            source,
            sources,
            faults,
            all_read,
            table: written.clone(),
            varied: written.clone().into(),
            file: written.into(),
            patched: false,
            strangers: Vec::new(),
            variant: None,
            variants: Arc::new(Variants { entries: variants, faults: OnceLock::new() }),
            files: files.clone(),
            sheets: sheets.clone(),
        };
        draft.expect_columns(&draft.table);
        for entry in &draft.variants.entries {
            if let Value::Table(patch) = &entry.node.value {
                draft.expect_columns(patch);
            }
        }
        Ok(draft)
    }

    /// Finds every column of a file of draws that a table names, so that each file is read once for all of them.
    pub(super) fn expect_columns(&self, table: &Table) {
        if let [Some(file), Some(column)] = ["file", "column"].map(|key| table.get(key))
            && let (Value::Text(path), Value::Text(column)) = (&file.value, &column.value)
        {
            self.sheets.expect(&self.sources.folder(file.place.source).join(path), column);
        }
        for entry in table.iter() {
            if let Value::Table(inner) = &entry.node.value {
                self.expect_columns(inner);
            }
        }
    }

    /// What a file of draws is known by, that one of its texts names.
    pub(super) fn identity(&self, file: &Node) -> Option<PathBuf> {
        let Value::Text(path) = &file.value else { return None };
        let path = self.sources.folder(file.place.source).join(path);
        Some(self.files.find(&path).map_or(path, |found| found.identity))
    }

    /// A table of texts that an option names, seen from the present folder; `is_known` knows the names of its columns.
    ///
    /// # Errors
    ///
    /// Why it can't be read, or is no table.
    pub fn table_beside(
        &self,
        option: &str,
        path: &Path,
        is_known: impl Fn(&str) -> bool,
    ) -> Result<TextTable, LoadError> {
        let mut sources = self.sources.clone();
        let shown = path.display().to_string();
        let source = sources.add(option, shown.clone());
        let place = Span { source, span: 0..shown.len() };
        self.sheets.texts((&shown, path), &place, is_known, &mut sources).map_err(|fault| {
            let mut faults = Diagnostics::default();
            faults.add(fault);
            LoadError::Faulty { faults, sources }
        })
    }

    /// The names of the variants in the file, in its order.
    pub fn variants(&self) -> impl Iterator<Item = &str> {
        self.variants.entries.iter().map(|entry| entry.key.as_str())
    }

    /// All that was written, merged.
    #[must_use]
    pub fn table(&self) -> &Table {
        &self.table
    }

    /// What stands at a path, as one would write it; none where nothing does, or a table of several lines.
    #[must_use]
    pub fn written(&self, path: &[String]) -> Option<String> {
        let (last, tables) = path.split_last()?;
        let mut table = &self.table;
        for key in tables {
            match &table.get(key)?.value {
                Value::Table(inner) => table = inner,
                _ => return None,
            }
        }
        let node = table.get(last)?;
        match &node.value {
            Value::Number(number) => Some(plain(*number)),
            Value::Text(text) => Some(text.clone()),
            _ => {
                let text = self.sources.excerpt(&node.place);
                (!text.contains('\n') && !text.is_empty()).then(|| text.to_owned())
            }
        }
    }

    /// What stands at a path, as TOML on one line; none where nothing does.
    #[must_use]
    pub fn toml_at(&self, path: &[String]) -> Option<String> {
        self.table.at(path).map(|node| value_text(node, &self.sources))
    }

    /// Where a file of draws lies; nowhere, where it comes through a pipe.
    pub(super) fn lies_at(&self, file: &Node) -> Option<PathBuf> {
        let Value::Text(path) = &file.value else { return None };
        let path = self.sources.folder(file.place.source).join(path);
        self.files.find(&path).ok().filter(|found| !found.is_stream).map(|found| found.identity)
    }

    /// The same file with another table in the place of what was written.
    #[must_use]
    pub fn with_table(&self, table: Table) -> Self {
        Self { table, patched: true, ..self.clone() }
    }

    /// The same as a file of another name, which need not be there yet: paths in it are seen from where they were written.
    #[must_use]
    pub fn named(self, path: &Path) -> Self {
        Self { path: path.to_owned(), ..self }
    }

    /// Lays a variant of the file over it.
    ///
    /// # Errors
    ///
    /// That the file has no such variant, and which it has.
    pub fn vary(mut self, name: &str) -> Result<Self, LoadError> {
        let Some(entry) = self.variants.entries.iter().find(|entry| entry.key == name) else {
            return Err(self.without_variant(name));
        };
        if let Value::Table(patch) = entry.node.value.clone() {
            self.variant = Some(name.to_owned());
            self.lay(patch);
            self.varied = self.table.clone().into();
        }
        Ok(self)
    }

    /// Tables that a variant adds beside one of nearly the same name.
    pub(super) fn strangers_of(&self, name: &str) -> Vec<Stranger> {
        match self.variants.entries.iter().find(|entry| entry.key == name) {
            Some(Entry { node, .. }) => match &node.value {
                Value::Table(patch) => strangers(&self.file, patch, &[]),
                _ => Vec::new(),
            },
            None => Vec::new(),
        }
    }

    fn without_variant(mut self, name: &str) -> LoadError {
        let names: Vec<&str> = self.variants.entries.iter().map(|own| own.key.as_str()).collect();
        let help = match (nearest(name, names.iter().copied()), names.is_empty()) {
            (Some(meant), _) => format!("did you mean `{meant}`?"),
            (None, false) => format!("its variants: {}", names.join(", ")),
            (None, true) => "it has none: write [variants.NAME] with what is different".into(),
        };
        let fault = Diagnostic::of_file(self.source, format!("the plan has no variant `{name}`"));
        let mut faults = Diagnostics::default();
        faults.add(fault.help(help));
        LoadError::Faulty { faults, sources: std::mem::take(&mut self.sources) }
    }

    /// Lays settings (`PATH=VALUE`) over it, one after the other. What is wrong with them is found when the draft is
    /// read.
    #[must_use]
    pub fn set<S: AsRef<str>>(mut self, settings: &[S]) -> Self {
        for setting in settings {
            let patch = parse_setting(&mut self.sources, setting.as_ref(), &mut self.faults);
            let Some(patch) = patch else { continue };
            let misplaced = fixed_keys(&patch, "an option can't change `{}`: it says what the file is");
            if misplaced.is_empty() {
                self.strangers.extend(strangers(&self.table, &patch, &[]));
                self.lay(patch);
            }
            misplaced.into_iter().for_each(|fault| self.faults.add(fault));
        }
        self
    }

    fn lay(&mut self, patch: Table) {
        self.patched = true;
        if let Some((beyond, stands)) = self.table.obstacle(&patch) {
            let fault = Diagnostic::at(
                &beyond.key_place,
                format!("this path leads through `{}`, which is not a table", beyond.key),
                format!("in the plan, `{}` is {}", beyond.key, stands.value.what()),
            );
            let help = "give the whole value at once, without the rest of the path";
            self.faults.add(fault.help(help));
            return;
        }
        self.table.merge(patch, is_value);
    }
}

/// Keys whose table, written in braces, is one value: another way to spread a budget, another curve, another audience.
const WHOLE: [&str; 7] =
    ["flighting", "budget_by_week", "adstock", "saturation", "response_curve", "today", "audience"];

/// Does a table take the place of another, rather than merge with it?
pub(super) fn is_value(key: &str, table: &Table) -> bool {
    is_spelling(table) || table.is_inline() && WHOLE.contains(&key)
}

/// Takes `[variants]` out of a scenario. Each of them is a patch: a table.
fn take_variants(written: &mut Table, faults: &mut Diagnostics) -> Vec<Entry> {
    let example = "for example [variants.more-search] with channels.search.budget = 90_000";
    let Some(node) = written.remove("variants") else {
        return Vec::new();
    };
    let Value::Table(variants) = node.value else {
        let label = format!("found {}", node.value.what());
        let fault = Diagnostic::at(&node.place, "`variants` is a table of plans", label);
        faults.add(fault.help(example));
        return Vec::new();
    };
    let mut patches = Vec::new();
    for entry in variants.into_entries() {
        let Value::Table(patch) = &entry.node.value else {
            let message = format!("the variant `{}` is a table of what is different", entry.key);
            let label = format!("found {}", entry.node.value.what());
            let fault = Diagnostic::at(&entry.node.place, message, label);
            faults.add(fault.help(example));
            continue;
        };
        let misplaced = fixed_keys(patch, "a variant has no `{}`: it changes the plan of its file");
        misplaced.into_iter().for_each(|fault| faults.add(fault));
        patches.push(entry);
    }
    patches
}

/// What a patch can't change: what the file is and what it builds on. `{}` in the message is the key.
fn fixed_keys(patch: &Table, message: &str) -> Vec<Diagnostic> {
    ["extends", "variants"]
        .into_iter()
        .filter_map(|key| patch.entry(key))
        .map(|own| {
            let message = message.replace("{}", &own.key);
            Diagnostic::at(&own.key_place, message, "belongs at the top of a file")
                .help("for a variant of a variant write a file that extends this one")
        })
        .collect()
}
