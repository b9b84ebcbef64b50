//! Sheets of words in the family of the charts: an answer with its figures, and tables.

use super::canvas::Canvas;
use super::drawing::Drawing;
use super::labels::Area;
use super::theme::{DARK, GRID, HEIGHT, INK, MARGIN, MUTED, Style, WIDTH};

/// The answer to what was asked, as the first sheet.
#[derive(Clone, Copy, Debug)]
pub struct Answer<'a> {
    /// What it is about, in a name.
    pub title: &'a str,
    /// How many draws, how long.
    pub subject: &'a str,
    /// Sentences, the first of them large.
    pub sentences: &'a [String],
    /// What is said below them in small print.
    pub remarks: &'a [String],
    /// Figures that are told large; three read well.
    pub figures: &'a [Figure<'a>],
}

/// A figure that is told large.
#[derive(Clone, Copy, Debug)]
pub struct Figure<'a> {
    /// What it is of.
    pub name: &'a str,
    /// The figure, with its unit.
    pub figure: &'a str,
    /// How sure it is, or what it rests on.
    pub beside: &'a str,
}

/// A row of a table.
#[derive(Clone, Debug)]
pub enum SheetRow {
    /// What the rows below it belong to.
    Group(String),
    /// Its cells.
    Cells([String; 3]),
}

const LEAD: Style = Style::TITLE.sized(38.0);
const SENTENCE: Style = Style::LABEL.sized(30.0);
const REMARK: Style = Style::LABEL.sized(22.0).colored(MUTED);
const FIGURE: Style = Style::TITLE.sized(54.0).colored(DARK);
const BESIDE: Style = Style::LABEL.sized(24.0).colored(MUTED);

/// White space between two paragraphs, in pixels.
const BETWEEN: f64 = 18.0;
/// Steps in which words that have no room are written smaller.
const SMALLER: [f64; 6] = [1.0, 0.9, 0.8, 0.7, 0.6, 0.5];

/// The answer on a sheet.
#[must_use]
pub fn answer(answer: &Answer<'_>) -> Drawing {
    Drawing::new(answer.title.to_owned(), answer.subject, |canvas, area| {
        let columns = Columns::of(answer.figures, area);
        let room = area.bottom - area.top - columns.height;
        let said = |smaller: f64| paragraphs(answer, area.width(), smaller);
        let fitting = SMALLER.map(said).into_iter().find(|said| height(said) <= room);
        let mut y = area.top;
        for (lines, style) in fitting.unwrap_or_else(|| said(SMALLER[SMALLER.len() - 1])) {
            y = canvas.lines(&lines, (area.left, y), style) + BETWEEN;
        }
        columns.draw(canvas, area);
    })
}

/// Lines of one style, from the left.
type Paragraph = (Vec<String>, Style);

fn paragraphs(answer: &Answer<'_>, room: f64, smaller: f64) -> Vec<Paragraph> {
    let styles = std::iter::once(LEAD).chain(std::iter::repeat(SENTENCE));
    let sentences = answer.sentences.iter().zip(styles);
    let all = sentences.chain(answer.remarks.iter().map(|remark| (remark, REMARK)));
    all.map(|(words, style)| {
        let style = style.sized(style.size * smaller);
        (style.wrap(words, room, usize::MAX), style)
    })
    .collect()
}

fn height(paragraphs: &[Paragraph]) -> f64 {
    paragraphs.iter().map(|(lines, style)| style.line_height() * lines.len() as f64 + BETWEEN).sum()
}

/// The figures side by side, at the bottom of a sheet.
struct Columns {
    columns: Vec<[Paragraph; 3]>,
    height: f64,
}

impl Columns {
    /// White space beside a column, in pixels.
    const GAP: f64 = 40.0;

    fn of(figures: &[Figure<'_>], area: Area) -> Self {
        let room = area.width() / figures.len().max(1) as f64 - Self::GAP;
        let column = |figure: &Figure<'_>| {
            let sizes = SMALLER.map(|smaller| FIGURE.sized(FIGURE.size * smaller));
            let large = sizes.into_iter().find(|style| style.wrap(figure.figure, room, 3).len() <= 2).unwrap_or(BESIDE);
            [(figure.name, BESIDE, 2), (figure.figure, large, 2), (figure.beside, BESIDE, 4)]
                .map(|(words, style, most)| (style.wrap(words, room, most), style))
        };
        let mut columns: Vec<[Paragraph; 3]> = figures.iter().map(column).collect();
        // Names take the same number of lines, so that the figures stand beside each other.
        let most = columns.iter().map(|[(name, _), ..]| name.len()).max().unwrap_or_default();
        columns.iter_mut().for_each(|[(name, _), ..]| name.resize(most, String::new()));
        let height = columns.iter().map(|column| height(column)).fold(0.0, f64::max);
        Self { columns, height }
    }

    fn draw(&self, canvas: &mut Canvas<'_>, area: Area) {
        let width = area.width() / self.columns.len().max(1) as f64;
        for (column, at) in self.columns.iter().zip(0_u8..) {
            let left = area.left + width * f64::from(at);
            let mut y = area.bottom - self.height;
            canvas.line(&[(left, y), (left + width - Self::GAP, y)], GRID, 2.0);
            y += BETWEEN / 2.0;
            for (lines, style) in column {
                y = canvas.lines(lines, (left, y), *style) + BETWEEN / 3.0;
            }
        }
    }
}

