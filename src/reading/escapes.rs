//! A path of Windows in double quotes, whose backslashes begin escapes: `"C:\\temp\\new.csv"` holds a tab and a line break.

use super::{Diagnostic, Span};

/// Does a path hold characters that no path has, such as a tab?
#[must_use]
pub fn escaped(path: &str) -> bool {
    path.contains(char::is_control)
}

/// The fault of a path that does; `written` is the text at `place`, with its quotes.
#[must_use]
pub fn escaped_path(place: &Span, written: &str) -> Diagnostic {
    let fault = Diagnostic::at(
        place,
        "this path holds characters that no path has",
        "in double quotes a backslash begins an escape: \\t is a tab, \\n a line break",
    );
    let path = written.trim_matches('"');
    if !written.contains('\\') || path.contains(['"', '\'', '\n']) {
        return fault.help("write the path with / between its folders");
    }
    fault.write(place, [format!("\"{}\"", path.replace('\\', "/")), format!("'{path}'")])
}
