//! A part as bytes: a line that says what it is, a line of JSON with its [`Header`], its [`Body`], a checksum of all that.

use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use xxhash_rust::xxh3::Xxh3;

use crate::reading::{Files, Refusal};

use super::fault::PartFault;
use super::{Body, Header, Whole};

/// The first line; a format that is read otherwise has another number.
const FIRST_LINE: &[u8] = b"foremix part 1\n";

/// The start of the first line of every format.
const ANY_FIRST_LINE: &[u8] = b"foremix part ";

/// Bytes of the checksum, which end the file.
const CHECKSUM: usize = 16;

/// No header is longer.
const LONGEST_HEADER: u64 = 1 << 24;

/// Whether these are the first bytes of a part, of this format or another.
#[must_use]
pub fn begins_like_a_part(bytes: &[u8]) -> bool {
    bytes.starts_with(ANY_FIRST_LINE)
}

/// The bytes of a part.
#[must_use]
pub fn encode(header: &Header, body: &Body) -> Vec<u8> {
    let mut bytes = FIRST_LINE.to_vec();
    bytes.extend(serde_json::to_vec(header).unwrap_or_default());
    bytes.push(b'\n');
    let mut bytes = postcard::to_extend(body, bytes).unwrap_or_default();
    let checksum = xxhash_rust::xxh3::xxh3_128(&bytes);
    bytes.extend(checksum.to_le_bytes());
    bytes
}

/// A part file, of which only the header is in memory.
#[derive(Debug)]
pub struct PartFile {
    /// where it is, and what it is
    pub whole: Whole,
    files: Files,
}

impl PartFile {
    /// Reads the header, and all the rest for its checksum.
    ///
    /// # Errors
    ///
    /// That it can't be read, is not a part, is of another format, or was changed since it was written.
    pub fn open(files: &Files, path: &Path) -> Result<Self, PartFault> {
        let unreadable = |error: Refusal| PartFault::Unreadable { path: path.to_owned(), error };
        let no_part = || PartFault::NotAPart { path: path.to_owned() };
        let torn = || PartFault::Torn { path: path.to_owned() };
        let mut rest = BufReader::with_capacity(1 << 16, files.open(path, u64::MAX - 1).map_err(unreadable)?);
        let mut line = |most: u64| -> Result<Vec<u8>, PartFault> {
            let mut line = Vec::new();
            rest.by_ref().take(most).read_until(b'\n', &mut line).map_err(|error| unreadable(error.into()))?;
            Ok(line)
        };
        let first = line(FIRST_LINE.len() as u64 + 20)?;
        if !begins_like_a_part(&first) {
            return Err(no_part());
        }
        if first != FIRST_LINE {
            return Err(match first.ends_with(b"\n") {
                true => PartFault::OtherFormat { path: path.to_owned() },
                false => torn(),
            });
        }
        let text = line(LONGEST_HEADER)?;
        let mut sum = Xxh3::new();
        sum.update(&first);
        sum.update(&text);
        if checksum(rest, sum).map_err(|error| unreadable(error.into()))? != Some(true) {
            return Err(torn());
        }
        let header = serde_json::from_slice(&text).map_err(|_| torn())?;
        Ok(Self { whole: Whole { path: path.to_owned(), header }, files: files.clone() })
    }

    /// What it holds.
    ///
    /// # Errors
    ///
    /// That the file has changed since it was opened.
    pub fn body(&self) -> Result<Body, PartFault> {
        let path = &self.whole.path;
        let torn = || PartFault::Torn { path: path.clone() };
        let bytes = self.files.bytes(path, u64::MAX - 1);
        let bytes = bytes.map_err(|error| PartFault::Unreadable { path: path.clone(), error })?;
        let second = bytes.get(FIRST_LINE.len()..).and_then(|rest| rest.iter().position(|&byte| byte == b'\n'));
        let body = second.and_then(|end| bytes.get(FIRST_LINE.len() + end + 1..bytes.len().checked_sub(CHECKSUM)?));
        let body: Body = postcard::from_bytes(body.ok_or_else(torn)?).map_err(|_| torn())?;
        Ok(body)
    }
}

/// Whether the last bytes are the checksum of all before them; none where there are too few.
fn checksum(mut rest: impl Read, mut sum: Xxh3) -> std::io::Result<Option<bool>> {
    let mut held: Vec<u8> = Vec::new();
    let mut part = vec![0; 1 << 16];
    loop {
        let count = rest.read(&mut part)?;
        if count == 0 {
            break;
        }
        held.extend_from_slice(&part[..count]);
        // The last bytes may be the checksum.
        let sure = held.len().saturating_sub(CHECKSUM);
        sum.update(&held[..sure]);
        held.drain(..sure);
    }
    let stated: Option<[u8; CHECKSUM]> = held.try_into().ok();
    Ok(stated.map(|stated| u128::from_le_bytes(stated) == sum.digest128()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header() -> Header {
        Header {
            version: "1.2.3".into(),
            target: "somewhere".into(),
            command: vec!["run".into(), "plan.toml".into()],
            scenarios: vec!["abc".into()],
            seed: 7,
            draws: 10..20,
        }
    }

    fn opened(bytes: Vec<u8>) -> Result<PartFile, PartFault> {
        PartFile::open(&Files::in_memory([("p.part", bytes)]), Path::new("p.part"))
    }

    #[test]
    fn a_part_is_read_as_it_was_written() {
        let part = opened(encode(&header(), &Body { files: Vec::new(), simulations: Vec::new() })).expect("a part");
        assert_eq!(part.whole.header, header());
        assert!(part.body().expect("its body").simulations.is_empty());
        assert_eq!(part.whole.header.told(), "11..20");
    }

    #[test]
    fn a_part_of_which_any_byte_is_changed_or_missing_is_found_out() {
        let bytes = encode(&header(), &Body { files: Vec::new(), simulations: Vec::new() });
        for end in 0..bytes.len() {
            assert!(opened(bytes[..end].to_vec()).is_err(), "{end} bytes of {}", bytes.len());
        }
        for at in 0..bytes.len() {
            let mut changed = bytes.clone();
            changed[at] ^= 1;
            assert!(opened(changed).is_err(), "byte {at}");
        }
        let mut longer = bytes;
        longer.push(0);
        assert!(matches!(opened(longer), Err(PartFault::Torn { .. })));
    }

    #[test]
    fn what_is_not_a_part_is_told_from_a_part_of_another_format() {
        assert!(matches!(opened(b"name = \"plan\"\n".to_vec()), Err(PartFault::NotAPart { .. })));
        assert!(matches!(opened(Vec::new()), Err(PartFault::NotAPart { .. })));
        assert!(matches!(opened(b"foremix part 2\n{}\n".to_vec()), Err(PartFault::OtherFormat { .. })));
    }
}
