//! Reading words, texts and dates.

use crate::reading::{Diagnostic, Node, Span, Value, nearest};
use crate::units::{Date, dates};

use super::keys::{Choice, Default};
use super::table_reader::TableReader;

impl TableReader<'_, '_> {
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
        let (items, is_list) = self.items(name);
        let mut texts = Vec::new();
        for item in items {
            match &item.value {
                Value::Text(text) if is_list => texts.push((text.clone(), item.place.clone())),
                other => {
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
    pub fn date_if(&mut self, name: &str) -> Option<Date> {
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
}

/// The word that was probably meant; of a part of one, as `best` of `best_first`, the one that alone begins or ends so.
pub(super) fn nearest_word(given: &str, words: &[&'static str]) -> Option<&'static str> {
    let lower = given.trim().to_lowercase();
    let is_part = |word: &&&str| word.split('_').any(|part| part == lower);
    let mut of_part = words.iter().filter(is_part);
    match (of_part.next(), of_part.next()) {
        (Some(word), None) => Some(word),
        _ => nearest(given, words.iter().copied()),
    }
}
