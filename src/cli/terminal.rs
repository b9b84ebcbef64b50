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

    /// A progress bar for long work, shown on a terminal only.
    pub(super) fn progress(&self, silent: bool) -> Bar {
        let shown = !silent && std::io::stderr().is_terminal();
        Bar {
            started: Instant::now(),
            done: AtomicU64::new(0),
            total: AtomicU64::new(0),
            bar: OnceLock::new(),
            shown,
            interrupted: signals::listen(),
        }
    }
}

/// Watches a run.
pub(super) struct Bar {
    started: Instant,
    done: AtomicU64,
    total: AtomicU64,
    bar: OnceLock<ProgressBar>,
    shown: bool,
    interrupted: Arc<AtomicBool>,
}

impl Bar {
    /// Takes the bar off the screen.
    pub(super) fn finish(&self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}

impl Progress for Bar {
    fn begin(&self, draws: u64) {
        self.total.store(draws, Ordering::Relaxed);
    }

    fn advance(&self, draws: u64) -> bool {
        let done = self.done.fetch_add(draws, Ordering::Relaxed) + draws;
        if self.shown && self.started.elapsed() > WORTH_SHOWING {
            let bar = self.bar.get_or_init(|| {
                let bar = ProgressBar::new(self.total.load(Ordering::Relaxed));
                let style = ProgressStyle::with_template("{wide_bar} {percent}% of {len} draws, {eta} left");
                style.map_or(bar.clone(), |style| bar.with_style(style))
            });
            bar.set_position(done);
        }
        !self.interrupted.load(Ordering::Relaxed)
    }
}
