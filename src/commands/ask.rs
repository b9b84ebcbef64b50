//! `foremix init --ask`: six questions, on a terminal or one answer a line.

use std::fmt;
use std::io::{self, BufRead, IsTerminal};

use dialoguer::Input;
use dialoguer::console::Term;
use dialoguer::theme::Theme;

use crate::interview::{Answers, BUSINESSES, Business, QUESTIONS, Question};

use super::Failure;

/// What was answered, and how many of the questions.
pub(super) struct Asked {
    pub(super) business: &'static Business,
    pub(super) answers: Answers,
}

/// Asks: on a terminal where there is one, else a line is an answer. Answers that are missing are not known. `may_begin`
/// is asked once it is known for what kind of business, before the questions.
///
/// # Errors
///
/// A kind of business that there is not, an answer that can't be understood, no terminal to ask on any more, or what
/// `may_begin` says.
pub(super) fn ask(
    kind: Option<&str>,
    may_begin: impl Fn(&'static Business) -> Result<(), Failure>,
) -> Result<Asked, Failure> {
    let kind = kind.map(business_named).transpose()?;
    if io::stdin().is_terminal() { on_terminal(kind, may_begin) } else { by_lines(kind, io::stdin().lock(), may_begin) }
}

/// How questions look: each on lines of its own, answers after a sign.
struct Plain;

impl Theme for Plain {
    fn format_input_prompt(&self, f: &mut dyn fmt::Write, prompt: &str, _default: Option<&str>) -> fmt::Result {
        write!(f, "{prompt}\n> ")
    }

    fn format_input_prompt_selection(&self, f: &mut dyn fmt::Write, prompt: &str, answer: &str) -> fmt::Result {
        write!(f, "{prompt}\n> {answer}")
    }
}

/// Every kind of business with what it is, a line each.
pub(super) fn kinds() -> String {
    let widest = BUSINESSES.iter().map(|own| own.key.len()).max().unwrap_or_default();
    BUSINESSES.iter().map(|own| format!("  {:widest$}  {}\n", own.key, own.about)).collect()
}

pub(super) fn business_named(key: &str) -> Result<&'static Business, Failure> {
    let key = key.trim();
    let by_number = key.parse::<usize>().ok().and_then(|number| BUSINESSES.get(number.checked_sub(1)?));
    Business::named(key).or(by_number).ok_or_else(|| {
        let names = BUSINESSES.iter().map(|own| own.key);
        Failure::unknown("kind of business", key, names, || format!("choose one of these:\n{}", kinds().trim_end()))
    })
}

fn on_terminal(
    kind: Option<&'static Business>,
    may_begin: impl Fn(&'static Business) -> Result<(), Failure>,
) -> Result<Asked, Failure> {
    let term = Term::stderr();
    let failed = |error: dialoguer::Error| match error {
        dialoguer::Error::IO(error) => Failure::Asking(error),
    };
    let business = match kind {
        Some(business) => business,
        None => {
            // A number or a name, as through a pipe: no list to move in, which hides the cursor and is lost on readers
            // of screens.
            let items = BUSINESSES.iter().enumerate().map(|(at, own)| format!("  {}  {}\n", at + 1, own.about));
            let prompt = format!("What are you planning for? A number:\n{}", items.collect::<String>().trim_end());
            let understood = |text: &String| business_named(text).map(|_| ());
            let asked = Input::<String>::with_theme(&Plain).with_prompt(prompt).validate_with(understood);
            business_named(&asked.interact_text_on(&term).map_err(failed)?)?
        }
    };
    may_begin(business)?;
    let mut answers = Answers::default();
    for question in QUESTIONS {
        let prompt =
            format!("{}\n  for example {}; empty: don't know", question.text(business), question.example(business));
        let so_far = answers.clone();
        let understood = |text: &String| so_far.clone().take(question, business, text);
        let asked = Input::<String>::with_theme(&Plain).with_prompt(prompt).allow_empty(true).validate_with(understood);
        let answer = asked.interact_text_on(&term).map_err(failed)?;
        take(&mut answers, question, business, &answer)?;
    }
    Ok(Asked { business, answers })
}

fn by_lines(
    kind: Option<&'static Business>,
    source: impl BufRead,
    may_begin: impl Fn(&'static Business) -> Result<(), Failure>,
) -> Result<Asked, Failure> {
    let mut lines = source.lines();
    let mut next = || lines.next().transpose().map_err(Failure::Asking);
    let business = match kind {
        Some(business) => business,
        None => business_named(&next()?.unwrap_or_default())?,
    };
    may_begin(business)?;
    let mut answers = Answers::default();
    for question in QUESTIONS {
        let answer = next()?.unwrap_or_default();
        take(&mut answers, question, business, &answer)?;
    }
    Ok(Asked { business, answers })
}

fn take(answers: &mut Answers, question: Question, business: &'static Business, answer: &str) -> Result<(), Failure> {
    answers
        .take(question, business, answer)
        .map_err(|why| Failure::Usage(format!("{} \"{}\": {why}", question.text(business), answer.trim())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_an_answer_and_missing_lines_are_not_known() {
        let asked =
            by_lines(None, "clinic\n300k\n\n2 people, 15 hours\n".as_bytes(), |_| Ok(())).expect("right answers");
        assert_eq!(asked.business.key, "clinic");
        assert_eq!((asked.answers.target, asked.answers.people), (Some(300_000.0), Some((2.0, 15.0))));
        assert!(asked.answers.channels.is_none() && asked.answers.counts.is_none() && asked.answers.open.is_none());
        assert!(matches!(by_lines(None, "bakery\n".as_bytes(), |_| Ok(())), Err(Failure::Usage(_))));
        let wrong = by_lines(Business::named("shop"), "a lot\n".as_bytes(), |_| Ok(()));
        assert!(matches!(wrong, Err(Failure::Usage(why)) if why.contains("expected one amount")));
    }
}
