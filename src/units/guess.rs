//! What a text that is not a number or a range was probably meant as: `24,000` as `24_000`, `$5k - $8k` as `5k to 8k`.

use super::{parse_number, read_number};

/// Words and signs of currencies, which are left out.
const CURRENCIES: [&str; 17] = [
    "us$", "$", "€", "£", "¥", "usd", "eur", "gbp", "jpy", "chf", "cad", "aud", "dollars", "dollar", "euros", "euro",
    "pounds",
];

/// Words that say that a number is not exact, which a plain number can't.
const VAGUE: [&str; 7] = ["approximately", "approx.", "around", "about", "ca.", "~", "≈"];

/// What people write after a number, the factor by which its digits are multiplied, and the sign that it is written with.
const SIGNS: [(&str, f64, &str); 20] = [
    ("percent", 1.0, "%"),
    ("per cent", 1.0, "%"),
    ("pct", 1.0, "%"),
    ("%", 1.0, "%"),
    ("thousands", 1.0, "k"),
    ("thousand", 1.0, "k"),
    ("tsd.", 1.0, "k"),
    ("tsd", 1.0, "k"),
    ("k", 1.0, "k"),
    ("millions", 1.0, "M"),
    ("million", 1.0, "M"),
    ("mio.", 1.0, "M"),
    ("mio", 1.0, "M"),
    ("mn", 1.0, "M"),
    ("mm", 1.0, "M"),
    ("billions", 1e3, "M"),
    ("billion", 1e3, "M"),
    ("bn", 1e3, "M"),
    ("m", 1.0, "M"),
    ("b", 1e3, "M"),
];

/// What `text` was probably meant as, likeliest first; each can be read. Empty where nobody can tell, or where `text` is
/// right as it is.
#[must_use]
pub fn guesses(text: &str) -> Vec<String> {
    let text = visible(text).to_lowercase();
    let text = text.trim();
    let numbers = One::all(text);
    if !numbers.is_empty() {
        return numbers.iter().map(One::written).collect();
    }
    let bare = text.strip_prefix("between ").or(text.strip_prefix("from ")).unwrap_or(text);
    let Some((low, high)) = ends(bare) else {
        return Vec::new();
    };
    let mut ranges = Vec::new();
    for (low, high) in One::all(low).iter().zip(&One::all(high)) {
        let (mut low, mut high) = (low.clone(), high.clone());
        // One sign for both ends, where the numbers rise without it.
        let rises = low.digits_alone() <= high.digits_alone();
        if rises && low.sign.is_empty() && low.digits_alone() != 0.0 {
            low.sign.clone_from(&high.sign);
        } else if rises && high.sign.is_empty() {
            high.sign.clone_from(&low.sign);
        }
        ranges.push(format!("{} to {}", low.written(), high.written()));
    }
    ranges
}

/// The two ends of a range, however they are parted.
fn ends(text: &str) -> Option<(&str, &str)> {
    let named = [" to ", " and ", " bis ", "...", "..", "…"].into_iter().filter_map(|word| text.split_once(word));
    // The hyphens of word processors (U+2010 to U+2012) are dashes as well.
    let is_dash = |c| matches!(c, '-' | '\u{2010}'..='\u{2014}' | '−' | '~');
    let dashes = text.char_indices().filter(|&(at, c)| at > 0 && is_dash(c));
    let dashed = dashes.map(|(at, dash)| (&text[..at], &text[at + dash.len_utf8()..]));
    let mut all = named.chain(dashed);
    all.find(|(low, high)| !One::all(low).is_empty() && !One::all(high).is_empty())
}

/// Characters that can't be seen, by name.
#[must_use]
pub fn invisible(c: char) -> Option<&'static str> {
    Some(match c {
        '\u{a0}' => "a no-break space (U+00A0)",
        '\u{202f}' => "a narrow no-break space (U+202F)",
        '\u{2009}' => "a thin space (U+2009)",
        '\u{2000}'..='\u{200a}' | '\u{205f}' | '\u{3000}' | '\u{1680}' => "a space that is not an ordinary one",
        '\u{200b}' => "a zero-width space (U+200B)",
        '\u{200c}' => "a zero-width non-joiner (U+200C)",
        '\u{200d}' => "a zero-width joiner (U+200D)",
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => "a mark of writing direction",
        '\u{2060}' => "a word joiner (U+2060)",
        '\u{feff}' => "a byte order mark (U+FEFF)",
        '\u{ad}' => "a soft hyphen (U+00AD)",
        '\u{2028}' | '\u{2029}' | '\u{85}' => "a line separator",
        _ => return None,
    })
}

