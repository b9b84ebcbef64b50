//! The records of a CSV file one by one, with their lines: comments and empty lines are passed over, and no more than one
//! record is held.

use std::io::{self, BufRead, BufReader, Read};

use csv::{ByteRecord, ReaderBuilder};
use xxhash_rust::xxh3::Xxh3;

/// A record longer than this has a quote that nothing closes, or is no table at all.
const LONGEST_RECORD: usize = 1 << 20;

/// One record: a line, or several where a quoted cell has line ends in it.
#[derive(Clone, Debug)]
pub(crate) struct Record {
    /// the number of its first line
    pub(crate) line: u64,
    /// its bytes, without the end of its last line
    pub(crate) bytes: Vec<u8>,
}

/// Why there is no further record.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Broken {
    #[error("{0}")]
    Io(#[from] io::Error),
    #[error("a quote in line {0} is never closed")]
    OpenQuote(u64),
}

pub(crate) struct Records<R: Read> {
    reader: BufReader<R>,
    line: u64,
    line_end: u8,
    hasher: Xxh3,
    read: u64,
    comment: Option<Record>,
    comments: usize,
}

impl<R: Read> Records<R> {
    /// Looks at the first bytes, from which the end of a line is known.
    pub(crate) fn of(source: R) -> io::Result<Self> {
        let mut reader = BufReader::with_capacity(1 << 16, source);
        let first = reader.fill_buf()?;
        let line_end = if first.contains(&b'\r') && !first.contains(&b'\n') { b'\r' } else { b'\n' };
        Ok(Self { reader, line: 0, line_end, hasher: Xxh3::new(), read: 0, comment: None, comments: 0 })
    }

    /// The first bytes, as far as they are read.
    pub(crate) fn first_bytes(&mut self) -> io::Result<&[u8]> {
        self.reader.fill_buf()
    }

    /// The next record that is neither empty nor a comment, put into `record`; false at the end.
    pub(crate) fn next(&mut self, record: &mut Record) -> Result<bool, Broken> {
        loop {
            record.bytes.clear();
            if !self.add_line(&mut record.bytes)? {
                return Ok(false);
            }
            record.line = self.line;
            if self.line == 1 && record.bytes.starts_with(b"\xef\xbb\xbf") {
                record.bytes.drain(..3);
            }
            let start = record.bytes.iter().position(|b| !b.is_ascii_whitespace());
            match start.map(|start| record.bytes[start]) {
                None => continue,
                Some(b'#') => {
                    self.comment.get_or_insert_with(|| record.clone());
                    self.comments += 1;
                    continue;
                }
                Some(_) => {}
            }
            while quotes_are_open(&record.bytes) {
                if record.bytes.len() > LONGEST_RECORD || !self.add_line(&mut record.bytes)? {
                    return Err(Broken::OpenQuote(record.line));
                }
            }
            while record.bytes.last().is_some_and(|b| matches!(b, b'\n' | b'\r')) {
                record.bytes.pop();
            }
            return Ok(true);
        }
    }

    fn add_line(&mut self, bytes: &mut Vec<u8>) -> Result<bool, Broken> {
        let before = bytes.len();
        let most = (LONGEST_RECORD + 2) as u64;
        let count = (&mut self.reader).take(most).read_until(self.line_end, bytes)?;
        if count > LONGEST_RECORD {
            return Err(Broken::Io(io::Error::other("one of its lines is longer than 1 MB")));
        }
        self.hasher.update(&bytes[before..]);
        self.read += count as u64;
        self.line += u64::from(count > 0);
        Ok(count > 0)
    }

    /// The first comment that was passed over.
    pub(crate) fn comment(&self) -> Option<&Record> {
        self.comment.as_ref()
    }

    /// How many comments were passed over.
    #[cfg(feature = "cli")]
    pub(crate) fn comments(&self) -> usize {
        self.comments
    }

    /// A hash of all that was read.
    pub(crate) fn digest(&self) -> u64 {
        self.hasher.digest()
    }

    /// How many bytes were read.
    pub(crate) fn bytes_read(&self) -> u64 {
        self.read
    }
}

fn quotes_are_open(bytes: &[u8]) -> bool {
    bytes.iter().filter(|&&b| b == b'"').count() % 2 == 1
}

/// Gives each cell of a record, without the blanks around it, to `use_cell`; how many there are.
pub(crate) fn for_each_cell(record: &[u8], delimiter: u8, mut use_cell: impl FnMut(usize, &[u8])) -> usize {
    if !record.contains(&b'"') {
        let mut count = 0;
        for cell in record.split(|&b| b == delimiter) {
            use_cell(count, cell.trim_ascii());
            count += 1;
        }
        return count;
    }
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(delimiter)
        .buffer_capacity(record.len().clamp(64, 8192))
        .from_reader(record);
    let mut cells = ByteRecord::new();
    // Reading from memory, and with any number of cells, can't fail.
    if !reader.read_byte_record(&mut cells).unwrap_or(false) {
        return 0;
    }
    cells.iter().enumerate().for_each(|(at, cell)| use_cell(at, cell.trim_ascii()));
    cells.len()
}

/// The cells of a record as texts.
pub(crate) fn cells(record: &[u8], delimiter: u8) -> Vec<String> {
    let mut cells = Vec::new();
    for_each_cell(record, delimiter, |_, cell| cells.push(String::from_utf8_lossy(cell).into_owned()));
    cells
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &[u8]) -> Vec<(u64, Vec<String>)> {
        let mut records = Records::of(text).expect("bytes in memory");
        let mut record = Record { line: 0, bytes: Vec::new() };
        let mut found = Vec::new();
        while records.next(&mut record).expect("a record") {
            found.push((record.line, cells(&record.bytes, b',')));
        }
        found
    }

    #[test]
    fn comments_and_empty_lines_are_passed_over_and_lines_are_counted() {
        let text = b"\xef\xbb\xbf# by a sampler\r\n\r\n \"a, b\",\"c\"\r\n# adaptation\r\n1, 2\r\n\"x\ny\",\"say \"\"z\"\"\"\r\n  # end";
        let expected = [(3, ["a, b", "c"]), (5, ["1", "2"]), (6, ["x\ny", "say \"z\""])];
        let found = records(&text[..]);
        // A quote after a blank is part of the cell for some programs; the first cell has one.
        assert_eq!(
            found[1..],
            expected[1..].iter().map(|(n, c)| (*n, c.map(String::from).to_vec())).collect::<Vec<_>>()
        );
        assert_eq!((found.len(), found[0].0), (3, 3));
    }

    #[test]
    fn lines_of_old_macs_are_lines() {
        assert_eq!(records(b"a\r1\r2").len(), 3);
    }

    #[test]
    fn a_quote_that_is_never_closed_is_told() {
        let mut records = Records::of(&b"a\n\"b\nc\n"[..]).expect("bytes in memory");
        let mut record = Record { line: 0, bytes: Vec::new() };
        assert!(records.next(&mut record).expect("the first"));
        assert!(matches!(records.next(&mut record), Err(Broken::OpenQuote(2))));
    }
}
