//! Text that is not TOML: what is wrong with it, statement by statement, and the text without those statements, so
//! that the rest can still be read and checked.

use std::ops::Range;

use toml::de::DeTable;

use super::statement::Statement;
use super::syntax_error::SyntaxError;

/// A text with more slips than this is left at that; it is some other file.
const MOST_SLIPS: usize = 20;

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
