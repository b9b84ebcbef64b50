//! The only place that prints.

use std::borrow::Cow;
use std::io::{ErrorKind, IsTerminal, Write};
use std::process::ExitCode;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};

use crate::commands::Failure;
use crate::engine::Progress;
use crate::scenario::LoadError;
use crate::text::printable;

use super::signals;

/// Work shorter than this shows no progress bar.
const WORTH_SHOWING: Duration = Duration::from_millis(700);

/// Work longer than this says so when its first draws are done.
const WORTH_SAYING: Duration = Duration::from_secs(60);

/// What comes before the first draws (memory, tables) is not counted as theirs, unless it may be a slow draw.
const SLOW_START: Duration = Duration::from_secs(5);

/// Where the program speaks.
pub(super) struct Terminal {
    color: bool,
}

impl Terminal {
    /// Color goes to terminals only, and never where the user or NO_COLOR says so.
    pub(super) fn new(no_color: bool) -> Self {
        let forbidden = no_color || std::env::var_os("NO_COLOR").is_some_and(|set| !set.is_empty());
        Self { color: !forbidden && std::io::stderr().is_terminal() }
    }

    /// How wide a text may be.
    pub(super) fn width(&self) -> usize {
        const NARROW: usize = 80;
        if !std::io::stdout().is_terminal() {
            return NARROW;
        }
        let columns = terminal_size::terminal_size().map_or(NARROW, |(width, _)| usize::from(width.0));
        columns.clamp(40, 110)
    }

    /// Says what the command line lacks, or the help that was asked for.
    pub(super) fn usage(message: &clap::Error) -> ExitCode {
        let asked_for = !message.use_stderr();
        let plain = message.to_string();
        let _ = match printable(&plain) {
            Cow::Borrowed(_) => message.print(),
            Cow::Owned(safe) => write!(std::io::stderr(), "{safe}"),
        };
        ExitCode::from(if asked_for { 0 } else { 2 })
    }

    /// Prints to standard output; a reader that has gone away ends the program quietly.
    pub(super) fn print(&self, text: &str) -> std::io::Result<()> {
        let mut out = std::io::stdout().lock();
        match out.write_all(printable(text).as_bytes()).and_then(|()| out.flush()) {
            Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(error),
            _ => Ok(()),
        }
    }

    /// Says what went wrong, on standard error.
    pub(super) fn complain(&self, failure: &Failure) {
        let text = match failure {
            Failure::Scenario(LoadError::Faulty { faults, sources }) => {
                let faulty = match faults.len() {
                    1 => "1 fault".to_owned(),
                    count => format!("{count} faults"),
                };
                format!("{}\n\n{faulty}; nothing was simulated", faults.render(sources, self.color))
            }
            other => printable(&format!("error: {other}")).into_owned(),
        };
        let _ = writeln!(std::io::stderr(), "{text}");
    }

    /// What long work says about itself while it goes on.
    pub(super) fn progress(&self, says: Says) -> Bar {
        Bar {
            started: OnceLock::new(),
            first: OnceLock::new(),
            done: AtomicU64::new(0),
            asked: AtomicU64::new(0),
            total: AtomicU64::new(0),
            bar: OnceLock::new(),
            told: OnceLock::new(),
            shown: says == Says::Everything && std::io::stderr().is_terminal(),
            speaks: says != Says::Nothing,
            interrupted: signals::listen(),
        }
    }
}

/// What long work says about itself, on standard error.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Says {
    /// how far it is, on a terminal, and how long it takes where that is long
    Everything,
    /// how long it takes where that is long
    HowLong,
    /// not a word
    Nothing,
}

/// Watches a run.
pub(super) struct Bar {
    started: OnceLock<Instant>,
    /// when the first draws were done
    first: OnceLock<Instant>,
    done: AtomicU64,
    asked: AtomicU64,
    total: AtomicU64,
    bar: OnceLock<ProgressBar>,
    /// whether it was said how long it takes, where that is long
    told: OnceLock<()>,
    shown: bool,
    speaks: bool,
    interrupted: Arc<AtomicBool>,
}

