//! `foremix init`: a commented scenario to start from.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::interview::{self, Answers, Business};
use crate::report::{FileError, write_new_file};

use super::ask::{self, Asked};
use super::budget_table;
use super::options::ReadingOptions;
use super::schema::schema_text;
use super::{Failure, Reply};

/// A scenario to start from.
struct Template {
    name: &'static str,
    about: &'static str,
    text: &'static str,
    /// what it reads, written beside it: the name of the file and its text
    beside: Option<(&'static str, &'static str)>,
}

/// Every template: the scenarios that come with the program. A new one is a scenario and an entry here.
const TEMPLATES: &[Template] = &[
    Template {
        name: "starter",
        about: "a small plan with one channel and two reps, every line explained",
        text: include_str!("../../scenarios/starter.toml"),
        beside: None,
    },
    Template {
        name: "b2b-saas",
        about: "a software firm: seven channels, a team of eight, an open pipeline",
        text: include_str!("../../scenarios/b2b-saas.toml"),
        beside: None,
    },
    Template {
        name: "b2b-team",
        about: "a B2B team in two roles: SDRs who qualify, account executives who close",
        text: include_str!("../../scenarios/b2b-team.toml"),
        beside: None,
    },
    Template {
        name: "web-shop",
        about: "an online shop: no sales team, a catalog, chat, a promotion, repeat orders",
        text: include_str!("../../scenarios/web-shop.toml"),
        beside: None,
    },
    Template {
        name: "industrial",
        about: "an industrial supplier: long cycles, open quotes, a trade show, field reps",
        text: include_str!("../../scenarios/industrial.toml"),
        beside: None,
    },
    Template {
        name: "local-services",
        about: "a local service: one owner who sells, two technicians, customers who come back",
        text: include_str!("../../scenarios/local-services.toml"),
        beside: None,
    },
    Template {
        name: "clinic",
        about: "a practice: a front desk, referring doctors, rooms that are full",
        text: include_str!("../../scenarios/clinic.toml"),
        beside: None,
    },
    Template {
        name: "consultant",
        about: "one person who sells and delivers: few leads, one project at a time",
        text: include_str!("../../scenarios/consultant.toml"),
        beside: None,
    },
    Template {
        name: "agency",
        about: "an agency: pitches, a marketplace that takes its share, a pipeline deal by deal",
        text: include_str!("../../scenarios/agency.toml"),
        beside: Some(("agency-pipeline.csv", include_str!("../../scenarios/agency-pipeline.csv"))),
    },
    Template {
        name: "fitted-curves",
        about: "curves from a marketing-mix model, with a file of posterior draws beside it",
        text: include_str!("../../scenarios/fitted-curves.toml"),
        beside: Some(("fitted-curves.csv", include_str!("../../scenarios/fitted-curves.csv"))),
    },
];

/// The file beside a scenario that describes its format to editors.
const SCHEMA: &str = "foremix.schema.json";

/// Arguments of `foremix init`.
#[derive(Args, Clone, Debug)]
pub struct Init {
    /// Which scenario to start from; --list names them all. With --ask, the kind of business [default: starter]
    #[arg(value_name = "TEMPLATE")]
    pub template: Option<String>,
    /// The file to write [default: TEMPLATE.toml]
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Make a plan of a table of channels and budgets (CSV or .xlsx); TEMPLATE is then the kind of business [default: b2b]
    #[arg(long, value_name = "FILE", conflicts_with_all = ["ask", "list"])]
    pub from: Option<PathBuf>,
    /// Write a workbook with such a table, to be filled in: budget.xlsx
    #[arg(long = "template", value_name = "FORM", value_parser = ["workbook"], conflicts_with_all = ["ask", "list", "from"])]
    pub form: Option<String>,
    /// What may be read
    #[command(flatten)]
    pub reading: ReadingOptions,
    /// Ask six questions and write a plan of the answers; "don't know" is an answer. Without a terminal, one answer a line
    #[arg(long)]
    pub ask: bool,
    /// List the templates, with --ask the kinds of business, one a line, and write nothing
    #[arg(long, conflicts_with_all = ["template", "out"])]
    pub list: bool,
}

impl Init {
    /// Writes the file, and what it reads beside it; a file that exists is left alone.
    ///
    /// # Errors
    ///
    /// An unknown template, or a file that can't be written; nothing is left behind then.
    pub fn execute(&self) -> Result<Reply, Failure> {
        if self.list {
            return Ok(Reply::said(if self.ask { ask::kinds() } else { list() }));
        }
        if self.ask {
            return self.ask();
        }
        if let Some(file) = &self.from {
            return self.from(file);
        }
        if self.form.is_some() {
            return self.workbook();
        }
        let name = self.template.as_deref().unwrap_or("starter");
        let Some(template) = TEMPLATES.iter().find(|own| own.name == name) else {
            let names = TEMPLATES.iter().map(|template| template.name);
            let all = || format!("choose one of these:\n{}", list().trim_end());
            return Err(Failure::unknown("template", name, names, all));
        };
        let path = self.out.clone().unwrap_or_else(|| PathBuf::from(format!("{}.toml", template.name)));
        write(&path, template.text, template.beside)?;
        let shown = path.display();
        let beside = template.beside.map(|(name, _)| path.with_file_name(name));
        let beside = beside.map(|path| format!(" It reads {}, written beside it.", path.display())).unwrap_or_default();
        Ok(Reply::said(format!("Wrote {shown}: {}.{beside}\nNext: foremix run {shown}\n", template.about)))
    }

