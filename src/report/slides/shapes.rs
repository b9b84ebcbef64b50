//! What stands on a slide, as DrawingML.

use crate::text::escaped;

/// A place on a slide, in English metric units: 914,400 an inch. A slide is 13⅓ × 7½ inches.
#[derive(Clone, Copy, Debug)]
pub(super) struct Box {
    pub(super) left: i64,
    pub(super) top: i64,
    pub(super) width: i64,
    pub(super) height: i64,
}

impl Box {
    /// Below the title.
    pub(super) const BODY: Self = Self { left: 609_600, top: 1_295_400, width: 10_972_800, height: 4_953_000 };
    /// A picture of 16 : 9 below the title.
    pub(super) const PICTURE: Self = Self { left: 1_693_333, top: 1_219_200, width: 8_805_333, height: 4_953_000 };
    pub(super) const FOOT: Self = Self { left: 609_600, top: 6_400_800, width: 10_972_800, height: 304_800 };

    fn xfrm(self, tag: &str) -> String {
        let Self { left, top, width, height } = self;
        format!("<{tag}><a:off x=\"{left}\" y=\"{top}\"/><a:ext cx=\"{width}\" cy=\"{height}\"/></{tag}>")
    }
}

/// A paragraph: its words, their size in hundredths of a point, their color in the theme.
#[derive(Clone, Debug)]
pub(super) struct Paragraph {
    words: String,
    size: u32,
    color: &'static str,
}

impl Paragraph {
    pub(super) fn large(words: String) -> Self {
        Self { words, size: 2400, color: "tx1" }
    }

    pub(super) fn plain(words: String) -> Self {
        Self { words, size: 1800, color: "tx1" }
    }

    pub(super) fn small(words: String) -> Self {
        Self { words, size: 1200, color: "accent4" }
    }

    fn xml(&self) -> String {
        let Self { words, size, color } = self;
        format!(
            "<a:p><a:pPr><a:spcAft><a:spcPts val=\"900\"/></a:spcAft></a:pPr><a:r><a:rPr lang=\"en-US\" sz=\"{size}\"><a:solidFill><a:schemeClr val=\"{color}\"/></a:solidFill></a:rPr><a:t>{}</a:t></a:r></a:p>",
            escaped(words)
        )
    }
}

/// The title of a slide.
pub(super) fn title(words: &str) -> String {
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"2\" name=\"Title\"/><p:cNvSpPr><a:spLocks noGrp=\"1\"/></p:cNvSpPr><p:nvPr><p:ph type=\"title\"/></p:nvPr></p:nvSpPr><p:spPr/><p:txBody><a:bodyPr/><a:lstStyle/><a:p><a:r><a:rPr lang=\"en-US\"/><a:t>{}</a:t></a:r></a:p></p:txBody></p:sp>",
        escaped(words)
    )
}

/// A box of paragraphs.
pub(super) fn text(id: usize, place: Box, paragraphs: &[Paragraph]) -> String {
    let inside: String = paragraphs.iter().map(Paragraph::xml).collect();
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"{id}\" name=\"Text {id}\"/><p:cNvSpPr txBox=\"1\"/><p:nvPr/></p:nvSpPr><p:spPr>{}<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom><a:noFill/></p:spPr><p:txBody><a:bodyPr wrap=\"square\" lIns=\"0\" rIns=\"0\"><a:normAutofit/></a:bodyPr><a:lstStyle/>{inside}</p:txBody></p:sp>",
        place.xfrm("a:xfrm")
    )
}

/// A picture by its relation, and what it says for whoever can't see it.
pub(super) fn picture(id: usize, relation: &str, place: Box, says: &str) -> String {
    format!(
        "<p:pic><p:nvPicPr><p:cNvPr id=\"{id}\" name=\"Chart {id}\" descr=\"{}\"/><p:cNvPicPr><a:picLocks noChangeAspect=\"1\"/></p:cNvPicPr><p:nvPr/></p:nvPicPr><p:blipFill><a:blip r:embed=\"{relation}\"/><a:stretch><a:fillRect/></a:stretch></p:blipFill><p:spPr>{}<a:prstGeom prst=\"rect\"><a:avLst/></a:prstGeom></p:spPr></p:pic>",
        escaped(says),
        place.xfrm("a:xfrm")
    )
}

/// A native chart by its relation, and what it says.
pub(super) fn chart(id: usize, relation: &str, place: Box, says: &str) -> String {
    format!(
        "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"{id}\" name=\"Chart {id}\" descr=\"{}\"/><p:cNvGraphicFramePr/><p:nvPr/></p:nvGraphicFramePr>{}<a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/chart\"><c:chart xmlns:c=\"http://schemas.openxmlformats.org/drawingml/2006/chart\" r:id=\"{relation}\"/></a:graphicData></a:graphic></p:graphicFrame>",
        escaped(says),
        place.xfrm("p:xfrm")
    )
}

/// Widths of the columns of a table, in parts of its width.
const COLUMNS: [i64; 6] = [22, 18, 32, 9, 10, 9];

/// A table with a header.
pub(super) fn table(id: usize, place: Box, header: &[String; 6], rows: &[[String; 6]]) -> String {
    let columns: String =
        COLUMNS.iter().map(|part| format!("<a:gridCol w=\"{}\"/>", place.width * part / 100)).collect();
    let height = place.height / (rows.len().max(8) as i64 + 1);
    let cell = |at: usize, words: &str, bold: bool| {
        let side = if at > 2 { "r" } else { "l" };
        format!(
            "<a:tc><a:txBody><a:bodyPr/><a:lstStyle/><a:p><a:pPr algn=\"{side}\"/><a:r><a:rPr lang=\"en-US\" sz=\"1000\" b=\"{}\"/><a:t>{}</a:t></a:r></a:p></a:txBody><a:tcPr marT=\"30000\" marB=\"30000\"><a:lnB w=\"6350\"><a:solidFill><a:schemeClr val=\"accent2\"/></a:solidFill></a:lnB><a:noFill/></a:tcPr></a:tc>",
            u8::from(bold),
            escaped(words)
        )
    };
    let row = |cells: &[String; 6], bold: bool| {
        let cells: String = cells.iter().enumerate().map(|(at, words)| cell(at, words, bold)).collect();
        format!("<a:tr h=\"{height}\">{cells}</a:tr>")
    };
    let body: String = rows.iter().map(|cells| row(cells, false)).collect();
    format!(
        "<p:graphicFrame><p:nvGraphicFramePr><p:cNvPr id=\"{id}\" name=\"Table {id}\"/><p:cNvGraphicFramePr><a:graphicFrameLocks noGrp=\"1\"/></p:cNvGraphicFramePr><p:nvPr/></p:nvGraphicFramePr>{}<a:graphic><a:graphicData uri=\"http://schemas.openxmlformats.org/drawingml/2006/table\"><a:tbl><a:tblPr firstRow=\"1\"/><a:tblGrid>{columns}</a:tblGrid>{}{body}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>",
        place.xfrm("p:xfrm"),
        row(header, true)
    )
}
