//! The period that a rate is stated by: `"3% a month"`.

use crate::units::Period;

use super::refusal::Refusal;

/// Splits `"3% a month"` into `"3%"` and the period.
pub(super) fn split_period(text: &str) -> Result<(&str, Option<Period>), Refusal> {
    let text = text.trim();
    let split = [" a ", " per ", " an "].iter().find_map(|word| text.split_once(word));
    let Some((body, word)) = split else {
        return Ok((text, None));
    };
    let word = word.trim();
    let named = Period::NAMED.iter().find(|(name, _)| *name == word);
    match named {
        Some(&(_, period)) => Ok((body, Some(period))),
        None if word.contains(" to ") => {
            let refusal = Refusal::from("write the period once, at the end: \"3 to 5 a month\"");
            let ends = text.split_once(" to ").and_then(|(low, high)| {
                let low = [" a ", " per ", " an "].iter().find_map(|word| low.split_once(word))?;
                high.trim().ends_with(low.1.trim()).then(|| format!("\"{} to {}\"", low.0.trim(), high.trim()))
            });
            Err(refusal.instead(ends))
        }
        None => Err(format!("\"{word}\" is not a period: write a week, a month, a quarter or a year").into()),
    }
}
