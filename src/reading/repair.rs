//! Text that is not TOML: what is wrong with it, statement by statement, and the text without those statements, so
//! that the rest can still be read and checked.

use std::ops::Range;

use toml::de::DeTable;

use crate::units::{dates, guesses, invisible, visible};

/// A text with more slips than this is left at that; it is some other file.
const MOST_SLIPS: usize = 20;

/// What the parser says of a value that is no number and stands in no quotes.
const UNQUOTED: &str = "string values must be quoted";

/// One statement that can't be read.
#[derive(Debug)]
pub(super) struct SyntaxError {
    /// what is marked
    pub(super) span: Range<usize>,
    /// what is wrong, in one line
    pub(super) message: String,
    /// what is said under the marked text
    pub(super) label: String,
    /// what to do
    pub(super) help: String,
    /// what could be written where, each of them right by itself
    pub(super) remedies: Vec<(Range<usize>, String)>,
}

/// The text with every statement that can't be read blanked out, byte for byte, and what is wrong with those.
pub(super) fn repair(text: &str) -> (String, Vec<SyntaxError>) {
    let mut rest = text.to_owned();
    let mut slips = Vec::new();
    while let Some((at, told)) = first_error(&rest) {
        let statement = Statement::around(&rest, at);
        slips.push(statement.explain(&rest, at, &told));
        let mut lost = statement.lost;
        if slips.len() == MOST_SLIPS {
            lost.end = rest.len();
        }
        blank(&mut rest, lost);
        if slips.len() == MOST_SLIPS {
            break;
        }
    }
    (rest, slips)
}

fn first_error(text: &str) -> Option<(usize, String)> {
    let (_, errors) = DeTable::parse_recoverable(text);
    errors
        .iter()
        .map(|error| {
            let at = error.span().map_or(0, |span| span.start.min(text.len()));
            (at, error.message().to_owned())
        })
        .min_by_key(|&(at, _)| at)
}

fn blank(text: &mut String, range: Range<usize>) {
    let blanks: String = text[range.clone()]
        .bytes()
        .map(|byte| match byte {
            b'\n' => '\n',
            b'\r' => '\r',
            _ => ' ',
        })
        .collect();
    text.replace_range(range, &blanks);
}

/// A header, or a key with its value, which may go on over several lines.
#[derive(Debug)]
struct Statement {
    /// its text, without the end of its last line
    span: Range<usize>,
    /// what can't be read without it: a header takes its keys along
    lost: Range<usize>,
    /// a bracket or quote that nothing closes
    open: Option<usize>,
    is_header: bool,
}

impl Statement {
    /// The statement to blame for an error at `at`: the one it lies in, or an earlier one that was never closed.
    fn around(text: &str, at: usize) -> Self {
        let mut start = 0;
        loop {
            let mut found = Self::at(text, start);
            let end = found.lost.end;
            if found.open.is_some() || at < end || end >= text.len() {
                let long_text = found.open.is_some_and(|open| !text[open..].starts_with(['[', '{']));
                if found.is_header || long_text {
                    found.lost.end = section_end(text, end);
                }
                return found;
            }
            start = end;
        }
    }

    /// The statement whose first line starts at `start`.
    fn at(text: &str, start: usize) -> Self {
        let line_end = end_of_line(text, start);
        let hidden = |c: char| c.is_whitespace() || invisible(c).is_some();
        let is_header = text[start..line_end].trim_start_matches(hidden).starts_with('[');
        let (end, open) = if is_header {
            (line_end, None)
        } else {
            match end_of_pair(text, start) {
                Ok(end) => (end, None),
                // What was never closed has swallowed the rest of the file: only its first line is its own.
                Err(open) => (end_of_line(text, open), Some(open)),
            }
        };
        let first = text[start..end].len() - text[start..end].trim_start().len();
        let last = text[start..end].trim_end().len();
        Self { span: start + first.min(last)..start + last, lost: start..end, open, is_header }
    }

