//! The package of a presentation (ECMA-376): its parts, how they relate, zipped.

use std::io::{Cursor, Write};

use rust_xlsxwriter::XlsxError;
use zip::result::ZipError;
use zip::write::{SimpleFileOptions, ZipWriter};

use crate::text::escaped;
use crate::units::Date;

use super::chart::Chart;
use super::shapes::{self, Box, Paragraph};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const RELATIONS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const NAMES: &str = "xmlns:a=\"http://schemas.openxmlformats.org/drawingml/2006/main\" xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\" xmlns:p=\"http://schemas.openxmlformats.org/presentationml/2006/main\"";

/// A slide that is being filled.
pub(super) struct Slide {
    title: String,
    shapes: Vec<String>,
    attached: Vec<Attached>,
}

/// What a slide refers to.
enum Attached {
    Picture(Vec<u8>),
    Chart { xml: String, workbook: Vec<u8> },
}

impl Slide {
    pub(super) fn of(title: &str) -> Self {
        Self { title: title.to_owned(), shapes: Vec::new(), attached: Vec::new() }
    }

    fn next_id(&self) -> usize {
        self.shapes.len() + 3
    }

    /// The relation of what is attached next; the first is that to the layout.
    fn next_relation(&self) -> String {
        format!("rId{}", self.attached.len() + 2)
    }

    pub(super) fn text(&mut self, place: Box, paragraphs: &[Paragraph]) {
        self.shapes.push(shapes::text(self.next_id(), place, paragraphs));
    }

    /// A picture of 16 : 9, with what it says.
    pub(super) fn picture(&mut self, png: Vec<u8>, says: &str) {
        self.shapes.push(shapes::picture(self.next_id(), &self.next_relation(), Box::PICTURE, says));
        self.attached.push(Attached::Picture(png));
    }

    /// A native chart.
    pub(super) fn chart(&mut self, chart: &Chart) -> Result<(), XlsxError> {
        self.shapes.push(shapes::chart(self.next_id(), &self.next_relation(), Box::BODY, &chart.finding));
        self.attached.push(Attached::Chart { xml: chart.xml(), workbook: chart.workbook()? });
        Ok(())
    }

    pub(super) fn table(&mut self, header: &[String; 6], rows: &[[String; 6]]) {
        self.shapes.push(shapes::table(self.next_id(), Box::BODY, header, rows));
    }
}

/// All parts of a presentation.
pub(super) struct Package {
    title: String,
    foot: String,
    day: Option<Date>,
    slides: Vec<Slide>,
}

impl Package {
    /// A presentation with a line at the foot of each slide.
    pub(super) fn new(title: &str, foot: &str, day: Option<Date>) -> Self {
        Self { title: title.to_owned(), foot: foot.to_owned(), day, slides: Vec::new() }
    }

    pub(super) fn add(&mut self, mut slide: Slide) {
        slide.text(Box::FOOT, &[Paragraph::small(self.foot.clone())]);
        self.slides.push(slide);
    }

    /// The file.
    pub(super) fn bytes(self) -> Result<Vec<u8>, ZipError> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        // Without a clock: the same forecast gives the same bytes.
        let options = SimpleFileOptions::default().last_modified_time(zip::DateTime::default());
        for (name, bytes) in self.parts() {
            zip.start_file(name, options)?;
            zip.write_all(&bytes)?;
        }
        Ok(zip.finish()?.into_inner())
    }

    fn parts(self) -> Vec<(String, Vec<u8>)> {
        let count = self.slides.len();
        let mut parts = vec![
            ("[Content_Types].xml".to_owned(), self.content_types().into_bytes()),
            ("_rels/.rels".to_owned(), relations(&[
                ("officeDocument", "ppt/presentation.xml"),
                ("extended-properties", "docProps/app.xml"),
            ], Some("docProps/core.xml"))),
            ("docProps/app.xml".to_owned(), format!("{HEAD}<Properties xmlns=\"http://schemas.openxmlformats.org/officeDocument/2006/extended-properties\"><Application>foremix</Application><Slides>{count}</Slides></Properties>").into_bytes()),
            ("docProps/core.xml".to_owned(), self.core().into_bytes()),
            ("ppt/presentation.xml".to_owned(), presentation(count).into_bytes()),
            ("ppt/theme/theme1.xml".to_owned(), include_bytes!("theme.xml").to_vec()),
            ("ppt/slideMasters/slideMaster1.xml".to_owned(), include_bytes!("master.xml").to_vec()),
            ("ppt/slideMasters/_rels/slideMaster1.xml.rels".to_owned(), relations(&[
                ("slideLayout", "../slideLayouts/slideLayout1.xml"),
                ("theme", "../theme/theme1.xml"),
            ], None)),
            ("ppt/slideLayouts/slideLayout1.xml".to_owned(), include_bytes!("layout.xml").to_vec()),
            ("ppt/slideLayouts/_rels/slideLayout1.xml.rels".to_owned(), relations(&[("slideMaster", "../slideMasters/slideMaster1.xml")], None)),
        ];
        let slides: Vec<String> = (1..=count).map(|number| format!("slides/slide{number}.xml")).collect();
        let mut of_all = vec![("slideMaster", "slideMasters/slideMaster1.xml"), ("theme", "theme/theme1.xml")];
        of_all.extend(slides.iter().map(|path| ("slide", path.as_str())));
        parts.push(("ppt/_rels/presentation.xml.rels".to_owned(), relations(&of_all, None)));
        for (number, slide) in (1..).zip(self.slides) {
            parts.extend(parts_of(number, slide));
        }
        parts
    }

    fn core(&self) -> String {
        let day = self.day.map_or_else(|| "2000-01-01".to_owned(), |day| day.to_string());
        format!(
            "{HEAD}<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:creator>foremix {}</dc:creator><dcterms:created xsi:type=\"dcterms:W3CDTF\">{day}T00:00:00Z</dcterms:created></cp:coreProperties>",
            escaped(&self.title),
            env!("CARGO_PKG_VERSION")
        )
    }

    fn content_types(&self) -> String {
        const PRESENTATION: &str = "application/vnd.openxmlformats-officedocument.presentationml";
        let mut types = String::new();
        let mut part = |name: &str, kind: &str| {
            types.push_str(&format!("<Override PartName=\"/{name}\" ContentType=\"{kind}+xml\"/>"));
        };
        part("ppt/presentation.xml", &format!("{PRESENTATION}.presentation.main"));
        part("ppt/slideMasters/slideMaster1.xml", &format!("{PRESENTATION}.slideMaster"));
        part("ppt/slideLayouts/slideLayout1.xml", &format!("{PRESENTATION}.slideLayout"));
        part("ppt/theme/theme1.xml", "application/vnd.openxmlformats-officedocument.theme");
        part("docProps/core.xml", "application/vnd.openxmlformats-package.core-properties");
        part("docProps/app.xml", "application/vnd.openxmlformats-officedocument.extended-properties");
        for (number, slide) in (1..).zip(&self.slides) {
            part(&format!("ppt/slides/slide{number}.xml"), &format!("{PRESENTATION}.slide"));
            if slide.attached.iter().any(|own| matches!(own, Attached::Chart { .. })) {
                part(
                    &format!("ppt/charts/chart{number}.xml"),
                    "application/vnd.openxmlformats-officedocument.drawingml.chart",
                );
            }
        }
        format!(
            "{HEAD}<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"png\" ContentType=\"image/png\"/><Default Extension=\"xlsx\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet\"/>{types}</Types>"
        )
    }
}

