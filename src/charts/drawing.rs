//! A finished chart: its finding in words, its picture as SVG text, and from the same SVG a PNG.

use std::cell::Cell;

use resvg::{tiny_skia, usvg};

use super::canvas::Canvas;
use super::faces;
use super::hint::Hint;
use super::inline;
use super::labels::Area;
use super::theme::{GRID, HEIGHT, MARGIN, Style, WIDTH};

/// A finished chart: a finding in words, and the picture that shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    title: String,
    svg: String,
    hints: Vec<Hint>,
    is_map: bool,
}

/// The picture could not be turned into a PNG.
#[derive(Debug, thiserror::Error)]
pub enum PngError {
    /// The SVG could not be read back.
    #[error("the chart's SVG could not be read: {0}")]
    Svg(String),
    /// No memory for the pixels.
    #[error("a picture of {WIDTH} × {HEIGHT} pixels does not fit into memory")]
    Size,
    /// The pixels could not be packed.
    #[error("the picture could not be packed as PNG: {0}")]
    Packing(String),
}

impl Drawing {
    /// Draws a chart: the finding and what is drawn at the top, and below them whatever `paint` adds in the area it is given.
    pub(super) fn new(title: String, subtitle: &str, paint: impl FnOnce(&mut Canvas<'_>, Area)) -> Self {
        let (svg, hints) = Canvas::sheet(|canvas| {
            let top = canvas.head(&title, subtitle);
            paint(canvas, Area { left: MARGIN, top, right: WIDTH - MARGIN, bottom: HEIGHT - MARGIN - 2.0 });
        });
        Self { title, svg, hints, is_map: false }
    }

    /// The chart as one whose colors mean figures, and stay as they are in a dark page.
    pub(super) fn with_lasting_colors(mut self) -> Self {
        self.is_map = true;
        self
    }

    /// The chart with something drawn over it.
    pub(super) fn overlaid(mut self, paint: impl FnOnce(&mut Canvas<'_>)) -> Self {
        Canvas::overlay(&mut self.svg, paint);
        self
    }

    /// The chart with something drawn over it that is of one plan alone, by its place among all plans.
    pub(super) fn overlaid_of_plan(mut self, plan: usize, paint: impl FnOnce(&mut Canvas<'_>)) -> Self {
        Canvas::overlay_of_plan(&mut self.svg, plan, paint);
        self
    }

    /// A chart that has nothing to show, and says why in the place of the plot.
    pub(super) fn without_data(title: &str, why: &str) -> Self {
        Self::new(title.to_owned(), "", |canvas, area| {
            canvas.rect(area, GRID);
            let style = Style::TITLE.centered();
            let lines = style.wrap(why, area.width() - 200.0, 4);
            let middle = (area.left + area.right) / 2.0;
            let top = (area.top + area.bottom - style.line_height() * lines.len() as f64) / 2.0;
            canvas.lines(&lines, (middle, top), style);
        })
    }

    /// The finding that the chart shows, in words: what its title says.
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The chart as an SVG document of 1600 × 900 pixels.
    pub fn svg(&self) -> &str {
        &self.svg
    }

    /// The chart as a part of a page: as wide as its place, named by its finding, its text in the page's own faces, and
    /// with what its parts tell laid over it. Its colors are attributes, which a page's style may replace (see [`inks`](super::inks)).
    #[must_use]
    pub fn inline(&self) -> String {
        inline::svg(&self.svg, &self.title, &self.hints, self.is_map)
    }

    /// Its SVG read back, with the faces that its text was measured in; or why it can't be.
    pub(super) fn tree(&self) -> Result<usvg::Tree, String> {
        let options =
            usvg::Options { fontdb: faces::database(), font_family: "Roboto".to_owned(), ..usvg::Options::default() };
        usvg::Tree::from_str(&self.svg, &options).map_err(|error| error.to_string())
    }

    /// The chart as a PNG file of 1600 × 900 pixels.
    ///
    /// # Errors
    ///
    /// A [`PngError`] where the picture cannot be drawn or packed, which no chart of this module is known to cause.
    pub fn png(&self) -> Result<Vec<u8>, PngError> {
        let tree = self.tree().map_err(PngError::Svg)?;
        let kept = PIXELS.take().or_else(|| tiny_skia::Pixmap::new(WIDTH as u32, HEIGHT as u32));
        let mut pixels = kept.ok_or(PngError::Size)?;
        pixels.fill(tiny_skia::Color::TRANSPARENT);
        resvg::render(&tree, tiny_skia::Transform::identity(), &mut pixels.as_mut());
        let file = packed(pixels.width(), pixels.height(), without_opacity(pixels.data_mut()));
        PIXELS.set(Some(pixels));
        file.map_err(|error| PngError::Packing(error.to_string()))
    }
}

thread_local! {
    /// What a thread draws on, one chart after the other: fresh memory of that size takes longer than to clear it.
    static PIXELS: Cell<Option<tiny_skia::Pixmap>> = const { Cell::new(None) };
}

/// Pixels of four bytes moved together to three. The sheet is white and opaque all over, so the fourth holds nothing.
fn without_opacity(pixels: &mut [u8]) -> &[u8] {
    let count = pixels.len() / 4;
    for at in 0..count {
        pixels.copy_within(4 * at..4 * at + 3, 3 * at);
    }
    &pixels[..3 * count]
}

/// Pixels of three bytes each as a PNG file.
fn packed(width: u32, height: u32, colors: &[u8]) -> Result<Vec<u8>, png::EncodingError> {
    let mut file = Vec::new();
    let mut encoder = png::Encoder::new(&mut file, width, height);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_compression(png::Compression::Fast);
    // Trying all filters row by row takes three times as long, and saves a fifteenth of the file.
    encoder.set_filter(png::Filter::Paeth);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(colors)?;
    writer.finish()?;
    Ok(file)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_picture_is_1600_by_900_in_both_forms() {
        let drawing = Drawing::without_data("Nothing is known yet", "No draw was made.");
        assert!(
            drawing.svg().starts_with("<svg width=\"1600\" height=\"900\" role=\"img\" viewBox=\"0 0 12800 7200\""),
            "{}",
            drawing.svg()
        );
        let png = drawing.png().unwrap();
        assert_eq!(png[..8], *b"\x89PNG\r\n\x1a\n");
        assert_eq!(
            (png[16..20].to_vec(), png[20..24].to_vec()),
            (1600_u32.to_be_bytes().to_vec(), 900_u32.to_be_bytes().to_vec())
        );
    }

    #[test]
    fn nothing_of_one_picture_is_left_in_the_next() {
        let drawings = ["One", "Another"].map(|title| Drawing::without_data(title, title));
        let alone = |drawing: Drawing| std::thread::spawn(move || drawing.png().unwrap()).join().unwrap();
        let pictures: Vec<Vec<u8>> = drawings.iter().map(|drawing| drawing.png().unwrap()).collect();
        assert_ne!(pictures[0], pictures[1]);
        assert_eq!(pictures, drawings.map(alone));
    }

    #[test]
    fn words_of_a_scenario_cannot_break_the_document() {
        let drawing = Drawing::new("<b>\u{0}&\"'".to_owned(), "]]>\u{1b}[0m", |_, _| ());
        usvg::roxmltree::Document::parse(drawing.svg()).unwrap();
    }
}
