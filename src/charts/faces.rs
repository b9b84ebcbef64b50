//! The faces that text is drawn and measured in: Roboto, and one of Noto Sans for each script that it lacks.
//!
//! All are embedded and no font of the machine is looked at, so every machine draws alike. What no face holds is drawn as a
//! box: [`unwritten`] names it, so that whoever asked for the chart can be told.

use std::sync::{Arc, OnceLock};

use ab_glyph::{Font, FontRef};
use resvg::usvg::fontdb::{Database, Source};

/// The font's name, and what a browser takes where it is missing.
pub(super) const FAMILY: &str = "Roboto, Arial, Helvetica, sans-serif";

/// Roboto 3, with the letters of Latin, Greek, Cyrillic and Vietnamese; see `fonts/README.md`.
const REGULAR: &[u8] = include_bytes!("fonts/Roboto-Regular.ttf");
/// The same font, for titles and names.
const BOLD: &[u8] = include_bytes!("fonts/Roboto-Bold.ttf");

/// Faces of other scripts, which stand in for both weights.
const FALLBACKS: [&[u8]; 10] = [
    include_bytes!("fonts/NotoSansArabic.ttf"),
    include_bytes!("fonts/NotoSansHebrew.ttf"),
    include_bytes!("fonts/NotoSansDevanagari.ttf"),
    include_bytes!("fonts/NotoSansThai.ttf"),
    include_bytes!("fonts/NotoSansHan.ttf"),
    include_bytes!("fonts/NotoSansHangul.ttf"),
    include_bytes!("fonts/NotoSansBengali.ttf"),
    include_bytes!("fonts/NotoSansTamil.ttf"),
    include_bytes!("fonts/NotoSansArmenian.ttf"),
    include_bytes!("fonts/NotoSansGeorgian.ttf"),
];

/// All faces, for drawing.
pub(super) fn database() -> Arc<Database> {
    static FACES: OnceLock<Arc<Database>> = OnceLock::new();
    let load = || {
        let mut faces = Database::new();
        for bytes in [REGULAR, BOLD].into_iter().chain(FALLBACKS) {
            faces.load_font_source(Source::Binary(Arc::new(bytes)));
        }
        Arc::new(faces)
    };
    FACES.get_or_init(load).clone()
}

/// How far a letter takes the text on, in parts of the text's size; 0 for marks that stand on the letter before. Kerning and
/// letters that join are left out, which makes a text a little too wide rather than too narrow.
pub(super) fn advance(letter: char, bold: bool) -> f64 {
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

/// A text in which words that run from right to left keep to themselves: a figure behind such a name stays behind it.
pub(super) fn set_apart(text: &str) -> String {
    const LEFT_TO_RIGHT: char = '\u{200e}';
    let mut set = String::with_capacity(text.len());
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        set.push(letter);
        let next = || letters.clone().find(|next| next.is_alphanumeric());
        if runs_left(letter) && !next().is_some_and(runs_left) {
            set.push(LEFT_TO_RIGHT);
        }
    }
    set
}

/// Whether a letter is of a script that runs from right to left.
fn runs_left(letter: char) -> bool {
    matches!(letter, '\u{590}'..='\u{8ff}' | '\u{fb1d}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
        && letter.is_alphabetic()
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
    FACES.get_or_init(|| FALLBACKS.map(|bytes| FontRef::try_from_slice(bytes).ok()))
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
        assert_eq!(unwritten("a ᠮᠣᠩ \u{200e}ᠮ 🚀"), ['ᠮ', 'ᠣ', 'ᠩ', '🚀']);
    }

    #[test]
    fn letters_of_other_scripts_have_their_own_width_and_marks_have_none() {
        // A Han character fills its square.
        assert!((advance('検', false) - 1.0).abs() < 0.01 && advance('検', true) > advance('a', true));
        // Thai mai ek and a Hebrew point stand on the letter before.
        assert_eq!([advance('\u{e48}', false), advance('\u{5b8}', false), advance('\u{200e}', false)], [0.0; 3]);
    }

    #[test]
    fn figures_behind_words_that_run_left_stay_behind_them() {
        assert_eq!(set_apart("بحث مدفوع: 30%"), "بحث مدفوع\u{200e}: 30%");
        assert_eq!(set_apart("Search: 30%"), "Search: 30%");
    }
}
