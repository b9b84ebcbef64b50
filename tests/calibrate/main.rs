//! From records to a plan: synthetic companies whose truth is known, their exports from every system that is known, and
//! what is learnt from them.

mod ads;
mod command;
mod company;
mod exports;
mod faults;
mod learning;
mod past;
mod reading;
mod update;
mod workbook;
