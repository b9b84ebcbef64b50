//! The six questions, and how an answer is read: numbers in the order in which they were asked for, in any words.

use crate::units::{guesses, parse_number, read_number};

use super::avenue::Avenue;
use super::business::{Business, plural};

/// A question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Question {
    /// the number to make
    Target,
    /// where money goes
    Channels,
    /// people and hours
    People,
    /// what last quarter brought
    Counts,
    /// what a sale is worth
    Value,
    /// what is open today
    Open,
}

/// The questions in the order in which they are asked.
pub const QUESTIONS: [Question; 6] =
    [Question::Target, Question::Channels, Question::People, Question::Counts, Question::Value, Question::Open];

/// Money for a channel.
#[derive(Clone, Debug, PartialEq)]
pub struct Money {
    /// which of the ways in which such a business is found
    pub avenue: &'static Avenue,
    /// what the owner calls it
    pub label: String,
    /// for the quarter
    pub budget: f64,
}

/// What was answered; none where nobody knows.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers {
    /// revenue to reach in the quarter
    pub target: Option<f64>,
    /// the channels and their money
    pub channels: Option<Vec<Money>>,
    /// people, and hours of selling a week each
    pub people: Option<(f64, f64)>,
    /// leads and wins of last quarter, and the step between them where it was counted
    pub counts: Option<Counts>,
    /// a usual sale, and one that one sale in ten exceeds
    pub value: Option<(f64, Option<f64>)>,
    /// deals that are open (customers of today, where people buy online), and what each is worth
    pub open: Option<(f64, Option<f64>)>,
}

/// What was counted last quarter.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Counts {
    /// leads
    pub leads: f64,
    /// those that went one step further
    pub opportunities: Option<f64>,
    /// sales
    pub wins: f64,
}

/// What people write who don't know.
const UNKNOWN: [&str; 10] =
    ["", "?", "-", "don't know", "dont know", "do not know", "no idea", "not sure", "unknown", "i don't know"];

impl Question {
    /// The question, in the words of the business.
    #[must_use]
    pub fn text(self, business: &Business) -> String {
        let Business { win, .. } = business;
        let [leads, opportunities, wins] = [business.lead, business.opportunity, win].map(plural);
        match self {
            Self::Target => "What revenue must the quarter bring?".into(),
            Self::Channels => "Where does the money go this quarter, and how much?".into(),
            Self::People if business.online => {
                format!("Who answers questions before a {win}: how many people, how many hours a week each?")
            }
            Self::People => format!("Who works on {leads}: how many people, how many hours a week each for that?"),
            Self::Counts if business.online => {
                format!("What came last quarter: how many {leads}, how many {wins}?")
            }
            Self::Counts => format!("What came last quarter: how many {leads}, {opportunities} and {wins}?"),
            Self::Value => format!("What is a {win} worth: a usual one, and a large one (one in ten is larger)?"),
            Self::Open if business.online => "How many customers do you have today?".into(),
            Self::Open => format!("How many {opportunities} are open today, and what is each worth?"),
        }
    }

    /// An answer as one could write it.
    #[must_use]
    pub fn example(self, business: &Business) -> String {
        match self {
            Self::Target => number(business.target),
            Self::Channels => {
                let money =
                    business.usual_money().map(|(avenue, budget)| format!("{} {}", avenue.word(), number(budget)));
                money.collect::<Vec<_>>().join(", ")
            }
            Self::People => format!("{}, {}", number(business.people), number(business.hours)),
            Self::Counts if business.online => {
                format!("{}, {}", number(business.leads), number((business.leads * business.close_rate[1]).round()))
            }
            Self::Counts => {
                let opportunities = (business.leads * business.opportunity_rate[1]).round();
                let wins = (opportunities * business.close_rate[1]).round();
                format!("{}, {}, {}", number(business.leads), number(opportunities), number(wins))
            }
            Self::Value => format!("{}, {}", number(business.value.0), number(business.value.1)),
            Self::Open if business.online => number(business.open),
            Self::Open => format!("{}, {}", number(business.open), number(business.value.0)),
        }
    }
}