fn presentation(slides: usize) -> String {
    // The master is the first relation, the theme the second.
    let list: String = (0..slides).map(|at| format!("<p:sldId id=\"{}\" r:id=\"rId{}\"/>", 256 + at, 3 + at)).collect();
    format!(
        "{HEAD}<p:presentation {NAMES}><p:sldMasterIdLst><p:sldMasterId id=\"2147483648\" r:id=\"rId1\"/></p:sldMasterIdLst><p:sldIdLst>{list}</p:sldIdLst><p:sldSz cx=\"12192000\" cy=\"6858000\"/><p:notesSz cx=\"6858000\" cy=\"9144000\"/></p:presentation>"
    )
}

/// The parts of a slide; it has at most one picture or chart, which bears its number.
fn parts_of(number: usize, slide: Slide) -> Vec<(String, Vec<u8>)> {
    let shapes = slide.shapes.concat();
    let xml = format!(
        "{HEAD}<p:sld {NAMES}><p:cSld><p:spTree><p:nvGrpSpPr><p:cNvPr id=\"1\" name=\"\"/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr/>{}{shapes}</p:spTree></p:cSld><p:clrMapOvr><a:masterClrMapping/></p:clrMapOvr></p:sld>",
        shapes::title(&slide.title)
    );
    let mut parts = vec![(format!("ppt/slides/slide{number}.xml"), xml.into_bytes())];
    let mut related = vec![("slideLayout", "../slideLayouts/slideLayout1.xml".to_owned())];
    for own in slide.attached {
        match own {
            Attached::Picture(png) => {
                related.push(("image", format!("../media/image{number}.png")));
                parts.push((format!("ppt/media/image{number}.png"), png));
            }
            Attached::Chart { xml, workbook } => {
                related.push(("chart", format!("../charts/chart{number}.xml")));
                parts.push((format!("ppt/charts/chart{number}.xml"), xml.into_bytes()));
                let book = format!("../embeddings/chart{number}.xlsx");
                parts
                    .push((format!("ppt/charts/_rels/chart{number}.xml.rels"), relations(&[("package", &book)], None)));
                parts.push((format!("ppt/embeddings/chart{number}.xlsx"), workbook));
            }
        }
    }
    let related: Vec<(&str, &str)> = related.iter().map(|(kind, path)| (*kind, path.as_str())).collect();
    parts.push((format!("ppt/slides/_rels/slide{number}.xml.rels"), relations(&related, None)));
    parts
}

/// A part that says how another relates to others: by kind and path, and to the properties of the package.
fn relations(others: &[(&str, &str)], core: Option<&str>) -> Vec<u8> {
    let mut list: String = (1..)
        .zip(others)
        .map(|(number, (kind, path))| {
            format!("<Relationship Id=\"rId{number}\" Type=\"{OFFICE}/{kind}\" Target=\"{path}\"/>")
        })
        .collect();
    if let Some(core) = core {
        let number = others.len() + 1;
        list.push_str(&format!("<Relationship Id=\"rId{number}\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"{core}\"/>"));
    }
    format!("{HEAD}<Relationships xmlns=\"{RELATIONS}\">{list}</Relationships>").into_bytes()
}
