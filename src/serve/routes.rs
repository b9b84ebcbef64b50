//! What can be asked of the page's server: a fixed list of names.

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::units::Date;

use super::answers::{cards, questions};
use super::assets::asset;
use super::beside::{Pinned, beside};
use super::faults::Trouble;
use super::http::{Method, Request, Response};
use super::look::{Extent, Form, hand_over, look, summary};
use super::plans::Plans;
use super::questions::{Aim, goal, optimize};
use super::save::{Place, difference, save};
use super::sheet::Sheet;
use super::state::{Answered, Setting, State};
use super::tabs::{Tabs, Turn};

/// What answers are worked out from.
#[derive(Debug)]
pub(super) struct Desk {
    pub(super) plans: Plans,
    pub(super) tabs: Tabs,
    /// what was set on the command line: where a page begins
    pub(super) moved: Vec<Setting>,
    /// the variant that was chosen on the command line
    pub(super) variant: Option<String>,
    /// the day, for reports
    pub(super) day: fn() -> Date,
}

/// How a page begins.
#[derive(Serialize)]
struct Start<'d> {
    has_plan: bool,
    cards: Vec<super::answers::Card>,
    settings: &'d [Setting],
    variant: Option<&'d str>,
}

/// What the file is known by.
#[derive(Serialize)]
struct Version {
    version: Option<String>,
}

#[derive(Deserialize)]
struct AskSheet {
    state: State,
}

#[derive(Deserialize)]
struct AskLook {
    state: State,
    turn: Turn,
    extent: Extent,
}

#[derive(Deserialize)]
struct AskWhole {
    state: State,
    turn: Turn,
}

#[derive(Deserialize)]
struct AskBeside {
    plans: Vec<Pinned>,
    turn: Turn,
}

#[derive(Deserialize)]
struct AskGoal {
    state: State,
    turn: Turn,
    aim: Aim,
}

#[derive(Deserialize)]
struct AskBest {
    state: State,
    turn: Turn,
    locked: Vec<String>,
}

#[derive(Deserialize)]
struct AskDifference {
    state: State,
    place: Place,
}

#[derive(Deserialize)]
struct AskSave {
    state: State,
    place: Place,
    before: String,
}

#[derive(Deserialize)]
struct AskStop {
    turn: Turn,
}

impl Desk {
    /// The answer to a request that was let in and asks for `name`.
    pub(super) fn answer(&self, name: &str, request: &Request) -> Response {
        let answered = match request.method {
            Method::Get => self.get(name),
            Method::Post => self.post(name, &request.body),
        };
        match answered {
            Some(Ok(response)) => response,
            Some(Err(trouble)) => trouble.response(),
            None => Response::refusal(404, "There is nothing here."),
        }
    }

    fn get(&self, name: &str) -> Option<Result<Response, Trouble>> {
        Some(Ok(match name {
            "start" => Response::json(
                200,
                &Start {
                    has_plan: self.plans.path().is_some(),
                    cards: cards(),
                    settings: &self.moved,
                    variant: self.variant.as_deref(),
                },
            ),
            "version" => Response::json(200, &Version { version: self.plans.look_again() }),
            _ => asset(name)?,
        }))
    }

    fn post(&self, name: &str, body: &[u8]) -> Option<Result<Response, Trouble>> {
        let plans = &self.plans;
        Some(match name {
            "sheet" => with(body, |AskSheet { state }| {
                let version = if state.answers.is_none() { plans.look_again() } else { None };
                let loaded = plans.load(&State { settings: Vec::new(), ..state })?;
                Ok(Sheet::of(&loaded, version.unwrap_or_default()))
            }),
            "questions" => with(body, |answered: Answered| questions(&answered)),
            "look" => with(body, |AskLook { state, turn, extent }| look(plans, &state, extent, &self.tabs.begin(turn))),
            "compare" => with(body, |AskBeside { plans: pinned, turn }| beside(plans, &pinned, &self.tabs.begin(turn))),
            "goal" => with(body, |AskGoal { state, turn, aim }| goal(plans, &state, &aim, &self.tabs.begin(turn))),
            "optimize" => {
                with(body, |AskBest { state, turn, locked }| optimize(plans, &state, locked, &self.tabs.begin(turn)))
            }
            "summary" => with(body, |AskWhole { state, turn }| summary(plans, &state, &self.tabs.begin(turn))),
            "report" => self.handed(body, Form::Page, "text/html; charset=utf-8"),
            "workbook" => self.handed(body, Form::Workbook, WORKBOOK),
            "difference" => with(body, |AskDifference { state, place }| difference(plans, &state, &place)),
            "save" => with(body, |AskSave { state, place, before }| save(plans, &state, &place, &before)),
            "stop" => with(body, |AskStop { turn }| {
                self.tabs.begin(turn);
                Ok(())
            }),
            _ => return None,
        })
    }

    fn handed(&self, body: &[u8], form: Form, kind: &'static str) -> Result<Response, Trouble> {
        let AskWhole { state, turn } = read(body)?;
        let body = hand_over(&self.plans, &state, form, (self.day)(), &self.tabs.begin(turn))?;
        Ok(Response { status: 200, kind, body: body.into() })
    }
}

/// The media type of a workbook.
const WORKBOOK: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// Answers a question with what `answer` makes of it.
fn with<Q: DeserializeOwned, A: Serialize>(
    body: &[u8],
    answer: impl FnOnce(Q) -> Result<A, Trouble>,
) -> Result<Response, Trouble> {
    read(body).and_then(answer).map(|answer| Response::json(200, &answer))
}

fn read<Q: DeserializeOwned>(body: &[u8]) -> Result<Q, Trouble> {
    serde_json::from_slice(body).map_err(|error| Trouble::Unfit(format!("the question can't be read: {error}")))
}
