//! Why a question gets no answer, in the words of `foremix check`, each with the field that it is about.

use serde::Serialize;

use crate::analysis::{CompareError, GoalError, OptimizeError};
use crate::engine::{Stopped, TooMuch};
use crate::reading::{Diagnostic, Sources};
use crate::scenario::LoadError;

use super::http::Response;

/// A fault, for a page.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(super) struct Fault {
    /// which of the options that were sent it is in, from 0; none for one of the file
    setting: Option<usize>,
    /// where, for one of the file: "plan.toml, line 12"
    place: String,
    /// what is wrong
    message: String,
    /// what was found there
    label: String,
    /// what to do
    help: Option<String>,
}

impl Fault {
    fn of(fault: &Diagnostic, sources: &Sources, options: &[String]) -> Self {
        let text = sources.text(fault.place.source);
        let setting = options.iter().position(|option| option == text);
        let line = text.get(..fault.place.span.start).map_or(0, |before| before.matches('\n').count());
        let name = sources.name(fault.place.source);
        Self {
            setting,
            place: match (setting, fault.of_file) {
                (Some(_), _) => String::new(),
                (None, true) => name.to_owned(),
                (None, false) => format!("{name}, line {}", line + sources.first_line(fault.place.source)),
            },
            message: fault.message.clone(),
            label: fault.label.clone(),
            help: fault.help.clone(),
        }
    }
}

/// Why there is no answer.
#[derive(Debug)]
pub(super) enum Trouble {
    /// the plan is wrong
    Faults(Vec<Fault>),
    /// the question is wrong, or it can't be answered
    Unfit(String),
    /// the file is not what the page takes it for
    Conflict(String),
    /// a later question took its place
    Stopped,
}

impl Trouble {
    /// Faults of a plan into which `options` were laid.
    pub(super) fn of(error: LoadError, options: &[String]) -> Self {
        match error {
            LoadError::Faulty { faults, sources } => Self::listed(faults.iter(), &sources, options),
            LoadError::Unreadable { .. } => Self::Unfit(error.to_string()),
        }
    }

    /// Faults of the options themselves.
    pub(super) fn listed<'f>(
        faults: impl Iterator<Item = &'f Diagnostic>,
        sources: &Sources,
        options: &[String],
    ) -> Self {
        Self::Faults(faults.map(|fault| Fault::of(fault, sources, options)).collect())
    }

    /// The answer that says so.
    pub(super) fn response(&self) -> Response {
        #[derive(Serialize)]
        struct Said<'t> {
            faults: &'t [Fault],
            error: Option<&'t str>,
            stopped: bool,
        }
        let (status, faults, error): (u16, &[Fault], _) = match self {
            Self::Faults(faults) => (422, faults, None),
            Self::Unfit(why) => (422, &[], Some(why.as_str())),
            Self::Conflict(why) => (409, &[], Some(why.as_str())),
            Self::Stopped => (409, &[], None),
        };
        let said = Said { faults, error, stopped: matches!(self, Self::Stopped) };
        Response::json(status, &said)
    }
}

impl From<Stopped> for Trouble {
    fn from(_: Stopped) -> Self {
        Self::Stopped
    }
}

impl From<TooMuch> for Trouble {
    fn from(error: TooMuch) -> Self {
        Self::Unfit(error.to_string())
    }
}

impl From<CompareError> for Trouble {
    fn from(error: CompareError) -> Self {
        match error {
            CompareError::Stopped(stopped) => stopped.into(),
            CompareError::TooMuch(too_much) => too_much.into(),
        }
    }
}

impl From<GoalError> for Trouble {
    fn from(error: GoalError) -> Self {
        match error {
            GoalError::Load { error, settings } => Self::of(error, &settings),
            GoalError::Stopped(stopped) => stopped.into(),
        }
    }
}

impl From<OptimizeError> for Trouble {
    fn from(error: OptimizeError) -> Self {
        match error {
            OptimizeError::Load(error) => Self::of(error, &[]),
            OptimizeError::Unfit(why) => Self::Unfit(why),
            OptimizeError::Stopped(stopped) => stopped.into(),
        }
    }
}
