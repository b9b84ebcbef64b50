//! `foremix serve`: let me move the figures and watch.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::scenario::STANDARD_INPUT;
use crate::serve::{ServeError, Server, Setup, Source};

use super::options::PlanOptions;
use super::today::today;
use super::{Failure, Reply};

/// Arguments of `foremix serve`.
#[derive(Args, Clone, Debug)]
pub struct Serve {
    /// The scenario file; without one the page begins with six questions
    pub scenario: Option<PathBuf>,
    /// A variant of the plan to begin with: [variants.NAME] in the file
    #[arg(long, value_name = "NAME", requires = "scenario")]
    pub variant: Option<String>,
    /// The port of the page at 127.0.0.1 [default: any that is free]
    #[arg(long, value_name = "N", default_value_t = 0, hide_default_value = true)]
    pub port: u16,
    /// Print the address, and open no browser
    #[arg(long)]
    pub no_open: bool,
    /// What is moved to begin with
    #[command(flatten)]
    pub plan: PlanOptions,
}

impl Serve {
    /// Reads the plan, takes the port, and replies with the address of the page.
    ///
    /// # Errors
    ///
    /// What is wrong with the plan, or that the port can't be had.
    pub fn open(&self) -> Result<(Server, Reply), Failure> {
        if self.scenario.as_deref() == Some(Path::new(STANDARD_INPUT)) {
            return Err(Failure::Usage("the page is of a file, which can be read again and saved: name one".into()));
        }
        let server = Server::open(Setup {
            source: Source {
                folder: self.folder(),
                path: self.scenario.clone(),
                runs: self.plan.runs,
                seed: self.plan.seed,
            },
            variant: self.variant.clone(),
            settings: self.plan.set.clone(),
            port: self.port,
            threads: self.plan.threads.map_or(0, usize::from),
            day: today,
        })?;
        let address = server.address();
        if !self.no_open {
            // Where there is no browser, the address is printed all the same.
            let _ = open::that_detached(&address);
        }
        let what = match &self.scenario {
            Some(path) => format!("The figures of {} can be moved at", path.display()),
            None => "Six questions make a plan at".to_owned(),
        };
        Ok((server, Reply::said(format!("{what}\n  {address}\nNothing leaves this machine. Ctrl-C ends it.\n"))))
    }

    /// The folder that is read and written: as asked for, else the file's, else the present one.
    fn folder(&self) -> PathBuf {
        let own = || self.scenario.as_ref().and_then(|path| path.parent()).filter(|folder| *folder != Path::new(""));
        self.plan.reading.confine.as_deref().or_else(own).unwrap_or(Path::new(".")).to_owned()
    }
}

impl From<ServeError> for Failure {
    fn from(error: ServeError) -> Self {
        match error {
            ServeError::Scenario(error) => error.into(),
            ServeError::Setting(_) => Self::Usage(error.to_string()),
            ServeError::Threads(error) => Self::Threads(error.to_string()),
            ServeError::Port { .. } | ServeError::Token(_) => Self::Serve(error.to_string()),
        }
    }
}