/// The text with ordinary spaces for all spaces, and without what has no width.
#[must_use]
pub fn visible(text: &str) -> String {
    let shown = text.chars().filter_map(|c| match c {
        _ if invisible(c).is_none() => Some(c),
        _ if c.is_whitespace() => Some(' '),
        _ => None,
    });
    shown.collect()
}

/// One number: its digits as they are written in a scenario, and its sign.
#[derive(Clone)]
struct One {
    digits: String,
    sign: String,
}

impl One {
    /// Every reading of a text as one number.
    fn all(text: &str) -> Vec<Self> {
        let mut text = text.trim();
        for word in VAGUE {
            text = text.strip_prefix(word).unwrap_or(text).trim();
        }
        for word in CURRENCIES {
            text = text.strip_prefix(word).unwrap_or(text);
            text = text.strip_suffix(word).unwrap_or(text).trim();
        }
        let (body, factor, sign) = SIGNS
            .iter()
            .find_map(|&(word, factor, sign)| Some((text.strip_suffix(word)?.trim(), factor, sign)))
            .unwrap_or((text, 1.0, ""));
        let negative = body.strip_prefix(['-', '−']);
        let body = negative.unwrap_or(body);
        let minus = if negative.is_some() { "-" } else { "" };
        let readings = digits(body).into_iter().map(|digits| {
            let digits = match digits.parse::<f64>() {
                Ok(number) if factor != 1.0 => super::written(number * factor),
                _ => digits,
            };
            Self { digits: format!("{minus}{digits}"), sign: sign.into() }
        });
        readings.filter(|one| read_number(&one.written()).is_ok()).collect()
    }

    fn written(&self) -> String {
        format!("{}{}", self.digits, self.sign)
    }

    fn digits_alone(&self) -> f64 {
        parse_number(&self.digits).unwrap_or(f64::NAN)
    }
}

/// Digits with their groups and decimals, in every way in which they may be meant.
fn digits(text: &str) -> Vec<String> {
    let plain = |c: char| c.is_ascii_digit() || matches!(c, '.' | '_');
    if text.is_empty() || !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',')) {
        return Vec::new();
    }
    // Blanks and apostrophes group, and so does whichever of point and comma comes first.
    let joined: String = text.chars().filter(|c| !matches!(c, '_' | '\'' | '’' | ' ')).collect();
    let grouped_by_blanks = joined.len() < text.len();
    let before_decimals = text.rfind(['.', ',']).map_or(text, |at| &text[..at]);
    if grouped_by_blanks && !before_decimals.split(['_', '\'', '’', ' ']).skip(1).all(|part| part.len() >= 2) {
        return Vec::new();
    }
    if !joined.chars().all(|c| plain(c) || c == ',') {
        return Vec::new();
    }
    let marks: Vec<char> = joined.chars().filter(|c| matches!(c, '.' | ',')).collect();
    let without = |mark: char| joined.replace(mark, "");
    let grouped = |mark: char| {
        let mut parts = joined.split(mark);
        parts.next().is_some_and(|first| (1..=3).contains(&first.len()) && !first.starts_with('0'))
            && parts.all(|part| part.len() == 3)
    };
    let whole = |digits: String| digits.parse::<f64>().map(super::written).unwrap_or(digits);
    let decimal = |digits: String| match digits.split_once('.') {
        Some((whole, part)) if in_doubt(&digits) => match part.trim_end_matches('0') {
            "" => format!("{whole}.0"),
            part if part.len() == 3 => format!("{whole}.{part}0"),
            part => format!("{whole}.{part}"),
        },
        _ => digits.clone(),
    };
    match marks.as_slice() {
        [] => vec![whole(joined)],
        ['.'] if in_doubt(&joined) => vec![whole(without('.')), decimal(joined.clone())],
        ['.'] => vec![joined],
        [','] if grouped(',') && !grouped_by_blanks => vec![whole(without(',')), decimal(joined.replace(',', "."))],
        [','] => vec![joined.replace(',', ".")],
        [first, rest @ ..] => {
            let same = rest.iter().all(|mark| mark == first);
            let last_differs = rest.last() != Some(first) && rest[..rest.len() - 1].iter().all(|mark| mark == first);
            if same && grouped(*first) {
                vec![whole(without(*first))]
            } else if last_differs {
                vec![whole(without(*first).replace(',', "."))]
            } else {
                Vec::new()
            }
        }
    }
}

