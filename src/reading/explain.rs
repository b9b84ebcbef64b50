//! What is wrong with a statement that can't be read, in words of people who write plans.

use std::ops::Range;

use crate::units::{dates, guesses, invisible, visible};

use super::statement::{Statement, hidden_character, is_bare, string_with_backslash, without_comment};
use super::syntax_error::SyntaxError;

/// What the parser says of a value that is no number and stands in no quotes.
const UNQUOTED: &str = "string values must be quoted";

impl Statement {
    /// What is wrong with it, of which the parser has told at `at`.
    pub(super) fn explain(&self, text: &str, at: usize, told: &str) -> SyntaxError {
        let own = &text[self.span.clone()];
        if let Some((from, hidden)) = hidden_character(own).filter(|_| self.open.is_none()) {
            let name = invisible(hidden).unwrap_or_default();
            let from = self.span.start + from;
            return SyntaxError::at(
                from..from + hidden.len_utf8(),
                format!("there is an invisible character here: {name}"),
            )
            .write(self.span.clone(), [visible(own).trim().to_owned()]);
        }
        if let Some(open) = self.open {
            let mark = if text[open..].starts_with(['[', '{']) { &text[open..=open] } else { &text[open..open + 3] };
            let close = match mark {
                "[" => "]",
                "{" => "}",
                other => other,
            };
            SyntaxError::at(open..open + mark.len(), format!("this {mark} is never closed"))
                .help(format!("write {close} where it ends"))
        } else if told == "duplicate key" {
            self.written_twice(text, at)
        } else if told.starts_with("cannot extend") {
            let name = own.split(['=', '#']).next().unwrap_or(own).trim_end();
            let mut slip =
                SyntaxError::at(self.span.start..self.span.start + name.len(), "its first part has a value already");
            slip.message = format!("{name} leads into a value that is not a table");
            slip.help("remove one of the two")
        } else if self.is_header {
            self.explain_header(own)
        } else {
            self.explain_pair(text, at, told)
        }
    }

