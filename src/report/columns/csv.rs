//! A table as CSV (RFC 4180), in UTF-8.

use super::super::made_files::MadeFiles;
use super::{Cells, Column, Sheet, Tables};

impl Tables {
    /// As CSV: the name of each file and its bytes, with `columns.md`, which says what every column is.
    pub(super) fn csv(&self) -> MadeFiles {
        let written = |sheet: &Sheet| (format!("{}.csv", sheet.name), write(sheet));
        let mut files: MadeFiles = self.sheets.iter().map(written).collect();
        files.push(("columns.md".into(), self.described().into_bytes()));
        files
    }
}

/// The bytes of the file.
fn write(sheet: &Sheet) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    // Writing into memory can't fail.
    let _ = writer.write_record(sheet.columns.iter().map(|column| harmless(&column.name)));
    for row in 0..sheet.rows() {
        for Column { cells, .. } in &sheet.columns {
            let _ = match cells {
                Cells::Numbers(numbers) => writer.write_field(number(numbers[row])),
                Cells::Texts(texts) => writer.write_field(harmless(&texts[row])),
            };
        }
        let _ = writer.write_record(None::<&[u8]>);
    }
    writer.into_inner().unwrap_or_default()
}

/// Writes numbers with the digits that tell them from all others; nothing where there is none.
fn number(number: f64) -> String {
    match number {
        number if !number.is_finite() => String::new(),
        // Very large and very small ones would be written with hundreds of zeros.
        number if number != 0.0 && !(1e-9..1e17).contains(&number.abs()) => format!("{number:e}"),
        number => number.to_string(),
    }
}

/// A text that no spreadsheet takes for a formula.
fn harmless(text: &str) -> String {
    match text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        true => format!("'{text}"),
        false => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::Counted;
    use super::*;

    #[test]
    fn cells_are_quoted_numbers_whole_and_names_are_no_formulas() {
        let column =
            |name: &str, cells| Column { name: name.into(), counted: Counted::Nothing, about: String::new(), cells };
        let sheet = Sheet {
            name: "test",
            about: String::new(),
            columns: vec![
                column(
                    "name",
                    Cells::Texts(vec!["=HYPERLINK(\"http://x\")".into(), "a, \"b\"\nc".into(), "@x".into()]),
                ),
                column("figure", Cells::Numbers(vec![0.1, f64::NAN, 1e300])),
            ],
        };
        let text = String::from_utf8(write(&sheet)).unwrap_or_default();
        assert_eq!(text, "name,figure\n\"'=HYPERLINK(\"\"http://x\"\")\",0.1\n\"a, \"\"b\"\"\nc\",\n'@x,1e300\n");
    }
}
