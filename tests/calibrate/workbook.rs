//! A workbook reads as the CSV file of the same table: dates as Excel keeps them, a title above, another sheet before.

use foremix::records::Outcome;

use crate::company::{Fate, TrueDeal, Truth, as_of, deals};
use crate::exports::CANARY;
use crate::reading::read;

/// The checksum of a ZIP entry (CRC-32).
fn checksum(bytes: &[u8]) -> u32 {
    let step = |sum: u32| if sum & 1 == 1 { 0xEDB8_8320 ^ (sum >> 1) } else { sum >> 1 };
    !bytes.iter().fold(!0_u32, |sum, byte| (0..8).fold(sum ^ u32::from(*byte), |sum, _| step(sum)))
}

/// A ZIP archive whose entries are stored as they are.
fn archive(entries: &[(&str, String)]) -> Vec<u8> {
    let (mut bytes, mut list) = (Vec::new(), Vec::new());
    for (name, text) in entries {
        let offset = bytes.len() as u32;
        let mut entry: Vec<u8> = Vec::new();
        entry.extend([20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0]);
        entry.extend(checksum(text.as_bytes()).to_le_bytes());
        entry.extend((text.len() as u32).to_le_bytes());
        entry.extend((text.len() as u32).to_le_bytes());
        entry.extend((name.len() as u16).to_le_bytes());
        entry.extend([0, 0]);
        bytes.extend(b"PK\x03\x04");
        bytes.extend(&entry);
        bytes.extend(name.as_bytes());
        bytes.extend(text.as_bytes());
        list.extend(b"PK\x01\x02\x14\x00");
        list.extend(&entry);
        list.extend([0; 10]);
        list.extend(offset.to_le_bytes());
        list.extend(name.as_bytes());
    }
    let (start, length, count) = (bytes.len() as u32, list.len() as u32, entries.len() as u16);
    bytes.extend(list);
    bytes.extend(b"PK\x05\x06\x00\x00\x00\x00");
    bytes.extend(count.to_le_bytes());
    bytes.extend(count.to_le_bytes());
    bytes.extend(length.to_le_bytes());
    bytes.extend(start.to_le_bytes());
    bytes.extend([0, 0]);
    bytes
}

enum Cell {
    Text(String),
    Number(f64),
    /// a day as Excel counts it, shown as a date
    Day(i32),
}

fn sheet(rows: &[Vec<Cell>]) -> String {
    let mut text = String::from(
        "<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>",
    );
    for (row, cells) in (1..).zip(rows) {
        text += &format!("<row r=\"{row}\">");
        for (column, cell) in ('A'..).zip(cells) {
            text += &match cell {
                Cell::Text(words) if words.is_empty() => String::new(),
                Cell::Text(words) => {
                    format!("<c r=\"{column}{row}\" t=\"inlineStr\"><is><t>{words}</t></is></c>")
                }
                Cell::Number(number) => format!("<c r=\"{column}{row}\"><v>{number}</v></c>"),
                Cell::Day(day) => format!("<c r=\"{column}{row}\" s=\"1\"><v>{day}</v></c>"),
            };
        }
        text += "</row>";
    }
    text + "</sheetData></worksheet>"
}