    /// The key at `at`, if it stands in the braces of a value.
    fn key_in_braces<'t>(&self, text: &'t str, at: usize) -> Option<&'t str> {
        let value = self.span.start + text[self.span.clone()].find('=')?;
        let inner = text.get(at..self.span.end).filter(|_| !self.is_header && at > value)?;
        Some(inner.split(['=', '.']).next().unwrap_or(inner).trim_end())
    }

    fn written_twice(&self, text: &str, at: usize) -> SyntaxError {
        let own = &text[self.span.clone()];
        if let Some(inner) = self.key_in_braces(text, at) {
            let mut slip = SyntaxError::at(at..at + inner.len(), "written before in these braces");
            slip.message = format!("`{inner}` is written twice");
            return slip.help("remove one of the two");
        }
        let name = own.split('=').next().unwrap_or(own).trim();
        let begin =
            if self.is_header { 0 } else { text[..self.span.start].rfind("\n[").map_or(0, |header| header + 1) };
        let earlier = text[begin..self.span.start]
            .split_inclusive('\n')
            .scan(begin, |start, line| {
                let own_start = *start;
                *start += line.len();
                Some((own_start, line))
            })
            .find(|(_, line)| {
                let line = line.split(['=', '#']).next().unwrap_or(line);
                line.trim() == name
            })
            .map(|(start, _)| text[..start].matches('\n').count() + 1);
        let label = match earlier {
            Some(line) => format!("first written in line {line}"),
            None => "written before".into(),
        };
        let marked = if self.is_header { self.span.clone() } else { self.span.start..self.span.start + name.len() };
        let mut slip = SyntaxError::at(marked, label);
        slip.message = if self.is_header {
            format!("the table {name} is written twice")
        } else {
            format!("`{name}` is written twice")
        };
        slip.help(if self.is_header { "put all its keys under one header" } else { "remove one of the two" })
    }

    fn explain_header(&self, own: &str) -> SyntaxError {
        let whole = self.span.clone();
        let header = own.split('#').next().unwrap_or(own).trim_end();
        let name = header.trim_matches(['[', ']']).trim();
        if !header.ends_with(']') {
            let from = whole.start..whole.start + header.len();
            return SyntaxError::at(whole, "a header ends with ]").write(from, [format!("[{name}]")]);
        }
        let quoted = name
            .split('.')
            .map(|part| match part.trim() {
                part if is_bare(part) || part.starts_with('"') => part.to_owned(),
                part => format!("\"{part}\""),
            })
            .collect::<Vec<_>>()
            .join(".");
        if quoted == name {
            return SyntaxError::at(whole, "this header can't be read")
                .help("a header is a name in brackets: [channels.search]");
        }
        SyntaxError::at(whole, "a name with spaces or other signs needs double quotes")
            .write(self.span.start..self.span.start + header.len(), [format!("[{quoted}]")])
    }

    fn explain_pair(&self, text: &str, at: usize, told: &str) -> SyntaxError {
        let span = self.span.clone();
        let own = &text[span.clone()];
        let Some((key, value)) = own.split_once('=') else {
            if let Some((key, value)) = own.split_once(':') {
                let colon = span.start + key.len();
                return SyntaxError::at(colon..colon + 1, "a key is followed by =")
                    .help(format!("write {} = {}", key.trim(), value.trim()))
                    .remedy(colon..colon + 1, " =");
            }
            return SyntaxError::at(span, "this line has no =");
        };
        let value_start = span.start + key.len() + 1 + (value.len() - value.trim_start().len());
        let key = key.trim();
        if !key.contains(['"', '\'']) && key.contains(char::is_whitespace) {
            let joined = key.split_whitespace().collect::<Vec<_>>().join("_");
            let marked = span.start..span.start + key.len();
            return SyntaxError::at(marked.clone(), "a key has no spaces")
                .help(format!("did you mean `{joined}`?"))
                .remedy(marked, joined);
        }
        let value = without_comment(value).trim();
        let marked = value_start..value_start + value.len();
        if value.is_empty() {
            return SyntaxError::at(span, "the value is missing").help(format!("write {key} = and a value"));
        }
        if let Some(curly) = value.find(['“', '”', '„', '‘', '’', '«', '»']) {
            let straight = value.replace(['“', '”', '„', '‘', '’', '«', '»'], "\"");
            let length = value[curly..].chars().next().map_or(1, char::len_utf8);
            return SyntaxError::at(
                value_start + curly..value_start + curly + length,
                "this is a typographic quote: only straight ones work",
            )
            .write_value(key, marked, [straight]);
        }
        if let Some(string) = string_with_backslash(text, &span, at) {
            return Self::explain_backslash(text, string, at);
        }
        if let Some((before, _)) = value.split_once("//") {
            let from = value_start + before.len();
            return SyntaxError::at(from..from + 2, "a comment begins with #")
                .help(format!("write {key} = {} # …", before.trim()))
                .remedy(from..from + 2, "#");
        }
        if value.starts_with(['"', '\'']) {
            return Self::explain_text(value, marked);
        }
        if value.starts_with(['[', '{']) {
            return Self::explain_list(text, at, told, &span);
        }
        explain_bare(key, value, marked, told)
    }

    /// A string in double quotes whose backslashes begin no escapes; most likely a path of Windows.
    fn explain_backslash(text: &str, string: Range<usize>, at: usize) -> SyntaxError {
        let inside = text[string.clone()].trim_matches('"');
        let before = text[..at.clamp(string.start, string.end)].rfind('\\');
        let from = before.filter(|&from| from >= string.start).unwrap_or(string.start);
        let mut meant = vec![format!("\"{}\"", inside.replace('\\', "/"))];
        if !inside.contains('\'') {
            meant.push(format!("'{inside}'"));
        }
        SyntaxError::at(from..from + 1, "in double quotes a backslash begins an escape").write(string, meant)
    }

    fn explain_text(value: &str, marked: Range<usize>) -> SyntaxError {
        let quote = &value[..1];
        let inside = &value[1..];
        match inside.find(quote) {
            _ if value.contains(char::is_control) => {
                SyntaxError::at(marked, "there is an invisible control character in this string")
                    .help("type the string again")
            }
            None => SyntaxError::at(marked.clone(), "this string is not closed")
                .help(format!("write {quote} at its end"))
                .remedy(marked, format!("{value}{quote}")),
            Some(_) => SyntaxError::at(marked, "this string can't be read")
                .help("a string is closed by the quote that opens it, and nothing may follow it on its line"),
        }
    }

    fn explain_list(text: &str, at: usize, told: &str, span: &Range<usize>) -> SyntaxError {
        let at = at.clamp(span.start, span.end);
        let word: usize = text[at..span.end].find([',', ']', '}', '\n', ' ']).unwrap_or(span.end - at);
        let end = at + word.max(text[at..].chars().next().map_or(0, char::len_utf8));
        if told.starts_with("cannot recurse") {
            SyntaxError::at(at..at + 1, "brackets within brackets go too deep here")
        } else if told.starts_with(UNQUOTED) {
            let length = text[at..span.end].find([',', ']', '}', '\n', '#']).unwrap_or(span.end - at);
            let piece = text[at..at + length].trim_end();
            let meant = bare_guesses(piece);
            let (piece, meant) = if meant.is_empty() {
                (&text[at..end], vec![format!("\"{}\"", &text[at..end])])
            } else {
                (piece, meant)
            };
            let marked = at..at + piece.len();
            SyntaxError::at(marked.clone(), "words, percentages, ranges and 120k need quotes").write(marked, meant)
        } else {
            SyntaxError::at(at..end.min(text.len()), told)
                .help("a list is written [1, 2, 3], a table { p10 = 2, p50 = 3, p90 = 6 }")
        }
    }
}