impl Bar {
    /// Takes the bar off the screen.
    pub(super) fn finish(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }

    /// Says how long it takes, where that is long.
    fn tell(&self, elapsed: Duration, done: u64) {
        let left = self.total.load(Ordering::Relaxed).saturating_sub(done);
        let seconds = elapsed.as_secs_f64() / done as f64 * left as f64;
        if seconds > WORTH_SAYING.as_secs_f64() {
            let text = format!(
                "This will take about {}, going by the first draws. Fewer --runs make it shorter in proportion. Ctrl-C stops \
                 it; nothing is written then.",
                words_of(seconds)
            );
            let _ = writeln!(std::io::stderr(), "{text}");
        }
    }
}

/// The time that draws have taken, once that can be told: `since_first` draws were done, `elapsed` since the work began.
fn time_of_draws(since_first: Duration, elapsed: Duration) -> Option<Duration> {
    let before = elapsed.saturating_sub(since_first);
    if before > SLOW_START {
        return Some(elapsed);
    }
    (since_first > WORTH_SHOWING).then_some(since_first)
}

/// A time of a minute or more, roughly.
fn words_of(seconds: f64) -> String {
    const UNITS: [(f64, &str); 4] = [(60.0, "minute"), (3_600.0, "hour"), (86_400.0, "day"), (31_557_600.0, "year")];
    // Up to a few of a unit are told in the smaller one.
    let (length, unit) = UNITS.iter().rev().find(|(length, _)| seconds >= 2.0 * length).unwrap_or(&UNITS[0]);
    let count = (seconds / length).round();
    let plural = if count == 1.0 { "" } else { "s" };
    format!("{} {unit}{plural}", crate::units::written(count))
}

impl Progress for Bar {
    fn begin(&self, asked: u64, draws: u64) {
        self.asked.store(asked, Ordering::Relaxed);
        self.total.store(draws, Ordering::Relaxed);
        self.started.get_or_init(Instant::now);
    }

    fn advance(&self, draws: u64) {
        if !self.speaks {
            return;
        }
        let done = self.done.fetch_add(draws, Ordering::Relaxed) + draws;
        let elapsed = self.started.get_or_init(Instant::now).elapsed();
        let first = self.first.get_or_init(Instant::now).elapsed();
        if elapsed > WORTH_SHOWING {
            if let Some(elapsed) = time_of_draws(first, elapsed) {
                self.told.get_or_init(|| self.tell(elapsed, done));
            }
            if self.shown {
                let bar = self.bar.get_or_init(|| {
                    let bar = ProgressBar::new(self.total.load(Ordering::Relaxed));
                    let style = ProgressStyle::with_template("{wide_bar} {percent}% of {msg}, {eta} left");
                    let asked = crate::text::count(self.asked.load(Ordering::Relaxed) as f64, "draw");
                    style.map_or(bar.clone(), |style| bar.with_style(style)).with_message(asked)
                });
                // Work that goes on until it is precise enough grows.
                bar.set_length(self.total.load(Ordering::Relaxed));
                bar.set_position(done);
            }
        }
    }

    fn is_stopped(&self) -> bool {
        self.interrupted.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::{time_of_draws, words_of};

    #[test]
    fn what_comes_before_the_first_draws_is_not_taken_for_theirs() {
        let [short, long] = [100, 900].map(Duration::from_millis);
        assert_eq!(time_of_draws(short, long), None);
        assert_eq!(time_of_draws(long, 2 * long), Some(long));
        let slow = Duration::from_secs(31);
        assert_eq!(time_of_draws(Duration::ZERO, slow), Some(slow));
    }

    #[test]
    fn long_times_are_told_in_round_words() {
        let told = [61.0, 100.0, 5_000.0, 8_000.0, 200_000.0, 1e12].map(words_of);
        assert_eq!(told, ["1 minute", "2 minutes", "83 minutes", "2 hours", "2 days", "31_688 years"]);
    }
}