    fn explain(&self, text: &str, at: usize, told: &str) -> SyntaxError {
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
        let dates = dates(value);
        if !dates.is_empty() {
            let is_in_order = value.split('-').next().is_some_and(|year| year.len() == 4);
            let why = if is_in_order { "no such day" } else { "a date is year-month-day" };
            return SyntaxError::at(marked.clone(), why).write_value(key, marked, dates);
        }
        let digits = value.replace([',', '_'], "");
        if value.contains(',') && digits.parse::<f64>().is_ok() {
            return SyntaxError::at(marked.clone(), "a number has no commas").write_value(
                key,
                marked,
                bare_guesses(value),
            );
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
        SyntaxError::at(marked.clone(), "words, percentages, ranges and 120k need quotes")
            .write_value(key, marked, meant)
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

impl SyntaxError {
    fn at(span: Range<usize>, label: impl Into<String>) -> Self {
        Self {
            span,
            message: "this line is not valid TOML".into(),
            label: label.into(),
            help: "a scenario is made of [headers] and lines like key = value; text is in quotes".into(),
            remedies: Vec::new(),
        }
    }

    fn help(mut self, help: impl Into<String>) -> Self {
        self.help = help.into();
        self
    }

    /// A text that mends it in place of what is at `span`.
    fn remedy(mut self, span: Range<usize>, text: impl Into<String>) -> Self {
        self.remedies.push((span, text.into()));
        self
    }

    /// With what could be written at `span`, and a line that says so.
    fn write(self, span: Range<usize>, texts: impl IntoIterator<Item = String>) -> Self {
        self.write_after("", span, texts)
    }

    /// With values that could be written for `key` at `span`, and a line that says so.
    fn write_value(self, key: &str, span: Range<usize>, texts: impl IntoIterator<Item = String>) -> Self {
        self.write_after(&format!("{key} = "), span, texts)
    }

    fn write_after(mut self, before: &str, span: Range<usize>, texts: impl IntoIterator<Item = String>) -> Self {
        self.remedies = texts.into_iter().map(|text| (span.clone(), text)).collect();
        let texts: Vec<&str> = self.remedies.iter().map(|(_, text)| &**text).collect();
        let help = format!("write {before}{}", texts.join(" or "));
        self.help(help)
    }
}

const CURRENCY: [char; 4] = ['$', '€', '£', '¥'];

/// What a value without quotes was probably meant as, as it is written in a scenario.
fn bare_guesses(value: &str) -> Vec<String> {
    let is_number = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'_' | b'.' | b'-'));
    let written = |guess: String| if is_number(&guess) { guess } else { format!("\"{guess}\"") };
    guesses(value.trim_end_matches(['"', '\''])).into_iter().map(written).collect()
}

/// The string in double quotes of a statement that `at` lies in, if it has a backslash.
fn string_with_backslash(text: &str, statement: &Range<usize>, at: usize) -> Option<Range<usize>> {
    let bytes = text.as_bytes();
    let mut start = statement.start;
    while start < statement.end {
        start = match bytes[start] {
            b'"' | b'\'' => {
                let end = end_of_text(bytes, start)?.min(statement.end);
                let is_closed = end > start + 1 && bytes[end - 1] == b'"';
                let has_backslash = text.get(start..end).is_some_and(|string| string.contains('\\'));
                if (start..end).contains(&at) && bytes[start] == b'"' && is_closed && has_backslash {
                    return Some(start..end);
                }
                end.max(start + 1)
            }
            b'#' => return None,
            _ => start + 1,
        };
    }
    None
}

fn is_bare(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

/// The first character of a statement that can't be seen, outside of quotes and comments.
fn hidden_character(statement: &str) -> Option<(usize, char)> {
    let mut quote = None;
    for (at, c) in without_comment(statement).char_indices() {
        match (quote, c) {
            (None, c) if invisible(c).is_some() => return Some((at, c)),
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            _ => {}
        }
    }
    None
}

/// The text before a comment; a # in quotes begins none.
fn without_comment(text: &str) -> &str {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '#') => return &text[..at],
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            _ => {}
        }
    }
    text
}

