//! Options that are read as a language of their own: their faults point into what was typed.

use std::ops::Range;

use crate::analysis::Question;
use crate::reading::{Diagnostic, Diagnostics, SourceId, Sources, Span, nearest};
use crate::scenario::{LoadError, Scenario};

use super::Failure;

/// Reads the text of an option; its fault points into it.
///
/// # Errors
///
/// What is wrong with it.
pub(super) fn read_option<T>(
    name: &str,
    text: &str,
    read: impl FnOnce(SourceId) -> Result<T, Diagnostic>,
) -> Result<T, Failure> {
    let mut sources = Sources::default();
    let source = sources.add(format!("the option {name}"), text);
    read(source).map_err(|fault| {
        let mut faults = Diagnostics::default();
        faults.add(fault);
        LoadError::Faulty { faults, sources }.into()
    })
}

/// A channel that spends money, named at `span` of an option.
///
/// # Errors
///
/// That the plan has none of that name.
pub(super) fn channel_at(
    name: &str,
    span: Range<usize>,
    source: SourceId,
    scenario: &Scenario,
) -> Result<String, Diagnostic> {
    let names: Vec<&str> = Question::channels(&scenario.plan).collect();
    if names.contains(&name) {
        return Ok(name.to_owned());
    }
    let message = format!("the plan has no channel `{name}` that spends money");
    let fault = Diagnostic::at(&Span { source, span }, message, "not in the plan");
    Err(fault.help(match nearest(name, names.iter().copied()) {
        Some(meant) => format!("did you mean {meant}?"),
        None => format!("its channels: {}", names.join(", ")),
    }))
}

/// The channel that an option names.
///
/// # Errors
///
/// That the plan has none of that name.
pub(super) fn channel_named(option: &str, name: &str, scenario: &Scenario) -> Result<String, Failure> {
    read_option(option, name, |source| channel_at(name, 0..name.len(), source, scenario))
}

/// Faults of settings that an option was made into: those of the path point into the option as it was typed, and of the others
/// it is said which value they come of.
pub(super) fn with_option(error: LoadError, name: &str, path: &str, settings: &[String]) -> Failure {
    let (faults, mut sources) = match error {
        LoadError::Faulty { faults, sources } => (faults, sources),
        other => return other.into(),
    };
    let option = sources.add(format!("the option {name}"), path);
    let mut moved = Diagnostics::default();
    let mut is_of_path = false;
    for fault in faults.iter() {
        let text = sources.text(fault.place.source);
        let own = settings.iter().any(|setting| setting == text) && text.starts_with(path);
        if own && fault.place.span.end <= path.len() && !fault.of_file {
            is_of_path = true;
            let place = Span { source: option, span: fault.place.span.clone() };
            moved.add(Diagnostic { place, ..fault.clone() });
        } else {
            moved.add(fault.clone());
        }
    }
    if !is_of_path {
        let place = Span { source: option, span: 0..path.len() };
        let label = format!("with {} the plan is faulty, as said above", settings.join(" "));
        let fault = Diagnostic::at(&place, "not every value that was looked at makes a plan", label);
        moved.add(fault.help("say where to look: --between LOW..HIGH"));
    }
    LoadError::Faulty { faults: moved, sources }.into()
}
