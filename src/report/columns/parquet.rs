//! A table as Apache Parquet: a column a figure, its unit and meaning in the file's metadata.
//!
//! Numbers are 64-bit floats, split byte by byte (`BYTE_STREAM_SPLIT`), which compresses draws better than any dictionary;
//! a figure that does not exist is null. Rows go in groups, so that readers can take them in parallel.

use parquet::basic::{Compression, Encoding, LogicalType, Repetition, Type as Physical};
use parquet::column::writer::ColumnWriter;
use parquet::data_type::ByteArray;
use parquet::errors::{ParquetError, Result};
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedFileWriter, SerializedRowGroupWriter};
use parquet::schema::types::Type;
use serde_json::json;

use super::{Cells, Column, Sheet, Tables};

/// Rows of a group.
const ROWS: usize = 131_072;

impl Tables {
    /// The table of draws as Parquet: the name of the file and its bytes; none where there are no draws.
    ///
    /// # Errors
    ///
    /// A [`ParquetError`], which no table is known to cause.
    pub(super) fn parquet(&self) -> Result<Option<(String, Vec<u8>)>> {
        let draws = self.sheets.iter().find(|sheet| sheet.name == "draws");
        draws.map(|sheet| Ok((format!("{}.parquet", sheet.name), self.write(sheet)?))).transpose()
    }

    fn write(&self, sheet: &Sheet) -> Result<Vec<u8>> {
        let fields: Result<Vec<_>> = sheet.columns.iter().map(|column| Ok(field(column)?.into())).collect();
        let schema = Type::group_type_builder(sheet.name).with_fields(fields?).build()?;
        let properties = WriterProperties::builder()
            .set_created_by(format!("foremix {}", env!("CARGO_PKG_VERSION")))
            .set_compression(Compression::SNAPPY)
            .set_dictionary_enabled(false)
            .set_encoding(Encoding::BYTE_STREAM_SPLIT)
            .set_key_value_metadata(Some(self.metadata(sheet)));
        let texts = sheet.columns.iter().filter(|column| matches!(column.cells, Cells::Texts(_)));
        let properties = texts.fold(properties, |properties, column| {
            let path = parquet::schema::types::ColumnPath::new(vec![column.name.clone()]);
            properties.set_column_encoding(path.clone(), Encoding::PLAIN).set_column_dictionary_enabled(path, true)
        });
        let mut writer = SerializedFileWriter::new(Vec::new(), schema.into(), properties.build().into())?;
        for start in (0..sheet.rows()).step_by(ROWS) {
            let rows = start..sheet.rows().min(start + ROWS);
            let mut group = writer.next_row_group()?;
            for column in &sheet.columns {
                write_column(&mut group, column, rows.clone())?;
            }
            group.close()?;
        }
        writer.into_inner()
    }

    /// What the table is, and what each of its columns.
    fn metadata(&self, sheet: &Sheet) -> Vec<KeyValue> {
        let of_column = |Column { name, counted, about, .. }: &Column| json!({ "name": name, "unit": counted.name(&self.currency), "meaning": about });
        let columns: Vec<_> = sheet.columns.iter().map(of_column).collect();
        let pairs = [
            ("foremix.version", env!("CARGO_PKG_VERSION").to_owned()),
            ("foremix.plan", self.title.clone()),
            ("foremix.about", sheet.about.clone()),
            ("foremix.columns", serde_json::Value::from(columns).to_string()),
        ];
        pairs.into_iter().map(|(key, value)| KeyValue::new(key.to_owned(), value)).collect()
    }
}

/// A column of the schema.
fn field(column: &Column) -> Result<Type> {
    match &column.cells {
        Cells::Numbers(_) => {
            Type::primitive_type_builder(&column.name, Physical::DOUBLE).with_repetition(Repetition::OPTIONAL).build()
        }
        Cells::Texts(_) => Type::primitive_type_builder(&column.name, Physical::BYTE_ARRAY)
            .with_repetition(Repetition::REQUIRED)
            .with_logical_type(Some(LogicalType::String))
            .build(),
    }
}

/// Writes some rows of a column.
fn write_column(
    group: &mut SerializedRowGroupWriter<'_, Vec<u8>>,
    column: &Column,
    rows: std::ops::Range<usize>,
) -> Result<()> {
    let Some(mut writer) = group.next_column()? else {
        return Err(ParquetError::General(format!("no room for the column {}", column.name)));
    };
    match (&column.cells, writer.untyped()) {
        (Cells::Numbers(numbers), ColumnWriter::DoubleColumnWriter(writer)) => {
            let numbers = &numbers[rows];
            let there: Vec<f64> = numbers.iter().copied().filter(|number| number.is_finite()).collect();
            let levels: Vec<i16> = numbers.iter().map(|number| i16::from(number.is_finite())).collect();
            writer.write_batch(&there, Some(&levels), None)?;
        }
        (Cells::Texts(texts), ColumnWriter::ByteArrayColumnWriter(writer)) => {
            let texts: Vec<ByteArray> = texts[rows].iter().map(|text| text.as_str().into()).collect();
            writer.write_batch(&texts, None, None)?;
        }
        _ => return Err(ParquetError::General(format!("the column {} is of another type", column.name))),
    }
    writer.close()
}