/// A workbook of sheets.
fn workbook(sheets: &[(&str, Vec<Vec<Cell>>)]) -> Vec<u8> {
    const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const LINKS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
    let (mut names, mut links, mut types) = (String::new(), String::new(), String::new());
    let mut entries = Vec::new();
    for (at, (name, rows)) in (1..).zip(sheets) {
        names += &format!("<sheet name=\"{name}\" sheetId=\"{at}\" r:id=\"rId{at}\"/>");
        links +=
            &format!("<Relationship Id=\"rId{at}\" Type=\"{LINKS}/worksheet\" Target=\"worksheets/sheet{at}.xml\"/>");
        types += &format!(
            "<Override PartName=\"/xl/worksheets/sheet{at}.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.\
             spreadsheetml.worksheet+xml\"/>"
        );
        entries.push((format!("xl/worksheets/sheet{at}.xml"), sheet(rows)));
    }
    links += &format!("<Relationship Id=\"rIdS\" Type=\"{LINKS}/styles\" Target=\"styles.xml\"/>");
    let styles = format!(
        "<styleSheet xmlns=\"{MAIN}\"><cellXfs count=\"2\"><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>"
    );
    let fixed = [
        (
            "[Content_Types].xml",
            format!(
                "<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"xml\" ContentType=\"application/xml\"/>{types}</Types>"
            ),
        ),
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{PACKAGE}/relationships\"><Relationship Id=\"rId1\" Type=\"{LINKS}/officeDocument\" \
                 Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!("<workbook xmlns=\"{MAIN}\" xmlns:r=\"{LINKS}\"><sheets>{names}</sheets></workbook>"),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!("<Relationships xmlns=\"{PACKAGE}/relationships\">{links}</Relationships>"),
        ),
        ("xl/styles.xml", styles),
    ];
    let all: Vec<(&str, String)> =
        fixed.into_iter().chain(entries.iter().map(|(name, text)| (name.as_str(), text.clone()))).collect();
    archive(&all)
}

fn row(deal: &TrueDeal) -> Vec<Cell> {
    let (stage, closed) = match deal.fate {
        Fate::Open => ("Contract Sent", None),
        Fate::Won(day) => ("Closed Won", Some(day)),
        Fate::Lost(day) => ("Closed Lost", Some(day)),
    };
    // Days since 1899-12-30, which is 25,569 days before 1970.
    let day = |day: foremix::records::Day| Cell::Day(day.0 + 25_569);
    vec![
        Cell::Number(deal.id as f64),
        Cell::Text(CANARY.into()),
        Cell::Text(stage.into()),
        Cell::Number(deal.amount),
        day(deal.created),
        closed.map_or(Cell::Text(String::new()), day),
        Cell::Text(deal.channel.into()),
    ]
}

#[test]
fn a_workbook_reads_as_the_table_in_it() {
    let truth = deals(&Truth::default(), 4);
    let header = ["Record ID", "Deal Name", "Deal Stage", "Amount", "Create Date", "Close Date", "Original Source"];
    let mut rows = vec![
        vec![Cell::Text("Deals of the last year".into())],
        header.iter().map(|name| Cell::Text((*name).into())).collect(),
    ];
    rows.extend(truth.iter().map(row));
    let notes = vec![vec![Cell::Text(CANARY.into()), Cell::Number(3.0)]];
    let found = read("deals.xlsx", &workbook(&[("Notes", notes), ("Export", rows)]), "");
    assert_eq!((found.faults.as_str(), found.questions.len()), ("", 0));
    assert_eq!(found.export.as_ref().map(|own| own.system), Some("HubSpot"));
    let won = |own: Outcome| matches!(own, Outcome::Won(_));
    let expected: f64 = truth.iter().filter(|own| matches!(own.fate, Fate::Won(_))).map(|own| own.amount).sum();
    let amounts = found.deals.list.iter().filter(|own| won(own.outcome)).filter_map(|own| own.amount);
    assert!((amounts.sum::<f64>() - expected).abs() < 1e-6 * expected);
    let mut days: Vec<_> = found.deals.list.iter().map(|own| own.created).collect();
    let mut true_days: Vec<_> = truth.iter().map(|own| own.created).collect();
    days.sort();
    true_days.sort();
    assert_eq!(days, true_days);
    assert_eq!(found.deals.as_of, as_of());
    assert!(!format!("{:?} {:?}", found.export, found.deals).contains(CANARY));
    let broken = read("deals.xlsx", b"PK\x03\x04 and nothing more", "");
    assert!(broken.faults.contains("this workbook can't be read"), "{}", broken.faults);
}
