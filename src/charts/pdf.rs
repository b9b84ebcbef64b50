//! Drawings as the pages of a PDF: landscape, 16 : 9, with text that can be selected and searched, bookmarks, and a
//! description of each picture for whoever can't see it.

use krilla::destination::XyzDestination;
use krilla::geom::{Point, Size};
use krilla::metadata::Metadata;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::tagging::{ContentTag, Node, Tag, TagGroup, TagTree};
use krilla_svg::{SurfaceExt, SvgSettings};

use super::canvas::Canvas;
use super::drawing::Drawing;
use super::theme::{HEIGHT, MARGIN, Style, WIDTH};

/// A document of drawings.
#[derive(Clone, Copy, Debug)]
pub struct Document<'a> {
    /// What it is about, in a name.
    pub title: &'a str,
    /// The line at the foot of each page.
    pub foot: &'a str,
    /// Its pages.
    pub pages: &'a [PdfPage],
}

/// A page of a document.
#[derive(Clone, Debug)]
pub struct PdfPage {
    /// The name of its bookmark.
    pub bookmark: String,
    /// What is on it.
    pub drawing: Drawing,
    /// Whether it is words alone, which need no description.
    pub is_words: bool,
}

/// The PDF could not be made.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// The SVG of a page could not be read back.
    #[error("the SVG of a page could not be read: {0}")]
    Svg(String),
    /// The document could not be put together.
    #[error("the pages could not be packed as PDF: {0}")]
    Packing(String),
}

/// Size of a page, in points: that of a wide slide.
const PAGE: [f32; 2] = [960.0, 540.0];

impl Document<'_> {
    /// The file. The same drawings give the same bytes.
    ///
    /// # Errors
    ///
    /// A [`PdfError`], which no drawing of this module is known to cause.
    pub fn pdf(&self) -> Result<Vec<u8>, PdfError> {
        let mut document = krilla::Document::new();
        let mut outline = Outline::new();
        let mut tags = TagTree::new().with_lang(Some("en".to_owned()));
        let [width, height] = PAGE;
        let size = Size::from_wh(width, height).ok_or_else(|| PdfError::Packing("a page has no size".to_owned()))?;
        for (index, page) in self.pages.iter().enumerate() {
            let drawing = self.with_foot(page.drawing.clone(), index);
            let tree = drawing.tree().map_err(PdfError::Svg)?;
            let mut sheet = document.start_page_with(PageSettings::new(size));
            let mut surface = sheet.surface();
            let content = surface.start_tagged(ContentTag::Other);
            surface.draw_svg(&tree, size, SvgSettings::default());
            surface.end_tagged();
            surface.finish();
            sheet.finish();
            outline.push_child(OutlineNode::new(page.bookmark.clone(), XyzDestination::new(index, Point::default())));
            let mut group = match page.is_words {
                true => TagGroup::new(Tag::P),
                false => TagGroup::new(Tag::Figure(Some(page.drawing.title().to_owned()))),
            };
            group.push(Node::Leaf(content));
            tags.push(group);
        }
        document.set_outline(outline);
        document.set_tag_tree(tags);
        let creator = format!("foremix {}", env!("CARGO_PKG_VERSION"));
        document.set_metadata(Metadata::new().title(self.title.to_owned()).language("en".to_owned()).creator(creator));
        document.finish().map_err(|error| PdfError::Packing(error.to_string()))
    }

    /// A drawing with the line at its foot, and its number among all.
    fn with_foot(&self, drawing: Drawing, index: usize) -> Drawing {
        let number = format!("{} of {}", index + 1, self.pages.len());
        drawing.overlaid(|canvas: &mut Canvas<'_>| {
            let y = HEIGHT - 14.0;
            let right = Style::FOOTER.right();
            let room = WIDTH - 2.0 * MARGIN - right.width(&number) - 40.0;
            canvas.text(&Style::FOOTER.shorten(self.foot, room), (MARGIN, y), Style::FOOTER);
            canvas.text(&number, (WIDTH - MARGIN, y), right);
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_has_a_page_a_drawing_and_the_same_bytes_each_time() {
        let page = |name: &str, is_words| PdfPage {
            bookmark: name.to_owned(),
            drawing: Drawing::without_data(&format!("{name} <&> \u{1b}"), "検索 البحث 🚀"),
            is_words,
        };
        let pages = [page("one", false), page("two", true)];
        let document = Document { title: "A plan", foot: "made", pages: &pages };
        let bytes = document.pdf().unwrap();
        assert!(bytes.starts_with(b"%PDF-") && bytes == document.pdf().unwrap());
        let count = |part: &[u8]| bytes.windows(part.len()).filter(|own| *own == part).count();
        assert_eq!((count(b"/Type/Page/") + count(b"/Type/Page\n"), count(b"/S/Figure")), (2, 1));
    }
}
