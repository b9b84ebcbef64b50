//! What an export leaves open, as a `map.toml` that asks it.

use super::export::Export;
use super::fields::Kind;

/// Something that only people know.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Question {
    /// what kind of export
    pub kind: Kind,
    /// its file
    pub file: String,
    /// the key of the map that answers it
    pub key: String,
    /// the text of the line: `dates = "?"`
    pub line: String,
    /// what is asked
    pub asked: String,
}

/// The map that asks the questions, with what was guessed of each export.
#[must_use]
pub fn map_text(exports: &[&Export], questions: &[Question]) -> String {
    let mut text = String::from(
        "# What the exports leave open. Answer each line that holds a \"?\", and give this file with --map.\n\
         # The other lines say how the exports were read: change what is wrong.\n",
    );
    for export in exports {
        let header = match export.kind {
            Kind::Ads => format!("[ads.{}]", quoted(&export.file)),
            kind => format!("[{}]", kind.name()),
        };
        text.push_str(&format!(
            "\n{header}                 # {}\nsystem = {}\n",
            one_line(&export.file),
            quoted(export.system)
        ));
        for (field, column) in export.named_columns() {
            text.push_str(&format!("{} = {}\n", field.name(), quoted(column)));
        }
        for question in questions.iter().filter(|own| own.kind == export.kind && own.file == export.file) {
            text.push_str(&format!("{:31} # {}\n", question.line, one_line(&question.asked)));
        }
    }
    text
}

/// A string of TOML.
pub(super) fn quoted(text: &str) -> String {
    let escaped: String = text
        .chars()
        .flat_map(|c| match c {
            '"' | '\\' => vec!['\\', c],
            c if c.is_control() => vec![' '],
            c => vec![c],
        })
        .collect();
    format!("\"{escaped}\"")
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
