//! `foremix schema`: the format of scenario files, for editors.

use std::path::PathBuf;

use clap::Args;

use crate::report::{format_schema, write_file};

use super::{Failure, Reply};

/// Arguments of `foremix schema`.
#[derive(Args, Clone, Debug)]
pub struct Schema {
    /// The file to write; without it the schema is printed
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
}

impl Schema {
    /// Prints the schema, or writes it over what the file holds.
    ///
    /// # Errors
    ///
    /// That the file can't be written.
    pub fn execute(&self) -> Result<Reply, Failure> {
        let text = schema_text();
        let Some(path) = &self.out else { return Ok(Reply::said(text)) };
        write_file(path, text.as_bytes()).map_err(|error| Failure::File { path: path.clone(), error })?;
        Ok(Reply::said(format!(
            "Wrote {}. A scenario beside it names it in its first line: #:schema {}\n",
            path.display(),
            path.file_name().unwrap_or_default().display()
        )))
    }
}

/// The schema as text.
pub(super) fn schema_text() -> String {
    format!("{}\n", serde_json::to_string_pretty(&format_schema()).unwrap_or_default())
}
