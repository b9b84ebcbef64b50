//! Reading a table of a scenario, key by key, against the list of keys it may hold.

use crate::inputs::{Inputs, LongTable, Sheets};
use crate::reading::{Diagnostic, Diagnostics, Entry, Node, Premise, Sources, Span, Table, Value, nearest};

use super::keys::{Default, Key, about};

/// What a reading gathers: the texts, the inputs found so far, the faults found so far.
#[derive(Debug, std::default::Default)]
pub struct Reading {
    /// the texts that are read
    pub sources: Sources,
    /// everything that is wrong with them
    pub faults: Diagnostics,
    /// the uncertain inputs
    pub inputs: Inputs,
    /// the uncertain inputs of the file as it stands, before settings were laid over it
    pub before_settings: Inputs,
    /// `simulation.widen`
    pub widen: f64,
    /// numbers that were probably meant in percent
    pub percent_doubts: Vec<PercentDoubt>,
    /// every figure that was stated
    pub stated: Vec<StatedFigure>,
    /// where a key belongs that stands in the wrong table, in words
    pub home: Option<fn(&str) -> Vec<String>>,
    /// the files of draws
    pub sheets: Sheets,
    /// files of draws whose rows are of different things, by their paths as written
    pub long_tables: Vec<(String, LongTable)>,
}

/// A figure of the plan as it was stated: what a reading of the plan for plausibility looks at.
#[derive(Clone, Debug, PartialEq)]
pub struct StatedFigure {
    /// its path in the file: `channels.search.visit_to_lead`
    pub path: String,
    /// the middle of what it may be; a rate by the week
    pub middle: f64,
    /// whether it was counted, or fitted to data, and so is better known than any benchmark
    pub is_known: bool,
}

/// A number without a percent sign, of a size at which it was probably meant in percent.
#[derive(Clone, Debug, PartialEq)]
pub struct PercentDoubt {
    /// its path in the file
    pub path: String,
    /// what it is taken as; the middle of a range, the highest of a list
    pub value: f64,
}

/// A table that is being read. Every reader returns a value that can be worked with, also after a fault, so that all
/// faults are found in one go; a reading with faults is never simulated.
#[derive(Debug)]
pub struct TableReader<'r, 't> {
    pub(super) reading: &'r mut Reading,
    table: &'t Table,
    pub(super) place: Span,
    pub(super) path: String,
    keys: Vec<&'static [Key]>,
    /// keys that unknown ones were probably meant to be
    meant: Vec<&'static str>,
}

/// Of so many unknown keys of a table it is worked out what they were meant to be; nobody reads on.
const MOST_GUESSED: usize = 100;

impl<'r, 't> TableReader<'r, 't> {
    /// Opens the table at `path` and reports the keys that it may not hold.
    pub fn open(
        reading: &'r mut Reading,
        path: String,
        table: &'t Table,
        place: Span,
        keys: Vec<&'static [Key]>,
    ) -> Self {
        let mut fields = Self { reading, table, place, path, keys, meant: Vec::new() };
        let unknown = table.iter().filter(|entry| fields.key(&entry.key).is_none());
        for (at, entry) in unknown.collect::<Vec<_>>().into_iter().enumerate() {
            let fault = if at < MOST_GUESSED { fields.unknown(entry) } else { fields.unknown_at(entry) };
            fields.reading.faults.add(fault);
        }
        fields
    }

    fn unknown_at(&self, entry: &Entry) -> Diagnostic {
        let fault = Diagnostic::unknown(&entry.key_place, "key", &entry.key);
        let place =
            if self.path.is_empty() { String::from("at the top of the file") } else { format!("in [{}]", self.path) };
        Diagnostic { message: format!("{} {place}", fault.message), ..fault }
    }

    fn unknown(&mut self, entry: &Entry) -> Diagnostic {
        let fault = self.unknown_at(entry);
        let names = || self.keys.iter().flat_map(|group| group.iter()).map(|key| key.name);
        let meant = nearest(&entry.key, names());
        let home = |name: &str| self.reading.home.map_or_else(Vec::new, |home| home(name));
        let homes = home(&entry.key);
        self.meant.extend(meant);
        if !homes.is_empty() {
            return fault.help(format!("this key belongs in {}", homes.join(" or ")));
        }
        // The name of its table stands before it: `horizon_weeks` for `weeks` in [horizon].
        for (table, name) in entry.key.match_indices('_').map(|(at, _)| (&entry.key[..at], &entry.key[at + 1..])) {
            let own = self.path.rsplit('.').next() == Some(table);
            if let Some(key) = self.key(name).filter(|_| own) {
                self.meant.push(key.name);
                return fault.did_you_mean(&entry.key_place, &format!("`{name}`"), key.name);
            }
            if home(name).contains(&format!("[{table}]")) {
                return fault.help(format!("write `{name}` in [{table}]"));
            }
        }
        match meant {
            Some(name) => fault.did_you_mean(&entry.key_place, &format!("`{name}`"), name),
            None => fault.help(format!("known here: {}", names().collect::<Vec<_>>().join(", "))),
        }
    }

