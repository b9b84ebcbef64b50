//! Text that a terminal shows as it is: characters that would steer it, hide or reorder text are spelled out.

use std::borrow::Cow;

/// The text with every character that steers a terminal, is invisible or reorders its neighbors written as its code
/// (`\u{1b}`). Line breaks and tabs stay: names on a line of their own go through [`super::clean`] before.
pub(crate) fn printable(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let mut safe = String::with_capacity(text.len() + 16);
    for letter in text.chars() {
        if is_unsafe(letter) { safe.extend(letter.escape_unicode()) } else { safe.push(letter) }
    }
    Cow::Owned(safe)
}

/// The text with a placeholder of the same length in bytes for each such character, so that places in it stay theirs.
pub(crate) fn printable_in_place(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let placeholder = |letter: char| match letter {
        // Ends of lines are no letters here.
        '\r' => '\r',
        letter if !is_unsafe(letter) => letter,
        letter => match letter.len_utf8() {
            1 => '?',
            2 => '·',
            3 => '\u{fffd}',
            _ => '\u{1f7d9}',
        },
    };
    Cow::Owned(text.chars().map(placeholder).collect())
}

/// JSON with such characters as JSON writes them (`\u001b`): the same value, safe on a terminal.
pub(crate) fn printable_json(json: &str) -> String {
    let mut safe = String::with_capacity(json.len());
    for letter in json.chars() {
        if is_unsafe(letter) {
            let mut units = [0; 2];
            safe.extend(letter.encode_utf16(&mut units).iter().map(|unit| format!("\\u{unit:04x}")));
        } else {
            safe.push(letter);
        }
    }
    safe
}

/// Does this character do something other than show a letter or a space, or end a line? Joiners inside words of Persian
/// or Indian scripts and of emoji (U+200C, U+200D) are letters here.
fn is_unsafe(letter: char) -> bool {
    match letter {
        '\n' | '\t' => false,
        // zero-width space, word joiner, byte order mark, soft hyphen
        '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{ad}' => true,
        // marks, embeddings, overrides and isolates of direction
        '\u{200e}' | '\u{200f}' | '\u{61c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => true,
        // line and paragraph separators, tags
        '\u{2028}' | '\u{2029}' | '\u{e0000}'..='\u{e007f}' => true,
        other => other.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::{printable, printable_in_place, printable_json};

    #[test]
    fn what_steers_a_terminal_is_spelled_out() {
        for (text, shown) in [
            ("a\u{1b}[2Jb", "a\\u{1b}[2Jb"),
            ("ring\u{7}", "ring\\u{7}"),
            ("title\u{9d}0;x\u{9c}", "title\\u{9d}0;x\\u{9c}"),
            ("over\rwritten\u{8}\u{7f}", "over\\u{d}written\\u{8}\\u{7f}"),
            ("gnp.\u{202e}exe", "gnp.\\u{202e}exe"),
            ("zero\u{200b}width\u{feff}", "zero\\u{200b}width\\u{feff}"),
        ] {
            assert_eq!(printable(text), shown);
        }
    }

    #[test]
    fn places_stay_where_they_were() {
        let text = "a\u{1b}b\u{9b}c\u{202e}d\u{e0041}e\r\n";
        let shown = printable_in_place(text);
        assert_eq!(shown, "a?b·c\u{fffd}d\u{1f7d9}e\r\n");
        assert_eq!(shown.len(), text.len());
    }

    #[test]
    fn json_keeps_its_value() {
        let value = serde_json::json!({ "a\u{202e}b": "\u{1b}[2J\u{9b}\u{e0041} \u{feff}plain é 検索" });
        let json = printable_json(&serde_json::to_string_pretty(&value).expect("JSON"));
        assert!(matches!(printable(&json), Cow::Borrowed(_)), "{json}");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&json).expect("JSON"), value);
    }

    #[test]
    fn letters_of_any_script_stay() {
        for text in ["two\nlines\tand a tab", "آگهی‌ها", "検索 広告", "Suchmaschine – 5 €", "👩‍💻"]
        {
            assert!(matches!(printable(text), Cow::Borrowed(_)), "{text}");
        }
    }
}