/// A number as one writes it in an answer: 24k, 1.5M, 350.
fn number(x: f64) -> String {
    match x {
        x if x >= 1e6 => format!("{}M", crate::units::plain(x / 1e6)),
        x if x >= 10_000.0 => format!("{}k", crate::units::plain(x / 1e3)),
        x => crate::units::plain(x),
    }
}

impl Answers {
    /// Takes an answer.
    ///
    /// # Errors
    ///
    /// What an answer must look like, in words.
    pub fn take(&mut self, question: Question, business: &'static Business, answer: &str) -> Result<(), String> {
        let text = answer.trim();
        let nobody_knows = UNKNOWN.contains(&&*text.trim_end_matches('.').to_lowercase().replace('’', "'"));
        if nobody_knows {
            return Ok(());
        }
        let example = question.example(business);
        let expected = |what: &str| format!("expected {what}, for example \"{example}\", or \"don't know\"");
        if question == Question::Channels {
            self.channels =
                Some(channels(text).map_err(|why| format!("{why}: {}", expected("channels with their money")))?);
            return Ok(());
        }
        let numbers = numbers(text);
        match (question, numbers.as_slice()) {
            (Question::Target, [target]) if *target > 0.0 => self.target = Some(*target),
            (Question::Target, _) => return Err(expected("one amount")),
            (Question::People, [people, hours]) if is_team(*people) && *hours > 0.0 && *hours <= 80.0 => {
                self.people = Some((*people, *hours));
            }
            (Question::People, _) => return Err(expected("a whole number of people, and hours a week")),
            (Question::Counts, counts) => {
                let counts = match *counts {
                    [leads, wins] => Counts { leads, opportunities: None, wins },
                    [leads, opportunities, wins] if !business.online => {
                        Counts { leads, opportunities: Some(opportunities), wins }
                    }
                    _ => return Err(expected("counts, from the first to the last")),
                };
                let middle = counts.opportunities.unwrap_or(counts.wins);
                let whole = [counts.leads, middle, counts.wins].iter().all(|count| count.fract() == 0.0);
                if counts.leads < 1.0 || middle > counts.leads || counts.wins > middle || !whole {
                    return Err(expected("whole numbers, each no more than the one before"));
                }
                self.counts = Some(counts);
            }
            (Question::Value, [value]) if *value > 0.0 => self.value = Some((*value, None)),
            (Question::Value, [value, large]) if *value > 0.0 && large > value => {
                self.value = Some((*value, Some(*large)))
            }
            (Question::Value, _) => return Err(expected("what a usual one is worth, and a large one")),
            (Question::Open, [open]) => self.open = Some((open.round(), None)),
            (Question::Open, [open, value]) if !business.online => self.open = Some((open.round(), Some(*value))),
            (Question::Open, _) => return Err(expected("how many")),
            (Question::Channels, _) => {}
        }
        Ok(())
    }
}

fn is_team(people: f64) -> bool {
    people.fract() == 0.0 && (1.0..=10_000.0).contains(&people)
}

/// The numbers in a text, in their order; words around them are passed over. A comma before three digits groups thousands.
fn numbers(text: &str) -> Vec<f64> {
    let is_part = |c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '_');
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(|c: char| c.is_ascii_digit()) {
        let end = rest[start..].find(|c: char| !is_part(c)).map_or(rest.len(), |end| start + end);
        let digits = rest[start..end].trim_end_matches([',', '.', '_']);
        let behind = &rest[start + digits.len()..];
        let sign = behind.chars().next().filter(|c| matches!(c, 'k' | 'K' | 'M'));
        let ends_there = |sign: char| !behind[sign.len_utf8()..].starts_with(char::is_alphabetic);
        let sign = sign.filter(|sign| ends_there(*sign)).map_or(String::new(), String::from);
        let text = format!("{digits}{sign}");
        let number = read_number(&text).map(|number| number.value).ok();
        // "1,200" is a thousand and two hundred; "2,20" are two numbers.
        let meant = || guesses(&text).first().and_then(|guess| parse_number(guess).ok()).filter(|_| is_grouped(digits));
        match number.or_else(meant) {
            Some(number) => found.push(number),
            None => found.extend(digits.split(',').filter_map(|part| parse_number(part).ok())),
        }
        rest = &rest[start + digits.len() + sign.len()..];
    }
    found
}