/// Is it unclear whether the point groups thousands or begins decimals, as in `24.000`? In `0.125` it is not.
#[must_use]
pub fn in_doubt(text: &str) -> bool {
    let text = text.trim().trim_start_matches(['-', '+']);
    let all_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    text.split_once('.').is_some_and(|(whole, part)| {
        (1..=3).contains(&whole.len())
            && !whole.starts_with('0')
            && part.len() == 3
            && all_digits(whole)
            && all_digits(part)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_from_other_places_are_understood() {
        for (text, meant) in [
            ("24,000", vec!["24_000", "24.0"]),
            ("24.000", vec!["24_000", "24.0"]),
            ("3.125", vec!["3125", "3.1250"]),
            ("1.234.567", vec!["1_234_567"]),
            ("1.234,56", vec!["1234.56"]),
            ("1,234.56", vec!["1234.56"]),
            ("4,5", vec!["4.5"]),
            ("0,125", vec!["0.125"]),
            ("24 000", vec!["24_000"]),
            ("24\u{a0}000", vec!["24_000"]),
            ("12\u{202f}345,6", vec!["12345.6"]),
            ("24'000", vec!["24_000"]),
            ("$24000", vec!["24_000"]),
            ("24000 €", vec!["24_000"]),
            ("USD 5k", vec!["5k"]),
            ("1.2m", vec!["1.2M"]),
            ("1.2 Mio. EUR", vec!["1.2M"]),
            ("5 thousand", vec!["5k"]),
            ("2bn", vec!["2000M"]),
            ("20 percent", vec!["20%"]),
            ("−5", vec!["-5"]),
            ("~5", vec!["5"]),
        ] {
            assert_eq!(guesses(text), meant, "{text}");
        }
    }

    #[test]
    fn ranges_from_other_places_are_understood() {
        for (text, meant) in [
            ("5-8k", vec!["5k to 8k"]),
            ("5 to 8k", vec!["5k to 8k"]),
            ("5k to 8", vec!["5k to 8k"]),
            ("$5k to $8k", vec!["5k to 8k"]),
            ("5 to 8 thousand", vec!["5k to 8k"]),
            ("20–30%", vec!["20% to 30%"]),
            ("3\u{2011}6", vec!["3 to 6"]),
            ("20 to 30%", vec!["20% to 30%"]),
            ("20% - 30%", vec!["20% to 30%"]),
            ("8..14", vec!["8 to 14"]),
            ("between 8 and 14", vec!["8 to 14"]),
            ("-3 - 5", vec!["-3 to 5"]),
            ("0 to 8k", vec!["0 to 8k"]),
            ("800 to 2k", vec!["800 to 2k"]),
            ("5,000 to 8,000", vec!["5000 to 8000", "5.0 to 8.0"]),
            ("1.000 to 2.000", vec!["1000 to 2000", "1.0 to 2.0"]),
            ("2%\u{a0}to\u{a0}5%", vec!["2% to 5%"]),
        ] {
            assert_eq!(guesses(text), meant, "{text}");
        }
    }

    #[test]
    fn nonsense_is_left_alone() {
        for text in ["", "ten", "a lot", "k", "1.2.3", "5 apples", "🙂 to 🙃", "2027-01-04", "to", "8 to", "12,34,5"]
        {
            assert_eq!(guesses(text), Vec::<String>::new(), "{text}");
        }
    }
}
