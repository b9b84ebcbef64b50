//! Draws as a table: a row a draw, a column an outcome or an uncertain input.

use std::sync::Arc;

use arrow_array::{ArrayRef, Float64Array, Int64Array, RecordBatch};
use arrow_buffer::{BooleanBuffer, NullBuffer, ScalarBuffer};
use arrow_pyarrow::{IntoPyArrow, Table};
use arrow_schema::{DataType, Field, Schema};
use foremix::engine::{Draws, input_columns};
use foremix::scenario::Scenario;
use pyo3::exceptions::PyRuntimeError;
use pyo3::prelude::*;

/// The table that `draws.csv` of the command holds: the number of the draw from 0, every outcome, every uncertain input.
///
/// # Errors
///
/// Columns of different lengths, which draws do not have.
pub(crate) fn of_draws(scenario: &Scenario, draws: Draws, seed: u64) -> PyResult<RecordBatch> {
    let kept = draws.kept();
    let numbers: Int64Array = kept.clone().map(|draw| draw as i64).collect::<Vec<_>>().into();
    let mut fields = vec![Field::new("draw", DataType::Int64, false)];
    let mut columns: Vec<ArrayRef> = vec![Arc::new(numbers)];
    let outcomes = draws.outcomes.iter().map(|id| id.outcome().key.to_owned()).zip(draws.columns);
    for (name, values) in outcomes.chain(input_columns(scenario, kept, seed)) {
        fields.push(Field::new(name, DataType::Float64, true));
        columns.push(Arc::new(column(values)));
    }
    RecordBatch::try_new(Arc::new(Schema::new(fields)), columns).map_err(failed)
}

/// A column on the memory of its numbers; what is not a number is missing.
fn column(values: Vec<f64>) -> Float64Array {
    let missing = values.iter().any(|value| value.is_nan());
    let there =
        missing.then(|| NullBuffer::new(BooleanBuffer::collect_bool(values.len(), |row| !values[row].is_nan())));
    Float64Array::new(ScalarBuffer::from(values), there)
}

/// As a table of pyarrow, on the same memory.
///
/// # Errors
///
/// That pyarrow is not there.
pub(crate) fn to_python(py: Python<'_>, draws: RecordBatch) -> PyResult<Bound<'_, PyAny>> {
    let schema = draws.schema();
    Table::try_new(vec![draws], schema).map_err(failed)?.into_pyarrow(py)
}

fn failed(error: impl std::fmt::Display) -> PyErr {
    PyRuntimeError::new_err(error.to_string())
}