fn end_of_line(text: &str, start: usize) -> usize {
    text[start..].find('\n').map_or(text.len(), |newline| start + newline + 1)
}

/// Where the section ends whose first line after the header starts at `start`: at the next header.
fn section_end(text: &str, start: usize) -> usize {
    let mut line = start;
    while line < text.len() {
        let statement = Statement::at(text, line);
        if statement.is_header {
            return line;
        }
        line = statement.lost.end;
    }
    text.len()
}

/// Where a key with its value ends: behind the newline that no bracket and no long text encloses. An error is the place
/// of the outermost bracket, or the long text's quote, that is never closed.
fn end_of_pair(text: &str, start: usize) -> Result<usize, usize> {
    let bytes = text.as_bytes();
    let mut open = Vec::new();
    let mut at = start;
    while at < bytes.len() {
        at = match bytes[at] {
            b'\n' if open.is_empty() => return Ok(at + 1),
            b'#' => text[at..].find('\n').map_or(text.len(), |newline| at + newline),
            b'"' | b'\'' => {
                // The outermost thing that is open comes first; what it hides is found when it is gone.
                end_of_text(bytes, at).ok_or_else(|| open.first().copied().unwrap_or(at))?
            }
            b'[' | b'{' => {
                open.push(at);
                at + 1
            }
            close @ (b']' | b'}') => {
                // A bracket closed by another kind is not closed.
                let partner = if close == b']' { b'[' } else { b'{' };
                match open.pop() {
                    Some(last) if bytes[last] != partner => return Err(last),
                    _ => at + 1,
                }
            }
            _ => at + 1,
        };
    }
    open.first().map_or(Ok(text.len()), |&first| Err(first))
}

/// Behind the closing quotes, or at the end of the line; none where a text of several lines is never closed.
fn end_of_text(bytes: &[u8], start: usize) -> Option<usize> {
    let quote = bytes[start];
    let fence = [quote; 3];
    if bytes[start..].starts_with(&fence) {
        let inside = &bytes[start + 3..];
        let closed = inside.windows(3).position(|window| window == fence)?;
        return Some(start + 3 + closed + 3);
    }
    let mut at = start + 1;
    while at < bytes.len() && bytes[at] != b'\n' {
        match bytes[at] {
            b'\\' if quote == b'"' && bytes.get(at + 1).is_some_and(|&next| next != b'\n') => {
                at += 2;
            }
            byte if byte == quote => return Some(at + 1),
            _ => at += 1,
        }
    }
    Some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_read_is_kept_in_its_place() {
        let text = "a = 1\nb = 20%\n[c\nd = 2\n[e]\nf = [1, 2\n[g]\nh = 3\n";
        let (rest, slips) = repair(text);
        assert_eq!(rest, "a = 1\n       \n  \n     \n[e]\n         \n[g]\nh = 3\n");
        let marked: Vec<&str> = slips.iter().map(|slip| &text[slip.span.clone()]).collect();
        assert_eq!(marked, ["20%", "[c", "["]);
    }

    #[test]
    fn a_list_of_several_lines_goes_as_a_whole() {
        let text = "a = [\n  1, # one ]\n  x,\n]\nb = \"\"\"\nlong # text\n\"\"\"\nc = 1\n";
        let (rest, slips) = repair(text);
        assert_eq!(slips.len(), 1);
        assert!(rest.trim_start().starts_with("b = "), "{rest}");
        assert_eq!(rest.len(), text.len());
    }

    #[test]
    fn rubbish_ends_after_some_slips() {
        let text = "no sense at all\n".repeat(1000);
        let (rest, slips) = repair(&text);
        assert_eq!(slips.len(), MOST_SLIPS);
        assert_eq!(rest.trim(), "");
    }
}