/// What is wrong with a value without quotes or brackets at `marked`, of which the parser has told.
fn explain_bare(key: &str, value: &str, marked: Range<usize>, told: &str) -> SyntaxError {
    let dates = dates(value);
    if !dates.is_empty() {
        let is_in_order = value.split('-').next().is_some_and(|year| year.len() == 4);
        let why = if is_in_order { "no such day" } else { "a date is year-month-day" };
        return SyntaxError::at(marked.clone(), why).write_value(key, marked, dates);
    }
    let digits = value.replace([',', '_'], "");
    if value.contains(',') && digits.parse::<f64>().is_ok() {
        return SyntaxError::at(marked.clone(), "a number has no commas").write_value(key, marked, bare_guesses(value));
    }
    if digits.starts_with('0') && digits.parse::<f64>().is_ok() {
        let number = digits.trim_start_matches('0');
        let number = if number.is_empty() { "0" } else { number };
        return SyntaxError::at(marked.clone(), "a number does not begin with 0").write_value(
            key,
            marked,
            [number.into()],
        );
    }
    let meant = bare_guesses(value);
    if value.contains(CURRENCY) && !meant.is_empty() {
        return SyntaxError::at(marked.clone(), "an amount has no currency sign").write_value(key, marked, meant);
    }
    if !told.starts_with(UNQUOTED) && meant.is_empty() {
        return SyntaxError::at(marked, told);
    }
    let quoted = format!("\"{}\"", value.trim_end_matches(['"', '\'']));
    let meant = if meant.is_empty() { vec![quoted] } else { meant };
    SyntaxError::at(marked.clone(), "words, percentages, ranges and 120k need quotes").write_value(key, marked, meant)
}

const CURRENCY: [char; 4] = ['$', '€', '£', '¥'];

/// What a value without quotes was probably meant as, as it is written in a scenario.
fn bare_guesses(value: &str) -> Vec<String> {
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'_' | b'.' | b'-'));
    let written = |guess: String| if is_number(&guess) { guess } else { format!("\"{guess}\"") };
    guesses(value.trim_end_matches(['"', '\''])).into_iter().map(written).collect()
}
