//! `foremix completions`: what a shell completes.

use clap::Args;
use clap_complete::Shell;

use super::Reply;

/// Arguments of `foremix completions`.
#[derive(Args, Clone, Debug)]
pub struct Completions {
    /// The shell
    #[arg(value_enum)]
    pub shell: Shell,
}

impl Completions {
    /// The script that teaches the shell `cli`, the whole command line.
    pub fn execute(&self, mut cli: clap::Command) -> Reply {
        let mut script = Vec::new();
        let name = cli.get_name().to_owned();
        clap_complete::generate(self.shell, &mut cli, name, &mut script);
        Reply::said(String::from_utf8_lossy(&script).into_owned())
    }
}