    /// Was a key probably meant by one that is unknown here? Then it is not missing as well.
    #[must_use]
    pub fn is_misspelled(&self, name: &str) -> bool {
        self.meant.contains(&name)
    }

    fn key(&self, name: &str) -> Option<&'static Key> {
        self.keys.iter().flat_map(|group| group.iter()).find(|key| key.name == name)
    }

    /// The specification of a key and what was written for it; a missing required key is a fault.
    pub(super) fn look_up(&mut self, name: &str) -> (&'static Key, Option<&'t Node>) {
        let Some(key) = self.key(name) else {
            unreachable!("the reader of [{}] asks for `{name}`, which its list of keys lacks", self.path)
        };
        let node = self.table.get(name);
        if node.is_none() && key.default == Default::Required {
            self.missing(key);
        }
        (key, node)
    }

    /// The items of a list, or the one thing that stands in its place; and whether it is a list.
    pub(super) fn items(&mut self, name: &str) -> (&'t [Node], bool) {
        match self.look_up(name).1 {
            None => (&[], true),
            Some(Node { value: Value::List(items), .. }) => (items, true),
            Some(node) => (std::slice::from_ref(node), false),
        }
    }

    fn missing(&mut self, key: &Key) {
        let example = match key.example {
            "" => String::new(),
            example => format!("; for example {} = {example}", key.name),
        };
        let fault = self
            .lack(key.name, format!("[{}] needs `{}`", self.path, key.name))
            .help(format!("{}{example}", about(key)));
        self.add_lack(key.name, fault);
    }

    /// A fault for want of the key `name`, which the table's header shows.
    #[must_use]
    pub fn lack(&self, name: &str, message: impl Into<String>) -> Diagnostic {
        Diagnostic::at(&self.place, message, format!("`{name}` is missing here")).given(Premise::AllRead)
    }

    /// Reports it, unless the key is there under a misspelled name.
    pub fn add_lack(&mut self, name: &str, fault: Diagnostic) {
        if !self.is_misspelled(name) {
            self.reading.faults.add(fault);
        }
    }

    /// What was written for a key of a form of its own; a required one that is missing is a fault.
    pub fn written(&mut self, name: &str) -> Option<&'t Node> {
        self.look_up(name).1
    }

    /// What was written for a key, if anything.
    #[must_use]
    pub fn node(&self, name: &str) -> Option<&'t Node> {
        self.table.get(name)
    }

    /// Was the key written?
    #[must_use]
    pub fn has(&self, name: &str) -> bool {
        self.table.get(name).is_some()
    }

    /// Where a key was written; the table's header where it was not.
    #[must_use]
    pub fn place_of(&self, name: &str) -> Span {
        self.node(name).map_or(&self.place, |node| &node.place).clone()
    }

    /// From here on, ranges stated by percentiles are stretched by `widen`.
    pub fn set_widen(&mut self, widen: f64) {
        self.reading.widen = widen;
    }

    /// The uncertain inputs found so far, and those of the file before settings.
    pub fn inputs(&mut self) -> (&mut Inputs, &Inputs) {
        (&mut self.reading.inputs, &self.reading.before_settings)
    }

    /// The full path of a key of this table.
    #[must_use]
    pub fn path_of(&self, name: &str) -> String {
        if self.path.is_empty() { name.to_owned() } else { format!("{}.{name}", self.path) }
    }

    /// The path of this table.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The place of the table's header.
    #[must_use]
    pub fn place(&self) -> &Span {
        &self.place
    }

    /// Reports a fault of the value of `name`, or of the whole table where it was not written.
    pub fn fault(&mut self, name: &str, message: impl Into<String>, label: impl Into<String>) {
        let place = self.table.get(name).map_or_else(|| self.place.clone(), |node| node.place.clone());
        self.fault_at(&place, message, label);
    }

    /// Reports a fault at a place.
    pub fn fault_at(&mut self, place: &Span, message: impl Into<String>, label: impl Into<String>) {
        self.reading.faults.add(Diagnostic::at(place, message, label));
    }

    /// How many faults were found so far.
    #[must_use]
    pub fn faults_so_far(&self) -> usize {
        self.reading.faults.len()
    }

    /// Reports a fault made elsewhere.
    pub fn add_fault(&mut self, fault: Diagnostic) {
        self.reading.faults.add(fault);
    }

    /// How many faults were found so far.
    #[must_use]
    pub fn fault_count(&self) -> usize {
        self.reading.faults.len()
    }
}
