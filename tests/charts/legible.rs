//! Whether a drawing can be read: read back from its SVG.

use foremix::charts::{Drawing, HEIGHT, WIDTH, text_width};
use resvg::usvg::roxmltree::{Document, Node};

/// A box on the drawing, in pixels; y grows downwards.
#[derive(Clone, Copy, Debug)]
struct Area {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Area {
    /// Whether two boxes share more than an edge.
    fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }
}

/// The box of a text in the drawing, from what its element says.
fn text_box(node: Node<'_, '_>) -> Area {
    let number = |name: &str| node.attribute(name).unwrap().parse::<f64>().unwrap() / 8.0;
    let size = number("font-size");
    let width = text_width(node.text().unwrap().trim(), size, node.has_attribute("font-weight"));
    let left = match node.attribute("text-anchor").unwrap() {
        "start" => number("x"),
        "middle" => number("x") - width / 2.0,
        _ => number("x") - width,
    };
    let foot = number("y") + 0.76 * size;
    // Parts of one line touch, and stand to an eighth of a pixel.
    let (left, width) = (left + 0.125, width - 0.25);
    Area { left, right: left + width, top: foot - 0.72 * size, bottom: foot + 0.2 * size }
}

/// All numbers in an attribute, in pixels.
fn pixels(node: Node<'_, '_>, name: &str) -> Vec<f64> {
    let text = node.attribute(name).unwrap_or_default();
    text.split([',', ' ']).filter_map(|number| number.parse::<f64>().ok()).map(|number| number / 8.0).collect()
}

/// Every word stands on the picture, clear of the others; nothing is drawn beside it, and every number is one.
pub(super) fn check(case: &str, drawing: &Drawing) {
    let svg = drawing.svg();
    let document = Document::parse(svg).unwrap();
    let texts: Vec<(String, Area)> = document
        .descendants()
        .filter(|node| node.has_tag_name("text") && !node.text().unwrap_or_default().trim().is_empty())
        .map(|node| (node.text().unwrap().trim().to_owned(), text_box(node)))
        .collect();
    assert!(!texts.is_empty() && !drawing.title().is_empty(), "{case}: no words");
    for (index, (words, area)) in texts.iter().enumerate() {
        let inside =
            area.left >= 10.0 && area.top >= 10.0 && area.right <= WIDTH - 10.0 && area.bottom <= HEIGHT - 10.0;
        assert!(inside, "{case}: {words:?} is cut off at {area:?}");
        for (others, other) in &texts[..index] {
            assert!(!area.overlaps(other), "{case}: {words:?} covers {others:?}: {area:?} {other:?}");
        }
    }
    for node in document.descendants().filter(Node::is_element) {
        let (points, across, down) = (pixels(node, "points"), pixels(node, "x"), pixels(node, "y"));
        let x = points.iter().step_by(2).chain(&across);
        let y = points.iter().skip(1).step_by(2).chain(&down);
        assert!(x.into_iter().all(|x| (-1.0..=WIDTH + 1.0).contains(x)), "{case}: {node:?}");
        assert!(y.into_iter().all(|y| (-1.0..=HEIGHT + 1.0).contains(y)), "{case}: {node:?}");
    }
    assert!(!svg.contains("NaN") && !svg.contains("inf"), "{case}");
}

/// The same of a chart that may have nothing to say.
pub(super) fn check_if(case: &str, drawing: Option<Drawing>) {
    if let Some(drawing) = drawing {
        check(case, &drawing);
    }
}
