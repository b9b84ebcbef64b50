//! What messages quote of other files: little, since whoever sees a message need not be allowed to see the file.

/// So much of a cell or of a column's name is shown.
const LONGEST_QUOTE: usize = 40;

/// So many names of columns are listed.
const MOST_TOLD: usize = 20;

/// The first characters of a cell or a name, on one line.
pub(crate) fn quote(text: &str) -> String {
    let mut quote: String = text.chars().take(LONGEST_QUOTE).map(|c| if c.is_control() { ' ' } else { c }).collect();
    if text.chars().nth(LONGEST_QUOTE).is_some() {
        quote.push('…');
    }
    quote
}

/// Names in a row, as many as are told.
pub(crate) fn told_names<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let mut names = names.into_iter();
    let mut told: Vec<String> = names.by_ref().take(MOST_TOLD).map(quote).collect();
    let more = names.count();
    if more > 0 {
        told.push(format!("and {more} more"));
    }
    told.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn little_is_quoted_of_long_names_and_of_many() {
        assert_eq!(quote("a\tb"), "a b");
        let long = "x".repeat(90);
        assert_eq!(quote(&long), format!("{}…", "x".repeat(40)));
        let names = vec!["name"; 23];
        assert!(told_names(names).ends_with("name, and 3 more"));
        assert_eq!(told_names(["a", "b"]), "a, b");
    }
}
