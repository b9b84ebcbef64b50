//! `foremix init`: a commented scenario to start from.

use std::io::Write;
use std::path::PathBuf;

use clap::Args;

use crate::reading::nearest;

use super::{Failure, Reply};

/// A scenario to start from.
struct Template {
    name: &'static str,
    about: &'static str,
    text: &'static str,
}

/// Every template; a new one is a scenario and an entry here.
const TEMPLATES: &[Template] = &[
    Template {
        name: "starter",
        about: "a small plan with one channel and two reps, every line explained",
        text: include_str!("../../scenarios/starter.toml"),
    },
    Template {
        name: "b2b-saas",
        about: "a software firm: seven channels, a team of eight, an open pipeline",
        text: include_str!("../../scenarios/b2b-saas.toml"),
    },
];

/// Arguments of `foremix init`.
#[derive(Args, Clone, Debug)]
pub struct Init {
    /// Which scenario to start from: starter, b2b-saas
    #[arg(default_value = "starter")]
    pub template: String,
    /// The file to write [default: TEMPLATE.toml]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

impl Init {
    /// Writes the file; one that is there already is left alone.
    ///
    /// # Errors
    ///
    /// An unknown template, or a file that can't be written.
    pub fn execute(&self) -> Result<Reply, Failure> {
        let names = || TEMPLATES.iter().map(|template| template.name);
        let Some(template) = TEMPLATES.iter().find(|own| own.name == self.template) else {
            let hint = match nearest(&self.template, names()) {
                Some(name) => format!("did you mean {name}?"),
                None => {
                    let all: Vec<String> =
                        TEMPLATES.iter().map(|template| format!("{} ({})", template.name, template.about)).collect();
                    format!("there are: {}", all.join("; "))
                }
            };
            return Err(Failure::Usage(format!("there is no template \"{}\": {hint}", self.template)));
        };
        let path = self.out.clone().unwrap_or_else(|| PathBuf::from(format!("{}.toml", template.name)));
        let failed = |error| Failure::File { path: path.clone(), error };
        let mut file = match std::fs::File::create_new(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {
                return Err(Failure::Taken(path));
            }
            Err(error) => return Err(failed(error)),
        };
        file.write_all(template.text.as_bytes()).map_err(|error| {
            // A file cut short would be taken for a scenario.
            let _ = std::fs::remove_file(&path);
            failed(error)
        })?;
        let shown = path.display();
        Ok(Reply { text: format!("{shown} is written: {}.\nNow: foremix run {shown}\n", template.about) })
    }
}
