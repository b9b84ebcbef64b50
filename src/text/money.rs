//! Figures with their currency, where a plan has one.

use super::lines::clean;

/// A currency's ISO code; may be empty.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Currency<'a>(pub(crate) &'a str);

impl Currency<'_> {
    /// The figure with the currency behind it.
    pub(crate) fn with(&self, figure: &str) -> String {
        money(figure, self.0)
    }
}

/// A figure with its currency behind it, where there is one.
pub(crate) fn money(figure: &str, currency: &str) -> String {
    format!("{figure} {}", code(currency)).trim_end().to_owned()
}

/// What an axis counts, with its currency: "Revenue, USD".
pub(crate) fn in_currency(what: &str, currency: &str) -> String {
    let code = code(currency);
    if code.is_empty() { what.to_owned() } else { format!("{what}, {code}") }
}

fn code(currency: &str) -> String {
    clean(currency).chars().take(8).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_currency_is_named_only_where_there_is_one() {
        assert_eq!([money("1.2M", "USD"), money("1.2M", " ")], ["1.2M USD", "1.2M"]);
        assert_eq!([in_currency("Revenue", "EUR"), in_currency("Revenue", "")], ["Revenue, EUR", "Revenue"]);
    }
}
