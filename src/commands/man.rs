//! `foremix man`: a manual page for each command.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::report::write_into;

use super::{Failure, Reply};

/// Arguments of `foremix man`.
#[derive(Args, Clone, Debug)]
pub struct Man {
    /// The command whose page is printed; without one, that of foremix itself
    #[arg(value_name = "COMMAND")]
    pub command: Option<String>,
    /// Write every page into this folder: foremix.1, foremix-run.1 …
    #[arg(long, value_name = "DIR", conflicts_with = "command")]
    pub out: Option<PathBuf>,
}

impl Man {
    /// Prints a page of `cli`, the whole command line, or writes all of them.
    ///
    /// # Errors
    ///
    /// That there is no such command, or that a file can't be written.
    pub fn execute(&self, cli: clap::Command) -> Result<Reply, Failure> {
        let pages = pages(cli);
        if let Some(folder) = &self.out {
            return write(folder, &pages);
        }
        let name = self.command.as_ref().map_or_else(|| pages[0].0.clone(), |own| format!("{}-{own}", pages[0].0));
        if let Some((_, text)) = pages.iter().find(|(own, _)| *own == name) {
            return Ok(Reply::said(text.clone()));
        }
        let typed = self.command.as_deref().unwrap_or_default();
        let names: Vec<&str> =
            pages[1..].iter().filter_map(|(own, _)| own.split_once('-')).map(|(_, own)| own).collect();
        Err(Failure::unknown("command", typed, names.iter().copied(), || format!("known: {}", names.join(", "))))
    }
}

/// The pages: the name of each and its text, that of the whole first.
fn pages(cli: clap::Command) -> Vec<(String, String)> {
    let mut cli = cli.disable_help_subcommand(true);
    cli.build();
    let name = cli.get_name().to_owned();
    let of_commands: Vec<clap::Command> = cli
        .get_subcommands()
        .map(|command| {
            let full = format!("{name}-{}", command.get_name());
            command.clone().name(full.clone()).display_name(full)
        })
        .collect();
    std::iter::once(cli).chain(of_commands).map(|command| (command.get_name().to_owned(), page(command))).collect()
}

fn page(command: clap::Command) -> String {
    let mut text = Vec::new();
    // Writing into memory can't fail.
    let _ = clap_mangen::Man::new(command).render(&mut text);
    String::from_utf8_lossy(&text).into_owned()
}

fn write(folder: &Path, pages: &[(String, String)]) -> Result<Reply, Failure> {
    let files: Vec<_> = pages.iter().map(|(name, text)| (format!("{name}.1"), text.clone().into_bytes())).collect();
    write_into(folder, &files).map_err(|error| Failure::File { path: folder.to_owned(), error })?;
    Ok(Reply::said(format!("Wrote {} pages to {}\n", pages.len(), folder.display())))
}