fn is_grouped(digits: &str) -> bool {
    let mut groups = digits.split(',');
    groups.next().is_some_and(|first| (1..=3).contains(&first.len())) && groups.all(|group| group.len() == 3)
}

/// "search 24k, newsletter 500, flyers 6000": what stands before each number names the channel.
fn channels(text: &str) -> Result<Vec<Money>, String> {
    let mut money: Vec<Money> = Vec::new();
    for part in text.split([';', '\n']).flat_map(parts) {
        let part = part.trim();
        if part.is_empty() {
            continue;
        }
        let [budget] = numbers(part)[..] else {
            return Err(format!("\"{part}\" has no amount of its own"));
        };
        let label: String = part
            .split_whitespace()
            .filter(|word| !word.contains(|c: char| c.is_ascii_digit()))
            .filter(|word| {
                !matches!(
                    word.to_lowercase().as_str(),
                    "for" | "on" | "in" | "and" | "to" | "usd" | "eur" | ":" | "=" | "$"
                )
            })
            .collect::<Vec<_>>()
            .join(" ");
        let label = label.trim_matches([':', '=', '-', '$', ' ']).to_owned();
        if label.is_empty() {
            return Err(format!("what is the {} for?", number(budget)));
        }
        money.push(Money { avenue: Avenue::of_label(&label), label, budget });
    }
    if money.is_empty() { Err("name at least one channel".into()) } else { Ok(money) }
}

/// Parts of a list that is parted by commas; a comma between digits belongs to a number.
fn parts(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut start = 0;
    let bytes = text.as_bytes();
    for (at, byte) in text.bytes().enumerate() {
        let digit = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_digit);
        if byte == b',' && !(digit(at.checked_sub(1)) && digit(Some(at + 1))) {
            found.push(&text[start..at]);
            start = at + 1;
        }
    }
    found.push(&text[start..]);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interview::BUSINESSES;

    #[test]
    fn numbers_are_found_in_any_words() {
        for (text, expected) in [
            ("2, 20", vec![2.0, 20.0]),
            ("2 people, 12.5 hours each", vec![2.0, 12.5]),
            ("1,200 leads; 60 and 18", vec![1200.0, 60.0, 18.0]),
            ("about 24k", vec![24_000.0]),
            ("$1.2M", vec![1_200_000.0]),
            ("300 kg", vec![300.0]),
            ("none", vec![]),
        ] {
            assert_eq!(numbers(text), expected, "{text}");
        }
    }

    #[test]
    fn every_question_takes_its_own_example_and_that_nobody_knows() {
        for business in BUSINESSES {
            let mut answers = Answers::default();
            for question in QUESTIONS {
                let example = question.example(business);
                answers.take(question, business, &example).unwrap_or_else(|why| panic!("{}: {why}", business.key));
                assert!(question.text(business).ends_with('?'));
                let mut unknown = Answers::default();
                unknown.take(question, business, "Don’t know").expect("nobody knows");
                assert_eq!(unknown, Answers::default());
                assert!(Answers::default().take(question, business, "a lot").is_err(), "{question:?}");
            }
            assert!(answers.target.is_some() && answers.channels.is_some() && answers.people.is_some());
            assert!(answers.counts.is_some() && answers.value.is_some() && answers.open.is_some());
        }
    }

    #[test]
    fn channels_are_known_by_their_words() {
        let money = channels("Google Ads 12,000, flyers: 3k; word of mouth 0").expect("three channels");
        let told: Vec<(&str, &str, f64)> =
            money.iter().map(|own| (own.label.as_str(), own.avenue.kind, own.budget)).collect();
        assert_eq!(
            told,
            [("Google Ads", "ppc", 12_000.0), ("flyers", "print", 3_000.0), ("word of mouth", "baseline", 0.0)]
        );
        assert!(channels("Google Ads").is_err() && channels("500").is_err());
    }
}