    /// The kind of business that is named, where none is a B2B team.
    fn business(&self) -> Result<&'static Business, Failure> {
        ask::business_named(self.template.as_deref().unwrap_or("b2b"))
    }

    /// Writes the plan of a table of channels and budgets.
    fn from(&self, file: &Path) -> Result<Reply, Failure> {
        let business = self.business()?;
        let loader = self.reading.loader()?;
        let shown = file.display();
        let channels =
            budget_table::read(loader.files(), file).map_err(|why| Failure::Usage(format!("--from {shown}: {why}")))?;
        let taken: Vec<String> =
            channels.iter().map(|own| format!("  {} as {}\n", own.label, own.avenue.kind)).collect();
        let answers = Answers { channels: Some(channels), ..Answers::default() };
        let name = file.file_name().unwrap_or(file.as_os_str()).to_string_lossy();
        let path = self.out.clone().unwrap_or_else(|| file.with_extension("toml"));
        write(&path, &interview::write_from(&name, business, &answers), None)?;
        let shown = path.display();
        Ok(Reply::said(format!(
            "Wrote {shown} of these channels:\n{}What the table does not say is marked \"assumed\" in it.\nNext: foremix check {shown}\n",
            taken.concat()
        )))
    }

    /// Writes a workbook to be filled in.
    fn workbook(&self) -> Result<Reply, Failure> {
        let path = self.out.clone().unwrap_or_else(|| PathBuf::from("budget.xlsx"));
        let table = budget_table::template(self.business()?);
        write_new(&path, &table.map_err(|error| FileError::Workbook(error.to_string()))?)?;
        let shown = path.display();
        Ok(Reply::said(format!(
            "Wrote {shown}: put your channels and budgets there.\nNext: foremix init --from {shown}\n"
        )))
    }

    /// Asks, and writes the plan of the answers.
    fn ask(&self) -> Result<Reply, Failure> {
        let place = |key: &str| self.out.clone().unwrap_or_else(|| PathBuf::from(format!("{key}.toml")));
        // Nobody answers questions for a file that can't be written.
        let Asked { business, answers } = ask::ask(self.template.as_deref(), |business| {
            let path = place(business.key);
            if path.symlink_metadata().is_ok() { Err(Failure::Taken(path)) } else { Ok(()) }
        })?;
        let path = place(business.key);
        write(&path, &interview::write(business, &answers), None)?;
        let shown = path.display();
        Ok(Reply::said(format!(
            "Wrote {shown}: {}. What nobody knew is marked \"assumed\" in it.\nNext: foremix check {shown}\n",
            business.about
        )))
    }
}

/// Every template with what it is, a line each.
fn list() -> String {
    let widest = TEMPLATES.iter().map(|template| template.name.len()).max().unwrap_or_default();
    TEMPLATES.iter().map(|template| format!("  {:widest$}  {}\n", template.name, template.about)).collect()
}

/// Writes a scenario, the file that it reads, and what describes its format to editors where that is not there yet.
///
/// # Errors
///
/// That a file is there already, or can't be written; nothing is left behind then.
fn write(path: &Path, text: &str, beside: Option<(&str, &str)>) -> Result<(), Failure> {
    // The first line tells editors where the format is described; for foremix it is a comment.
    let mut files = vec![(path.to_owned(), format!("#:schema ./{SCHEMA}\n{text}"))];
    files.extend(beside.map(|(name, text)| (path.with_file_name(name), text.to_owned())));
    let schema = path.with_file_name(SCHEMA);
    if !schema.exists() {
        files.push((schema, schema_text()));
    }
    for (at, (path, text)) in files.iter().enumerate() {
        if let Err(failure) = write_new(path, text.as_bytes()) {
            // A scenario without the file that it reads can't be loaded.
            for (path, _) in &files[..at] {
                let _ = std::fs::remove_file(path);
            }
            return Err(failure);
        }
    }
    Ok(())
}

/// Writes a file that does not exist yet.
fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    write_new_file(path, bytes).map_err(|error| match error.kind() {
        std::io::ErrorKind::AlreadyExists => Failure::Taken(path.to_owned()),
        _ => Failure::File { path: path.to_owned(), error },
    })
}

#[cfg(test)]
mod tests {
    use super::TEMPLATES;

    #[test]
    fn every_bundled_scenario_is_a_template() {
        let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
        let files = std::fs::read_dir(folder).expect("scenarios/");
        let names = files.map(|file| file.expect("an entry").file_name().to_string_lossy().into_owned());
        let mut bundled: Vec<String> = names.filter_map(|name| name.strip_suffix(".toml").map(str::to_owned)).collect();
        let mut templates: Vec<&str> = TEMPLATES.iter().map(|template| template.name).collect();
        bundled.sort();
        templates.sort_unstable();
        assert_eq!(bundled, templates);
    }
}
