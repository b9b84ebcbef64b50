//! The command line: what was typed, what it means, what is answered.

mod signals;
mod terminal;

use std::process::ExitCode;

use clap::error::{ContextKind, ContextValue};
use clap::{CommandFactory, Parser, Subcommand};

use crate::commands::backtest::Backtest;
use crate::commands::calibrate::Calibrate;
use crate::commands::check::Check;
use crate::commands::compare::Compare;
use crate::commands::completions::Completions;
use crate::commands::explain::Explain;
use crate::commands::goal::Goal;
use crate::commands::init::Init;
use crate::commands::man::Man;
use crate::commands::merge::Merge;
use crate::commands::optimize::Optimize;
use crate::commands::replay::Replay;
use crate::commands::run::Run;
use crate::commands::schema::Schema;
use crate::commands::sensitivity::Sensitivity;
use crate::commands::serve::Serve;
use crate::commands::sweep::Sweep;
use crate::commands::update::Update;
use crate::commands::{Failure, OutputOptions, Reply};
use crate::reading::nearest;

use terminal::{Bar, Says, Terminal};

/// Forecasts a channel mix before the quarter starts.
#[derive(Parser, Debug)]
#[command(name = "foremix", version, about, max_term_width = 100)]
struct Cli {
    #[command(subcommand)]
    command: Command,
    /// Write without color
    #[arg(long, global = true, display_order = 100)]
    no_color: bool,
}

#[derive(Subcommand, Debug)]
enum Command {
    /// What will this plan bring, and how sure is that?
    Run(Run),
    /// Which plan is better, by how much, and how sure is that?
    Compare(Compare),
    /// What happens as this grows? One --vary: a curve; two: a map
    Sweep(Sweep),
    /// What drives the result, and what should we find out first?
    Sensitivity(Sensitivity),
    /// Let me move the figures and watch: a page on this machine
    Serve(Serve),
    /// What do our own records say? From a CRM's exports to a plan
    Calibrate(Calibrate),
    /// Would it have been right? Past forecasts against what came
    Backtest(Backtest),
    /// Are we still on track? What came so far, and a plan of the weeks that are left
    Update(Update),
    /// What would it take? The smallest figure that reaches a goal
    Goal(Goal),
    /// Which mix is best?
    Optimize(Optimize),
    /// What does a bad quarter look like, week by week?
    Replay(Replay),
    /// Put parts together that were simulated apart: what one run gives
    Merge(Merge),
    /// Is the file right? All faults at once; nothing is simulated
    Check(Check),
    /// Give me a commented scenario to start from
    Init(Init),
    /// What does this outcome or key mean? With a plan, what does it have there?
    Explain(Explain),
    /// The format of scenarios as a JSON Schema, for editors
    Schema(Schema),
    /// What a shell completes: the script for bash, zsh, fish …
    Completions(Completions),
    /// A manual page for each command
    Man(Man),
}

