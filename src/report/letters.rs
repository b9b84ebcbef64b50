//! Letters of a plan's names that no face of the charts holds.

use crate::charts;
use crate::scenario::Scenario;

/// More letters than these would say no more.
const MOST: usize = 12;

/// What a reader of the charts should know of the plan's names, where some letter can't be drawn.
pub(super) fn note(scenario: &Scenario) -> Option<String> {
    let parts = &scenario.plan.parts;
    let channels = parts.channels.iter().map(|channel| channel.label.as_str());
    let names = std::iter::once(scenario.name.as_str()).chain(channels).chain([scenario.currency.as_str()]);
    said(&charts::unwritten(&names.collect::<String>()))
}

fn said(missing: &[char]) -> Option<String> {
    if missing.is_empty() {
        return None;
    }
    let shown: Vec<String> = missing.iter().take(MOST).map(char::to_string).collect();
    let more = match missing.len().saturating_sub(MOST) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    Some(format!(
        "PNG charts have no font for {}{more} and show a box in the place of each. SVG charts show them where the reader's machine has a font.",
        shown.join(" ")
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_without_a_face_are_named_and_counted() {
        assert_eq!(said(&[]), None);
        assert!(said(&['ᠮ', 'ᠣ']).unwrap().starts_with("PNG charts have no font for ᠮ ᠣ and show a box"));
        let many: Vec<char> = ('\u{1820}'..='\u{1840}').collect();
        assert!(said(&many).unwrap().contains(" and 21 more and show"));
    }
}
