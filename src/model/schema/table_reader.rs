//! Reading a table of a scenario, key by key, against the list of keys it may hold.

use crate::inputs::{
    self, Distribution, DrawFile, Drawn, Input, Inputs, LongTable, Quantity, Sheets, TextTable, Written, place_in_file,
    quoted,
};
use crate::reading::{
    Diagnostic, Diagnostics, Entry, Node, Premise, Sources, Span, Table, Value, escaped, escaped_path, nearest, unknown,
};
use crate::units::{Range, dates, guesses, in_doubt, parse_number};

use super::keys::{Choice, Default, Key};

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
    reading: &'r mut Reading,
    table: &'t Table,
    place: Span,
    path: String,
    keys: Vec<&'static [Key]>,
    /// keys that unknown ones were probably meant to be
    meant: Vec<&'static str>,
}

/// Of so many unknown keys of a table it is worked out what they were meant to be; nobody reads on.
const MOST_GUESSED: usize = 100;

/// The most keys that a fault names where a table was expected.
const FEW: usize = 10;

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
    fn look_up(&mut self, name: &str) -> (&'static Key, Option<&'t Node>) {
        let Some(key) = self.key(name) else {
            unreachable!("the reader of [{}] asks for `{name}`, which its list of keys lacks", self.path)
        };
        let node = self.table.get(name);
        if node.is_none() && key.default == Default::Required {
            self.missing(key);
        }
        (key, node)
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

    /// A figure that may be uncertain. Required, or with a default.
    pub fn quantity(&mut self, name: &str) -> Quantity {
        let (key, node) = self.look_up(name);
        match node {
            Some(node) => self.read_quantity(key, node),
            None => Quantity::Certain(self.stand_in(key)),
        }
    }

    /// A figure that may be uncertain, or unset.
    pub fn quantity_if(&mut self, name: &str) -> Option<Quantity> {
        let (key, node) = self.look_up(name);
        node.map(|node| self.read_quantity(key, node))
    }

    fn read_quantity(&mut self, key: &'static Key, node: &Node) -> Quantity {
        let Some(terms) = key.terms(&self.reading.sources, self.reading.widen) else {
            unreachable!("`{}` is not a figure", key.name)
        };
        let (range, may_vary) = (terms.range, terms.may_vary);
        let read = inputs::read(node, &terms);
        let middle = match &read {
            Ok(Written::Certain(value)) => Some(*value),
            Ok(Written::Uncertain { distribution, .. }) => Some(distribution.quantile(0.5)),
            _ => None,
        };
        if let Some(middle) = middle {
            let path = self.path_of(key.name);
            let is_known = matches!(&node.value, Value::Text(text) if inputs::is_count(text));
            self.reading.stated.push(StatedFigure { path, middle, is_known });
        }
        if !self.reading.sources.excerpt(&node.place).contains('%') {
            match &read {
                Ok(Written::Certain(value)) => self.doubt_percent(key, *value),
                Ok(Written::Uncertain { distribution, .. }) => self.doubt_percent(key, distribution.quantile(0.5)),
                _ => {}
            }
        }
        match read {
            Ok(Written::Certain(value)) => Quantity::Certain(value),
            Ok(Written::Uncertain { .. } | Written::Row(_)) if !may_vary => {
                self.fault_at(
                    &node.place,
                    format!("`{}` is your decision, so it can't be uncertain", key.name),
                    "expected one number",
                );
                Quantity::Certain(self.stand_in_of_written(key))
            }
            Ok(Written::Uncertain { distribution, from_quantiles }) => {
                self.uncertain(key, node, distribution, from_quantiles, None)
            }
            Ok(Written::Row(row)) => {
                let Reading { sheets, sources, .. } = self.reading;
                match sheets.distribution(&row, key.name, range, sources) {
                    Ok(Drawn { distribution, file, long }) => {
                        let long = long.map(|long| (row.file, long));
                        self.reading.long_tables.extend(long);
                        self.uncertain(key, node, distribution, false, Some(DrawFile::of(file)))
                    }
                    Err(faults) => {
                        faults.into_iter().for_each(|fault| self.reading.faults.add(fault));
                        Quantity::Certain(self.stand_in_of_written(key))
                    }
                }
            }
            Err(faults) => {
                for fault in faults {
                    let message = format!("`{}`: {}", key.name, fault.message);
                    self.reading.faults.add(Diagnostic { message, ..fault });
                }
                Quantity::Certain(self.stand_in_of_written(key))
            }
        }
    }

    /// Notes a number that was probably meant in percent.
    fn doubt_percent(&mut self, key: &Key, value: f64) {
        if key.percent_from.is_some_and(|from| value.abs() >= from) {
            let path = self.path_of(key.name);
            self.reading.percent_doubts.push(PercentDoubt { path, value });
        }
    }

    /// Notes a ratio of `targets` of size `from` or more, which was probably meant in percent.
    pub fn doubt_percents(&mut self, name: &str, node: &Node, from: f64) {
        if let Value::Number(value) = node.value
            && value.abs() >= from
        {
            self.reading.percent_doubts.push(PercentDoubt { path: format!("targets.{name}"), value });
        }
    }

    fn uncertain(
        &mut self,
        key: &Key,
        node: &Node,
        distribution: Box<dyn Distribution>,
        from_quantiles: bool,
        file: Option<DrawFile>,
    ) -> Quantity {
        let input = Input {
            name: self.path_of(key.name),
            place: node.place.clone(),
            spelling: self.reading.sources.excerpt(&node.place).to_owned(),
            distribution: distribution.into(),
            range: key.range(),
            from_quantiles,
            hidden: false,
            file,
        };
        Quantity::Uncertain(self.reading.inputs.add(input))
    }

    /// A figure that is certain. Required, or with a default.
    pub fn certain(&mut self, name: &str) -> f64 {
        self.quantity(name).certain().unwrap_or(f64::NAN)
    }

    /// A whole number. Required, or with a default.
    pub fn whole(&mut self, name: &str) -> i64 {
        let (key, _) = self.look_up(name);
        let stand_in = self.stand_in(key) as i64;
        self.whole_if(name).unwrap_or(stand_in)
    }

    /// A whole number, or unset.
    pub fn whole_if(&mut self, name: &str) -> Option<i64> {
        let (key, node) = self.look_up(name);
        let node = node?;
        let number = match &node.value {
            Value::Number(number) => Ok(*number),
            Value::Text(text) => one_number(text),
            other => Err(format!("found {}", other.what())),
        };
        let written = match &node.value {
            Value::Text(text) => text.as_str(),
            _ => self.reading.sources.excerpt(&node.place),
        };
        let number = number.and_then(|number| match written.trim() {
            written if in_doubt(written) => Err(inputs::doubt(written)),
            written if written.ends_with('%') => Err("a percent sign belongs to a share".into()),
            _ => Ok(number),
        });
        let fits = |guess: &String| {
            let whole = |number: f64| number.fract() == 0.0 && key.range().holds(number);
            !guess.ends_with('%') && parse_number(guess).is_ok_and(whole)
        };
        let meant: Vec<String> = match number {
            Err(_) => {
                let in_words = inputs::without_unit(written, key.unit).map_or_else(Vec::new, |(meant, _)| meant);
                let all = guesses(written).into_iter().chain(in_words);
                all.filter(fits).map(|guess| quoted(&guess)).collect()
            }
            Ok(_) => Vec::new(),
        };
        let (message, label) = match number {
            Ok(number) if number.fract() == 0.0 && key.range().holds(number) => {
                return Some(number as i64);
            }
            Ok(number) if number.is_finite() && number.fract() != 0.0 => {
                (format!("`{name}`: expected a whole number"), "this is not a whole number".into())
            }
            Ok(number) => (format!("`{name}` is out of range"), key.range().refusal(number)),
            Err(why) => (format!("`{name}`: expected a whole number"), why),
        };
        let help = format!("{}; allowed: {}", about(key), key.range());
        self.reading.faults.add(Diagnostic::at(&node.place, message, label).help(help).write(&node.place, meant));
        Some(self.stand_in(key) as i64)
    }

    /// A choice among words. Required, or with a default.
    pub fn word<C: Choice>(&mut self, name: &str) -> C {
        let (key, node) = self.look_up(name);
        let fallback = match key.default {
            Default::Word(word) => word,
            _ => C::WORDS[0].0,
        };
        let written = match node.map(|node| (&node.value, node)) {
            None => fallback,
            Some((Value::Text(text), node)) => match C::WORDS.iter().find(|(word, _)| word == text) {
                Some((word, _)) => word,
                None => {
                    self.wrong_word::<C>(name, node, text);
                    fallback
                }
            },
            Some((other, node)) => {
                let words: Vec<&str> = C::WORDS.iter().map(|&(word, _)| word).collect();
                let label = format!("found {}", other.what());
                self.add_fault(
                    Diagnostic::at(&node.place, format!("`{name}`: expected a word in quotes"), label)
                        .help(format!("one of {}", words.join(", "))),
                );
                fallback
            }
        };
        let named = C::WORDS.iter().find(|(word, _)| *word == written);
        named.map_or(C::WORDS[0].1, |&(_, choice)| choice)
    }

    fn wrong_word<C: Choice>(&mut self, name: &str, node: &Node, given: &str) {
        let words: Vec<&str> = C::WORDS.iter().map(|&(word, _)| word).collect();
        let fault = Diagnostic::at(
            &node.place,
            format!("`{name}`: \"{given}\" is not one of its options"),
            format!("expected one of {}", words.join(", ")),
        );
        self.reading.faults.add(match nearest_word(given, &words) {
            Some(word) => fault.did_you_mean(&node.place, &format!("\"{word}\""), format!("\"{word}\"")),
            None => fault,
        });
    }

    /// `true` or `false`; the key has a default.
    pub fn truth(&mut self, name: &str) -> bool {
        let (key, node) = self.look_up(name);
        let fallback = key.default == Default::Word("true");
        match node.map(|node| (&node.value, node)) {
            None => fallback,
            Some((Value::Truth(truth), _)) => *truth,
            Some((other, node)) => {
                let what = other.what();
                self.fault_at(
                    &node.place,
                    format!("`{name}`: expected true or false, without quotes"),
                    format!("found {what}"),
                );
                fallback
            }
        }
    }

    /// Free text, or unset.
    pub fn text_if(&mut self, name: &str) -> Option<String> {
        let (_, node) = self.look_up(name);
        let node = node?;
        match &node.value {
            Value::Text(text) => Some(text.clone()),
            other => {
                let what = other.what();
                self.fault_at(&node.place, format!("`{name}`: expected a string in quotes"), format!("found {what}"));
                None
            }
        }
    }

    /// A list of texts, each with its place; what is none is a fault.
    pub fn texts(&mut self, name: &str) -> Vec<(String, Span)> {
        let (_, node) = self.look_up(name);
        let Some(node) = node else {
            return Vec::new();
        };
        let items = match &node.value {
            Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let mut texts = Vec::new();
        for item in items {
            match (&item.value, &node.value) {
                (Value::Text(text), Value::List(_)) => {
                    texts.push((text.clone(), item.place.clone()));
                }
                (other, _) => {
                    let what = other.what();
                    self.fault_at(
                        &item.place,
                        format!("`{name}`: expected a list of strings in quotes"),
                        format!("found {what}"),
                    );
                }
            }
        }
        texts
    }

    /// A date, or unset.
    pub fn date_if(&mut self, name: &str) -> Option<jiff::civil::Date> {
        let (_, node) = self.look_up(name);
        let node = node?;
        let text = match &node.value {
            Value::Text(text) | Value::Date(text) => text.as_str(),
            _ => "",
        };
        let date = text.parse().ok();
        if date.is_none() {
            let fault = Diagnostic::at(
                &node.place,
                format!("`{name}`: expected a calendar date"),
                "a date is year-month-day, for example 2027-01-04",
            );
            self.reading.faults.add(fault.write(&node.place, dates(text)));
        }
        date
    }

    /// A number for each week, or unset.
    pub fn weekly_if(&mut self, name: &str) -> Option<Vec<f64>> {
        let (key, node) = self.look_up(name);
        let node = node?;
        match &node.value {
            Value::List(items) => {
                let numbers = self.numbers(key.name, key.range(), items);
                if !self.reading.sources.excerpt(&node.place).contains('%') {
                    self.doubt_percent(key, numbers.iter().copied().fold(0.0, f64::max));
                }
                Some(numbers)
            }
            other => {
                let what = other.what();
                self.fault_at(
                    &node.place,
                    format!("`{name}`: expected a list of numbers, one for each week"),
                    format!("found {what}"),
                );
                None
            }
        }
    }

    /// The numbers of a list of amounts of money or counts, in which a point with three decimals may be for thousands.
    pub fn counted_numbers(&mut self, name: &str, range: Range, items: &[Node]) -> Vec<f64> {
        for item in items {
            let written = match &item.value {
                Value::Text(text) => text.as_str(),
                _ => self.reading.sources.excerpt(&item.place),
            };
            let message = format!("`{name}`: expected a number here: {range}");
            if in_doubt(written) {
                let fault = Diagnostic::at(&item.place, message, inputs::doubt(written));
                let meant: Vec<String> = guesses(written).iter().map(|guess| quoted(guess)).collect();
                self.reading.faults.add(fault.write(&item.place, meant));
            } else if written.trim().ends_with('%') {
                self.fault_at(&item.place, message, "a percent sign belongs to a share: write the amount itself");
            }
        }
        self.numbers(name, range, items)
    }

    /// The numbers of a list; each that is none, or outside `range`, is a fault.
    pub fn numbers(&mut self, name: &str, range: Range, items: &[Node]) -> Vec<f64> {
        items
            .iter()
            .map(|item| {
                let number = match &item.value {
                    Value::Number(number) => Ok(*number),
                    Value::Text(text) => one_number(text),
                    other => Err(format!("found {}", other.what())),
                };
                match number {
                    Ok(number) if range.holds(number) => number,
                    wrong => {
                        let meant: Vec<String> = match (&wrong, &item.value) {
                            (Err(_), Value::Text(text)) => guesses(text),
                            _ => Vec::new(),
                        };
                        let fits = |guess: &String| parse_number(guess).is_ok_and(|number| range.holds(number));
                        let meant = meant.into_iter().filter(fits).map(|guess| quoted(&guess));
                        let why = wrong.map_or_else(|why| why, |number| range.refusal(number));
                        let fault =
                            Diagnostic::at(&item.place, format!("`{name}`: expected a number here: {range}"), why);
                        self.reading.faults.add(fault.write(&item.place, meant.collect::<Vec<_>>()));
                        1.0
                    }
                }
            })
            .collect()
    }

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
        let (_, node) = self.look_up(name);
        let Some(node) = node else {
            return Vec::new();
        };
        let items = match &node.value {
            Value::List(items) => items.as_slice(),
            _ => std::slice::from_ref(node),
        };
        let mut found = Vec::new();
        for item in items {
            match (&item.value, &node.value) {
                (Value::Table(table), Value::List(_)) => found.push((table, &item.place)),
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

    /// A uniform of the draw, under the name of this table.
    pub fn luck(&mut self) -> Quantity {
        let input = Input::luck(self.path.clone(), self.place.clone());
        Quantity::Uncertain(self.reading.inputs.add(input))
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

    /// The number that stands in for a figure that was written, but can't be used: not 0, which would say that there is
    /// nothing of it.
    fn stand_in_of_written(&self, key: &Key) -> f64 {
        match self.stand_in(key) {
            0.0 => key.range().clamp(if key.range().high <= 1.0 { 0.5 } else { 1.0 }),
            usual => usual,
        }
    }

    /// The number that stands in for what was not written, or could not be used.
    fn stand_in(&self, key: &Key) -> f64 {
        match key.default {
            Default::Number(number) => number,
            _ => key.range().clamp(1.0),
        }
    }
}

/// What a key means, with its unit: "how long the plan runs, in weeks: 13 is a quarter".
fn about(key: &Key) -> String {
    match (key.unit, key.about.split_once(": ")) {
        ("", _) => key.about.to_owned(),
        (unit, Some((what, more))) => format!("{what}, in {unit}: {more}"),
        (unit, None) => format!("{}, in {unit}", key.about),
    }
}

/// A number where a range can't stand.
fn one_number(text: &str) -> Result<f64, String> {
    parse_number(text).map_err(
        |why| {
            if text.contains(" to ") { "expected one number, found a range".into() } else { why }
        },
    )
}

/// The word that was probably meant; of a part of one, as `best` of `best_first`, the one that alone begins or ends so.
fn nearest_word(given: &str, words: &[&'static str]) -> Option<&'static str> {
    let lower = given.trim().to_lowercase();
    let is_part = |word: &&&str| word.split('_').any(|part| part == lower);
    let mut of_part = words.iter().filter(is_part);
    match (of_part.next(), of_part.next()) {
        (Some(word), None) => Some(word),
        _ => nearest(given, words.iter().copied()),
    }
}
