//! Reading numbers: quantities that may be uncertain, whole numbers, lists of them.

use crate::inputs::{self, Distribution, DrawFile, Drawn, Input, Quantity, Written, quoted};
use crate::reading::{Diagnostic, Node, Value};
use crate::units::{Range, guesses, in_doubt, parse_number};

use super::keys::{Default, Key, about};
use super::table_reader::{PercentDoubt, Reading, StatedFigure, TableReader};

impl<'t> TableReader<'_, 't> {
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

    /// A uniform of the draw, under the name of this table.
    pub fn luck(&mut self) -> Quantity {
        let input = Input::luck(self.path.clone(), self.place.clone());
        Quantity::Uncertain(self.reading.inputs.add(input))
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

/// A number where a range can't stand.
fn one_number(text: &str) -> Result<f64, String> {
    parse_number(text).map_err(
        |why| {
            if text.contains(" to ") { "expected one number, found a range".into() } else { why }
        },
    )
}
