//! Words of a command line.

/// A word that a shell takes as it is: in single quotes, where it holds more than plain letters.
pub(crate) fn shell_word(word: &str) -> String {
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./=:,%@+".contains(letter);
    match !word.is_empty() && word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

#[cfg(test)]
mod tests {
    use super::shell_word;

    #[test]
    fn a_shell_takes_every_word_as_one() {
        for (word, typed) in [
            ("plans/q3.toml", "plans/q3.toml"),
            ("channels.search.budget=40k", "channels.search.budget=40k"),
            ("sales.close_rate=20% to 30%", "'sales.close_rate=20% to 30%'"),
            ("it's; rm -rf $HOME", r"'it'\''s; rm -rf $HOME'"),
            ("", "''"),
        ] {
            assert_eq!(shell_word(word), typed);
        }
    }
}
