//! The faces that text is drawn and measured in: Roboto, and one of Noto Sans for each script that it lacks.
//!
//! All are embedded and no font of the machine is looked at, so every machine draws alike. What no face holds is drawn as a
//! box: [`unwritten`] names it, so that whoever asked for the chart can be told.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock, Mutex, OnceLock, PoisonError};

use ab_glyph::{Font, FontRef};
use resvg::usvg;
use resvg::usvg::fontdb::{Database, Source};

/// The font's name, and what a browser takes where it is missing.
pub(super) const FAMILY: &str = "Roboto, Arial, Helvetica, sans-serif";

/// Roboto 3, with the letters of Latin, Greek, Cyrillic and Vietnamese; see `fonts/README.md`.
const REGULAR: &[u8] = include_bytes!("fonts/Roboto-Regular.ttf");
/// The same font, for titles and names.
const BOLD: &[u8] = include_bytes!("fonts/Roboto-Bold.ttf");

/// A face of another script, which stands in for both weights.
struct Fallback {
    name: &'static str,
    bytes: &'static [u8],
    /// whether its letters change with those beside them, so that widths do not simply add up
    joins: bool,
}

const fn letters(name: &'static str, bytes: &'static [u8]) -> Fallback {
    Fallback { name, bytes, joins: false }
}

const fn joined(name: &'static str, bytes: &'static [u8]) -> Fallback {
    Fallback { name, bytes, joins: true }
}

/// The faces that are asked in turn for what Roboto lacks.
const FALLBACKS: [Fallback; 11] = [
    letters("Noto Sans Symbols", include_bytes!("fonts/NotoSansSymbols.ttf")),
    joined("Noto Sans Arabic", include_bytes!("fonts/NotoSansArabic.ttf")),
    letters("Noto Sans Hebrew", include_bytes!("fonts/NotoSansHebrew.ttf")),
    joined("Noto Sans Devanagari", include_bytes!("fonts/NotoSansDevanagari.ttf")),
    joined("Noto Sans Thai", include_bytes!("fonts/NotoSansThai.ttf")),
    letters("Noto Sans Han", include_bytes!("fonts/NotoSansHan.ttf")),
    letters("Noto Sans Hangul", include_bytes!("fonts/NotoSansHangul.ttf")),
    joined("Noto Sans Bengali", include_bytes!("fonts/NotoSansBengali.ttf")),
    joined("Noto Sans Tamil", include_bytes!("fonts/NotoSansTamil.ttf")),
    letters("Noto Sans Armenian", include_bytes!("fonts/NotoSansArmenian.ttf")),
    letters("Noto Sans Georgian", include_bytes!("fonts/NotoSansGeorgian.ttf")),
];

/// A face that a page brings with it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WebFace {
    /// its name
    pub family: &'static str,
    /// 400 for plain text, 700 for bold
    pub weight: u16,
    /// a TrueType font
    pub bytes: &'static [u8],
}

/// A face whose letters fill their square, as they do in every other face of the script. It is larger than any page.
const TOO_LARGE: &str = "Noto Sans Han";

/// The faces that a page with this text needs: Roboto in both weights, and those of other scripts in it. Han is left to
/// the reader's machine.
#[must_use]
pub fn web_faces(text: &str) -> Vec<WebFace> {
    let mut needed: Vec<usize> = Vec::new();
    let mut last = None;
    for letter in text.chars().filter(|letter| !letter.is_ascii()) {
        if last == Some(letter) {
            continue;
        }
        last = Some(letter);
        needed.extend(face_of(letter).filter(|face| !needed.contains(face)));
    }
    let own = [(400, REGULAR), (700, BOLD)].map(|(weight, bytes)| WebFace { family: "Roboto", weight, bytes });
    let others = needed.into_iter().map(|face| &FALLBACKS[face]).filter(|face| face.name != TOO_LARGE);
    own.into_iter().chain(others.map(|face| WebFace { family: face.name, weight: 400, bytes: face.bytes })).collect()
}

