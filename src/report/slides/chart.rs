//! A native chart of a slide: DrawingML beside the workbook that holds its figures, which a reader can edit.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use crate::text::escaped;

/// A chart.
#[derive(Clone, Debug)]
pub(super) struct Chart {
    /// its title
    pub(super) finding: String,
    /// what its figures are
    pub(super) axis: String,
    /// what each of them is of
    pub(super) names: Vec<String>,
    pub(super) form: Form,
}

/// How its figures are shown.
#[derive(Clone, Debug)]
pub(super) enum Form {
    /// bars, the first at the top, each with a line to both sides
    Bars { mean: Series, above: Series, below: Series },
    /// a band with a line inside
    Band { low: Series, height: Series, middle: Series },
}

/// Figures with their name.
#[derive(Clone, Debug)]
pub(super) struct Series {
    pub(super) name: String,
    pub(super) values: Vec<f64>,
}

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n<c:chartSpace xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><c:roundedCorners val=\"0\"/><c:chart>";

impl Chart {
    fn series(&self) -> [&Series; 3] {
        match &self.form {
            Form::Bars { mean, above, below } => [mean, above, below],
            Form::Band { low, height, middle } => [low, height, middle],
        }
    }

    /// The workbook behind it.
    pub(super) fn workbook(&self) -> Result<Vec<u8>, XlsxError> {
        let mut book = Workbook::new();
        // Without a clock: the same forecast gives the same bytes.
        book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2000, 1, 1)?));
        let sheet = book.add_worksheet().set_name("Sheet1")?;
        for (row, name) in (1_u32..).zip(&self.names) {
            sheet.write_string(row, 0, name)?;
        }
        for (column, series) in (1_u16..).zip(self.series()) {
            sheet.write_string(0, column, &series.name)?;
            for (row, value) in (1_u32..).zip(&series.values).filter(|(_, value)| value.is_finite()) {
                sheet.write_number(row, column, *value)?;
            }
        }
        book.save_to_buffer()
    }

    /// Its part of the package.
    pub(super) fn xml(&self) -> String {
        let plot = match &self.form {
            Form::Bars { .. } => self.bars(),
            Form::Band { .. } => self.band(),
        };
        format!(
            "{HEAD}<c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz=\"1600\" b=\"1\"/></a:pPr><a:r><a:rPr lang=\"en-US\" sz=\"1600\" b=\"1\"/><a:t>{}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val=\"0\"/></c:title><c:autoTitleDeleted val=\"0\"/><c:plotArea><c:layout/>{plot}</c:plotArea><c:plotVisOnly val=\"1\"/></c:chart><c:txPr><a:bodyPr/><a:lstStyle/><a:p><a:pPr><a:defRPr sz=\"1200\"/></a:pPr><a:endParaRPr lang=\"en-US\"/></a:p></c:txPr><c:externalData r:id=\"rId1\"><c:autoUpdate val=\"0\"/></c:externalData></c:chartSpace>",
            escaped(&self.finding)
        )
    }

    fn bars(&self) -> String {
        let [_, above, below] = self.series();
        let lines = format!(
            "<c:errBars><c:errBarType val=\"both\"/><c:errValType val=\"cust\"/><c:noEndCap val=\"0\"/><c:plus>{}</c:plus><c:minus>{}</c:minus></c:errBars>",
            self.numbers(2, above),
            self.numbers(3, below)
        );
        format!(
            "<c:barChart><c:barDir val=\"bar\"/><c:grouping val=\"clustered\"/><c:varyColors val=\"0\"/>{}<c:gapWidth val=\"60\"/><c:axId val=\"1\"/><c:axId val=\"2\"/></c:barChart>{}",
            self.one(0, Look::Filled("accent1"), &format!("<c:invertIfNegative val=\"0\"/>{lines}")),
            self.axes(["l", "b"], "maxMin", "max")
        )
    }

    fn band(&self) -> String {
        format!(
            "<c:areaChart><c:grouping val=\"stacked\"/><c:varyColors val=\"0\"/>{}{}<c:axId val=\"1\"/><c:axId val=\"2\"/></c:areaChart><c:lineChart><c:grouping val=\"standard\"/><c:varyColors val=\"0\"/>{}<c:marker val=\"1\"/><c:axId val=\"1\"/><c:axId val=\"2\"/></c:lineChart>{}",
            self.one(0, Look::Unseen, ""),
            self.one(1, Look::Filled("accent2"), ""),
            self.one(2, Look::Line("accent1"), "<c:marker><c:symbol val=\"none\"/></c:marker>"),
            self.axes(["b", "l"], "minMax", "autoZero")
        )
    }

    /// A series by its place, with what stands between its look and its figures.
    fn one(&self, at: usize, look: Look, between: &str) -> String {
        let series = self.series()[at];
        let column = char::from(b'B' + at as u8);
        format!(
            "<c:ser><c:idx val=\"{at}\"/><c:order val=\"{at}\"/><c:tx><c:strRef><c:f>Sheet1!${column}$1</c:f><c:strCache><c:ptCount val=\"1\"/><c:pt idx=\"0\"><c:v>{}</c:v></c:pt></c:strCache></c:strRef></c:tx>{}{between}<c:cat>{}</c:cat><c:val>{}</c:val>{}</c:ser>",
            escaped(&series.name),
            look.xml(),
            self.categories(),
            self.numbers(at + 1, series),
            if matches!(look, Look::Line(_)) { "<c:smooth val=\"0\"/>" } else { "" }
        )
    }

    fn categories(&self) -> String {
        let points: String = self
            .names
            .iter()
            .enumerate()
            .map(|(at, name)| format!("<c:pt idx=\"{at}\"><c:v>{}</c:v></c:pt>", escaped(name)))
            .collect();
        let count = self.names.len();
        format!(
            "<c:strRef><c:f>Sheet1!$A$2:$A${}</c:f><c:strCache><c:ptCount val=\"{count}\"/>{points}</c:strCache></c:strRef>",
            count + 1
        )
    }

    fn numbers(&self, column: usize, series: &Series) -> String {
        let column = char::from(b'A' + column as u8);
        let there = series.values.iter().enumerate().filter(|(_, value)| value.is_finite());
        let points: String = there.map(|(at, value)| format!("<c:pt idx=\"{at}\"><c:v>{value}</c:v></c:pt>")).collect();
        let count = series.values.len();
        format!(
            "<c:numRef><c:f>Sheet1!${column}$2:${column}${}</c:f><c:numCache><c:formatCode>#,##0</c:formatCode><c:ptCount val=\"{count}\"/>{points}</c:numCache></c:numRef>",
            count + 1
        )
    }

    /// The axis of names and that of figures: their sides, the order of the names, where the figures cross them.
    fn axes(&self, [names, figures]: [&str; 2], order: &str, crosses: &str) -> String {
        format!(
            "<c:catAx><c:axId val=\"1\"/><c:scaling><c:orientation val=\"{order}\"/></c:scaling><c:delete val=\"0\"/><c:axPos val=\"{names}\"/><c:numFmt formatCode=\"General\" sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/><c:tickLblPos val=\"low\"/><c:crossAx val=\"2\"/><c:crosses val=\"autoZero\"/></c:catAx><c:valAx><c:axId val=\"2\"/><c:scaling><c:orientation val=\"minMax\"/></c:scaling><c:delete val=\"0\"/><c:axPos val=\"{figures}\"/><c:majorGridlines><c:spPr><a:ln w=\"6350\"><a:solidFill><a:srgbClr val=\"D9E0E7\"/></a:solidFill></a:ln></c:spPr></c:majorGridlines><c:title><c:tx><c:rich><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang=\"en-US\" sz=\"1200\" b=\"0\"/><a:t>{}</a:t></a:r></a:p></c:rich></c:tx><c:overlay val=\"0\"/></c:title><c:numFmt formatCode=\"#,##0\" sourceLinked=\"0\"/><c:majorTickMark val=\"none\"/><c:minorTickMark val=\"none\"/><c:tickLblPos val=\"nextTo\"/><c:crossAx val=\"1\"/><c:crosses val=\"{crosses}\"/></c:valAx>",
            escaped(&self.axis)
        )
    }
}

/// How a series looks.
#[derive(Clone, Copy)]
enum Look {
    Filled(&'static str),
    Line(&'static str),
    Unseen,
}

impl Look {
    fn xml(self) -> String {
        match self {
            Self::Filled(color) => {
                format!("<c:spPr><a:solidFill><a:schemeClr val=\"{color}\"/></a:solidFill></c:spPr>")
            }
            Self::Line(color) => {
                format!(
                    "<c:spPr><a:ln w=\"28575\"><a:solidFill><a:schemeClr val=\"{color}\"/></a:solidFill></a:ln></c:spPr>"
                )
            }
            Self::Unseen => "<c:spPr><a:noFill/></c:spPr>".to_owned(),
        }
    }
}
