//! Text that fits its lines, measured by how many columns of a terminal it takes: a Chinese character takes two.

use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Breaks a text at spaces so that its lines fit `width` columns; further lines begin with `indent`. A word that is wider
/// than a line stays whole.
pub(crate) fn wrap(text: &str, width: usize, indent: &str) -> String {
    let options = Options::new(width)
        .subsequent_indent(indent)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit)
        .break_words(false);
    textwrap::fill(text, options)
}

/// A name in at most `most` columns: its start and its end, since names that begin alike differ at the end.
pub(crate) fn shorten(name: &str, most: usize) -> String {
    if name.width() <= most {
        return name.to_owned();
    }
    let end = fitting(name.chars().rev(), most / 3);
    let start = fitting(name.chars(), most.saturating_sub(1 + most / 3));
    let letters = name.chars().count();
    let start: String = name.chars().take(start).collect();
    let end: String = name.chars().skip(letters - end).collect();
    format!("{start}…{end}")
}

/// How many of the letters fit into `most` columns.
fn fitting(letters: impl Iterator<Item = char>, most: usize) -> usize {
    let widths = letters.map(|letter| letter.width().unwrap_or(0));
    widths
        .scan(0, |taken, width| {
            *taken += width;
            Some(*taken)
        })
        .take_while(|taken| *taken <= most)
        .count()
}

/// The text on one line, without the characters that XML forbids.
pub(crate) fn clean(text: &str) -> String {
    let allowed = |letter: char| {
        if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') { ' ' } else { letter }
    };
    text.chars().map(allowed).collect::<String>().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_at_spaces_and_long_words_stay_whole() {
        assert_eq!(wrap("one two three", 8, "  "), "one two\n  three");
        assert_eq!(wrap("channels.search.budget of it", 10, ""), "channels.search.budget\nof it");
        assert_eq!(wrap("広告 広告 広告", 9, ""), "広告 広告\n広告");
    }

    #[test]
    fn names_keep_their_ends_and_wide_letters_count_twice() {
        assert_eq!(shorten("search", 6), "search");
        assert_eq!(shorten("Hire two reps in the north", 12), "Hire tw…orth");
        let short = shorten("広告広告広告広告", 9);
        assert_eq!((short.as_str(), short.width()), ("広告…告", 7));
        assert_eq!(shorten("search", 0), "…");
    }

    #[test]
    fn forbidden_characters_become_spaces() {
        assert_eq!(clean("  a\u{0}b\n c\u{ffff}"), "a b c");
    }
}