/// Height of a table's row, in pixels.
const ROW: f64 = 38.0;
/// Where the columns of a table begin, in shares of its width.
const STARTS: [f64; 3] = [0.0, 0.22, 0.68];

/// A table of three columns, on as many sheets as it takes.
#[must_use]
pub fn table(heading: &str, header: [&str; 3], rows: &[SheetRow]) -> Vec<Drawing> {
    let top = MARGIN + Style::TITLE.line_height() + 20.0;
    let most = ((HEIGHT - MARGIN - top) / ROW) as usize - 1;
    let mut sheets: Vec<Vec<SheetRow>> = vec![Vec::new()];
    let mut group: Option<&SheetRow> = None;
    for (at, row) in rows.iter().enumerate() {
        let is_group = matches!(row, SheetRow::Group(_));
        // A name of a group does not end a sheet, and is repeated where its rows go on.
        let room = if is_group && at + 1 < rows.len() { 2 } else { 1 };
        if sheets.last().is_some_and(|sheet| sheet.len() + room > most) {
            sheets.push(group.filter(|_| !is_group).cloned().into_iter().collect());
        }
        if is_group {
            group = Some(row);
        }
        if let Some(sheet) = sheets.last_mut() {
            sheet.push(row.clone());
        }
    }
    sheets.iter().map(|rows| sheet_of(heading, header, rows)).collect()
}

fn sheet_of(heading: &str, header: [&str; 3], rows: &[SheetRow]) -> Drawing {
    Drawing::new(heading.to_owned(), "", |canvas, area| {
        let style = Style::LABEL.sized(22.0);
        let mut y = area.top;
        cells(canvas, header, y, style.colored(MUTED));
        for row in rows {
            y += ROW;
            match row {
                SheetRow::Group(name) => {
                    canvas.line(&[(area.left, y - 26.0), (area.right, y - 26.0)], GRID, 2.0);
                    let style = style.bold().colored(INK);
                    canvas.text(&style.shorten(name, area.width()), (area.left, y), style);
                }
                SheetRow::Cells(own) => cells(canvas, own.each_ref().map(String::as_str), y, style),
            }
        }
    })
}

fn cells(canvas: &mut Canvas<'_>, words: [&str; 3], y: f64, style: Style) {
    const WHOLE: f64 = WIDTH - 2.0 * MARGIN;
    let ends = [STARTS[1], STARTS[2], 1.0];
    for ((words, start), end) in words.into_iter().zip(STARTS).zip(ends) {
        let room = (end - start) * WHOLE - 20.0;
        canvas.text(&style.shorten(words, room), (MARGIN + start * WHOLE, y), style);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(drawing: &Drawing) -> Vec<(f64, String)> {
        let document = resvg::usvg::roxmltree::Document::parse(drawing.svg()).unwrap();
        let texts = document.descendants().filter(|node| node.has_tag_name("text"));
        texts
            .map(|node| {
                (node.attribute("y").unwrap().parse().unwrap(), node.text().unwrap_or_default().trim().to_owned())
            })
            .filter(|(_, text): &(f64, String)| !text.is_empty())
            .collect()
    }

    #[test]
    fn an_answer_of_many_words_keeps_clear_of_its_figures_and_loses_none() {
        let sentences: Vec<String> = (0..9).map(|at| format!("start{at} {} end{at}", "word ".repeat(30))).collect();
        let figures = [Figure { name: "Chance", figure: "42%", beside: "41% to 43%" }; 3];
        let drawn =
            answer(&Answer { title: "A plan", subject: "", sentences: &sentences, remarks: &[], figures: &figures });
        let texts = texts(&drawn);
        let height = |words: &str| texts.iter().find(|(_, text)| text.contains(words)).map(|(y, _)| *y).unwrap();
        for at in 0..9 {
            assert!(height(&format!("start{at}")) <= height(&format!("end{at}")));
        }
        assert!(height("end8") < height("Chance") && height("Chance") < height("42%") && height("42%") < height("43%"));
    }

    #[test]
    fn a_table_has_all_its_rows_on_sheets_that_are_not_too_full() {
        let rows: Vec<SheetRow> = (0..50)
            .map(|at| match at % 10 {
                0 => SheetRow::Group(format!("group {at}")),
                _ => SheetRow::Cells([format!("figure {at}"), "x".repeat(200), String::new()]),
            })
            .collect();
        let sheets = table("What it rests on", ["figure", "as written", "as read"], &rows);
        let all: Vec<(f64, String)> = sheets.iter().flat_map(texts).collect();
        for (at, row) in rows.iter().enumerate() {
            let name = if matches!(row, SheetRow::Group(_)) { format!("group {at}") } else { format!("figure {at}") };
            let count = all.iter().filter(|(_, text)| *text == name).count();
            assert!(count == 1 || count == 2 && name.starts_with("group"), "{name}");
        }
        for sheet in &sheets {
            let texts = texts(sheet);
            assert!(texts[4].1.starts_with("group"), "{texts:?}");
            assert!(!texts.last().unwrap().1.starts_with("group"), "{texts:?}");
        }
        assert!(all.iter().all(|(y, _)| *y < 8.0 * (HEIGHT - MARGIN)) && sheets.len() == 4, "{}", sheets.len());
    }
}
