//! What a folder of results is called: the file, its variant, and what was set.
//!
//! ```text
//! quarter   quarter+more-search   quarter+search.budget=40k   quarter+more-search+search.budget=40k
//! ```
//!
//! A name is one part of a path on any system, whatever the file, the variant or the value is called: of letters, digits
//! and a few signs, no longer than [`LONGEST`] bytes. Where that takes something away, a hash of what was meant is put
//! behind it, so that two plans never share a folder.

use std::path::Path;

use xxhash_rust::xxh3::xxh3_64;

use super::raw_plan::RawPlan;
use super::trace::{Change, trace};

/// The longest name of a folder, in bytes; systems allow 255, and some of them count the whole path.
const LONGEST: usize = 100;

/// What commands put behind the name; a plan that is called like that is marked.
pub const COMPARED: &str = "-compared";
/// What commands put behind the name; a plan that is called like that is marked.
pub const SWEPT: &str = "-sweep";
/// What commands put behind the name; a plan that is called like that is marked.
pub const ANALYZED: &str = "-sensitivity";
/// What commands put behind the name; a plan that is called like that is marked.
pub const SOUGHT: &str = "-goal";
/// What commands put behind the name; a plan that is called like that is marked.
pub const OPTIMIZED: &str = "-optimized";

/// All of these.
const ENDINGS: [&str; 5] = [COMPARED, SWEPT, ANALYZED, SOUGHT, OPTIMIZED];

/// Names that Windows keeps for devices, also with an ending.
const RESERVED: [&str; 6] = ["con", "prn", "aux", "nul", "com", "lpt"];

impl RawPlan {
    /// What a folder of its results is called.
    pub(super) fn results_name(&self) -> String {
        let settings = if self.patched { trace(&self.varied, &self.table, self) } else { Vec::new() };
        results_name(&self.path, self.variant.as_deref(), &settings)
    }
}

/// The name for the results of a plan.
fn results_name(path: &Path, variant: Option<&str>, settings: &[Change]) -> String {
    let stem = match path.as_os_str() == "-" {
        true => "standard-input".into(),
        false => path.file_stem().unwrap_or(path.as_os_str()).to_string_lossy(),
    };
    let mut name = safe(&stem, " ");
    if let Some(variant) = variant {
        name.push('+');
        name.push_str(&safe(variant, ""));
    }
    let mut settings: Vec<String> = settings
        .iter()
        .map(|change| {
            let path = change.path.strip_prefix("channels.").unwrap_or(&change.path);
            safe(&format!("{path}={}", change.value), "=%,")
        })
        .collect();
    settings.sort();
    for setting in settings {
        name.push('+');
        name.push_str(&setting);
    }
    if name.len() <= LONGEST { name } else { marked(cut(&name, LONGEST - 8), &name) }
}

/// A text as the name of a file, or a part of one.
#[must_use]
pub fn file_name_of(text: &str) -> String {
    let name = safe(text, "");
    if name.len() <= LONGEST { name } else { marked(cut(&name, LONGEST - 8), &name) }
}

/// A text made of letters, digits, `-`, `_`, `.` and `further` signs; marked where that is not all it was.
fn safe(text: &str, further: &str) -> String {
    let is_safe = |c: char| c.is_alphanumeric() || "-_.".contains(c) || further.contains(c);
    let kept: String = text.chars().map(|c| if is_safe(c) { c } else { '_' }).collect();
    let kept = match kept.trim_matches(['.', ' ']) {
        "" => "plan".to_owned(),
        rest => rest.to_owned(),
    };
    let lower = kept.to_lowercase();
    let device = lower.split('.').next().unwrap_or_default().trim_end_matches(|c: char| c.is_ascii_digit());
    let is_taken = RESERVED.contains(&device) || ENDINGS.iter().any(|ending| kept.ends_with(ending));
    if kept == text && !is_taken { kept } else { marked(&kept, text) }
}

/// With a hash of what is meant behind it.
fn marked(name: &str, meant: &str) -> String {
    format!("{name}~{:06x}", xxh3_64(meant.as_bytes()) & 0xff_ffff)
}

fn cut(text: &str, most: usize) -> &str {
    let end = (0..=most).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
    &text[..end]
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    fn set(path: &str, value: &str) -> Change {
        Change { path: path.into(), value: value.into(), was: None }
    }

    #[test]
    fn ordinary_names_are_left_as_they_are() {
        let file = Path::new("plans/quarter.toml");
        assert_eq!(results_name(file, None, &[]), "quarter");
        assert_eq!(results_name(file, Some("more-search"), &[]), "quarter+more-search");
        let settings = [set("channels.search.budget", "40k"), set("sales.close_rate", "30%")];
        assert_eq!(results_name(file, None, &settings), "quarter+sales.close_rate=30%+search.budget=40k");
        assert_eq!(results_name(Path::new("計画 2.toml"), None, &[]), "計画 2");
        assert_eq!(results_name(Path::new("-"), None, &[]), "standard-input");
    }

    #[test]
    fn no_name_leads_out_of_its_folder_or_hides_in_it() {
        let long = "x".repeat(400);
        let variants = [
            "../../../escaped",
            "..",
            ".",
            "",
            "/etc",
            "a/b",
            "a\\b",
            "C:",
            "con",
            "NUL.txt",
            "lpt1",
            "~",
            "-x",
            ".git",
            "a\u{0}b",
            "line\nbreak",
            "\u{202e}desrever",
            "trailing.",
            "trailing ",
            "a:b",
            "*?",
            &long,
            "a-sweep",
            "b-compared",
            "c-goal",
            "\u{1b}[31m",
        ];
        let mut names = BTreeSet::new();
        for variant in variants {
            let name = results_name(Path::new("plan.toml"), Some(variant), &[]);
            assert!(name.len() <= LONGEST, "{variant:?}: {name}");
            assert!(name.starts_with("plan+"), "{variant:?}: {name}");
            assert!(name.chars().all(|c| c.is_alphanumeric() || "-_.+~".contains(c)), "{variant:?}: {name}");
            assert!(!name.ends_with(['.', ' ']), "{variant:?}: {name}");
            assert_eq!(Path::new(&name).components().count(), 1, "{variant:?}: {name}");
            assert!(names.insert(name.clone()), "{variant:?} shares {name}");
        }
        for stem in ["con", ".hidden", "..", "aux.x.toml", "x-sweep.toml"] {
            let name = results_name(Path::new(stem), None, &[]);
            assert!(!name.starts_with('.') && name.contains('~'), "{stem}: {name}");
        }
    }

    #[test]
    fn names_that_would_come_out_alike_differ() {
        let of = |variant| results_name(Path::new("plan.toml"), Some(variant), &[]);
        assert_ne!(of("a b"), of("a_b"));
        assert_ne!(of("a b"), of("a/b"));
        assert_ne!(results_name(Path::new("a+b.toml"), None, &[]), results_name(Path::new("a.toml"), Some("b"), &[]));
        let ranges = ["2 to 3", "2_to_3"].map(|value| results_name(Path::new("p"), None, &[set("a", value)]));
        assert_ne!(ranges[0], ranges[1]);
    }
}
