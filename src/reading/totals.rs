//! Rows that sum up others: what spreadsheets and ad platforms put around a table.

/// Words for a row that sums up others.
const TOTALS: [&str; 30] = [
    "total",
    "totals",
    "grand total",
    "sub total",
    "subtotal",
    "sub-total",
    "overall total",
    "sum",
    "sums",
    "average",
    "mean",
    "median",
    "count",
    "std",
    "gesamt",
    "gesamtsumme",
    "gesamtergebnis",
    "summe",
    "total general",
    "suma",
    "somme",
    "totale",
    "totaal",
    "totalt",
    "razem",
    "suma całkowita",
    "итого",
    "合计",
    "总计",
    "合計",
];

/// Does the cell name a row that sums up others (`Total`, `Grand total`, `Total: Account`, `Gesamt`)?
pub(crate) fn is_total(cell: &[u8]) -> bool {
    if cell.len() > 60 {
        return false;
    }
    let text = String::from_utf8_lossy(cell).to_lowercase();
    let word = text.split_once(':').map_or(&*text, |(word, _)| word).trim();
    TOTALS.contains(&word)
}
