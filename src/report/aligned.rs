//! Tables for a terminal: names on the left, figures aligned on the right.

use comfy_table::{CellAlignment, Table, presets};

/// A table of these columns.
pub(super) fn table(header: &[&str]) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    table.set_header(header.to_vec());
    for (at, column) in table.column_iter_mut().enumerate() {
        // Nothing follows the last one.
        column.set_padding((0, if at + 1 == header.len() { 0 } else { 2 }));
        if at > 0 {
            column.set_cell_alignment(CellAlignment::Right);
        }
    }
    table
}

/// The lines of a table, without blanks at their ends.
pub(super) fn shown(table: &Table) -> String {
    table.lines().map(|line| line.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
}
