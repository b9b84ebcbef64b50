//! The text of an export: UTF-8 with or without its mark, UTF-16 of either order, or the Windows code page of the West.

/// What the bytes of a file are.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Content {
    /// a text, and what it was written in where that is not UTF-8
    Text(String, Option<&'static str>),
    /// an Excel workbook
    Workbook,
    /// nothing that can be read, and why
    Other(&'static str),
}

/// Finds out what the bytes are.
pub(super) fn decode(bytes: &[u8]) -> Content {
    if bytes.starts_with(b"PK\x03\x04") {
        return Content::Workbook;
    }
    if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
        return Content::Other("this is an old Excel file (.xls)");
    }
    let start = &bytes[..bytes.len().min(1024)];
    let zeros = |first: usize| start.iter().skip(first).step_by(2).filter(|&&b| b == 0).count() * 6 > start.len();
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest),
        _ if zeros(1) => utf16(bytes, u16::from_le_bytes),
        _ if zeros(0) => utf16(bytes, u16::from_be_bytes),
        _ if start.contains(&0) => Content::Other("this is not a text"),
        _ => utf8(bytes),
    }
}

fn utf8(bytes: &[u8]) -> Content {
    match std::str::from_utf8(bytes) {
        Ok(text) => Content::Text(text.to_owned(), None),
        Err(_) => Content::Text(bytes.iter().map(|&b| western(b)).collect(), Some("Windows-1252")),
    }
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Content {
    let units = bytes.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    let text: String = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    Content::Text(text, Some("UTF-16"))
}

/// The character of a byte in the code page Windows-1252.
fn western(byte: u8) -> char {
    const HIGH: [char; 32] = [
        '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8d}', 'Ž', '\u{8f}', '\u{90}', '‘',
        '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9d}', 'ž', 'Ÿ',
    ];
    match byte {
        0x80..=0x9f => HIGH[usize::from(byte - 0x80)],
        other => char::from(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_text_is_read_from_each_encoding() {
        let text = "Währung;€\n";
        let units: Vec<u16> = text.encode_utf16().collect();
        let le: Vec<u8> = units.iter().flat_map(|unit| unit.to_le_bytes()).collect();
        let be: Vec<u8> = units.iter().flat_map(|unit| unit.to_be_bytes()).collect();
        let with = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
        for (bytes, name) in [
            (text.as_bytes().to_vec(), None),
            (with(b"\xef\xbb\xbf", text.as_bytes()), None),
            (with(b"\xff\xfe", &le), Some("UTF-16")),
            (with(b"\xfe\xff", &be), Some("UTF-16")),
            (le, Some("UTF-16")),
            (be, Some("UTF-16")),
            (b"W\xe4hrung;\x80\n".to_vec(), Some("Windows-1252")),
        ] {
            assert_eq!(decode(&bytes), Content::Text(text.into(), name), "{bytes:?}");
        }
        assert_eq!(decode(b"PK\x03\x04more"), Content::Workbook);
        assert!(matches!(decode(b"a\0\0\0\0\x01bc,d,e,f,g"), Content::Other(_) | Content::Text(..)));
    }
}
