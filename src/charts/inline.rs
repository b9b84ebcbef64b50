//! A chart as a part of an HTML page.

use plotters::style::RGBColor;

use crate::text::escaped;

use super::canvas::FINE;
use super::faces::FAMILY;
use super::hint::Hint;
use super::theme::{DARK, GRID, INK, MEDIUM, MUTED, ORANGE, PALE, PEACH, PURPLE, TEAL, WHITE, WINE};

/// A color of the charts, and what stands for it on a dark page.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ink {
    /// as the charts have it: `#1C232B`
    pub light: [u8; 3],
    /// on a dark page
    pub dark: [u8; 3],
}

const fn ink(light: RGBColor, dark: [u8; 3]) -> Ink {
    Ink { light: [light.0, light.1, light.2], dark }
}

/// Every color of the charts but those of maps. On a dark page light and dark change places: what stood out still does.
const INKS: [Ink; 12] = [
    ink(WHITE, [23, 27, 33]),
    ink(INK, [232, 236, 240]),
    ink(MUTED, [166, 176, 187]),
    ink(GRID, [52, 60, 69]),
    ink(DARK, [136, 186, 235]),
    ink(MEDIUM, [86, 136, 184]),
    ink(PALE, [44, 73, 102]),
    ink(ORANGE, [245, 151, 74]),
    ink(PEACH, [84, 54, 29]),
    ink(WINE, [229, 130, 175]),
    ink(TEAL, [88, 194, 179]),
    ink(PURPLE, [215, 138, 203]),
];

/// Every color of the charts, with what stands for it on a dark page.
#[must_use]
pub fn inks() -> &'static [Ink] {
    &INKS
}

/// The document as a part of a page: without a size of its own, with a name, and with hints over it.
pub(super) fn svg(document: &str, title: &str, hints: &[Hint], is_map: bool) -> String {
    let start = document.find("viewBox").unwrap_or_default();
    let class = if is_map { "chart map" } else { "chart" };
    let mut svg = format!("<svg class=\"{class}\" role=\"img\" aria-label=\"{}\" ", escaped(title));
    let body = document[start..].trim_end();
    let body = body.strip_suffix("</svg>").unwrap_or(body);
    // Said by the page for all charts at once.
    svg.push_str(&body.replace(&format!(" font-family=\"{FAMILY}\""), "").replace(" opacity=\"1\"", ""));
    if !hints.is_empty() {
        svg.push_str("<g class=\"hints\">");
        for Hint { area, text } in hints {
            let [x, y, width, height] =
                [area.left, area.top, area.width(), area.height()].map(|pixels| (pixels * FINE).round().max(0.0));
            let text = escaped(text);
            svg.push_str(&format!(
                "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"><title>{text}</title></rect>"
            ));
        }
        svg.push_str("</g>");
    }
    svg.push_str("</svg>");
    svg
}

#[cfg(test)]
mod tests {
    use crate::charts::drawing::Drawing;
    use crate::charts::labels::Area;

    #[test]
    fn names_and_hints_cannot_become_markup() {
        let drawing = Drawing::new("\"><script>alert(1)</script>".to_owned(), "", |canvas, _| {
            canvas.hint(Area { left: 1.0, top: 2.0, right: 4.0, bottom: 6.0 }, "</title><b>&amp;".to_owned());
        });
        let svg = drawing.inline();
        assert!(!svg.contains("<script") && !svg.contains("<b>"), "{svg}");
        assert!(svg.contains(
            "<rect x=\"8\" y=\"16\" width=\"24\" height=\"32\"><title>&lt;/title&gt;&lt;b&gt;&amp;amp;</title></rect>"
        ));
        resvg::usvg::roxmltree::Document::parse(
            &svg.replacen("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ", 1).replacen(
                " xmlns=\"http://www.w3.org/2000/svg\">",
                ">",
                1,
            ),
        )
        .unwrap();
    }

    #[test]
    fn colors_of_a_dark_page_can_be_read_on_it() {
        let luminance = |[red, green, blue]: [u8; 3]| {
            let linear = |part: u8| {
                let part = f64::from(part) / 255.0;
                if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
            };
            0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
        };
        let contrast = |one: [u8; 3], other: [u8; 3]| {
            let (one, other) = (luminance(one), luminance(other));
            (one.max(other) + 0.05) / (one.min(other) + 0.05)
        };
        let paper = super::INKS[0];
        // Ink, muted, dark, orange: what text is written in.
        for ink in [1, 2, 4, 7].map(|at| super::INKS[at]) {
            assert!(contrast(ink.dark, paper.dark) >= 4.5, "{ink:?}");
            assert!(contrast(ink.light, paper.light) >= 4.2, "{ink:?}");
        }
    }
}