/// All faces, for drawing.
pub(super) fn database() -> Arc<Database> {
    static FACES: OnceLock<Arc<Database>> = OnceLock::new();
    let load = || {
        let mut faces = Database::new();
        for bytes in [REGULAR, BOLD].into_iter().chain(FALLBACKS.map(|face| face.bytes)) {
            faces.load_font_source(Source::Binary(Arc::new(bytes)));
        }
        Arc::new(faces)
    };
    FACES.get_or_init(load).clone()
}

/// How far a letter alone takes the text on, in parts of the text's size; 0 for marks that stand on the letter before.
pub(super) fn advance(letter: char, bold: bool) -> f64 {
    // Nearly all text is of these, and each is asked for many times while a line is broken.
    static OF_ASCII: LazyLock<[[f64; 128]; 2]> = LazyLock::new(|| {
        [false, true].map(|bold| std::array::from_fn(|code| advance_in_face(char::from(code as u8), bold)))
    });
    match OF_ASCII[usize::from(bold)].get(letter as usize) {
        Some(&advance) => advance,
        None => advance_in_face(letter, bold),
    }
}

fn advance_in_face(letter: char, bold: bool) -> f64 {
    if is_invisible(letter) {
        return 0.0;
    }
    let own = &own_faces()[usize::from(bold)];
    let holding = std::iter::once(own).chain(fallback_faces()).flatten().find(|face| holds(face, letter));
    let Some(face) = holding.or(own.as_ref()) else {
        return 0.6;
    };
    let units = face.h_advance_unscaled(face.glyph_id(letter));
    f64::from(units) / f64::from(face.units_per_em().unwrap_or(1000.0))
}

/// A part of a text that one face holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Run<'t> {
    pub(super) text: &'t str,
    /// which of the fallbacks; none for Roboto, and for what no face holds
    face: Option<usize>,
}

/// The parts of a text, each in one face. Parts are drawn and measured one by one: a renderer that shapes a text of several
/// faces as a whole loses letters where some of them join.
pub(super) fn runs(text: &str) -> Vec<Run<'_>> {
    let mut runs: Vec<Run<'_>> = Vec::new();
    let mut start = 0;
    let mut current = None;
    for (at, letter) in text.char_indices() {
        let steers = |letter: char| letter == ' ' || is_invisible(letter);
        // Between two words of a script the space is theirs.
        let face = match text[at..].chars().find(|next| !steers(*next)) {
            Some(next) if steers(letter) && face_of(next) != current => None,
            _ if steers(letter) => current,
            _ => face_of(letter),
        };
        if face != current && at > start {
            runs.push(Run { text: &text[start..at], face: current });
            start = at;
        }
        current = face;
    }
    runs.push(Run { text: &text[start..], face: current });
    runs
}

/// The fallback that a letter needs; none where Roboto holds it, or nothing does.
fn face_of(letter: char) -> Option<usize> {
    if letter.is_ascii_graphic() || own_faces()[0].as_ref().is_some_and(|face| holds(face, letter)) {
        return None;
    }
    fallback_faces().iter().position(|face| face.as_ref().is_some_and(|face| holds(face, letter)))
}

impl Run<'_> {
    /// Its width, in parts of the text's size. Kerning is left out, which makes it a little too wide rather than too narrow.
    pub(super) fn width(&self, bold: bool) -> f64 {
        match self.face {
            Some(face) if FALLBACKS[face].joins => shaped_width(self.text),
            _ => self.text.chars().map(|letter| advance(letter, bold)).sum(),
        }
    }
}

/// The width of a text whose letters join, as it is drawn; each is worked out once.
fn shaped_width(text: &str) -> f64 {
    static KNOWN: Mutex<BTreeMap<String, f64>> = Mutex::new(BTreeMap::new());
    let known = || KNOWN.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(&width) = known().get(text) {
        return width;
    }
    let width = measured(text).unwrap_or_else(|| text.chars().map(|letter| advance(letter, false)).sum());
    known().insert(text.to_owned(), width);
    width
}

