//! Where a statement of a text begins and ends: a header, or a key with its value, also where it is not TOML.

use std::ops::Range;

use crate::units::invisible;

/// A header, or a key with its value, which may go on over several lines.
#[derive(Debug)]
pub(super) struct Statement {
    /// its text, without the end of its last line
    pub(super) span: Range<usize>,
    /// what can't be read without it: a header takes its keys along
    pub(super) lost: Range<usize>,
    /// a bracket or quote that nothing closes
    pub(super) open: Option<usize>,
    pub(super) is_header: bool,
}

impl Statement {
    /// The statement to blame for an error at `at`: the one it lies in, or an earlier one that was never closed.
    pub(super) fn around(text: &str, at: usize) -> Self {
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
}

/// The string in double quotes of a statement that `at` lies in, if it has a backslash.
pub(super) fn string_with_backslash(text: &str, statement: &Range<usize>, at: usize) -> Option<Range<usize>> {
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

pub(super) fn is_bare(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
}

/// The first character of a statement that can't be seen, outside of quotes and comments.
pub(super) fn hidden_character(statement: &str) -> Option<(usize, char)> {
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
pub(super) fn without_comment(text: &str) -> &str {
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
