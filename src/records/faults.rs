//! What is wrong with an export: the file, the lines, the column and the kind of trouble, and never what a cell says.

use std::collections::BTreeMap;

/// One kind of trouble in one column of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordFault {
    /// the file
    pub file: String,
    /// the lines, the first ones; none where the file as a whole is meant
    pub lines: Vec<u64>,
    /// the number of the column, from 1, and its name as written
    pub column: Option<(usize, String)>,
    /// what is wrong, without a word of the cell
    pub what: String,
    /// what to do
    pub help: String,
    /// how many rows are meant
    pub count: usize,
}

/// So many lines of one kind of trouble are named.
const MOST_LINES: usize = 5;

/// All faults of the exports of one command.
#[derive(Clone, Debug, Default)]
pub struct RecordFaults {
    list: Vec<RecordFault>,
    /// the place in the list, by file, column and kind
    known: BTreeMap<(String, usize, String), usize>,
}

impl RecordFaults {
    /// Adds a fault of one cell or row.
    pub fn add(&mut self, file: &str, line: u64, column: Option<(usize, &str)>, what: &str, help: &str) {
        let key = (file.to_owned(), column.map_or(0, |(at, _)| at + 1), what.to_owned());
        let next = self.list.len();
        let at = *self.known.entry(key).or_insert(next);
        if at == next {
            let column = column.map(|(at, name)| (at + 1, name.to_owned()));
            let (file, what, help) = (file.to_owned(), what.to_owned(), help.to_owned());
            self.list.push(RecordFault { file, lines: Vec::new(), column, what, help, count: 0 });
        }
        let fault = &mut self.list[at];
        fault.count += 1;
        if fault.lines.len() < MOST_LINES && line > 0 {
            fault.lines.push(line);
        }
    }

    /// Adds a fault of a whole file.
    pub fn add_of_file(&mut self, file: &str, what: &str, help: &str) {
        self.add(file, 0, None, what, help);
    }

    /// Is there none?
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// One by one.
    pub fn iter(&self) -> impl Iterator<Item = &RecordFault> {
        self.list.iter()
    }

    /// Takes those of another reading in.
    pub fn append(&mut self, others: Self) {
        for fault in others.list {
            let column = fault.column.as_ref().map(|(at, name)| (at - 1, name.as_str()));
            let further = fault.count.saturating_sub(fault.lines.len());
            for line in fault.lines.iter().copied().chain(std::iter::repeat_n(0, further)) {
                self.add(&fault.file, line, column, &fault.what, &fault.help);
            }
        }
    }
}

impl std::fmt::Display for RecordFaults {
    fn fmt(&self, text: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (at, fault) in self.list.iter().enumerate() {
            let start = if at == 0 { "" } else { "\nerror: " };
            write!(text, "{start}{}", fault.file)?;
            match (&fault.lines[..], fault.count) {
                ([], _) => {}
                ([line], 1) => write!(text, ", line {line}")?,
                (lines, count) => {
                    let shown: Vec<String> = lines.iter().map(u64::to_string).collect();
                    let more = match count - lines.len() {
                        0 => String::new(),
                        more => format!(" and {more} more"),
                    };
                    write!(text, ", lines {}{more}", shown.join(", "))?;
                }
            }
            if let Some((number, name)) = &fault.column {
                write!(text, ", column {number} \"{name}\"")?;
            }
            write!(text, ": {}", fault.what)?;
            if !fault.help.is_empty() {
                write!(text, "\n  help: {}", fault.help)?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_kind_of_trouble_is_told_once_with_its_first_lines() {
        let mut faults = RecordFaults::default();
        for line in 2..=9 {
            faults.add("deals.csv", line, Some((2, "Close Date")), "closed without a date", "give the date");
        }
        faults.add("deals.csv", 4, None, "the id is empty", "");
        faults.add_of_file("ads.csv", "this file is empty", "");
        let text = faults.to_string();
        let expected = "deals.csv, lines 2, 3, 4, 5, 6 and 3 more, column 3 \"Close Date\": closed without a date\n  help: \
                        give the date\nerror: deals.csv, line 4: the id is empty\nerror: ads.csv: this file is empty";
        assert_eq!(text, expected);
        let mut both = RecordFaults::default();
        both.append(faults.clone());
        assert_eq!(both.to_string(), expected);
    }
}
