//! Chance, held against what theory says of it. Seeds are fixed, so a test that passes goes on passing.

mod counts;
mod keys;
mod normal;
mod reference;