/// The width that the renderer gives a text, which holds no markup.
fn measured(text: &str) -> Option<f64> {
    const SIZE: f64 = 100.0;
    let words = text.trim();
    let svg = format!(
        r#"<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text y="{SIZE}" font-family="Roboto" font-size="{SIZE}">{words}</text></svg>"#
    );
    let options = usvg::Options { fontdb: database(), ..usvg::Options::default() };
    let tree = usvg::Tree::from_str(&svg, &options).ok()?;
    let spaces =
        text.chars().filter(|letter| *letter == ' ').count() - words.chars().filter(|letter| *letter == ' ').count();
    let usvg::Node::Text(drawn) = tree.root().children().first()? else {
        return None;
    };
    Some(f64::from(drawn.bounding_box().width()) / SIZE + spaces as f64 * advance(' ', false))
}

/// The letters of a text that no face holds, each once, in the order in which they come.
#[must_use]
pub fn unwritten(text: &str) -> Vec<char> {
    let mut missing = Vec::new();
    for letter in text.chars().filter(|letter| !letter.is_whitespace() && !letter.is_control()) {
        let held = || own_faces()[..1].iter().chain(fallback_faces()).flatten().any(|face| holds(face, letter));
        if !is_invisible(letter) && !missing.contains(&letter) && !held() {
            missing.push(letter);
        }
    }
    missing
}

/// Whether a character steers others and is not itself drawn.
fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}'
    )
}

fn holds(face: &FontRef<'_>, letter: char) -> bool {
    face.glyph_id(letter).0 != 0
}

type Face = Option<FontRef<'static>>;

fn own_faces() -> &'static [Face; 2] {
    static FACES: OnceLock<[Face; 2]> = OnceLock::new();
    FACES.get_or_init(|| [REGULAR, BOLD].map(|bytes| FontRef::try_from_slice(bytes).ok()))
}

fn fallback_faces() -> &'static [Face; FALLBACKS.len()] {
    static FACES: OnceLock<[Face; FALLBACKS.len()]> = OnceLock::new();
    FACES.get_or_init(|| FALLBACKS.map(|face| FontRef::try_from_slice(face.bytes).ok()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_face_can_be_read() {
        assert!(own_faces().iter().chain(fallback_faces()).all(Option::is_some));
        assert_eq!(database().faces().count(), 2 + FALLBACKS.len());
    }

    #[test]
    fn names_of_many_scripts_can_be_written_and_what_cannot_is_named() {
        for name in [
            "Paid search – déjà vu",
            "Поиск",
            "Αναζήτηση",
            "検索広告リスティング",
            "搜索广告",
            "搜尋廣告",
            "검색 광고",
            "البحث المدفوع",
            "חיפוש ממומן",
            "सशुल्क खोज",
            "การค้นหา",
            "অনুসন্ধান",
            "தேடல்",
            "Որոնում",
            "ძებნა",
        ] {
            assert_eq!(unwritten(name), [], "{name}");
        }
        assert_eq!(unwritten("a ᠮᠣᠩ \u{200e}ᠮ 🚀 ≈ ₹ →"), ['ᠮ', 'ᠣ', 'ᠩ', '🚀']);
    }

    #[test]
    fn letters_of_other_scripts_have_their_own_width_and_marks_have_none() {
        // A Han character fills its square.
        assert!((advance('検', false) - 1.0).abs() < 0.01 && advance('検', true) > advance('a', true));
        // Thai mai ek and a Hebrew point stand on the letter before.
        assert_eq!([advance('\u{e48}', false), advance('\u{5b8}', false), advance('\u{200e}', false)], [0.0; 3]);
    }

    #[test]
    fn a_text_falls_into_parts_of_one_face() {
        let parts = |text| runs(text).iter().map(|run| run.text).collect::<Vec<_>>();
        assert_eq!(parts("Search: 30%"), ["Search: 30%"]);
        assert_eq!(parts("بحث مدفوع: 30% ≈ 検索"), ["بحث مدفوع", ": 30% ", "≈ 検索"]);
        assert_eq!(parts(""), [""]);
    }

    #[test]
    fn joined_letters_are_narrower_than_each_alone() {
        let alone = |text: &str| text.chars().map(|letter| advance(letter, false)).sum::<f64>();
        for word in ["البحث", "सशुल्क", "لا"] {
            let width = runs(word)[0].width(false);
            assert!(width > 0.3 * alone(word) && width < alone(word), "{word}: {width} of {}", alone(word));
        }
        // The space at the end counts as well.
        assert!(shaped_width("بحث ") > shaped_width("بحث"));
    }
}
