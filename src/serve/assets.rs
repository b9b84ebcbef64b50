//! The page's own files, inside the program: nothing is fetched from anywhere.

use crate::charts::web_faces;
use crate::report::chart_colors;

use super::http::Response;

const PAGE: &str = include_str!("assets/page.html");
const STYLE: &str = include_str!("assets/page.css");

/// The scripts: modules of the browser, without a build step.
const SCRIPTS: [(&str, &str); 12] = [
    ("page.js", include_str!("assets/page.js")),
    ("answer.js", include_str!("assets/answer.js")),
    ("ask.js", include_str!("assets/ask.js")),
    ("begin.js", include_str!("assets/begin.js")),
    ("charts.js", include_str!("assets/charts.js")),
    ("controls.js", include_str!("assets/controls.js")),
    ("dialogs.js", include_str!("assets/dialogs.js")),
    ("dom.js", include_str!("assets/dom.js")),
    ("look.js", include_str!("assets/look.js")),
    ("pins.js", include_str!("assets/pins.js")),
    ("server.js", include_str!("assets/server.js")),
    ("state.js", include_str!("assets/state.js")),
];

/// The file of that name.
pub(super) fn asset(name: &str) -> Option<Response> {
    let text = |kind, text: String| Some(Response { status: 200, kind, body: text.into_bytes().into() });
    match name {
        "" => text("text/html; charset=utf-8", PAGE.to_owned()),
        "page.css" => text("text/css; charset=utf-8", format!("{STYLE}\n{}", chart_colors())),
        "regular.ttf" => face(400),
        "bold.ttf" => face(700),
        _ => {
            let (_, script) = SCRIPTS.iter().find(|(own, _)| *own == name)?;
            Some(Response { status: 200, kind: "text/javascript; charset=utf-8", body: script.as_bytes().into() })
        }
    }
}

fn face(weight: u16) -> Option<Response> {
    let face = web_faces("").into_iter().find(|face| face.weight == weight)?;
    Some(Response { status: 200, kind: "font/ttf", body: face.bytes.into() })
}