/// Runs the command line of this process.
pub fn main() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(message) => return Terminal::usage(&only_near_commands(message)),
    };
    let terminal = Terminal::new(cli.no_color);
    match cli.command {
        Command::Run(run) => {
            simulate(&terminal, run.plan.threads, &run.output, |progress| run.execute(terminal.width(), progress))
        }
        Command::Compare(compare) => simulate(&terminal, compare.plan.threads, &compare.output, |progress| {
            compare.execute(terminal.width(), progress)
        }),
        Command::Sweep(sweep) => {
            simulate(&terminal, sweep.plan.threads, &sweep.output, |progress| sweep.execute(terminal.width(), progress))
        }
        Command::Sensitivity(sensitivity) => {
            simulate(&terminal, sensitivity.plan.threads, &sensitivity.output, |progress| {
                sensitivity.execute(terminal.width(), progress)
            })
        }
        Command::Serve(serve) => match serve.open() {
            Ok((server, reply)) => {
                finish(&terminal, Ok(reply));
                server.run()
            }
            Err(failure) => finish(&terminal, Err(failure)),
        },
        Command::Calibrate(calibrate) => finish(&terminal, calibrate.execute(terminal.width())),
        Command::Backtest(backtest) => finish(&terminal, backtest.execute(terminal.width())),
        Command::Update(update) => {
            let (threads, width) = (update.plan.threads.map_or(0, usize::from), terminal.width());
            finish(&terminal, with_threads(threads, || update.execute(width)))
        }
        Command::Replay(replay) => simulate(&terminal, replay.plan.threads, &replay.output, |progress| {
            replay.execute(terminal.width(), progress)
        }),
        Command::Goal(goal) => {
            simulate(&terminal, goal.plan.threads, &goal.output, |progress| goal.execute(terminal.width(), progress))
        }
        Command::Optimize(optimize) => {
            let work = |progress: &Bar| optimize.execute(terminal.width(), progress);
            simulate(&terminal, optimize.plan.threads, &optimize.output, work)
        }
        Command::Merge(merge) => {
            simulate(&terminal, merge.threads, &merge.output, |progress| merge.execute(terminal.width(), progress))
        }
        Command::Check(check) => finish(&terminal, check.execute(terminal.width())),
        Command::Init(init) => finish(&terminal, init.execute()),
        Command::Explain(explain) => {
            let (threads, width) = (explain.plan.threads.map_or(0, usize::from), terminal.width());
            finish(&terminal, with_threads(threads, || explain.execute(width)))
        }
        Command::Schema(schema) => finish(&terminal, schema.execute()),
        Command::Completions(completions) => finish(&terminal, Ok(completions.execute(Cli::command()))),
        Command::Man(man) => finish(&terminal, man.execute(Cli::command())),
    }
}

/// Leaves a suggestion for a mistyped command only where the two are close: `schema` is not a slip of `check`.
fn only_near_commands(mut message: clap::Error) -> clap::Error {
    if let Some(ContextValue::String(typed)) = message.get(ContextKind::InvalidSubcommand) {
        let cli = Cli::command();
        let meant = nearest(typed, cli.get_subcommands().map(clap::Command::get_name)).map(str::to_owned);
        match meant {
            Some(meant) => message.insert(ContextKind::SuggestedSubcommand, ContextValue::Strings(vec![meant])),
            None => message.remove(ContextKind::SuggestedSubcommand),
        };
        // How to pass the word on as a value: no command here takes such values.
        message.remove(ContextKind::Suggested);
    }
    message
}

/// Does long work: on as many threads as asked for, with its progress shown.
fn simulate(
    terminal: &Terminal,
    threads: Option<u16>,
    output: &OutputOptions,
    execute: impl FnOnce(&Bar) -> Result<Reply, Failure> + Send,
) -> ExitCode {
    let progress = terminal.progress(match output {
        output if output.quiet => Says::Nothing,
        output if output.json => Says::HowLong,
        _ => Says::Everything,
    });
    let work = || execute(&progress);
    // 0: as many as there are processors.
    let result = with_threads(threads.map_or(0, usize::from), work);
    progress.finish();
    finish(terminal, result)
}

fn with_threads<T: Send>(threads: usize, work: impl FnOnce() -> Result<T, Failure> + Send) -> Result<T, Failure> {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build();
    match pool {
        Ok(pool) => pool.install(work),
        Err(error) => Err(Failure::Threads(error.to_string())),
    }
}

/// Prints what was done and what was not; the exit code is the gravest.
fn finish(terminal: &Terminal, result: Result<Reply, Failure>) -> ExitCode {
    let failures = match result {
        Ok(Reply { text, written, mut troubles }) => {
            let printed = terminal.print(&text).map_err(|error| match written {
                Some(folder) => Failure::PrintBesides { error, folder },
                None => Failure::Print(error),
            });
            troubles.extend(printed.err());
            troubles
        }
        Err(failure) => vec![failure],
    };
    for failure in &failures {
        terminal.complain(failure);
    }
    ExitCode::from(failures.iter().map(Failure::code).max().unwrap_or(0))
}
