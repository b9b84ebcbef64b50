//! The questions of `foremix init --ask` as a page has them: the kinds of business, then six questions in their words.

use serde::Serialize;

use crate::interview::{Answers, BUSINESSES, Business, QUESTIONS};

use super::faults::Trouble;
use super::plans::business_named;
use super::state::Answered;

/// A kind of business to choose.
#[derive(Debug, Serialize)]
pub(super) struct Card {
    name: &'static str,
    about: &'static str,
}

/// Every kind.
pub(super) fn cards() -> Vec<Card> {
    BUSINESSES.iter().map(|Business { key, about, .. }| Card { name: key, about }).collect()
}

/// A question, with what is wrong with its answer.
#[derive(Debug, Serialize)]
pub(super) struct Asked {
    text: String,
    example: String,
    fault: Option<String>,
}

/// The questions of a kind of business, with what is wrong with the answers so far.
pub(super) fn questions(answered: &Answered) -> Result<Vec<Asked>, Trouble> {
    let business = business_named(&answered.business)?;
    let mut given = answered.answers.iter();
    let asked = QUESTIONS.into_iter().map(|question| Asked {
        text: question.text(business),
        example: question.example(business),
        fault: given.next().and_then(|answer| Answers::default().take(question, business, answer).err()),
    });
    Ok(asked.collect())
}
